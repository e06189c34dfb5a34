//! The same picture through `chafa`, and its output read back into cells.

use super::measure::Image;
use dcmleak::raster::{Canvas, Cell, Colour, Colours, Placement, Size};
use std::{io::Write, process::Command};

/// What is known to serve it best.
pub const OPTIONS: [&[&str]; 4] = [
    &["--symbols", "block+wedge+sextant", "-w", "9", "-p", "off"],
    &["--symbols", "block+wedge+sextant", "-w", "9", "-p", "off", "--color-space", "din99d"],
    &["--symbols", "block+wedge+sextant", "-w", "9"],
    &["--symbols", "block", "-w", "9", "-p", "off"],
];

pub fn version() -> Option<String> {
    let output = Command::new("chafa").arg("--version").output().ok()?;
    String::from_utf8(output.stdout).ok()?.lines().next().map(str::to_owned)
}

pub fn run(image: &Image, size: Size, colours: Colours, options: &[&str]) -> Option<String> {
    let file = tempfile::Builder::new().suffix(".png").tempfile().ok()?;
    file.as_file().write_all(&png(image)).ok()?;
    let colours = if colours == Colours::True { "full" } else { "256" };
    let output = Command::new("chafa")
        .args(["--format", "symbols", "--stretch", "--animate", "off", "--colors", colours])
        .args(["--size", &format!("{}x{}", size.columns, size.rows), "--font-ratio", "0.5"])
        .args(options)
        .arg(file.path())
        .output()
        .ok()?;
    String::from_utf8(output.stdout).ok().filter(|text| !text.is_empty())
}

pub fn parse(text: &str, size: Size) -> Canvas {
    let place = Placement { columns: size.columns, rows: size.rows, ..Placement::default() };
    let mut canvas = Canvas::blank(size, place);
    let (mut row, mut column) = (0, 0);
    let mut pen = Pen::default();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\n' => (row, column) = (row + 1, 0),
            '\x1b' => {
                let sequence: String = chars.by_ref().take_while(|c| !c.is_ascii_alphabetic()).collect();
                // The final byte was taken; only "m" is followed by parameters here.
                pen.set(sequence.trim_start_matches('['));
            }
            glyph => {
                let (fg, bg) = if pen.inverse { (pen.bg, pen.fg) } else { (pen.fg, pen.bg) };
                canvas.set(column, row, Cell { glyph, fg, bg });
                column += 1;
            }
        }
    }
    canvas
}

#[derive(Clone, Copy, Default)]
struct Pen {
    fg: Colour,
    bg: Colour,
    inverse: bool,
}

impl Pen {
    fn set(&mut self, sequence: &str) {
        let numbers: Vec<u8> = sequence.split(';').map(|part| part.parse().unwrap_or(0)).collect();
        let mut rest = numbers.as_slice();
        while let [code, tail @ ..] = rest {
            rest = tail;
            match code {
                0 => *self = Self::default(),
                7 => self.inverse = true,
                27 => self.inverse = false,
                39 => self.fg = Colour::Default,
                49 => self.bg = Colour::Default,
                38 | 48 => {
                    let colour = match *rest {
                        [2, r, g, b, ..] => {
                            rest = &rest[4..];
                            Colour::Rgb(r, g, b)
                        }
                        [5, index, ..] => {
                            rest = &rest[2..];
                            Colour::Indexed(index)
                        }
                        _ => return,
                    };
                    if *code == 38 {
                        self.fg = colour;
                    } else {
                        self.bg = colour;
                    }
                }
                30..=37 => self.fg = Colour::Indexed(code - 30),
                40..=47 => self.bg = Colour::Indexed(code - 40),
                90..=97 => self.fg = Colour::Indexed(code - 82),
                100..=107 => self.bg = Colour::Indexed(code - 92),
                _ => {}
            }
        }
    }
}

fn png(image: &Image) -> Vec<u8> {
    let mut raw = Vec::new();
    for line in image.pixels.chunks(image.width) {
        raw.push(0);
        raw.extend(line.iter().flatten());
    }
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&raw).unwrap();
    let mut header = Vec::new();
    header.extend((image.width as u32).to_be_bytes());
    header.extend((image.height as u32).to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, body) in [(b"IHDR", header), (b"IDAT", packed.finish().unwrap()), (b"IEND", Vec::new())] {
        out.extend((body.len() as u32).to_be_bytes());
        let mut crc = flate2::Crc::new();
        crc.update(name);
        crc.update(&body);
        out.extend(name);
        out.extend(body);
        out.extend(crc.sum().to_be_bytes());
    }
    out
}
