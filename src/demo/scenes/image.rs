//! Image Pixel modules from pictures.

use super::super::anatomy::Picture;
use super::super::encode::DataSet;

pub const CT: &str = "1.2.840.10008.5.1.4.1.1.2";
pub const MR: &str = "1.2.840.10008.5.1.4.1.1.4";
pub const CR: &str = "1.2.840.10008.5.1.4.1.1.1";
pub const US: &str = "1.2.840.10008.5.1.4.1.1.6.1";
pub const XA: &str = "1.2.840.10008.5.1.4.1.1.12.1";
pub const NM: &str = "1.2.840.10008.5.1.4.1.1.20";
pub const MG: &str = "1.2.840.10008.5.1.4.1.1.1.2";
pub const SC: &str = "1.2.840.10008.5.1.4.1.1.7";

fn module(columns: u16, rows: u16, photometric: &str, samples: u16, bits: [u16; 2], signed: bool) -> DataSet {
    DataSet::new()
        .us(0x0028_0002, &[samples])
        .cs(0x0028_0004, photometric)
        .us(0x0028_0010, &[rows])
        .us(0x0028_0011, &[columns])
        .us(0x0028_0100, &[bits[0]])
        .us(0x0028_0101, &[bits[1]])
        .us(0x0028_0102, &[bits[1] - 1])
        .us(0x0028_0103, &[u16::from(signed)])
}

/// 16 bit signed, MONOCHROME2, with rescale 1, 0 and a window.
pub fn signed(picture: &Picture<i16>, window: [&str; 2]) -> DataSet {
    let words: Vec<u16> = picture.pixels.iter().map(|v| v.cast_unsigned()).collect();
    module(picture.columns, picture.rows, "MONOCHROME2", 1, [16, 16], true)
        .ds(0x0028_1050, window[0])
        .ds(0x0028_1051, window[1])
        .ds(0x0028_1052, "0")
        .ds(0x0028_1053, "1")
        .ow(0x7FE0_0010, words)
}

/// 12 bits in 16, unsigned; MONOCHROME1 is stored inverted.
pub fn twelve_bit(picture: &Picture<u16>, inverted: bool) -> DataSet {
    let photometric = if inverted { "MONOCHROME1" } else { "MONOCHROME2" };
    let words: Vec<u16> =
        picture.pixels.iter().map(|v| if inverted { 4095 - (*v).min(4095) } else { *v }).collect();
    module(picture.columns, picture.rows, photometric, 1, [16, 12], false)
        .ds(0x0028_1050, "2048")
        .ds(0x0028_1051, "4096")
        .ow(0x7FE0_0010, words)
}

/// 8 bit grey, one or more frames of one size.
pub fn eight_bit(frames: &[Picture<u8>]) -> DataSet {
    let (columns, rows) = frames.first().map_or((0, 0), |f| (f.columns, f.rows));
    let set = module(columns, rows, "MONOCHROME2", 1, [8, 8], false);
    let set = if frames.len() > 1 { set.is(0x0028_0008, frames.len().to_string()) } else { set };
    set.ob(0x7FE0_0010, frames.iter().flat_map(|f| f.pixels.iter().copied()).collect::<Vec<u8>>()).sorted()
}

/// 8 bit indices into three tables of 256.
pub fn palette(picture: &Picture<u8>, tables: &[Vec<u16>; 3]) -> DataSet {
    let mut set = module(picture.columns, picture.rows, "PALETTE COLOR", 1, [8, 8], false);
    for (tag, table) in (0..).zip(tables) {
        set = set.us(0x0028_1101 + tag, &[256, 0, 16]).ow(0x0028_1201 + tag, table.as_slice());
    }
    set.ob(0x7FE0_0010, picture.pixels.clone()).sorted()
}

/// 8 bit RGB by pixel.
pub fn rgb(picture: &Picture<[u8; 3]>) -> DataSet {
    colour(picture).ob(0x7FE0_0010, picture.pixels.iter().flatten().copied().collect::<Vec<u8>>())
}

/// The RGB module without the pixels, which the caller adds compressed.
pub fn colour(picture: &Picture<[u8; 3]>) -> DataSet {
    module(picture.columns, picture.rows, "RGB", 3, [8, 8], false).us(0x0028_0006, &[0]).sorted()
}

/// The 8 bit grey module without the pixels, which the caller adds compressed.
pub fn grey(picture: &Picture<u8>) -> DataSet {
    module(picture.columns, picture.rows, "MONOCHROME2", 1, [8, 8], false)
}

/// A one-bit plane of group 6000 with text drawn in it.
pub fn overlay(columns: u16, rows: u16, lines: &[&str]) -> DataSet {
    let mut plane = Picture::filled(columns, rows, false);
    for (row, line) in lines.iter().enumerate() {
        plane.write(line, 12, 12 + row * 20, 2, true);
    }
    let words = plane
        .pixels
        .chunks(16)
        .map(|bits| bits.iter().enumerate().fold(0u16, |word, (place, bit)| word | u16::from(*bit) << place));
    DataSet::new()
        .us(0x6000_0010, &[rows])
        .us(0x6000_0011, &[columns])
        .cs(0x6000_0040, "G")
        .ss(0x6000_0050, &[1, 1])
        .us(0x6000_0100, &[1])
        .us(0x6000_0102, &[0])
        .ow(0x6000_3000, words.collect::<Vec<u16>>())
}
