use super::{ocr, output::print, site};
use crate::{
    dicom::{dictionary, frame},
    library::{Roots, Watch, home},
    raster::Colours,
    text::{Shown, counted},
    tui::{Capabilities, Images, Settings, view::theme::Depth},
};
use ratatui::crossterm::{terminal, tty::IsTty};
use std::{
    fmt::Display,
    io,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Prints what the program finds where it runs, so that "it looks odd here" can be answered.
///
/// ```text
/// terminal     xterm-256color, 120 × 40, tmux
/// colours      256 (TERM; COLORTERM is not set)
/// keymap       /home/u/.config/dcmleak/keymap.toml
/// ```
///
/// Status 2 where the terminal program would not start, or a scan by the site's rules or the models that were given.
pub(super) fn run(path: Option<&Path>, theme: Option<&str>, models: Option<&Path>) -> ExitCode {
    let mut sheet = Sheet { lines: String::new() };
    sheet.line("version", env!("CARGO_PKG_VERSION"));
    let depth = terminal(&mut sheet);
    let stands = settings(&mut sheet, theme, depth.unwrap_or(Depth::None)) & rules(&mut sheet);
    watching(&mut sheet, path.unwrap_or(Path::new(".")));
    kept(&mut sheet);
    codecs(&mut sheet);
    let reads = reader(&mut sheet, models);
    let status = if stands && reads && depth.is_some() { ExitCode::SUCCESS } else { ExitCode::from(2) };
    print(status, |out| out.write_all(sheet.lines.as_bytes()))
}

/// Lines of a word and what is said of it.
struct Sheet {
    lines: String,
}

impl Sheet {
    fn line(&mut self, word: &str, text: impl Display) {
        for (at, line) in text.to_string().lines().enumerate() {
            let word = if at == 0 { word } else { "" };
            self.lines += &format!("{word:<12} {}\n", Shown::new(line));
        }
    }
}

fn var(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns the depth of colour; `None` where the terminal cannot be used.
fn terminal(sheet: &mut Sheet) -> Option<Depth> {
    let can = match Capabilities::of_environment() {
        Ok(can) => can,
        Err(error) => {
            sheet.line("terminal", error);
            return None;
        }
    };
    let mut parts = vec![var("TERM").unwrap_or_default()];
    let tty = io::stdin().is_tty() && io::stdout().is_tty();
    parts.extend(terminal::size().ok().filter(|_| tty).map(|(columns, rows)| format!("{columns} × {rows}")));
    parts.extend(can.tmux.then(|| "in tmux".to_owned()));
    parts.extend(can.ssh.then(|| "over SSH".to_owned()));
    parts.extend((!tty).then(|| "input or output goes elsewhere".to_owned()));
    sheet.line("terminal", parts.join(", "));
    let colours = match can.depth {
        Depth::None => "none",
        Depth::Ansi => "16",
        Depth::Indexed => "256",
        Depth::True => "16 million",
    };
    let said =
        ["NO_COLOR", "COLORTERM"].into_iter().filter_map(|name| Some(format!("{name}={}", var(name)?)));
    let said: Vec<String> = said.chain([format!("TERM={}", var("TERM").unwrap_or_default())]).collect();
    sheet.line("colours", format!("{colours} ({})", said.join(", ")));
    let view = Colours::of_environment(|name| std::env::var(name).ok());
    sheet.line("", format!("`dcmleak view` uses {}", of_view(view)));
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some(format!("{name}={}", var(name)?)));
    let glyphs = if can.unicode { "Unicode: half, quadrant and eighth blocks" } else { "ASCII" };
    sheet.line("glyphs", format!("{glyphs} ({})", locale.unwrap_or_else(|| "no locale is set".to_owned())));
    let through = if can.tmux { " through tmux, which needs `set-clipboard on`" } else { "" };
    sheet.line("clipboard", format!("OSC 52{through}"));
    sheet.line("drawing", format!("at most every {} ms", can.pace().as_millis()));
    Some(can.depth)
}

fn of_view(colours: Colours) -> &'static str {
    match colours {
        Colours::Mono => "no colour",
        Colours::Indexed16 => "16",
        Colours::Indexed256 => "256",
        Colours::True => "16 million",
    }
}

