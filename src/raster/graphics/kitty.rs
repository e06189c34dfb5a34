use super::{Graphics, Raster, png::png};
use crate::text::base64;
use std::io::{self, Write};

/// The protocol of kitty, also of Ghostty, WezTerm and Konsole: PNG in pieces, scaled to the cells by the terminal.
/// <https://sw.kovidgoyal.net/kitty/graphics-protocol/>
#[derive(Debug, Clone, Copy)]
pub struct Kitty;

/// Characters of a piece.
const PIECE: usize = 4096;

impl Graphics for Kitty {
    fn write(&self, raster: &Raster, out: &mut dyn Write) -> io::Result<()> {
        let encoded = base64(&png(raster)?);
        let pieces = encoded.as_bytes().chunks(PIECE);
        let last = pieces.len().saturating_sub(1);
        for (at, piece) in pieces.enumerate() {
            out.write_all(b"\x1b_G")?;
            if at == 0 {
                // Transmit and show, PNG, so many cells, answer nothing, leave the cursor.
                write!(out, "a=T,f=100,c={},r={},q=2,C=1,", raster.columns, raster.rows)?;
            }
            write!(out, "m={};", u8::from(at < last))?;
            out.write_all(piece)?;
            out.write_all(b"\x1b\\")?;
        }
        Ok(())
    }

    /// All, with their data.
    fn erase(&self) -> &'static str {
        "\x1b_Ga=d,d=A,q=2\x1b\\"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::Pixels;

    #[test]
    fn long_pictures_are_sent_in_pieces() {
        let mut state = 1u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let pixels = Pixels::Grey((0..100 * 100).map(|_| noise()).collect());
        let raster = Raster { width: 100, height: 100, pixels, columns: 12, rows: 6 };
        let mut out = Vec::new();
        Kitty.write(&raster, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let pieces: Vec<&str> = text.split_terminator("\x1b\\").collect();
        assert!(pieces.len() > 2, "{}", text.len());
        assert!(pieces[0].starts_with("\x1b_Ga=T,f=100,c=12,r=6,q=2,C=1,m=1;iVBORw0KGgo"));
        assert!(pieces[1].starts_with("\x1b_Gm=1;") && pieces.last().unwrap().starts_with("\x1b_Gm=0;"));
        assert!(pieces.iter().all(|piece| piece.len() <= PIECE + 40));
    }
}
