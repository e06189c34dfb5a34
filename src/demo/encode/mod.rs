//! An encoder that writes what it is told, well formed or not: elements in the order given, twice or misplaced,
//! lengths that lie, bytes before, between and after. The demo folder and the project's tests build files with it.
//!
//! ```
//! use dcmleak::demo::encode::{DataSet, FileBuilder, Syntax};
//! let set = DataSet::new()
//!     .pn(0x0010_0010, "Example^Erika")
//!     .seq(0x0040_A730, vec![DataSet::new().pn(0x0040_A123, "Reader^Test")]);
//! let bytes = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe)
//!     .preamble("hidden text")
//!     .data(set)
//!     .trailer("after the end")
//!     .to_bytes();
//! assert_eq!(&bytes[128..132], b"DICM");
//! ```
mod charset;
mod data_set;
mod file_builder;
mod rle;
mod syntax;
mod writer;

pub use charset::Charset;
pub use data_set::DataSet;
pub use file_builder::FileBuilder;
pub use rle::rle_frame;
pub use syntax::Syntax;