/// Whether the settings stand.
fn settings(sheet: &mut Sheet, theme: Option<&str>, depth: Depth) -> bool {
    let folder = home::config();
    let name = folder.as_deref().map_or_else(|| "no home, no settings".to_owned(), shown);
    sheet.line("settings", format!("{name}: config.toml, keymap.toml, rules.toml, themes/*.toml"));
    let settings = match Settings::load(theme, depth) {
        Ok(settings) => settings,
        Err(error) => {
            sheet.line("", error);
            return false;
        }
    };
    let read: Vec<String> = settings.read.iter().map(|path| shown(path)).collect();
    sheet.line("read", if read.is_empty() { "none: all as built in".to_owned() } else { read.join("\n") });
    let own =
        settings.keymap.bindings().iter().filter(|binding| binding.origin.file != "keymap.toml").count();
    sheet.line("keymap", format!("{} keys, {own} of them yours", settings.keymap.bindings().len()));
    let mut names = settings.themes.iter().map(|theme| theme.name.as_str());
    let first = names.next().unwrap_or_default();
    sheet.line("theme", format!("{first} (T changes to {})", names.collect::<Vec<_>>().join(", ")));
    sheet.line("mouse", if settings.mouse { "on" } else { "off (`mouse = true` in config.toml)" });
    let images = match settings.images {
        Images::Auto => "where the terminal answers that it shows them (`images` in config.toml)",
        Images::Cells => "as characters",
        Images::Kitty => "by kitty's protocol",
        Images::Iterm2 => "by iTerm2's protocol",
        Images::Sixel => "as sixels",
    };
    sheet.line("images", images);
    sheet.line("bell", if settings.bell { "on" } else { "off (`bell = true` in config.toml)" });
    let editor = ["VISUAL", "EDITOR"].into_iter().find_map(|name| Some(format!("{} ({name})", var(name)?)));
    sheet.line("editor", editor.unwrap_or_else(|| "vi (neither VISUAL nor EDITOR is set)".to_owned()));
    true
}

/// Whether text in pixels can be read as it is asked for.
fn reader(sheet: &mut Sheet, models: Option<&Path>) -> bool {
    let models = match models.map(ocr::load).transpose() {
        Ok(models) => models,
        Err(message) => {
            sheet.line("text reader", message);
            return false;
        }
    };
    let Some(models) = models else {
        sheet.line("text reader", "the program's own (`--ocr-models` takes others besides)");
        return true;
    };
    let said = models
        .origins()
        .iter()
        .map(|own| format!("{}, {}, SHA-256 {}", own.name, counted(own.bytes, "byte"), own.sha256));
    sheet.line("text reader", said.collect::<Vec<_>>().join("\n"));
    true
}

/// Whether the site's rules stand, if there are any.
fn rules(sheet: &mut Sheet) -> bool {
    let rules = site::load();
    match &rules {
        Ok(Some(rules)) => sheet.line("rules", format!("rules.toml: {rules}")),
        Ok(None) => sheet.line("rules", "those of the program alone (there is no rules.toml)"),
        Err(message) => sheet.line("rules", message),
    }
    rules.is_ok()
}

/// How a path would be watched.
fn watching(sheet: &mut Sheet, path: &Path) {
    let state = Watch::plan(&Roots::new([path.to_owned()]));
    sheet.line("watching", format!("{}: {state}", shown(path)));
}

/// What is written to disk besides what is asked for.
fn kept(sheet: &mut Sheet) {
    let state = home::state().as_deref().map_or_else(|| "nowhere: there is no home".to_owned(), shown);
    sheet.line("state", format!("{state} (what was reviewed and acknowledged; no values)"));
    sheet.line("cache, log", "none are written");
}

/// Of each codec, and of each reason why there is none, the transfer syntaxes by the ends of their UIDs.
fn codecs(sheet: &mut Sheet) {
    const ROOT: &str = "1.2.840.10008.1.2.";
    sheet.line("codecs", format!("of transfer syntaxes {ROOT}…, besides the uncompressed ones"));
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for uid in dictionary::encapsulated_syntaxes() {
        let group = match frame::codec(uid) {
            Ok(codec) => codec.to_owned(),
            Err(error) => format!("not shown: {error}"),
        };
        let tail = uid.trim_start_matches(ROOT);
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, tails)) => tails.push(tail),
            None => groups.push((group, vec![tail])),
        }
    }
    groups.sort_by_key(|(group, _)| group.starts_with("not shown"));
    for (group, tails) in groups {
        sheet.line("", format!("{group}: {}", tails.join(" ")));
    }
}

fn shown(path: &Path) -> String {
    let home = std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_absolute());
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) => Path::new("~").join(rest).to_string_lossy().into_owned(),
        None => path.to_string_lossy().into_owned(),
    }
}
