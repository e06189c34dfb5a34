use super::Raster;
use crate::raster::Pixels;
use flate2::{Compression, Crc, write::ZlibEncoder};
use std::io::{self, Write};

/// A picture as a PNG file (ISO/IEC 15948): grey or red, green and blue, eight bits, no filter.
pub(super) fn png(raster: &Raster) -> io::Result<Vec<u8>> {
    let (colour, bytes): (u8, Vec<u8>) = match &raster.pixels {
        Pixels::Grey(values) => (0, values.clone()),
        Pixels::Rgb(values) => (2, values.as_flattened().to_vec()),
    };
    let stride = raster.width.max(1) * if colour == 0 { 1 } else { 3 };
    let mut data = ZlibEncoder::new(Vec::new(), Compression::fast());
    for row in bytes.chunks_exact(stride) {
        data.write_all(&[0])?;
        data.write_all(row)?;
    }
    let mut header = Vec::new();
    for side in [raster.width, raster.height] {
        header.extend(u32::try_from(side).unwrap_or(u32::MAX).to_be_bytes());
    }
    header.extend([8, colour, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(b"IHDR", &header, &mut out);
    chunk(b"IDAT", &data.finish()?, &mut out);
    chunk(b"IEND", &[], &mut out);
    Ok(out)
}

fn chunk(kind: &[u8; 4], data: &[u8], out: &mut Vec<u8>) {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    out.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend(kind);
    out.extend(data);
    out.extend(crc.sum().to_be_bytes());
}
