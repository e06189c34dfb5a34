use super::{
    Capabilities,
    answers::{Answer, QUESTIONS},
    capabilities::cell_pixels,
    settings::Images,
};
use crate::{
    raster::{Glyphs, Protocol},
    tui::{
        state::{Display, Sending},
        view::theme::Depth,
    },
};

/// Whether the terminal shows pictures, and how: by what the user says, by the environment, or by its answers.
#[derive(Debug)]
pub struct Pictures {
    protocol: Option<Protocol>,
    /// More characters than every terminal has.
    glyphs: Option<Glyphs>,
    asks: bool,
    remote: bool,
}

impl Pictures {
    pub fn new(choice: Images, can: &Capabilities) -> Self {
        Self::of(choice, can, |name| std::env::var(name).ok())
    }

    fn of(choice: Images, can: &Capabilities, var: impl Fn(&str) -> Option<String>) -> Self {
        let none = Self { protocol: None, glyphs: None, asks: false, remote: can.ssh };
        if Protocol::is_kept_from(&var) {
            return none;
        }
        let own = |protocol| Self { protocol: Some(protocol), ..none };
        match choice {
            Images::Cells => none,
            Images::Kitty => own(Protocol::Kitty),
            Images::Iterm2 => own(Protocol::Iterm2),
            Images::Sixel => own(Protocol::Sixel),
            Images::Auto if can.depth == Depth::None => none,
            Images::Auto => match Protocol::of_environment(&var) {
                Some(protocol) => own(protocol),
                None => Self { asks: !prints_questions(&var), ..none },
            },
        }
    }

    /// What to ask the terminal.
    pub fn questions(&self) -> String {
        if self.asks { QUESTIONS.concat() } else { String::new() }
    }

    /// Whether answers may come.
    pub fn asks(&self) -> bool {
        self.asks
    }

    /// Takes an answer; that of kitty's protocol goes before the terminal's name.
    pub fn hear(&mut self, answer: &Answer) {
        match answer {
            Answer::Kitty(true) => self.protocol = Some(Protocol::Kitty),
            Answer::Kitty(false) => {}
            Answer::Name(name) => {
                self.protocol = self.protocol.or_else(|| Protocol::of_name(name));
                self.glyphs = Glyphs::of_terminal(name);
            }
        }
    }

    /// What the terminal shows, as large as it is by now.
    pub fn display(&self) -> Display {
        Display { glyphs: self.glyphs, sending: self.sending() }
    }

    fn sending(&self) -> Option<Sending> {
        let protocol = self.protocol?;
        Some(Sending { protocol, cell: protocol.pixels(cell_pixels())?, plays: !self.remote })
    }
}

/// Terminals on whose screens a question is seen.
fn prints_questions(var: impl Fn(&str) -> Option<String>) -> bool {
    let term = var("TERM").unwrap_or_default();
    let program = var("TERM_PROGRAM");
    term == "linux" || term.starts_with("vt") || program.as_deref() == Some("Apple_Terminal")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pictures(choice: Images, depth: Depth, vars: &[(&str, &str)]) -> Pictures {
        let can = Capabilities { depth, unicode: true, tmux: false, ssh: false };
        let var =
            |name: &str| vars.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned());
        Pictures::of(choice, &can, var)
    }

    #[test]
    fn asks_only_who_may_answer() {
        let auto = |vars: &[(&str, &str)]| {
            let pictures = pictures(Images::Auto, Depth::True, vars);
            (pictures.asks, pictures.protocol)
        };
        assert_eq!(auto(&[("TERM", "xterm-256color")]), (true, None));
        assert_eq!(auto(&[("TERM", "linux")]), (false, None));
        assert_eq!(auto(&[("TERM", "xterm"), ("TERM_PROGRAM", "Apple_Terminal")]), (false, None));
        assert_eq!(auto(&[("TERM", "xterm"), ("LC_TERMINAL", "iTerm2")]), (false, Some(Protocol::Iterm2)));
        assert_eq!(auto(&[("TERM", "xterm"), ("LC_TERMINAL", "iTerm2"), ("TMUX", "1")]), (false, None));
        assert!(!pictures(Images::Auto, Depth::None, &[("TERM", "xterm")]).asks);
        assert_eq!(pictures(Images::Kitty, Depth::None, &[]).protocol, Some(Protocol::Kitty));
        assert_eq!(pictures(Images::Kitty, Depth::True, &[("STY", "1")]).protocol, None);
        assert_eq!(pictures(Images::Cells, Depth::True, &[("LC_TERMINAL", "iTerm2")]).protocol, None);
    }

    #[test]
    fn kittys_answer_goes_first() {
        let name = Answer::Name("foot(1.16.2)".to_owned());
        for (answers, protocol) in [
            (&[name.clone()][..], Some(Protocol::Sixel)),
            (&[Answer::Kitty(true), name.clone()], Some(Protocol::Kitty)),
            (&[name, Answer::Kitty(true)], Some(Protocol::Kitty)),
            (&[Answer::Kitty(false), Answer::Name("XTerm(388)".to_owned())], None),
        ] {
            let mut pictures = pictures(Images::Auto, Depth::True, &[("TERM", "xterm")]);
            answers.iter().for_each(|answer| pictures.hear(answer));
            assert_eq!(pictures.protocol, protocol, "{answers:?}");
        }
    }

    #[test]
    fn terminals_that_draw_more_characters_get_them() {
        for (name, glyphs) in [
            ("VTE(7600)", Some(Glyphs::Sextants)),
            ("ghostty 1.1.0", Some(Glyphs::Sextants)),
            ("XTerm(388)", None),
        ] {
            let mut pictures = pictures(Images::Auto, Depth::True, &[("TERM", "xterm")]);
            assert_eq!(pictures.display(), Display::default());
            pictures.hear(&Answer::Name(name.to_owned()));
            assert_eq!(pictures.display().glyphs, glyphs, "{name}");
        }
    }
}
