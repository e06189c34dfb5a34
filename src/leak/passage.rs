use super::{Place, Site};
use crate::dicom::{RowId, Rows, Vr};
use std::borrow::Cow;

/// A piece of text that a file holds somewhere: the value of an element, a run of letters in a blob, a
/// comment in a JPEG stream, a part of its path. What text gives away does not depend on where it stands, so
/// that every hiding place yields passages, and content and cross-reference look at passages alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage<'a> {
    pub place: Place,
    /// The element that holds it; `None` outside of the data set and meta information.
    pub row: Option<RowId>,
    pub vr: Option<Vr>,
    /// What held the text, as it reads in a reason: "UTF-16 text", "a JPEG comment". Empty for the plain
    /// value of an element.
    pub carrier: &'static str,
    /// Decoded, without padding; not made safe for a terminal.
    pub text: Cow<'a, str>,
}

impl Passage<'_> {
    /// Where what it says is found; `rows` are those of its file.
    pub fn site(&self, rows: &Rows) -> Site {
        let at = self.row.map(|row| rows.location(row)).unwrap_or_default();
        Site { place: self.place, at, row: self.row, vr: self.vr }
    }
}
