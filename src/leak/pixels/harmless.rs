//! Which lines of an image say nothing of anybody.

use super::said::is_one_off;
use crate::leak::content::vocabulary::is_technical;
use std::{collections::HashSet, sync::LazyLock};

/// Letters of a setting's name that says nothing whatever it is, and of one in which a letter may be other.
const SHORT: usize = 3;
const LEAST_LABEL: usize = 5;

/// `assets/lexicon/screen.txt`.
static SCREEN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/lexicon/screen.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// What stands in front of a fact about somebody, which is made of technical words and numbers all the same.
const OF_SOMEBODY: [&str; 12] = [
    "dx",
    "diagnosis",
    "diagnose",
    "indication",
    "history",
    "impression",
    "findings",
    "befund",
    "dob",
    "born",
    "birth",
    "geb",
];
/// Digits of a date, and of a number that counts more than settings do.
const LONG: usize = 6;
/// Signs of a row of strokes, and how many of a hundred are strokes.
const LEAST_STROKES: usize = 10;
const STROKES: usize = 90;

/// Whether a line names settings, sides, views, makers and small numbers only.
pub(super) fn is_harmless(text: &str) -> bool {
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | ',' | '(' | ')' | '[' | ']' | '|'));
    let word =
        |word: &str| SCREEN.contains(word.to_lowercase().as_str()) || is_technical(word) || is_setting(word);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let of_somebody = words.iter().any(|word| OF_SOMEBODY.contains(&word.to_lowercase().as_str()));
    let in_place =
        |at: usize| words[at..].get(1).is_some_and(|next| is_short_number(next)) && is_label(words[at]);
    let harmless = |at: usize| word(words[at]) || in_place(at);
    !of_somebody
        && !text.split_whitespace().any(is_date_or_number)
        && (is_technical(text) || (0..words.len()).all(harmless))
}

/// Whether a line is a row of equal strokes, as test patterns and rulers have: `IIIII IIIII lIlI`.
pub(super) fn is_strokes(text: &str) -> bool {
    let (mut all, mut strokes) = (0, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        strokes += usize::from(matches!(c, 'I' | 'l' | '1' | '|' | 'i' | '!' | 'í'));
    }
    all >= LEAST_STROKES && strokes * 100 >= all * STROKES
}

/// `21.53.1998`, `1994-12-01`, `4711081`: as many digits as a date has, in one or in three; read wrongly, it may be one.
fn is_date_or_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let parts = word.bytes().filter(|byte| matches!(byte, b'.' | b'/' | b'-')).count();
    digits >= LONG && digits + parts == word.len() && matches!(parts, 0 | 2)
}

/// Whether the word may name a setting whose short number follows: a few letters, or a word of screens, one letter of
/// which was read wrongly.
fn is_label(word: &str) -> bool {
    let letters = word.chars().all(char::is_alphabetic).then(|| word.to_lowercase());
    let near = |letters: &String| {
        let screen = SCREEN.iter().filter(|own| own.chars().count() >= LEAST_LABEL);
        screen.into_iter().any(|own| own.len() == letters.len() && is_one_off(letters, own))
    };
    letters.is_some_and(|letters| letters.chars().count() <= SHORT || near(&letters))
}

/// `5.0`, `1/3`, `-40`.
fn is_short_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    (1..=4).contains(&digits) && !word.contains(char::is_alphabetic)
}

/// `55db`, `Gn60`, `+2`, `1/3`: a short number with the name of a setting before it or a unit behind.
fn is_setting(word: &str) -> bool {
    let letters = word.trim_matches(|c: char| !c.is_alphabetic());
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits <= 4 && (letters.is_empty() || SCREEN.contains(letters.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_harmless_and_names_are_not() {
        for text in [
            "R",
            "kV 120",
            "10 cm",
            "SUPINE",
            "SIEMENS",
            "MI 1.2 TIs 0.4",
            "Gn55 dB",
            "aVR",
            "12:33:05",
            "Fr 23Hz",
            "MI: 0.9",
            "SL 5.0",
            "Derth 16 cm",
            "W/L 2000/500",
            "512x512",
        ] {
            assert!(is_harmless(text), "{text}");
        }
        for text in [
            "SAMPLETON ANNA",
            "ANNA",
            "4711081",
            "Dx: atrial fibrillation",
            "LI YU",
            "Testperson R",
            "SL 50812",
            "Anna 12",
            "21.53.1998",
            "Born 1994-12",
            "DOB 07A13/1949",
        ] {
            assert!(!is_harmless(text), "{text}");
        }
    }
}
