use super::{Placement, Size};

/// A colour as a terminal takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Colour {
    /// The terminal's own.
    #[default]
    Default,
    Indexed(u8),
    Rgb(u8, u8, u8),
}

/// One character in two colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// One column wide.
    pub glyph: char,
    pub fg: Colour,
    pub bg: Colour,
}

impl Cell {
    pub const BLANK: Self = Self { glyph: ' ', fg: Colour::Default, bg: Colour::Default };
}

/// A grid of cells, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Canvas {
    pub columns: u16,
    pub rows: u16,
    pub cells: Vec<Cell>,
    /// Where in the grid which part of the picture is.
    pub place: Placement,
}

impl Canvas {
    pub fn blank(size: Size, place: Placement) -> Self {
        let cells = vec![Cell::BLANK; usize::from(size.columns) * usize::from(size.rows)];
        Self { columns: size.columns, rows: size.rows, cells, place }
    }

    pub fn get(&self, column: u16, row: u16) -> Option<&Cell> {
        let at = usize::from(row) * usize::from(self.columns) + usize::from(column);
        self.cells.get(at).filter(|_| column < self.columns)
    }

    pub fn set(&mut self, column: u16, row: u16, cell: Cell) {
        if let Some(own) = self.get_mut(column, row) {
            *own = cell;
        }
    }

    pub fn get_mut(&mut self, column: u16, row: u16) -> Option<&mut Cell> {
        let at = usize::from(row) * usize::from(self.columns) + usize::from(column);
        self.cells.get_mut(at).filter(|_| column < self.columns)
    }

    pub fn lines(&self) -> impl Iterator<Item = &[Cell]> {
        self.cells.chunks(usize::from(self.columns).max(1))
    }
}
