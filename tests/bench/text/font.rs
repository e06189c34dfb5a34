//! Letters to burn in: rasterised outlines, and the blocky letters of old machines.

use dcmleak::demo::anatomy::letters;
use std::{collections::HashMap, io::Read};

pub const SIZES: [u8; 8] = [8, 9, 10, 12, 14, 16, 20, 24];
pub const FONTS: u8 = 4;

struct Glyph {
    width: i32,
    height: i32,
    x: i32,
    y: i32,
    advance: i32,
    /// 0 to 15.
    coverage: Vec<u8>,
}

pub struct Fonts(HashMap<(u8, u8, u8), Glyph>);

/// Dots of a line of text: column, row, coverage from 0 to 1.
pub type Dots = Vec<(i32, i32, f32)>;

impl Fonts {
    pub fn load() -> Self {
        let mut bytes = Vec::new();
        flate2::read::ZlibDecoder::new(&include_bytes!("glyphs.z")[..]).read_to_end(&mut bytes).unwrap();
        let mut glyphs = HashMap::new();
        let mut rest = bytes.as_slice();
        while let [font, size, c, w, h, x, y, advance, tail @ ..] = rest {
            let (width, height) = (i32::from(*w), i32::from(*h));
            let packed = (width * height + 1) as usize / 2;
            let coverage = tail[..packed].iter().flat_map(|b| [b >> 4, b & 15]).collect();
            let (x, y) = (i32::from(*x as i8), i32::from(*y as i8));
            let glyph = Glyph { width, height, x, y, advance: (*advance).into(), coverage };
            glyphs.insert((*font, *size, *c), glyph);
            rest = &tail[packed..];
        }
        Self(glyphs)
    }

    pub fn line(&self, text: &str, font: u8, size: u8) -> Dots {
        let mut dots = Vec::new();
        let mut pen = 0;
        for c in text.bytes() {
            let Some(glyph) = self.0.get(&(font, size, c)) else {
                pen += i32::from(size) / 3;
                continue;
            };
            for at in 0..glyph.width * glyph.height {
                let coverage = glyph.coverage[at as usize];
                if coverage > 0 {
                    let (x, y) = (at % glyph.width, at / glyph.width);
                    dots.push((pen + glyph.x + x, glyph.y + y, f32::from(coverage) / 15.0));
                }
            }
            pen += glyph.advance;
        }
        dots
    }
}

pub fn blocky(text: &str, scale: i32) -> Dots {
    let cell = |(x, y): (usize, usize)| {
        let (x, y) = (x as i32 * scale, y as i32 * scale);
        (0..scale * scale).map(move |at| (x + at % scale, y + at / scale, 1.0))
    };
    letters(text).into_iter().flat_map(cell).collect()
}
