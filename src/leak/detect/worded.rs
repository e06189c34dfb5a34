use crate::leak::{Class, content::vocabulary, is_placeholder, memo::Memo};
use std::cell::RefCell;

/// What kind of text a value is, where the attribute allows any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Worded {
    /// Nothing, or a stand-in for what was taken out.
    Nothing,
    /// Codes, numbers and technical words.
    Technical,
    /// Words that may say anything.
    Free,
}

/// Letters in a row that make a word.
const WORD: usize = 3;

/// Judges a value; `many`, if a backslash separates several: the worst counts.
pub(super) fn worded(text: &str, class: Class, many: bool) -> Worded {
    if !many {
        return one(text, class);
    }
    text.split('\\').map(|value| one(value, class)).max().unwrap_or(Worded::Nothing)
}

fn one(text: &str, class: Class) -> Worded {
    thread_local! {
        static KNOWN: RefCell<Memo<Class, Worded>> = RefCell::default();
    }
    Memo::recall(&KNOWN, class, text, || {
        if is_placeholder(text, class) {
            Worded::Nothing
        } else if is_code(text) || vocabulary::is_technical(text) {
            Worded::Technical
        } else {
            Worded::Free
        }
    })
}

/// Whether a text is too poor in letters and digits to say anything: no word, and no number that could be a phone
/// or a record number.
pub(super) fn is_code(text: &str) -> bool {
    let (mut letters, mut digits) = (0, 0);
    for c in text.chars() {
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
        // A number goes on over the separators that people put into phone numbers.
        digits = match c {
            '0'..='9' => digits + 1,
            '-' | ' ' | '(' | ')' | '/' => digits,
            _ => 0,
        };
        if letters >= WORD || digits >= 7 || (!c.is_ascii() && c.is_alphabetic()) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_code;

    #[test]
    fn codes_are_no_words() {
        for code in ["FC1", "v4.2.1", "0.984:1", "3", "-32.5", "A_1", "", "512/640", "2.00.01"] {
            assert!(is_code(code), "{code}");
        }
        for text in ["Smith", "sampleton/7", "212-555-0142", "山", "EX-0012345"] {
            assert!(!is_code(text), "{text}");
        }
    }
}
