use super::{super::Rect, layer::Map};
use crate::raster::{Picture, Pixels};

/// Rows of the network's input.
pub(super) const HEIGHT: usize = 32;
/// Columns at most: some two hundred letters.
const WIDEST: usize = 4096;
/// Empty columns on either side.
const PAD: usize = 8;
/// The least difference that is taken for one between ink and background.
const FAINTEST: u32 = 16;

/// Brightness by row.
struct Crop {
    width: usize,
    height: usize,
    values: Vec<u8>,
}

/// The box as the network takes it, with what accents and tails stand out of it; `None` where nothing is left of it.
/// `tests/train/scene.py` does the same.
pub(super) fn input(picture: &Picture, place: &Rect) -> Option<Map> {
    let h = place.height;
    let (left, top) = (place.x.saturating_sub(h / 3 + 1), place.y.saturating_sub(h / 4 + 1));
    let right = place.x.saturating_add(place.width).saturating_add(h / 3 + 1).min(picture.columns);
    let bottom = place.y.saturating_add(h).saturating_add(h / 5 + 1).min(picture.rows);
    let (width, height) = (right.checked_sub(left)? as usize, bottom.checked_sub(top)? as usize);
    if width < 3 || height < 4 {
        return None;
    }
    let cut = |value: &dyn Fn(usize) -> u8| {
        let rows = (top as usize..bottom as usize).map(|y| y * picture.columns as usize);
        let values = rows.flat_map(|row| (left as usize..right as usize).map(move |x| row + x)).map(value);
        Crop { width, height, values: values.collect() }
    };
    let mut crop = match &picture.pixels {
        Pixels::Grey(values) => cut(&|at| values.get(at).copied().unwrap_or(0)),
        Pixels::Rgb(values) => {
            let rgb = |at: usize| values.get(at).copied().unwrap_or([0; 3]);
            let brightness = cut(&|at| {
                let [r, g, b] = rgb(at).map(u32::from);
                ((r * 77 + g * 150 + b * 29) >> 8) as u8
            });
            // Coloured letters may be as bright as what is behind them.
            let strongest = cut(&|at| rgb(at).into_iter().max().unwrap_or(0));
            if strongest.spread() > brightness.spread() { strongest } else { brightness }
        }
    };
    while crop.height > 2 * HEIGHT {
        crop = crop.halved();
    }
    Some(crop.resized())
}

impl Crop {
    /// The values below which 2, 50 and 98 of a hundred pixels lie.
    fn levels(&self) -> [u32; 3] {
        let mut counts = [0usize; 256];
        self.values.iter().for_each(|&value| counts[usize::from(value)] += 1);
        [2, 50, 98].map(|share| {
            let mut below = 0;
            let found = counts.iter().position(|count| {
                below += count;
                below * 100 >= self.values.len() * share
            });
            found.unwrap_or(0) as u32
        })
    }

    fn spread(&self) -> u32 {
        let [low, _, high] = self.levels();
        high - low
    }

    fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let at = |x: usize, y: usize| u32::from(self.values[y * self.width + x]);
        let mean = |x: usize, y: usize| {
            ((at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1)) / 4)
                as u8
        };
        let values =
            (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| mean(x, y)).collect();
        Self { width, height, values }
    }

    /// At the network's height: the background about 0, the ink about 1 away from it.
    fn resized(&self) -> Map {
        let [low, middle, high] = self.levels();
        let scale = 1.0 / (high - low).max(FAINTEST) as f32;
        let level = |value: u8| (f32::from(value) - middle as f32) * scale;
        let (w, h) = (self.width, self.height);
        let width = ((w * HEIGHT * 2 + h) / (2 * h)).clamp(8, WIDEST);
        // Whole groups of four columns, so that nothing hangs over at the end.
        let whole = (width + 2 * PAD).next_multiple_of(4);
        let mut map = Map::new(1, HEIGHT, whole);
        let columns: Vec<(usize, usize, f32)> = (0..width).map(|x| between(x, w, width)).collect();
        for (y, row) in map.values.chunks_exact_mut(whole).enumerate() {
            let (above, below, down) = between(y, h, HEIGHT);
            for (&(a, b, right), out) in columns.iter().zip(row.iter_mut().skip(PAD)) {
                let mix = |row: usize| {
                    let (a, b) = (level(self.values[row * w + a]), level(self.values[row * w + b]));
                    a + (b - a) * right
                };
                let (up, low) = (mix(above), mix(below));
                *out = up + (low - up) * down;
            }
        }
        map
    }
}

/// The two samples of `from` between which number `at` of `to` lies, and how near the second is.
fn between(at: usize, from: usize, to: usize) -> (usize, usize, f32) {
    let place = ((at as f32 + 0.5) * from as f32 / to as f32 - 0.5).max(0.0);
    let first = (place as usize).min(from - 1);
    (first, (first + 1).min(from - 1), (place - first as f32).min(1.0))
}
