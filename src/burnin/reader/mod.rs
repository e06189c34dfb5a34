//! What a line of text says: a small network of our own, which reads Latin letters, digits and the marks of scanners'
//! screens. Trained by `tests/train` on lines that it draws itself; nothing in it knows of languages or people.

mod alike;
mod crop;
mod decode;
mod layer;
mod network;
#[cfg(test)]
mod tests;

use super::TextBox;
use crate::{raster::Picture, text::Sensitive};
pub use alike::folded;
use network::Network;

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub text: Sensitive<String>,
    /// How sure the letters are, in per cent.
    pub confidence: u8,
}

impl Line {
    /// From which confidence on, in per cent, hardly a letter is wrong.
    const SURE: u8 = 80;

    /// Whether it can be relied on.
    pub fn is_sure(&self) -> bool {
        self.confidence >= Self::SURE && !self.text.expose().is_empty()
    }
}

/// Reads the line in a box that [`super::find`] found in the picture. Takes some milliseconds, the more the longer the
/// box is, and at most those of a line of some two hundred letters.
pub fn read(picture: &Picture, place: &TextBox) -> Line {
    let network = Network::trained();
    let Some(input) = crop::input(picture, place) else {
        return Line { text: Sensitive::default(), confidence: 0 };
    };
    decode::line(&network.scores(input))
}
