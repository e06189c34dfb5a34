//! Elements into findings: what a file gives away, where, how badly and why.
//!
//! [`Inspector::inspect`] runs every detector of `detect/` over one [`crate::dicom::Reading`] and returns a
//! [`FileReport`]. It knows one file at a time; what files say of each other is `library`'s.

mod class;
pub mod detect;
mod finding;
mod inspect;
mod report;
mod severity;

pub use class::{Class, Facet};
pub use finding::{Finding, FindingId, Place, Region};
pub use inspect::Inspector;
pub use report::{Claims, Facts, FileReport};
pub use severity::{Counts, Severity};
