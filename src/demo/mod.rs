//! A folder of synthetic, leaky files, written from nothing (`dcmleak demo DIR`, `--demo`), with an answer key of
//! what was hidden where; and [`encode`], the encoder behind it, for every test that needs a file well or ill formed.
//! Nobody in it exists. `cli` and tests use this room; it uses no other.

pub mod anatomy;
pub mod encode;
mod error;
mod folder;
mod patients;
mod planted;
mod scenes;

pub use error::DemoError;
pub use folder::{DemoFile, Folder, Kind, Summary, compose, write};
pub use patients::Patient;
pub use planted::{Place, Planted};
