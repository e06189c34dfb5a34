//! Which fragments make up a frame: PS3.5 section A.4.

use super::{FrameError, FrameLimits, Layout, store::Store};
use crate::dicom::{Reading, Row, Tag};

const EXTENDED_OFFSETS: Tag = Tag(0x7fe0, 0x0001);
/// Bytes of an offset table that are read: a million frames.
const MOST_TABLE: u64 = 8 << 20;

/// One fragment's value in the file.
#[derive(Clone, Copy)]
struct Piece {
    offset: u64,
    length: u64,
}

/// The bytes of frame `number`, its fragments joined.
pub(super) fn read(
    store: &mut Store<'_>,
    reading: &Reading,
    layout: &Layout,
    number: u32,
    limits: &FrameLimits,
) -> Result<Vec<u8>, FrameError> {
    let rows = &reading.rows;
    let mut children = rows.children(Some(layout.row));
    let table = children.next().ok_or(FrameError::Missing)?.0;
    let pieces: Vec<Piece> = children.map(|(_, row)| piece(row)).collect();
    let number = number as usize;
    let frames = layout.frames as usize;
    let own: &[Piece] = if frames == 1 {
        &pieces
    } else if pieces.len() == frames {
        pieces.get(number..=number).unwrap_or_default()
    } else {
        let starts = starts(store, reading, &pieces, table, frames)?;
        let start = starts.get(number).copied().ok_or(FrameError::Missing)?;
        let end = starts.get(number + 1).copied().unwrap_or(pieces.len());
        pieces.get(start..end).unwrap_or_default()
    };
    let bytes: u64 = own.iter().map(|piece| piece.length).sum();
    if bytes > limits.bytes {
        return Err(FrameError::TooManyBytes { bytes, limit: limits.bytes });
    }
    let mut out = Vec::new();
    for piece in own {
        out.append(&mut store.read(piece.offset, piece.length)?);
    }
    if out.is_empty() { Err(FrameError::Missing) } else { Ok(out) }
}

fn piece(row: &Row) -> Piece {
    Piece { offset: row.offset, length: row.length.into() }
}

/// The first piece of each frame: by the extended or basic offset table, or, without a sound one, by what the
/// pieces begin with.
fn starts(
    store: &mut Store<'_>,
    reading: &Reading,
    pieces: &[Piece],
    table: usize,
    frames: usize,
) -> Result<Vec<usize>, FrameError> {
    let Some(first) = pieces.first() else { return Err(FrameError::Missing) };
    // Offsets count from the first byte of the first fragment's item header.
    let base = first.offset - 8;
    let extended = reading.rows.find(EXTENDED_OFFSETS).map(|id| store.value(id, MOST_TABLE));
    let extended = extended.unwrap_or_default();
    let basic = store.value(table, MOST_TABLE);
    let tables = [
        extended.as_chunks::<8>().0.iter().map(|&b| u64::from_le_bytes(b)).collect::<Vec<_>>(),
        basic.as_chunks::<4>().0.iter().map(|&b| u32::from_le_bytes(b).into()).collect(),
    ];
    for table in tables {
        let found: Option<Vec<usize>> = table
            .iter()
            .map(|&offset| {
                let at = base.checked_add(offset)?.checked_add(8)?;
                pieces.binary_search_by_key(&at, |piece| piece.offset).ok()
            })
            .collect();
        if let Some(found) = found.filter(|found| found.len() == frames && found.is_sorted()) {
            return Ok(found);
        }
    }
    let mut found = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let head = store.read(piece.offset, piece.length.min(12))?;
        if at == 0 || begins_stream(&head) {
            found.push(at);
        }
    }
    Ok(found)
}

/// Whether a fragment begins a JPEG, JPEG-LS, JPEG 2000 or JPEG XL stream.
fn begins_stream(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xd8\xff")
        || head.starts_with(b"\xff\x4f\xff\x51")
        || head.starts_with(b"\xff\x0a")
        || head.starts_with(b"\0\0\0\x0cjP")
        || head.starts_with(b"\0\0\0\x0cJXL ")
}
