//! JPEG by discrete cosine transform with 12-bit samples (ITU-T T.81, processes 4, 8 and 12: sequential and
//! progressive, Huffman coded), which no crate decodes. Works for 8 bit too, which the tests use. Section
//! numbers are T.81's.

mod bits;
mod coefficients;
mod huffman;
mod idct;

use super::{Decoded, FrameError, FrameLimits, Layout, Samples, jpeg, layout::check_size, limits::Budget};
use coefficients::Scan;
use huffman::Table;

pub(super) fn damaged(why: &'static str) -> FrameError {
    FrameError::Damaged { codec: "JPEG", why }
}

/// The order in which a block's coefficients are coded: figure A.6.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
    14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39,
    46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// One component: its blocks of 8 × 8 coefficients.
struct Component {
    id: u8,
    /// Sampling factors.
    across: usize,
    down: usize,
    quantization: usize,
    /// Blocks that the component's own samples take.
    columns: usize,
    rows: usize,
    /// Blocks of a row, up to a whole unit.
    stride: usize,
    blocks: Vec<[i32; 64]>,
}

struct Stream {
    precision: u8,
    columns: usize,
    rows: usize,
    progressive: bool,
    /// The highest sampling factors.
    across: usize,
    down: usize,
    components: Vec<Component>,
    quantization: [[u16; 64]; 4],
    dc: [Table; 4],
    ac: [Table; 4],
    restart: usize,
}

pub(super) fn decode(
    bytes: &[u8],
    layout: &Layout,
    limits: &FrameLimits,
    budget: &Budget<'_>,
) -> Result<Decoded, FrameError> {
    let header = jpeg::Header::parse(bytes).ok_or(damaged("it has no frame header"))?;
    if !matches!(header.precision, 8 | 12) {
        return Err(damaged("its precision is not allowed"));
    }
    let mut stream = Stream {
        precision: header.precision,
        columns: header.columns.into(),
        rows: header.rows.into(),
        progressive: header.process == 0xc2,
        across: 1,
        down: 1,
        components: Vec::new(),
        quantization: [[1; 64]; 4],
        dc: Default::default(),
        ac: Default::default(),
        restart: 0,
    };
    let whole = stream.read(bytes, limits, budget)?;
    let samples = stream.components.len();
    let planes: Vec<Vec<u16>> =
        stream.components.iter().map(|part| stream.plane(part, budget)).collect::<Result<_, _>>()?;
    let size = stream.columns * stream.rows;
    let words =
        (0..size).flat_map(|at| planes.iter().filter_map(move |plane| plane.get(at).map(|&v| v.into())));
    let bits = layout.bits_stored.min(header.precision);
    Ok(Decoded {
        columns: stream.columns as u32,
        rows: stream.rows as u32,
        samples: samples as u8,
        bits,
        photometric: jpeg::photometric(&header, layout),
        data: Samples::of_words(words, bits, layout.signed),
        whole,
        codec: jpeg::name(header.process),
    })
}

