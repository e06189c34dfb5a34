use super::{Canvas, Cell, Glyphs, Style};

/// A rectangle of the picture's pixels to be framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
    pub rgb: [u8; 3],
}

impl Mark {
    /// Draws the frame on the cells around the rectangle, so that what it holds stays to be seen; where the
    /// picture ends there, on the last cells of the picture.
    pub(super) fn draw(&self, canvas: &mut Canvas, style: &Style) {
        let place = canvas.place;
        if place.columns == 0 || place.rows == 0 || self.width == 0 || self.height == 0 {
            return;
        }
        let far = |from: u32, length: u32| f64::from(from) + f64::from(length) - 0.01;
        let (left, top) = place.cell_of(self.x.into(), self.y.into());
        let (right, bottom) = place.cell_of(far(self.x, self.width), far(self.y, self.height));
        let first = (i32::from(place.column), i32::from(place.row));
        let last = (first.0 + i32::from(place.columns) - 1, first.1 + i32::from(place.rows) - 1);
        if right < first.0 || left > last.0 || bottom < first.1 || top > last.1 {
            return;
        }
        // A side that lies outside of what is shown is not drawn.
        let side = |at: i32, first: i32, last: i32, edge: bool| {
            if edge { at.clamp(first, last) } else { at }
        };
        let left = side(left - 1, first.0, last.0, left >= first.0);
        let right = side(right + 1, first.0, last.0, right <= last.0);
        let top = side(top - 1, first.1, last.1, top >= first.1);
        let bottom = side(bottom + 1, first.1, last.1, bottom <= last.1);
        let lines = if style.glyphs == Glyphs::Ascii {
            ['-', '|', '+', '+', '+', '+']
        } else {
            ['─', '│', '┌', '┐', '└', '┘']
        };
        let fg = style.colours.nearest(self.rgb).0;
        for row in top.max(first.1)..=bottom.min(last.1) {
            for column in left.max(first.0)..=right.min(last.0) {
                let glyph = match (column == left, column == right, row == top, row == bottom) {
                    (true, _, true, _) => lines[2],
                    (_, true, true, _) => lines[3],
                    (true, _, _, true) => lines[4],
                    (_, true, _, true) => lines[5],
                    (false, false, false, false) => continue,
                    (true, ..) | (_, true, ..) => lines[1],
                    _ => lines[0],
                };
                if let Some(cell) = canvas.get_mut(column as u16, row as u16) {
                    *cell = Cell { glyph, fg, bg: cell.bg };
                }
            }
        }
    }
}
