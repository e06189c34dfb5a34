use super::{Mark, Picture, Stage, Tone};

/// Cells of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub columns: u16,
    pub rows: u16,
}

/// Which part of a frame is shown, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub tone: Tone,
    /// 1 shows the whole frame as large as it fits; 2 half of its width and height; never less than 1.
    pub zoom: f64,
    /// What is shown in the middle, as shares of width and height.
    pub center: (f64, f64),
    pub marks: Vec<Mark>,
}

impl Default for View {
    fn default() -> Self {
        Self { tone: Tone::default(), zoom: 1.0, center: (0.5, 0.5), marks: Vec::new() }
    }
}

/// Which cells show which part of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Placement {
    /// The first column and row of the grid that the picture takes, and how many.
    pub column: u16,
    pub row: u16,
    pub columns: u16,
    pub rows: u16,
    /// The part of the picture that is shown, in its pixels.
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// One axis of a placement.
struct Axis {
    cell: u16,
    cells: u16,
    from: f64,
    length: f64,
}

impl Placement {
    pub fn new(picture: &Picture, view: &View, size: Size, cell_aspect: f64) -> Self {
        if picture.columns == 0 || picture.rows == 0 || size.columns == 0 || size.rows == 0 {
            return Self::default();
        }
        let (columns, rows, aspect) = (picture.columns, picture.rows, picture.aspect);
        let stage = Stage { columns, rows, aspect, size, cell_aspect };
        let (across, down) = stage.cells_a_pixel(view.zoom);
        let horizontal = axis(columns.into(), across, size.columns, view.center.0);
        let vertical = axis(rows.into(), down, size.rows, view.center.1);
        Self {
            column: horizontal.cell,
            row: vertical.cell,
            columns: horizontal.cells,
            rows: vertical.cells,
            x: horizontal.from,
            y: vertical.from,
            width: horizontal.length,
            height: vertical.length,
        }
    }

    /// The picture's pixel in the middle of a cell; `None` beside the picture.
    pub fn pixel_at(&self, column: u16, row: u16) -> Option<(u32, u32)> {
        let (column, row) = (column.checked_sub(self.column)?, row.checked_sub(self.row)?);
        if column >= self.columns || row >= self.rows {
            return None;
        }
        let x = self.x + (f64::from(column) + 0.5) * self.width / f64::from(self.columns);
        let y = self.y + (f64::from(row) + 0.5) * self.height / f64::from(self.rows);
        Some((x as u32, y as u32))
    }

    /// The cell that shows a point of the picture, in its pixels; may lie outside of the grid.
    pub fn cell_of(&self, x: f64, y: f64) -> (i32, i32) {
        let column = (x - self.x) * f64::from(self.columns) / self.width.max(f64::MIN_POSITIVE);
        let row = (y - self.y) * f64::from(self.rows) / self.height.max(f64::MIN_POSITIVE);
        let whole = |value: f64| value.floor().clamp(-1e6, 1e6) as i32;
        (whole(column) + i32::from(self.column), whole(row) + i32::from(self.row))
    }
}

/// Places `length` pixels of `scale` cells each on `cells` cells: in their middle where they fit, to whole cells,
/// else the part around `center`.
fn axis(length: f64, scale: f64, cells: u16, center: f64) -> Axis {
    let shown = length * scale;
    if shown <= f64::from(cells) + 1e-9 {
        let taken = (shown.round() as u16).clamp(1, cells);
        return Axis { cell: (cells - taken) / 2, cells: taken, from: 0.0, length };
    }
    let part = f64::from(cells) / scale;
    let from = (center * length - part / 2.0).clamp(0.0, length - part);
    Axis { cell: 0, cells, from, length: part }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::Pixels;

    fn picture(columns: u32, rows: u32, aspect: f64) -> Picture {
        let pixels = Pixels::Grey(vec![0; (columns * rows) as usize]);
        Picture { columns, rows, aspect, pixels }
    }

    #[test]
    fn fits_keeps_proportions_and_centres() {
        let size = Size { columns: 60, rows: 30 };
        let place = |columns, rows, aspect| {
            let place = Placement::new(&picture(columns, rows, aspect), &View::default(), size, 2.0);
            (place.column, place.row, place.columns, place.rows)
        };
        assert_eq!(place(512, 512, 1.0), (0, 0, 60, 30));
        assert_eq!(place(512, 256, 1.0), (0, 7, 60, 15));
        assert_eq!(place(256, 1024, 1.0), (22, 0, 15, 30));
        assert_eq!(place(512, 256, 2.0), (0, 0, 60, 30));
        assert_eq!(place(1, 4000, 1.0), (29, 0, 1, 30));
    }

    #[test]
    fn zooms_and_pans_inside_of_the_picture() {
        let size = Size { columns: 60, rows: 30 };
        let view = View { zoom: 4.0, center: (1.0, 0.5), ..View::default() };
        let place = Placement::new(&picture(480, 480, 1.0), &view, size, 2.0);
        assert_eq!((place.x, place.y, place.width, place.height), (360.0, 180.0, 120.0, 120.0));
        assert_eq!(place.pixel_at(0, 0), Some((361, 182)));
        assert_eq!(place.cell_of(361.0, 182.0), (0, 0));
        assert_eq!(place.cell_of(479.9, 299.9), (59, 29));
        assert_eq!(place.pixel_at(60, 0), None);
    }
}
