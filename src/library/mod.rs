//! A folder as a thing: what is in it, and what its files say of each other.

mod evidence;

pub use evidence::Evidences;
