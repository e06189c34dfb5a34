use super::{Frames, encode};
use crate::{
    dicom::{
        Coding,
        frame::{Layout, Photometric},
    },
    leak::Region,
};

/// A rectangle of stored pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rectangle {
    pub x: u32,
    pub y: u32,
    pub w: u32,
    pub h: u32,
}

impl Rectangle {
    /// Pixels around what was seen that go as well.
    const MARGIN: u32 = 2;

    /// Where something was seen, and a little more.
    pub fn around(region: Region) -> Self {
        let (x, y) = (region.x.saturating_sub(Self::MARGIN), region.y.saturating_sub(Self::MARGIN));
        let far = |at: u32, size: u32| at.saturating_add(size).saturating_add(Self::MARGIN);
        Self { x, y, w: far(region.x, region.w) - x, h: far(region.y, region.h) - y }
    }
}

/// Rectangles of uncompressed pixels overwritten with black, each in its frames: PS3.15 section E.3.1 asks for the stored
/// values to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    columns: u64,
    rows: u64,
    /// What a black pixel is, plane by plane; one plane where the samples of a pixel stand beside each other.
    planes: Vec<Vec<u8>>,
    rectangles: Vec<(Rectangle, Frames)>,
}

impl Fill {
    /// Of pixels as `layout` describes them, written in `coding`. `None` for those that are not stored in whole bytes.
    pub fn new(layout: &Layout, coding: Coding, rectangles: Vec<(Rectangle, Frames)>) -> Option<Self> {
        if layout.float || layout.halved_chroma || !matches!(layout.bits_allocated, 8 | 16 | 32) {
            return None;
        }
        let samples = (0..layout.samples).map(|sample| black(layout, coding, sample));
        let planes = if layout.planar { samples.collect() } else { vec![samples.flatten().collect()] };
        Some(Self { columns: layout.columns.into(), rows: layout.rows.into(), planes, rectangles })
    }

    /// Bytes of one frame.
    pub fn frame_bytes(&self) -> u64 {
        let pixel: usize = self.planes.iter().map(Vec::len).sum();
        self.columns.saturating_mul(self.rows).saturating_mul(pixel as u64)
    }

    /// Overwrites what of `bytes`, which begin at `offset` of the pixels, is inside of a rectangle.
    pub fn apply(&self, offset: u64, bytes: &mut [u8]) {
        let (frame, end) = (self.frame_bytes(), offset + bytes.len() as u64);
        if frame == 0 {
            return;
        }
        for number in offset / frame..end.div_ceil(frame) {
            let mut base = number.saturating_mul(frame);
            for plane in &self.planes {
                let pixel = plane.len() as u64;
                let here = self.rectangles.iter().filter(|(_, frames)| frames.has(number));
                for (rectangle, _) in here {
                    self.rectangle(rectangle, base, plane, (offset, end), bytes);
                }
                base = base.saturating_add(self.columns * self.rows * pixel);
            }
        }
    }

    fn rectangle(
        &self,
        own: &Rectangle,
        base: u64,
        plane: &[u8],
        (offset, end): (u64, u64),
        bytes: &mut [u8],
    ) {
        let pixel = plane.len() as u64;
        let (left, right) =
            (u64::from(own.x).min(self.columns), (u64::from(own.x) + u64::from(own.w)).min(self.columns));
        let line = self.columns * pixel;
        // Only lines that the piece has a part of.
        let first = u64::from(own.y).max(offset.saturating_sub(base) / line);
        let last =
            (u64::from(own.y) + u64::from(own.h)).min(self.rows).min(end.saturating_sub(base).div_ceil(line));
        for y in first..last {
            let start = base + y * line + left * pixel;
            let stop = (start + (right - left) * pixel).min(end);
            for at in start.max(offset)..stop {
                let black = plane.get(((at - start) % pixel) as usize);
                if let (Some(byte), Some(black)) = (bytes.get_mut((at - offset) as usize), black) {
                    *byte = *black;
                }
            }
        }
    }
}

/// The bytes of a black pixel's sample.
fn black(layout: &Layout, coding: Coding, sample: u8) -> Vec<u8> {
    let stored = u32::from(layout.bits_stored.min(32));
    let greatest = u32::MAX.checked_shr(32 - stored).unwrap_or(0);
    let value = match (layout.photometric, sample) {
        (Photometric::Monochrome1, _) if layout.signed => greatest >> 1,
        (Photometric::Monochrome1, _) => greatest,
        (Photometric::YbrFull | Photometric::YbrPartial, 1..) => greatest / 2 + 1,
        (Photometric::Cmyk, 3) => greatest,
        _ => 0,
    };
    let value = value << (u32::from(layout.high_bit) + 1).saturating_sub(stored).min(31);
    match layout.bits_allocated {
        8 => vec![value as u8],
        16 => encode::u16(coding, value as u16).to_vec(),
        _ => encode::u32(coding, value).to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fill(planes: Vec<Vec<u8>>, rectangles: Vec<(Rectangle, Frames)>) -> Fill {
        Fill { columns: 7, rows: 5, planes, rectangles }
    }

    proptest! {
        /// Piece by piece as all at once, and as pixel by pixel.
        #[test]
        fn fills_rectangles_and_nothing_else(
            planar in any::<bool>(),
            all in prop::collection::vec((0u32..9, 0u32..7, 0u32..9, 0u32..7, 0u32..4), 0..4),
            piece in 1usize..50,
        ) {
            let rectangles: Vec<_> = all.into_iter().map(|(x, y, w, h, frame)| {
                let frames = if frame == 3 { Frames::All } else { Frames::Only(frame, frame) };
                (Rectangle { x, y, w, h }, frames)
            }).collect();
            let planes = if planar { vec![vec![201], vec![202]] } else { vec![vec![201, 202]] };
            let fill = fill(planes, rectangles.clone());
            prop_assert_eq!(fill.frame_bytes(), 70);
            let mut bytes = vec![1u8; 210];
            let mut at = 0;
            for piece in bytes.chunks_mut(piece) {
                fill.apply(at, piece);
                at += piece.len() as u64;
            }
            for (at, byte) in bytes.iter().enumerate() {
                let inside = at % 70;
                let (pixel, sample) = if planar { (inside % 35, inside / 35) } else { (inside / 2, inside % 2) };
                let (x, y) = ((pixel % 7) as u32, (pixel / 7) as u32);
                let black = rectangles.iter().any(|(own, frames)| frames.has((at / 70) as u64) && (own.x..own.x + own.w).contains(&x) && (own.y..own.y + own.h).contains(&y));
                prop_assert_eq!(*byte, if black { 201 + sample as u8 } else { 1 });
            }
        }
    }
}
