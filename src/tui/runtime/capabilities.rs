use crate::{raster::CellPixels, tui::view::theme::Depth};
use ratatui::crossterm::terminal;
use std::{io::IsTerminal, time::Duration};

/// What the terminal can do, as far as the environment says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    pub depth: Depth,
    /// Whether more than ASCII can be drawn.
    pub unicode: bool,
    pub tmux: bool,
    pub ssh: bool,
}

/// Why the terminal cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    #[error(
        "the terminal program needs a terminal for input and output; `dcmleak scan` and `dcmleak show` need none"
    )]
    NoTerminal,
    #[error("this terminal (TERM={0}) cannot place text; `dcmleak scan` and `dcmleak show` work on it")]
    Dumb(&'static str),
}

impl Capabilities {
    /// Asks the environment.
    pub fn detect() -> Result<Self, Unusable> {
        if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
            return Err(Unusable::NoTerminal);
        }
        Self::of_environment()
    }

    /// The same, wherever input and output go.
    pub fn of_environment() -> Result<Self, Unusable> {
        Self::of(|name| std::env::var(name).ok())
    }

    /// What a set of variables says.
    fn of(var: impl Fn(&str) -> Option<String>) -> Result<Self, Unusable> {
        let get = |name: &str| var(name).unwrap_or_default();
        let term = get("TERM");
        match term.as_str() {
            "dumb" => return Err(Unusable::Dumb("dumb")),
            "" => return Err(Unusable::Dumb("")),
            _ => {}
        }
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(get).into_iter().find(|value| !value.is_empty());
        let locale = locale.unwrap_or_default().to_ascii_lowercase();
        Ok(Self {
            depth: depth(&term, &get("COLORTERM"), !get("NO_COLOR").is_empty()),
            unicode: locale.contains("utf-8") || locale.contains("utf8"),
            tmux: !get("TMUX").is_empty(),
            ssh: !get("SSH_CONNECTION").is_empty() || !get("SSH_TTY").is_empty(),
        })
    }

    /// The least time between two drawings.
    pub fn pace(&self) -> Duration {
        Duration::from_millis(if self.ssh { 40 } else { 16 })
    }
}

/// The pixels of a cell; `None` where the terminal does not tell.
pub fn cell_pixels() -> Option<CellPixels> {
    let terminal::WindowSize { rows, columns, width, height } = terminal::window_size().ok()?;
    CellPixels::of((columns, rows), (width, height))
}

fn depth(term: &str, color_term: &str, no_color: bool) -> Depth {
    if no_color || term.starts_with("vt") {
        Depth::None
    } else if matches!(color_term, "truecolor" | "24bit") || term.ends_with("-direct") {
        Depth::True
    } else if term.contains("256color")
        || ["kitty", "alacritty", "foot", "wezterm"].iter().any(|t| term.contains(t))
    {
        Depth::Indexed
    } else {
        Depth::Ansi
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(vars: &[(&str, &str)]) -> Result<Capabilities, Unusable> {
        Capabilities::of(|name| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn by_the_environment() {
        for (vars, depth) in [
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")][..], Depth::True),
            (&[("TERM", "xterm-256color")], Depth::Indexed),
            (&[("TERM", "xterm")], Depth::Ansi),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")], Depth::None),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], Depth::Indexed),
            (&[("TERM", "vt100")], Depth::None),
        ] {
            assert_eq!(of(vars).unwrap().depth, depth, "{vars:?}");
        }
        assert_eq!(of(&[("TERM", "dumb")]), Err(Unusable::Dumb("dumb")));
        assert!(of(&[]).is_err());
    }

    #[test]
    fn the_first_locale_that_is_set_counts() {
        let unicode = |vars: &[(&str, &str)]| of(&[&[("TERM", "xterm")], vars].concat()).unwrap().unicode;
        assert!(unicode(&[("LANG", "C.UTF-8")]) && unicode(&[("LC_ALL", ""), ("LANG", "de_DE.utf8")]));
        assert!(!unicode(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]) && !unicode(&[]));
    }
}
