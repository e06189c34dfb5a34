//! Marks: what somebody wants done to the elements and pixels of single files, file by file.
//!
//! A [`Step`] is what is marked at once; a [`MarkBook`] holds all steps, undone ones too, and what they come to for
//! each file; `journal` is how they are kept: lines that are only ever added. No value of a patient is in any of it,
//! and no path: files go by their [`FileKey`](crate::library::FileKey).

mod book;
mod journal;
mod spot;

pub use book::{Change, Held, MarkBook, Marks, Part, Step, Target};
pub use journal::{JournalError, REDO, UNDO, line_of, read};
pub use spot::{Frames, Spot};
