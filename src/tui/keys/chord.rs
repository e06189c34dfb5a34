use std::{fmt, str::FromStr};

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Home,
    End,
    PageUp,
    PageDown,
    Up,
    Down,
    Left,
    Right,
    F(u8),
}

/// One key press, written as `x`, `X`, `C-r`, `A-Left`, `S-Tab`, `Space`.
///
/// A letter carries its case in itself, so that `S-` is only found with keys that have no other way to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chord {
    pub key: Key,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

const NAMED: [(&str, Key); 15] = [
    ("Space", Key::Char(' ')),
    ("Enter", Key::Enter),
    ("Esc", Key::Esc),
    ("Tab", Key::Tab),
    ("Backspace", Key::Backspace),
    ("Delete", Key::Delete),
    ("Insert", Key::Insert),
    ("Home", Key::Home),
    ("End", Key::End),
    ("PageUp", Key::PageUp),
    ("PageDown", Key::PageDown),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Left", Key::Left),
    ("Right", Key::Right),
];

impl Chord {
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false, shift: false }
    }

    /// Takes away what terminals report differently for the same key: `S-` of a letter, the case of `C-R`.
    pub fn normal(mut self) -> Self {
        if let Key::Char(c) = self.key {
            self.shift = false;
            if self.ctrl {
                self.key = Key::Char(c.to_ascii_lowercase());
            }
        }
        self
    }

    /// The character that it types, where it types one.
    pub fn typed(self) -> Option<char> {
        match self.key {
            Key::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// Reads a sequence of chords: `]p`, `gg`, `C-w o`, `Space`. Words apart are chords in turn; a word that names
/// no single chord is a chord a character.
pub fn sequence(text: &str) -> Result<Vec<Chord>, String> {
    let mut chords = Vec::new();
    for word in text.split_whitespace() {
        match word.parse() {
            Ok(chord) => chords.push(chord),
            Err(why) if word.is_ascii() && looks_named(word) => return Err(why),
            Err(_) => chords.extend(word.chars().map(|c| Chord::plain(Key::Char(c)))),
        }
    }
    if chords.is_empty() { Err("an empty key".to_owned()) } else { Ok(chords) }
}

/// Writes a sequence so that [`sequence`] reads it again.
pub fn written(chords: &[Chord]) -> String {
    let typed = |chord: &Chord| chord.typed().is_some_and(|c| c != ' ');
    let words: Vec<String> = chords.iter().map(ToString::to_string).collect();
    let tight = words.concat();
    if chords.iter().all(typed) && sequence(&tight).as_deref() == Ok(chords) {
        tight
    } else {
        words.join(" ")
    }
}

/// Whether a word was meant as one chord: `C-`, `A-`, `S-` before something, or a name of several letters.
fn looks_named(word: &str) -> bool {
    let modified = word.len() > 2 && matches!(word.as_bytes(), [b'C' | b'A' | b'S', b'-', ..]);
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    modified || (capital && word.len() > 3 && word.chars().all(char::is_alphanumeric))
}

impl FromStr for Chord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut chord = Self::plain(Key::Esc);
        let mut rest = text;
        while rest.chars().count() > 2 {
            let flag = match rest.get(..2) {
                Some("C-") => &mut chord.ctrl,
                Some("A-") => &mut chord.alt,
                Some("S-") => &mut chord.shift,
                _ => break,
            };
            if std::mem::replace(flag, true) {
                return Err(format!("the key {text} has a modifier twice"));
            }
            rest = &rest[2..];
        }
        let mut chars = rest.chars();
        chord.key = match (chars.next(), chars.next()) {
            (Some(c), None) => Key::Char(c),
            _ => named(rest).ok_or_else(|| format!("no key is named {rest}"))?,
        };
        if chord.shift && matches!(chord.key, Key::Char(_)) {
            return Err(format!("the key {text}: write the capital letter itself"));
        }
        Ok(chord.normal())
    }
}

fn named(name: &str) -> Option<Key> {
    if let Some(number) = name.strip_prefix('F').and_then(|number| number.parse().ok()) {
        return (1..=24).contains(&number).then_some(Key::F(number));
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|&(_, key)| key)
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flags = [(self.ctrl, "C-"), (self.alt, "A-"), (self.shift, "S-")];
        flags.iter().filter(|(on, _)| *on).try_for_each(|(_, text)| f.write_str(text))?;
        match (NAMED.iter().find(|(_, key)| *key == self.key), self.key) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Key::F(number)) => write!(f, "F{number}"),
            (None, Key::Char(c)) => write!(f, "{c}"),
            // Every other key has a name.
            (None, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_words_and_runs() {
        for (text, count) in [
            ("]p", 2),
            ("gg", 2),
            ("C-w o", 2),
            ("Space", 1),
            ("C-Space", 1),
            ("-", 1),
            ("C--", 1),
            ("F12", 1),
            ("yt", 2),
        ] {
            let chords = sequence(text).unwrap();
            assert_eq!((chords.len(), written(&chords)), (count, text.to_owned()));
        }
        assert_eq!(sequence("C-R").unwrap(), sequence("C-r").unwrap());
    }

    #[test]
    fn a_misspelt_name_is_an_error() {
        for text in ["Entr", "C-Foo", "S-a", "C-C-a", "", "F99x"] {
            assert!(sequence(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn written_is_read_again(
            chords in prop::collection::vec((0usize..17, any::<[bool; 3]>(), "[!-~]"), 1..4)
        ) {
            let chords: Vec<Chord> = chords.into_iter().map(|(at, [ctrl, alt, shift], c)| {
                let key = NAMED.get(at).map_or(Key::Char(c.chars().next().unwrap()), |&(_, key)| key);
                Chord { key, ctrl, alt, shift }.normal()
            }).collect();
            prop_assert_eq!(sequence(&written(&chords)), Ok(chords));
        }
    }
}
