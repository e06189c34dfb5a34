//! Words that say how an image was made, and nothing of the patient: `technical.txt`, `concepts.txt` and `terms.txt`
//! of `assets/lexicon`; those of sentences about it, `remarks.txt`, `small_words.txt` and `english.txt`; and what is called after
//! people, `eponymous.txt`, after whom, `eponyms.txt`.

use super::cue::is_run_on;
use crate::text::{self, normalize::fold};
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};
use unicode_normalization::char::canonical_combining_class;

/// What a known word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Of imaging: two of them may be written in one.
    Technical,
    /// Of sentences.
    Common,
    /// What holds sentences together.
    Small,
}

static WORDS: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| {
    let lists = [
        (Kind::Technical, include_str!("../../../assets/lexicon/technical.txt")),
        (Kind::Technical, include_str!("../../../assets/lexicon/concepts.txt")),
        (Kind::Technical, include_str!("../../../assets/lexicon/terms.txt")),
        (Kind::Technical, EPONYMOUS_LIST),
        (Kind::Small, include_str!("../../../assets/lexicon/small_words.txt")),
        (Kind::Common, include_str!("../../../assets/lexicon/remarks.txt")),
        (Kind::Common, include_str!("../../../assets/lexicon/english.txt")),
    ];
    let mut all = HashMap::new();
    for (kind, word) in lists.into_iter().flat_map(|(kind, list)| words(list).map(move |word| (kind, word))) {
        all.entry(word).or_insert(kind);
    }
    all
});

const EPONYMOUS_LIST: &str = include_str!("../../../assets/lexicon/eponymous.txt");

static EPONYMOUS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(EPONYMOUS_LIST).collect());

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

/// What a measured value ends with: the angle of Cobb is no person's.
const UNITS: [&str; 8] = ["deg", "degree", "degrees", "grad", "grados", "gradi", "mm", "cm"];
/// Written in one with what follows: article and prepositions of Arabic and Hebrew.
const CLITICS: [&str; 13] = ["وال", "بال", "لل", "ال", "و", "ب", "ل", "ה", "ו", "ב", "ל", "מ", "ש"];
/// Letters of the shortest word behind them.
const LEAST_BARE: usize = 3;

/// Digits in a row that are a setting; more may be a number of somebody's.
const MOST_DIGITS: usize = 4;
/// The least letters of each half of a compound.
const LEAST_HALF: usize = 4;
/// Signs of the longest word of a script without spaces.
const LONGEST_SIGNS: usize = 12;
/// A longer text is prose, whatever its words.
const MOST_BYTES: usize = 1024;

/// Whether `text` consists of technical words only: sequence and protocol names, anatomy, positions, eponyms,
/// devices, numbers with units. `t1_mprage_sag_p2_iso`, `Head^Routine`, `CHEST PA`.
pub fn is_technical(text: &str) -> bool {
    if text.len() > MOST_BYTES {
        return false;
    }
    let words: Vec<&str> = text.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().all(|(at, word)| is_technical_word(word) || is_eponym(&words, at))
}

/// Whether a character is part of a word: a letter, a digit, or a mark on one, as words of India and Thailand have
/// in their midst.
pub fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && canonical_combining_class(c) != 0
}

/// The word in small letters; the dot of a Turkish capital, a mark of its own, is gone.
fn lower(word: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    match word {
        word if word.chars().all(plain) => Cow::Borrowed(word),
        word => Cow::Owned(word.to_lowercase().replace('\u{307}', "")),
    }
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
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let called = match after {
        ["s", thing, ..] | [thing, ..] if is_thing(thing) => true,
        [whole, unit] | [whole, _, unit] if is_number(whole) => UNITS.contains(unit),
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

/// Whether `word`, in small letters, is one of those that hold sentences together.
pub fn is_small(word: &str) -> bool {
    WORDS.get(word) == Some(&Kind::Small)
}

/// Whether `word` is in the vocabulary as it is, not only in its parts.
pub fn is_known(word: &str) -> bool {
    WORDS.contains_key(lower(word).as_ref())
}

/// A run of letters and digits: known as a whole, or in its parts.
fn is_technical_word(word: &str) -> bool {
    if WORDS.contains_key(lower(word).as_ref()) || is_bare_known(word) {
        return true;
    }
    let mut parts = parts(word).peekable();
    parts.peek().is_some() && parts.all(is_technical_part)
}

/// Whether the word is known without what is written in one with it.
fn is_bare_known(word: &str) -> bool {
    let is_semitic = |c: char| matches!(c, '\u{590}'..='\u{6ff}');
    let bare = |clitic: &&str| word.strip_prefix(clitic).filter(|bare| bare.chars().count() >= LEAST_BARE);
    word.starts_with(is_semitic) && CLITICS.iter().filter_map(bare).any(|bare| WORDS.contains_key(bare))
}

fn is_technical_part(part: &str) -> bool {
    if part.starts_with(|c: char| c.is_numeric()) {
        return part.len() <= MOST_DIGITS;
    }
    let lower = lower(part);
    if part.chars().any(is_run_on) {
        return is_row_of_words(part);
    }
    if WORDS.contains_key(lower.as_ref()) {
        return true;
    }
    if lower.chars().count() == 1 {
        return lower.is_ascii();
    }
    let is_half = |half: &str| WORDS.get(half) == Some(&Kind::Technical);
    let mut cuts = lower.char_indices().map(|(at, _)| at);
    cuts.any(|at| {
        let (first, second) = lower.split_at(at);
        first.len().min(second.len()) >= LEAST_HALF && is_half(first) && is_half(second)
    })
}

/// Whether writing without spaces between words is known words all along; the longest first.
fn is_row_of_words(mut text: &str) -> bool {
    while !text.is_empty() {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_SIGNS);
        let Some(end) = ends.filter(|&end| WORDS.contains_key(&text[..end])).last() else { return false };
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
