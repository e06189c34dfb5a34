use crate::leak::{
    Class,
    content::{self, vocabulary},
    is_placeholder,
    memo::Memo,
};
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

/// Words of a text so short that it may be a name and nothing else.
const MOST_NAME_WORDS: usize = 4;
/// Digits in a row that may be somebody's number.
const LONG_NUMBER: usize = 6;

/// Whether a free text may name somebody or number them: by a given name, by two words beside each other that nobody
/// knows, by knowing none at all, by a long number. One strange word among technical ones is a vendor's.
pub(super) fn may_name(text: &str) -> bool {
    let words = || text.split(|c: char| !vocabulary::is_of_word(c)).filter(|word| !word.is_empty());
    let few = words().take(MOST_NAME_WORDS + 1).count() <= MOST_NAME_WORDS;
    let (mut known, mut strange, mut row) = (false, false, 0);
    for word in words() {
        if word.bytes().filter(u8::is_ascii_digit).count() >= LONG_NUMBER {
            return true;
        }
        // Particles of names are words too: `Al-Mansouri`.
        if word.chars().filter(|c| c.is_alphabetic()).count() < if word.is_ascii() { 3 } else { 2 } {
            continue;
        }
        if vocabulary::is_technical(word) {
            (known, row) = (true, 0);
            continue;
        }
        strange = true;
        // In a sentence names are written large.
        row = if few || !word.starts_with(char::is_lowercase) { row + 1 } else { 0 };
        if row > 1 || content::is_given_name(word) {
            return true;
        }
    }
    strange && !known
}

#[cfg(test)]
mod tests {
    use super::{is_code, may_name};

    #[test]
    fn one_strange_word_is_a_vendor_s() {
        for text in
            ["Wobulated; mask 3", "/export/home1/xyzzy_image_pool/images/p1", "Quuxed sharpness medium"]
        {
            assert!(!may_name(text), "{text}");
        }
        for text in [
            "Sampleton",
            "SAMPLETON ERIKA",
            "mask erika",
            "Sampleton Nowakowa head",
            "scan 0012345",
            "山田太郎",
        ] {
            assert!(may_name(text), "{text}");
        }
    }

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
