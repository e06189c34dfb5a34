//! What a line in the image says of the patient.

use super::seen::SeenLine;
use crate::{
    burnin::{Line, folded},
    dicom::Reading,
    leak::{
        Finding, Site, content,
        content::vocabulary::is_technical,
        cross::{self, Atoms, Context, Identity, Kind, Kinds, Match, Needles, Scope},
        inspect, is_placeholder, rule,
    },
    text::needle::{self, Form},
};
use std::sync::Arc;

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
/// Of a word that a line may say, the doubt for each letter, and in all. Drawn lines that do say it are below 15, those
/// that say what is somebody else's above 18.
const DOUBT: f32 = 1.9;
const MOST_DOUBT: f32 = 15.0;

/// What is known of the patient whose image it is.
pub(super) struct Known {
    needles: Arc<Needles>,
    /// Folded words of names and numbers, of which one letter may have been read wrongly.
    spelled: Vec<(Kind, String)>,
    /// Names, numbers and dates, folded, that are looked for in what a line may say besides.
    likely: Vec<(Kind, String)>,
}

impl Known {
    pub fn of(reading: &Reading) -> Self {
        let identity = Identity::of(reading);
        let spelled = identity.values.iter().flat_map(|(kind, value)| spelled(*kind, value)).collect();
        let likely = identity.values.iter().flat_map(|(kind, value)| likely(*kind, value)).collect();
        Self { needles: cross::needles(reading), spelled, likely }
    }

    /// What the line says of the patient, and of anybody.
    pub fn said_by(&self, seen: &SeenLine, site: &Site) -> Vec<Finding> {
        let text = seen.line.text.expose();
        let mut findings = Vec::new();
        if seen.line.confidence >= COMPARED {
            findings.extend(self.exactly(text, site));
            findings.extend(self.nearly(text, site, &findings));
        }
        findings.extend(self.probably(&seen.line, site, &findings));
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

    /// Names, numbers and dates of the patient's that the line may well say, though it was read otherwise.
    fn probably(&self, line: &Line, site: &Site, known: &[Finding]) -> Vec<Finding> {
        let mut all: Vec<Finding> = Vec::new();
        let spotter = line.spotter();
        for (kind, word) in &self.likely {
            let Some(rule) = cross::rule_of(Scope::File, *kind) else { continue };
            let said = known.iter().chain(&all).any(|finding| finding.class == rule.class);
            if !said && spotter.doubt(word, most_doubt(word)).is_finite() {
                all.push(rule.finding(site.clone(), ONE_OFF, line.text.expose()));
            }
        }
        all
    }
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

/// What is looked for in a line that may say it: see [`burnin::Spotter`].
fn likely(kind: Kind, value: &str) -> Vec<(Kind, String)> {
    let mut all = spelled(kind, value);
    match kind {
        Kind::Name => {
            let full = needle::person_name(value).into_iter().filter(|own| own.form == Form::FullName);
            let long = full.map(|own| own.text).filter(|text| text.chars().count() >= LEAST_NUMBER);
            all.extend(long.map(|text| (kind, folded(&text))));
        }
        Kind::BirthDate => {
            let dates = needle::birth_date(value).into_iter().filter(|own| own.form == Form::Date);
            all.extend(dates.map(|own| (kind, folded(&own.text))));
        }
        _ => {}
    }
    all.dedup();
    all
}

/// Up to which doubt a word is taken to stand there. That it is the patient's own speaks for it; that others are
/// spelled like it, against.
fn most_doubt(word: &str) -> f32 {
    (DOUBT * word.chars().count() as f32).min(MOST_DOUBT)
}

/// Whether one letter more, less or other makes them equal.
pub(super) fn is_one_off(a: &str, b: &str) -> bool {
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
    fn look_alikes_are_tried() {
        let all = spellings("5AMPLET0N O8l5");
        assert!(all.contains("SAMPLETON") && all.contains("0815"), "{all}");
    }
}
