use super::super::Patch;
use crate::dicom::RowId;
use std::io::{self, Read, Seek, SeekFrom};

/// Bytes read at a time.
const CHUNK: usize = 64 << 10;
/// Bytes of patches of one file; an image whose comments are longer is none.
pub(super) const MOST_PATCHED: u64 = 32 << 20;

/// A part of a compressed stream as the file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub row: RowId,
    /// Its first byte in what is read.
    pub offset: u64,
    pub length: u64,
}

/// A compressed stream, read forward over the fragments that it is cut into, and what is to be overwritten of it.
pub(super) struct Bytes<'a, R> {
    input: R,
    parts: &'a [Part],
    /// Where in the stream each part ends.
    ends: Vec<u64>,
    /// The part that `buffer` is of, and where in it the buffer's end is.
    part: usize,
    read: u64,
    buffer: Vec<u8>,
    /// Bytes of the buffer that were taken.
    taken: usize,
    /// Where the stream is, and where it ends.
    position: u64,
    end: u64,
    pub patches: Vec<(RowId, Patch)>,
    patched: u64,
}

impl<'a, R: Read + Seek> Bytes<'a, R> {
    pub fn new(input: R, parts: &'a [Part]) -> Self {
        let mut end = 0;
        let mut next = |part: &Part| {
            end += part.length;
            end
        };
        let ends = parts.iter().map(&mut next).collect();
        Self {
            input,
            parts,
            ends,
            part: 0,
            read: 0,
            buffer: Vec::new(),
            taken: 0,
            position: 0,
            end,
            patches: Vec::new(),
            patched: 0,
        }
    }

    pub fn position(&self) -> u64 {
        self.position
    }

    /// Bytes to the end of the stream, or to the one that was set.
    pub fn left(&self) -> u64 {
        self.end - self.position
    }

    /// Has the stream end sooner, or again where it did; returns where it ended.
    pub fn set_end(&mut self, end: u64) -> u64 {
        std::mem::replace(&mut self.end, end.max(self.position))
    }

    /// Has the stream end where the part of the byte before ends.
    pub fn end_with_part(&mut self) {
        let part = self.ends.partition_point(|&end| end < self.position);
        let end = self.ends.get(part).copied().unwrap_or(self.end);
        self.end = self.end.min(end.max(self.position));
    }

    /// Whether more was to be overwritten than can be: then not all of it is in the patches.
    pub fn is_too_much(&self) -> bool {
        self.patched > MOST_PATCHED
    }

    /// What is next, at least a byte; nothing at the end.
    pub fn ahead(&mut self) -> io::Result<&[u8]> {
        while self.taken == self.buffer.len() && self.left() > 0 {
            let Some(part) = self.parts.get(self.part) else { break };
            if self.read == part.length {
                (self.part, self.read) = (self.part + 1, 0);
                continue;
            }
            let most = (part.length - self.read).min(CHUNK as u64) as usize;
            self.input.seek(SeekFrom::Start(part.offset + self.read))?;
            self.buffer.resize(most, 0);
            self.taken = 0;
            let got = self.input.read(&mut self.buffer);
            self.buffer.truncate(*got.as_ref().unwrap_or(&0));
            self.read += got? as u64;
            if self.buffer.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let most = usize::try_from(self.left()).unwrap_or(usize::MAX);
        let ahead = self.buffer.get(self.taken..).unwrap_or_default();
        Ok(ahead.get(..most).unwrap_or(ahead))
    }

    fn take(&mut self, count: usize) {
        self.taken += count;
        self.position += count as u64;
    }

    /// The next byte.
    pub fn byte(&mut self) -> io::Result<u8> {
        let byte = self.ahead()?.first().copied().ok_or(io::ErrorKind::UnexpectedEof)?;
        self.take(1);
        Ok(byte)
    }

    /// The next bytes.
    pub fn array<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut out = [0; N];
        for slot in &mut out {
            *slot = self.byte()?;
        }
        Ok(out)
    }

    pub fn be16(&mut self) -> io::Result<u16> {
        self.array().map(u16::from_be_bytes)
    }

