use super::{Graphics, Raster, png::png};
use crate::text::base64;
use std::io::{self, Write};

/// The protocol of iTerm2, also of WezTerm, mintty and VS Code: a PNG file, scaled to the cells by the terminal.
/// <https://iterm2.com/documentation-images.html>
#[derive(Debug, Clone, Copy)]
pub struct Iterm2;

impl Graphics for Iterm2 {
    fn write(&self, raster: &Raster, out: &mut dyn Write) -> io::Result<()> {
        let file = png(raster)?;
        let Raster { columns, rows, .. } = raster;
        write!(
            out,
            "\x1b]1337;File=inline=1;size={};width={columns};height={rows};preserveAspectRatio=0:{}\x07",
            file.len(),
            base64(&file)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::Pixels;

    #[test]
    fn a_picture_is_one_sequence() {
        let pixels = Pixels::Rgb(vec![[1, 2, 3]; 12]);
        let raster = Raster { width: 4, height: 3, pixels, columns: 2, rows: 1 };
        let mut out = Vec::new();
        Iterm2.write(&raster, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("\x1b]1337;File=inline=1;size=") && text.ends_with("\x07"), "{text:?}");
        assert!(
            text.contains(";width=2;height=1;preserveAspectRatio=0:iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAI"),
            "{text:?}"
        );
    }
}
