use super::Size;

/// A picture and the cells that it is to be shown on: from which part of it follows what [`super::View`] shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stage {
    /// Pixels of the picture.
    pub columns: u32,
    pub rows: u32,
    /// Height of a pixel over its width.
    pub aspect: f64,
    pub size: Size,
    /// Height of a cell over its width.
    pub cell_aspect: f64,
}

/// Cells that a line of text takes in height, to be read with ease, where there are as many.
const READABLE: f64 = 4.0;
/// Cells that it takes at most.
const LARGE: f64 = 8.0;
/// Pixels of a picture's width on which letters of scanners and workstations are as small as can be read.
const FINE: u32 = 640;

impl Stage {
    /// Cells that one pixel takes, across and down, where the whole is enlarged `zoom` times.
    pub fn cells_a_pixel(&self, zoom: f64) -> (f64, f64) {
        let (width, height) = (f64::from(self.columns.max(1)), f64::from(self.rows.max(1)));
        let (cells, lines) = (f64::from(self.size.columns), f64::from(self.size.rows));
        // How many cells across one is high.
        let tall = self.cell_aspect.clamp(0.5, 8.0);
        let fitting = (cells / width).min(lines * tall / (height * self.aspect));
        let across = fitting * zoom.clamp(1.0, 1e6);
        (across, across * self.aspect / tall)
    }

    /// The zoom and the middle with which the rectangle of `x`, `y`, `width` and `height` is seen, a line of text: as
    /// large as it can be read, or larger where there is room. Where it is wider than what can be seen then, its
    /// beginning.
    pub fn onto(&self, [x, y, width, height]: [u32; 4]) -> (f64, (f64, f64)) {
        let [x, y, width, height] = [x, y, width, height].map(f64::from);
        let (across, down) = self.cells_a_pixel(1.0);
        let (cells, lines) = (f64::from(self.size.columns), f64::from(self.size.rows));
        let margin = 0.5 * height;
        let whole = (cells / (across * (width + 2.0 * margin))).min(lines / (down * (height + 2.0 * margin)));
        let readable = READABLE.min(lines) / (down * height.max(1.0));
        let zoom = whole.clamp(readable, readable * LARGE / READABLE).max(1.0);
        let seen = cells / (across * zoom);
        let middle = if seen >= width + 2.0 * margin { x + width / 2.0 } else { x - margin + seen / 2.0 };
        let share = |at: f64, of: u32| (at / f64::from(of.max(1))).clamp(0.0, 1.0);
        (zoom, (share(middle, self.columns), share(y + height / 2.0, self.rows)))
    }

    /// The parts of the border, clockwise from the upper left corner, each as large as can be shown with its pixels
    /// told apart: where text is burned in most often. Of a small picture the whole.
    pub fn edges(&self) -> Vec<[u32; 4]> {
        let fine = f64::from(self.columns.div_ceil(FINE).max(1));
        let side =
            |cells: u16, pixels: f64, most: u32| ((f64::from(cells) * pixels) as u32).clamp(1, most.max(1));
        let width = side(self.size.columns, fine, self.columns);
        let height = side(self.size.rows, fine * self.cell_aspect / self.aspect, self.rows);
        let (right, bottom) = (self.columns.saturating_sub(width), self.rows.saturating_sub(height));
        let (across, down) = (steps(width, right), steps(height, bottom));
        let inner = |of: &[u32]| of.get(1..of.len().saturating_sub(1)).unwrap_or_default().to_vec();
        let mut corners: Vec<(u32, u32)> = across.iter().map(|&x| (x, 0)).collect();
        corners.extend(inner(&down).into_iter().map(|y| (right, y)));
        if bottom > 0 {
            corners.extend(across.iter().rev().map(|&x| (x, bottom)));
        }
        if right > 0 {
            corners.extend(inner(&down).into_iter().rev().map(|y| (0, y)));
        }
        corners.into_iter().map(|(x, y)| [x, y, width, height]).collect()
    }

