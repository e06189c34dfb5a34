//! What a line in the image says of the patient.

use super::seen::SeenLine;
use crate::{
    burnin::folded,
    dicom::Reading,
    leak::{
        Finding, Site, content,
        content::vocabulary::is_technical,
        cross::{self, Atoms, Context, Identity, Kind, Kinds, Match, Needles, Scope},
        inspect, is_placeholder, rule,
    },
};
use std::{collections::HashSet, sync::Arc, sync::LazyLock};

/// From which confidence on, in per cent, a line is compared with what is known: nothing that is not the patient's
/// looks like it by mistakes of the reader.
const COMPARED: u8 = 40;
/// From which on what it says itself counts.
const BELIEVED: u8 = 75;
/// How sure a match is that needed a letter to be other than it was read, in per cent.
const ONE_OFF: u8 = 70;
/// Letters of a word, and of a number, of which one may be other.
const LEAST_WORD: usize = 5;
const LEAST_NUMBER: usize = 6;
/// Letters of a setting's name that says nothing whatever it is, and of one in which a letter may be other.
const SHORT: usize = 3;
const LEAST_LABEL: usize = 5;

/// `assets/lexicon/screen.txt`.
static SCREEN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/lexicon/screen.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// What stands in front of a fact about somebody's health, which is made of technical words all the same.
const OF_HEALTH: [&str; 8] =
    ["dx", "diagnosis", "diagnose", "indication", "history", "impression", "findings", "befund"];

/// What is known of the patient whose image it is.
pub(super) struct Known {
    needles: Arc<Needles>,
    /// Folded words of names and numbers, of which one letter may have been read wrongly.
    spelled: Vec<(Kind, String)>,
}

impl Known {
    pub fn of(reading: &Reading) -> Self {
        let identity = Identity::of(reading);
        let spelled = identity.values.iter().flat_map(|(kind, value)| spelled(*kind, value)).collect();
        Self { needles: cross::needles(reading), spelled }
    }

    /// What the line says of the patient, and of anybody.
    pub fn said_by(&self, seen: &SeenLine, site: &Site) -> Vec<Finding> {
        let text = seen.line.text.expose();
        let mut findings = Vec::new();
        if seen.line.confidence >= COMPARED {
            findings.extend(self.exactly(text, site));
            findings.extend(self.nearly(text, site, &findings));
        }
        if seen.line.confidence >= BELIEVED {
            for (hit, rule) in inspect::said_in(text).iter() {
                let Some(value) = text.get(hit.span.clone()) else { continue };
                let known = findings.iter().any(|finding| finding.class == rule.class);
                if !known && !is_placeholder(value, rule.class) {
                    findings.push(rule.finding(
                        site.clone(),
                        hit.confidence.min(seen.line.confidence),
                        value,
                    ));
                }
            }
        }
        findings.iter_mut().for_each(|finding| finding.region = Some(seen.region()));
        findings
    }

    fn exactly(&self, text: &str, site: &Site) -> Vec<Finding> {
        let text = spellings(text);
        let atoms = Atoms::of(&text);
        let context = Context { scope: Scope::File, uid: false, others: false, except: Kinds::default() };
        let mut all = cross::matches(&self.needles, &atoms, context);
        Match::settle(&mut all);
        let finding = |found: &Match| {
            let rule = cross::rule_of(Scope::File, found.kind)?;
            let atoms = atoms.get(found.atoms.clone())?;
            let span = atoms.first()?.start as usize..atoms.last()?.end as usize;
            Some(rule.finding(site.clone(), found.confidence, text.get(span)?))
        };
        all.iter().filter_map(finding).collect()
    }

    /// A word or number of the patient's, but for one letter.
    fn nearly(&self, text: &str, site: &Site, known: &[Finding]) -> Vec<Finding> {
        let mut near: Vec<Finding> = Vec::new();
        for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '^' | ':' | ';' | '=' | '_'))
        {
            let own = number_or_word(word);
            for (kind, spelled) in &self.spelled {
                let Some(rule) = cross::rule_of(Scope::File, *kind) else { continue };
                let said = known.iter().chain(&near).any(|finding| finding.class == rule.class);
                if !said && !is_technical(word) && is_one_off(&own, spelled) {
                    near.push(rule.finding(site.clone(), ONE_OFF, word));
                }
            }
        }
        near
    }
}

