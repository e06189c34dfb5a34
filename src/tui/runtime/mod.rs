//! The program around the model: the terminal, the clock, the threads, the signals. Nothing here decides what is
//! shown.
//!
//! One thread owns the model and draws. It waits for the keyboard, the scan, the lanes, signals, or a time; takes all
//! that is there; and draws, if something changed and the last time is long enough ago. Nothing to do costs nothing.

mod answers;
mod capabilities;
mod clipboard;
mod crew;
pub mod editor;
mod guard;
mod input;
mod lanes;
mod notebook;
mod options;
mod peek;
mod pictures;
mod program;
mod redaction;
mod screen;
mod settings;
mod signals;
mod thrift;

pub use capabilities::{Capabilities, Unusable, cell_pixels};
pub use options::Options;
pub use program::{Ended, TuiError, run};
pub use settings::{Images, Settings, SettingsError};
