use crate::{burnin::TextBox, leak::Region};

/// Places of text that one file may tell; a page has fewer.
const MOST: usize = 256;

/// What was seen in the frames of an image so far.
#[derive(Debug, Default)]
pub(super) struct Seen {
    boxes: Vec<(u32, TextBox)>,
}

impl Seen {
    /// Adds what frame `number` shows, but for what an earlier one showed in the same place.
    pub fn add(&mut self, number: u32, boxes: Vec<TextBox>) {
        let earlier = self.boxes.len();
        for own in boxes {
            let known = self.boxes.iter().take(earlier).any(|(_, other)| other.covers(&own));
            if !known && self.boxes.len() < MOST {
                self.boxes.push((number, own));
            }
        }
    }

    /// Whether something of it is surely text, and more than a mark.
    pub fn is_text(&self) -> bool {
        self.boxes.iter().any(|(_, own)| own.is_sure())
    }

    /// The places, and how sure they are.
    pub fn regions(self) -> impl Iterator<Item = (Region, u8)> {
        self.boxes.into_iter().map(|(frame, own)| {
            (Region { frame, x: own.x, y: own.y, w: own.width, h: own.height }, own.confidence)
        })
    }
}
