use super::{Colours, Glyphs};

/// What the terminal can, and how much a frame may cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    pub glyphs: Glyphs,
    pub colours: Colours,
    /// Height of a cell over its width.
    pub cell_aspect: f64,
    /// Squared error that one byte less is worth: 0 for the best picture, [`Style::remote`] for a slow link.
    pub lambda: f32,
}

impl Style {
    /// For a local terminal: what no eye sees is not sent.
    pub const LOCAL: f32 = 8.0;

    /// For a link on which bytes are dear: half of them, for a quarter of a decibel. Where a palette makes errors
    /// already, those beside it are seen less.
    pub fn remote(colours: Colours) -> f32 {
        if colours == Colours::True { 90.0 } else { 440.0 }
    }
}

impl Default for Style {
    fn default() -> Self {
        Self { glyphs: Glyphs::Quadrants, colours: Colours::True, cell_aspect: 2.0, lambda: 0.0 }
    }
}
