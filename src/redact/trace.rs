use super::sieve::Sieve;
use crate::{
    dicom::{Reading, RowId, Tag},
    leak::{
        Evidence, Severity,
        cross::{Digest, Identity, Kind, Kinds, Needles, Scope, matches, rule_of},
    },
};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind, StartKind};
use memchr::memmem::Finder;
use std::{collections::BTreeSet, ops::Range, sync::Arc};

/// Bytes of the shortest spelling that is searched for, and of the shortest among pixels, where chance writes others.
const SHORTEST: usize = 4;
pub(super) const SHORTEST_IN_PIXELS: usize = 6;
/// Bytes from which a spelling counts inside of a longer word.
const LONG: usize = 8;
/// Values of one patient at most; whoever has more is no patient, but a directory.
const MOST_VALUES: usize = 2000;
/// Encodings that names are written in beside UTF-8, UTF-16 and Latin-1.
const ENCODINGS: [&encoding_rs::Encoding; 9] = [
    encoding_rs::SHIFT_JIS,
    encoding_rs::EUC_JP,
    encoding_rs::ISO_2022_JP,
    encoding_rs::EUC_KR,
    encoding_rs::GB18030,
    encoding_rs::ISO_8859_2,
    encoding_rs::ISO_8859_5,
    encoding_rs::ISO_8859_7,
    encoding_rs::WINDOWS_1251,
];

/// What must not be found in a patient's copies: all that the originals say of who the patient is, in the spellings
/// and encodings in which it may be written. Lives in memory only.
#[derive(Default)]
pub struct Traces {
    needles: Vec<Arc<Needles>>,
    patterns: Vec<Pattern>,
    automaton: Option<AhoCorasick>,
    /// Of those that count among pixels: most of a large file is pixels.
    sieve: Option<Sieve>,
    /// UIDs, which are few and written in one way: each is found faster by itself.
    uids: Vec<Finder<'static>>,
    longest: usize,
}

struct Pattern {
    length: usize,
    kind: PatternKind,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PatternKind {
    /// Letters, of one byte each or two; case does not count.
    Text,
    Digits,
    /// Text of two bytes a letter: what stands beside it cannot be told.
    Wide,
}

/// A spelling that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Bytes from the beginning of what was searched.
    pub offset: u64,
    pub length: usize,
}

impl std::fmt::Debug for Traces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Traces({})", self.patterns.len())
    }
}

/// The UIDs that must not stay, unless they are retained.
const UIDS: [Tag; 4] = [Tag(0x0008, 0x0018), Tag(0x0020, 0x000d), Tag(0x0020, 0x000e), Tag(0x0020, 0x0052)];

