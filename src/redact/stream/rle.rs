//! Run lengths (PS3.5 annex G): a header of 64 bytes that says how many segments there are and where each begins, and
//! the segments. What is left between them is of no image.

use super::bytes::Bytes;
use std::io::{self, Read, Seek};

const HEADER: u64 = 64;
/// Offsets that the header has room for.
const MOST_SEGMENTS: usize = 15;

/// Overwrites offsets of no segment, and what stands between and behind segments, of which each unpacks to `plane`
/// bytes. A header that makes no sense is that of no frame, and nothing is touched.
pub(super) fn rle<R: Read + Seek>(bytes: &mut Bytes<'_, R>, plane: u64) -> io::Result<()> {
    // A frame is one fragment.
    bytes.end_with_part();
    let start = bytes.position();
    let end = start + bytes.left();
    let count = u32::from_le_bytes(bytes.array()?) as usize;
    if !(1..=MOST_SEGMENTS).contains(&count) {
        return Ok(());
    }
    let mut offsets = Vec::with_capacity(count);
    for _ in 0..count {
        offsets.push(start + u64::from(u32::from_le_bytes(bytes.array()?)));
    }
    let header = start + HEADER;
    if !offsets.is_sorted() || offsets.first() < Some(&header) || offsets.last() >= Some(&end) {
        return Ok(());
    }
    gap(bytes, header)?;
    let ends = offsets.iter().skip(1).copied().chain([end]);
    for (from, until) in offsets.iter().copied().zip(ends) {
        gap(bytes, from)?;
        segment(bytes, plane, until)?;
        gap(bytes, until)?;
    }
    Ok(())
}

/// Passes over what unpacks to `plane` bytes, or to what is `until` there.
fn segment<R: Read + Seek>(bytes: &mut Bytes<'_, R>, plane: u64, until: u64) -> io::Result<()> {
    let mut unpacked = 0;
    while unpacked < plane && bytes.position() < until {
        let (taken, makes) = match bytes.byte()? {
            literal @ 0..=127 => (u64::from(literal) + 1, u64::from(literal) + 1),
            128 => (0, 0),
            run => (1, 257 - u64::from(run)),
        };
        bytes.skip(taken.min(bytes.left()))?;
        unpacked += makes;
    }
    Ok(())
}

/// Overwrites everything up to there, unless it only fills up.
fn gap<R: Read + Seek>(bytes: &mut Bytes<'_, R>, until: u64) -> io::Result<()> {
    let from = bytes.position();
    let until = until.min(from + bytes.left());
    let end = bytes.set_end(until);
    let says = bytes.rest_says()?;
    if says {
        bytes.overwrite(from, until.saturating_sub(from), 0);
    }
    bytes.set_end(end);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{bytes::Part, tests::patched};
    use super::*;
    use crate::demo::encode::rle_frame;
    use std::io::Cursor;

    fn cleaned(frame: &[u8], plane: u64) -> Vec<u8> {
        let parts = [Part { row: 0, offset: 0, length: frame.len() as u64 }];
        let mut bytes = Bytes::new(Cursor::new(frame), &parts);
        let _ = rle(&mut bytes, plane);
        patched(frame, &parts, &bytes.patches)
    }

    /// Two planes, with `said` in the header's last words, between the segments and behind them.
    fn frame(said: &[u8]) -> (Vec<u8>, u64) {
        let planes: Vec<Vec<u8>> =
            (0..2u32).map(|plane| (0..400u32).map(|at| (at * at / (plane + 60)) as u8).collect()).collect();
        let frame = rle_frame(&planes, 20);
        let second = u32::from_le_bytes([frame[8], frame[9], frame[10], frame[11]]);
        let mut out = frame[..64 - said.len()].to_vec();
        out.extend(said);
        out.extend(&frame[64..second as usize]);
        out.extend(said);
        out.extend(&frame[second as usize..]);
        out.extend(said);
        out[8..12].copy_from_slice(&(second + said.len() as u32).to_le_bytes());
        (out, 400)
    }

    #[test]
    fn what_no_segment_holds_goes() {
        let (saying, plane) = frame(b"for a patient");
        let (silent, _) = frame(&[0; 13]);
        assert_eq!(cleaned(&saying, plane), silent);
        assert_eq!(cleaned(&silent, plane), silent);
        for end in 0..saying.len() {
            cleaned(&saying[..end], plane);
        }
    }

    #[test]
    fn what_is_no_frame_is_not_touched() {
        let (saying, plane) = frame(b"for a patient");
        for (at, byte) in [(0, 0), (0, 16), (4, 63), (9, 0xff)] {
            let mut other = saying.clone();
            other[at] = byte;
            assert_eq!(cleaned(&other, plane), other, "{at}");
        }
    }
}
