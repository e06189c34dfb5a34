//! Cells for terminals of few colours: each block of a cell takes one of two neighbouring colours by a fixed
//! pattern of thresholds, so that the mean over some cells is the picture's.

use super::{
    Canvas, Cell, Colour, Colours, Dots, Glyphs, Pixels, Style,
    glyphs::Grid,
    palette::{FIRST, distance, grey},
};

/// The thresholds of an ordered dither.
const BAYER: [[u8; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];
/// Greys of the first 16 colours, darkest first.
const GREYS: [u8; 4] = [0, 8, 7, 15];
/// Letters from dark to bright, by the ink that fonts give them.
const INK: [char; 10] = [' ', '.', ':', '-', '=', '+', '*', '#', '%', '@'];
/// How far colours are moved to reach their neighbours.
const SPREAD: f32 = 110.0;

/// Fills the part of the canvas that shows the picture.
pub(super) fn fill(canvas: &mut Canvas, dots: &Dots, style: &Style) {
    let place = canvas.place;
    for row in 0..place.rows {
        for column in 0..place.columns {
            let cell = Blocks { dots, style, column: column.into(), row: row.into() }.cell();
            canvas.set(place.column + column, place.row + row, cell);
        }
    }
}

struct Blocks<'a> {
    dots: &'a Dots,
    style: &'a Style,
    column: usize,
    row: usize,
}

impl Blocks<'_> {
    fn cell(&self) -> Cell {
        let (across, down) = match self.style.glyphs {
            Glyphs::Ascii => (1, 1),
            Glyphs::Half => (1, 2),
            Glyphs::Quadrants => (2, 2),
            Glyphs::Sextants => (2, 3),
            Glyphs::Octants => (2, 4),
        };
        if self.style.glyphs == Glyphs::Ascii {
            return self.letter();
        }
        let mut wanted = Vec::with_capacity(8);
        let mut taken = Vec::with_capacity(8);
        for y in 0..down {
            for x in 0..across {
                let rgb = self.mean((x, across), (y, down));
                wanted.push(rgb);
                taken.push(self.pick(rgb, self.column * across + x, self.row * down + y));
            }
        }
        let (back, front) = pair(&wanted, &taken);
        let mut bits = 0u8;
        for (at, (rgb, own)) in wanted.iter().zip(&taken).enumerate() {
            let nearer = distance(FIRST[front], *rgb) < distance(FIRST[back], *rgb);
            let is_front = if *own == front || *own == back { *own == front } else { nearer };
            bits |= u8::from(is_front && front != back) << at;
        }
        let glyph = match (across, down) {
            (1, _) => Grid::Quadrants.glyph([0, 3, 12, 15][usize::from(bits & 3)]),
            (_, 2) => Grid::Quadrants.glyph(bits),
            (_, 3) => Grid::Sextants.glyph(bits),
            _ => Grid::Octants.glyph(bits),
        };
        if self.style.colours == Colours::Mono {
            // The foreground is the brighter one; a cell all bright has no division.
            let glyph = if front == back && front != 0 { '█' } else { glyph };
            return Cell { glyph, fg: Colour::Default, bg: Colour::Default };
        }
        let fg = Colour::Indexed(front as u8);
        Cell { glyph, fg, bg: Colour::Indexed(back as u8) }
    }

    /// A cell without block characters.
    fn letter(&self) -> Cell {
        let rgb = self.mean((0, 1), (0, 1));
        let bg = match self.style.colours {
            Colours::Mono => {
                let level = usize::from(grey(rgb)) * INK.len() / 256;
                return Cell { glyph: INK.get(level).copied().unwrap_or(' '), ..Cell::BLANK };
            }
            Colours::Indexed16 => Colour::Indexed(self.pick(rgb, self.column, self.row) as u8),
            colours => colours.nearest(rgb).0,
        };
        Cell { glyph: ' ', fg: Colour::Default, bg }
    }

    /// The colour, of the first 16, for a block at a place of the pattern.
    fn pick(&self, rgb: [u8; 3], x: usize, y: usize) -> usize {
        let threshold = (f32::from(BAYER[y % 4][x % 4]) + 0.5) / 16.0;
        if self.style.colours == Colours::Mono {
            return if f32::from(grey(rgb)) / 255.0 > threshold { 15 } else { 0 };
        }
        let is_grey = rgb[0].abs_diff(rgb[1]) < 12 && rgb[1].abs_diff(rgb[2]) < 12;
        if is_grey {
            return grey_step(grey(rgb), threshold);
        }
        let moved = rgb.map(|v| (f32::from(v) + (threshold - 0.5) * SPREAD).clamp(0.0, 255.0) as u8);
        (0..16).min_by_key(|&at| distance(FIRST[at], moved)).unwrap_or(0)
    }

    /// The mean of a block: one of so many across, one of so many down.
    fn mean(&self, (x, across): (usize, usize), (y, down): (usize, usize)) -> [u8; 3] {
        let edge = |cell: usize, size: usize, part: usize, parts: usize| {
            cell * size + (size * part + parts / 2) / parts
        };
        let (left, right) =
            (edge(self.column, Dots::ACROSS, x, across), edge(self.column, Dots::ACROSS, x + 1, across));
        let (top, bottom) = (edge(self.row, Dots::DOWN, y, down), edge(self.row, Dots::DOWN, y + 1, down));
        let mut sum = [0u32; 3];
        let mut count = 0;
        for line in top..bottom {
            for column in left..right {
                let at = line * self.dots.width + column;
                let dot = match &self.dots.pixels {
                    Pixels::Grey(values) => values.get(at).map(|&v| [v; 3]),
                    Pixels::Rgb(values) => values.get(at).copied(),
                };
                for (sum, value) in sum.iter_mut().zip(dot.unwrap_or_default()) {
                    *sum += u32::from(value);
                }
                count += 1;
            }
        }
        sum.map(|sum| (sum / count.max(1)) as u8)
    }
}

/// One of the two greys around a value, the brighter one if the value is further on its way to it than the
/// threshold.
fn grey_step(value: u8, threshold: f32) -> usize {
    let of = |at: u8| FIRST[usize::from(at)][0];
    let steps = GREYS.windows(2).find(|pair| value <= of(pair[1])).unwrap_or(&GREYS[2..]);
    let (low, high) = (of(steps[0]), of(steps[1]));
    let way = f32::from(value.saturating_sub(low)) / f32::from(high - low);
    usize::from(if way > threshold { steps[1] } else { steps[0] })
}

/// The two of the colours taken that come nearest to the blocks together, the darker one first.
fn pair(wanted: &[[u8; 3]], taken: &[usize]) -> (usize, usize) {
    let mut best = (u32::MAX, 0, 0);
    for (at, &a) in taken.iter().enumerate() {
        for &b in &taken[at..] {
            let error = wanted.iter().zip(taken).map(|(rgb, own)| {
                let off =
                    |colour: usize| distance(FIRST[colour], FIRST[*own]) + distance(FIRST[colour], *rgb) / 16;
                off(a).min(off(b))
            });
            let error = error.sum();
            if error < best.0 {
                best = (error, a, b);
            }
        }
    }
    let (_, a, b) = best;
    if grey(FIRST[a]) <= grey(FIRST[b]) { (a, b) } else { (b, a) }
}
