use crate::{
    library::home,
    text::line_number,
    tui::{
        keys::{KeyError, Keymap},
        view::theme::{BUILT_IN, Depth, Theme, ThemeError},
    },
};
use serde::Deserialize;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// How the user has the terminal program: from the files in [`home::config`], each of which may be missing.
#[derive(Debug)]
pub struct Settings {
    /// The files that were read.
    pub read: Vec<PathBuf>,
    /// The program's keymap with the changes of `keymap.toml`.
    pub keymap: Keymap,
    /// Those of the program and of `themes/`, the one to begin with first.
    pub themes: Vec<Theme>,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// Whether the terminal's bell rings for arrivals that leak.
    pub bell: bool,
    /// How pictures are shown.
    pub images: Images,
}

/// How pictures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Images {
    /// As the terminal answers.
    #[default]
    Auto,
    /// As characters, which every terminal shows.
    Cells,
    Kitty,
    Iterm2,
    Sixel,
}

/// Why a setting cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("the keymap cannot be used:{}", lines(.0))]
    Keymap(Vec<KeyError>),
    #[error(transparent)]
    Theme(#[from] ThemeError),
    #[error("{file}:{line}: {why}")]
    Config { file: String, line: usize, why: String },
    #[error("{file} cannot be read: {}", .source.kind())]
    File { file: String, source: io::Error },
}

/// What `config.toml` may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    theme: Option<String>,
    mouse: Option<bool>,
    bell: Option<bool>,
    images: Option<Images>,
}

fn lines(errors: &[KeyError]) -> String {
    errors.iter().map(|error| format!("\n  {error}")).collect()
}

impl Settings {
    /// Reads the user's files. `theme` goes before what they say.
    pub fn load(theme: Option<&str>, depth: Depth) -> Result<Self, SettingsError> {
        Self::of(home::config().as_deref(), theme, depth)
    }

    fn of(folder: Option<&Path>, theme: Option<&str>, depth: Depth) -> Result<Self, SettingsError> {
        let mut read = Vec::new();
        let config = match file(folder, "config.toml", &mut read)? {
            Some((name, text)) => config(&name, &text)?,
            None => Config::default(),
        };
        let patch = file(folder, "keymap.toml", &mut read)?;
        let patch = patch.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
        let keymap = Keymap::load(patch).map_err(SettingsError::Keymap)?;
        let mut themes = themes(folder, depth, &mut read)?;
        let wanted = theme.map(str::to_owned).or(config.theme);
        let usual = || usual(std::env::var("COLORFGBG").ok().as_deref()).to_owned();
        let wanted = wanted.unwrap_or_else(usual);
        let at = themes.iter().position(|theme| theme.name == wanted);
        themes.rotate_left(at.ok_or(ThemeError::Unknown(wanted))?);
        let (mouse, bell) = (config.mouse.unwrap_or(false), config.bell.unwrap_or(false));
        let images = config.images.unwrap_or_default();
        Ok(Self { read, keymap, themes, mouse, bell, images })
    }
}

/// The themes of the program, changed by the user's of the same name, and the user's others by name.
fn themes(folder: Option<&Path>, depth: Depth, read: &mut Vec<PathBuf>) -> Result<Vec<Theme>, SettingsError> {
    let mut themes = Vec::new();
    for (name, text) in BUILT_IN {
        themes.push(Theme::parse(name, name, text, depth)?);
    }
    let own = folder.and_then(|folder| fs::read_dir(folder.join("themes")).ok());
    let names = own.into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".toml")).collect();
    names.sort_unstable();
    for name in names {
        let Some((path, text)) = file(folder, &format!("themes/{name}"), read)? else { continue };
        let theme = Theme::parse(name.trim_end_matches(".toml"), &path, &text, depth)?;
        match themes.iter_mut().find(|known| known.name == theme.name) {
            Some(known) => *known = theme,
            None => themes.push(theme),
        }
    }
    Ok(themes)
}

/// Name and text of a file of the user's, if there is one.
fn file(
    folder: Option<&Path>,
    name: &str,
    read: &mut Vec<PathBuf>,
) -> Result<Option<(String, String)>, SettingsError> {
    let Some(path) = folder.map(|folder| folder.join(name)) else { return Ok(None) };
    let file = path.to_string_lossy().into_owned();
    match fs::read_to_string(&path) {
        Ok(text) => {
            read.push(path);
            Ok(Some((file, text)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(SettingsError::File { file, source }),
    }
}

fn config(file: &str, text: &str) -> Result<Config, SettingsError> {
    toml::from_str(text).map_err(|error| SettingsError::Config {
        file: file.to_owned(),
        line: line_number(text, error.span().map_or(0, |span| span.start)),
        why: error.message().to_owned(),
    })
}

/// `light` where the terminal says that its ground is, `dark` otherwise.
fn usual(ground: Option<&str>) -> &'static str {
    match ground.and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok()) {
        Some(7 | 15) => "light",
        _ => "dark",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(files: &[(&str, &str)]) -> Result<Settings, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("themes")).unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Settings::of(Some(folder.path()), None, Depth::True)
            .map_err(|error| error.to_string().replace(&*folder.path().to_string_lossy(), "~"))
    }

    #[test]
    fn files_change_what_they_name() {
        let none = load(&[]).unwrap();
        assert_eq!(
            (none.read.len(), none.mouse, none.bell, none.themes.len()),
            (0, false, false, BUILT_IN.len())
        );
        let settings = load(&[
            ("config.toml", "theme = \"mine\"\nmouse = true\nbell = true\nimages = \"sixel\""),
            ("themes/mine.toml", "like = \"light\"\ntext = \"red\""),
            ("themes/notes.txt", "no theme"),
        ])
        .unwrap();
        assert_eq!((settings.read.len(), settings.mouse, settings.bell), (2, true, true));
        assert_eq!((none.images, settings.images), (Images::Auto, Images::Sixel));
        assert_eq!((settings.themes[0].name.as_str(), settings.themes.len()), ("mine", BUILT_IN.len() + 1));
    }

    #[test]
    fn mistakes_are_told_with_file_and_line() {
        for (name, text, expected) in [
            (
                "config.toml",
                "\nmose = true",
                "~/config.toml:2: unknown field `mose`, expected one of `theme`, `mouse`, `bell`, `images`",
            ),
            ("config.toml", "mouse = 3", "~/config.toml:1: invalid type"),
            (
                "config.toml",
                "images = \"svg\"",
                "~/config.toml:1: unknown variant `svg`, expected one of `auto`",
            ),
            ("config.toml", "theme = \"drak\"", "no theme is named \"drak\""),
            (
                "keymap.toml",
                "[all]\nx = \"revael\"",
                "the keymap cannot be used:\n  ~/keymap.toml:2: no action",
            ),
            ("themes/a.toml", "\n\ntxt = \"red\"", "~/themes/a.toml:3: no role is named \"txt\""),
        ] {
            let error = load(&[(name, text)]).unwrap_err();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn the_ground_picks_the_usual_theme() {
        assert_eq!(
            [None, Some("15;0"), Some("0;15"), Some("x")].map(usual),
            ["dark", "dark", "light", "dark"]
        );
    }
}
