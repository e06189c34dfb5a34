use super::{
    super::{Found, Rect, TextBox},
    image::{self, Norm},
};
use crate::raster::Picture;
use rten::Model;
use rten_tensor::{AsView, Layout, NdTensor};

/// The longer side that a picture is brought to at most, and of what both sides must be multiples.
const LONGEST: u32 = 960;
const STEP: u32 = 32;
/// From which probability on a pixel is one of text, and the mean of a place from which on it is one.
const PIXEL: f32 = 0.2;
const PLACE: f32 = 0.4;
/// The model marks the core of a line: its area over its outline, times this, is missing on each side.
const UNCLIP: f32 = 1.4;
/// Sides of a core that is no speck.
const LEAST: usize = 3;
/// Places at most.
const MOST: usize = 512;
/// ImageNet's.
const NORM: Norm = Norm { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };

/// Marks text by a map of probabilities ("differentiable binarisation", Liao and others, 2020).
#[derive(Debug)]
pub(super) struct Detector {
    model: Model,
}

/// The core of a line.
struct Core {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
    sum: f32,
    pixels: usize,
}

impl Detector {
    pub fn new(model: Model) -> Self {
        Self { model }
    }

    /// Places of text; `None` where the model fails.
    pub fn search(&self, picture: &Picture) -> Option<Vec<Found>> {
        let (width, height) = size(picture)?;
        let all = Rect { x: 0, y: 0, width: picture.columns, height: picture.rows };
        let input = image::input(picture, &all, (width as usize, height as usize), &NORM)?;
        let map: NdTensor<f32, 4> = self.model.run_one(input.view().into(), None).ok()?.try_into().ok()?;
        let [_, _, rows, columns] = map.shape();
        if rows == 0 || columns == 0 {
            return None;
        }
        let scale = (picture.columns as f32 / columns as f32, picture.rows as f32 / rows as f32);
        let cores = cores(&map.to_vec(), columns);
        let places = cores.iter().filter_map(|core| core.place(scale, picture));
        Some(places.take(MOST).map(Found::whole).collect())
    }
}

/// The model's size of a picture.
fn size(picture: &Picture) -> Option<(u32, u32)> {
    let (width, height) = (picture.columns, picture.rows);
    if width < 8 || height < 8 {
        return None;
    }
    let scale = (f64::from(LONGEST) / f64::from(width.max(height))).min(1.0);
    let side = |side: u32| ((f64::from(side) * scale).round() as u32).div_ceil(STEP).max(1) * STEP;
    Some((side(width).min(LONGEST), side(height).min(LONGEST)))
}

/// Pixels of text that touch, as one each.
fn cores(map: &[f32], columns: usize) -> Vec<Core> {
    let mut seen: Vec<bool> = map.iter().map(|&value| value <= PIXEL).collect();
    let mut cores = Vec::new();
    let mut open = Vec::new();
    for start in 0..map.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        open.push(start);
        let (x, y) = (start % columns, start / columns);
        let mut core = Core { left: x, top: y, right: x, bottom: y, sum: 0.0, pixels: 0 };
        while let Some(at) = open.pop() {
            let (x, y) = (at % columns, at / columns);
            core.add(x, y, map[at]);
            let beside = |dx: usize, dy: usize| {
                let (x, y) = ((x + dx).checked_sub(1)?, (y + dy).checked_sub(1)?);
                (x < columns).then_some(y * columns + x).filter(|&at| at < map.len())
            };
            for near in (0..3).flat_map(|dy| (0..3).map(move |dx| (dx, dy))) {
                if let Some(near) = beside(near.0, near.1)
                    && !seen[near]
                {
                    seen[near] = true;
                    open.push(near);
                }
            }
        }
        cores.push(core);
    }
    cores
}

impl Core {
    fn add(&mut self, x: usize, y: usize, value: f32) {
        (self.left, self.right) = (self.left.min(x), self.right.max(x));
        (self.top, self.bottom) = (self.top.min(y), self.bottom.max(y));
        self.sum += value;
        self.pixels += 1;
    }

    /// The line, in pixels of the picture; `None` of specks and of what is hardly text.
    fn place(&self, (across, down): (f32, f32), picture: &Picture) -> Option<TextBox> {
        let (width, height) = (self.right - self.left + 1, self.bottom - self.top + 1);
        let score = self.sum / self.pixels as f32;
        if width < LEAST || height < LEAST || score < PLACE {
            return None;
        }
        let (w, h) = (width as f32, height as f32);
        let missing = w * h * UNCLIP / (2.0 * (w + h));
        let least = |at: usize, scale: f32| ((at as f32 - missing) * scale).max(0.0) as u32;
        let most = |at: usize, scale: f32, side: u32| {
            (((at + 1) as f32 + missing) * scale).ceil().min(side as f32) as u32
        };
        let (x, y) = (least(self.left, across), least(self.top, down));
        let width = most(self.right, across, picture.columns).checked_sub(x).filter(|&side| side > 0)?;
        let height = most(self.bottom, down, picture.rows).checked_sub(y).filter(|&side| side > 0)?;
        // Letters are about half as wide as a line with its margins is high.
        let letters = (2 * width / height).clamp(1, 999) as u16;
        Some(TextBox { x, y, width, height, confidence: (score * 100.0).min(99.0) as u8, letters })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cores_are_what_touches() {
        let map = [
            0.9, 0.9, 0.0, 0.0, //
            0.0, 0.0, 0.9, 0.0, //
            0.0, 0.0, 0.0, 0.0, //
            0.5, 0.0, 0.0, 0.9,
        ];
        let found: Vec<_> =
            cores(&map, 4).iter().map(|own| [own.left, own.top, own.right, own.bottom, own.pixels]).collect();
        assert_eq!(found, [[0, 0, 2, 1, 3], [0, 3, 0, 3, 1], [3, 3, 3, 3, 1]]);
    }
}
