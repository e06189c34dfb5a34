//! Text out of what is not text: blobs, documents, image streams, preamble and trailer into passages.

mod letters;
mod runs;
mod wide;

use super::{Passage, Subject};

/// Appends every piece of text that the file holds outside of its text elements.
pub fn passages<'a>(_subject: &Subject<'a>, _out: &mut Vec<Passage<'a>>) {}
