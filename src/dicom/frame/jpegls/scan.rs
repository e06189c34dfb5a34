use super::{FrameError, bits::Bits};
use crate::dicom::frame::limits::Budget;

/// Section A.7.1.2, table A.7.
const RUN: [u32; 32] =
    [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const CONTEXTS: usize = 365;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Interleave {
    None,
    Line,
    Sample,
}

/// Section A.2.1 and C.2.4.1.1.
#[derive(Clone, Copy)]
pub(super) struct Parameters {
    highest: i32,
    near: i32,
    thresholds: [i32; 3],
    reset: i32,
    /// One more than twice NEAR.
    step: i32,
    range: i32,
    /// Bits of a mapped error.
    width: u32,
    limit: u32,
}

impl Parameters {
    pub fn new(precision: u8, near: u8, preset: [u16; 5]) -> Option<Self> {
        let or = |stated: u16, usual: i32| if stated == 0 { usual } else { stated.into() };
        let highest = or(preset[0], (1 << precision) - 1);
        let near = i32::from(near);
        if highest >= 1 << precision || near > 255.min(highest / 2) {
            return None;
        }
        let clamp = |value: i32, low: i32| if value > highest || value < low { low } else { value };
        let (one, two, three) = if highest >= 128 {
            let factor = (highest.min(4095) + 128) / 256;
            (factor + 2 + 3 * near, factor * 4 + 3 + 5 * near, factor * 17 + 4 + 7 * near)
        } else {
            let factor = 256 / (highest + 1);
            let part = |usual: i32, least: i32| (usual / factor).max(least);
            (part(3, 2) + 3 * near, part(7, 3) + 5 * near, part(21, 4) + 7 * near)
        };
        let first = clamp(one, near + 1);
        let second = clamp(two, first);
        let thresholds = [or(preset[1], first), or(preset[2], second), or(preset[3], clamp(three, second))];
        let step = 2 * near + 1;
        let range = (highest + 2 * near) / step + 1;
        let log = |value: i32| 32 - (value - 1).leading_zeros();
        let bits = log(highest + 1).max(2);
        let width = log(range);
        let limit = 2 * (bits + bits.max(8));
        let reset = or(preset[4], 64);
        let sound = reset >= 3 && thresholds.is_sorted() && thresholds[0] > near && thresholds[2] <= highest;
        sound.then_some(Self { highest, near, thresholds, reset, step, range, width, limit })
    }

    fn quantize(&self, difference: i32) -> i32 {
        let [one, two, three] = self.thresholds;
        let size = match difference.abs() {
            size if size <= self.near => 0,
            size if size < one => 1,
            size if size < two => 2,
            size if size < three => 3,
            _ => 4,
        };
        size * difference.signum()
    }

    /// A sample from its prediction and error, brought back into range: section A.4.5.
    fn reconstruct(&self, predicted: i32, error: i32) -> i32 {
        let mut value = predicted + error * self.step;
        if value < -self.near {
            value += self.range * self.step;
        } else if value > self.highest + self.near {
            value -= self.range * self.step;
        }
        value.clamp(0, self.highest)
    }
}

#[derive(Clone, Copy)]
struct Context {
    a: i32,
    b: i32,
    c: i32,
    n: i32,
}

#[derive(Clone, Copy)]
struct RunContext {
    a: i32,
    n: i32,
    negative: i32,
}

/// One scan: one component, or several that are interleaved.
pub(super) struct Scan<'b> {
    bits: Bits<'b>,
    parameters: Parameters,
    interleave: Interleave,
    components: usize,
    columns: usize,
    rows: usize,
    shift: u8,
    contexts: Vec<Context>,
    run_contexts: [RunContext; 2],
    run_index: Vec<usize>,
}

/// A component's line and the one above it, each with a sample in front and one behind.
struct Lines {
    above: Vec<i32>,
    own: Vec<i32>,
}

impl Lines {
    fn next(&mut self) {
        std::mem::swap(&mut self.above, &mut self.own);
        let last = self.above.len() - 1;
        self.above[last] = self.above[last - 1];
        self.own[0] = self.above[1];
    }

