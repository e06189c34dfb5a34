use crate::{
    burnin::{Line, TextBox, TextReader},
    leak::Region,
    raster::Picture,
};

/// Places of text that one file may tell; a page has fewer.
const MOST: usize = 256;

/// What was seen in the frames of an image so far.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    reader: &'a TextReader,
    pub lines: Vec<SeenLine>,
}

/// A place of text, and what it was read to say.
#[derive(Debug)]
pub(super) struct SeenLine {
    pub frame: u32,
    pub place: TextBox,
    pub line: Line,
}

impl SeenLine {
    pub fn region(&self) -> Region {
        let TextBox { x, y, width, height, .. } = self.place;
        Region { frame: self.frame, x, y, w: width, h: height }
    }
}

impl<'a> Seen<'a> {
    /// Nothing yet.
    pub fn by(reader: &'a TextReader) -> Self {
        Self { reader, lines: Vec::new() }
    }

    /// Adds what the picture of frame `number` shows, but for what an earlier one showed in the same place. Reads it
    /// while `goes_on` says so; the rest stays unread.
    pub fn add(&mut self, number: u32, picture: &Picture, goes_on: &dyn Fn() -> bool) {
        self.add_at(number, picture, (0, 0), goes_on);
    }

    /// The same, of a picture whose first pixel lies at (`x`, `y`).
    pub fn add_at(&mut self, number: u32, picture: &Picture, (x, y): (i32, i32), goes_on: &dyn Fn() -> bool) {
        let earlier = self.lines.len();
        for found in self.reader.search(picture) {
            let TextBox { x: left, y: top, .. } = found.place;
            let place =
                TextBox { x: left.saturating_add_signed(x), y: top.saturating_add_signed(y), ..found.place };
            let known = self.lines.iter().take(earlier).any(|other| other.place.covers(&place));
            if !known && self.lines.len() < MOST {
                let line = if goes_on() { self.reader.read(picture, &found) } else { Line::default() };
                self.lines.push(SeenLine { frame: number, place, line });
            }
        }
    }
}
