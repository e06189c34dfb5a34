//! JPEG-LS (ISO/IEC 14495-1, ITU-T T.87), lossless and near-lossless: no crate decodes it soundly without a C++
//! compiler. Section numbers are T.87's.

mod bits;
mod scan;

use super::{Decoded, FrameError, FrameLimits, Layout, Samples, jpeg, layout::check_size, limits::Budget};
use scan::{Interleave, Parameters, Scan};

pub(super) fn damaged(why: &'static str) -> FrameError {
    FrameError::Damaged { codec: "JPEG-LS", why }
}

/// What the markers in front of a scan say.
#[derive(Default)]
struct Stated {
    precision: u8,
    columns: usize,
    rows: usize,
    components: usize,
    /// MAXVAL, T1, T2, T3 and RESET of an LSE marker; 0 stands for the default.
    preset: [u16; 5],
}

pub(super) fn decode(
    bytes: &[u8],
    layout: &Layout,
    limits: &FrameLimits,
    budget: &Budget<'_>,
) -> Result<Decoded, FrameError> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8]).ok_or(damaged("it does not begin as one"))?;
    let mut stated = Stated::default();
    let mut planes: Vec<Vec<u16>> = Vec::new();
    let mut whole = true;
    while planes.len() < stated.components.max(1) {
        let Some((&[mark, marker], after)) = rest.split_first_chunk::<2>() else { break };
        if mark != 0xff || marker == 0xff {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        if marker == 0xd9 {
            break;
        }
        let length = after.first_chunk::<2>().map_or(0, |&pair| usize::from(u16::from_be_bytes(pair)));
        let body = after.get(2..length).ok_or(damaged("a marker reaches beyond its end"))?;
        rest = after.get(length..).unwrap_or_default();
        match marker {
            0xf7 => frame_header(body, &mut stated, limits)?,
            0xf8 => preset(body, &mut stated)?,
            0xe8 if body.starts_with(b"mrfx") && body.get(4) != Some(&0) => {
                return Err(FrameError::Unsupported("JPEG-LS with a colour transform of its writer"));
            }
            0xdd => return Err(FrameError::Unsupported("JPEG-LS with restart intervals")),
            0xda => {
                let mut scan = scan(body, &stated, planes.len(), rest)?;
                whole &= scan.run(&mut planes, budget)?;
                rest = rest.get(scan.taken()..).unwrap_or_default();
            }
            _ => {}
        }
    }
    if planes.is_empty() {
        return Err(damaged("it has no scan"));
    }
    whole &= planes.len() == stated.components;
    let size = stated.columns * stated.rows;
    planes.resize_with(stated.components, || vec![0; size]);
    let words =
        (0..size).flat_map(|at| planes.iter().filter_map(move |plane| plane.get(at).map(|&v| v.into())));
    let bits = layout.bits_stored.min(stated.precision);
    let header = jpeg::Header::parse(bytes);
    Ok(Decoded {
        columns: stated.columns as u32,
        rows: stated.rows as u32,
        samples: stated.components as u8,
        bits,
        photometric: header.map_or(layout.photometric, |header| jpeg::photometric(&header, layout)),
        data: Samples::of_words(words, bits, layout.signed),
        whole,
        codec: "JPEG-LS",
    })
}

/// Section C.2.2.
fn frame_header(body: &[u8], stated: &mut Stated, limits: &FrameLimits) -> Result<(), FrameError> {
    let &[precision, r0, r1, c0, c1, components] =
        body.first_chunk::<6>().ok_or(damaged("its header is cut"))?;
    let (rows, columns) = (u16::from_be_bytes([r0, r1]), u16::from_be_bytes([c0, c1]));
    if !(2..=16).contains(&precision) || !matches!(components, 1 | 3 | 4) || rows == 0 || columns == 0 {
        return Err(damaged("its header is impossible"));
    }
    check_size(columns.into(), rows.into(), components.into(), limits)?;
    *stated = Stated {
        precision,
        rows: rows.into(),
        columns: columns.into(),
        components: components.into(),
        preset: stated.preset,
    };
    Ok(())
}

/// Section C.2.4.1.
fn preset(body: &[u8], stated: &mut Stated) -> Result<(), FrameError> {
    match body.first() {
        Some(1) => {
            for (own, &pair) in stated.preset.iter_mut().zip(body.get(1..).unwrap_or_default().as_chunks().0)
            {
                *own = u16::from_be_bytes(pair);
            }
            Ok(())
        }
        _ => Err(FrameError::Unsupported("JPEG-LS with mapping tables")),
    }
}

/// Section C.2.3.
fn scan<'b>(body: &[u8], stated: &Stated, done: usize, data: &'b [u8]) -> Result<Scan<'b>, FrameError> {
    let cut = || damaged("a scan's header is cut");
    let count = usize::from(*body.first().ok_or_else(cut)?);
    let &[near, interleave, transform] =
        body.get(1 + 2 * count..).and_then(<[u8]>::first_chunk).ok_or_else(cut)?;
    let interleave = match (interleave, count) {
        (_, 1) => Interleave::None,
        (1, _) => Interleave::Line,
        (2, _) => Interleave::Sample,
        _ => return Err(damaged("its interleaving is not allowed")),
    };
    if stated.columns == 0 || count == 0 || done + count > stated.components {
        return Err(damaged("a scan does not fit its header"));
    }
    let parameters = Parameters::new(stated.precision, near, stated.preset)
        .ok_or(damaged("its presets are impossible"))?;
    Ok(Scan::new(data, parameters, interleave, count, stated.columns, stated.rows, transform & 15))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dicom::frame::{Cancel, Photometric};

    fn run(bytes: &[u8]) -> Result<Decoded, FrameError> {
        let layout = Layout {
            row: 0,
            columns: 4,
            rows: 4,
            samples: 1,
            photometric: Photometric::Monochrome2,
            halved_chroma: false,
            planar: false,
            bits_allocated: 8,
            bits_stored: 8,
            high_bit: 7,
            signed: false,
            float: false,
            frames: 1,
        };
        let (limits, cancel) = (FrameLimits::default(), Cancel::new());
        decode(bytes, &layout, &limits, &Budget::new(&limits, &cancel))
    }

    /// The example of T.87 section H.3.
    const EXAMPLE: [u8; 57] = [
        0xff, 0xd8, 0xff, 0xf7, 0, 11, 8, 0, 4, 0, 4, 1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0,
        0xc0, 0, 0, 0x6c, 0x80, 0x20, 0x8e, 0x01, 0xc0, 0, 0, 0x57, 0x40, 0, 0, 0x6e, 0xe6, 0, 0, 0x01, 0xbc,
        0x18, 0, 0, 0x05, 0xd8, 0, 0, 0x91, 0x60, 0xff, 0xd9,
    ];

    #[test]
    fn the_standards_example() {
        let samples = [0, 0, 90, 74, 68, 50, 43, 205, 64, 145, 145, 145, 100, 145, 145, 145];
        let decoded = run(&EXAMPLE).unwrap();
        assert!(decoded.whole);
        assert_eq!(decoded.data, Samples::U8(samples.to_vec()));
    }

    #[test]
    fn damage_ends_in_an_error_or_a_partial_frame() {
        for at in 0..EXAMPLE.len() {
            let _ = run(&EXAMPLE[..at]);
            for bit in 0..8 {
                let mut damaged = EXAMPLE;
                damaged[at] ^= 1 << bit;
                let _ = run(&damaged);
            }
        }
    }
}
