use crate::text::{Shown, width};
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// Writes a line of the screen from left to right, inside of its bounds. All text that is drawn goes through here,
/// and so through [`Shown`].
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    start: u16,
    pub x: u16,
    y: u16,
    /// The column after the last one.
    end: u16,
}

impl<'a> Pen<'a> {
    /// A pen at the beginning of line `row` of `area`. Writes nothing where there is no such line.
    pub fn new(buffer: &'a mut Buffer, area: Rect, row: u16) -> Self {
        let area = area.intersection(buffer.area);
        let end = if row < area.height { area.right() } else { area.x };
        Self { buffer, start: area.x, x: area.x, y: area.y.saturating_add(row), end }
    }

    /// Columns left.
    pub fn left(&self) -> usize {
        self.end.saturating_sub(self.x).into()
    }

    /// Columns behind it.
    pub fn used(&self) -> usize {
        self.x.saturating_sub(self.start).into()
    }

    /// Goes to a column, from 0; never back.
    pub fn to(&mut self, column: usize) -> &mut Self {
        self.skip(column.saturating_sub(self.used()))
    }

    /// Writes what fits of `text`.
    pub fn put(&mut self, text: impl AsRef<str>, style: Style) -> &mut Self {
        let left = self.left();
        self.cut(text.as_ref(), left, style)
    }

    /// Writes `text` in `columns` columns, ending in `…` where it is longer; returns after the last letter.
    pub fn cut(&mut self, text: &str, columns: usize, style: Style) -> &mut Self {
        let columns = columns.min(self.left());
        if columns == 0 || text.is_empty() {
            return self;
        }
        // A character takes a column or more, but for marks that combine; those are few.
        let shown = Shown::short(text, columns.saturating_mul(4) + 8);
        let fits = width::ellipsis(shown.as_str(), columns);
        let (x, _) = self.buffer.set_stringn(self.x, self.y, &fits, columns, style);
        self.x = x;
        self
    }

    /// Writes `text` in exactly `columns` columns.
    pub fn field(&mut self, text: &str, columns: usize, style: Style) -> &mut Self {
        let columns = columns.min(self.left());
        let start = self.x;
        self.cut(text, columns, style);
        self.x = start.saturating_add(u16::try_from(columns).unwrap_or(u16::MAX));
        self
    }

    /// Writes `text` so that it ends at the end of the line; nothing where it does not fit.
    pub fn right(&mut self, text: &str, style: Style) -> &mut Self {
        let shown = Shown::new(text);
        let columns = width::columns(shown.as_str());
        if columns <= self.left() {
            self.x = self.end.saturating_sub(u16::try_from(columns).unwrap_or(u16::MAX));
            self.put(shown, style);
        }
        self
    }

    pub fn skip(&mut self, columns: usize) -> &mut Self {
        self.x = self.x.saturating_add(u16::try_from(columns).unwrap_or(u16::MAX)).min(self.end);
        self
    }

    /// Leaves this many columns at the end free.
    pub fn spare(&mut self, columns: usize) -> &mut Self {
        self.end = self.end.saturating_sub(u16::try_from(columns).unwrap_or(u16::MAX)).max(self.x);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_in_its_line() {
        let area = Rect::new(1, 1, 6, 1);
        let mut buffer = Buffer::filled(Rect::new(0, 0, 9, 3), ratatui::buffer::Cell::new("."));
        Pen::new(&mut buffer, area, 0).field("山田太郎", 4, Style::new()).put("\x1babc", Style::new());
        Pen::new(&mut buffer, area, 1).put("below", Style::new());
        let text: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
        assert!(text.contains("山 …") && text.contains("␛…") && !text.contains("below"), "{text}");
    }
}
