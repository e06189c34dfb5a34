//! JPEG (ISO/IEC 10918-1) by the crate `jpeg-decoder`, behind a look at the stream's own header.

use super::{Decoded, FrameError, FrameLimits, Layout, Photometric, Samples, layout::check_size};
use jpeg_decoder::{ColorTransform, Decoder, PixelFormat};

fn damaged(why: &'static str) -> FrameError {
    FrameError::Damaged { codec: "JPEG", why }
}

/// What a JPEG stream says of itself before its first scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// The second byte of the start-of-frame marker.
    pub process: u8,
    pub precision: u8,
    pub columns: u16,
    pub rows: u16,
    pub components: u8,
    /// The identifiers of the first three components.
    pub ids: [u8; 3],
    /// Whether a component is coarser than another.
    pub subsampled: bool,
    /// The colour transform of an Adobe marker.
    pub adobe: Option<u8>,
    pub jfif: bool,
}

impl Header {
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
        let (mut adobe, mut jfif) = (None, false);
        loop {
            let (&[mark, marker], after) = rest.split_first_chunk::<2>()?;
            if mark != 0xff {
                return None;
            }
            if marker == 0xff {
                rest = rest.get(1..)?;
                continue;
            }
            if matches!(marker, 0x01 | 0xd0..=0xd8) {
                rest = after;
                continue;
            }
            let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
            let body = after.get(2..length)?;
            rest = after.get(length..)?;
            match marker {
                0xe0 if body.starts_with(b"JFIF") => jfif = true,
                0xee if body.starts_with(b"Adobe") => adobe = body.get(11).copied(),
                0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xf7 => {
                    let &[precision, r0, r1, c0, c1, components] = body.first_chunk::<6>()?;
                    let parts: Vec<&[u8; 3]> = body.get(6..)?.as_chunks().0.iter().collect();
                    let factors = || parts.iter().map(|part| part[1]);
                    return Some(Self {
                        process: marker,
                        precision,
                        columns: u16::from_be_bytes([c0, c1]),
                        rows: u16::from_be_bytes([r0, r1]),
                        components,
                        ids: [0, 1, 2].map(|at: usize| parts.get(at).map_or(0, |part| part[0])),
                        subsampled: factors().max() != factors().min(),
                        adobe,
                        jfif,
                    });
                }
                0xd9 | 0xda => return None,
                _ => {}
            }
        }
    }

    /// What three components are. The stream's own word is taken before the attribute's, which is often left
    /// as it was before compression.
    pub fn photometric(&self, stated: Photometric) -> Photometric {
        if self.components != 3 {
            return stated;
        }
        match self.adobe {
            _ if self.process == 0xc3 => stated,
            Some(0) => Photometric::Rgb,
            Some(1) => Photometric::YbrFull,
            _ if self.ids == *b"RGB" => Photometric::Rgb,
            _ if self.jfif || self.subsampled => Photometric::YbrFull,
            _ => stated,
        }
    }
}

/// Whether the stream is JPEG-LS, which shares JPEG's markers.
pub(super) fn is_jpeg_ls(bytes: &[u8]) -> bool {
    Header::parse(bytes).is_some_and(|header| header.process == 0xf7)
}

pub(super) fn decode(bytes: &[u8], layout: &Layout, limits: &FrameLimits) -> Result<Decoded, FrameError> {
    let header = Header::parse(bytes).ok_or(damaged("it has no frame header"))?;
    if !matches!(header.components, 1 | 3 | 4) {
        return Err(damaged("its number of components is wrong"));
    }
    check_size(header.columns.into(), header.rows.into(), header.components.into(), limits)?;
    match (header.process, header.precision) {
        (0xc3, 2..=16) | (0xc0..=0xc2, 8) => {}
        (0xc1 | 0xc2, 12) => return Err(FrameError::NotBuiltIn { codec: "JPEG extended, 12 bit" }),
        (0xc5..=0xc7 | 0xcd..=0xcf, _) => return Err(FrameError::NotBuiltIn { codec: "JPEG hierarchical" }),
        (0xc9..=0xcb, _) => return Err(FrameError::NotBuiltIn { codec: "JPEG arithmetic" }),
        _ => return Err(damaged("its precision is not allowed")),
    }
    let mut decoder = Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(limits.samples as usize * 2);
    decoder.set_color_transform(ColorTransform::None);
    let pixels = decoder.decode().map_err(|_| damaged("it does not decode"))?;
    let info = decoder.info().ok_or(damaged("it does not decode"))?;
    let samples = header.components;
    let bits = layout.bits_stored.min(16);
    let data = match info.pixel_format {
        PixelFormat::L16 => {
            let words = pixels.as_chunks().0.iter().map(|&b| u16::from_ne_bytes(b).into());
            Samples::of_words(words, bits, layout.signed)
        }
        _ => Samples::of_words(pixels.iter().map(|&b| b.into()), bits.min(8), layout.signed),
    };
    let wanted = usize::from(info.width) * usize::from(info.height) * usize::from(samples);
    if data.len() != wanted {
        return Err(damaged("it holds another number of samples than it says"));
    }
    Ok(Decoded {
        columns: info.width.into(),
        rows: info.height.into(),
        samples,
        bits,
        photometric: photometric(&header, layout),
        data,
        whole: true,
        codec: name(header.process),
    })
}

/// What the decoded components are.
pub(super) fn photometric(header: &Header, layout: &Layout) -> Photometric {
    let stated = if layout.samples == header.components {
        layout.photometric
    } else {
        match header.components {
            1 => Photometric::Monochrome2,
            3 => Photometric::YbrFull,
            _ => Photometric::Cmyk,
        }
    };
    header.photometric(stated)
}

pub(super) fn name(process: u8) -> &'static str {
    match process {
        0xc0 => "JPEG baseline",
        0xc1 => "JPEG extended",
        0xc2 => "JPEG progressive",
        _ => "JPEG lossless",
    }
}