impl Stream {
    /// Reads markers and scans up to the end; `false` where the end is missing.
    fn read(&mut self, bytes: &[u8], limits: &FrameLimits, budget: &Budget<'_>) -> Result<bool, FrameError> {
        let mut rest = bytes.get(2..).unwrap_or_default();
        let mut scans = 0;
        while let Some((&[mark, marker], after)) = rest.split_first_chunk::<2>() {
            if mark != 0xff || matches!(marker, 0xff | 0x00 | 0x01 | 0xd0..=0xd8) {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            if marker == 0xd9 {
                return Ok(scans > 0);
            }
            let length = after.first_chunk::<2>().map_or(0, |&pair| usize::from(u16::from_be_bytes(pair)));
            let Some(body) = after.get(2..length) else { break };
            rest = after.get(length..).unwrap_or_default();
            match marker {
                0xc0..=0xc2 => self.frame(body, limits)?,
                0xdb => self.quantization_tables(body)?,
                0xc4 => self.huffman_tables(body)?,
                0xdd => {
                    self.restart = body.first_chunk::<2>().map_or(0, |&pair| u16::from_be_bytes(pair).into())
                }
                0xda => {
                    let scan = Scan::parse(body, self)?;
                    let taken = scan.run(self, rest, budget)?;
                    rest = rest.get(taken..).unwrap_or_default();
                    scans += 1;
                }
                _ => {}
            }
        }
        if scans > 0 { Ok(false) } else { Err(damaged("it has no scan")) }
    }

    /// Section B.2.2.
    fn frame(&mut self, body: &[u8], limits: &FrameLimits) -> Result<(), FrameError> {
        let parts: Vec<&[u8; 3]> = body.get(6..).unwrap_or_default().as_chunks().0.iter().collect();
        let sound =
            |part: &&[u8; 3]| matches!(part[1] >> 4, 1..=4) && matches!(part[1] & 15, 1..=4) && part[2] < 4;
        if !self.components.is_empty() || !matches!(parts.len(), 1 | 3 | 4) || !parts.iter().all(sound) {
            return Err(damaged("its frame header is impossible"));
        }
        if self.columns == 0 || self.rows == 0 {
            return Err(damaged("its size is not stated"));
        }
        check_size(self.columns as u64, self.rows as u64, parts.len() as u64, limits)?;
        self.across = parts.iter().map(|part| usize::from(part[1] >> 4)).max().unwrap_or(1);
        self.down = parts.iter().map(|part| usize::from(part[1] & 15)).max().unwrap_or(1);
        let (units_across, units_down) =
            (self.columns.div_ceil(8 * self.across), self.rows.div_ceil(8 * self.down));
        for &&[id, factors, quantization] in &parts {
            let (across, down) = (usize::from(factors >> 4), usize::from(factors & 15));
            let stride = units_across * across;
            let count = stride * units_down * down;
            // Coefficients take four bytes each, twice the limit's bytes a sample at worst.
            if count as u64 * 64 > limits.samples * 2 {
                return Err(damaged("its sampling factors are out of proportion"));
            }
            self.components.push(Component {
                id,
                across,
                down,
                quantization: quantization.into(),
                columns: (self.columns * across).div_ceil(8 * self.across),
                rows: (self.rows * down).div_ceil(8 * self.down),
                stride,
                blocks: vec![[0; 64]; count],
            });
        }
        Ok(())
    }

    /// Section B.2.4.1.
    fn quantization_tables(&mut self, mut body: &[u8]) -> Result<(), FrameError> {
        let cut = || damaged("a quantization table is cut");
        while let [head, rest @ ..] = body {
            let wide = head >> 4 != 0;
            let size = if wide { 128 } else { 64 };
            let values = rest.get(..size).ok_or_else(cut)?;
            let table = self.quantization.get_mut(usize::from(head & 15)).ok_or_else(cut)?;
            for (at, place) in ZIGZAG.iter().enumerate() {
                table[usize::from(*place)] = match wide {
                    true => u16::from_be_bytes([values[2 * at], values[2 * at + 1]]),
                    false => values[at].into(),
                };
            }
            body = rest.get(size..).unwrap_or_default();
        }
        Ok(())
    }

    /// Section B.2.4.2.
    fn huffman_tables(&mut self, mut body: &[u8]) -> Result<(), FrameError> {
        let cut = || damaged("a Huffman table is cut");
        while let [head, rest @ ..] = body {
            let counts = rest.first_chunk::<16>().ok_or_else(cut)?;
            let total = counts.iter().map(|&count| usize::from(count)).sum::<usize>();
            let symbols = rest.get(16..16 + total).ok_or_else(cut)?;
            let tables = if head >> 4 == 0 { &mut self.dc } else { &mut self.ac };
            let table = tables.get_mut(usize::from(head & 15)).ok_or_else(cut)?;
            *table = Table::new(counts, symbols).ok_or(damaged("a Huffman table is impossible"))?;
            body = rest.get(16 + total..).unwrap_or_default();
        }
        Ok(())
    }

    /// A component's samples at full size.
    fn plane(&self, part: &Component, budget: &Budget<'_>) -> Result<Vec<u16>, FrameError> {
        let width = part.stride * 8;
        let mut own = vec![0u16; part.blocks.len() * 64];
        let table = &self.quantization[part.quantization & 3];
        for (at, block) in part.blocks.iter().enumerate() {
            if at % 4096 == 0 {
                budget.check()?;
            }
            let samples = idct::samples(block, table, self.precision);
            let corner = at / part.stride * 8 * width + at % part.stride * 8;
            for (line, samples) in samples.chunks_exact(8).enumerate() {
                let start = corner + line * width;
                if let Some(place) = own.get_mut(start..start + 8) {
                    place.copy_from_slice(samples);
                }
            }
        }
        let mut out = Vec::with_capacity(self.columns * self.rows);
        for y in 0..self.rows {
            let line = own.get(y * part.down / self.down * width..).unwrap_or_default();
            out.extend(
                (0..self.columns).map(|x| line.get(x * part.across / self.across).copied().unwrap_or(0)),
            );
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dicom::frame::{Cancel, Photometric};

    fn layout(bits: u8, samples: u8) -> Layout {
        Layout {
            row: 0,
            columns: 0,
            rows: 0,
            samples,
            photometric: if samples == 1 { Photometric::Monochrome2 } else { Photometric::YbrFull },
            halved_chroma: false,
            planar: false,
            bits_allocated: 16,
            bits_stored: bits,
            high_bit: bits - 1,
            signed: false,
            float: false,
            frames: 1,
        }
    }

    fn run(bytes: &[u8], samples: u8) -> Result<Decoded, FrameError> {
        let (limits, cancel) = (FrameLimits::default(), Cancel::new());
        decode(bytes, &layout(8, samples), &limits, &Budget::new(&limits, &cancel))
    }

    fn encoded(width: u16, height: u16, progressive: bool, colour: bool) -> Vec<u8> {
        use jpeg_encoder::{ColorType, Encoder};
        let pixel = |at: u32| (at * 7 % 251 / 2 + at / 97 % 100) as u8;
        let size = u32::from(width) * u32::from(height) * if colour { 3 } else { 1 };
        let pixels: Vec<u8> = (0..size).map(pixel).collect();
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, 90);
        encoder.set_progressive(progressive);
        let kind = if colour { ColorType::Rgb } else { ColorType::Luma };
        encoder.encode(&pixels, width, height, kind).unwrap();
        out
    }

    /// The same streams through the other decoder; only rounding may differ.
    #[test]
    fn agrees_with_another_decoder_on_8_bit() {
        for (width, height, progressive, colour) in
            [(64, 40, false, false), (61, 37, false, true), (61, 37, true, false), (70, 33, true, true)]
        {
            let bytes = encoded(width, height, progressive, colour);
            let samples = if colour { 3 } else { 1 };
            let own = run(&bytes, samples).unwrap();
            let limits = FrameLimits::default();
            let other = jpeg::decode_8(&bytes, &layout(8, samples), &limits).unwrap();
            assert!(own.whole && own.data.len() == other.data.len());
            let off = |at: usize| (own.data.get(at).unwrap() - other.data.get(at).unwrap()).abs();
            let worst = (0..own.data.len()).map(off).fold(0.0, f64::max);
            assert!(worst <= 2.0, "{width}×{height} progressive {progressive}: {worst}");
        }
    }

    #[test]
    fn damage_ends_in_an_error_or_a_partial_frame() {
        let bytes = encoded(61, 37, true, true);
        for at in (0..bytes.len()).step_by(11) {
            let _ = run(&bytes[..at], 3);
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            let _ = run(&damaged, 3);
        }
    }
}
