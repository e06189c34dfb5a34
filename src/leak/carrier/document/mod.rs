//! Encapsulated documents (PS3.3 section C.24.2), and documents in other blobs.

mod pdf;

use super::super::{Passage, Subject};
use super::blob::{self, Format};
use super::gather::Gather;
use super::{markup, written};
use crate::dicom::RowId;

/// Says what a PDF holds. Returns where it ends: at its last end mark.
pub(super) fn pdf(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    pdf::read(bytes, gather);
    let end = memchr::memmem::rfind(bytes, b"%%EOF").map_or(bytes.len(), |at| at + 5);
    Some(end)
}

/// Whether all that a person would read in the document of `row` could be read as text: what cannot is opaque,
/// and as bad as what it may hold.
pub fn is_understood(subject: &Subject<'_>, row: RowId) -> bool {
    let rows = &subject.reading.rows;
    let bytes = blob::unpadded(rows.bytes(row));
    if !rows.get(row).is_some_and(|row| row.is_whole()) {
        return false;
    }
    let mut out: Vec<Passage<'_>> = Vec::new();
    let mut gather = Gather::new(&mut out);
    gather.charset = *rows.charset(row);
    match Format::at(bytes) {
        Some(Format::Pdf) => pdf::read(bytes, &mut gather).is_understood(),
        Some(_) => false,
        None => {
            let Some(text) = written::whole(bytes, &mut gather) else { return is_model(bytes) };
            // No kind of document that DICOM knows, and one that may hold pictures and others.
            if text.trim_start().starts_with("{\\rtf") {
                return false;
            }
            !text.trim_start().starts_with('<') || markup::xml(text.trim_start(), &mut gather)
        }
    }
}

/// A binary STL: 80 bytes of text, a count, and 50 bytes a triangle.
fn is_model(bytes: &[u8]) -> bool {
    let count = bytes.get(80..84).and_then(|count| count.try_into().ok()).map(u32::from_le_bytes);
    count.is_some_and(|count| {
        (count as usize).checked_mul(50).is_some_and(|size| bytes.len().abs_diff(84 + size) <= 2)
    })
}
