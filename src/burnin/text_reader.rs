use super::{Found, Line, Models, Rect, merge, reader, search};
use crate::raster::Picture;
use std::sync::Arc;

/// Letters and digits of a place that the pair alone finds: it reads a letter or two into much that is none.
const LEAST: usize = 3;

/// By what text is found and read.
#[derive(Debug, Clone, Default)]
pub enum TextReader {
    /// The program's own search and network.
    #[default]
    Own,
    /// A pair of models besides: what either finds is a place, and who is surer of what it says tells it.
    Models(Arc<Models>),
}

impl TextReader {
    /// Lines of text in a picture, from top to bottom.
    pub fn search(&self, picture: &Picture) -> Vec<Found> {
        let mut found = search(picture);
        if let Self::Models(models) = self {
            // What its own recogniser makes no words of is an edge or the like.
            let says = |place: &Found| place.lines.iter().any(|line| is_word(&read(models, picture, line)));
            found.extend(models.search(picture).into_iter().filter(says));
            found = merge(found);
        }
        found
    }

    /// What a place says, as [`super::read`].
    pub fn read(&self, picture: &Picture, found: &Found) -> Line {
        match self {
            Self::Own => reader::read(picture, found),
            Self::Models(models) => reader::read_by(found, &|place| {
                let own = reader::line(picture, place);
                if own.is_good() {
                    return own;
                }
                let other = read(models, picture, place);
                match other.worth() > own.worth() {
                    true => Line { chances: own.chances, ..other },
                    false => own,
                }
            }),
        }
    }
}

fn is_word(line: &Line) -> bool {
    line.is_sure() && line.text.expose().chars().filter(|c| c.is_alphanumeric()).count() >= LEAST
}

/// By the pair; nothing where it fails.
fn read(models: &Models, picture: &Picture, place: &Rect) -> Line {
    models.read(picture, place).unwrap_or_default()
}
