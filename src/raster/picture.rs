use super::{Tone, window};
use crate::dicom::frame::Frame;

/// A frame as it is to be seen: 8 bit, black to white.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub columns: u32,
    pub rows: u32,
    /// Height of a pixel over its width.
    pub aspect: f64,
    pub pixels: Pixels,
}

/// Row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pixels {
    Grey(Vec<u8>),
    Rgb(Vec<[u8; 3]>),
}

impl Picture {
    /// The whole frame through its modality's table, window or palette.
    pub fn new(frame: &Frame, tone: &Tone) -> Self {
        let mut pixels = window::apply(frame, tone);
        if tone.overlays {
            draw_overlays(frame, &mut pixels);
        }
        Self { columns: frame.columns, rows: frame.rows, aspect: frame.aspect, pixels }
    }

    /// Whether nothing is to be seen in a rectangle: hardly two pixels differ.
    pub fn is_even(&self, [x, y, width, height]: [u32; 4]) -> bool {
        let (mut low, mut high) = ([u8::MAX; 3], [0; 3]);
        for row in y..y.saturating_add(height).min(self.rows) {
            for rgb in (x..x.saturating_add(width).min(self.columns)).filter_map(|at| self.get(at, row)) {
                for channel in 0..3 {
                    low[channel] = low[channel].min(rgb[channel]);
                    high[channel] = high[channel].max(rgb[channel]);
                }
            }
        }
        low.into_iter().zip(high).all(|(low, high)| high.saturating_sub(low) < 8)
    }

    /// Red, green and blue at (`x`, `y`).
    pub fn get(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        let at = (x < self.columns).then_some(y as usize * self.columns as usize + x as usize)?;
        match &self.pixels {
            Pixels::Grey(values) => values.get(at).map(|&v| [v; 3]),
            Pixels::Rgb(values) => values.get(at).copied(),
        }
    }
}

/// White, or black where the picture itself is bright.
fn draw_overlays(frame: &Frame, pixels: &mut Pixels) {
    let contrast = |value: u8| if value < 192 { 255 } else { 0 };
    for (x, y) in frame.overlays.iter().flat_map(|plane| plane.pixels()) {
        if x < 0 || y < 0 || x >= frame.columns.into() || y >= frame.rows.into() {
            continue;
        }
        let at = y as usize * frame.columns as usize + x as usize;
        match pixels {
            Pixels::Grey(values) => {
                if let Some(value) = values.get_mut(at) {
                    *value = contrast(*value);
                }
            }
            Pixels::Rgb(values) => {
                if let Some(value) = values.get_mut(at) {
                    *value = [contrast(value[1]); 3];
                }
            }
        }
    }
}
