use super::{
    decode::{CLASSES, Scores},
    layer::{Depth, Map, Point, rectified},
};
use ndarray::Array2;
use std::sync::LazyLock;

/// Floats of 16 bits: of each layer the weights, then the biases. Written by `tests/train/export.py`.
static WEIGHTS: &[u8] = include_bytes!("../../../assets/ocr/reader.f16");

/// Inputs, outputs and strides of the layers down to four rows, as in `tests/train/model.py`.
const SHAPE: [(usize, usize, (usize, usize)); 6] = [
    (32, 48, (1, 1)),
    (48, 64, (2, 1)),
    (64, 64, (1, 1)),
    (64, 128, (2, 2)),
    (128, 128, (1, 1)),
    (128, 128, (1, 1)),
];
/// Channels along the line, and layers there.
const WIDE: usize = 256;
const DEEP: usize = 6;
/// Rows that are left when the line becomes one row.
const ROWS: usize = 4;
/// Steps of output for each column that is left.
const STEPS: usize = 2;

#[derive(Debug)]
struct Separable {
    depth: Depth,
    point: Point,
    /// Whether the output is added to the input.
    keeps: bool,
}

/// Separable convolutions down to one row, a stack of them along the line, two steps of output for each four columns.
#[derive(Debug)]
pub(super) struct Network {
    first: Depth,
    shape: Vec<Separable>,
    flatten: Point,
    along: Vec<Separable>,
    out: Point,
}

impl Network {
    pub fn trained() -> &'static Self {
        static NETWORK: LazyLock<Network> = LazyLock::new(|| Network::of(&mut Stored::new(WEIGHTS)));
        &NETWORK
    }

    fn of(stored: &mut Stored<'_>) -> Self {
        Self {
            first: stored.depth(32, (3, 3), (2, 2)),
            shape: SHAPE
                .iter()
                .map(|&(inputs, outputs, stride)| stored.separable(inputs, outputs, (3, 3), stride))
                .collect(),
            flatten: stored.point(ROWS * SHAPE[SHAPE.len() - 1].1, WIDE),
            along: (0..DEEP).map(|_| stored.separable(WIDE, WIDE, (1, 7), (1, 1))).collect(),
            out: stored.point(WIDE, STEPS * CLASSES),
        }
    }

    pub fn scores(&self, input: Map) -> Scores {
        let mut map = rectified(self.first.apply(&input));
        for layer in &self.shape {
            map = layer.apply(map);
        }
        map = rectified(self.flatten.apply(map, ROWS));
        for layer in &self.along {
            map = layer.apply(map);
        }
        let map = self.out.apply(map, 1);
        let step = |at: usize| {
            (0..CLASSES).map(move |class| (at % STEPS * CLASSES + class) * map.width + at / STEPS)
        };
        Scores((0..STEPS * map.width).flat_map(step).map(|at| map.values[at]).collect())
    }
}

impl Separable {
    fn apply(&self, map: Map) -> Map {
        let mut out = rectified(self.point.apply(rectified(self.depth.apply(&map)), 1));
        if self.keeps {
            out.values.iter_mut().zip(&map.values).for_each(|(out, value)| *out += value);
        }
        out
    }
}

/// The file, read from the front.
pub(super) struct Stored<'a> {
    rest: &'a [[u8; 2]],
}

impl<'a> Stored<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes.as_chunks().0 }
    }

    /// The next `count` values; zeros where the file ends, of which a test sees to it that it does not.
    fn take(&mut self, count: usize) -> Vec<f32> {
        let (now, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        let mut values: Vec<f32> = now.iter().map(|&bytes| half(u16::from_le_bytes(bytes))).collect();
        values.resize(count, 0.0);
        values
    }

    fn depth(&mut self, outputs: usize, kernel: (usize, usize), stride: (usize, usize)) -> Depth {
        let weights = self.take(outputs * kernel.0 * kernel.1);
        Depth { kernel, stride, weights, bias: self.take(outputs) }
    }

    fn point(&mut self, inputs: usize, outputs: usize) -> Point {
        let weights = self.take(inputs * outputs);
        let weights = Array2::from_shape_vec((outputs, inputs), weights).unwrap_or_default();
        Point { weights, bias: self.take(outputs) }
    }

    fn separable(
        &mut self,
        inputs: usize,
        outputs: usize,
        kernel: (usize, usize),
        stride: (usize, usize),
    ) -> Separable {
        let depth = self.depth(inputs, kernel, stride);
        Separable { depth, point: self.point(inputs, outputs), keeps: inputs == outputs && stride == (1, 1) }
    }
}

/// IEEE 754's half precision; the file holds no infinities.
fn half(bits: u16) -> f32 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f32::from(bits & 1023) / 1024.0);
    let size =
        if exponent == 0 { fraction * 2f32.powi(-14) } else { (1.0 + fraction) * 2f32.powi(exponent - 15) };
    if bits >> 15 == 1 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds_what_the_layers_take_and_no_more() {
        let mut stored = Stored::new(WEIGHTS);
        Network::of(&mut stored);
        assert!(stored.rest.is_empty());
        let needed: usize = {
            let shape: usize = SHAPE.iter().map(|(i, o, _)| i * 10 + i * o + o).sum();
            32 * 10
                + shape
                + 512 * WIDE
                + WIDE
                + DEEP * (WIDE * 8 + WIDE * WIDE + WIDE)
                + (WIDE + 1) * STEPS * CLASSES
        };
        assert_eq!(WEIGHTS.len(), 2 * needed);
        assert!(WEIGHTS.len() < 2 << 20);
    }

    #[test]
    fn halves_are_read() {
        for (bits, value) in
            [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (0x0001, 5.960_464_5e-8), (0, 0.0)]
        {
            assert_eq!(half(bits), value);
        }
    }
}
