use super::input::Input;
use crate::{
    raster::Protocol,
    tui::keys::{Chord, Key},
};
use std::time::Duration;

/// What the terminal is asked after the program took it. Answers come among the keys, soon or late, or never.
pub const QUESTIONS: [&str; 2] = [Protocol::QUESTION, "\x1b[>q"];

/// How long answers may take. What looks like one later was typed.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a terminal answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Whether it shows pictures by kitty's protocol.
    Kitty(bool),
    /// Its name and version, as XTVERSION of xterm has it.
    Name(String),
}

/// Tells answers from keys. They are read as keys: `ESC _` as Alt with `_`, then a key a character, then `ESC \` as
/// Alt with `\`.
#[derive(Debug, Default)]
pub struct Answers {
    /// What may become an answer.
    held: Vec<Chord>,
}

/// Characters of an answer.
const MOST: usize = 200;

impl Answers {
    /// Takes the answers out of what came so long after the questions; what only began like one is given back in its
    /// place.
    pub fn take_out(&mut self, batch: Vec<Input>, after: Duration) -> (Vec<Input>, Vec<Answer>) {
        let (mut rest, mut answers) = (Vec::new(), Vec::new());
        for input in batch {
            match input {
                Input::Key(chord) if after < PATIENCE && self.holds(chord) => answers.extend(self.answer()),
                other => {
                    rest.extend(self.held.drain(..).map(Input::Key));
                    rest.push(other);
                }
            }
        }
        (rest, answers)
    }

    /// Whether the key may go on with an answer, or begin one.
    fn holds(&mut self, chord: Chord) -> bool {
        let alt = |c| Chord { alt: true, ..Chord::plain(Key::Char(c)) };
        let fits = match self.held.first() {
            None => chord == alt('_') || chord == alt('P'),
            Some(&first) => {
                let begins = if first == alt('_') { Protocol::ANSWER } else { ">|" };
                match begins.chars().nth(self.held.len() - 1) {
                    Some(c) => chord == Chord::plain(Key::Char(c)),
                    None => self.held.len() < MOST && (chord.typed().is_some() || chord == alt('\\')),
                }
            }
        };
        if fits {
            self.held.push(chord);
        }
        fits
    }

    /// What is held, once it is whole.
    fn answer(&mut self) -> Option<Answer> {
        self.held.last().filter(|last| last.alt && last.key == Key::Char('\\'))?;
        let text: String = self.held.drain(..).filter_map(Chord::typed).collect();
        match text.strip_prefix(Protocol::ANSWER) {
            Some(said) => Some(Answer::Kitty(said.starts_with("OK"))),
            None => text.strip_prefix(">|").map(|name| Answer::Name(name.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Input> {
        let mut alt = false;
        let mut keys = Vec::new();
        for c in text.chars() {
            match c {
                '\x1b' => alt = true,
                c => keys
                    .push(Input::Key(Chord { alt: std::mem::take(&mut alt), ..Chord::plain(Key::Char(c)) })),
            }
        }
        keys
    }

    fn told(parts: &[&str]) -> (Vec<Input>, Vec<Answer>) {
        let mut answers = Answers::default();
        let parts = parts.iter().map(|part| answers.take_out(keys(part), Duration::ZERO));
        parts.reduce(|all, part| ([all.0, part.0].concat(), [all.1, part.1].concat())).unwrap()
    }

    #[test]
    fn answers_come_among_keys() {
        let name = Answer::Name("foot(1.16.2)".to_owned());
        let all = "j\x1b_Gi=31;OK\x1b\\k\x1bP>|foot(1.16.2)\x1b\\G";
        assert_eq!(told(&[all]), (keys("jkG"), vec![Answer::Kitty(true), name.clone()]));
        for at in 1..all.len() {
            if !all[..at].ends_with('\x1b') {
                let (one, other) = all.split_at(at);
                assert_eq!(
                    told(&[one, other]),
                    (keys("jkG"), vec![Answer::Kitty(true), name.clone()]),
                    "{at}"
                );
            }
        }
        assert_eq!(told(&["\x1b_Gi=31;ENOTSUPPORTED\x1b\\"]).1, [Answer::Kitty(false)]);
    }

    #[test]
    fn what_begins_like_an_answer_stays_what_it_is() {
        for text in ["\x1b_Gj", "\x1bP>G", "\x1b_\x1b_x", "\x1bPP"] {
            let (rest, answers) = told(&[text, "q"]);
            assert_eq!((rest, answers), (keys(&format!("{text}q")), vec![]), "{text:?}");
        }
        let mut answers = Answers::default();
        assert_eq!(answers.take_out(keys("\x1bP"), Duration::ZERO).0, []);
        assert_eq!(answers.take_out(keys("\x1bP"), PATIENCE).0, keys("\x1bP\x1bP"));
        let long = format!("\x1bP>|{}", "x".repeat(500));
        assert_eq!(told(&[&long]), (keys(&long), vec![]));
    }
}
