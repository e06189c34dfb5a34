//! The characters that cells are made of, and which of a cell's dots each of them sets.

use super::Dots;
use std::sync::LazyLock;

/// A set of characters that a terminal's font has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Glyphs {
    /// No block characters: a cell is one colour, or a letter as bright.
    Ascii,
    /// The half block.
    Half,
    /// Half and quadrant blocks and eighth bars, which every font has: 19 ways to divide a cell.
    Quadrants,
    /// And the sextants and wedges of Unicode 13.
    Sextants,
    /// And the octants of Unicode 16.
    Octants,
}

/// Terminals that draw sextants and wedges themselves, whatever the font has.
const DRAWING: [&str; 6] = ["VTE", "foot", "WezTerm", "kitty", "ghostty", "contour"];

impl Glyphs {
    /// The set of a terminal that tells its name, which may have a version behind; `None` where only its font counts.
    pub fn of_terminal(name: &str) -> Option<Self> {
        DRAWING.iter().any(|own| is_named(name, own)).then_some(Self::Sextants)
    }
}

/// Whether a terminal calls itself so: `VTE(7600)`, `ghostty 1.1.0`.
pub(super) fn is_named(name: &str, own: &str) -> bool {
    let start = name.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own));
    start && !name[own.len()..].starts_with(|next: char| next.is_alphanumeric())
}

/// What a character sets, of a cell's dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// So many eighths of the height, from below.
    Bottom(u8),
    /// So many eighths of the width, from the left.
    Left(u8),
    /// Blocks two across and 2, 3 or 4 down, the lowest bit above left, row by row.
    Blocks(Grid, u8),
    /// A wedge of the table: of each row of dots those from one place to another.
    Wedge(&'static Spans),
}

/// For each row of dots the first that is set, and the one after the last.
pub(super) type Spans = [(u8, u8); Dots::DOWN];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grid {
    Quadrants,
    Sextants,
    Octants,
}

impl Grid {
    /// The row of blocks that a row of dots is in.
    pub fn row_of(self, dot: usize) -> usize {
        match self {
            Self::Quadrants => dot / 8,
            // Sixteen rows of dots make no even thirds.
            Self::Sextants => usize::from(dot >= 5) + usize::from(dot >= 11),
            Self::Octants => dot / 4,
        }
    }

    /// The character that sets the blocks of `bits`.
    pub fn glyph(self, bits: u8) -> char {
        match self {
            Self::Quadrants => QUADRANTS.get(usize::from(bits & 15)).copied().unwrap_or(' '),
            Self::Sextants => sextant(bits & 63),
            Self::Octants => OCTANTS.get(usize::from(bits)).copied().unwrap_or(' '),
        }
    }
}

/// One way to divide a cell in two.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub shape: Shape,
    /// Sets the shape.
    pub on: char,
    /// Sets the rest, where there is such a character.
    pub off: Option<char>,
    /// Dots of the shape.
    pub dots: f32,
}

const QUADRANTS: [char; 16] =
    [' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█'];
const BOTTOM: [char; 7] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'];
const LEFT: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// Unicode's sextants stand in the order of their bits, without those that were there before.
fn sextant(bits: u8) -> char {
    match bits {
        0 => ' ',
        21 => '▌',
        42 => '▐',
        63 => '█',
        _ => {
            let before = 1 + u32::from(bits > 21) + u32::from(bits > 42);
            char::from_u32(0x1fb00 + u32::from(bits) - before).unwrap_or(' ')
        }
    }
}

/// Patterns of octants that have another name, as Unicode 16 leaves them out of its block.
const OLDER: [(u8, char); 26] = [
    (0, ' '),
    (1, '\u{1cea8}'),
    (2, '\u{1ceab}'),
    (3, '\u{1fb82}'),
    (5, '▘'),
    (10, '▝'),
    (15, '▀'),
    (20, '\u{1fbe6}'),
    (40, '\u{1fbe7}'),
    (63, '\u{1fb85}'),
    (64, '\u{1cea3}'),
    (80, '▖'),
    (85, '▌'),
    (90, '▞'),
    (95, '▛'),
    (128, '\u{1cea0}'),
    (160, '▗'),
    (165, '▚'),
    (170, '▐'),
    (175, '▜'),
    (192, '▂'),
    (240, '▄'),
    (245, '▙'),
    (250, '▟'),
    (252, '▆'),
    (255, '█'),
];

static OCTANTS: LazyLock<[char; 256]> = LazyLock::new(|| {
    let mut next = 0x1cd00;
    std::array::from_fn(|bits| match OLDER.iter().find(|(older, _)| usize::from(*older) == bits) {
        Some((_, glyph)) => *glyph,
        None => {
            next += 1;
            char::from_u32(next - 1).unwrap_or(' ')
        }
    })
});

/// A wedge, the character that sets the rest, and the wedge's dots.
static WEDGES: LazyLock<Vec<(char, char, Spans)>> =
    LazyLock::new(|| include_str!("../../assets/raster/wedges.txt").lines().filter_map(wedge).collect());

fn wedge(line: &str) -> Option<(char, char, Spans)> {
    let mut words = line.split_ascii_whitespace();
    let mut character = || char::from_u32(u32::from_str_radix(words.next()?, 16).ok()?);
    let (on, off) = (character()?, character()?);
    let mut spans = [(0, 0); Dots::DOWN];
    for (span, word) in spans.iter_mut().zip(words) {
        let both: u8 = word.parse().ok()?;
        *span = (both / 10, both % 10);
    }
    Some((on, off, spans))
}

