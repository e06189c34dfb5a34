//! The glyph and the two colours that come nearest to a cell's dots.
//!
//! For a given division of the cell the best two colours are the means of its parts, channel by channel, so that
//! trying every division is exact. With `n` dots of sum `S` painted in `q`, the squared error is `Σv² − 2qS + nq²`;
//! `Σv²` is the same for every choice and left out.

use super::{
    Canvas, Cell, Colour, Dots, Pixels, Style,
    emit::{colour_bytes, sgr_bytes},
    glyphs::{Glyph, Grid, Shape, table},
};

const CELL: usize = Dots::ACROSS * Dots::DOWN;
/// Breaks ties towards fewer bytes.
const TIE: f32 = 1e-3;

/// Fills the part of the canvas that shows the picture.
pub(super) fn fill(canvas: &mut Canvas, dots: &Dots, style: &Style) {
    match &dots.pixels {
        Pixels::Grey(values) => fill_with(canvas, dots.width, values, style, |&v| [f32::from(v)]),
        Pixels::Rgb(values) => fill_with(canvas, dots.width, values, style, |v| v.map(f32::from)),
    }
}

fn fill_with<T, const N: usize>(
    canvas: &mut Canvas,
    width: usize,
    values: &[T],
    style: &Style,
    value: impl Fn(&T) -> [f32; N],
) {
    let glyphs = table(style.glyphs);
    let place = canvas.place;
    let mut fitter = Fitter::new(style, glyphs);
    for row in 0..place.rows {
        fitter.pen = Pen::default();
        for column in 0..place.columns {
            let mut cell = [[0.0; N]; CELL];
            for (at, line) in cell.chunks_exact_mut(Dots::ACROSS).enumerate() {
                let start = (usize::from(row) * Dots::DOWN + at) * width + usize::from(column) * Dots::ACROSS;
                for (dot, pixel) in line.iter_mut().zip(values.get(start..).unwrap_or_default()) {
                    *dot = value(pixel);
                }
            }
            let fitted = fitter.fit(&cell);
            canvas.set(place.column + column, place.row + row, fitted);
        }
    }
}

/// Sums of a cell's dots, from which the sum of any shape is read.
struct Sums<const N: usize> {
    total: [f32; N],
    /// Of the lower eighths: one eighth, two, …
    bottom: [[f32; N]; 8],
    left: [[f32; N]; 8],
    /// By rows of dots, in the left and right half.
    halves: [[[f32; N]; 2]; Dots::DOWN],
}

impl<const N: usize> Sums<N> {
    fn of(cell: &[[f32; N]; CELL]) -> Self {
        let mut sums = Self {
            total: [0.0; N],
            bottom: [[0.0; N]; 8],
            left: [[0.0; N]; 8],
            halves: [[[0.0; N]; 2]; Dots::DOWN],
        };
        for (row, line) in cell.chunks_exact(Dots::ACROSS).enumerate() {
            for (column, dot) in line.iter().enumerate() {
                for (channel, value) in dot.iter().enumerate() {
                    sums.halves[row][column / 4][channel] += value;
                    sums.left[column][channel] += value;
                }
            }
            for (channel, total) in sums.total.iter_mut().enumerate() {
                let line = sums.halves[row][0][channel] + sums.halves[row][1][channel];
                *total += line;
                sums.bottom[7 - row / 2][channel] += line;
            }
        }
        for at in 1..8 {
            for channel in 0..N {
                sums.bottom[at][channel] += sums.bottom[at - 1][channel];
                sums.left[at][channel] += sums.left[at - 1][channel];
            }
        }
        sums
    }

    fn blocks(&self, grid: Grid) -> [[f32; N]; 8] {
        let mut blocks = [[0.0; N]; 8];
        for (row, halves) in self.halves.iter().enumerate() {
            for (side, half) in halves.iter().enumerate() {
                for (channel, value) in half.iter().enumerate() {
                    blocks[2 * grid.row_of(row) + side][channel] += value;
                }
            }
        }
        blocks
    }
}

/// The colours that the terminal writes in at a cell, and what they look like.
#[derive(Clone, Copy, Default)]
struct Pen {
    fg: Option<Paint>,
    bg: Option<Paint>,
}

#[derive(Clone, Copy)]
struct Paint {
    colour: Colour,
    looks: [u8; 3],
}

struct Fitter<'s> {
    style: &'s Style,
    glyphs: &'static [Glyph],
    pen: Pen,
    /// The colour for each grey.
    greys: Vec<Paint>,
    lambda: f32,
}

struct Best {
    score: f32,
    cell: Cell,
    pen: Pen,
}

impl<'s> Fitter<'s> {
    fn new(style: &'s Style, glyphs: &'static [Glyph]) -> Self {
        let greys = (0..=255u8).map(|v| paint(style, [v; 3])).collect();
        Self { style, glyphs, pen: Pen::default(), greys, lambda: style.lambda.max(0.0) + TIE }
    }

