//! String safety: what a file says never reaches a terminal, a report or a log but through here.
//!
//! Any room may use this one; it uses none.
//! - [`Shown`]: text that is safe to put on a screen, the only form in which the program prints foreign text.
//! - [`mask`]: a value's shape without its content.
//! - [`Sensitive`]: a value that cannot be printed by accident.
//! - [`normalize`], [`token`], [`needle`]: text folded for comparison, cut, and the spellings of a value.
//! - [`StableHash`]: names that outlive a run.
//! - [`system_error`]: what the system says, without a path.
//! - [`lines`]: those of a text that anybody may have written.
//! - [`counted`]: how many there are of something, as it is said.
//! - [`width`]: columns on a terminal.

mod base64;
mod count;
mod line;
mod mask;
pub mod needle;
pub mod normalize;
mod sensitive;
mod shown;
mod skeleton;
mod stable;
mod stem;
mod system;
pub mod token;
mod transliterate;
pub mod width;

pub use base64::base64;
pub use count::{counted, number};
pub use line::{line_number, lines};
pub use mask::{mask, mask_parts};
pub use sensitive::Sensitive;
pub use shown::{Shown, is_plain};
pub use skeleton::skeleton;
pub use stable::StableHash;
pub use stem::stem;
pub use system::system_error;