impl Traces {
    /// Of what these identities say together.
    pub fn of<'a>(identities: impl Iterator<Item = &'a Identity>) -> Self {
        let (mut needles, mut spelled, mut count) = (Vec::new(), BTreeSet::new(), 0);
        for identity in identities {
            let own = Arc::new(Needles::of(identity));
            for (kind, value) in identity.values.iter().take(MOST_VALUES - count) {
                // What would be found by chance is no needle, and no trace either.
                let telling = |text: &str| !own.find(Digest::of_text(text)).is_empty();
                spellings(*kind, value)
                    .iter()
                    .filter(|text| telling(text))
                    .for_each(|text| encode(text, &mut spelled));
            }
            count = (count + identity.values.len()).min(MOST_VALUES);
            needles.push(own);
        }
        Self::compile(needles, spelled)
    }

    /// Of the file's own UIDs, but for those in rows that are `kept`.
    pub fn of_uids(reading: &Reading, kept: impl Fn(RowId) -> bool) -> Self {
        let rows = UIDS.into_iter().filter_map(|tag| reading.rows.find(tag)).filter(|&row| !kept(row));
        let uids = rows.map(|row| reading.rows.text(row).trim().to_owned());
        let own = uids.filter(|uid| uid.len() >= LONG && !uid.starts_with("1.2.840.10008."));
        let uids: BTreeSet<Vec<u8>> = own.map(String::into_bytes).collect();
        let longest = uids.iter().map(Vec::len).max().unwrap_or(0);
        let uids = uids.iter().map(|uid| Finder::new(uid).into_owned()).collect();
        Self { uids, longest, ..Self::default() }
    }

    fn compile(needles: Vec<Arc<Needles>>, spelled: BTreeSet<(Vec<u8>, PatternKind)>) -> Self {
        let bytes = spelled.iter().map(|(bytes, _)| bytes);
        let longest = bytes.clone().map(Vec::len).max().unwrap_or(0);
        let build = || {
            AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .kind(Some(AhoCorasickKind::DFA))
                .start_kind(StartKind::Unanchored)
                .match_kind(MatchKind::Standard)
                .build(bytes)
                .ok()
        };
        let automaton = if spelled.is_empty() { None } else { build() };
        let patterns =
            spelled.iter().map(|(bytes, kind)| Pattern { length: bytes.len(), kind: *kind }).collect();
        let numbered = spelled.iter().map(|(bytes, _)| bytes.as_slice()).enumerate();
        let sieve = automaton.is_some().then(|| Sieve::new(numbered));
        Self { needles, patterns, automaton, sieve, uids: Vec::new(), longest }
    }

    /// Bytes of the longest spelling: so far must pieces overlap that are searched one by one.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// Looks for spellings in `bytes`, a piece of something longer that begins there at `start`; of what touches the
    /// piece's beginning it is taken that an earlier piece showed it, and, unless it is the `last`, of what touches its
    /// end that a later one will. `pixels` says of an offset whether pixels are there, which are all in one place.
    pub fn search(
        &self,
        bytes: &[u8],
        start: u64,
        last: bool,
        pixels: &dyn Fn(u64) -> bool,
        hits: &mut Vec<Hit>,
    ) {
        // What touches an end may be cut there.
        let is_cut =
            |found: &Range<usize>| found.start == 0 && start > 0 || found.end == bytes.len() && !last;
        let beside = |found: &Range<usize>| {
            [found.start.checked_sub(1), Some(found.end)].map(|at| at.and_then(|at| bytes.get(at)))
        };
        let mut hit = |found: Range<usize>| {
            hits.push(Hit { offset: start + found.start as u64, length: found.len() });
        };
        for uid in &self.uids {
            let all = uid.find_iter(bytes).map(|at| at..at + uid.needle().len());
            all.filter(|found| !is_cut(found) && stands_apart(beside(found), is_of_uid)).for_each(&mut hit);
        }
        let mut spelled = |number: usize, found: Range<usize>| {
            let Some(pattern) = self.patterns.get(number) else { return };
            let short = || pattern.length < SHORTEST_IN_PIXELS && pixels(start + found.start as u64);
            if !is_cut(&found) && pattern.stands_apart(beside(&found)) && !short() {
                hit(found);
            }
        };
        let end = start + bytes.len().saturating_sub(1) as u64;
        match (&self.automaton, &self.sieve) {
            (_, Some(sieve)) if pixels(start) && pixels(end) => sieve.find(bytes, spelled),
            (Some(automaton), _) => {
                let all = automaton.find_overlapping_iter(bytes);
                all.for_each(|found| spelled(found.pattern().as_usize(), found.range()));
            }
            (None, _) => {}
        }
    }

    /// The rows of a copy in whose passages the patient is found, and the rules that say so.
    pub fn find(&self, evidence: &Evidence) -> Vec<(Option<usize>, &'static str)> {
        let mut found = Vec::new();
        for located in &evidence.spots {
            let mut context = located.spot.context(Scope::Patient);
            context.except = Kinds::default();
            let all = self.needles.iter().flat_map(|needles| matches(needles, &located.spot.atoms, context));
            let rules = all.filter_map(|found| rule_of(Scope::Patient, found.kind));
            if let Some(rule) =
                rules.max_by_key(|rule| rule.severity).filter(|rule| rule.severity >= Severity::Medium)
            {
                found.push((located.row.map(|row| row as usize), rule.name));
            }
        }
        found
    }
}