    /// Passes over bytes, without reading those of whole buffers.
    pub fn skip(&mut self, mut count: u64) -> io::Result<()> {
        while count > 0 {
            let held = (self.buffer.len() - self.taken) as u64;
            let Some(part) = self.parts.get(self.part).filter(|_| count <= self.left()) else {
                return Err(io::ErrorKind::UnexpectedEof.into());
            };
            if count <= held {
                self.take(count as usize);
                return Ok(());
            }
            // To the end of the part at most.
            let beyond = (count - held).min(part.length - self.read);
            (self.buffer, self.taken) = (Vec::new(), 0);
            self.read += beyond;
            self.position += held + beyond;
            count -= held + beyond;
            if self.read == part.length {
                (self.part, self.read) = (self.part + 1, 0);
            }
        }
        Ok(())
    }

    /// Passes over bytes up to one of that value, which is taken; `false` at the end.
    pub fn find(&mut self, wanted: u8) -> io::Result<bool> {
        loop {
            let ahead = self.ahead()?;
            let (found, length) = (memchr::memchr(wanted, ahead), ahead.len());
            match found {
                Some(at) => {
                    self.take(at + 1);
                    return Ok(true);
                }
                None if length == 0 => return Ok(false),
                None => self.take(length),
            }
        }
    }

    /// Passes over all that is left; whether it does more than fill up.
    pub fn rest_says(&mut self) -> io::Result<bool> {
        let mut says = false;
        while let ahead @ [_, ..] = self.ahead()? {
            says |= ahead.iter().any(|&byte| !is_filler(byte));
            let length = ahead.len();
            self.take(length);
        }
        Ok(says)
    }

    /// Overwrites `count` bytes from `start`, where the stream was before.
    pub fn overwrite(&mut self, start: u64, count: u64, with: u8) {
        let count = count.min(self.end.saturating_sub(start));
        let first = self.ends.partition_point(|&end| end <= start);
        for (part, &end) in self.parts.iter().zip(&self.ends).skip(first) {
            let before = end - part.length;
            let (from, to) = (start.max(before), (start + count).min(end));
            if before >= start + count {
                break;
            }
            let length = to.saturating_sub(from);
            self.patched = self.patched.saturating_add(length);
            if self.patched > MOST_PATCHED {
                return;
            }
            if length > 0 {
                push(&mut self.patches, part.row, from - before, vec![with; length as usize]);
            }
        }
    }

    /// Puts other bytes in place of those from `start`.
    pub fn replace(&mut self, start: u64, with: &[u8]) {
        for (at, &byte) in (start..).zip(with) {
            self.overwrite(at, 1, byte);
        }
    }
}

pub(super) fn is_filler(byte: u8) -> bool {
    matches!(byte, 0 | 0xff)
}

/// One patch more; those that follow each other are one.
fn push(patches: &mut Vec<(RowId, Patch)>, row: RowId, offset: u64, bytes: Vec<u8>) {
    match patches.last_mut() {
        Some((last, patch)) if *last == row && patch.offset + patch.bytes.len() as u64 == offset => {
            patch.bytes.extend(bytes);
        }
        _ => patches.push((row, Patch { offset, bytes })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn one_stream_over_its_parts() {
        let parts = [
            Part { row: 4, offset: 1, length: 3 },
            Part { row: 5, offset: 6, length: 0 },
            Part { row: 6, offset: 8, length: 4 },
        ];
        let input: Vec<u8> = (0..16).collect();
        let mut bytes = Bytes::new(Cursor::new(&input), &parts);
        assert_eq!(bytes.array::<2>().unwrap(), [1, 2]);
        bytes.skip(2).unwrap();
        assert_eq!((bytes.position(), bytes.byte().unwrap(), bytes.left()), (4, 9, 2));
        assert!(bytes.skip(3).is_err());
        assert!(bytes.find(11).unwrap() && !bytes.find(11).unwrap());
        bytes.overwrite(1, 4, 0);
        bytes.replace(5, b"ab");
        let patches: Vec<_> =
            bytes.patches.iter().map(|(row, patch)| (*row, patch.offset, patch.bytes.as_slice())).collect();
        assert_eq!(patches, [(4, 1, &[0, 0][..]), (6, 0, &[0, 0, b'a', b'b'])]);
        let mut bytes = Bytes::new(Cursor::new(&input[..9]), &parts);
        assert!(bytes.find(15).is_err(), "cut");
        let mut bytes = Bytes::new(Cursor::new(&input), &parts);
        bytes.set_end(2);
        assert!(!bytes.find(9).unwrap());
    }
}
