//! Names of other scripts in Latin letters, as passports, archives and file names write them.

use super::{needle::squeeze, normalize::fold};
use std::{collections::BTreeMap, sync::LazyLock};
use unicode_normalization::UnicodeNormalization;

/// The usual spellings of `word` in Latin letters, squeezed; none where it is Latin already or where the
/// script has no spelling of its own (Han, Arabic, Hebrew and Thai write too little of the sound).
pub fn latin(word: &str) -> Vec<String> {
    match word.nfkc().next() {
        Some('\u{ac00}'..='\u{d7a3}') => return korean(&fold(word)),
        Some('\u{3041}'..='\u{30ff}') => return japanese(&fold(word)),
        _ => {}
    }
    let word: String = word.to_lowercase();
    let script = word.chars().find_map(|c| match c {
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(&*GREEK),
        '\u{400}'..='\u{52f}' => Some(&*CYRILLIC),
        _ => None,
    });
    let Some(table) = script else { return Vec::new() };
    let word: String = word.nfc().collect();
    settled((0..table.schemes).map(|scheme| table.write(&word, scheme)).collect())
}

/// How letters and groups of letters are written, longest first; one column a scheme.
struct Table {
    rows: Vec<(&'static str, Vec<&'static str>)>,
    schemes: usize,
}

static CYRILLIC: LazyLock<Table> =
    LazyLock::new(|| Table::parse(include_str!("../../assets/lexicon/cyrillic.txt")));
static KANA: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("../../assets/lexicon/kana.txt")));
static GREEK: LazyLock<Table> =
    LazyLock::new(|| Table::parse(include_str!("../../assets/lexicon/greek.txt")));

impl Table {
    fn parse(text: &'static str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut rows: Vec<_> = lines
            .filter_map(|line| {
                let mut columns = line.split_whitespace();
                Some((columns.next()?, columns.map(|column| column.trim_matches('-')).collect::<Vec<_>>()))
            })
            .collect();
        rows.sort_by_key(|(letters, _)| std::cmp::Reverse(letters.len()));
        let schemes = rows.iter().map(|(_, columns)| columns.len()).max().unwrap_or(0);
        Self { rows, schemes }
    }

    fn write(&self, word: &str, scheme: usize) -> String {
        let mut out = String::with_capacity(word.len() * 2);
        let mut rest = word;
        while let Some(c) = rest.chars().next() {
            match self.rows.iter().find(|(letters, _)| rest.starts_with(letters)) {
                Some((letters, columns)) => {
                    out.push_str(columns.get(scheme).or(columns.first()).copied().unwrap_or_default());
                    rest = rest.get(letters.len()..).unwrap_or_default();
                }
                None => {
                    out.push(c);
                    rest = rest.get(c.len_utf8()..).unwrap_or_default();
                }
            }
        }
        squeeze(&out)
    }
}

/// Kana: long vowels as they are spelled, and as one letter.
fn japanese(folded: &str) -> Vec<String> {
    let mut all = Vec::new();
    for scheme in 0..KANA.schemes {
        let written = doubled(&KANA.write(folded, scheme));
        let spelled = written.replace('ー', "");
        let short = ["ou", "oo", "uu"].iter().fold(spelled.clone(), |text, long| {
            let first = long.get(..1).unwrap_or_default();
            text.replace(long, first)
        });
        all.extend([short.replace('o', "oh"), short, spelled].into_iter().take(if scheme == 0 {
            3
        } else {
            2
        }));
    }
    settled(all)
}

/// Small ッ doubles the consonant after it.
fn doubled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('ッ', Some('c')) => out.push('t'),
            ('ッ', Some(&next)) => out.push(next),
            ('ッ', None) => {}
            _ => out.push(c),
        }
    }
    out
}

/// The family names that are spelled by habit: `assets/lexicon/korean_surnames.txt`.
static SURNAMES: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/lexicon/korean_surnames.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(' '))
        .map(|(name, all)| (name, all.split(' ').collect()))
        .collect()
});

/// Hangul by the Revised Romanization, syllable by syllable, and as people write themselves.
fn korean(folded: &str) -> Vec<String> {
    let mut all = vec![
        folded.chars().map(|c| syllable(c, false)).collect(),
        folded.chars().map(|c| syllable(c, true)).collect::<String>(),
    ];
    all.extend(SURNAMES.get(folded).into_iter().flatten().map(|&name| name.to_owned()));
    settled(all)
}

/// Unicode 16, section 3.12: a syllable is its place in the block, 588 to an initial, 28 to a medial.
fn syllable(c: char, by_habit: bool) -> String {
    const INITIALS: [&str; 19] =
        ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
    const MEDIALS: [&str; 21] = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
        "yu", "eu", "ui", "i",
    ];
    const FINALS: [&str; 28] = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t",
        "t", "ng", "t", "t", "k", "t", "p", "t",
    ];
    let Some(place) = (c as usize).checked_sub(0xac00).filter(|&place| place < 11_172) else {
        return c.to_string();
    };
    let [initial, medial, last] = [
        INITIALS.get(place / 588).copied().unwrap_or_default(),
        MEDIALS.get(place % 588 / 28).copied().unwrap_or_default(),
        FINALS.get(place % 28).copied().unwrap_or_default(),
    ];
    let medial = match (medial, by_habit) {
        ("eo", true) => "u",
        ("yeo", true) => "you",
        ("u", true) => "oo",
        ("ui", true) => "ee",
        _ => medial,
    };
    [initial, medial, last].concat()
}

fn settled(mut all: Vec<String>) -> Vec<String> {
    all.retain(|text| !text.is_empty() && text.is_ascii());
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_in_latin_letters() {
        for (word, wanted) in [
            ("Примеров", "primerov"),
            ("Примеров", "primerow"),
            ("Юлия", "yuliya"),
            ("Юлия", "iuliia"),
            ("Щербакова", "shcherbakova"),
            ("Андрей", "andrey"),
            ("Андрей", "andrei"),
            ("Хрущёв", "khrushchev"),
            ("Παράδειγμα", "paradeigma"),
            ("Ελένη", "eleni"),
            ("Μπακογιάννης", "bakogiannis"),
            ("Ευσταθίου", "efstathiou"),
            ("やまだ", "yamada"),
            ("たろう", "tarou"),
            ("たろう", "taro"),
            ("たろう", "taroh"),
            ("はっとり", "hattori"),
            ("つじ", "tuzi"),
            ("홍", "hong"),
            ("길동", "gildong"),
            ("이", "lee"),
            ("영수", "youngsoo"),
        ] {
            assert!(latin(word).iter().any(|text| text == wanted), "{word}: {:?}", latin(word));
        }
        assert!(latin("Müller").is_empty() && latin("山田").is_empty());
    }
}
