use super::super::{Passage, Place};
use super::runs::Decoder;
use crate::dicom::{RowId, Vr, charset::Charset};
use std::{
    borrow::Cow,
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

/// Text that one file may carry, in bytes.
const MOST_TEXT: usize = 4 << 20;
/// Bytes that may be decoded, inflated or read again, for one file.
const MOST_WORK: usize = 16 << 20;
/// Bytes of one passage; longer text becomes several.
const MOST_PASSAGE: usize = 64 << 10;
/// Passages of one file.
const MOST_PASSAGES: usize = 20_000;
/// What is decoded may hold what is encoded, so often.
const MOST_DEPTH: u8 = 4;

/// Where text stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site {
    pub place: Place,
    pub row: Option<RowId>,
    pub vr: Option<Vr>,
}

/// Takes passages in, keeps each once, and bounds what one file may cost.
pub(super) struct Gather<'o, 'a> {
    out: &'o mut Vec<Passage<'a>>,
    pub site: Site,
    /// The character set in force.
    pub charset: Charset,
    /// Half bits of evidence that runs need beyond the usual, where chance is met often.
    pub doubt: i32,
    own: Option<(Charset, Option<Decoder>)>,
    text_left: usize,
    work_left: usize,
    passages_left: usize,
    depth: u8,
    seen: HashSet<u64>,
}

impl<'o, 'a> Gather<'o, 'a> {
    pub fn new(out: &'o mut Vec<Passage<'a>>) -> Self {
        Self {
            out,
            site: Site { place: Place::DataSet, row: None, vr: None },
            charset: Charset::DEFAULT,
            doubt: 0,
            own: None,
            text_left: MOST_TEXT,
            work_left: MOST_WORK,
            passages_left: MOST_PASSAGES,
            depth: 0,
            seen: HashSet::new(),
        }
    }

    /// Adds a text, unless it is empty of letters and digits or was added at the same place before.
    pub fn say(&mut self, carrier: &'static str, text: &str) {
        let mut rest = text;
        while rest.len() > MOST_PASSAGE {
            let (head, tail) = rest.split_at(cut(rest, MOST_PASSAGE));
            self.one(carrier, head);
            rest = tail;
        }
        self.one(carrier, rest);
    }

    fn one(&mut self, carrier: &'static str, text: &str) {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        let says = text.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some();
        if !says
            || (text.len() < 4096 && text.split(['\\', '\n', ' ', ',']).all(is_measure))
            || text.len() > self.text_left
            || self.passages_left == 0
        {
            return;
        }
        let mut hash = DefaultHasher::new();
        (text, self.site.row, self.site.place).hash(&mut hash);
        if !self.seen.insert(hash.finish()) {
            return;
        }
        self.text_left -= text.len();
        self.passages_left -= 1;
        let Site { place, row, vr } = self.site;
        self.out.push(Passage { place, row, vr, carrier, text: Cow::Owned(text.to_owned()) });
    }

    /// Looks into what was decoded, `bytes` of it, unless that is nested too deep or too much already.
    pub fn deeper(&mut self, bytes: usize, look: impl FnOnce(&mut Self)) {
        if self.depth < MOST_DEPTH && self.spend(bytes) {
            self.depth += 1;
            look(self);
            self.depth -= 1;
        }
    }

    /// Whether so many bytes may still be worked on; they are spent then.
    pub fn spend(&mut self, bytes: usize) -> bool {
        let may = bytes <= self.work_left;
        if may {
            self.work_left -= bytes;
        }
        may
    }

    /// Bytes that may still be worked on.
    pub fn work_left(&self) -> usize {
        self.work_left
    }

    pub fn is_full(&self) -> bool {
        self.text_left < 16 || self.passages_left == 0
    }

    /// How many passages there are, to see whether something was said meanwhile.
    pub fn count(&self) -> usize {
        self.out.len()
    }

    /// The decoder of the data set's own character set, where the usual one does not cover it. It is taken
    /// out, to be put back by [`Self::give_back`].
    pub fn take_own(&mut self) -> Option<Decoder> {
        if self.own.as_ref().is_none_or(|(of, _)| *of != self.charset) {
            self.own = Some((self.charset, Decoder::of(self.charset)));
        }
        self.own.as_mut().and_then(|(_, decoder)| decoder.take())
    }

    pub fn give_back(&mut self, decoder: Option<Decoder>) {
        self.own = Some((self.charset, decoder));
    }
}

