//! What the cells of a screen say: their text, and their styles.

use ratatui::{
    buffer::Buffer,
    style::{Color, Modifier},
};

/// The text, line by line, without the spaces at their ends.
pub fn text(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let mut out = String::new();
    for line in buffer.content.chunks(width) {
        let mut skip = 0;
        let mut text = String::new();
        for cell in line {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            text += cell.symbol();
            skip = dcmleak::text::width::columns(cell.symbol()).saturating_sub(1);
        }
        out += text.trim_end();
        out.push('\n');
    }
    out
}

/// A letter for each cell, and what the letters mean. Cells of pictures are left out: they have tests of their own.
pub fn styles(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let mut known: Vec<(Color, Color, Modifier)> = Vec::new();
    let mut grid = String::new();
    for line in buffer.content.chunks(width) {
        let mut row = String::new();
        for cell in line {
            let style = (cell.fg, cell.bg, cell.modifier);
            if "▀▄█▌▐▖▗▘▙▚▛▜▝▞▟▁▂▃▅▆▇▉▊▋▍▎▏▔▕".contains(cell.symbol()) && cell.bg != Color::Reset
            {
                row.push('#');
                continue;
            }
            let at = known.iter().position(|other| *other == style).unwrap_or_else(|| {
                known.push(style);
                known.len() - 1
            });
            row.push(if at == 0 { ' ' } else { char::from_u32('a' as u32 + at as u32 - 1).unwrap() });
        }
        grid += row.trim_end();
        grid.push('\n');
    }
    for (at, (fg, bg, modifier)) in known.iter().enumerate() {
        let letter = if at == 0 { ' ' } else { char::from_u32('a' as u32 + at as u32 - 1).unwrap() };
        grid += &format!("{letter:?}: {fg} on {bg} {modifier:?}\n");
    }
    grid
}
