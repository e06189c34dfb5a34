//! Fewer bytes for the same screen: over SSH each of them counts.

use ratatui::{
    buffer::{Buffer, Cell, CellDiffOption},
    style::Modifier,
};

/// Cells between two changes that cost no more than to go across them.
const GAP: u16 = 5;
/// What is seen of a blank.
const SEEN: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK);

/// The changes that make the same screen as `changes` do, which lead to `next`, with fewer changes of style and place:
/// blanks take the colour of what stands before them, of which nothing is seen, and short gaps are written again.
pub fn thrifty(changes: &[(u16, u16, &Cell)], next: &Buffer) -> Vec<(u16, u16, Cell)> {
    let mut out: Vec<(u16, u16, Cell)> = Vec::with_capacity(changes.len());
    for &(x, y, cell) in changes {
        if let Some(&(from, row, ref last)) = out.last()
            && row == y
            && is_plain(last)
            && (from + 2..=from + 1 + GAP).contains(&x)
        {
            let between = (from + 1..x).filter_map(|x| Some((x, y, next.cell((x, y))?)));
            let between: Vec<_> = between.map(|(x, y, cell)| (x, y, like(cell, last))).collect();
            if between.iter().all(|(_, _, cell)| is_plain(cell) && is_alike(cell, last)) {
                out.extend(between);
            }
        }
        let new = out.last().map_or_else(|| cell.clone(), |(_, _, last)| like(cell, last));
        out.push((x, y, new));
    }
    out
}

/// The cell, where it is blank in the colour of another.
fn like(cell: &Cell, other: &Cell) -> Cell {
    let mut cell = cell.clone();
    let is_blank = cell.symbol() == " " && !cell.modifier.intersects(SEEN);
    // Where the ground changes too, all changes at once.
    if is_blank && cell.bg == other.bg && !other.modifier.intersects(SEEN) {
        (cell.fg, cell.modifier) = (other.fg, other.modifier);
    }
    cell
}

fn is_alike(cell: &Cell, other: &Cell) -> bool {
    (cell.fg, cell.bg, cell.modifier) == (other.fg, other.bg, other.modifier)
}

/// One byte, one column, in every terminal, and under no picture.
fn is_plain(cell: &Cell) -> bool {
    cell.symbol().len() == 1 && cell.diff_option == CellDiffOption::None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::{
        backend::{Backend, CrosstermBackend},
        layout::Rect,
        style::{Color, Style},
    };

    const AREA: Rect = Rect { x: 0, y: 0, width: 12, height: 2 };

    fn buffer(cells: &[(u8, u8, u8)]) -> Buffer {
        let mut buffer = Buffer::empty(AREA);
        for (at, &(symbol, color, look)) in cells.iter().enumerate() {
            let symbol = ["a", " ", "b", "é", " "][usize::from(symbol)];
            let style = Style::new().fg(Color::Indexed(color)).bg(Color::Indexed(look % 2));
            let look = [Modifier::empty(), Modifier::BOLD, Modifier::UNDERLINED, Modifier::REVERSED];
            let style = style.add_modifier(
                look[usize::from(style.bg == Some(Color::Indexed(1))) + 2 * usize::from(color == 2)],
            );
            let position = (at as u16 % AREA.width, at as u16 / AREA.width);
            buffer[position].set_symbol(symbol).set_style(style);
        }
        buffer
    }

    fn draw(screen: &mut vt100::Parser, cells: &[(u16, u16, Cell)]) -> usize {
        let mut bytes = Vec::new();
        CrosstermBackend::new(&mut bytes).draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell))).unwrap();
        screen.process(&bytes);
        bytes.len()
    }

    /// What is seen: of a blank no colour of letters.
    fn seen(screen: &vt100::Parser) -> Vec<String> {
        let cells = (0..AREA.height).flat_map(|y| (0..AREA.width).map(move |x| (y, x)));
        let cell = |(y, x)| {
            let cell = screen.screen().cell(y, x).unwrap();
            let is_blank = cell.contents().trim().is_empty() && !cell.underline() && !cell.inverse();
            let letters = (!is_blank).then(|| format!("{:?}{}", cell.fgcolor(), cell.bold()));
            format!(
                "{}{:?}{}{}{letters:?}",
                cell.contents(),
                cell.bgcolor(),
                cell.underline(),
                cell.inverse()
            )
        };
        cells.map(cell).collect()
    }

    fn all(buffer: &Buffer) -> Vec<(u16, u16, Cell)> {
        Buffer::empty(AREA).diff(buffer).into_iter().map(|(x, y, cell)| (x, y, cell.clone())).collect()
    }

    proptest! {
        #[test]
        fn the_screen_is_the_same_for_no_more_bytes(
            before in proptest::collection::vec((0u8..5, 0u8..3, 0u8..4), 24),
            changed in proptest::collection::vec(proptest::option::of((0u8..5, 0u8..3, 0u8..4)), 24),
        ) {
            let after: Vec<_> =
                before.iter().zip(&changed).map(|(before, changed)| changed.unwrap_or(*before)).collect();
            let (before, after) = (buffer(&before), buffer(&after));
            let changes = before.diff(&after);
            let plain: Vec<_> = changes.iter().map(|&(x, y, cell)| (x, y, cell.clone())).collect();
            let [mut one, mut other] = [(); 2].map(|()| vt100::Parser::new(AREA.height, AREA.width, 0));
            draw(&mut one, &all(&before));
            draw(&mut other, &all(&before));
            let bytes = draw(&mut one, &plain);
            let fewer = draw(&mut other, &thrifty(&changes, &after));
            prop_assert_eq!(seen(&one), seen(&other));
            prop_assert!(fewer <= bytes, "{} {}", fewer, bytes);
        }
    }
}