/// Where to cut a long text: after a line if there is one in the second half, else between characters.
fn cut(text: &str, most: usize) -> usize {
    let mut at = most;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let line = text.get(..at).and_then(|head| head.rfind('\n')).filter(|&line| line > most / 2);
    line.map_or(at, |line| line + 1)
}

/// Lines of one reading, each a value with what it is called, to be said together.
#[derive(Debug)]
pub(super) struct Lines {
    carrier: &'static str,
    text: String,
}

impl Lines {
    /// What one reading may say.
    const MOST: usize = 1 << 20;

    pub fn new(carrier: &'static str) -> Self {
        Self { carrier, text: String::new() }
    }

    pub fn line(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() && self.text.len() + text.len() < Self::MOST {
            self.text.push_str(text);
            self.text.push('\n');
        }
    }

    /// `name` is put in words, so that what it announces is understood: `PatientName` → "Patient Name: …".
    pub fn value(&mut self, name: &str, value: &str) {
        let value = value.trim();
        let says = value.chars().any(char::is_alphanumeric);
        if !says || self.text.len() + name.len() + value.len() > Self::MOST {
            return;
        }
        let start = self.text.len();
        words(name, &mut self.text);
        if self.text.len() > start {
            self.text.push_str(": ");
        }
        self.text.push_str(value);
        self.text.push('\n');
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn say(self, gather: &mut Gather<'_, '_>) {
        if !self.text.is_empty() {
            gather.say(self.carrier, &self.text);
        }
    }
}

/// The words of an identifier: `patient_name`, `PatientName`, `patient-name` and `tPatientName` as "patient name".
fn words(name: &str, out: &mut String) {
    let mut before = ' ';
    for c in name.trim().chars().take(128) {
        let c = if matches!(c, '_' | '-' | '.' | ' ' | '/') { ' ' } else { c };
        if c == ' ' && before == ' ' {
            continue;
        }
        if c.is_uppercase() && before.is_lowercase() {
            out.push(' ');
        }
        out.push(c);
        before = c;
    }
    out.truncate(out.trim_end().len());
}

/// Whether a value is a number that identifies nothing: a measure, a flag, a short count.
pub(super) fn is_measure(value: &str) -> bool {
    let value = value.trim();
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let hex = value.strip_prefix("0x").is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
    let numeric = value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
    value.is_empty() || hex || (numeric && (digits < 6 || is_fraction(value)))
}

/// One decimal point, as no date and no number of a record has.
fn is_fraction(value: &str) -> bool {
    value.bytes().filter(|&b| b == b'.').count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_in_words() {
        for (name, expected) in [
            ("PatientName", "Patient Name"),
            ("patient_name", "patient name"),
            ("tPatientName", "t Patient Name"),
            ("sPatient.tName", "s Patient t Name"),
            ("DOB", "DOB"),
            ("Erika Example", "Erika Example"),
        ] {
            let mut out = String::new();
            words(name, &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn a_text_is_kept_once_and_cut_at_lines() {
        let mut out = Vec::new();
        let mut gather = Gather::new(&mut out);
        gather.say("x", "Erika Example\0\0");
        gather.say("x", "Erika Example");
        gather.say("x", "-- . --");
        gather.say("y", &"one line of text\n".repeat(10_000));
        assert_eq!(out[0].text, "Erika Example");
        assert!(out.len() > 2 && out.iter().all(|passage| passage.text.len() <= MOST_PASSAGE));
        assert!(
            out[1..]
                .iter()
                .all(|passage| passage.text.starts_with("one line") && passage.text.ends_with("text"))
        );
    }

    #[test]
    fn a_file_carries_so_much_and_no_more() {
        let mut out = Vec::new();
        let mut gather = Gather::new(&mut out);
        (0..10_000).for_each(|n| gather.say("x", &format!("{n} {}", "text ".repeat(1000))));
        assert!(gather.is_full() || out.iter().map(|passage| passage.text.len()).sum::<usize>() <= MOST_TEXT);
    }

    #[test]
    fn measures_are_no_identifiers() {
        for value in ["1", "-0.5", "0x14b44b6", "1.25e-3", "12345", ""] {
            assert!(is_measure(value), "{value}");
        }
        for value in ["19610503", "1961-05-03", "03.05.1961", "0012345", "EX-1", "Erika"] {
            assert!(!is_measure(value), "{value}");
        }
    }
}