    /// The neighbours a, b, c, d of section 3.
    fn around(&self, at: usize) -> [i32; 4] {
        [self.own[at - 1], self.above[at], self.above[at - 1], self.above[at + 1]]
    }
}

impl<'b> Scan<'b> {
    pub fn new(
        data: &'b [u8],
        parameters: Parameters,
        interleave: Interleave,
        components: usize,
        columns: usize,
        rows: usize,
        shift: u8,
    ) -> Self {
        let a = ((parameters.range + 32) / 64).max(2);
        Self {
            bits: Bits::new(data),
            parameters,
            interleave,
            components,
            columns,
            rows,
            shift,
            contexts: vec![Context { a, b: 0, c: 0, n: 1 }; CONTEXTS],
            run_contexts: [RunContext { a, n: 1, negative: 0 }; 2],
            run_index: vec![0; components],
        }
    }

    pub fn taken(&self) -> usize {
        self.bits.taken()
    }

    /// Decodes the scan and appends its components' planes. `false` where the data ended early.
    pub fn run(&mut self, planes: &mut Vec<Vec<u16>>, budget: &Budget<'_>) -> Result<bool, FrameError> {
        let line = vec![0; self.columns + 2];
        let mut lines: Vec<Lines> =
            (0..self.components).map(|_| Lines { above: line.clone(), own: line.clone() }).collect();
        let mut out: Vec<Vec<u16>> =
            (0..self.components).map(|_| Vec::with_capacity(self.columns * self.rows)).collect();
        let mut whole = true;
        for row in 0..self.rows {
            if row % 64 == 0 {
                budget.check()?;
            }
            // What is still in the reader may be the last line's; a scan that ends lines ago is cut.
            if self.bits.missing > 64 {
                whole = false;
                break;
            }
            lines.iter_mut().for_each(Lines::next);
            if self.interleave == Interleave::Sample {
                self.samples(&mut lines);
            } else {
                for (component, lines) in lines.iter_mut().enumerate() {
                    self.line(lines, component);
                }
            }
            for (plane, lines) in out.iter_mut().zip(&lines) {
                plane.extend(lines.own.iter().skip(1).take(self.columns).map(|&v| (v << self.shift) as u16));
            }
        }
        out.iter_mut().for_each(|plane| plane.resize(self.columns * self.rows, 0));
        planes.append(&mut out);
        Ok(whole)
    }

    fn line(&mut self, lines: &mut Lines, component: usize) {
        let mut at = 1;
        while at <= self.columns {
            let around = lines.around(at);
            let context = self.context(around);
            if context != 0 {
                lines.own[at] = self.regular(context, around);
                at += 1;
                continue;
            }
            let left = lines.own[at - 1];
            let run = self.run_length(component, self.columns + 1 - at);
            lines.own[at..at + run].fill(left);
            at += run;
            if at <= self.columns {
                lines.own[at] = self.interruption(left, lines.above[at], component);
                at += 1;
            }
        }
    }

    /// A line of all components, sample by sample: a run is one of all of them.
    fn samples(&mut self, lines: &mut [Lines]) {
        let mut at = 1;
        while at <= self.columns {
            if lines.iter().any(|lines| self.context(lines.around(at)) != 0) {
                for lines in lines.iter_mut() {
                    let around = lines.around(at);
                    lines.own[at] = self.regular(self.context(around), around);
                }
                at += 1;
                continue;
            }
            let run = self.run_length(0, self.columns + 1 - at);
            for lines in lines.iter_mut() {
                let left = lines.own[at - 1];
                lines.own[at..at + run].fill(left);
            }
            at += run;
            if at <= self.columns {
                for lines in lines.iter_mut() {
                    let (left, above) = (lines.own[at - 1], lines.above[at]);
                    let error = self.run_error(0, 0);
                    let sign = if above < left { -1 } else { 1 };
                    lines.own[at] = self.parameters.reconstruct(above, sign * error);
                }
                self.run_index[0] = self.run_index[0].saturating_sub(1);
                at += 1;
            }
        }
    }

    /// The number of the context, with the sign of its first gradient that is not 0: section A.3.4.
    fn context(&self, [a, b, c, d]: [i32; 4]) -> i32 {
        let quantize = |difference| self.parameters.quantize(difference);
        81 * quantize(d - b) + 9 * quantize(b - c) + quantize(c - a)
    }

