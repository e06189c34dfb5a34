//! Names of other scripts in Latin letters, as passports, archives and file names write them.

use super::needle::squeeze;
use std::sync::LazyLock;

/// The usual spellings of `word` in Latin letters, squeezed; none where it is Latin already or where the
/// script has no spelling of its own (Han, Arabic, Hebrew and Thai write too little of the sound).
pub fn latin(word: &str) -> Vec<String> {
    let word: String = word.to_lowercase();
    let script = word.chars().find_map(|c| match c {
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(&*GREEK),
        '\u{400}'..='\u{52f}' => Some(&*CYRILLIC),
        _ => None,
    });
    let Some(table) = script else { return Vec::new() };
    let word: String = unicode_normalization::UnicodeNormalization::nfc(word.chars()).collect();
    let mut all: Vec<String> = (0..table.schemes).map(|scheme| table.write(&word, scheme)).collect();
    all.retain(|text| !text.is_empty() && text.is_ascii());
    all.sort();
    all.dedup();
    all
}

/// How letters and groups of letters are written, longest first; one column a scheme.
struct Table {
    rows: Vec<(&'static str, Vec<&'static str>)>,
    schemes: usize,
}

static CYRILLIC: LazyLock<Table> =
    LazyLock::new(|| Table::parse(include_str!("../../assets/lexicon/cyrillic.txt")));
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
        ] {
            assert!(latin(word).iter().any(|text| text == wanted), "{word}: {:?}", latin(word));
        }
        assert!(latin("Müller").is_empty() && latin("山田").is_empty());
    }
}
