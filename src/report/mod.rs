//! A catalog as something to hand on: for people (`text`, `html`) and for programs (`ndjson`, `json`, `csv`, `sarif`).
//!
//! What is written depends on the files alone, not on the order in which they were read, and goes out in path order.
//! Values are masked unless [`Options::show_values`] is set; for people, so are the parts of paths that give a
//! patient away. Nothing that acts on a terminal is ever written.

mod csv;
mod following;
mod format;
mod group;
mod html;
mod json;
mod keys;
mod lines;
mod ndjson;
mod overview;
mod record;
mod safe_json;
mod sarif;
mod text;

pub use following::Following;
pub use format::{Format, Options, write};
