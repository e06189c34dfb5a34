use super::{Fill, Spool};
use crate::dicom::{RowId, Tag};
use std::{collections::BTreeMap, sync::Arc};

/// What becomes of one row, with all that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    Remove,
    /// This value in place of the old one: encoded, of even length. Of a sequence: its items.
    Value(Vec<u8>),
    /// Only the first bytes of the value; an even number.
    Cut(u32),
    /// Bytes of the value overwritten.
    Patch(Vec<Patch>),
    /// Every unit of the value, as long as the mask, is ANDed with it.
    Mask(Vec<u8>),
    /// Rectangles of native pixels overwritten.
    Fill(Fill),
    /// A long value in place of the old one, with its VR.
    Spool(Arc<Spool>),
}

/// Bytes in place of those at an offset of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    pub offset: u64,
    pub bytes: Vec<u8>,
}

/// All that is changed of a data set.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    rows: BTreeMap<RowId, Edit>,
    /// Elements of the data set that are put in where they belong, encoded whole; sorted by tag.
    inserts: Vec<(Tag, Vec<u8>)>,
}

impl Edits {
    pub fn get(&self, row: RowId) -> Option<&Edit> {
        self.rows.get(&row)
    }

    pub fn set(&mut self, row: RowId, edit: Edit) {
        self.rows.insert(row, edit);
    }

    /// Puts in an element, encoded with its header in the data set's coding.
    pub fn insert(&mut self, tag: Tag, element: Vec<u8>) {
        let at = self.inserts.partition_point(|(other, _)| *other <= tag);
        self.inserts.insert(at, (tag, element));
    }

    pub fn inserts(&self) -> &[(Tag, Vec<u8>)] {
        &self.inserts
    }

    pub fn iter(&self) -> impl Iterator<Item = (RowId, &Edit)> {
        self.rows.iter().map(|(&row, edit)| (row, edit))
    }
}
