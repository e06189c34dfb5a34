//! Bytes into elements and frames. The only room that names the `dicom-*` crates.
//!
//! [`Reader`] turns a file into a [`Reading`]: its elements as one flat table, [`Rows`], its preamble, what
//! follows the data set, and what was wrong with it. It never fails without saying what it saw, and never
//! takes memory or time by a length field's word: [`Limits`].

pub mod charset;
pub mod dictionary;
mod error;
pub mod frame;
mod header;
mod limits;
mod location;
mod parser;
mod preamble;
mod reader;
mod reading;
mod rows;
mod share;
mod source;
mod stamp;
mod syntax;
pub mod value;

pub use dicom_core::{Tag, VR as Vr};
pub use error::ReadError;
pub use limits::Limits;
pub use location::{Location, Step};
pub use reader::Reader;
pub use reading::{Preamble, Reading, Status, Trailer};
pub use rows::{Kind, Row, RowId, Rows};
pub use stamp::{Stamp, Version};
pub use syntax::{Coding, TransferSyntax};