    /// Sections A.4 to A.6.
    fn regular(&mut self, context: i32, [a, b, c, _]: [i32; 4]) -> i32 {
        let sign = if context < 0 { -1 } else { 1 };
        let index = context.unsigned_abs() as usize;
        let Some(&Context { a: size, b: bias, c: correction, n }) = self.contexts.get(index) else {
            return 0;
        };
        let predicted = if c >= a.max(b) {
            a.min(b)
        } else if c <= a.min(b) {
            a.max(b)
        } else {
            a + b - c
        };
        let predicted = (predicted + sign * correction).clamp(0, self.parameters.highest);
        let k = golomb(n, size);
        let mapped = self.mapped(k, self.parameters.limit);
        let mut error = if mapped % 2 == 0 { mapped / 2 } else { -(mapped + 1) / 2 };
        if self.parameters.near == 0 && k == 0 && 2 * bias <= -n {
            error = -(error + 1);
        }
        self.update(index, error);
        self.parameters.reconstruct(predicted, sign * error)
    }

    fn update(&mut self, index: usize, error: i32) {
        let Some(context) = self.contexts.get_mut(index) else { return };
        context.b += error * self.parameters.step;
        context.a += error.abs();
        if context.n == self.parameters.reset {
            context.a >>= 1;
            context.b >>= 1;
            context.n >>= 1;
        }
        context.n += 1;
        if context.b <= -context.n {
            context.b = (context.b + context.n).max(1 - context.n);
            context.c = (context.c - 1).max(-128);
        } else if context.b > 0 {
            context.b = (context.b - context.n).min(0);
            context.c = (context.c + 1).min(127);
        }
    }

    /// Samples of a run, at most `left`: section A.7.1.
    fn run_length(&mut self, component: usize, left: usize) -> usize {
        let mut run = 0;
        while self.bits.take(1) == 1 {
            let index = self.run_index[component];
            let part = 1 << RUN[index];
            let fits = (left - run).min(part);
            run += fits;
            if fits == part {
                self.run_index[component] = (index + 1).min(31);
            }
            if run == left {
                return run;
            }
        }
        let rest = self.bits.take(RUN[self.run_index[component]]) as usize;
        (run + rest).min(left)
    }

    /// The sample that ends a run: section A.7.2.
    fn interruption(&mut self, left: i32, above: i32, component: usize) -> i32 {
        let alike = (left - above).abs() <= self.parameters.near;
        let error = self.run_error(usize::from(alike), component);
        self.run_index[component] = self.run_index[component].saturating_sub(1);
        let sign = if !alike && left > above { -1 } else { 1 };
        self.parameters.reconstruct(if alike { left } else { above }, sign * error)
    }

    fn run_error(&mut self, kind: usize, component: usize) -> i32 {
        let RunContext { a, n, negative } = self.run_contexts[kind];
        let alike = kind as i32;
        let k = golomb(n, if kind == 1 { a + (n >> 1) } else { a });
        let limit = self.parameters.limit - RUN[self.run_index[component]] - 1;
        let mapped = self.mapped(k, limit);
        let folded = mapped + alike;
        let odd = folded % 2;
        let size = (folded + odd) / 2;
        let error = if (k != 0 || 2 * negative >= n) == (odd == 1) { -size } else { size };
        let context = &mut self.run_contexts[kind];
        context.negative += i32::from(error < 0);
        context.a += (mapped + 1 - alike) >> 1;
        if context.n == self.parameters.reset {
            context.a >>= 1;
            context.n >>= 1;
            context.negative >>= 1;
        }
        context.n += 1;
        error
    }

    /// A Golomb code of limited length: section A.5.3.
    fn mapped(&mut self, k: u32, limit: u32) -> i32 {
        let most = limit - self.parameters.width - 1;
        let zeros = self.bits.zeros(most);
        if zeros < most {
            return (zeros << k | self.bits.take(k)) as i32;
        }
        // The one that ends the zeros of an escape.
        self.bits.take(1);
        self.bits.take(self.parameters.width) as i32 + 1
    }
}

fn golomb(n: i32, a: i32) -> u32 {
    (0..16).find(|&k| n << k >= a).unwrap_or(16)
}
