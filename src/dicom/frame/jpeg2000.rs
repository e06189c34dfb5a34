//! JPEG 2000 and HTJ2K (ISO/IEC 15444-1 and -15) by the crate `jpeg2k` over `openjp2`.

use super::{Decoded, FrameError, FrameLimits, Layout, Photometric, Samples, layout::check_size};
use jpeg2k::{DecodeParameters, Image};

/// Where the code stream of a boxed file is looked for.
const BOXES: usize = 64 << 10;
/// Tiles of an image; each costs the decoder memory before its data is seen.
const MOST_TILES: u64 = 16_384;

fn damaged(why: &'static str) -> FrameError {
    FrameError::Damaged { codec: "JPEG 2000", why }
}

pub(super) fn decode(bytes: &[u8], layout: &Layout, limits: &FrameLimits) -> Result<Decoded, FrameError> {
    check(bytes, limits)?;
    let image = Image::from_bytes_with(bytes, DecodeParameters::new().strict(false))
        .map_err(|_| damaged("it does not decode"))?;
    let parts = image.components();
    let (Some(first), true) = (parts.first(), matches!(parts.len(), 1 | 3 | 4)) else {
        return Err(damaged("its number of components is wrong"));
    };
    let (columns, rows) = (first.width(), first.height());
    let samples = if layout.samples == 1 { 1 } else { parts.len().min(3) };
    let pixels = columns as usize * rows as usize;
    let bits = first.precision().clamp(1, 32) as u8;
    if parts
        .iter()
        .take(samples)
        .any(|part| part.data().len() != pixels || part.precision() != first.precision())
    {
        return Err(FrameError::Unsupported("JPEG 2000 with components of different sizes"));
    }
    let planes: Vec<&[i32]> = parts.iter().take(samples).map(|part| part.data()).collect();
    // Whether the values are signed is the attribute's to say: writers set the stream's flag at random.
    let words =
        (0..pixels).flat_map(|at| planes.iter().filter_map(move |plane| plane.get(at).map(|&v| v as u32)));
    let data = Samples::of_words(words, bits, layout.signed);
    let photometric = match layout.photometric {
        // The decoder has undone the component transform; what is left is the colour in front of it.
        Photometric::YbrFull if has_transform(bytes) => Photometric::Rgb,
        _ if samples == 3 && layout.samples == 1 => Photometric::Rgb,
        stated => stated,
    };
    Ok(Decoded {
        columns,
        rows,
        samples: samples as u8,
        bits,
        photometric,
        data,
        whole: true,
        codec: "JPEG 2000",
    })
}

/// The code stream, in or without the boxes of a JP2 file.
fn stream(bytes: &[u8]) -> Option<&[u8]> {
    let start = &bytes[..bytes.len().min(BOXES)];
    let at = start.windows(4).position(|window| window == [0xff, 0x4f, 0xff, 0x51])?;
    bytes.get(at..)
}

/// Holds what the SIZ marker says (15444-1 section A.5.1) against the limits.
fn check(bytes: &[u8], limits: &FrameLimits) -> Result<(), FrameError> {
    let no_size = || damaged("it has no image size");
    let siz = stream(bytes).and_then(|stream| stream.get(8..44)).ok_or_else(no_size)?;
    let numbers: Vec<u64> =
        siz.as_chunks::<4>().0.iter().take(8).map(|&b| u32::from_be_bytes(b).into()).collect();
    let &[right, bottom, left, top, tile_width, tile_height, tile_left, tile_top] = numbers.as_slice() else {
        return Err(no_size());
    };
    let components = u64::from(u16::from_be_bytes([siz[32], siz[33]]));
    if right <= left || bottom <= top || tile_width == 0 || tile_height == 0 || components == 0 {
        return Err(damaged("its image size is impossible"));
    }
    check_size(right - left, bottom - top, components, limits)?;
    let across = right.saturating_sub(tile_left).div_ceil(tile_width);
    let down = bottom.saturating_sub(tile_top).div_ceil(tile_height);
    if across.saturating_mul(down) > MOST_TILES {
        return Err(damaged("it has too many tiles"));
    }
    Ok(())
}

/// Whether the COD marker (15444-1 section A.6.1) switches the multiple component transform on.
fn has_transform(bytes: &[u8]) -> bool {
    let Some(mut rest) = stream(bytes).and_then(|stream| stream.get(2..)) else { return false };
    while let Some((&[0xff, marker, high, low], _)) = rest.split_first_chunk::<4>() {
        if marker == 0x52 {
            return rest.get(8) == Some(&1);
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        match rest.get(2 + length..) {
            Some(next) if marker != 0x90 => rest = next,
            _ => return false,
        }
    }
    false
}