impl Pattern {
    /// Whether what stands on both sides does not make it part of another word or number.
    fn stands_apart(&self, beside: [Option<&u8>; 2]) -> bool {
        match self.kind {
            PatternKind::Digits => stands_apart(beside, |byte| byte.is_ascii_digit()),
            PatternKind::Text => {
                self.length >= LONG || stands_apart(beside, |byte| byte.is_ascii_alphanumeric())
            }
            PatternKind::Wide => true,
        }
    }
}

/// Whether nothing beside is of the kind.
fn stands_apart(beside: [Option<&u8>; 2], is: fn(u8) -> bool) -> bool {
    beside.iter().flatten().all(|byte| !is(**byte))
}

fn is_of_uid(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'.'
}

/// The ways in which a value is most likely written, unfolded.
fn spellings(kind: Kind, value: &str) -> Vec<String> {
    let alphanumeric = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut out = vec![value.to_owned()];
    match kind {
        Kind::Name | Kind::GivenName | Kind::RelativeName | Kind::StaffName => {
            for group in value.split('=') {
                let parts: Vec<&str> =
                    group.split('^').map(str::trim).filter(|part| !part.is_empty()).collect();
                out.push(group.to_owned());
                out.extend(parts.iter().map(|part| (*part).to_owned()));
                if let [family, given, ..] = parts[..] {
                    for (first, second) in [(family, given), (given, family)] {
                        out.extend(
                            [" ", ", ", "_", ",", ""].map(|between| format!("{first}{between}{second}")),
                        );
                    }
                }
            }
        }
        Kind::BirthDate => {
            let digits: String = value.chars().filter(char::is_ascii_digit).collect();
            if let (Some(year), Some(month), Some(day)) =
                (digits.get(..4), digits.get(4..6), digits.get(6..8))
            {
                out.push(format!("{year}{month}{day}"));
                for between in [".", "-", "/"] {
                    out.extend(
                        [[year, month, day], [day, month, year], [month, day, year]]
                            .map(|date| date.join(between)),
                    );
                }
            }
        }
        Kind::PatientId | Kind::OtherId | Kind::Insurance | Kind::Phone => out.push(alphanumeric(value)),
        Kind::Address => out.extend(value.split([',', ';', '^', '\n']).map(|line| line.trim().to_owned())),
    }
    out
}

