const FONT: &str = include_str!("../../../assets/demo/font.txt");

pub const GLYPH_WIDTH: usize = 5;
pub const GLYPH_HEIGHT: usize = 7;

/// The dots that a line of text sets, as (column, row), a glyph every 6 columns. A character that the font
/// (`assets/demo/font.txt`: printable ASCII, seven rows of five bits each) does not have is a full box.
pub fn letters(text: &str) -> Vec<(usize, usize)> {
    let mut dots = Vec::new();
    for (place, c) in text.chars().enumerate() {
        for (row, bits) in glyph(c).into_iter().enumerate() {
            let set = (0..GLYPH_WIDTH).filter(|column| bits >> (GLYPH_WIDTH - 1 - column) & 1 == 1);
            dots.extend(set.map(|column| (place * (GLYPH_WIDTH + 1) + column, row)));
        }
    }
    dots
}

fn glyph(c: char) -> [u8; GLYPH_HEIGHT] {
    let mut rows = [0x1F; GLYPH_HEIGHT];
    if let Some(line) = FONT.lines().find(|line| line.starts_with(c)) {
        for (row, hex) in rows.iter_mut().zip(line[1..].split_ascii_whitespace()) {
            *row = u8::from_str_radix(hex, 16).unwrap_or(0x1F);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_a_glyph_for_what_the_scenes_write() {
        for c in ('a'..='z').chain('A'..='Z').chain('0'..='9').chain(" .,:;-/()^_'".chars()) {
            assert_ne!(glyph(c), [0x1F; GLYPH_HEIGHT], "{c:?}");
        }
        assert_eq!(letters("L").len(), 11);
        assert_eq!(letters("\u{416}").len(), 35);
    }
}
