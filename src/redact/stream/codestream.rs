//! JPEG 2000 and HTJ2K codestreams (ITU-T T.800 annex A), and boxes around them and around those of JPEG XL (T.800 annex
//! I, ISO/IEC 18181-2).

use super::{bytes::Bytes, trailing};
use std::io::{self, Read, Seek};

/// Marker segments, tile-parts and boxes of one stream.
const MOST_PARTS: usize = 1 << 20;
/// Boxes that an image is made of: signature, file type, what its header says, codestreams. Of all others, known or
/// not, no image is: text, metadata, what a JPEG was before it was compressed again, vendors' own.
const OF_IMAGES: [&[u8; 4]; 20] = [
    b"jP  ", b"JXL ", b"ftyp", b"rreq", b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"resc",
    b"resd", b"opct", b"cgrp", b"creg", b"jp2c", b"jxll", b"jxlc", b"jxlp", b"jxli",
];
/// Those that hold others.
const SUPERBOXES: [&[u8; 4]; 4] = [b"jp2h", b"jpch", b"jplh", b"res "];
/// Superboxes within each other.
const MOST_DEPTH: usize = 4;
/// Bytes of a comment that say what it is made of.
const REGISTRATION: u64 = 2;

/// Overwrites comments in the main header and in those of tile-parts, and what follows the end.
pub(super) fn codestream<R: Read + Seek>(bytes: &mut Bytes<'_, R>) -> io::Result<()> {
    // Where the tile-part that is open begins, and how long it says to be; 0 is to the end.
    let mut tile: Option<(u64, u64)> = None;
    for _ in 0..MOST_PARTS {
        let start = bytes.position();
        if bytes.left() < 2 || bytes.byte()? != 0xff {
            return Ok(());
        }
        match bytes.byte()? {
            0xd9 => return trailing(bytes, bytes.position(), &[]),
            0x4f | 0x30..=0x3f => {}
            // Start of data: packets, in which no two bytes look like a marker of what follows them.
            0x93 => match tile.take() {
                Some((_, 0)) => return end_of_last(bytes),
                Some((begun, length)) => {
                    let Some(left) = (begun + length).checked_sub(bytes.position()) else { return Ok(()) };
                    bytes.skip(left)?;
                }
                None => return Ok(()),
            },
            marker => {
                let Some(length) = u64::from(bytes.be16()?).checked_sub(2) else { return Ok(()) };
                let content = bytes.position();
                if marker == 0x90 && length >= 6 {
                    let [_, _, a, b, c, d] = bytes.array()?;
                    tile = Some((start, u32::from_be_bytes([a, b, c, d]).into()));
                    bytes.skip(length - 6)?;
                    continue;
                }
                if marker == 0x64 && length > REGISTRATION {
                    bytes.overwrite(content + REGISTRATION, length - REGISTRATION, b' ');
                }
                bytes.skip(length.min(bytes.left()))?;
            }
        }
    }
    Ok(())
}

/// The last tile-part goes to the end of the codestream.
fn end_of_last<R: Read + Seek>(bytes: &mut Bytes<'_, R>) -> io::Result<()> {
    while bytes.find(0xff)? {
        while let Some(0xff) = bytes.ahead()?.first() {
            bytes.byte()?;
        }
        if bytes.ahead()?.first() == Some(&0xd9) {
            bytes.byte()?;
            return trailing(bytes, bytes.position(), &[]);
        }
    }
    Ok(())
}

/// Boxes that no image is made of become free space, which every reader passes over; codestreams in boxes are looked
/// through, and what follows the last box goes.
pub(super) fn boxes<R: Read + Seek>(bytes: &mut Bytes<'_, R>) -> io::Result<()> {
    boxes_in(bytes, 0)
}

fn boxes_in<R: Read + Seek>(bytes: &mut Bytes<'_, R>, depth: usize) -> io::Result<()> {
    for _ in 0..MOST_PARTS {
        let start = bytes.position();
        if bytes.left() < 8 {
            return no_box(bytes, start, &[], depth);
        }
        let [a, b, c, d, kind @ ..] = bytes.array::<8>()?;
        let size = match u32::from_be_bytes([a, b, c, d]) {
            0 => bytes.left() + 8,
            1 => u64::from_be_bytes(bytes.array()?),
            size => size.into(),
        };
        let content = bytes.position();
        let said = start.checked_add(size).and_then(|end| end.checked_sub(content));
        let holds_boxes = SUPERBOXES.contains(&&kind) && depth < MOST_DEPTH;
        let is_known = holds_boxes || OF_IMAGES.contains(&&kind);
        let Some(length) = said.filter(|said| is_known || *said <= bytes.left()) else {
            // No box at all, or what is cut off.
            return no_box(bytes, start, &kind, depth);
        };
        let length = length.min(bytes.left());
        match &kind {
            b"jp2c" => within(bytes, length, codestream)?,
            _ if holds_boxes => within(bytes, length, |bytes| boxes_in(bytes, depth + 1))?,
            _ if is_known => bytes.skip(length)?,
            _ => {
                bytes.replace(start + 4, b"free");
                bytes.overwrite(content, length, 0);
                bytes.skip(length)?;
            }
        }
    }
    Ok(())
}

/// Follows the next bytes alone, and passes over what it leaves of them.
fn within<R: Read + Seek>(
    bytes: &mut Bytes<'_, R>,
    length: u64,
    follow: impl FnOnce(&mut Bytes<'_, R>) -> io::Result<()>,
) -> io::Result<()> {
    let until = bytes.position() + length;
    let end = bytes.set_end(until);
    let followed = follow(bytes);
    bytes.set_end(end);
    followed?;
    bytes.skip(until.saturating_sub(bytes.position()))
}

/// What is no box goes: all of it within another, since that says how long it is.
fn no_box<R: Read + Seek>(
    bytes: &mut Bytes<'_, R>,
    start: u64,
    taken: &[u8],
    depth: usize,
) -> io::Result<()> {
    if depth == 0 {
        return trailing(bytes, start, taken);
    }
    bytes.overwrite(start, bytes.position() + bytes.left() - start, 0);
    Ok(())
}
