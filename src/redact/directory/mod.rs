//! A DICOMDIR of the copies: PS3.3 annex F, PS3.10 section 8. It holds what the copies hold, which were verified, and
//! nothing of a DICOMDIR that was there before.

mod record;

use super::{Pseudonyms, encode, key::hex, meta};
use crate::dicom::{Coding, Reading, Tag, Vr};
pub(super) use record::STORAGE;
use record::{Level, Source};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// Its name, which media require.
pub(super) const NAME: &str = "DICOMDIR";
/// A record in use: PS3.3 table F.3-3.
const IN_USE: u16 = 0xffff;
const NEXT: Tag = Tag(0x0004, 0x1400);
const USE: Tag = Tag(0x0004, 0x1410);
const LOWER: Tag = Tag(0x0004, 0x1420);
const SEQUENCE: Tag = Tag(0x0004, 0x1220);

/// Records of patients, their studies, series and objects, as they are added.
#[derive(Debug, Default)]
pub(super) struct Directory {
    records: Vec<Record>,
    /// First and last record of the patients.
    root: Ends,
    /// By what holds a record and by what it is known.
    known: HashMap<(Option<usize>, String), usize>,
    instances: HashSet<String>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Ends {
    first: Option<usize>,
    last: Option<usize>,
}

#[derive(Debug)]
struct Record {
    next: Option<usize>,
    below: Ends,
    /// All elements after those of the links.
    keys: Vec<u8>,
}

impl Directory {
    /// Lists a copy, `file` being the parts of its path below the DICOMDIR. `false` where its class has no record of its
    /// own, or the same instance is listed already.
    pub fn add(&mut self, copy: &Reading, file: &[&str], pseudonyms: &Pseudonyms) -> bool {
        let source = Source { reading: copy, pseudonyms };
        let Some(object) = source.object(file) else { return false };
        if !self.instances.insert(source.instance()) {
            return false;
        }
        let mut parent = None;
        for level in [Level::Patient, Level::Study, Level::Series] {
            parent = Some(self.within(parent, level, &source));
        }
        self.push(parent, object);
        true
    }

    pub fn listed(&self) -> usize {
        self.instances.len()
    }

    /// The record of that level, which is made where it is not there.
    fn within(&mut self, parent: Option<usize>, level: Level, source: &Source<'_>) -> usize {
        let key = (parent, source.known_by(level));
        match self.known.get(&key) {
            Some(&known) => known,
            None => {
                let made = self.push(parent, source.keys(level));
                self.known.insert(key, made);
                made
            }
        }
    }

    fn push(&mut self, parent: Option<usize>, keys: Vec<u8>) -> usize {
        let at = self.records.len();
        self.records.push(Record { next: None, below: Ends::default(), keys });
        let ends = match parent.and_then(|parent| self.records.get_mut(parent)) {
            Some(parent) => &mut parent.below,
            None => &mut self.root,
        };
        let before = ends.last.replace(at);
        ends.first = ends.first.or(Some(at));
        if let Some(before) = before.and_then(|before| self.records.get_mut(before)) {
            before.next = Some(at);
        }
        at
    }

    /// The file, in explicit little endian; `None` where its offsets do not fit into 32 bits.
    pub fn bytes(&self, pseudonyms: &Pseudonyms) -> Option<Vec<u8>> {
        let mut sum = Sha256::new();
        self.records.iter().for_each(|record| sum.update(&record.keys));
        // The same copies have the same directory.
        let instance = pseudonyms.uid(&format!("directory:{}", hex(&sum.finalize())));
        let mut out = meta::header_of(Some(STORAGE), &instance, "1.2.840.10008.1.2.1");
        let head = self.head(&[0; 2], 0).len();
        let first = out.len() + head;
        let mut offsets = Vec::with_capacity(self.records.len());
        let mut end = first;
        for record in &self.records {
            offsets.push(u32::try_from(end).ok()?);
            end += self.item(record, &[]).len();
        }
        let length = u32::try_from(end - first).ok().filter(|&length| length < u32::MAX)?;
        let at = |record: Option<usize>| record.and_then(|at| offsets.get(at).copied()).unwrap_or(0);
        out.extend(self.head(&[at(self.root.first), at(self.root.last)], length));
        for record in &self.records {
            out.extend(self.item(record, &offsets));
        }
        Some(out)
    }

    /// Everything before the first record: table F.3-2.
    fn head(&self, ends: &[u32; 2], length: u32) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, Tag(0x0004, 0x1130), Vr::CS, b"");
        put(&mut out, Tag(0x0004, 0x1200), Vr::UL, &ends[0].to_le_bytes());
        put(&mut out, Tag(0x0004, 0x1202), Vr::UL, &ends[1].to_le_bytes());
        put(&mut out, Tag(0x0004, 0x1212), Vr::US, &[0, 0]);
        encode::header(&mut out, Coding::EXPLICIT, true, SEQUENCE, Vr::SQ, length);
        out
    }

    /// A record; without offsets, one of the same length.
    fn item(&self, record: &Record, offsets: &[u32]) -> Vec<u8> {
        let at = |record: Option<usize>| record.and_then(|at| offsets.get(at).copied()).unwrap_or(0);
        let (mut content, mut out) = (Vec::new(), Vec::new());
        put(&mut content, NEXT, Vr::UL, &at(record.next).to_le_bytes());
        put(&mut content, USE, Vr::US, &IN_USE.to_le_bytes());
        put(&mut content, LOWER, Vr::UL, &at(record.below.first).to_le_bytes());
        content.extend(&record.keys);
        encode::item(&mut out, Coding::EXPLICIT, &content);
        out
    }
}

fn put(out: &mut Vec<u8>, tag: Tag, vr: Vr, value: &[u8]) {
    encode::element(out, Coding::EXPLICIT, tag, vr, value);
}
