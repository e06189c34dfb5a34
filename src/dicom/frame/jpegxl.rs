//! JPEG XL (ISO/IEC 18181) by the crate `jxl-oxide`.

use super::{Decoded, FrameError, FrameLimits, Layout, Photometric, Samples, layout::check_size};
use jxl_oxide::{AllocTracker, InitializeResult, JxlImage};

/// Bytes that the decoder may take for each sample of the limit.
const BYTES_A_SAMPLE: u64 = 12;

fn damaged(why: &'static str) -> FrameError {
    FrameError::Damaged { codec: "JPEG XL", why }
}

pub(super) fn decode(bytes: &[u8], layout: &Layout, limits: &FrameLimits) -> Result<Decoded, FrameError> {
    let memory = AllocTracker::with_limit((limits.samples * BYTES_A_SAMPLE) as usize);
    let mut image = JxlImage::builder().alloc_tracker(memory).build_uninit();
    image.feed_bytes(bytes).map_err(|_| damaged("it does not decode"))?;
    let ready = image.try_init().map_err(|_| damaged("it does not decode"))?;
    let InitializeResult::Initialized(image) = ready else { return Err(damaged("its header is cut")) };
    let colours = if image.pixel_format().is_grayscale() { 1 } else { 3 };
    check_size(image.width().into(), image.height().into(), colours, limits)?;
    let render = image.render_frame(0).map_err(|_| damaged("it does not decode"))?;
    let mut stream = render.stream_no_alpha();
    let (columns, rows, samples) = (stream.width(), stream.height(), stream.channels());
    if !matches!(samples, 1 | 3) {
        return Err(damaged("its number of channels is wrong"));
    }
    let mut values = vec![0f32; columns as usize * rows as usize * samples as usize];
    stream.write_to_buffer(&mut values);
    let bits = image.image_header().metadata.bit_depth.bits_per_sample().clamp(1, 16) as u8;
    let top = f32::from(u16::MAX >> (16 - bits));
    let words = values.iter().map(|&value| (value * top).round().clamp(0.0, top) as u32);
    let data = Samples::of_words(words, bits, layout.signed);
    let photometric = match samples {
        3 => Photometric::Rgb,
        _ if layout.samples == 1 => layout.photometric,
        _ => Photometric::Monochrome2,
    };
    Ok(Decoded {
        columns,
        rows,
        samples: samples as u8,
        bits,
        photometric,
        data,
        whole: true,
        codec: "JPEG XL",
    })
}
