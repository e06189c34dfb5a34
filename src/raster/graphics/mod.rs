//! Pictures for terminals that show more than characters: each way to send one behind [`Graphics`].

mod iterm2;
mod kitty;
mod png;
mod protocol;
mod sixel;

pub use iterm2::Iterm2;
pub use kitty::Kitty;
pub use protocol::Protocol;
pub use sixel::Sixel;

use super::{Dots, Mark, Picture, Pixels, Placement, Size, View, resample::resample};
use std::io::{self, Write};

/// Writes pictures where the cursor is. Afterwards it is somewhere in the last line of the picture.
pub trait Graphics {
    fn write(&self, raster: &Raster, out: &mut dyn Write) -> io::Result<()>;

    /// What takes pictures away again, where cells that are written over them do not.
    fn erase(&self) -> &'static str {
        ""
    }
}

/// Pixels of a cell, across and down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellPixels {
    pub width: u16,
    pub height: u16,
}

impl Default for CellPixels {
    /// Enough to see by, where a terminal does not tell its own.
    fn default() -> Self {
        Self { width: Dots::ACROSS as u16, height: Dots::DOWN as u16 }
    }
}

impl CellPixels {
    /// Of a terminal of that many cells and pixels; `None` where it does not tell its pixels.
    pub fn of((columns, rows): (u16, u16), (width, height): (u16, u16)) -> Option<Self> {
        let own = Self { width: width.checked_div(columns)?, height: height.checked_div(rows)? };
        (own.width > 0 && own.height > 0).then_some(own)
    }

    /// No more than so many times the default.
    pub fn at_most(self, times: u16) -> Self {
        let most = Self::default();
        Self { width: self.width.min(times * most.width), height: self.height.min(times * most.height) }
    }
}

/// A picture as it is to be seen, row by row, and the cells that it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Raster {
    pub width: usize,
    pub height: usize,
    pub pixels: Pixels,
    pub columns: u16,
    pub rows: u16,
}

impl Raster {
    /// The part of a picture that a view shows on `size` cells, each so many pixels large, with its marks.
    pub fn new(picture: &Picture, view: &View, size: Size, cell_aspect: f64, cell: CellPixels) -> Self {
        let place = Placement::new(picture, view, size, cell_aspect);
        let (columns, rows) = (place.columns, place.rows);
        let width = usize::from(columns) * usize::from(cell.width);
        let height = usize::from(rows) * usize::from(cell.height);
        let pixels = resample(picture, &place, width, height);
        let mut raster = Self { width, height, pixels, columns, rows };
        for mark in &view.marks {
            raster.frame(mark, &place);
        }
        raster
    }

    /// Red, green and blue, row by row.
    pub fn rgb(&self) -> Vec<[u8; 3]> {
        match &self.pixels {
            Pixels::Grey(values) => values.iter().map(|&value| [value; 3]).collect(),
            Pixels::Rgb(values) => values.clone(),
        }
    }

    /// A line around the rectangle, one pixel beside it.
    fn frame(&mut self, mark: &Mark, place: &Placement) {
        let mut rgb = self.rgb();
        let (width, height) = (self.width as i64, self.height as i64);
        let x = |at: f64| ((at - place.x) / place.width.max(f64::MIN_POSITIVE) * width as f64) as i64;
        let y = |at: f64| ((at - place.y) / place.height.max(f64::MIN_POSITIVE) * height as f64) as i64;
        let far = |from: u32, length: u32| f64::from(from) + f64::from(length);
        let (left, right) = (x(mark.x.into()) - 2, x(far(mark.x, mark.width)) + 1);
        let (top, bottom) = (y(mark.y.into()) - 2, y(far(mark.y, mark.height)) + 1);
        let mut set = |x: i64, y: i64| {
            if (0..width).contains(&x)
                && (0..height).contains(&y)
                && let Some(own) = rgb.get_mut((y * width + x) as usize)
            {
                *own = mark.rgb;
            }
        };
        for x in left.max(0)..=right.min(width) {
            set(x, top);
            set(x, bottom);
        }
        for y in top.max(0)..=bottom.min(height) {
            set(left, y);
            set(right, y);
        }
        self.pixels = Pixels::Rgb(rgb);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_drawn_around_their_rectangle() {
        let picture = Picture { columns: 8, rows: 16, aspect: 1.0, pixels: Pixels::Grey(vec![9; 128]) };
        let marks = vec![Mark { x: 3, y: 5, width: 2, height: 4, rgb: [255, 0, 0] }];
        let view = View { marks, ..View::default() };
        let raster = Raster::new(&picture, &view, Size { columns: 1, rows: 1 }, 2.0, CellPixels::default());
        assert_eq!((raster.width, raster.height, raster.columns, raster.rows), (8, 16, 1, 1));
        let red = raster.rgb().iter().filter(|rgb| **rgb == [255, 0, 0]).count();
        // From 1,3 to 6,10.
        assert_eq!((red, raster.rgb()[3 * 8 + 1], raster.rgb()[5 * 8 + 3]), (24, [255, 0, 0], [9; 3]));
    }
}
