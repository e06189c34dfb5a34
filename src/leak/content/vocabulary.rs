//! Words that say how an image was made, and nothing of the patient: `technical.txt`, `concepts.txt` and `terms.txt`
//! of `assets/lexicon`; and what is called after people, `eponymous.txt`, after whom, `eponyms.txt`.

use crate::text::{self, normalize::fold};
use std::{collections::HashSet, sync::LazyLock};

static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let technical = words(include_str!("../../../assets/lexicon/technical.txt"));
    let concepts = words(include_str!("../../../assets/lexicon/concepts.txt"));
    let terms = words(include_str!("../../../assets/lexicon/terms.txt"));
    technical.chain(concepts).chain(terms).chain(EPONYMOUS.iter().copied()).collect()
});

static EPONYMOUS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../../assets/lexicon/eponymous.txt")).collect());

/// Stems of names after which things are called, and pairs of names in one.
static EPONYMS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let names = words(include_str!("../../../assets/lexicon/eponyms.txt"));
    names.map(|name| if name.contains('-') { fold(name) } else { stem(name) }).collect()
});

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

/// Whether something is called after the word, and it stands beside it or is one of a pair: `Baker's cyst`, `maladie de
/// Crohn`, `Hill-Sachs`. A word of which nothing is known is a name like any other, whatever stands beside it.
fn is_eponym(words: &[&str], at: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).copied().unwrap_or_default();
    let (own, before, after) = (word(Some(at)), at.checked_sub(1), Some(at + 1));
    let is_pair = |first: &str, second: &str| EPONYMS.contains(&format!("{}-{}", fold(first), fold(second)));
    if is_pair(own, word(after)) || is_pair(word(before), own) {
        return true;
    }
    let is_name = |word: &str| EPONYMS.contains(&stem(word));
    let is_thing = |word: &str| EPONYMOUS.contains(word.to_lowercase().as_str());
    let is_of = |word: &&&str| OF.contains(&word.to_lowercase().as_str());
    let (before, after) = (words.get(..at).unwrap_or_default(), words.get(at + 1..).unwrap_or_default());
    let called = match after {
        ["s", thing, ..] | [thing, ..] if is_thing(thing) => true,
        [name, thing, ..] => is_name(name) && is_thing(thing),
        _ => false,
    };
    is_name(own)
        && (called || before.iter().rev().find(|word| !is_of(word)).is_some_and(|word| is_thing(word)))
}

/// The folded word without the ending of its case.
fn stem(word: &str) -> String {
    let folded = fold(word);
    text::stem(&folded).to_owned()
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
    fn every_eponym_is_lower_case_and_stands_once() {
        let names: Vec<&str> = words(include_str!("../../../assets/lexicon/eponyms.txt")).collect();
        for name in &names {
            assert_eq!(name.to_lowercase(), **name);
            assert!(name.split('-').count() <= 2 && name.chars().count() > 2, "{name}");
        }
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    }

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
            "Hill-Sachs",
            "Legg-Calvé-Perthes",
            "Wilson's disease",
            "Bakers cyst",
            "Torbiel Bakera",
            "WATERS VIEW",
            "Simpson method",
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
            "Sampleton fracture",
            "Samplesson's disease",
            "linea di Sampleton",
            "Wilson",
            "Fischer Thorax",
            "Kaplan left knee",
            "Purcell MRI",
            "Stein AP",
        ] {
            assert!(!is_technical(text), "{text}");
        }
    }
}
