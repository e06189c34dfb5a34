//! Pictures of dots, and how alike two of them are.

use dcmleak::raster::{Canvas, Colour, Colours, Dots, Pixels, dots};

pub struct Image {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<[u8; 3]>,
}

impl Image {
    pub fn of(dots: &Dots) -> Self {
        let pixels = match &dots.pixels {
            Pixels::Grey(values) => values.iter().map(|&v| [v; 3]).collect(),
            Pixels::Rgb(values) => values.clone(),
        };
        Self { width: dots.width, height: dots.height, pixels }
    }

    /// The picture's part of a canvas as a terminal shows it, white on black.
    pub fn shown(canvas: &Canvas) -> Self {
        let place = canvas.place;
        let (width, height) =
            (usize::from(place.columns) * Dots::ACROSS, usize::from(place.rows) * Dots::DOWN);
        let mut pixels = vec![[0; 3]; width * height];
        for row in 0..place.rows {
            for column in 0..place.columns {
                let Some(cell) = canvas.get(place.column + column, place.row + row) else { continue };
                let set = dots(cell.glyph).unwrap_or_else(|| panic!("{:?} is no known glyph", cell.glyph));
                let (fg, bg) = (rgb(cell.fg, 255), rgb(cell.bg, 0));
                for dot in 0..Dots::ACROSS * Dots::DOWN {
                    let y = usize::from(row) * Dots::DOWN + dot / Dots::ACROSS;
                    let x = usize::from(column) * Dots::ACROSS + dot % Dots::ACROSS;
                    pixels[y * width + x] = if set >> dot & 1 == 1 { fg } else { bg };
                }
            }
        }
        Self { width, height, pixels }
    }

    fn brightness(&self, x: usize, y: usize) -> f64 {
        let [r, g, b] = self.pixels[y * self.width + x].map(f64::from);
        0.299 * r + 0.587 * g + 0.114 * b
    }
}

fn rgb(colour: Colour, default: u8) -> [u8; 3] {
    match colour {
        Colour::Default => [default; 3],
        Colour::Indexed(index) => Colours::rgb(index),
        Colour::Rgb(r, g, b) => [r, g, b],
    }
}

/// Decibels.
pub fn psnr(a: &Image, b: &Image) -> f64 {
    let error = |(a, b): (&[u8; 3], &[u8; 3])| -> f64 {
        a.iter().zip(b).map(|(&a, &b)| (f64::from(a) - f64::from(b)).powi(2)).sum()
    };
    let mean = a.pixels.iter().zip(&b.pixels).map(error).sum::<f64>() / (a.pixels.len() * 3) as f64;
    10.0 * (255.0 * 255.0 / mean.max(1e-9)).log10()
}

/// Mean over windows of 8 × 8, four dots apart.
pub fn ssim(a: &Image, b: &Image) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for top in (0..a.height - 7).step_by(4) {
        for left in (0..a.width - 7).step_by(4) {
            let [mut sa, mut sb, mut saa, mut sbb, mut sab] = [0.0; 5];
            for y in top..top + 8 {
                for x in left..left + 8 {
                    let (va, vb) = (a.brightness(x, y), b.brightness(x, y));
                    sa += va;
                    sb += vb;
                    saa += va * va;
                    sbb += vb * vb;
                    sab += va * vb;
                }
            }
            let n = 64.0;
            let (ma, mb) = (sa / n, sb / n);
            let (va, vb, cab) = (saa / n - ma * ma, sbb / n - mb * mb, sab / n - ma * mb);
            let (c1, c2) = ((0.01f64 * 255.0).powi(2), (0.03f64 * 255.0).powi(2));
            sum += (2.0 * ma * mb + c1) * (2.0 * cab + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
            count += 1.0;
        }
    }
    sum / count
}
