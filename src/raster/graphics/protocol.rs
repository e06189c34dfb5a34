use super::{super::glyphs::is_named, CellPixels, Graphics, Iterm2, Kitty, Sixel};

/// How a terminal takes pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    Kitty,
    Iterm2,
    Sixel,
}

/// Terminals that tell their names and always take sixels. Others of this kind take a protocol that comes first.
const SIXEL: [&str; 3] = ["foot", "mlterm", "contour"];

impl Protocol {
    /// Asks whether a picture of one pixel would be shown, as kitty's protocol has it.
    pub const QUESTION: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\";
    /// How the answer to it begins, between `ESC _` and `ESC \`.
    pub const ANSWER: &str = "Gi=31;";

    /// Whether something stands before the terminal that passes no pictures on, by a set of variables.
    pub fn is_kept_from(var: impl Fn(&str) -> Option<String>) -> bool {
        ["TMUX", "STY"].iter().any(|name| var(name).is_some())
    }

    /// iTerm2, which tells itself in the environment, also of a remote shell.
    pub fn of_environment(var: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let named = |name: &str, value: &str| var(name).as_deref() == Some(value);
        (named("TERM_PROGRAM", "iTerm.app") || named("LC_TERMINAL", "iTerm2")).then_some(Self::Iterm2)
    }

    /// What terminals of that name, which may have a version behind, take; kitty's own is known by its answer.
    pub fn of_name(name: &str) -> Option<Self> {
        let is = |own: &&str| is_named(name, own);
        if ["iTerm2", "mintty"].iter().any(is) {
            return Some(Self::Iterm2);
        }
        SIXEL.iter().any(is).then_some(Self::Sixel)
    }

    pub fn graphics(self) -> &'static dyn Graphics {
        match self {
            Self::Kitty => &Kitty,
            Self::Iterm2 => &Iterm2,
            Self::Sixel => &Sixel,
        }
    }

    /// How many pixels to send for a cell, where the terminal's cells have `own`. Of a terminal that scales no more
    /// than can be told apart; `None` where it does not scale, and does not tell.
    pub fn pixels(self, own: Option<CellPixels>) -> Option<CellPixels> {
        match self {
            Self::Kitty | Self::Iterm2 => Some(own.unwrap_or_default().at_most(2)),
            Self::Sixel => own,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Kitty => "kitty",
            Self::Iterm2 => "iTerm2",
            Self::Sixel => "sixel",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_are_known_by_their_names() {
        for (name, protocol) in [
            ("foot(1.16.2)", Some(Protocol::Sixel)),
            ("mlterm(3.9.3)", Some(Protocol::Sixel)),
            ("contour 0.4.3", Some(Protocol::Sixel)),
            ("iTerm2 3.5.0", Some(Protocol::Iterm2)),
            ("mintty 3.7.0", Some(Protocol::Iterm2)),
            ("footage 1", None),
            ("XTerm(388)", None),
            ("tmux 3.4", None),
            ("ü", None),
            ("", None),
        ] {
            assert_eq!(Protocol::of_name(name), protocol, "{name}");
        }
    }
}
