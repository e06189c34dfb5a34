use super::{Canvas, Colour};
use std::io::{self, Write};

/// Writes a canvas as lines of text with escape sequences that set what changes from cell to cell; each line
/// ends in the terminal's own colours. What holds no colours is written without escape sequences.
pub fn emit(canvas: &Canvas, out: &mut impl Write) -> io::Result<()> {
    for line in canvas.lines() {
        let (mut fg, mut bg) = (Colour::Default, Colour::Default);
        // Blanks at the end of a line show nothing.
        let used = line.iter().rposition(|cell| cell.glyph != ' ' || cell.bg != Colour::Default);
        let used = used.map_or(0, |at| at + 1);
        for cell in line.iter().take(used) {
            // The foreground of a blank and the background of a full block do not show.
            let new_fg = if cell.glyph == ' ' { fg } else { cell.fg };
            let new_bg = if cell.glyph == '█' { bg } else { cell.bg };
            let mut parts = Vec::new();
            if new_fg != fg {
                parts.push(sgr(new_fg, false));
            }
            if new_bg != bg {
                parts.push(sgr(new_bg, true));
            }
            if !parts.is_empty() {
                write!(out, "\x1b[{}m", parts.join(";"))?;
            }
            (fg, bg) = (new_fg, new_bg);
            write!(out, "{}", cell.glyph)?;
        }
        if (fg, bg) != (Colour::Default, Colour::Default) {
            out.write_all(b"\x1b[m")?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The parameters that set a colour: ECMA-48 section 8.3.117 and ISO 8613-6.
fn sgr(colour: Colour, background: bool) -> String {
    let base = if background { 40 } else { 30 };
    match colour {
        Colour::Default => (base + 9).to_string(),
        Colour::Indexed(index @ 0..=7) => (base + index).to_string(),
        Colour::Indexed(index @ 8..=15) => (base + 60 + index - 8).to_string(),
        Colour::Indexed(index) => format!("{};5;{index}", base + 8),
        Colour::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
    }
}

/// Bytes of the parameters that set a colour.
pub(super) fn colour_bytes(colour: Colour) -> usize {
    let digits = |v: u8| 1 + usize::from(v > 9) + usize::from(v > 99);
    match colour {
        // A bright background takes one more.
        Colour::Default | Colour::Indexed(0..=15) => 2,
        Colour::Indexed(index) => 5 + digits(index),
        Colour::Rgb(r, g, b) => 7 + digits(r) + digits(g) + digits(b),
    }
}

/// Bytes of the sequence that sets what is given.
pub(super) fn sgr_bytes(fg: Option<usize>, bg: Option<usize>) -> usize {
    match (fg, bg) {
        (None, None) => 0,
        (Some(one), None) | (None, Some(one)) => 3 + one,
        (Some(fg), Some(bg)) => 4 + fg + bg,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Placement, Size};
    use super::*;

    fn written(cells: Vec<Cell>) -> String {
        let size = Size { columns: cells.len() as u16, rows: 1 };
        let mut canvas = Canvas::blank(size, Placement::default());
        canvas.cells = cells;
        let mut out = Vec::new();
        emit(&canvas, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn only_changes_are_written() {
        let (red, grey) = (Colour::Rgb(255, 0, 7), Colour::Indexed(240));
        let cells = vec![
            Cell { glyph: '▀', fg: red, bg: grey },
            Cell { glyph: '▄', fg: red, bg: grey },
            Cell { glyph: ' ', fg: Colour::Indexed(9), bg: grey },
            Cell { glyph: '█', fg: Colour::Indexed(9), bg: Colour::Default },
            Cell::BLANK,
        ];
        assert_eq!(written(cells), "\x1b[38;2;255;0;7;48;5;240m▀▄ \x1b[91m█\x1b[m\n");
        assert_eq!(written(vec![Cell { glyph: '@', ..Cell::BLANK }, Cell::BLANK]), "@\n");
    }

    #[test]
    fn bytes_are_counted_as_they_are_written() {
        for colour in [0, 7, 8, 15, 16, 99, 100, 255].map(Colour::Indexed) {
            assert_eq!(colour_bytes(colour), sgr(colour, false).len());
        }
        assert_eq!(colour_bytes(Colour::Rgb(1, 22, 255)), sgr(Colour::Rgb(1, 22, 255), true).len());
    }
}
