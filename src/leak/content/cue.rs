//! The words of `assets/lexicon/cues.toml`, found in one pass over the folded text.

use crate::text::normalize::{fold, fold_chars};
use aho_corasick::AhoCorasick;
use std::{
    collections::{BTreeMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

pub(super) const CUES: &str = include_str!("../../../assets/lexicon/cues.toml");
/// Cues of one group that are followed up in one text: one that holds more is a list, and its first lines tell.
const MOST_CUES: usize = 512;
/// Letters of a cue that must be written with its diacritics: without them it is another word, or chance.
const MOST_EXACT: usize = 3;
/// Letters of a cue of several words from which on they may be written in one.
const LEAST_JOINED: usize = 6;

/// How `n°` is also written before what it numbers.
const NUMBER: [&str; 15] = [
    "n°",
    "n° de",
    "n° d'",
    "n.º",
    "n.º de",
    "n.º do",
    "no",
    "no de",
    "no d'",
    "n",
    "n de",
    "num",
    "numéro",
    "numéro de",
    "número de",
];

/// Whether cues hold the word, in whatever letters: `huisarts`, `адрес`, `date`. None of them is anybody's name.
pub(in crate::leak) fn is_cue_word(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let groups: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(CUES).unwrap_or_default();
        let cues = groups.values().flat_map(BTreeMap::values).flat_map(|cues| cues.split('|'));
        cues.flat_map(str::split_whitespace).map(|word| fold(word.trim_matches(['^', '.']))).collect()
    });
    WORDS.contains(&fold(word))
}

/// Groups of cues, each a number.
#[derive(Debug, Default)]
pub(super) struct Cues {
    names: Vec<String>,
    automaton: Option<AhoCorasick>,
    /// By the automaton's patterns.
    each: Vec<Vec<Cue>>,
}

#[derive(Debug)]
struct Cue {
    group: usize,
    /// A full stop follows: `hr.` is a title, `hr` a heart rate.
    stopped: bool,
    /// Nothing stands before it in its line or field.
    leads: bool,
    /// As it is written, where that counts.
    exact: Option<String>,
}

impl Cues {
    /// Reads groups, of each its cues by language, between bars.
    pub fn parse(source: &str) -> Self {
        let groups: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(source).unwrap_or_default();
        let mut by_key: BTreeMap<String, Vec<Cue>> = BTreeMap::new();
        let mut names = Vec::new();
        for (group, (name, languages)) in groups.into_iter().enumerate() {
            names.push(name);
            for cue in languages.values().flat_map(|cues| cues.split('|')) {
                for (key, cue) in Cue::parse(cue.trim(), group) {
                    by_key.entry(key).or_default().push(cue);
                }
            }
        }
        let (keys, each): (Vec<String>, Vec<Vec<Cue>>) = by_key.into_iter().unzip();
        Self { names, automaton: AhoCorasick::new(&keys).ok(), each }
    }

    pub fn group(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// Groups of the cues in `text` and where they end, in order. Takes time linear in the text's length.
    pub fn find(&self, text: &str) -> Vec<(usize, usize)> {
        let mut ends = Vec::new();
        // Numbers, UIDs above all, introduce nothing.
        let letters = text.bytes().any(|byte| byte.is_ascii_alphabetic() || byte >= 0x80);
        let Some(automaton) = self.automaton.as_ref().filter(|_| letters) else { return ends };
        let key = Key::of(text);
        let mut hits: Vec<(Range<usize>, &[Cue])> = automaton
            .find_overlapping_iter(&key.text)
            .filter(|hit| key.is_apart(hit.range()))
            .filter_map(|hit| Some((hit.range(), self.each.get(hit.pattern().as_usize())?.as_slice())))
            .collect();
        // The longest from each place on; what is part of it is no cue of its own.
        hits.sort_by_key(|(at, _)| (at.start, std::cmp::Reverse(at.end)));
        let mut counts = vec![0usize; if hits.is_empty() { 0 } else { self.names.len() }];
        let mut covered = 0;
        for (at, cues) in hits.into_iter().filter(|(at, _)| !at.is_empty()) {
            if at.end <= covered {
                continue;
            }
            let Some(end) = key.spans.get(at.end - 1).map(|span| span.end) else { continue };
            for cue in cues.iter().filter(|cue| cue.stands(&key, &at, text)) {
                covered = at.end;
                if let Some(count) = counts.get_mut(cue.group).filter(|count| **count < MOST_CUES) {
                    *count += 1;
                    ends.push((cue.group, end));
                }
            }
        }
        ends
    }
}

impl Cue {
    /// The cue and the ways to write it, each as a key.
    fn parse(text: &str, group: usize) -> Vec<(String, Self)> {
        let (leads, text) = match text.strip_prefix('^') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let stopped = text.ends_with('.');
        let letters: String =
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let folded = fold(&letters);
        let exact = (folded.chars().count() <= MOST_EXACT && folded != letters).then_some(letters);
        let own = Key::of(text).text;
        let mut keys = vec![(own, exact), (Key::of(&expanded(text)).text, None)];
        if let Some(rest) = text.strip_prefix("n° ").or(text.strip_prefix("nº ")) {
            let numbered = NUMBER.iter().map(|number| (Key::of(&format!("{number} {rest}")).text, None));
            keys.extend(numbered);
        }
        for at in 0..keys.len() {
            let joined: String = keys.get(at).map(|(key, _)| key.split(' ').collect()).unwrap_or_default();
            if joined.chars().count() >= LEAST_JOINED {
                keys.push((joined, None));
            }
        }
        keys.retain(|(key, _)| !key.is_empty());
        keys.dedup_by(|(key, _), (before, _)| key == before);
        keys.into_iter().map(|(key, exact)| (key, Self { group, stopped, leads, exact })).collect()
    }

