use crate::tui::keys::{Chord, Key};
use unicode_segmentation::UnicodeSegmentation;

/// A line of text being typed. Edited by grapheme clusters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    /// Bytes of `text` before the cursor.
    at: usize,
}

/// Bytes that a field holds at most; what is pasted beyond is dropped.
const MOST: usize = 1024;

/// What a key press did to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// The text is another.
    Changed,
    /// The text is the same.
    Kept,
    Accepted,
    Cancelled,
}

impl Field {
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), at: text.len() }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the cursor.
    pub fn before(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }

    pub fn insert(&mut self, text: &str) {
        for c in text.chars().filter(|c| !c.is_control()) {
            if self.text.len() + c.len_utf8() <= MOST {
                self.text.insert(self.at, c);
                self.at += c.len_utf8();
            }
        }
    }

    pub fn press(&mut self, chord: Chord) -> Edit {
        let before = self.text.len();
        match (chord.key, chord.ctrl, chord.alt) {
            (Key::Enter, ..) => return Edit::Accepted,
            (Key::Esc, ..) | (Key::Char('c' | 'g'), true, false) => return Edit::Cancelled,
            (Key::Backspace, false, false) | (Key::Char('h'), true, false) => {
                if before == 0 {
                    return Edit::Cancelled;
                }
                self.cut(self.left());
            }
            (Key::Delete, ..) | (Key::Char('d'), true, false) => {
                let right = self.right();
                self.text.replace_range(self.at..right, "");
            }
            (Key::Char('u'), true, false) => self.cut(0),
            (Key::Char('w'), true, false) | (Key::Backspace, ..) => self.cut(self.word()),
            (Key::Left, ..) | (Key::Char('b'), true, false) => self.at = self.left(),
            (Key::Right, ..) | (Key::Char('f'), true, false) => self.at = self.right(),
            (Key::Home, ..) | (Key::Char('a'), true, false) => self.at = 0,
            (Key::End, ..) | (Key::Char('e'), true, false) => self.at = before,
            (Key::Char(c), false, false) => self.insert(c.encode_utf8(&mut [0; 4])),
            _ => {}
        }
        if self.text.len() == before { Edit::Kept } else { Edit::Changed }
    }

    /// Removes the text from `from` to the cursor.
    fn cut(&mut self, from: usize) {
        self.text.replace_range(from..self.at, "");
        self.at = from;
    }

    fn left(&self) -> usize {
        self.before().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        let after = self.text.get(self.at..).unwrap_or_default();
        self.at + after.graphemes(true).next().map_or(0, str::len)
    }

    /// The beginning of the word before the cursor.
    fn word(&self) -> usize {
        let before = self.before().trim_end();
        before
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keys::chord::sequence;

    #[test]
    fn edits() {
        for (keys, text, before) in [
            ("abc", "abc", "abc"),
            ("abc Backspace", "ab", "ab"),
            ("abc Left x", "abxc", "abx"),
            ("abc Home Delete", "bc", ""),
            ("ab Space cd C-w", "ab ", "ab "),
            ("ab C-u", "", ""),
            ("äö Left Backspace", "ö", ""),
        ] {
            let mut field = Field::default();
            for chord in sequence(keys).unwrap() {
                field.press(chord);
            }
            assert_eq!((field.text(), field.before()), (text, before), "{keys}");
        }
        assert_eq!(Field::default().press("Backspace".parse().unwrap()), Edit::Cancelled);
    }

    #[test]
    fn a_paste_is_one_short_line() {
        let mut field = Field::default();
        field.insert(&"a\n\x1bb".repeat(10_000));
        assert_eq!((field.text().len(), field.text().starts_with("abab")), (1024, true));
    }
}
