/// Brightness by row.
pub(super) struct Plane {
    pub width: usize,
    pub height: usize,
    pub values: Vec<u8>,
}

impl Plane {
    pub fn inverted(&self) -> Self {
        Self { values: self.values.iter().map(|v| 255 - v).collect(), ..*self }
    }

    /// At half the scale; an odd row or column at the end is left out.
    pub fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut values = Vec::with_capacity(width * height);
        for rows in self.values.chunks_exact(2 * self.width) {
            let (above, below) = rows.split_at(self.width);
            let pairs = above.as_chunks::<2>().0.iter().zip(below.as_chunks::<2>().0);
            values.extend(pairs.map(|(a, b)| {
                let sum = u16::from(a[0]) + u16::from(a[1]) + u16::from(b[0]) + u16::from(b[1]);
                (sum / 4) as u8
            }));
        }
        Self { width, height, values }
    }

    /// What of the picture is left when every bright structure thinner than `size` is cut off.
    pub fn opened(&self, size: usize) -> Self {
        self.windowed::<Lowest>(size).windowed::<Highest>(size)
    }

    /// The highest value of the square of `size` around each pixel.
    pub fn highest(&self, size: usize) -> Self {
        self.windowed::<Highest>(size)
    }

    /// Combines the values of a square around each pixel, an odd `size` wide, as far as it lies in the picture.
    fn windowed<C: Combine>(&self, size: usize) -> Self {
        let (width, height) = (self.width, self.height);
        let half = size / 2;
        let mut line = vec![C::NEUTRAL; width + 2 * half];
        let mut next = line.clone();
        let mut across = Vec::with_capacity(width * height);
        for row in self.values.chunks_exact(width) {
            line[..half].fill(C::NEUTRAL);
            line[half..half + width].copy_from_slice(row);
            line[half + width..].fill(C::NEUTRAL);
            for step in steps(size) {
                let count = line.len() - step;
                for (next, (a, b)) in next.iter_mut().zip(line[..count].iter().zip(&line[step..])) {
                    *next = C::combine(*a, *b);
                }
                std::mem::swap(&mut line, &mut next);
            }
            across.extend_from_slice(&line[..width]);
        }
        // Downwards row by row: the rows of a window stay in the nearest cache, which counts for more than their
        // number.
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            let rows = y.saturating_sub(half)..(y + half + 1).min(height);
            let mut rows = across[rows.start * width..rows.end * width].chunks_exact(width);
            let start = values.len();
            values.extend_from_slice(rows.next().unwrap_or_default());
            for row in rows {
                for (a, b) in values[start..].iter_mut().zip(row) {
                    *a = C::combine(*a, *b);
                }
            }
        }
        Self { width, height, values }
    }
}

/// A choice between two values, in a form that compiles to one instruction for many.
trait Combine {
    /// Loses against every value.
    const NEUTRAL: u8;
    fn combine(a: u8, b: u8) -> u8;
}

struct Lowest;
struct Highest;

impl Combine for Lowest {
    const NEUTRAL: u8 = u8::MAX;
    fn combine(a: u8, b: u8) -> u8 {
        a.min(b)
    }
}

impl Combine for Highest {
    const NEUTRAL: u8 = 0;
    fn combine(a: u8, b: u8) -> u8 {
        a.max(b)
    }
}

/// Distances at which values are combined so that each ends up with `size` of them: doubling, then the rest.
fn steps(size: usize) -> impl Iterator<Item = usize> {
    let mut covered = 1;
    std::iter::from_fn(move || {
        let step = covered.min(size - covered);
        covered += step;
        (step > 0).then_some(step)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_exact() {
        let (width, height) = (23, 17);
        let values: Vec<u8> = (0..width * height).map(|at| (at * 37 % 251) as u8).collect();
        let plane = Plane { width, height, values: values.clone() };
        let highest = plane.highest(9);
        for y in 0..height {
            for x in 0..width {
                let rows = y.saturating_sub(4)..(y + 5).min(height);
                let best = rows.flat_map(|row| {
                    (x.saturating_sub(4)..(x + 5).min(width)).map(move |column| (row, column))
                });
                let best = best.map(|(row, column)| values[row * width + column]).max().unwrap();
                assert_eq!(highest.values[y * width + x], best, "{x} {y}");
            }
        }
    }

    #[test]
    fn opening_removes_what_is_thin() {
        let mut values = vec![10; 40 * 40];
        for at in 0..40 {
            values[at * 40 + 5] = 200;
            for column in 20..32 {
                values[at * 40 + column] = 200;
            }
        }
        let opened = Plane { width: 40, height: 40, values }.opened(9);
        assert_eq!((opened.values[20 * 40 + 5], opened.values[20 * 40 + 25]), (10, 200));
    }
}
