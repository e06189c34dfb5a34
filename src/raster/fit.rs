//! The glyph and the two colours that come nearest to a cell's dots.
//!
//! For a given division of the cell the best two colours are the means of its parts, channel by channel, so that
//! trying every division is exact. With `n` dots of sum `S` painted in `q`, the squared error is `Σv² − 2qS + nq²`;
//! `Σv²` is the same for every choice and left out.

use super::{
    Canvas, Cell, Colour, Dots, Pixels, Style,
    emit::{colour_bytes, sgr_bytes},
    glyphs::{Glyph, Grid, Shape, Spans, table},
};

const CELL: usize = Dots::ACROSS * Dots::DOWN;
/// More than any set has.
const MOST_GLYPHS: usize = 256;
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

/// Sums of a cell's dots, from which the sum of any shape is read: for each row those of the first dots, none to
/// all.
struct Sums<const N: usize> {
    rows: [[[f32; N]; Dots::ACROSS + 1]; Dots::DOWN],
}

impl<const N: usize> Sums<N> {
    fn of(cell: &[[f32; N]; CELL]) -> Self {
        let mut rows = [[[0.0; N]; Dots::ACROSS + 1]; Dots::DOWN];
        for (sums, line) in rows.iter_mut().zip(cell.chunks_exact(Dots::ACROSS)) {
            for (column, dot) in line.iter().enumerate() {
                sums[column + 1] = add(sums[column], *dot);
            }
        }
        Self { rows }
    }

    /// Of the first dots of every row.
    fn left(&self, dots: usize) -> [f32; N] {
        self.rows.iter().fold([0.0; N], |sum, row| add(sum, row[dots]))
    }

    fn bottom(&self, dots: usize) -> [f32; N] {
        self.rows.iter().rev().take(dots).fold([0.0; N], |sum, row| add(sum, row[Dots::ACROSS]))
    }

    fn wedge(&self, spans: &Spans) -> [f32; N] {
        self.rows.iter().zip(spans).fold([0.0; N], |sum, (row, &(from, to))| {
            add(sum, subtract(row[usize::from(to)], row[usize::from(from)]))
        })
    }

    fn blocks(&self, grid: Grid) -> [[f32; N]; 8] {
        let mut blocks = [[0.0; N]; 8];
        for (row, sums) in self.rows.iter().enumerate() {
            let at = 2 * grid.row_of(row);
            blocks[at] = add(blocks[at], sums[4]);
            blocks[at + 1] = add(blocks[at + 1], subtract(sums[8], sums[4]));
        }
        blocks
    }
}

fn add<const N: usize>(a: [f32; N], b: [f32; N]) -> [f32; N] {
    std::array::from_fn(|channel| a[channel] + b[channel])
}

fn subtract<const N: usize>(a: [f32; N], b: [f32; N]) -> [f32; N] {
    std::array::from_fn(|channel| a[channel] - b[channel])
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
        let total = sums.left(Dots::ACROSS);
        let mut best = self.flat(total.map(|sum| sum / all), &total);
        let mut divisions = [([Part { sum: [0.0; N], dots: 1.0 }; 2], 0.0); MOST_GLYPHS];
        let (mut first, mut lowest) = (0, f32::INFINITY);
        for (at, (glyph, division)) in self.glyphs.iter().zip(&mut divisions).enumerate() {
            let set = match glyph.shape {
                Shape::Bottom(k) => sums.bottom(2 * usize::from(k)),
                Shape::Left(k) => sums.left(usize::from(k & 7)),
                Shape::Wedge(spans) => sums.wedge(spans),
                Shape::Blocks(Grid::Quadrants, bits) => subset(&quadrants, bits),
                Shape::Blocks(Grid::Sextants, bits) => subset(&sextants, bits),
                Shape::Blocks(Grid::Octants, bits) => subset(&octants, bits),
            };
            let rest = Part { sum: subtract(total, set), dots: all - glyph.dots };
            let parts = [Part { sum: set, dots: glyph.dots }, rest];
            // No colours do better on a division than the means of its parts.
            *division = (parts, parts.iter().map(Part::least).sum());
            if division.1 < lowest {
                (first, lowest) = (at, division.1);
            }
        }
        // The most promising first, so that most of the others need no closer look.
        if let Some(glyph) = self.glyphs.get(first) {
            self.try_glyph(glyph, &divisions[first].0, &mut best);
        }
        for (glyph, (parts, least)) in self.glyphs.iter().zip(&divisions) {
            if least + self.lambda * glyph.on.len_utf8() as f32 <= best.score {
                self.try_glyph(glyph, parts, &mut best);
            }
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
        sum = add(sum, blocks[bits.trailing_zeros() as usize]);
        bits &= bits - 1;
    }
    sum
}

