use super::{
    Found, Rect, TextBox,
    piece::{LOWEST, Piece},
    strokes::Strokes,
};
use std::ops::Range;

/// Points from which on a row is writing, of [`Measures::points`]: where, over drawn pictures with and without
/// text, four rows of five that reach them are.
const ENOUGH: f32 = 33.9;
/// The same for large letters, which anatomy is more often like.
const ENOUGH_LARGE: f32 = 36.0;
/// Points at which half of the rows are writing.
const EVEN: f32 = 32.5;

/// Pieces beside each other.
pub(super) struct Row<'p> {
    pieces: &'p [&'p Piece],
    strokes: &'p Strokes,
    top: u32,
    bottom: u32,
    left: u32,
    right: u32,
    /// The usual height of its letters.
    letter: f32,
}

/// What tells writing from other rows of pieces. Shares and ratios, but for the first two.
struct Measures {
    /// Letters, as far as their number can be guessed where they touch.
    letters: f32,
    /// Pieces as high as letters.
    tall: f32,
    /// The share that stands on one line or hangs from one.
    level: f32,
    /// The share that is unlike the others: the marks of a ruler and the dots of a grid are alike.
    distinct: f32,
    /// How often a row of pixels, and a column, crosses a stroke of a letter: a bar is crossed once.
    runs: f32,
    columns: f32,
    /// The share that fills its rectangle.
    solid: f32,
    /// The share that is as near to the next one, and as high, as letters are.
    near: f32,
    /// How much stands out between and around the strokes, over how much the strokes do: little in writing, much
    /// in noise and textures.
    rough: f32,
    /// How dense strokes are just above and below, over how dense they are within.
    margin: f32,
}

impl Measures {
    /// The more, the more likely it is writing. The weights are those that separate drawn pictures with text from
    /// drawn pictures without, rounded.
    fn points(&self) -> f32 {
        5.8 * falling(self.rough, 0.08, 0.3)
            + 4.3 * falling(self.margin, 0.1, 0.7)
            + 5.4 * rising(self.level, 0.4, 0.9)
            + 5.2 * rising(self.distinct, 0.3, 0.9)
            + 2.3 * rising(self.runs + self.columns, 2.05, 2.8)
            + 7.0 * rising(self.columns, 1.0, 1.5)
            + 2.3 * falling(self.solid, 0.1, 0.6)
            + 1.5 * rising(self.near, 0.1, 0.7)
            + 3.4 * rising(self.letters.ln(), 3f32.ln(), 12f32.ln())
            + 5.5 * rising(self.tall, 1.0, 6.0)
    }
}

