use crate::tui::{
    keys::{KeyError, Keymap},
    view::theme::{BUILT_IN, Depth, Theme, ThemeError},
};
use std::{
    fs, io,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

/// How to run the terminal program.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A theme of the program, or of the user's `themes` folder.
    pub theme: Option<String>,
    /// Files read at the same time.
    pub jobs: Option<NonZeroUsize>,
}

/// Why a setting cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OptionError {
    #[error("the keymap cannot be used:{}", lines(.0))]
    Keymap(Vec<KeyError>),
    #[error(transparent)]
    Theme(#[from] ThemeError),
    #[error("{file} cannot be read: {}", .source.kind())]
    File { file: String, source: io::Error },
}

fn lines(errors: &[KeyError]) -> String {
    errors.iter().map(|error| format!("\n  {error}")).collect()
}

/// The folder of the user's settings: `$XDG_CONFIG_HOME/dcmleak`, usually `~/.config/dcmleak`.
pub fn folder() -> Option<PathBuf> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let config = absolute("XDG_CONFIG_HOME").or_else(|| absolute("HOME").map(|home| home.join(".config")));
    config.map(|config| config.join("dcmleak"))
}

/// The keymap with the user's changes, and the themes that there are, the one to begin with first.
pub fn settings(options: &Options, depth: Depth) -> Result<(Keymap, Vec<Theme>), OptionError> {
    let folder = folder();
    let keymap = match folder.as_ref().map(|folder| folder.join("keymap.toml")) {
        Some(path) => {
            let text = text(&path)?;
            let name = path.to_string_lossy().into_owned();
            Keymap::load(text.as_deref().map(|text| (name.as_str(), text)))
        }
        None => Keymap::load(None),
    };
    let keymap = keymap.map_err(OptionError::Keymap)?;
    let mut themes = BUILT_IN
        .into_iter()
        .map(|(name, text)| Theme::parse(name, text, depth))
        .collect::<Result<Vec<_>, _>>()?;
    let wanted = options.theme.clone().unwrap_or_else(|| usual().to_owned());
    if let Some(at) = themes.iter().position(|theme| theme.name == wanted) {
        themes.rotate_left(at);
        return Ok((keymap, themes));
    }
    let own = folder.map(|folder| folder.join("themes").join(format!("{wanted}.toml")));
    match own.as_deref().map(text).transpose()?.flatten() {
        Some(text) => themes.insert(0, Theme::parse(&wanted, &text, depth)?),
        None => return Err(ThemeError::Unknown(wanted).into()),
    }
    Ok((keymap, themes))
}

fn text(path: &Path) -> Result<Option<String>, OptionError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(OptionError::File { file: path.to_string_lossy().into_owned(), source }),
    }
}

/// `light` where the terminal says that its ground is, `dark` otherwise.
fn usual() -> &'static str {
    let ground = std::env::var("COLORFGBG").ok();
    let ground = ground.as_deref().and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok());
    match ground {
        Some(7 | 15) => "light",
        _ => "dark",
    }
}