/// The divisions of a cell that a set offers, cheapest characters first.
pub(super) fn table(set: Glyphs) -> &'static [Glyph] {
    static TABLES: LazyLock<[Vec<Glyph>; 4]> = LazyLock::new(|| {
        let half: Vec<Glyph> = vec![glyph(Shape::Bottom(4))];
        let mut old: Vec<Glyph> = (1..8).map(|k| glyph(Shape::Bottom(k))).collect();
        old.extend((1..8).map(|k| glyph(Shape::Left(k))));
        old.extend([1, 2, 4, 8, 6].map(|bits| glyph(Shape::Blocks(Grid::Quadrants, bits))));
        let mut sextants = old.clone();
        // A pattern and its complement are one division; 21 is the left half.
        sextants.extend((1..32).filter(|&b| b != 21).map(|b| glyph(Shape::Blocks(Grid::Sextants, b))));
        sextants.extend(WEDGES.iter().map(|(_, _, spans)| glyph(Shape::Wedge(spans))));
        let mut octants = sextants.clone();
        // Of those that have an older name, some are divisions that the older sets lack all the same.
        let newer = (1..128u8).filter(|bits| match OLDER.iter().find(|(older, _)| older == bits) {
            Some((3 | 63, _)) => false,
            older => older.is_none_or(|(_, glyph)| *glyph >= '\u{1cd00}'),
        });
        octants.extend(newer.map(|bits| glyph(Shape::Blocks(Grid::Octants, bits))));
        [half, old, sextants, octants]
    });
    &TABLES[match set {
        Glyphs::Ascii | Glyphs::Half => 0,
        Glyphs::Quadrants => 1,
        Glyphs::Sextants => 2,
        Glyphs::Octants => 3,
    }]
}

fn glyph(shape: Shape) -> Glyph {
    let eighths = |row: &[char; 7], k: u8| row.get(usize::from(k) - 1).copied().unwrap_or(' ');
    let (on, off) = match shape {
        Shape::Bottom(k) => {
            let off = [(4, '▀'), (7, '▔')].into_iter().find(|(at, _)| *at == k).map(|(_, c)| c);
            (eighths(&BOTTOM, k), off)
        }
        Shape::Left(k) => {
            let off = [(4, '▐'), (7, '▕')].into_iter().find(|(at, _)| *at == k).map(|(_, c)| c);
            (eighths(&LEFT, k), off)
        }
        Shape::Blocks(grid, bits) => (grid.glyph(bits), Some(grid.glyph(!bits))),
        Shape::Wedge(spans) => {
            let own = WEDGES.iter().find(|(_, _, known)| known == spans);
            own.map_or((' ', None), |(on, off, _)| (*on, Some(*off)))
        }
    };
    Glyph { shape, on, off, dots: pattern(shape).count_ones() as f32 }
}

/// The dots of a shape, row by row from the lowest bit.
fn pattern(shape: Shape) -> u128 {
    let mut dots = 0;
    for row in 0..Dots::DOWN {
        for column in 0..Dots::ACROSS {
            let set = match shape {
                Shape::Bottom(k) => Dots::DOWN - row <= 2 * usize::from(k),
                Shape::Left(k) => column < usize::from(k),
                Shape::Blocks(grid, bits) => bits >> (2 * grid.row_of(row) + column / 4) & 1 == 1,
                Shape::Wedge(spans) => (spans[row].0.into()..spans[row].1.into()).contains(&column),
            };
            dots |= u128::from(set) << (row * Dots::ACROSS + column);
        }
    }
    dots
}

/// The dots, of [`Dots::ACROSS`] × [`Dots::DOWN`], that a character of any set paints in the foreground, row by
/// row from the lowest bit; `None` for other characters.
pub fn dots(glyph: char) -> Option<u128> {
    if glyph == '█' {
        return Some(u128::MAX);
    }
    if let Some(bits) = OCTANTS.iter().position(|known| *known == glyph) {
        return Some(pattern(Shape::Blocks(Grid::Octants, bits as u8)));
    }
    let known = table(Glyphs::Octants).iter();
    let of = |known: &Glyph| match glyph {
        on if on == known.on => Some(pattern(known.shape)),
        off if Some(off) == known.off => Some(!pattern(known.shape)),
        _ => None,
    };
    known.filter_map(of).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_set_divides_a_cell_in_19_ways() {
        assert_eq!(table(Glyphs::Quadrants).len(), 19);
        assert_eq!(WEDGES.len(), 27);
        for set in [Glyphs::Half, Glyphs::Quadrants, Glyphs::Sextants, Glyphs::Octants] {
            let mut seen: Vec<u128> = Vec::new();
            for glyph in table(set) {
                let dots = dots(glyph.on).unwrap();
                assert!(glyph.on != ' ' && glyph.off != Some(' '), "{glyph:?}");
                assert!(!seen.contains(&dots) && !seen.contains(&!dots), "{glyph:?} twice");
                assert!(glyph.off.is_none_or(|off| self::dots(off) == Some(!dots)), "{glyph:?}");
                seen.push(dots);
            }
        }
    }

    #[test]
    fn code_points_are_unicodes() {
        assert_eq!((sextant(1), sextant(22), sextant(43), sextant(62)), ('🬀', '🬔', '🬨', '🬻'));
        // BLOCK OCTANT-3 and -2345678, the first and the last.
        assert_eq!((OCTANTS[4], OCTANTS[254]), ('\u{1cd00}', '\u{1cde5}'));
        assert_eq!(dots('▀'), Some(u128::from(u64::MAX)));
        assert_eq!(dots('x'), None);
        for bits in 0..=255 {
            let count = dots(OCTANTS[usize::from(bits)]).map(u128::count_ones);
            assert_eq!(count, Some(16 * u8::count_ones(bits)), "{bits}");
        }
    }
}
