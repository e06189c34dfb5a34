//! The terminal program: browse a folder, see what leaks and why.
//!
//! `keys` turns key presses into actions; `state` holds the model and the one function that changes it; `view` draws
//! the model; `runtime` is the terminal, the clock and the threads around them.

pub mod keys;
pub mod mark;
mod runtime;
pub mod state;
pub mod view;

pub use runtime::{
    Capabilities, Ended, Images, Options, Settings, SettingsError, TuiError, Unusable, cell_pixels, run,
};
