use crate::library::{FileId, ReviewState};

/// What takes long for many files, and is done a few at a time. The first file stands last.
#[derive(Debug)]
pub enum Chore {
    /// Count findings by what is let stand now.
    Recount(Vec<FileId>),
    Review(Vec<FileId>, ReviewState),
}
