use super::{Graphics, Raster};
use crate::raster::Pixels;
use std::io::{self, Write};

/// Sixels, of DEC's terminals and of xterm, foot, mlterm, Windows Terminal: strips six pixels high, one colour after
/// the other. Grey in 64 steps, colours in six steps of each channel, both with ordered dither.
#[derive(Debug, Clone, Copy)]
pub struct Sixel;

/// Rows of a strip.
const STRIP: usize = 6;
const COLOURS: usize = 256;
/// Steps of grey, and of a channel.
const GREYS: usize = 64;
const STEPS: usize = 6;

/// Thresholds of a 4 × 4 ordered dither, of 16.
const BAYER: [[u16; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];

impl Graphics for Sixel {
    fn write(&self, raster: &Raster, out: &mut dyn Write) -> io::Result<()> {
        let colours = indices(raster);
        let width = raster.width.max(1);
        // Nothing of what is beside; pixels as wide as high.
        write!(out, "\x1bP;1q\"1;1;{};{}", raster.width, raster.height)?;
        let mut known = [false; COLOURS];
        for (at, strip) in colours.chunks(width * STRIP).enumerate() {
            out.write_all(if at == 0 { b"" } else { b"-" })?;
            for (at, (colour, columns)) in columns(strip, width).iter().enumerate() {
                // Back to the beginning of the strip for each colour but the first.
                out.write_all(if at == 0 { b"" } else { b"$" })?;
                if let Some(known) = known.get_mut(usize::from(*colour))
                    && !std::mem::replace(known, true)
                {
                    let [r, g, b] = percents(&raster.pixels, *colour);
                    write!(out, "#{colour};2;{r};{g};{b}")?;
                }
                write!(out, "#{colour}")?;
                line(columns, out)?;
            }
        }
        out.write_all(b"\x1b\\")
    }
}

/// For each colour of a strip what it has of each column: a bit for each pixel, the upper one first.
fn columns(strip: &[u8], width: usize) -> Vec<(u8, Vec<u8>)> {
    let mut all: [Option<Vec<u8>>; COLOURS] = [const { None }; COLOURS];
    for (y, row) in strip.chunks(width).enumerate() {
        for (x, &colour) in row.iter().enumerate() {
            let Some(own) = all.get_mut(usize::from(colour)) else { continue };
            if let Some(bits) = own.get_or_insert_with(|| vec![0; width]).get_mut(x) {
                *bits |= 1 << y;
            }
        }
    }
    (0..=u8::MAX).zip(all).filter_map(|(colour, columns)| Some((colour, columns?))).collect()
}

/// One colour of a strip: a character for each column; `!` counts equal ones.
fn line(columns: &[u8], out: &mut dyn Write) -> io::Result<()> {
    // Nothing needs to be said of what is blank to the end.
    let end = columns.iter().rposition(|&bits| bits != 0).map_or(0, |last| last + 1);
    for run in columns[..end].chunk_by(|a, b| a == b) {
        let letter = char::from(63 + run[0]);
        match run.len() {
            count @ 1..=3 => (0..count).try_for_each(|_| write!(out, "{letter}"))?,
            count => write!(out, "!{count}{letter}")?,
        }
    }
    Ok(())
}

/// The colour of each pixel.
fn indices(raster: &Raster) -> Vec<u8> {
    let dither = |value: u8, at: usize, steps: usize| {
        let (x, y) = (at % raster.width.max(1), at / raster.width.max(1));
        let exact = u16::from(value) * (steps as u16 - 1);
        // Half of the thresholds round up.
        ((exact + BAYER[y % 4][x % 4] * 16 + 7) / 255).min(steps as u16 - 1) as usize
    };
    match &raster.pixels {
        Pixels::Grey(values) => {
            values.iter().enumerate().map(|(at, &value)| dither(value, at, GREYS) as u8).collect()
        }
        Pixels::Rgb(values) => {
            let of = |(at, rgb): (usize, &[u8; 3])| {
                rgb.iter().fold(0, |index, &value| index * STEPS + dither(value, at, STEPS)) as u8
            };
            values.iter().enumerate().map(of).collect()
        }
    }
}

/// Red, green and blue of a colour, in per cent.
fn percents(pixels: &Pixels, colour: u8) -> [usize; 3] {
    let colour = usize::from(colour);
    match pixels {
        Pixels::Grey(_) => [colour * 100 / (GREYS - 1); 3],
        Pixels::Rgb(_) => [colour / (STEPS * STEPS), colour / STEPS % STEPS, colour % STEPS]
            .map(|step| step * 100 / (STEPS - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(width: usize, pixels: Pixels) -> String {
        let height = match &pixels {
            Pixels::Grey(values) => values.len() / width,
            Pixels::Rgb(values) => values.len() / width,
        };
        let mut out = Vec::new();
        Sixel.write(&Raster { width, height, pixels, columns: 1, rows: 1 }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn strips_of_six_rows_colour_by_colour() {
        // Eight rows: a white column left, black elsewhere.
        let grey = (0..8 * 5).map(|at| if at % 5 == 0 { 255 } else { 0 }).collect();
        assert_eq!(
            written(5, Pixels::Grey(grey)),
            "\x1bP;1q\"1;1;5;8#0;2;0;0;0#0?!4~$#63;2;100;100;100#63~-#0?!4B$#63B\x1b\\"
        );
        let red = written(1, Pixels::Rgb(vec![[255, 0, 0]]));
        assert!(red.contains("#180;2;100;0;0#180@\x1b"), "{red:?}");
    }

    #[test]
    fn between_two_steps_pixels_are_mixed() {
        let mixed = indices(&Raster {
            width: 4,
            height: 4,
            pixels: Pixels::Grey(vec![126; 16]),
            columns: 1,
            rows: 1,
        });
        let up = mixed.iter().filter(|&&index| index == 32).count();
        assert!(mixed.iter().all(|index| [31, 32].contains(index)) && (1..8).contains(&up), "{mixed:?}");
    }
}