fn encode(text: &str, out: &mut BTreeSet<(Vec<u8>, PatternKind)>) {
    let digits = text.bytes().all(|byte| !byte.is_ascii_alphabetic()) && text.is_ascii();
    let kind = if digits { PatternKind::Digits } else { PatternKind::Text };
    let mut push = |bytes: Vec<u8>, kind| {
        if bytes.len() >= SHORTEST {
            out.insert((bytes, kind));
        }
    };
    push(text.as_bytes().to_vec(), kind);
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    push(wide(u16::to_le_bytes), PatternKind::Wide);
    push(wide(u16::to_be_bytes), PatternKind::Wide);
    if text.is_ascii() {
        return;
    }
    let latin: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    latin.into_iter().for_each(|latin| push(latin, PatternKind::Text));
    for encoding in ENCODINGS {
        let (bytes, _, unmappable) = encoding.encode(text);
        if !unmappable {
            push(bytes.into_owned(), PatternKind::Text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        demo::encode::{DataSet, FileBuilder, Syntax},
        dicom::{Limits, Reader},
    };

    fn traces(values: &[(Kind, &str)]) -> Traces {
        let values = values.iter().map(|(kind, value)| (*kind, (*value).to_owned())).collect();
        let identity = Identity { values, ..Identity::default() };
        Traces::of(std::iter::once(&identity))
    }

    fn found(traces: &Traces, bytes: &[u8]) -> bool {
        let mut hits = Vec::new();
        traces.search(bytes, 0, true, &|_| false, &mut hits);
        !hits.is_empty()
    }

    #[test]
    fn spellings_and_encodings_are_found() {
        let all = traces(&[
            (Kind::Name, "Sampleton^Jonathan=山田^太郎"),
            (Kind::PatientId, "EX-0012345"),
            (Kind::BirthDate, "19610503"),
        ]);
        let wide: Vec<u8> = "Sampleton".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let jis = encoding_rs::ISO_2022_JP.encode("山田太郎").0.into_owned();
        for bytes in [
            &b"\0\0SAMPLETON\0"[..],
            b"xxjonathan sampletonyy",
            b"id=EX0012345;",
            b"born 03.05.1961.",
            b"1961-05-03T",
            "山田太郎".as_bytes(),
            &wide,
            &jis,
        ] {
            assert!(found(&all, bytes), "{bytes:?}");
        }
        for bytes in [&b"Sample"[..], b"919610503", b"196105031", b"3.5.1961 12345", b""] {
            assert!(!found(&all, bytes), "{bytes:?}");
        }
    }

    #[test]
    fn uids_are_found_whole_and_across_pieces() {
        let set = DataSet::new().ui(0x0008_0018, "2.999.1.77.4711").ui(0x0020_000D, "1.2.840.10008.1.1");
        let bytes = FileBuilder::new("2.999.2", Syntax::ExplicitLe).data(set).to_bytes();
        let reading = Reader::new(Limits::default()).read_bytes(&bytes);
        let uids = Traces::of_uids(&reading, |_| false);
        assert!(found(&uids, b"\\2.999.1.77.4711\0") && found(&uids, b"2.999.1.77.4711"));
        for other in
            [&b"12.999.1.77.4711"[..], b"2.999.1.77.47112", b"2.999.1.77.4711.1", b"1.2.840.10008.1.1"]
        {
            assert!(!found(&uids, other), "{other:?}");
        }
        assert!(!found(&Traces::of_uids(&reading, |_| true), b"2.999.1.77.4711"));
        let mut hits = Vec::new();
        uids.search(b"x 2.999.1.77.4711", 100, false, &|_| false, &mut hits);
        assert_eq!(hits, [], "what touches the end of a piece may go on");
        assert_eq!(uids.longest(), 15);
    }

    #[test]
    fn among_pixels_spellings_are_found_whole_and_across_pieces() {
        let all = traces(&[(Kind::Name, "Sampleton^Yoland"), (Kind::PatientId, "AX-77b")]);
        let pixels = [&[7; 5000][..], b"\0saMPleton\0", &[9; 5000], b"\0yoland\0", &[7; 100]].concat();
        for step in [300, 4096, 6000] {
            let mut hits = Vec::new();
            for start in (0..pixels.len()).step_by(step) {
                // As files are searched: each piece with the end of the one before.
                let from = start.saturating_sub(all.longest());
                let end = pixels.len().min(start + step);
                all.search(&pixels[from..end], from as u64, end == pixels.len(), &|_| true, &mut hits);
            }
            hits.sort_by_key(|hit| hit.offset);
            hits.dedup();
            let found: Vec<_> = hits.iter().map(|hit| (hit.offset, hit.length)).collect();
            assert_eq!(found, [(5001, 9), (10_012, 6)], "{step}");
        }
        // What five bytes are called chance writes into every image.
        let short = traces(&[(Kind::Name, "Stoin^Uwe")]);
        let (mut among, mut beside) = (Vec::new(), Vec::new());
        short.search(b"\0Stoin\0", 0, true, &|_| true, &mut among);
        short.search(b"\0Stoin\0", 0, true, &|_| false, &mut beside);
        assert_eq!((among.len(), beside.len()), (0, 1));
    }

    #[test]
    fn short_and_common_words_are_no_traces() {
        let all = traces(&[(Kind::Name, "Head^Long"), (Kind::PatientId, "123"), (Kind::Name, "Li^Bo")]);
        assert!(!found(&all, b"Head Li 123 long"));
        let stein = traces(&[(Kind::Name, "Stoin^Uwe")]);
        assert!(found(&stein, b"for Stoin, ") && !found(&stein, b"Bernstoin"));
    }
}
