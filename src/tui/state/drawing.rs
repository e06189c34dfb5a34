use crate::{
    dicom::{Reading, Tag, frame::Layout},
    library::FileId,
    redact::{Change, Frames, Rectangle},
};
use std::path::{Path, PathBuf};

/// A rectangle that is drawn, in stored pixels.
#[derive(Debug, Clone)]
pub struct Drawing {
    pub rectangle: Rectangle,
    pub frames: Frames,
    /// The mark that it is to stand in place of.
    pub before: Option<(Rectangle, Frames)>,
    /// Whether it moves by pixels, rather than by cells.
    pub fine: bool,
    /// What can be taken, and which of it was taken last.
    pub offers: Vec<Offer>,
    pub offer: Option<usize>,
}

/// A rectangle that is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    pub rectangle: Rectangle,
    pub frames: Frames,
    pub from: Source,
}

/// Why a rectangle is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Marked,
    Text,
    Device,
    Alike,
}

impl Source {
    pub fn name(self) -> &'static str {
        match self {
            Self::Marked => "marked",
            Self::Text => "text found here",
            Self::Device => "devices of this kind write here",
            Self::Alike => "marked in images of this device and size",
        }
    }
}

/// What an image is from, and how large it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub make: String,
    pub model: String,
    pub columns: u32,
    pub rows: u32,
}

impl Device {
    /// `None` where there is no image.
    pub fn of(reading: &Reading) -> Option<Self> {
        let layout = Layout::of(reading).ok()?;
        let text = |element| reading.text(Tag(0x0008, element)).trim().to_lowercase();
        Some(Self { make: text(0x0070), model: text(0x1090), columns: layout.columns, rows: layout.rows })
    }

    pub fn is_as_large(&self, other: &Self) -> bool {
        (self.columns, self.rows) == (other.columns, other.rows)
    }
}

/// Images whose devices and sizes are to be known.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub files: Vec<(FileId, PathBuf)>,
    pub of: FileId,
    /// What is marked in those that are as large; nothing where it is only looked for like ones.
    pub changes: Vec<Change>,
}

impl Measure {
    /// Has their headers read one by one, until there is none.
    pub fn done(self, mut read: impl FnMut(&Path) -> Option<Reading>) -> Measured {
        let asked = self.files.len();
        let measured = |(file, path): (FileId, PathBuf)| Some((file, Device::of(&read(&path)?)));
        let files = self.files.into_iter().map_while(measured).collect();
        Measured { files, asked, of: self.of, changes: self.changes }
    }
}

/// What came of it.
#[derive(Debug)]
pub struct Measured {
    /// As far as they were looked at, of as many as were asked for.
    pub files: Vec<(FileId, Option<Device>)>,
    pub asked: usize,
    pub of: FileId,
    pub changes: Vec<Change>,
}

impl Drawing {
    pub fn new(rectangle: Rectangle) -> Self {
        let frames = Frames::All;
        Self { rectangle, frames, before: None, fine: false, offers: Vec::new(), offer: None }
    }

    /// Moves it inside of a picture of that size.
    pub fn shift(&mut self, right: i64, down: i64, (columns, rows): (u32, u32)) {
        let Rectangle { x, y, w, h } = self.rectangle;
        let moved = |at: u32, by: i64, most: u32| (i64::from(at) + by).clamp(0, i64::from(most)) as u32;
        self.rectangle.x = moved(x, right, columns.saturating_sub(w));
        self.rectangle.y = moved(y, down, rows.saturating_sub(h));
    }

    /// Moves its right and lower side.
    pub fn size(&mut self, wider: i64, taller: i64, (columns, rows): (u32, u32)) {
        let Rectangle { x, y, w, h } = self.rectangle;
        let sized = |length: u32, by: i64, most: u32| {
            (i64::from(length) + by).clamp(1, i64::from(most.max(1))) as u32
        };
        self.rectangle.w = sized(w, wider, columns.saturating_sub(x));
        self.rectangle.h = sized(h, taller, rows.saturating_sub(y));
    }

    /// Takes the next proposal, or the one before.
    pub fn take(&mut self, forward: bool, times: usize) -> Option<Offer> {
        let count = self.offers.len();
        let times = times % count.max(1);
        let at = match (self.offer, forward) {
            _ if count == 0 => return None,
            (None, true) => times.saturating_sub(1),
            (None, false) => (count - times) % count,
            (Some(at), true) => (at + times) % count,
            (Some(at), false) => (at + count - times) % count,
        };
        let offer = *self.offers.get(at)?;
        self.offer = Some(at);
        (self.rectangle, self.frames) = (offer.rectangle, offer.frames);
        self.before = (offer.from == Source::Marked).then_some((offer.rectangle, offer.frames));
        Some(offer)
    }

    /// Proposes it, where it is not among what is proposed, and lies in a picture of that size.
    pub fn offer(&mut self, offer: Offer, (columns, rows): (u32, u32)) {
        let Rectangle { x, y, w, h } = offer.rectangle;
        if x >= columns || y >= rows {
            return;
        }
        let rectangle = Rectangle { w: w.min(columns - x), h: h.min(rows - y), ..offer.rectangle };
        // A mark is told as it stands, so that it can be taken away.
        let offer = if offer.from == Source::Marked { offer } else { Offer { rectangle, ..offer } };
        if !self.offers.iter().any(|known| (known.rectangle, known.frames) == (offer.rectangle, offer.frames))
        {
            self.offers.push(offer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_in_the_picture_and_keeps_a_pixel() {
        let mut drawing = Drawing::new(Rectangle { x: 5, y: 5, w: 10, h: 4 });
        drawing.shift(1000, -1000, (40, 30));
        assert_eq!(drawing.rectangle, Rectangle { x: 30, y: 0, w: 10, h: 4 });
        drawing.size(1000, -1000, (40, 30));
        assert_eq!(drawing.rectangle, Rectangle { x: 30, y: 0, w: 10, h: 1 });
        drawing.shift(-3, 2, (40, 30));
        drawing.size(2, 1, (40, 30));
        assert_eq!(drawing.rectangle, Rectangle { x: 27, y: 2, w: 12, h: 2 });
    }

    #[test]
    fn proposals_go_round() {
        let offer =
            |x, from| Offer { rectangle: Rectangle { x, y: 0, w: 9, h: 9 }, frames: Frames::All, from };
        let mut drawing = Drawing::new(offer(0, Source::Text).rectangle);
        assert_eq!(drawing.take(true, 1), None);
        for one in [
            offer(1, Source::Marked),
            offer(2, Source::Text),
            offer(2, Source::Device),
            offer(99, Source::Alike),
        ] {
            drawing.offer(one, (20, 20));
        }
        let taken: Vec<u32> =
            (0..3).filter_map(|_| drawing.take(true, 1)).map(|offer| offer.rectangle.x).collect();
        assert_eq!(taken, [1, 2, 1]);
        assert!(drawing.before.is_some());
        drawing.take(false, 1);
        assert!(drawing.before.is_none() && drawing.rectangle.x == 2);
    }
}
