//! Text burned into pixels: where it is, and what it says.
//!
//! Writing is told from anatomy by its strokes. They are thin, stand out from what is around them with sharp
//! edges, and form pieces of one height, one contrast and one stroke width that stand in a row on a line, close
//! together and not all alike. [`search`] looks for such rows in a [`Picture`], bright on dark and dark on bright,
//! and in the colours of a colour picture. No weights, no dictionary; time linear in the pixels. [`read`] says what they say.
//! A [`TextReader`] does both, with the models of others besides where somebody gives a pair.
//! Uses `raster`. Measured by `tests/bench/text`.

mod line;
mod models;
mod piece;
mod plane;
mod reader;
mod row;
mod strokes;
mod text_reader;

use crate::raster::{Picture, Pixels};
use line::lines;
pub use models::{ModelError, Models, Origin};
use piece::pieces;
use plane::Plane;
pub use reader::{Line, Spotter, folded, read};
use strokes::strokes;
pub use text_reader::TextReader;

/// A rectangle that holds a line of text, in pixels of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextBox {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
    /// How sure it is text, in per cent.
    pub confidence: u8,
    /// How many letters it holds, guessed where they touch.
    pub letters: u16,
}

/// A part of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rect {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// A place of text, and the lines that were seen in it: of one line often several, of which one fits best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub place: TextBox,
    pub(crate) lines: Vec<Rect>,
}

/// Readings of one place at most.
const MOST_LINES: usize = 4;

/// Pixels of a plane; of larger pictures the half is taken, whose letters are large too.
const MOST: usize = 12 << 20;
/// Pixels of a letter's height, at the coarse scale.
const LARGE: u32 = 14;
/// Sides of planes that are not halved any more.
const SMALLEST: usize = 128;

/// From which confidence, in per cent, and how many letters on, one line alone shows that there is text.
const SURE: u8 = 98;
const LETTERS: u16 = 4;

impl TextBox {
    /// Whether it shows alone that there is text, and more than a mark of a few letters.
    pub fn is_sure(&self) -> bool {
        self.confidence >= SURE && self.letters >= LETTERS
    }

    fn right(&self) -> u32 {
        self.x + self.width
    }

    fn bottom(&self) -> u32 {
        self.y + self.height
    }

    /// Pixels that both hold.
    fn shared(&self, other: &Self) -> u64 {
        let width = self.right().min(other.right()).saturating_sub(self.x.max(other.x));
        let height = self.bottom().min(other.bottom()).saturating_sub(self.y.max(other.y));
        u64::from(width) * u64::from(height)
    }

    fn area(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Whether more than half of `other` lies in it.
    pub fn covers(&self, other: &Self) -> bool {
        2 * self.shared(other) > other.area()
    }

    fn joined(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
            confidence: self.confidence.max(other.confidence),
            letters: self.letters.max(other.letters),
        }
    }
}

impl Rect {
    fn scaled(self, scale: u32) -> Self {
        let [x, y, width, height] = [self.x, self.y, self.width, self.height].map(|side| side * scale);
        Self { x, y, width, height }
    }

    /// With so many columns more on either side; may reach out of the picture.
    fn widened(self, more: u32) -> Self {
        let x = self.x.saturating_sub(more);
        Self { x, width: (self.x - x).saturating_add(self.width).saturating_add(more), ..self }
    }

    /// Pixels that both hold.
    fn shared(&self, other: &Self) -> u64 {
        let side = |a: u32, b: u32, c: u32, d: u32| u64::from((a + b).min(c + d).saturating_sub(a.max(c)));
        side(self.x, self.width, other.x, other.width) * side(self.y, self.height, other.y, other.height)
    }

    fn area(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Whether reading both would be reading one twice.
    fn is_like(&self, other: &Self) -> bool {
        let shared = self.shared(other);
        10 * shared > 8 * (self.area() + other.area() - shared)
    }
}

impl Found {
    /// A place as a whole, without knowing where in it the lines are.
    pub fn whole(place: TextBox) -> Self {
        let TextBox { x, y, width, height, .. } = place;
        Self { place, lines: vec![Rect { x, y, width, height }] }
    }

    fn scaled(mut self, scale: u32) -> Self {
        let [x, y, width, height] =
            [self.place.x, self.place.y, self.place.width, self.place.height].map(|side| side * scale);
        self.place = TextBox { x, y, width, height, ..self.place };
        self.lines.iter_mut().for_each(|line| *line = line.scaled(scale));
        self
    }

    fn join(&mut self, other: Self) {
        self.place = self.place.joined(&other.place);
        for line in other.lines {
            if self.lines.len() < MOST_LINES && !self.lines.iter().any(|own| own.is_like(&line)) {
                self.lines.push(line);
            }
        }
    }
}

/// Lines of text in a picture, from top to bottom.
pub fn find(picture: &Picture) -> Vec<TextBox> {
    search(picture).into_iter().map(|found| found.place).collect()
}

/// The same, to be read: see [`read`].
pub fn search(picture: &Picture) -> Vec<Found> {
    let (width, height) = (picture.columns as usize, picture.rows as usize);
    if width < 16 || height < 8 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for mut plane in planes(&picture.pixels, width, height) {
        let mut scale = 1;
        while plane.values.len() > MOST {
            plane = plane.halved();
            scale *= 2;
        }
        for coarse in [false, true, true] {
            for plane in [&plane, &plane.inverted()] {
                found.extend(in_plane(plane, coarse).into_iter().map(|own| own.scaled(scale)));
            }
            if plane.width.min(plane.height) < SMALLEST {
                break;
            }
            plane = plane.halved();
            scale *= 2;
        }
    }
    merge(found)
}

/// Of a coarse plane only what is too large to be found at the finer one.
fn in_plane(plane: &Plane, coarse: bool) -> Vec<Found> {
    let strokes = strokes(plane);
    lines(&pieces(&strokes), &strokes, if coarse { LARGE } else { 0 })
}

/// Brightness, and of colour pictures the strongest channel too, since coloured letters may be as bright as
/// what is behind them.
fn planes(pixels: &Pixels, width: usize, height: usize) -> Vec<Plane> {
    match pixels {
        Pixels::Grey(values) => vec![Plane { width, height, values: values.clone() }],
        Pixels::Rgb(values) => {
            let brightness = |&[r, g, b]: &[u8; 3]| {
                ((u32::from(r) * 77 + u32::from(g) * 150 + u32::from(b) * 29) >> 8) as u8
            };
            let strongest = |rgb: &[u8; 3]| rgb.iter().copied().max().unwrap_or(0);
            let is_coloured = |rgb: &&[u8; 3]| strongest(rgb) - rgb.iter().copied().min().unwrap_or(0) > 48;
            let mut planes = vec![Plane { width, height, values: values.iter().map(brightness).collect() }];
            // Some stray pixels of compression are no colour.
            if values.iter().step_by(7).filter(is_coloured).count() * 7 * 1000 > values.len() {
                planes.push(Plane { width, height, values: values.iter().map(strongest).collect() });
            }
            planes
        }
    }
}

/// One box for what was found twice.
fn merge(mut all: Vec<Found>) -> Vec<Found> {
    all.sort_by_key(|own| (own.place.y, own.place.x));
    let mut merged: Vec<Found> = Vec::new();
    for own in all {
        let place = own.place;
        let twin = merged
            .iter_mut()
            .find(|other| 2 * place.shared(&other.place) > place.area().min(other.place.area()));
        match twin {
            Some(other) => other.join(own),
            None => merged.push(own),
        }
    }
    merged
}
