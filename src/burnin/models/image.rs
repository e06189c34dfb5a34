use super::super::Rect;
use crate::raster::{Picture, Pixels};
use rten_tensor::NdTensor;

/// A part of a picture as planes of red, green and blue.
struct Planes {
    width: usize,
    height: usize,
    values: Vec<[u8; 3]>,
}

/// What is taken from each channel, 0 to 1, and by what the rest is divided.
pub(super) struct Norm {
    pub mean: [f32; 3],
    pub deviation: [f32; 3],
}

/// A part of a picture at another size, as models take it: one image, channels, rows, columns. `None` where nothing is
/// left of it.
pub(super) fn input(
    picture: &Picture,
    place: &Rect,
    (width, height): (usize, usize),
    norm: &Norm,
) -> Option<NdTensor<f32, 4>> {
    let mut planes = Planes::cut(picture, place)?;
    // Means first, so that thin strokes do not fall between the samples.
    while planes.height >= 2 * height && planes.width >= 2 * width {
        planes = planes.halved();
    }
    Some(planes.resized(width, height, norm))
}

impl Planes {
    fn cut(picture: &Picture, place: &Rect) -> Option<Self> {
        let right = place.x.saturating_add(place.width).min(picture.columns);
        let bottom = place.y.saturating_add(place.height).min(picture.rows);
        let (width, height) = (right.checked_sub(place.x)? as usize, bottom.checked_sub(place.y)? as usize);
        if width == 0 || height == 0 {
            return None;
        }
        let rgb = |at: usize| match &picture.pixels {
            Pixels::Grey(values) => values.get(at).map_or([0; 3], |&value| [value; 3]),
            Pixels::Rgb(values) => values.get(at).copied().unwrap_or([0; 3]),
        };
        let rows = (place.y as usize..bottom as usize).map(|y| y * picture.columns as usize);
        let values = rows.flat_map(|row| (place.x as usize..right as usize).map(move |x| row + x)).map(rgb);
        Some(Self { width, height, values: values.collect() })
    }

    fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let at = |x: usize, y: usize, channel: usize| u32::from(self.values[y * self.width + x][channel]);
        let mean = |x: usize, y: usize, channel: usize| {
            let (right, below) = (2 * x + 1, 2 * y + 1);
            let sum = at(2 * x, 2 * y, channel)
                + at(right, 2 * y, channel)
                + at(2 * x, below, channel)
                + at(right, below, channel);
            (sum / 4) as u8
        };
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let values = places.map(|(x, y)| [0, 1, 2].map(|channel| mean(x, y, channel))).collect();
        Self { width, height, values }
    }

    /// By two samples either way.
    fn resized(&self, width: usize, height: usize, norm: &Norm) -> NdTensor<f32, 4> {
        let columns: Vec<_> = (0..width).map(|x| between(x, self.width, width)).collect();
        let rows: Vec<_> = (0..height).map(|y| between(y, self.height, height)).collect();
        let mut values = Vec::with_capacity(3 * width * height);
        for channel in 0..3 {
            let level =
                |row: usize, column: usize| f32::from(self.values[row * self.width + column][channel]);
            let (mean, deviation) = (norm.mean[channel], norm.deviation[channel]);
            for &(above, below, down) in &rows {
                for &(left, right, along) in &columns {
                    let mix = |row: usize| level(row, left) * (1.0 - along) + level(row, right) * along;
                    let value = mix(above) * (1.0 - down) + mix(below) * down;
                    values.push((value / 255.0 - mean) / deviation);
                }
            }
        }
        NdTensor::from_data([1, 3, height, width], values)
    }
}

/// The two samples of `from` between which number `at` of `to` lies, and how near the second is.
fn between(at: usize, from: usize, to: usize) -> (usize, usize, f32) {
    let place = ((at as f32 + 0.5) * from as f32 / to as f32 - 0.5).max(0.0);
    let first = (place as usize).min(from - 1);
    (first, (first + 1).min(from - 1), (place - first as f32).min(1.0))
}