/// Whether a line names settings, sides, views, makers and small numbers only.
pub(super) fn is_harmless(text: &str) -> bool {
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | ',' | '(' | ')' | '[' | ']' | '|'));
    let word =
        |word: &str| SCREEN.contains(word.to_lowercase().as_str()) || is_technical(word) || is_setting(word);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let of_health = words.iter().any(|word| OF_HEALTH.contains(&word.to_lowercase().as_str()));
    let in_place =
        |at: usize| words[at..].get(1).is_some_and(|next| is_short_number(next)) && is_label(words[at]);
    let harmless = |at: usize| word(words[at]) || in_place(at);
    !of_health && (is_technical(text) || (0..words.len()).all(harmless))
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

/// The line, and what it would be if digits had been read for letters, and letters for digits; apart from each other, so
/// that no name reaches from one into the next.
pub(in crate::leak) fn spellings(text: &str) -> String {
    const LETTERS: [(&str, &str); 2] = [("015826", "OISBZG"), ("015826", "OLSBZG")];
    const DIGITS: (&str, &str) = ("OoDQIl|iSsBZzG", "00001111558226");
    let replaced = |of: fn(char) -> bool, (from, to): (&str, &str)| {
        let other =
            |c: char| from.chars().position(|own| own == c).and_then(|at| to.chars().nth(at)).unwrap_or(c);
        let words = text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '|');
        words
            .map(|word| if word.contains(of) { word.chars().map(other).collect() } else { word.to_owned() })
            .collect()
    };
    let mut all: Vec<String> = vec![text.to_owned()];
    let letters = LETTERS.map(|pair| replaced(char::is_alphabetic, pair));
    for other in letters.into_iter().chain([replaced(|c| c.is_ascii_digit(), DIGITS)]) {
        if !all.contains(&other) {
            all.push(other);
        }
    }
    all.join(" \n\n\n\n ")
}

fn number_or_word(text: &str) -> String {
    folded(&text.chars().filter(|c| c.is_alphanumeric() || *c == '|').collect::<String>())
}

fn spelled(kind: Kind, value: &str) -> Vec<(Kind, String)> {
    let (least, parts): (usize, Vec<&str>) = match kind {
        Kind::PatientId | Kind::OtherId | Kind::Insurance => (LEAST_NUMBER, vec![value]),
        Kind::Name => (LEAST_WORD, value.split(|c: char| !c.is_alphanumeric()).collect()),
        _ => return Vec::new(),
    };
    let telling = |part: &&str| !is_technical(part) && !content::vocabulary::is_known(part);
    parts
        .into_iter()
        .filter(telling)
        .map(number_or_word)
        .filter(|word| word.chars().count() >= least)
        .map(|word| (kind, word))
        .collect()
}

/// Whether one letter more, less or other makes them equal.
fn is_one_off(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
    let rest = |of: &[char]| of.get(1..).unwrap_or_default().to_vec();
    rest(a) == rest(b) || rest(a) == b || a == rest(b)
}

/// The rule's finding, where there is such a rule.
pub(super) fn of_rule(name: &str, site: Site, seen: &SeenLine, value: &str) -> Option<Finding> {
    let rule = rule::find(name)?;
    Some(Finding { region: Some(seen.region()), ..rule.finding(site, seen.place.confidence, value) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_may_be_other() {
        for (a, b, near) in [
            ("sample", "sample", true),
            ("sample", "sarnple", false),
            ("samp1e", "sample", true),
            ("samplee", "sample", true),
            ("ample", "sample", true),
            ("maples", "sample", false),
            ("", "a", true),
        ] {
            assert_eq!(is_one_off(a, b), near, "{a} {b}");
        }
    }

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
        ] {
            assert!(!is_harmless(text), "{text}");
        }
    }

    #[test]
    fn look_alikes_are_tried() {
        let all = spellings("5AMPLET0N O8l5");
        assert!(all.contains("SAMPLETON") && all.contains("0815"), "{all}");
    }
}
