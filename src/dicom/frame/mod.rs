//! One frame of a file's pixel data, decoded. Reads the attributes that describe it from a [`Reading`] and only
//! that frame's bytes from the file, which is opened read-only; no other frame is read, whatever their number.
//!
//! A file says how large its image is twice: in its attributes and in the compressed stream. Both are held
//! against [`FrameLimits`] before a decoder sees them, and decoders of other crates run where a panic ends the
//! frame and not the program.

mod attributes;
mod error;
mod fragments;
mod jpeg;
mod jpeg2000;
mod jpegdct;
mod jpegls;
mod jpegxl;
mod layout;
mod limits;
mod lut;
mod native;
mod overlay;
mod presentation;
mod rle;
mod samples;
mod store;

pub use error::FrameError;
pub use layout::Layout;
pub use limits::{Cancel, FrameLimits};
pub use lut::Lut;
pub use overlay::Overlay;
pub use presentation::aspect;
pub use presentation::{Function, Modality, Palette, Presentation, VoiLut, Window};
pub use samples::{Photometric, Samples};

use super::{Reading, RowId, Tag};
use limits::Budget;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};
use store::Store;

/// One frame: stored values as PS3.3 section C.7.6.3 describes them, after decompression, and how to show them.
#[derive(Debug, Clone)]
pub struct Frame {
    pub columns: u32,
    pub rows: u32,
    /// Samples of a pixel, which stand beside each other in `data` whatever the planar configuration was.
    pub samples: u8,
    /// Bits stored.
    pub bits: u8,
    pub signed: bool,
    /// What the samples mean after decompression. Halved chroma has been doubled again.
    pub photometric: Photometric,
    /// `rows × columns × samples` values.
    pub data: Samples,
    /// Height of a pixel over its width: (0028,0034), or from the pixel spacing.
    pub aspect: f64,
    /// Whether all bytes of the frame were there; what was missing is zero.
    pub whole: bool,
    /// The codec's name.
    pub codec: &'static str,
    pub presentation: Presentation,
    pub overlays: Vec<Overlay>,
}

impl Frame {
    /// The stored values of the pixel at (`x`, `y`), one a sample; `None` outside of the frame.
    pub fn pixel(&self, x: u32, y: u32) -> Option<Vec<f64>> {
        if x >= self.columns || y >= self.rows {
            return None;
        }
        let at = (y as usize * self.columns as usize + x as usize) * usize::from(self.samples);
        (at..at + usize::from(self.samples)).map(|index| self.data.get(index)).collect()
    }

    /// What a person reads of the pixel at (`x`, `y`): its stored values and, of grey images where it is another, the
    /// modality's.
    pub fn probe(&self, x: u32, y: u32) -> Option<String> {
        let stored = self.pixel(x, y)?;
        let texts: Vec<String> = stored.iter().map(f64::to_string).collect();
        let own = texts.join(" ");
        let meant = stored.first().map(|&value| self.presentation.modality.apply(value));
        let meant = meant.filter(|meant| self.photometric.is_grey() && stored.first() != Some(meant));
        let unit = if self.presentation.kind == "CT" { " HU" } else { "" };
        Some(meant.map_or(own.clone(), |meant| format!("{own} → {meant}{unit}")))
    }
}

/// Decodes frame `number`, from 0, of the file at `path`, of which `reading` was read.
///
/// Takes memory and time as `limits` say, and ends early when `cancel` is set; decoders of other crates are
/// asked before and after, not in between.
pub fn decode(
    path: &Path,
    reading: &Reading,
    number: u32,
    limits: &FrameLimits,
    cancel: &Cancel,
) -> Result<Frame, FrameError> {
    decode_at(path, reading, &Layout::of(reading)?, number, limits, cancel)
}

/// Decodes a frame of the image that `layout` describes: the file's, or its icon's (see [`icon`]). As [`decode`].
pub fn decode_at(
    path: &Path,
    reading: &Reading,
    layout: &Layout,
    number: u32,
    limits: &FrameLimits,
    cancel: &Cancel,
) -> Result<Frame, FrameError> {
    let budget = Budget::new(limits, cancel);
    layout.check(number, limits)?;
    let mut store = Store::open(path, reading)?;
    let decoded = pixels(&mut store, reading, layout, number, limits, &budget)?;
    budget.check()?;
    let presentation = presentation::read(reading, &mut store, number, layout);
    let overlays = match layout.is_icon(reading) {
        true => Vec::new(),
        false => overlay::read(reading, &mut store, number, limits),
    };
    Ok(Frame {
        columns: decoded.columns,
        rows: decoded.rows,
        samples: decoded.samples,
        bits: decoded.bits,
        signed: layout.signed,
        photometric: decoded.photometric,
        data: decoded.data,
        aspect: presentation::aspect(reading, number),
        whole: decoded.whole,
        codec: decoded.codec,
        presentation,
        overlays,
    })
}

/// The overlay planes that lie on frame `number`, without decoding the frame.
pub fn overlays(
    path: &Path,
    reading: &Reading,
    number: u32,
    limits: &FrameLimits,
) -> Result<Vec<Overlay>, FrameError> {
    Ok(overlay::read(reading, &mut Store::open(path, reading)?, number, limits))
}

