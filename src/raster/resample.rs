use super::{Picture, Pixels, Placement};

/// The dots of the cells that a picture takes: [`Dots::ACROSS`] × [`Dots::DOWN`] a cell, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Dots {
    /// In dots.
    pub width: usize,
    pub height: usize,
    pub pixels: Pixels,
}

impl Dots {
    pub const ACROSS: usize = 8;
    pub const DOWN: usize = 16;

    /// The part of a picture that a placement shows.
    pub fn of(picture: &Picture, place: &Placement) -> Self {
        let width = usize::from(place.columns) * Self::ACROSS;
        let height = usize::from(place.rows) * Self::DOWN;
        Self { width, height, pixels: resample(picture, place, width, height) }
    }
}

/// The part of a picture that a placement shows, as so many dots. A dot is the mean of the pixels that it covers, each by
/// the share that is covered, so that thin strokes fade and never vanish.
pub(super) fn resample(picture: &Picture, place: &Placement, width: usize, height: usize) -> Pixels {
    let columns = spans(place.x, place.width, width, picture.columns as usize);
    let rows = spans(place.y, place.height, height, picture.rows as usize);
    let stride = picture.columns as usize;
    match &picture.pixels {
        Pixels::Grey(values) => {
            let of = average(values, stride, &columns, &rows, |&v| [f32::from(v)]);
            Pixels::Grey(of.into_iter().map(|[v]| v).collect())
        }
        Pixels::Rgb(values) => Pixels::Rgb(average(values, stride, &columns, &rows, |v| v.map(f32::from))),
    }
}

/// The pixels of one axis that a dot covers, with the shares of the first and last.
#[derive(Clone, Copy)]
struct Span {
    first: usize,
    last: usize,
    head: f32,
    tail: f32,
    /// One over the length that is covered.
    scale: f32,
}

fn spans(from: f64, length: f64, count: usize, limit: usize) -> Vec<Span> {
    let top = limit.saturating_sub(1);
    (0..count)
        .map(|at| {
            let edge = |at: usize| (from + length * at as f64 / count as f64).clamp(0.0, limit as f64);
            let (start, end) = (edge(at), edge(at + 1));
            let first = (start.floor() as usize).min(top);
            let last = ((end - 1e-6).floor().max(0.0) as usize).clamp(first, top);
            let head = if first == last { end - start } else { (first + 1) as f64 - start };
            let tail = if first == last { 0.0 } else { end - last as f64 };
            let covered = (end - start).max(1e-9);
            let (head, tail, scale) = (head.max(1e-9) as f32, tail as f32, (1.0 / covered) as f32);
            Span { first, last, head, tail, scale }
        })
        .collect()
}

fn average<T, const N: usize>(
    values: &[T],
    stride: usize,
    columns: &[Span],
    rows: &[Span],
    value: impl Fn(&T) -> [f32; N],
) -> Vec<[u8; N]> {
    let mut out = Vec::with_capacity(columns.len() * rows.len());
    let mut line = vec![[0f32; N]; columns.len()];
    let mut sums = line.clone();
    // Rows that two dots share, or that many do, are averaged across once.
    let mut held = usize::MAX;
    for span in rows {
        sums.fill([0.0; N]);
        for row in span.first..=span.last {
            if row != held {
                across(values.get(row * stride..).unwrap_or_default(), columns, &mut line, &value);
                held = row;
            }
            let weight = weight(span, row) * span.scale;
            for (sum, dot) in sums.iter_mut().zip(&line) {
                for (sum, value) in sum.iter_mut().zip(dot) {
                    *sum += value * weight;
                }
            }
        }
        out.extend(sums.iter().map(|sum| sum.map(|value| (value + 0.5) as u8)));
    }
    out
}

fn across<T, const N: usize>(
    values: &[T],
    columns: &[Span],
    line: &mut [[f32; N]],
    value: &impl Fn(&T) -> [f32; N],
) {
    for (span, dot) in columns.iter().zip(line) {
        let mut sum = [0.0; N];
        let covered = values.get(span.first..=span.last).unwrap_or_default();
        for (at, pixel) in covered.iter().enumerate() {
            let weight = weight(span, span.first + at);
            for (sum, value) in sum.iter_mut().zip(value(pixel)) {
                *sum += value * weight;
            }
        }
        *dot = sum.map(|value| value * span.scale);
    }
}

fn weight(span: &Span, at: usize) -> f32 {
    if at == span.first {
        span.head
    } else if at == span.last {
        span.tail
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(picture: &Picture, place: &Placement) -> Vec<u8> {
        match Dots::of(picture, place).pixels {
            Pixels::Grey(values) => values,
            Pixels::Rgb(_) => Vec::new(),
        }
    }

    #[test]
    fn keeps_means_and_single_pixels() {
        let pixels = Pixels::Grey((0..64u32 * 32).map(|at| if at % 64 < 32 { 10 } else { 210 }).collect());
        let picture = Picture { columns: 64, rows: 32, aspect: 1.0, pixels };
        let place = Placement { columns: 1, rows: 1, width: 64.0, height: 32.0, ..Placement::default() };
        let small = grey(&picture, &place);
        assert_eq!((small.len(), &small[..8]), (128, &[10, 10, 10, 10, 210, 210, 210, 210][..]));
        // Two pixels across the boundary, enlarged: each is four dots wide.
        let place =
            Placement { columns: 1, rows: 1, x: 31.0, width: 2.0, height: 32.0, ..Placement::default() };
        assert_eq!(grey(&picture, &place)[..8], [10, 10, 10, 10, 210, 210, 210, 210]);
        // The fourth dot covers 0.625 of a dark pixel and half of a bright one.
        let place =
            Placement { columns: 1, rows: 1, x: 28.0, width: 9.0, height: 32.0, ..Placement::default() };
        assert_eq!(grey(&picture, &place)[3], 99);
    }
}
