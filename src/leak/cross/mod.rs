//! What a patient's own attributes say, found again elsewhere.

use super::{Finding, Passage, Subject};

/// What a file leaves for others of its patient: digests, no values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {}

/// Finds the file's own identity in its other passages, and leaves what other files' identities may be found in.
pub fn search(_subject: &Subject<'_>, _passages: &[Passage<'_>], _findings: &mut Vec<Finding>) -> Evidence {
    Evidence::default()
}
