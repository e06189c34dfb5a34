//! The file's and folders' names.

use crate::leak::{Passage, Place, Subject};
use std::path::Component;

/// Appends every part of the path that is judged.
pub(super) fn passages<'a>(subject: &Subject<'a>, out: &mut Vec<Passage<'a>>) {
    for part in subject.name.components() {
        let Component::Normal(name) = part else { continue };
        out.push(Passage {
            place: Place::Path,
            row: None,
            vr: None,
            carrier: "",
            text: name.to_string_lossy(),
        });
    }
}
