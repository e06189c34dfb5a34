use ndarray::{Array2, Axis};

/// Values by channel, row and column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Map {
    pub channels: usize,
    pub height: usize,
    pub width: usize,
    pub values: Vec<f32>,
}

impl Map {
    pub fn new(channels: usize, height: usize, width: usize) -> Self {
        Self { channels, height, width, values: vec![0.0; channels * height * width] }
    }
}

/// All channels of each place, mixed.
#[derive(Debug)]
pub(super) struct Point {
    /// Outputs × inputs.
    pub weights: Array2<f32>,
    pub bias: Vec<f32>,
}

impl Point {
    /// `rows` of each channel count as channels of their own: as many as there are where the map becomes one row.
    pub fn apply(&self, map: Map, rows: usize) -> Map {
        let (outputs, inputs) = self.weights.dim();
        let (height, width) = (map.height / rows, map.width);
        let Ok(input) = Array2::from_shape_vec((inputs, height * width), map.values) else {
            return Map::new(outputs, height, width);
        };
        let mut out = self.weights.dot(&input);
        for (mut row, bias) in out.axis_iter_mut(Axis(0)).zip(&self.bias) {
            row += *bias;
        }
        let (values, _) = out.into_raw_vec_and_offset();
        Map { channels: outputs, height, width, values }
    }
}

/// Each channel by itself, over the places around. Of one input channel as many outputs as there are kernels.
#[derive(Debug)]
pub(super) struct Depth {
    pub kernel: (usize, usize),
    pub stride: (usize, usize),
    /// By output and place in the kernel.
    pub weights: Vec<f32>,
    pub bias: Vec<f32>,
}

impl Depth {
    pub fn apply(&self, map: &Map) -> Map {
        let (down, right) = self.stride;
        let (height, width) = (map.height.div_ceil(down), map.width.div_ceil(right));
        let mut out = Map::new(self.bias.len(), height, width);
        let kernels = self.weights.chunks_exact(self.kernel.0 * self.kernel.1).zip(&self.bias);
        let each = self.bias.len() / map.channels;
        let mut padded = Vec::new();
        for (number, ((kernel, bias), out)) in
            kernels.zip(out.values.chunks_exact_mut(height * width)).enumerate()
        {
            if number % each == 0 {
                let channel = number / each * map.height * map.width;
                self.pad(&map.values[channel..channel + map.height * map.width], map.width, &mut padded);
            }
            let wide = map.width + 2 * (self.kernel.1 / 2);
            for (y, out) in out.chunks_exact_mut(width).enumerate() {
                out.fill(*bias);
                for (row, weights) in kernel.chunks_exact(self.kernel.1).enumerate() {
                    let from = (y * down + row) * wide;
                    add(out, &padded[from..from + wide], right, weights);
                }
            }
        }
        out
    }

    /// A channel with zeros around it, as far as the kernel reaches.
    fn pad(&self, channel: &[f32], width: usize, padded: &mut Vec<f32>) {
        let (above, beside) = (self.kernel.0 / 2, self.kernel.1 / 2);
        let wide = width + 2 * beside;
        padded.clear();
        padded.resize(above * wide, 0.0);
        for row in channel.chunks_exact(width) {
            padded.resize(padded.len() + beside, 0.0);
            padded.extend_from_slice(row);
            padded.resize(padded.len() + beside, 0.0);
        }
        padded.resize(padded.len() + above * wide, 0.0);
    }
}

/// Adds to each output what the weights make of the inputs from its place on.
fn add(out: &mut [f32], input: &[f32], stride: usize, weights: &[f32]) {
    match weights.len() {
        3 => add_all::<3>(out, input, stride, weights),
        7 => add_all::<7>(out, input, stride, weights),
        _ => {
            for (column, weight) in weights.iter().enumerate() {
                add_all::<1>(out, input.get(column..).unwrap_or_default(), stride, &[*weight]);
            }
        }
    }
}

// By a number of weights that is known when it is compiled, so that each output is loaded and stored once.
fn add_all<const N: usize>(out: &mut [f32], input: &[f32], stride: usize, weights: &[f32]) {
    let Ok(weights): Result<[f32; N], _> = weights.try_into() else { return };
    let sum = |window: &[f32]| {
        let mut sum = 0.0;
        for at in 0..N {
            sum += weights[at] * window[at];
        }
        sum
    };
    if stride == 1 {
        for (out, window) in out.iter_mut().zip(input.windows(N)) {
            *out += sum(window);
        }
    } else {
        for (out, window) in out.iter_mut().zip(input.windows(N).step_by(stride)) {
            *out += sum(window);
        }
    }
}

/// Nothing below zero.
pub(super) fn rectified(mut map: Map) -> Map {
    for value in &mut map.values {
        *value = value.max(0.0);
    }
    map
}
