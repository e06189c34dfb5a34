//! Numbers of attributes, whatever VR they came with.

use crate::dicom::{RowId, Rows, Tag, Vr};

/// The first number of an element among the children of `parent`.
pub(super) fn number_in(rows: &Rows, parent: Option<RowId>, tag: Tag) -> Option<f64> {
    rows.find_in(parent, tag).and_then(|id| first(rows, id))
}

/// A small count: rows, bits. `None` where there is none or it is negative or no integer.
pub(super) fn count_in(rows: &Rows, parent: Option<RowId>, tag: Tag) -> Option<u32> {
    number_in(rows, parent, tag)
        .filter(|&n| n >= 0.0 && n <= f64::from(u32::MAX) && n.fract() == 0.0)
        .map(|n| n as u32)
}

fn first(rows: &Rows, id: RowId) -> Option<f64> {
    all(rows, id).into_iter().next()
}

/// The numbers of an element. An `UN` or `OB` is read as 16-bit numbers, which all attributes of the image
/// module are that writers turn into `UN`.
pub(super) fn all(rows: &Rows, id: RowId) -> Vec<f64> {
    let Some(row) = rows.get(id) else { return Vec::new() };
    match row.vr {
        Vr::UN | Vr::OB | Vr::OW => {
            let coding = rows.value_coding();
            rows.bytes(id).chunks_exact(2).map(|pair| coding.u16([pair[0], pair[1]]).into()).collect()
        }
        _ => rows.numbers(id),
    }
}

/// The item of the per-frame functional groups (5200,9230) of frame `number`, and the one that all frames
/// share (5200,9229): PS3.3 section C.7.6.16.
pub(super) fn functional_groups(rows: &Rows, number: u32) -> [Option<RowId>; 2] {
    let item = |sequence, number: usize| {
        let sequence = rows.find(sequence)?;
        rows.children(Some(sequence)).nth(number).map(|(id, _)| id)
    };
    [item(Tag(0x5200, 0x9230), number as usize), item(Tag(0x5200, 0x9229), 0)]
}

/// The first item of the sequence `tag` in the first of `parents` that has one.
pub(super) fn group_item(rows: &Rows, parents: &[Option<RowId>], tag: Tag) -> Option<RowId> {
    parents.iter().flatten().find_map(|&parent| {
        let sequence = rows.find_in(Some(parent), tag)?;
        rows.children(Some(sequence)).next().map(|(id, _)| id)
    })
}