    fn fit<const N: usize>(&mut self, cell: &[[f32; N]; CELL]) -> Cell {
        let sums = Sums::of(cell);
        let quadrants = sums.blocks(Grid::Quadrants);
        let deep = self.glyphs.len() > 19;
        let sextants = if deep { sums.blocks(Grid::Sextants) } else { [[0.0; N]; 8] };
        let octants = if deep { sums.blocks(Grid::Octants) } else { [[0.0; N]; 8] };
        let all = CELL as f32;
        let mut best = self.flat(sums.total.map(|sum| sum / all), &sums.total);
        for glyph in self.glyphs {
            let set = match glyph.shape {
                Shape::Bottom(k) => sums.bottom[usize::from(k & 7) - 1],
                Shape::Left(k) => sums.left[usize::from(k & 7) - 1],
                Shape::Blocks(Grid::Quadrants, bits) => subset(&quadrants, bits),
                Shape::Blocks(Grid::Sextants, bits) => subset(&sextants, bits),
                Shape::Blocks(Grid::Octants, bits) => subset(&octants, bits),
            };
            let rest = std::array::from_fn(|channel| sums.total[channel] - set[channel]);
            let parts = [Part { sum: set, dots: glyph.dots }, Part { sum: rest, dots: all - glyph.dots }];
            // No colours do better on this division than the means of its parts.
            if parts.iter().map(Part::least).sum::<f32>() >= best.score {
                continue;
            }
            self.try_glyph(glyph, &parts, &mut best);
        }
        self.pen = best.pen;
        best.cell
    }

    /// The cell in one colour.
    fn flat<const N: usize>(&self, mean: [f32; N], total: &[f32; N]) -> Best {
        let part = Part { sum: *total, dots: CELL as f32 };
        let own = self.nearest(mean);
        let mut best = self.flat_in(own, &part);
        for reused in [self.pen.bg, self.pen.fg].into_iter().flatten() {
            let other = self.flat_in(reused, &part);
            if other.score < best.score {
                best = other;
            }
        }
        best
    }

    fn flat_in<const N: usize>(&self, paint: Paint, part: &Part<N>) -> Best {
        let error = part.error(paint);
        let as_background = error + self.lambda * (1 + self.change(None, Some(paint))) as f32;
        let as_foreground = error + self.lambda * (3 + self.change(Some(paint), None)) as f32;
        if self.style.lambda > 0.0 && as_foreground < as_background {
            let bg = self.pen.bg.map_or(Colour::Default, |paint| paint.colour);
            let cell = Cell { glyph: '█', fg: paint.colour, bg };
            return Best { score: as_foreground, cell, pen: Pen { fg: Some(paint), ..self.pen } };
        }
        let fg = self.pen.fg.map_or(Colour::Default, |paint| paint.colour);
        let cell = Cell { glyph: ' ', fg, bg: paint.colour };
        Best { score: as_background, cell, pen: Pen { bg: Some(paint), ..self.pen } }
    }

    fn try_glyph<const N: usize>(&self, glyph: &Glyph, parts: &[Part<N>; 2], best: &mut Best) {
        let own = parts.each_ref().map(|part| self.nearest(part.mean()));
        let ways = [Some((glyph.on, 0)), glyph.off.map(|off| (off, 1))];
        for (character, front) in ways.into_iter().flatten() {
            let (fg_part, bg_part) = (&parts[front], &parts[1 - front]);
            let fgs = [Some(own[front]), self.pen.fg];
            let bgs = [Some(own[1 - front]), self.pen.bg];
            let reuse = if self.style.lambda > 0.0 { 2 } else { 1 };
            for fg in fgs.into_iter().take(reuse).flatten() {
                let fg_error = fg_part.error(fg);
                for bg in bgs.into_iter().take(reuse).flatten() {
                    let bytes = character.len_utf8() + self.change(Some(fg), Some(bg));
                    let score = fg_error + bg_part.error(bg) + self.lambda * bytes as f32;
                    if score < best.score {
                        let cell = Cell { glyph: character, fg: fg.colour, bg: bg.colour };
                        *best = Best { score, cell, pen: Pen { fg: Some(fg), bg: Some(bg) } };
                    }
                }
            }
        }
    }

    /// Bytes to change the pen.
    fn change(&self, fg: Option<Paint>, bg: Option<Paint>) -> usize {
        let part = |new: Option<Paint>, old: Option<Paint>| {
            let new = new.map(|paint| paint.colour)?;
            (old.map(|paint| paint.colour) != Some(new)).then(|| colour_bytes(new))
        };
        sgr_bytes(part(fg, self.pen.fg), part(bg, self.pen.bg))
    }

    fn nearest<const N: usize>(&self, mean: [f32; N]) -> Paint {
        let byte = |at: usize| (mean.get(at).copied().unwrap_or_default() + 0.5).clamp(0.0, 255.0) as u8;
        if N == 1 {
            let dark = Paint { colour: Colour::Default, looks: [0; 3] };
            return self.greys.get(usize::from(byte(0))).copied().unwrap_or(dark);
        }
        paint(self.style, [byte(0), byte(1), byte(2)])
    }
}

fn paint(style: &Style, rgb: [u8; 3]) -> Paint {
    let (colour, looks) = style.colours.nearest(rgb);
    Paint { colour, looks }
}

fn subset<const N: usize>(blocks: &[[f32; N]; 8], mut bits: u8) -> [f32; N] {
    let mut sum = [0.0; N];
    while bits != 0 {
        let block = blocks[bits.trailing_zeros() as usize];
        for (sum, value) in sum.iter_mut().zip(block) {
            *sum += value;
        }
        bits &= bits - 1;
    }
    sum
}

/// The dots of one colour.
struct Part<const N: usize> {
    sum: [f32; N],
    dots: f32,
}

impl<const N: usize> Part<N> {
    fn mean(&self) -> [f32; N] {
        self.sum.map(|sum| sum / self.dots)
    }

    /// The error of the mean, without `Σv²`. The channels count as one.
    fn least(&self) -> f32 {
        -self.sum.iter().map(|sum| sum * sum).sum::<f32>() / self.dots / N as f32
    }

    fn error(&self, paint: Paint) -> f32 {
        let channels = self.sum.iter().zip(paint.looks);
        let error = channels.map(|(sum, looks)| {
            let looks = f32::from(looks);
            looks * (self.dots * looks - 2.0 * sum)
        });
        error.sum::<f32>() / N as f32
    }
}
