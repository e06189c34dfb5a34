//! A folder that is alive: files that arrive, are replaced, moved or removed while somebody looks.
//!
//! [`Watch`] follows the roots by the system's events, or by listing them again and again where a file system tells
//! of no remote writers (`mount`). What it sees ripens in `settle` until a file is complete, and comes out as
//! [`Change`]s; a [`Roster`] brings them into a catalog. No file is opened here.

mod key;
mod listing;
mod means;
mod place;
mod roster;
mod settle;
mod source;
#[cfg(test)]
mod tests;

pub use key::PathKey;
pub use means::{Means, WatchChoice, WatchState, means_of};
pub use roster::{Applied, Roster};
pub use settle::Change;
pub use source::{Watch, WatchEvent};
