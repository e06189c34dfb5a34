//! Pictures for terminals that show more than characters: each way to send one behind [`Graphics`].

mod iterm2;
mod kitty;
mod png;
mod sixel;

pub use iterm2::Iterm2;
pub use kitty::Kitty;
pub use sixel::Sixel;

use super::{Mark, Picture, Pixels, Placement, Size, View, resample};
use std::io::{self, Write};

/// Writes a picture where the cursor is; afterwards the cursor is on the line below it.
pub trait Graphics {
    fn write(&self, raster: &Raster, out: &mut dyn Write) -> io::Result<()>;
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
    /// The part of a picture that a view shows on `size` cells, with its marks. No larger than eight pixels a cell
    /// across and sixteen down.
    pub fn new(picture: &Picture, view: &View, size: Size, cell_aspect: f64) -> Self {
        let place = Placement::new(picture, view, size, cell_aspect);
        let dots = resample(picture, &place);
        let (columns, rows) = (place.columns, place.rows);
        let mut raster = Self { width: dots.width, height: dots.height, pixels: dots.pixels, columns, rows };
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
        let raster = Raster::new(&picture, &view, Size { columns: 1, rows: 1 }, 2.0);
        assert_eq!((raster.width, raster.height, raster.columns, raster.rows), (8, 16, 1, 1));
        let red = raster.rgb().iter().filter(|rgb| **rgb == [255, 0, 0]).count();
        // From 1,3 to 6,10.
        assert_eq!((red, raster.rgb()[3 * 8 + 1], raster.rgb()[5 * 8 + 3]), (24, [255, 0, 0], [9; 3]));
    }
}
