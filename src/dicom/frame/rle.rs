//! Run lengths: PS3.5 annex G.

use super::{Decoded, FrameError, Layout, limits::Budget, native};

const HEADER: usize = 64;

/// Each segment is one byte of every sample, the highest first, plane by plane; one-bit frames are one segment
/// of packed bits.
pub(super) fn decode(bytes: &[u8], layout: &Layout, budget: &Budget<'_>) -> Result<Decoded, FrameError> {
    let damaged = |why| FrameError::Damaged { codec: "RLE", why };
    let header = bytes.get(..HEADER).ok_or(damaged("its header is cut"))?;
    let mut numbers = header.as_chunks::<4>().0.iter().map(|&b| u32::from_le_bytes(b) as usize);
    let count = numbers.next().unwrap_or_default();
    let offsets: Vec<usize> = numbers.take(count).collect();
    let bits = usize::from(layout.bits_allocated);
    let sample_bytes = bits.div_ceil(8);
    let samples = usize::from(layout.samples);
    if count == 0 || count > 15 || count != sample_bytes * samples {
        return Err(damaged("its number of segments is not what the image needs"));
    }
    let plane = if bits % 8 == 0 { layout.pixels() } else { (layout.pixels() * bits).div_ceil(8) };
    let stride = sample_bytes * samples;
    let mut out = vec![0; plane * stride];
    let mut whole = true;
    for (segment, &start) in offsets.iter().enumerate() {
        budget.check()?;
        let end = offsets.get(segment + 1).copied().unwrap_or(bytes.len()).max(start);
        let packed = bytes.get(start..end.min(bytes.len())).unwrap_or_default();
        let (sample, byte) = (segment / sample_bytes, segment % sample_bytes);
        // The highest byte comes first; the frame is put together little endian.
        let first = sample * sample_bytes + (sample_bytes - 1 - byte);
        let slots = out.get_mut(first..).unwrap_or_default().iter_mut().step_by(stride);
        whole &= unpack(packed, slots) == plane;
    }
    let mut decoded = native::unpack(out, layout, native::Order::default(), "RLE");
    decoded.whole &= whole;
    Ok(decoded)
}

/// Fills `slots` from PackBits; returns how many were filled.
fn unpack<'s>(mut packed: &[u8], mut slots: impl Iterator<Item = &'s mut u8>) -> usize {
    let mut filled = 0;
    while let [head, rest @ ..] = packed {
        let head = *head as i8;
        if head >= 0 {
            let (literal, rest) = rest.split_at((head as usize + 1).min(rest.len()));
            for &byte in literal {
                let Some(slot) = slots.next() else { return filled };
                *slot = byte;
                filled += 1;
            }
            packed = rest;
        } else if head == i8::MIN {
            packed = rest;
        } else {
            let [byte, rest @ ..] = rest else { return filled };
            for _ in 0..1 - i32::from(head) {
                let Some(slot) = slots.next() else { return filled };
                *slot = *byte;
                filled += 1;
            }
            packed = rest;
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_packets() {
        // PS3.5 section G.3.1: literal runs, replicate runs, and the byte that means nothing.
        let packed = [2, 1, 2, 3, 0x80, 0xfe, 7, 0, 9];
        let mut out = [0; 8];
        assert_eq!(unpack(&packed, out.iter_mut()), 7);
        assert_eq!(out, [1, 2, 3, 7, 7, 7, 9, 0]);
        assert_eq!(unpack(&[5, 1, 2], out.iter_mut()), 2);
        assert_eq!(unpack(&[0x81], out.iter_mut()), 0);
        assert_eq!(unpack(&[0x81, 4], out.iter_mut()), 8);
    }
}
