//! Uncompressed frames: PS3.5 section 8.1 and annex D.

use super::{Decoded, FrameError, Layout, Photometric, Samples, limits::Budget, store::Store};
use crate::dicom::{Reading, Vr};
use std::io::Read;

/// Its data set is little endian, its pixels are big endian.
const GE_PRIVATE: &str = "1.2.840.113619.5.2";

/// How the bytes of a frame are laid out, where that is not as the layout says.
#[derive(Clone, Copy, Default)]
pub(super) struct Order {
    pub big_endian: bool,
    pub planar: bool,
    pub halved_chroma: bool,
    /// Bits in front of the first sample.
    pub skip_bits: u8,
}

/// Reads a frame's share of the pixel data.
pub(super) fn read(
    store: &mut Store<'_>,
    reading: &Reading,
    layout: &Layout,
    number: u32,
    budget: &Budget<'_>,
) -> Result<Decoded, FrameError> {
    let row = reading.rows.get(layout.row).ok_or(FrameError::NoPixels)?;
    // Some write chroma in full and call it halved: the length tells.
    let full = u64::from(layout.frames) * frame_bits(layout, false) / 8;
    let halved_chroma = layout.halved_chroma && layout.bits_allocated == 8 && u64::from(row.length) < full;
    let bits = frame_bits(layout, halved_chroma);
    let first_bit = bits * u64::from(number);
    let big_endian = reading.rows.value_coding().big_endian;
    let swapped = big_endian && row.vr == Vr::OW && layout.bits_allocated <= 8;
    // Swapped bytes come in whole pairs.
    let mut start = first_bit / 8;
    let odd = swapped && start % 2 == 1;
    if odd {
        start -= 1;
    }
    let end = (first_bit + bits).div_ceil(8);
    let end = if swapped { end.next_multiple_of(2) } else { end };
    let available = u64::from(row.length);
    if start >= available {
        return Err(FrameError::Missing);
    }
    let mut bytes = store.read(row.offset + start, end.min(available) - start)?;
    if bytes.is_empty() {
        return Err(FrameError::Missing);
    }
    if swapped {
        bytes.as_chunks_mut::<2>().0.iter_mut().for_each(|pair| pair.swap(0, 1));
    }
    budget.check()?;
    let ge = reading.syntax.uid.as_deref() == Some(GE_PRIVATE);
    let order = Order {
        big_endian: big_endian || ge,
        planar: layout.planar,
        halved_chroma,
        skip_bits: (first_bit % 8) as u8 + if odd { 8 } else { 0 },
    };
    Ok(unpack(bytes, layout, order, "uncompressed"))
}

fn frame_bits(layout: &Layout, halved_chroma: bool) -> u64 {
    let pixels = layout.pixels() as u64;
    if halved_chroma {
        pixels * 16
    } else {
        pixels * u64::from(layout.samples) * u64::from(layout.bits_allocated)
    }
}

/// A frame that was deflated on its own: PS3.5 section A.4.12.
pub(super) fn inflate(bytes: &[u8], layout: &Layout, budget: &Budget<'_>) -> Result<Decoded, FrameError> {
    let most = frame_bits(layout, false).div_ceil(8);
    let mut out = Vec::new();
    let read = flate2::read::DeflateDecoder::new(bytes).take(most).read_to_end(&mut out);
    if read.is_err() && out.is_empty() {
        return Err(FrameError::Damaged { codec: "deflated frame", why: "it does not inflate" });
    }
    budget.check()?;
    Ok(unpack(out, layout, Order { planar: layout.planar, ..Order::default() }, "deflated frame"))
}

