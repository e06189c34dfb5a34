//! Words that say how an image was made, and nothing of the patient: `technical.txt`, `concepts.txt` and `terms.txt`
//! of `assets/lexicon`; and what things are called after people: `eponymous.txt`.

use super::given_name::is_given_name;
use std::{collections::HashSet, sync::LazyLock};

static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let technical = words(include_str!("../../../assets/lexicon/technical.txt"));
    let concepts = words(include_str!("../../../assets/lexicon/concepts.txt"));
    let terms = words(include_str!("../../../assets/lexicon/terms.txt"));
    technical.chain(concepts).chain(terms).chain(EPONYMOUS.iter().copied()).collect()
});

static EPONYMOUS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../../assets/lexicon/eponymous.txt")).collect());

/// The words of a list, but for its remarks.
fn words(source: &'static str) -> impl Iterator<Item = &'static str> {
    source.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

/// Between a thing and whom it is called after.
const OF: [&str; 12] = ["d", "da", "de", "del", "di", "do", "l", "nach", "of", "s", "van", "von"];

/// Digits in a row that are a setting; more may be a number of somebody's.
const MOST_DIGITS: usize = 4;
/// The least letters of each half of a compound.
const LEAST_HALF: usize = 4;
/// Letters of the shortest name that things are called after.
const LEAST_EPONYM: usize = 3;
/// Signs of the longest word of a script without spaces.
const LONGEST_SIGNS: usize = 6;
/// A longer text is prose, whatever its words.
const MOST_BYTES: usize = 1024;

/// Whether `text` consists of technical words only: sequence and protocol names, anatomy, positions, eponyms,
/// devices, numbers with units. `t1_mprage_sag_p2_iso`, `Head^Routine`, `CHEST PA`.
pub fn is_technical(text: &str) -> bool {
    if text.len() > MOST_BYTES {
        return false;
    }
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().all(|(at, word)| is_technical_word(word) || is_eponym(&words, at))
}

/// Whether something is called after the word: `Hill-Sachs lesion`, `Baker's cyst`, `maladie de Crohn`. Nothing is
/// called after given names.
fn is_eponym(words: &[&str], at: usize) -> bool {
    let is_thing =
        |word: Option<&&str>| word.is_some_and(|word| EPONYMOUS.contains(word.to_lowercase().as_str()));
    let is_of = |word: &&&str| OF.contains(&word.to_lowercase().as_str());
    let is_name = |word: Option<&&str>| {
        word.is_some_and(|word| {
            word.chars().all(char::is_alphabetic)
                && word.chars().count() >= LEAST_EPONYM
                && !is_given_name(word)
        })
    };
    let (before, after) = (words.get(..at).unwrap_or_default(), words.get(at + 1..).unwrap_or_default());
    let after = match after {
        [word, rest @ ..] if *word == "s" => rest,
        _ => after,
    };
    let thing = before.iter().rev().find(|word| !is_of(word));
    let called = is_thing(after.first()) || is_name(after.first()) && is_thing(after.get(1));
    is_name(words.get(at)) && (called || is_thing(thing))
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
            "Hill-Sachs lesion",
            "Baker's cyst",
            "Osgood Schlatter disease",
            "maladie de Crohn",
            "Morbus Scheuermann",
            "angolo di Cobb 12",
            "signo de Murphy",
            "болезнь Крона",
            "Lister tubercle",
            "Meckel",
            "Optic Chiasm",
            "OAR_SpinalCord",
            "Fovea",
            "Perthes Hüfte MRT",
            "Lendenwirbelsäule in 2 Ebenen",
            "Radiographie du genou gauche debout",
            "Rodilla derecha en carga",
            "Ginocchio destro in ortostatismo",
            "Kręgosłup lędźwiowy",
            "Vyšetření kolene",
            "Рентгенография стопы",
            "Diz grafisi",
            "Knä vänster",
            "mDIXON quant liver",
            "4DCT AIP phase0",
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
            "Baker",
            "Young",
            "Wilson Baker",
            "Sampleton",
            "Koch Head",
            "Erika Samplesson disease",
            "Samplesson Nowak head",
            "Bell left",
            "Hill",
            "Berg Chest",
            "Smith knee left",
            "Costa torax",
            "disease Sampleton Nowak",
            "Stein AP",
        ] {
            assert!(!is_technical(text), "{text}");
        }
    }
}
