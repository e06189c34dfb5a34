//! Words that say how an image was made, and nothing of the patient: `assets/lexicon/technical.txt`.

use std::{collections::HashSet, sync::LazyLock};

static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let source = include_str!("../../../assets/lexicon/technical.txt");
    source.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Digits in a row that are a setting; more may be a number of somebody's.
const MOST_DIGITS: usize = 4;
/// The least letters of each half of a compound.
const LEAST_HALF: usize = 4;
/// Signs of the longest word of a script without spaces.
const LONGEST_SIGNS: usize = 6;
/// A longer text is prose, whatever its words.
const MOST_BYTES: usize = 1024;

/// Whether `text` consists of technical words only: sequence and protocol names, anatomy, positions, eponyms,
/// devices, numbers with units. `t1_mprage_sag_p2_iso`, `Head^Routine`, `CHEST PA`.
pub fn is_technical(text: &str) -> bool {
    text.len() <= MOST_BYTES
        && text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(is_technical_word)
}

/// Whether `word` is in the vocabulary as it is, not only in its parts.
pub fn is_known(word: &str) -> bool {
    WORDS.contains(word.to_lowercase().as_str())
}

/// A run of letters and digits: known as a whole, or in its parts.
fn is_technical_word(word: &str) -> bool {
    if WORDS.contains(word.to_lowercase().as_str()) {
        return true;
    }
    let mut parts = parts(word).peekable();
    parts.peek().is_some() && parts.all(is_technical_part)
}

fn is_technical_part(part: &str) -> bool {
    if part.starts_with(|c: char| c.is_numeric()) {
        return part.len() <= MOST_DIGITS;
    }
    let lower = part.to_lowercase();
    if part.chars().any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()) {
        return is_row_of_words(part);
    }
    if lower.chars().count() == 1 || WORDS.contains(lower.as_str()) {
        return lower.is_ascii() || WORDS.contains(lower.as_str());
    }
    let mut cuts = lower.char_indices().map(|(at, _)| at);
    cuts.any(|at| {
        let (first, second) = lower.split_at(at);
        first.len().min(second.len()) >= LEAST_HALF && WORDS.contains(first) && WORDS.contains(second)
    })
}

/// Whether writing without spaces between words is known words all along; the longest first.
fn is_row_of_words(mut text: &str) -> bool {
    while !text.is_empty() {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_SIGNS);
        let Some(end) = ends.filter(|&end| WORDS.contains(&text[..end])).last() else { return false };
        text = &text[end..];
    }
    true
}

/// A word cut where letters and digits meet, and in front of a capital: `ep2dDiff` is `ep`, `2`, `d`, `Diff`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut cuts: Vec<usize> = word
        .char_indices()
        .zip(word.chars().skip(1))
        .filter(|((_, a), b)| a.is_numeric() != b.is_numeric() || (a.is_lowercase() && b.is_uppercase()))
        .map(|((at, a), _)| at + a.len_utf8())
        .collect();
    cuts.push(word.len());
    let mut start = 0;
    cuts.into_iter().map(move |cut| {
        let part = &word[start..cut];
        start = cut;
        part
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_protocols_from_people() {
        for text in [
            "",
            "CHEST PA",
            "t1_mprage_sag_p2_iso",
            "ep2d_diff_3scan_trace_p2_ADC",
            "Ax T2 FLAIR",
            "Head^Routine",
            "Down syndrome protocol",
            "Carr-Purcell",
            "3-plane loc SSFSE",
            "Thorax nativ 5.0 B31f",
            "LWS sag T2 TSE",
            "Abdomen ohne KM",
            "Rachis lombaire",
            "HeadRoutine",
            "WholeBody CT 1.5 mm",
            "胸部正面",
            "颅脑平扫",
            "КТ органов грудной клетки",
        ] {
            assert!(is_technical(text), "{text}");
        }
        for text in [
            "Erika Example",
            "CHEST PA SAMPLESSON",
            "Müller",
            "山田太郎",
            "MRN 0012345",
            "Bein Mustermann",
            "123456",
            "Samplesson^Head",
            "seen by Nowak",
        ] {
            assert!(!is_technical(text), "{text}");
        }
    }
}
