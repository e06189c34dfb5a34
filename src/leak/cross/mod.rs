//! What a patient's own attributes say, found again elsewhere: in other values of the file, and, through
//! [`Evidence`], in other files of the patient.
//!
//! [`Identity`] is what a file says of its patient; [`Needles`] are the digests of every way to write it. A
//! passage is cut into [`Atom`]s, digests of its tokens, and [`matches`] looks for needles among them: any
//! number of needles in one pass, since digests of tokens join to the digest of the joined text. The same
//! function looks into the passages that other files left as [`Spot`]s, without their text.

mod atom;
mod digest;
mod evidence;
mod guard;
mod identity;
mod kind;
mod matcher;
mod needles;
mod search;
mod spot;
#[cfg(test)]
mod tests;

pub use atom::{Atom, AtomKind, Atoms};
pub use digest::Digest;
pub use evidence::{Evidence, Located};
pub use identity::{Identity, is_of_others};
pub use kind::{Kind, Kinds};
pub use matcher::{Context, Match, Scope, matches};
pub use needles::{Needle, Needles, Shape};
pub use search::{needles, rule_of, search};
pub use spot::Spot;
