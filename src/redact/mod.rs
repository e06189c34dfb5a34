//! From what was found to copies that can be released, with proof.
//!
//! [`run`] surveys all files, plans each, writes it and verifies it. A [`Planner`] makes a [`Plan`] of a file: what the
//! [`Profile`] asks for (PS3.15 annex E), and whatever else gives away by the findings of `leak` and of `library`. A
//! `Splice` turns the plan's [`Edits`] into bytes; what no edit touches is copied as it is. The copy is read again as
//! if nobody had planned it, and is withheld where it still gives away. `cli` and `tui` use this room.
//!
//! | part | holds |
//! | --- | --- |
//! | `profile`, `action` | what is done with an attribute |
//! | `key`, `pseudonym`, `dummy`, `clean`, `value` | what stands in place of a value |
//! | `mark` | what somebody marked by hand |
//! | `decide`, `content`, `overlay`, `settle`, `exceptions`, `marker`, `plan` | what is done to a file, and why |
//! | `edit`, `encode`, `original`, `hash`, `splice`, `spool`, `meta`, `write` | bytes |
//! | `stream`, `fill`, `pixels` | pixels |
//! | `trace`, `pairs`, `verify` | proof |
//! | `lanes`, `survey`, `choice`, `claim`, `folder`, `names`, `directory` | many files |
//! | `run`, `outcome`, `summary`, `manifest`, `check` | a run, and what came of it |

mod action;
mod check;
mod choice;
mod claim;
mod clean;
mod content;
mod decide;
mod directory;
mod dummy;
mod edit;
mod encode;
mod error;
mod exceptions;
mod fill;
mod folder;
mod hash;
mod key;
mod lanes;
mod manifest;
mod mark;
mod marker;
mod meta;
mod names;
mod original;
mod outcome;
mod overlay;
mod pairs;
mod pixels;
mod plan;
mod profile;
mod pseudonym;
mod run;
mod settle;
mod sieve;
mod splice;
mod spool;
mod stream;
mod summary;
mod survey;
#[cfg(test)]
mod tests;
mod trace;
mod value;
mod verify;
mod write;

pub use action::Action;
pub use check::{CheckError, Checked, Mismatch, Originals, check};
pub use choice::Choice;
pub use edit::{Edit, Edits, Patch};
pub use error::RedactError;
pub use exceptions::Exceptions;
pub use fill::{Fill, Rectangle};
pub use folder::{FolderError, MANIFEST, usable};
pub use key::{Key, KeyError};
pub use mark::{
    Change, Frames, Held, JournalError, MarkBook, Marks, Part, REDO, Spot, Step, Target, UNDO, line_of,
    read as read_marks,
};
pub use outcome::{Edited, Ending, LeftOut, Outcome, Verified};
pub use plan::{Act, Keeper, Marking, Path, Plan, Planner, Problem, Stay, Why, usual};
pub use profile::{CLEAN, Mistake, OwnProfile, PIXELS, Profile, ProfileError, RETAIN};
pub use pseudonym::{Pseudonyms, Shift};
pub use run::{Job, Progress, run};
pub use spool::Spool;
pub use summary::Summary;
pub use verify::Leftover;
use {
    folder::OutFolder,
    original::Original,
    splice::Splice,
    trace::{Hit, Traces},
    verify::Defect,
};
