//! One record, as the standard wants it, out of a copy.

use super::{
    super::{Pseudonyms, dummy, encode},
    put,
};
use crate::{
    dicom::{Coding, Kind, Reading, RowId, Tag, Vr, dictionary},
    standard::{directory_keys, directory_record},
};

/// Media Storage Directory Storage: a DICOMDIR.
pub(in super::super) const STORAGE: &str = "1.2.840.10008.1.3.10";
/// Encapsulated CDA Storage.
const CDA: &str = "1.2.840.10008.5.1.4.1.1.104.2";
/// Bytes of a sequence that a record takes over, and how deep it may be.
const MOST_BYTES: usize = 32 << 10;
const MOST_DEPTH: usize = 4;
const CHARSET: Tag = Tag(0x0008, 0x0005);
const TYPE: Tag = Tag(0x0004, 0x1430);
const ROWS: Tag = Tag(0x0028, 0x0010);
const MODALITY: Tag = Tag(0x0008, 0x0060);

/// What holds objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Patient,
    Study,
    Series,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Self::Patient => "PATIENT",
            Self::Study => "STUDY",
            Self::Series => "SERIES",
        }
    }

    fn known_by(self) -> &'static [Tag] {
        match self {
            Self::Patient => &[Tag(0x0010, 0x0020), Tag(0x0010, 0x0010)],
            Self::Study => &[Tag(0x0020, 0x000d)],
            Self::Series => &[Tag(0x0020, 0x000e)],
        }
    }
}

/// A copy that is listed.
pub(super) struct Source<'a> {
    pub reading: &'a Reading,
    pub pseudonyms: &'a Pseudonyms,
}

impl Source<'_> {
    fn text(&self, tag: Tag) -> String {
        self.reading.text(tag).trim_matches([' ', '\0']).to_owned()
    }

    pub fn instance(&self) -> String {
        self.text(Tag(0x0008, 0x0018))
    }

    /// By what it is told from others of its level.
    pub fn known_by(&self, level: Level) -> String {
        level.known_by().iter().map(|&tag| self.text(tag)).collect::<Vec<_>>().join("\n")
    }

    /// The record of a patient, study or series.
    pub fn keys(&self, level: Level) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, TYPE, Vr::CS, level.name().as_bytes());
        self.put_keys(&mut out, level.name());
        out
    }

    /// The record of the object itself; `None` where its class has none.
    pub fn object(&self, file: &[&str]) -> Option<Vec<u8>> {
        let class = self.text(Tag(0x0008, 0x0016));
        let image = || self.reading.rows.find(ROWS).map(|_| "IMAGE");
        let name = directory_record(&class).or_else(image)?;
        let syntax = self.text(Tag(0x0002, 0x0010));
        if class.is_empty() || self.instance().is_empty() || syntax.is_empty() {
            return None;
        }
        let mut out = Vec::new();
        put(&mut out, TYPE, Vr::CS, name.as_bytes());
        put(&mut out, Tag(0x0004, 0x1500), Vr::CS, file.join("\\").as_bytes());
        put(&mut out, Tag(0x0004, 0x1510), Vr::UI, class.as_bytes());
        put(&mut out, Tag(0x0004, 0x1511), Vr::UI, self.instance().as_bytes());
        put(&mut out, Tag(0x0004, 0x1512), Vr::UI, syntax.as_bytes());
        self.put_keys(&mut out, name);
        Some(out)
    }

    fn put_keys(&self, out: &mut Vec<u8>, record: &str) {
        // A record is read by itself.
        let charset = self.reading.rows.find(CHARSET).and_then(|id| self.value(id));
        if let Some((_, value)) = charset.filter(|(_, value)| !value.is_empty()) {
            put(out, CHARSET, Vr::CS, &value);
        }
        for key in directory_keys(record) {
            let found = self.reading.rows.find(key.tag).and_then(|id| self.value(id));
            match found.filter(|(_, value)| !value.is_empty()) {
                Some((vr, value)) => put(out, key.tag, vr, &value),
                None if key.kind == "1C" && !self.is_needed(key.tag) => {}
                None => {
                    let vr = dictionary::vr(key.tag).unwrap_or(Vr::UN);
                    let value = if key.kind != "2" { self.dummy(key.tag, vr) } else { Vec::new() };
                    put(out, key.tag, vr, &value);
                }
            }
        }
    }

    /// Whether a record has to have a key of Type 1C, whatever the copy has.
    fn is_needed(&self, tag: Tag) -> bool {
        match (tag.0, tag.1) {
            (0x0040, 0xa030) => self.text(Tag(0x0040, 0xa493)) == "VERIFIED",
            (0x0040, 0xe001) => self.text(Tag(0x0008, 0x0016)) == CDA,
            _ => false,
        }
    }

    /// What stands for a value that must be there and that the copy has not.
    fn dummy(&self, tag: Tag, vr: Vr) -> Vec<u8> {
        match vr {
            // Of what the copy names neither study nor series of, one for all of the patient.
            Vr::UI => {
                let patient = self.known_by(Level::Patient);
                self.pseudonyms.uid(&format!("directory:{tag}\n{patient}")).into_bytes()
            }
            _ if tag == MODALITY => b"OT".to_vec(),
            Vr::SQ => {
                let (mut code, mut item) = (Vec::new(), Vec::new());
                dummy::code(&mut code, Coding::EXPLICIT, ["REMOVED", "99DCMLEAK", "Removed"]);
                encode::item(&mut item, Coding::EXPLICIT, &code);
                item
            }
            Vr::US => vec![0; 2],
            Vr::UL => vec![0; 4],
            _ => dummy::of_vr(vr, 0),
        }
    }

    /// The value as it is written in explicit little endian; `None` for what is not held whole, or is of no kind that a
    /// record has.
    fn value(&self, id: RowId) -> Option<(Vr, Vec<u8>)> {
        let rows = &self.reading.rows;
        let row = rows.get(id)?;
        let vr = dummy::effective_vr(row.tag, row.vr);
        if row.kind == Kind::Sequence {
            return Some((Vr::SQ, self.items(id, 0)?));
        }
        let number = || rows.numbers(id).first().copied();
        let value = match vr {
            Vr::US => (number()? as u16).to_le_bytes().to_vec(),
            Vr::UL => (number()? as u32).to_le_bytes().to_vec(),
            vr if vr == Vr::UI || encode::is_padded_with_blank(vr) => rows.bytes(id).to_vec(),
            _ => return None,
        };
        let short = encode::has_long_length(vr) || value.len() < usize::from(u16::MAX);
        (row.kind == Kind::Element && row.is_whole() && short).then_some((vr, value))
    }

    /// The items of a sequence, with what a record can have of them.
    fn items(&self, id: RowId, depth: usize) -> Option<Vec<u8>> {
        let rows = &self.reading.rows;
        let mut out = Vec::new();
        for (item, _) in rows.children(Some(id)).filter(|(_, row)| row.kind == Kind::Item) {
            let mut content = Vec::new();
            for (id, row) in rows.children(Some(item)).filter(|(_, row)| !row.is_private() && row.tag.1 != 0)
            {
                let found = match row.kind {
                    Kind::Sequence if depth < MOST_DEPTH => Some((Vr::SQ, self.items(id, depth + 1)?)),
                    Kind::Element => self.value(id),
                    _ => None,
                };
                if let Some((vr, value)) = found {
                    put(&mut content, row.tag, vr, &value);
                }
            }
            encode::item(&mut out, Coding::EXPLICIT, &content);
            if out.len() > MOST_BYTES {
                return None;
            }
        }
        Some(out)
    }
}