/// Samples of a frame's bytes. Missing bytes are zero, further ones are ignored.
pub(super) fn unpack(mut bytes: Vec<u8>, layout: &Layout, order: Order, codec: &'static str) -> Decoded {
    let wanted = (frame_bits(layout, order.halved_chroma) + u64::from(order.skip_bits)).div_ceil(8) as usize;
    let whole = bytes.len() >= wanted;
    bytes.resize(wanted, 0);
    let bits = layout.bits_stored;
    let mut photometric = layout.photometric;
    if layout.halved_chroma && photometric == Photometric::Rgb {
        photometric = Photometric::YbrFull;
    }
    let data = match layout.bits_allocated {
        _ if layout.float => floats(&bytes, layout.bits_allocated, order.big_endian),
        _ if order.halved_chroma => Samples::U8(double_chroma(&bytes, layout.pixels())),
        8 if bits == 8 && !layout.signed => Samples::U8(bytes),
        allocated => {
            let shift = layout.high_bit + 1 - bits;
            let words = words(&bytes, allocated, order).take(layout.pixels() * usize::from(layout.samples));
            Samples::of_words(words.map(|word| word >> shift), bits, layout.signed)
        }
    };
    let data = if order.planar { interleave(data, layout.samples.into()) } else { data };
    Decoded {
        columns: layout.columns,
        rows: layout.rows,
        samples: layout.samples,
        bits,
        photometric,
        data,
        whole,
        codec,
    }
}

/// The allocated words of a frame, of any width up to 32 bits; those that fill no bytes stand from the lowest
/// bit of each byte (PS3.5 section 8.1.1).
fn words(bytes: &[u8], allocated: u8, order: Order) -> Box<dyn Iterator<Item = u32> + '_> {
    let big = order.big_endian;
    match allocated {
        8 => Box::new(bytes.iter().map(|&b| b.into())),
        16 if big => Box::new(bytes.as_chunks().0.iter().map(|&b| u16::from_be_bytes(b).into())),
        16 => Box::new(bytes.as_chunks().0.iter().map(|&b| u16::from_le_bytes(b).into())),
        32 if big => Box::new(bytes.as_chunks().0.iter().map(|&b| u32::from_be_bytes(b))),
        32 => Box::new(bytes.as_chunks().0.iter().map(|&b| u32::from_le_bytes(b))),
        24 => Box::new(
            bytes
                .as_chunks::<3>()
                .0
                .iter()
                .map(move |&[a, b, c]| u32::from_le_bytes(if big { [c, b, a, 0] } else { [a, b, c, 0] })),
        ),
        _ => {
            let mut bits = bytes
                .iter()
                .flat_map(|&byte| (0..8).map(move |bit| u32::from(byte >> bit) & 1))
                .skip(order.skip_bits.into());
            Box::new(std::iter::from_fn(move || {
                let mut word = bits.next()?;
                for at in 1..allocated {
                    word |= bits.next()? << at;
                }
                Some(word)
            }))
        }
    }
}

fn floats(bytes: &[u8], allocated: u8, big: bool) -> Samples {
    if allocated == 64 {
        let of = if big { f64::from_be_bytes } else { f64::from_le_bytes };
        Samples::F64(bytes.as_chunks().0.iter().map(|&b| of(b)).collect())
    } else {
        let of = if big { f32::from_be_bytes } else { f32::from_le_bytes };
        Samples::F32(bytes.as_chunks().0.iter().map(|&b| of(b)).collect())
    }
}

/// `Y1 Y2 Cb Cr` for every two pixels of a row into `Y Cb Cr` for each: PS3.3 section C.7.6.3.1.2.
fn double_chroma(bytes: &[u8], pixels: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(pixels * 3 + 3);
    for &[a, b, cb, cr] in bytes.as_chunks().0 {
        out.extend([a, cb, cr, b, cb, cr]);
    }
    out.resize(pixels * 3, 0);
    out
}

fn interleave(data: Samples, samples: usize) -> Samples {
    fn mix<T: Copy>(planes: &[T], samples: usize) -> Vec<T> {
        let size = (planes.len() / samples).max(1);
        let planes: Vec<&[T]> = planes.chunks_exact(size).take(samples).collect();
        (0..size).flat_map(|at| planes.iter().filter_map(move |plane| plane.get(at).copied())).collect()
    }
    match data {
        Samples::U8(values) => Samples::U8(mix(&values, samples)),
        Samples::U16(values) => Samples::U16(mix(&values, samples)),
        Samples::I16(values) => Samples::I16(mix(&values, samples)),
        Samples::U32(values) => Samples::U32(mix(&values, samples)),
        Samples::I32(values) => Samples::I32(mix(&values, samples)),
        Samples::F32(values) => Samples::F32(mix(&values, samples)),
        Samples::F64(values) => Samples::F64(mix(&values, samples)),
    }
}
