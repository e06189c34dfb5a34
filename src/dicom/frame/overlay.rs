//! Overlay planes: PS3.3 section C.9.

use super::{FrameLimits, attributes::number_in, store::Store};
use crate::dicom::{Reading, Tag};

/// One plane of bits over the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    /// 6000 to 601E.
    pub group: u16,
    pub columns: u32,
    pub rows: u32,
    /// Pixels of the image to the left of the plane; may be negative.
    pub x: i32,
    pub y: i32,
    bits: Vec<u8>,
}

impl Overlay {
    /// The set pixels, in the image's coordinates; those outside of it too.
    pub fn pixels(&self) -> impl Iterator<Item = (i64, i64)> {
        let bytes = self.bits.iter().enumerate().filter(|(_, byte)| **byte != 0);
        let set = bytes.flat_map(|(at, byte)| {
            (0..8u64).filter(move |bit| byte >> bit & 1 == 1).map(move |bit| at as u64 * 8 + bit)
        });
        let (columns, rows) = (u64::from(self.columns), u64::from(self.rows));
        set.map(move |at| (at % columns, at / columns))
            .filter(move |(_, y)| *y < rows)
            .map(|(x, y)| (x as i64 + i64::from(self.x), y as i64 + i64::from(self.y)))
    }
}

/// The planes that lie on frame `number`.
pub(super) fn read(
    reading: &Reading,
    store: &mut Store<'_>,
    number: u32,
    limits: &FrameLimits,
) -> Vec<Overlay> {
    (0x6000..=0x601e).step_by(2).filter_map(|group| plane(reading, store, group, number, limits)).collect()
}

fn plane(
    reading: &Reading,
    store: &mut Store<'_>,
    group: u16,
    number: u32,
    limits: &FrameLimits,
) -> Option<Overlay> {
    let rows = &reading.rows;
    let data = rows.find(Tag(group, 0x3000))?;
    let row = rows.get(data)?;
    let number_of = |element| number_in(rows, None, Tag(group, element));
    let count = |element| number_of(element).filter(|&n| (1.0..=65535.0).contains(&n)).map(|n| n as u32);
    let (columns, height) = (count(0x0011)?, count(0x0010)?);
    let size = u64::from(columns) * u64::from(height);
    if size > limits.samples {
        return None;
    }
    // Frames of the plane begin with frame (60xx,0051) of the image; one plane without frames is on all.
    let frames = count(0x0015);
    let first = count(0x0051).unwrap_or(1) - 1;
    let nth = match frames {
        Some(frames) => number.checked_sub(first).filter(|&nth| nth < frames)?,
        None => 0,
    };
    let first_bit = size * u64::from(nth);
    let origin = rows.find(Tag(group, 0x0050)).map(|id| rows.numbers(id)).unwrap_or_default();
    let place = |at: usize| origin.get(at).map_or(0, |&n| n.clamp(-65536.0, 65536.0) as i32 - 1);
    let start = first_bit / 8;
    let end = (first_bit + size).div_ceil(8).min(row.length.into());
    let mut bits = store.read(row.offset + start, end.checked_sub(start)?).ok()?;
    if rows.value_coding().big_endian && row.vr == crate::dicom::Vr::OW {
        bits.as_chunks_mut::<2>().0.iter_mut().for_each(|pair| pair.swap(0, 1));
    }
    shift(&mut bits, (first_bit % 8) as u32);
    Some(Overlay { group, columns, rows: height, x: place(1), y: place(0), bits })
}

/// Drops the first `count` bits, fewer than eight.
fn shift(bits: &mut [u8], count: u32) {
    if count == 0 {
        return;
    }
    for at in 0..bits.len() {
        let next = bits.get(at + 1).copied().unwrap_or_default();
        bits[at] = bits[at] >> count | next << (8 - count);
    }
}
