//! From what was found to copies that can be released, with proof.

mod action;
mod key;
mod profile;
mod pseudonym;

pub use action::Action;
pub use key::{Key, KeyError};
pub use profile::{Profile, ProfileError};
pub use pseudonym::{Pseudonyms, Shift};
