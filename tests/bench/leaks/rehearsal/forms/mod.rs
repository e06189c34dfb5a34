//! Hiding forms that only the rehearsal part has.
mod blob;
mod container;
mod document;
mod mail;
pub mod pdf;
mod stream;
pub mod zip;

pub use blob::{blob, declared, gzip};
pub use container::{built, drawn, private};
pub use document::{document, mesh};
pub use stream::compressed;