impl<'p> Row<'p> {
    pub fn of(pieces: &'p [&'p Piece], strokes: &'p Strokes) -> Self {
        let mut heights: Vec<u32> = pieces.iter().map(|piece| piece.height()).collect();
        heights.sort_unstable();
        // Capitals and digits rather than commas.
        let letter = heights.get(heights.len() * 2 / 3).copied().unwrap_or(1) as f32;
        Self {
            pieces,
            strokes,
            top: pieces.iter().map(|piece| piece.top).min().unwrap_or(0),
            bottom: pieces.iter().map(|piece| piece.bottom).max().unwrap_or(0),
            left: pieces.iter().map(|piece| piece.left).min().unwrap_or(0),
            right: pieces.iter().map(|piece| piece.right).max().unwrap_or(0),
            letter,
        }
    }

    /// The row's box if it is writing with letters at least `least` high.
    pub fn judged(&self, least: u32) -> Option<Found> {
        if self.letter < LOWEST.max(least) as f32 {
            return None;
        }
        let measures = self.measures()?;
        let points = measures.points();
        if points < if least > 0 { ENOUGH_LARGE } else { ENOUGH } {
            return None;
        }
        let sure = 1.0 / (1.0 + (EVEN - points).exp());
        let (x, y) = (self.left.saturating_sub(1), self.top.saturating_sub(1));
        let place = TextBox {
            x,
            y,
            width: (self.right + 1).min(self.strokes.width as u32) - x,
            height: (self.bottom + 1).min(self.strokes.height() as u32) - y,
            confidence: (sure * 100.0).min(99.0) as u8,
            letters: measures.letters as u16,
        };
        Some(Found { place, lines: vec![self.core()] })
    }

    /// Where the letters are, without what stands beside them and is none: an edge of bone, the frame of a plate.
    fn core(&self) -> Rect {
        let letter = self.letter as u32;
        let like = |piece: &&&Piece| (6 * letter..=17 * letter).contains(&(10 * piece.height()));
        let mut bottoms: Vec<u32> = self.pieces.iter().filter(like).map(|piece| piece.bottom).collect();
        bottoms.sort_unstable();
        let base = bottoms.get(bottoms.len() / 2).copied().unwrap_or(self.bottom);
        let on_line = |piece: &&&Piece| 20 * piece.bottom.abs_diff(base) <= 9 * letter;
        let letters: Vec<&Piece> = self.pieces.iter().filter(like).filter(on_line).copied().collect();
        let (first, last) = (letters.iter().map(|piece| piece.left), letters.iter().map(|piece| piece.right));
        let top = letters.iter().map(|piece| piece.top).min().unwrap_or(self.top);
        let bottom = letters.iter().map(|piece| piece.bottom).max().unwrap_or(self.bottom);
        // Letters at the ends that touch something else are no letters here.
        let left = first.min().unwrap_or(self.left).saturating_sub(letter).max(self.left);
        let right = (last.max().unwrap_or(self.right) + letter).min(self.right);
        Rect { x: left, y: top, width: right.saturating_sub(left), height: bottom.saturating_sub(top) }
    }

    /// `None` of fewer than three letters.
    fn measures(&self) -> Option<Measures> {
        let is_tall = |piece: &&&Piece| piece.height() as f32 >= 0.6 * self.letter;
        let tall: Vec<&Piece> = self.pieces.iter().filter(is_tall).copied().collect();
        // Letters that touch are one piece as wide as all of them.
        let wide = |piece: &&Piece| (piece.width() as f32 / (0.65 * self.letter)).round().max(1.0);
        let letters: f32 = tall.iter().map(wide).sum();
        if tall.is_empty() || letters < 3.0 {
            return None;
        }
        let sum = |of: fn(&Piece) -> u32| tall.iter().map(|piece| of(piece)).sum::<u32>() as f32;
        let count = tall.len() as f32;
        let solid = |piece: &&&Piece| piece.area * 10 >= piece.width() * piece.height() * 9;
        Some(Measures {
            letters,
            tall: count,
            level: self.level(&tall),
            distinct: distinct(&tall),
            runs: sum(|piece| piece.runs) / sum(Piece::height),
            columns: sum(|piece| piece.column_runs) / sum(Piece::width),
            solid: tall.iter().filter(solid).count() as f32 / count,
            near: self.near(&tall),
            rough: self.rough(),
            margin: self.margin(),
        })
    }

    fn level(&self, tall: &[&Piece]) -> f32 {
        let reach = (0.12 * self.letter).max(1.0);
        let share = |edge: fn(&Piece) -> u32| {
            let mut edges: Vec<u32> = tall.iter().map(|piece| edge(piece)).collect();
            edges.sort_unstable();
            let middle = edges.get(edges.len() / 2).copied().unwrap_or(0);
            let level = edges.iter().filter(|edge| edge.abs_diff(middle) as f32 <= reach);
            level.count() as f32 / tall.len() as f32
        };
        share(|piece| piece.bottom).max(share(|piece| piece.top))
    }

    fn near(&self, tall: &[&Piece]) -> f32 {
        let gaps = tall.windows(2).map(|pair| pair[1].left as f32 - pair[0].right as f32);
        let near = gaps.filter(|gap| *gap <= 0.5 * self.letter).count() + 1;
        // Capitals, or letters without ascenders.
        let as_high = tall.iter().filter(|piece| {
            let share = piece.height() as f32 / self.letter;
            (share - 1.0).abs() < 0.13 || (share - 0.73).abs() < 0.1
        });
        (near * as_high.count()) as f32 / (tall.len() * tall.len()) as f32
    }

    fn rough(&self) -> f32 {
        let (mut stroke, mut strokes, mut rest, mut rests) = (0u32, 0u32, 0u32, 0u32);
        for y in self.top.saturating_sub(3)..(self.bottom + 3).min(self.strokes.height() as u32) {
            for (hat, contrast) in self.strokes.span(y, self.left.saturating_sub(3), self.right + 3) {
                if contrast > 0 {
                    stroke += u32::from(contrast);
                    strokes += 1;
                } else {
                    rest += u32::from(hat);
                    rests += 1;
                }
            }
        }
        (rest as f32 / rests.max(1) as f32) / (stroke as f32 / strokes.max(1) as f32).max(1.0)
    }

    fn margin(&self) -> f32 {
        let height = self.strokes.height() as u32;
        let above = self.density(self.top.saturating_sub(3)..self.top.saturating_sub(1));
        let below = self.density((self.bottom + 1).min(height)..(self.bottom + 3).min(height));
        (above + below) / 2.0 / self.density(self.top..self.bottom).max(0.01)
    }

    /// The share of strokes in some rows of pixels.
    fn density(&self, rows: Range<u32>) -> f32 {
        let (mut set, mut all) = (0u32, 0u32);
        for y in rows {
            for (_, contrast) in self.strokes.span(y, self.left, self.right) {
                set += u32::from(contrast > 0);
                all += 1;
            }
        }
        set as f32 / all.max(1) as f32
    }
}

fn distinct(tall: &[&Piece]) -> f32 {
    let shape = |piece: &&Piece| (piece.width(), piece.height(), piece.area / 3);
    let mut shapes: Vec<_> = tall.iter().map(shape).collect();
    shapes.sort_unstable();
    shapes.dedup();
    // More than eight shapes are enough, however long the line.
    shapes.len() as f32 / tall.len().clamp(1, 8) as f32
}

/// 1 up to `good`, 0 from `bad` on.
fn falling(value: f32, good: f32, bad: f32) -> f32 {
    ((bad - value) / (bad - good)).clamp(0.0, 1.0)
}

/// 0 up to `bad`, 1 from `good` on.
fn rising(value: f32, bad: f32, good: f32) -> f32 {
    ((value - bad) / (good - bad)).clamp(0.0, 1.0)
}
