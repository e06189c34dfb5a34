//! From what was found to copies that can be released, with proof.

mod action;
mod edit;
mod encode;
mod key;
mod original;
mod profile;
mod pseudonym;
mod splice;
#[cfg(test)]
mod tests;

pub use action::Action;
pub use edit::{Edit, Edits, Patch};
pub use key::{Key, KeyError};
pub use original::Original;
pub use profile::{Profile, ProfileError};
pub use pseudonym::{Pseudonyms, Shift};
pub use splice::Splice;
