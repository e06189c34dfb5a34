//! From what was found to copies that can be released, with proof.

mod action;
mod clean;
mod content;
mod decide;
mod dummy;
mod edit;
mod encode;
mod key;
mod marker;
mod original;
mod overlay;
mod plan;
mod profile;
mod pseudonym;
mod settle;
mod splice;
mod stream;
#[cfg(test)]
mod tests;
mod value;

pub use action::Action;
pub use edit::{Edit, Edits, Patch};
pub use key::{Key, KeyError};
pub use original::Original;
pub use plan::{Act, Path, Plan, Planner, Problem, Stay, Why};
pub use profile::{Profile, ProfileError};
pub use pseudonym::{Pseudonyms, Shift};
pub use splice::Splice;
