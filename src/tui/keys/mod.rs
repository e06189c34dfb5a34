//! From key presses to actions. [`action`] is the one table of what can be done; [`Keymap`] says which keys do it,
//! from `assets/keymap.toml` and a user's patch; [`Pending`] holds what was pressed so far.

pub mod action;
pub mod chord;
mod keymap;
mod pending;
mod scope;
mod table;

pub use action::Action;
pub use chord::{Chord, Key};
pub use keymap::{Binding, KeyError, Keymap};
pub use pending::{Outcome, Pending};
pub use scope::{Context, Scope};
