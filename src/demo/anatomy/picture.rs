use super::{GLYPH_HEIGHT, GLYPH_WIDTH, letters};

/// Pixels by row, one value each; colour pictures hold `[u8; 3]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture<T> {
    pub columns: u16,
    pub rows: u16,
    pub pixels: Vec<T>,
}

impl<T: Copy> Picture<T> {
    pub fn filled(columns: u16, rows: u16, value: T) -> Self {
        Self { columns, rows, pixels: vec![value; usize::from(columns) * usize::from(rows)] }
    }

    /// Each pixel from its place: `f(x, y)`.
    pub fn drawn(columns: u16, rows: u16, mut f: impl FnMut(i32, i32) -> T) -> Self {
        let places = (0..i32::from(rows)).flat_map(|y| (0..i32::from(columns)).map(move |x| (x, y)));
        Self { columns, rows, pixels: places.map(|(x, y)| f(x, y)).collect() }
    }

    pub fn map<U>(&self, f: impl Fn(T) -> U) -> Picture<U> {
        Picture {
            columns: self.columns,
            rows: self.rows,
            pixels: self.pixels.iter().map(|p| f(*p)).collect(),
        }
    }

    pub fn set(&mut self, x: usize, y: usize, value: T) {
        if x < usize::from(self.columns) && y < usize::from(self.rows) {
            self.pixels[y * usize::from(self.columns) + x] = value;
        }
    }

    pub fn fill(&mut self, x: usize, y: usize, width: usize, height: usize, value: T) {
        for row in y..y + height {
            for column in x..x + width {
                self.set(column, row, value);
            }
        }
    }

    /// Burns text in, its upper left corner at (x, y); what does not fit is cut. Returns the box it took: x, y, width, height.
    pub fn write(&mut self, text: &str, x: usize, y: usize, scale: usize, value: T) -> [usize; 4] {
        for (column, row) in letters(text) {
            self.fill(x + column * scale, y + row * scale, scale, scale, value);
        }
        [x, y, text.chars().count() * (GLYPH_WIDTH + 1) * scale, GLYPH_HEIGHT * scale]
    }
}