/// The dots of one colour.
#[derive(Clone, Copy)]
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

#[cfg(test)]
mod tests {
    use super::super::{Colours, Glyphs, Placement, Size, dots, emit};
    use super::*;

    /// A cell of noise over an edge, the same for the same seed.
    fn cell(seed: u32) -> Vec<[u8; 3]> {
        let mut state = seed.wrapping_mul(2_654_435_761).max(1);
        let mut next = move || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state
        };
        let (slope, offset) = (next() % 7, next() % 40);
        (0..CELL as u32)
            .map(|at| {
                let bright = at % 8 * slope + at / 8 * (6 - slope) > offset;
                [0, 1, 2].map(|_| (next() % 80 + if bright { 150 } else { 20 }) as u8)
            })
            .collect()
    }

    fn drawn(pixels: Pixels, columns: u16, style: &Style) -> Canvas {
        let place = Placement { columns, rows: 1, ..Placement::default() };
        let mut canvas = Canvas::blank(Size { columns, rows: 1 }, place);
        let width = usize::from(columns) * Dots::ACROSS;
        fill(&mut canvas, &Dots { width, height: Dots::DOWN, pixels }, style);
        canvas
    }

    fn error(cell: &Cell, pixels: &[[u8; 3]]) -> u32 {
        let rgb = |colour| match colour {
            Colour::Rgb(r, g, b) => [r, g, b],
            _ => [0; 3],
        };
        let set = dots(cell.glyph).unwrap();
        let shown = (0..CELL).map(|dot| rgb(if set >> dot & 1 == 1 { cell.fg } else { cell.bg }));
        shown.zip(pixels).map(|(shown, wanted)| super::super::palette::distance(shown, *wanted)).sum()
    }

    /// The least error that any division of the set reaches, by trying them all dot by dot.
    fn least_error(set: Glyphs, pixels: &[[u8; 3]]) -> u32 {
        let errors = table(set).iter().map(|glyph| {
            let mask = dots(glyph.on).unwrap();
            let mean = |side: u128| {
                let own: Vec<&[u8; 3]> =
                    (0..CELL).filter(|dot| mask >> dot & 1 == side).map(|dot| &pixels[dot]).collect();
                let channel =
                    |at: usize| own.iter().map(|rgb| f64::from(rgb[at])).sum::<f64>() / own.len() as f64;
                [0, 1, 2].map(|at| channel(at).round() as u8)
            };
            let [rest, front] = [mean(0), mean(1)].map(|[r, g, b]| Colour::Rgb(r, g, b));
            error(&Cell { glyph: glyph.on, fg: front, bg: rest }, pixels)
        });
        errors.min().unwrap()
    }

    #[test]
    fn no_division_does_better() {
        for set in [Glyphs::Half, Glyphs::Quadrants, Glyphs::Sextants, Glyphs::Octants] {
            let style = Style { glyphs: set, ..Style::default() };
            for seed in 0..6 {
                let colour = cell(seed);
                let canvas = drawn(Pixels::Rgb(colour.clone()), 1, &style);
                assert!(error(&canvas.cells[0], &colour) <= least_error(set, &colour) + 8, "{set:?} {seed}");
                let grey: Vec<[u8; 3]> = colour.iter().map(|rgb| [rgb[0]; 3]).collect();
                let canvas = drawn(Pixels::Grey(grey.iter().map(|rgb| rgb[0]).collect()), 1, &style);
                assert!(error(&canvas.cells[0], &grey) <= least_error(set, &grey) + 8, "{set:?} {seed}");
            }
        }
    }

    #[test]
    fn lambda_trades_error_for_bytes() {
        let columns = 24;
        let cells: Vec<Vec<[u8; 3]>> = (0..columns).map(|seed| cell(seed % 5)).collect();
        let line = |at: usize| cells.iter().flat_map(move |cell| cell[at * 8..at * 8 + 8].iter().copied());
        let pixels: Vec<[u8; 3]> = (0..Dots::DOWN).flat_map(line).collect();
        let mut last = (usize::MAX, 0);
        for lambda in [0.0, Style::LOCAL, Style::remote(Colours::True), 2000.0] {
            let style = Style { lambda, colours: Colours::True, ..Style::default() };
            let canvas = drawn(Pixels::Rgb(pixels.clone()), columns as u16, &style);
            let mut out = Vec::new();
            emit(&canvas, &mut out).unwrap();
            let total = canvas.cells.iter().zip(&cells).map(|(cell, wanted)| error(cell, wanted)).sum();
            assert!(out.len() <= last.0 && total >= last.1, "λ {lambda}: {} {total}, {last:?}", out.len());
            last = (out.len(), total);
        }
    }
}
