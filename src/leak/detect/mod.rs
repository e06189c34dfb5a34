//! What elements, meta information and container give away by what they are. One detector a file; each
//! appends what it finds.

use super::{Finding, Passage, Subject};

/// Runs every detector.
pub fn all(_subject: &Subject<'_>, _findings: &mut Vec<Finding>) {}

/// Appends the text of every text element, and of the path.
pub fn passages<'a>(_subject: &Subject<'a>, _out: &mut Vec<Passage<'a>>) {}
