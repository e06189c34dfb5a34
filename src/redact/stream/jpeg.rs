//! JPEG, JPEG-LS: ITU-T T.81 annex B, T.87 annex C.

use super::{bytes::Bytes, trailing};
use std::io::{self, Read, Seek};

/// Segments of one stream; a file with more is no image.
const MOST_SEGMENTS: usize = 1 << 20;
/// By how many bytes it is told what a segment of an application is.
const NAME: usize = 5;

/// Overwrites comments and what applications put in, before, between and behind scans, and what follows the end, unless
/// it is another image. What decoders need stays: the first bytes of JFIF's and Adobe's segments, and HP's of how colours
/// were transformed.
pub(super) fn jpeg<R: Read + Seek>(bytes: &mut Bytes<'_, R>) -> io::Result<()> {
    let mut in_scan = false;
    // Where an image behind the first begins, and what was overwritten before.
    let mut behind: Option<(u64, usize)> = None;
    for _ in 0..MOST_SEGMENTS {
        let Some(marker) = marker(bytes, in_scan)? else { break };
        match marker {
            0xd9 => {
                let start = bytes.position();
                behind = Some((start, bytes.patches.len()));
                let next = if bytes.left() < 2 { [0; 2] } else { bytes.array()? };
                if next != [0xff, 0xd8] {
                    return trailing(bytes, start, &next);
                }
            }
            0x01 | 0xd0..=0xd8 => {}
            _ => {
                let Some(length) = u64::from(bytes.be16()?).checked_sub(2) else { break };
                segment(bytes, marker, length.min(bytes.left()))?;
            }
        }
        in_scan = marker == 0xda;
    }
    // It only began like one.
    let Some((start, patches)) = behind else { return Ok(()) };
    bytes.patches.truncate(patches);
    trailing(bytes, start, b"image")
}

/// The next marker's second byte: after entropy-coded data, or where one has to stand. `None` at the end, and where
/// there is something else.
fn marker<R: Read + Seek>(bytes: &mut Bytes<'_, R>, in_scan: bool) -> io::Result<Option<u8>> {
    loop {
        if in_scan {
            if !bytes.find(0xff)? {
                return Ok(None);
            }
        } else if bytes.left() == 0 || bytes.byte()? != 0xff {
            return Ok(None);
        }
        loop {
            match bytes.byte()? {
                // Bytes that fill up.
                0xff => {}
                // Stuffing, that of JPEG-LS too, and restarts.
                0..=0x7f | 0xd0..=0xd7 if in_scan => break,
                0 => return Ok(None),
                marker => return Ok(Some(marker)),
            }
        }
    }
}

fn segment<R: Read + Seek>(bytes: &mut Bytes<'_, R>, marker: u8, length: u64) -> io::Result<()> {
    if !matches!(marker, 0xe0..=0xef | 0xfe) {
        return bytes.skip(length);
    }
    let (start, mut name) = (bytes.position(), [0; NAME]);
    let named = length.min(NAME as u64);
    for slot in name.iter_mut().take(named as usize) {
        *slot = bytes.byte()?;
    }
    let stays = match (marker, &name) {
        // Version, units and density; a thumbnail goes.
        (0xe0, b"JFIF\0") => 12,
        (0xee, b"Adobe") => 12,
        (0xe8, [b'm', b'r', b'f', b'x', _]) => 5,
        _ => 0,
    };
    let stays = length.min(stays);
    if length > stays {
        bytes.overwrite(start + stays, length - stays, 0);
    }
    bytes.skip(length - named)
}