    /// The zoom and the middle with which exactly that part is seen, as far as the proportions allow.
    pub fn part(&self, [x, y, width, height]: [u32; 4]) -> (f64, (f64, f64)) {
        let (across, down) = self.cells_a_pixel(1.0);
        let fits =
            |cells: u16, scale: f64, pixels: u32| f64::from(cells) / (scale * f64::from(pixels.max(1)));
        let zoom = fits(self.size.columns, across, width).min(fits(self.size.rows, down, height)).max(1.0);
        let middle = |from: u32, length: u32, of: u32| {
            (f64::from(from) + f64::from(length) / 2.0) / f64::from(of.max(1))
        };
        (zoom, (middle(x, width, self.columns), middle(y, height, self.rows)))
    }
}

/// From 0 to `last` in equal steps of at most `step`.
fn steps(step: u32, last: u32) -> Vec<u32> {
    let count = last.div_ceil(step.max(1));
    (0..=count).map(|at| (u64::from(last) * u64::from(at) / u64::from(count.max(1))) as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::{Picture, Pixels, Placement, View};

    fn seen(stage: &Stage, (zoom, center): (f64, (f64, f64))) -> Placement {
        let Stage { columns, rows, aspect, size, cell_aspect } = *stage;
        let pixels = Pixels::Grey(vec![0; (columns * rows) as usize]);
        let view = View { zoom, center, ..View::default() };
        Placement::new(&Picture { columns, rows, aspect, pixels }, &view, size, cell_aspect)
    }

    fn stage(columns: u32, rows: u32, aspect: f64) -> Stage {
        Stage { columns, rows, aspect, size: Size { columns: 60, rows: 30 }, cell_aspect: 2.0 }
    }

    #[test]
    fn a_line_of_text_is_seen_and_can_be_read() {
        for (stage, line) in [
            (stage(1024, 768, 1.0), [8, 5, 90, 16]),
            (stage(512, 512, 1.0), [400, 480, 60, 12]),
            (stage(512, 256, 2.0), [40, 200, 60, 8]),
            (stage(3000, 4000, 1.0), [2500, 100, 400, 60]),
        ] {
            let place = seen(&stage, stage.onto(line));
            let cells = |pixels: u32| f64::from(pixels) * f64::from(place.rows) / place.height;
            assert!(
                cells(line[3]) >= READABLE - 0.01 && cells(line[3]) <= LARGE + 0.01,
                "{line:?} {place:?}"
            );
            let [x, y, width, height] = line.map(f64::from);
            assert!(place.x <= x && x + width <= place.x + place.width, "{line:?} {place:?}");
            assert!(place.y <= y && y + height <= place.y + place.height, "{line:?} {place:?}");
        }
        // Too long to be read at once: its beginning.
        let stage = stage(1024, 768, 1.0);
        let place = seen(&stage, stage.onto([200, 700, 800, 16]));
        assert!(place.x <= 200.0 && place.x > 150.0 && place.width < 800.0, "{place:?}");
    }

    #[test]
    fn the_border_is_walked_once_round() {
        for stage in [stage(512, 512, 1.0), stage(1024, 768, 1.0), stage(640, 480, 1.2), stage(40, 2000, 1.0)]
        {
            let parts = stage.edges();
            for (x, y) in (0..stage.columns)
                .flat_map(|x| [(x, 0), (x, stage.rows - 1)])
                .chain((0..stage.rows).flat_map(|y| [(0, y), (stage.columns - 1, y)]))
            {
                let inside =
                    |p: &&[u32; 4]| (p[0]..p[0] + p[2]).contains(&x) && (p[1]..p[1] + p[3]).contains(&y);
                assert!(parts.iter().any(|part| inside(&part)), "{x},{y} of {stage:?}");
            }
            let mut once = parts.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), parts.len(), "{stage:?}");
            for part in parts {
                let place = seen(&stage, stage.part(part));
                let [x, y, ..] = part.map(f64::from);
                assert!(place.x <= x + 1.0 && place.y <= y + 1.0, "{part:?} {place:?}");
            }
        }
        assert_eq!(stage(50, 50, 1.0).edges(), [[0, 0, 50, 50]]);
    }
}
