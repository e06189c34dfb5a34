use crate::dicom::Reading;
use std::path::Path;

/// What the detectors look at: one file.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub reading: &'a Reading,
    /// The part of its path that is judged: the last name of what the user asked for, and the way from there.
    pub name: &'a Path,
}