/// The icon (0088,0200) of the file: PS3.3 section C.7.6.1.1.6.
pub fn icon(reading: &Reading) -> Option<Result<Layout, FrameError>> {
    icon_row(reading).map(|row| Layout::at(reading, row))
}

/// The pixel data of the icon.
pub fn icon_row(reading: &Reading) -> Option<RowId> {
    let rows = &reading.rows;
    let (item, _) = rows.children(Some(rows.find(Tag(0x0088, 0x0200))?)).next()?;
    rows.find_in(Some(item), Tag(0x7fe0, 0x0010))
}

/// Which codec decodes frames of an encapsulated transfer syntax, or why none does.
pub fn codec(syntax: &str) -> Result<&'static str, FrameError> {
    Codec::of(&[], syntax).map(Codec::name)
}

/// What a codec yields.
pub(super) struct Decoded {
    pub columns: u32,
    pub rows: u32,
    pub samples: u8,
    pub bits: u8,
    pub photometric: Photometric,
    pub data: Samples,
    pub whole: bool,
    pub codec: &'static str,
}

fn pixels(
    store: &mut Store<'_>,
    reading: &Reading,
    layout: &Layout,
    number: u32,
    limits: &FrameLimits,
    budget: &Budget<'_>,
) -> Result<Decoded, FrameError> {
    let Some(row) = reading.rows.get(layout.row) else { return Err(FrameError::NoPixels) };
    if row.kind != super::Kind::Encapsulated {
        return native::read(store, reading, layout, number, budget);
    }
    let bytes = fragments::read(store, reading, layout, number, limits)?;
    budget.check()?;
    let codec = Codec::of(&bytes, reading.syntax.uid.as_deref().unwrap_or_default())?;
    // A panic of a decoder leaves nothing behind but its own values, which are dropped.
    catch_unwind(AssertUnwindSafe(|| codec.decode(&bytes, layout, limits, budget)))
        .unwrap_or(Err(FrameError::Damaged { codec: codec.name(), why: "its decoder gave up" }))
}

/// The ways in which pixel data is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Codec {
    Rle,
    Deflate,
    Jpeg,
    JpegLs,
    Jpeg2000,
    JpegXl,
}

impl Codec {
    /// By the stream's own first bytes where they tell, since the stated transfer syntax is at times wrong, and
    /// by the transfer syntax (PS3.5 annex A) where they do not.
    fn of(bytes: &[u8], syntax: &str) -> Result<Self, FrameError> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => {
                return Ok(if jpeg::is_jpeg_ls(bytes) { Self::JpegLs } else { Self::Jpeg });
            }
            [0xff, 0x4f, 0xff, 0x51, ..] => return Ok(Self::Jpeg2000),
            [0, 0, 0, 12, b'j', b'P', ..] => return Ok(Self::Jpeg2000),
            [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => return Ok(Self::JpegXl),
            _ => {}
        }
        let Some(tail) = syntax.strip_prefix("1.2.840.10008.1.2.") else {
            return Err(FrameError::UnknownSyntax);
        };
        match tail {
            "5" => Ok(Self::Rle),
            "8.1" => Ok(Self::Deflate),
            "4.50" | "4.51" | "4.53" | "4.55" | "4.57" | "4.70" => Ok(Self::Jpeg),
            "4.80" | "4.81" => Ok(Self::JpegLs),
            "4.90" | "4.91" | "4.92" | "4.93" | "4.201" | "4.202" | "4.203" => Ok(Self::Jpeg2000),
            "4.110" | "4.111" | "4.112" => Ok(Self::JpegXl),
            "4.94" | "4.95" | "4.204" | "4.205" => Err(FrameError::Elsewhere),
            "4.100" | "4.101" | "4.100.1" | "4.101.1" => Err(FrameError::Video { codec: "MPEG-2" }),
            _ if tail.starts_with("4.102") || tail.starts_with("4.103") => {
                Err(FrameError::Video { codec: "MPEG-4 AVC/H.264" })
            }
            _ if ["4.104", "4.105", "4.106"].iter().any(|start| tail.starts_with(start)) => {
                Err(FrameError::Video { codec: "MPEG-4 AVC/H.264" })
            }
            "4.107" | "4.108" => Err(FrameError::Video { codec: "HEVC/H.265" }),
            "7.1" | "7.2" | "7.3" => Err(FrameError::Video { codec: "SMPTE ST 2110" }),
            _ => Err(FrameError::UnknownSyntax),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Rle => "RLE",
            Self::Deflate => "deflated frame",
            Self::Jpeg => "JPEG",
            Self::JpegLs => "JPEG-LS",
            Self::Jpeg2000 => "JPEG 2000",
            Self::JpegXl => "JPEG XL",
        }
    }

    fn decode(
        self,
        bytes: &[u8],
        layout: &Layout,
        limits: &FrameLimits,
        budget: &Budget<'_>,
    ) -> Result<Decoded, FrameError> {
        match self {
            Self::Rle => rle::decode(bytes, layout, budget),
            Self::Deflate => native::inflate(bytes, layout, budget),
            Self::Jpeg => jpeg::decode(bytes, layout, limits, budget),
            Self::JpegLs => jpegls::decode(bytes, layout, limits, budget),
            Self::Jpeg2000 => jpeg2000::decode(bytes, layout, limits),
            Self::JpegXl => jpegxl::decode(bytes, layout, limits),
        }
    }
}
