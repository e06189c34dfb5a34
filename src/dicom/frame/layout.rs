use super::{FrameError, FrameLimits, Photometric, attributes::count_in};
use crate::dicom::{Reading, RowId, Tag};

/// How the frames of a file are stored: the image pixel module, PS3.3 section C.7.6.3.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The row of the pixel data.
    pub row: RowId,
    pub columns: u32,
    pub rows: u32,
    /// Samples of a pixel.
    pub samples: u8,
    pub photometric: Photometric,
    /// Whether two pixels share their chroma in uncompressed data.
    pub halved_chroma: bool,
    /// Whether samples stand plane by plane in uncompressed data.
    pub planar: bool,
    pub bits_allocated: u8,
    pub bits_stored: u8,
    pub high_bit: u8,
    pub signed: bool,
    /// Whether samples are floating point numbers: (7FE0,0008) or (7FE0,0009).
    pub float: bool,
    /// At least 1.
    pub frames: u32,
}

impl Layout {
    /// What the file says of its frames. Attributes that are missing are guessed where that is safe.
    pub fn of(reading: &Reading) -> Result<Self, FrameError> {
        Self::at(reading, reading.pixel_data().ok_or(FrameError::NoPixels)?)
    }

    /// What stands beside the pixel data in `row`, in the data set or in an item.
    pub fn at(reading: &Reading, row: RowId) -> Result<Self, FrameError> {
        let item = reading.rows.parent(row);
        let count = |tag| count_in(&reading.rows, item, tag);
        let element = reading.rows.get(row).map_or(0, |row| row.tag.1);
        let needed = |tag, name| count(tag).filter(|&n| n > 0).ok_or(FrameError::Attribute(name));
        let rows = needed(Tag(0x0028, 0x0010), "Rows")?;
        let columns = needed(Tag(0x0028, 0x0011), "Columns")?;
        let text = reading.rows.find_in(item, Tag(0x0028, 0x0004)).map(|id| reading.rows.text(id));
        let text = text.as_deref().unwrap_or_default().trim();
        let colour = text.starts_with("RGB") || text.starts_with("YBR");
        let samples = count(Tag(0x0028, 0x0002)).unwrap_or(if colour { 3 } else { 1 });
        let samples = u8::try_from(samples).ok().filter(|samples| (1..=4).contains(samples));
        let samples = samples.ok_or(FrameError::Attribute("SamplesPerPixel"))?;
        let float = matches!(element, 0x0008 | 0x0009);
        let bits_allocated = match element {
            0x0008 => 32,
            0x0009 => 64,
            _ => {
                let bits = needed(Tag(0x0028, 0x0100), "BitsAllocated")?;
                u8::try_from(bits).ok().filter(|&b| b <= 32).ok_or(FrameError::Attribute("BitsAllocated"))?
            }
        };
        let bits_stored = count(Tag(0x0028, 0x0101)).filter(|&b| b > 0 && b <= bits_allocated.into());
        let bits_stored = bits_stored.map_or(bits_allocated, |bits| bits as u8);
        let high_bit = count(Tag(0x0028, 0x0102));
        let high_bit = high_bit.filter(|&b| b < bits_allocated.into() && b + 1 >= bits_stored.into());
        Ok(Self {
            row,
            columns,
            rows,
            samples,
            photometric: Photometric::parse(text, samples),
            halved_chroma: samples == 3 && text.ends_with("_422"),
            planar: samples > 1 && count(Tag(0x0028, 0x0006)) == Some(1),
            bits_allocated,
            bits_stored,
            high_bit: high_bit.map_or(bits_stored - 1, |bit| bit as u8),
            signed: count(Tag(0x0028, 0x0103)) == Some(1),
            float,
            frames: count(Tag(0x0028, 0x0008)).unwrap_or(1).max(1),
        })
    }

    /// Bytes that all frames take where they are not compressed.
    pub fn native_length(&self) -> u64 {
        let samples = self.pixels() as u64 * u64::from(self.samples) * u64::from(self.frames);
        let bits = samples.saturating_mul(self.bits_allocated.into());
        if self.halved_chroma { bits / 3 * 2 / 8 } else { bits.div_ceil(8) }
    }

    /// Whether it is the image of an item, which is smaller and shows the same.
    pub(super) fn is_icon(&self, reading: &Reading) -> bool {
        reading.rows.parent(self.row).is_some()
    }

    /// Whether frame `number` exists and is not too large to decode.
    pub(super) fn check(&self, number: u32, limits: &FrameLimits) -> Result<(), FrameError> {
        if number >= self.frames {
            return Err(FrameError::NoSuchFrame { number, frames: self.frames });
        }
        check_size(self.columns.into(), self.rows.into(), self.samples.into(), limits)
    }

    pub(super) fn pixels(&self) -> usize {
        self.columns as usize * self.rows as usize
    }
}

/// Holds the dimensions of a frame, stated by attributes or by a stream, against the limits.
pub(super) fn check_size(
    columns: u64,
    rows: u64,
    samples: u64,
    limits: &FrameLimits,
) -> Result<(), FrameError> {
    let total = columns.checked_mul(rows).and_then(|pixels| pixels.checked_mul(samples));
    match total {
        Some(total) if total <= limits.samples => Ok(()),
        _ => Err(FrameError::TooLarge { columns, rows, limit: limits.samples }),
    }
}
