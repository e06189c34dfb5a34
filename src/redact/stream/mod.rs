//! Parts of compressed images that hold no image: comments, what applications put in, and what stands behind the end.
//! They are overwritten where they stand, so that no fragment changes its length, and offsets of frames stay true.

mod bytes;
mod codestream;
mod jpeg;
mod rle;

use super::Patch;
use crate::dicom::{Kind, Reading, Row, RowId, frame::Layout};
use bytes::{Bytes, Part, is_filler};
use std::{
    fs::File,
    io::{self, Cursor, Read, Seek, SeekFrom},
    path::Path,
};

/// The kinds of streams that are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Jpeg,
    Codestream,
    Boxes,
    /// Run lengths: how many bytes each segment unpacks to.
    Rle(u64),
}

/// RLE Lossless: PS3.5 section A.4.2.
const RLE: &str = "1.2.840.10008.1.2.5";

impl Form {
    /// By what the file says of streams that do not say it themselves.
    fn stated(reading: &Reading, pixels: RowId, fragments: usize) -> Option<Self> {
        reading.syntax.uid.as_deref().filter(|uid| *uid == RLE)?;
        // Each frame is one fragment, behind the table of offsets; else nobody can tell where a frame begins.
        let layout =
            Layout::at(reading, pixels).ok().filter(|layout| layout.frames as usize + 1 == fragments)?;
        let pixels = u64::from(layout.columns) * u64::from(layout.rows);
        let bits = u64::from(layout.bits_allocated);
        // Of bits several make a byte.
        Some(Self::Rle(if bits % 8 == 0 { pixels } else { (pixels * bits).div_ceil(8) }))
    }

    /// By the first bytes of a stream.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0xff, 0x4f, 0xff, 0x51, ..] => Some(Self::Codestream),
            [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => {
                Some(Self::Boxes)
            }
            _ => None,
        }
    }

    fn follow<R: Read + Seek>(self, bytes: &mut Bytes<'_, R>) -> io::Result<()> {
        match self {
            Self::Jpeg => {
                bytes.skip(2)?;
                jpeg::jpeg(bytes)
            }
            Self::Codestream => codestream::codestream(bytes),
            Self::Boxes => codestream::boxes(bytes),
            Self::Rle(plane) => rle::rle(bytes, plane),
        }
    }
}

/// What is overwritten of fragments, in file order.
pub(super) type Blanked = Vec<(RowId, Vec<Patch>)>;

/// What is to be overwritten of the streams in `pixels`, by fragment, in file order. Of long ones the file at `path` is
/// read; without it, only as far as the reading holds them. `None` where it would be too much to be an image's.
pub(super) fn blanked(path: Option<&Path>, reading: &Reading, pixels: RowId) -> io::Result<Option<Blanked>> {
    let rows = &reading.rows;
    let fragments: Vec<RowId> =
        rows.children(Some(pixels)).filter(|(_, row)| row.kind == Kind::Fragment).map(|(id, _)| id).collect();
    let mut file = path.filter(|_| !reading.syntax.deflated).map(File::open).transpose()?;
    let mut beginnings = Vec::with_capacity(fragments.len());
    let stated = Form::stated(reading, pixels, fragments.len()).map(Beginning::Of);
    // The first is a table of offsets.
    for (at, &id) in fragments.iter().enumerate() {
        let stated = stated.filter(|_| at > 0);
        let known = stated.map_or_else(|| beginning(file.as_mut(), reading, id), Ok);
        beginnings.push((id, known?));
    }
    let mut out = Blanked::new();
    let mut total = 0;
    // What begins no stream goes on with the one before.
    for stream in beginnings.chunk_by(|_, (_, next)| *next == Beginning::None) {
        let Some((_, Beginning::Of(form))) = stream.first() else { continue };
        let stream: Vec<RowId> = stream.iter().map(|(id, _)| *id).collect();
        let Some(patches) = follow(file.as_mut(), reading, &stream, *form)? else { return Ok(None) };
        for (row, patch) in patches {
            total += patch.bytes.len() as u64;
            match out.last_mut().filter(|(last, _)| *last == row) {
                Some((_, patches)) => patches.push(patch),
                None => out.push((row, vec![patch])),
            }
        }
        if total > bytes::MOST_PATCHED {
            return Ok(None);
        }
    }
    Ok(Some(out))
}

/// Whether a fragment begins a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beginning {
    None,
    Of(Form),
    /// The reading does not hold it, and there is no file.
    Unknown,
}

/// Bytes that tell what a stream is.
const BEGINNING: usize = 8;

fn beginning(file: Option<&mut File>, reading: &Reading, id: RowId) -> io::Result<Beginning> {
    let (held, row) = (reading.rows.bytes(id), reading.rows.get(id));
    let Some(row) = row.filter(|row| held.len() < BEGINNING.min(row.length as usize)) else {
        return Ok(Form::of(held).map_or(Beginning::None, Beginning::Of));
    };
    // Of files with very many fragments not all are held.
    let Some(file) = file else { return Ok(Beginning::Unknown) };
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(row.offset))?;
    file.take(BEGINNING.min(row.length as usize) as u64).read_to_end(&mut bytes)?;
    Ok(Form::of(&bytes).map_or(Beginning::None, Beginning::Of))
}

/// Follows one stream over its fragments.
fn follow(
    file: Option<&mut File>,
    reading: &Reading,
    stream: &[RowId],
    form: Form,
) -> io::Result<Option<Vec<(RowId, Patch)>>> {
    let rows = &reading.rows;
    let fragments = || stream.iter().filter_map(|&id| Some((id, rows.get(id)?)));
    let is_whole = fragments().all(|(_, row)| row.is_whole());
    let patches = match file.filter(|_| !is_whole) {
        Some(file) => {
            let size = file.metadata()?.len();
            let part = |(id, row): (RowId, &Row)| Part {
                row: id,
                offset: row.offset,
                length: u64::from(row.length).min(size.saturating_sub(row.offset)),
            };
            let parts: Vec<Part> = fragments().map(part).collect();
            patches_of(file, &parts, form)?
        }
        None => {
            let (mut held, mut parts) = (Vec::new(), Vec::new());
            for (id, row) in fragments() {
                let bytes = rows.bytes(id);
                parts.push(Part { row: id, offset: held.len() as u64, length: bytes.len() as u64 });
                held.extend_from_slice(bytes);
                if !row.is_whole() {
                    break;
                }
            }
            patches_of(Cursor::new(held), &parts, form)?
        }
    };
    Ok(patches)
}

fn patches_of<R: Read + Seek>(
    input: R,
    parts: &[Part],
    form: Form,
) -> io::Result<Option<Vec<(RowId, Patch)>>> {
    let mut bytes = Bytes::new(input, parts);
    match form.follow(&mut bytes) {
        // Of a stream that ends too soon what there is was looked at.
        Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => Err(error),
        _ if bytes.is_too_much() => Ok(None),
        _ => Ok(Some(bytes.patches)),
    }
}

/// Overwrites what stands behind the end of an image, from `start` to the end of the fragment, unless it only fills up;
/// `taken` is what was there already. A fragment behind may be of a frame that lost its beginning.
fn trailing<R: Read + Seek>(bytes: &mut Bytes<'_, R>, start: u64, taken: &[u8]) -> io::Result<()> {
    bytes.end_with_part();
    let says = bytes.rest_says()? || taken.iter().any(|&byte| !is_filler(byte));
    if says {
        bytes.overwrite(start, bytes.position() - start, 0);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
