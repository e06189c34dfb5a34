use super::{Digest, Identity, Kind, Needles, spot::Spot};
use crate::dicom::{Reading, Tag};
use std::sync::Arc;

/// What a file leaves for others of its patient: digests, no values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// What tells which files are of one patient: a file belongs to all that share one with it.
    pub keys: Vec<Digest>,
    /// What its attributes say of the patient; `None` where they say nothing.
    pub needles: Option<Arc<Needles>>,
    /// Passages in which others' needles may be found, in file order.
    pub spots: Vec<Located>,
}

/// A spot, and the row of this file that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub row: Option<u32>,
    pub spot: Spot,
}

/// What files are put together by: study, series and frame of reference, the patient's ID, and name with
/// birth date. Numbers that tell nothing apart make no key.
pub fn keys(reading: &Reading, identity: &Identity, needles: &Needles) -> Vec<Digest> {
    let uids = [Tag(0x0020, 0x000d), Tag(0x0020, 0x000e), Tag(0x0020, 0x0052)];
    let mut keys = Vec::new();
    for tag in uids {
        let uid = reading.text(tag);
        // Frames of reference of the standard are everybody's: PS3.3 section C.7.4.1.1.1.
        if uid.len() >= 10 && !uid.starts_with("1.2.840.10008.") {
            keys.push(key("uid", uid.trim()));
        }
    }
    let id = reading.text(Tag(0x0010, 0x0020));
    if needles.find(Digest::of_text(&id)).iter().any(|needle| needle.kind == Kind::PatientId) {
        keys.push(key("id", &id));
    }
    if let (Some(name), Some(birth)) = (identity.first(Kind::Name), identity.first(Kind::BirthDate)) {
        keys.push(key("person", &format!("{}{birth}", name.split('=').next().unwrap_or_default())));
    }
    keys.sort();
    keys.dedup();
    keys
}

fn key(kind: &str, value: &str) -> Digest {
    let folded = crate::text::needle::squeeze(value);
    let chars = folded.chars().count();
    Digest::of(kind).then(Digest::of(folded.trim_start_matches('0')), u8::try_from(chars).unwrap_or(u8::MAX))
}