    fn stands(&self, key: &Key, at: &Range<usize>, text: &str) -> bool {
        let span = |at: usize| key.spans.get(at).cloned().unwrap_or_default();
        let raw = || text.get(span(at.start).start..span(at.end - 1).end).unwrap_or_default();
        let same = |exact: &String| {
            raw().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).eq(exact.chars())
        };
        // `De` of `DePuy` is part of a word; `pat` of `patS12` is not.
        let end = span(at.end - 1).end;
        let goes_on = || {
            text.get(end..)
                .is_some_and(|rest| rest.chars().take(2).filter(|c| c.is_alphabetic()).count() == 2)
        };
        if at.len() <= MOST_EXACT && !raw().chars().any(is_run_on) && goes_on() {
            return false;
        }
        let before =
            || key.text.get(..at.start).and_then(|before| before.trim_end_matches(' ').chars().next_back());
        (!self.stopped || text.get(span(at.end - 1).end..).is_some_and(|rest| rest.starts_with('.')))
            && (!self.leads || before().is_none_or(|c| !c.is_alphanumeric()))
            && self.exact.as_ref().is_none_or(same)
    }
}

/// `für` as `fuer`.
fn expanded(text: &str) -> String {
    text.replace('ä', "ae").replace(['ö', 'ø'], "oe").replace('ü', "ue").replace('å', "aa")
}

/// Text as cues are written: folded, all that parts words as one space, words parted where capitals begin.
struct Key {
    text: String,
    /// For each byte the bytes of the character that it comes from.
    spans: Vec<Range<usize>>,
}

impl Key {
    fn of(text: &str) -> Self {
        let mut key = Self { text: String::with_capacity(text.len()), spans: Vec::with_capacity(text.len()) };
        let mut lower = false;
        fold_chars(text, |c| {
            let letter = c.folded.is_alphanumeric();
            if letter && c.upper && lower {
                key.push(' ', c.span.start..c.span.start);
            }
            lower = !c.upper && c.folded.is_lowercase();
            match c.folded {
                ' ' | '_' | '-' | '.' | '/' | '\'' => key.push(' ', c.span),
                folded => key.push(folded, c.span),
            }
        });
        if key.text.ends_with(' ') {
            key.text.pop();
        }
        key
    }

    fn push(&mut self, c: char, span: Range<usize>) {
        if c == ' ' && (self.text.is_empty() || self.text.ends_with(' ')) {
            return;
        }
        self.text.push(c);
        self.spans.resize(self.text.len(), span);
    }

    /// Whether no letter goes on before or after, in writing that parts its words.
    fn is_apart(&self, at: Range<usize>) -> bool {
        let own = self.text.get(at.clone()).unwrap_or_default();
        let before = self.text.get(..at.start).and_then(|text| text.chars().next_back());
        let after = self.text.get(at.end..).and_then(|text| text.chars().next());
        let begins = own.chars().next().is_some_and(is_run_on)
            || before.is_none_or(|c| !c.is_alphanumeric() || is_run_on(c));
        let ends = own.chars().next_back().is_some_and(is_run_on)
            || after.is_none_or(|c| !c.is_alphabetic() || is_run_on(c));
        begins && ends
    }
}

/// Whether words of the character's script stand without spaces between, or take endings at once.
pub(super) fn is_run_on(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_found_however_they_are_written() {
        let cues = Cues::parse(
            "[a]\nen = \"patient name | geb | né le | hr. | ^id | für | 患者\"\n[b]\nen = \"name\"",
        );
        let ends = |text: &str, wanted: usize| -> Vec<usize> {
            cues.find(text).into_iter().filter(|(group, _)| *group == wanted).map(|(_, end)| end).collect()
        };
        for (text, end) in [
            ("Patient Name: x", 12),
            ("PATIENT_NAME=x", 12),
            ("tPatientName x", 12),
            ("patientname x", 11),
            ("Patient -  Name x", 15),
            ("NÉ LE 3", 6),
            ("ne le 3", 5),
            ("geb.-Datum", 3),
            ("Hr. x", 2),
            ("x; ID 7", 5),
            ("fuer x", 4),
            ("患者山田", 6),
            ("自宅GEB番", 9),
        ] {
            assert_eq!(ends(text, 0), [end], "{text}");
        }
        for text in ["HR 70", "coil ID 7", "ange", "gebt", "fur x", "xpatient namex"] {
            assert_eq!(ends(text, 0), [] as [usize; 0], "{text}");
        }
        assert_eq!(ends("Patient Name: x", 1), [] as [usize; 0], "the longer cue counts");
        assert_eq!(ends("Name: x", 1), [4]);
    }

    #[test]
    fn every_cue_of_the_table_has_a_group() {
        let groups: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(CUES).unwrap();
        assert!(groups.len() > 10 && groups.values().all(|languages| !languages.is_empty()));
    }
}
