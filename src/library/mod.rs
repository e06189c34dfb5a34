//! A folder as a thing: what is in it, read by several lanes at once, kept in one catalog.
//!
//! [`Scan::start`] walks the paths and reads what it finds; its [`Event`]s go to the one writer of a [`Catalog`],
//! which holds what every file gives away in a few bytes each, as a tree of folders and as a tree of patients.
//! [`Aside`] is how files are written that must be whole. `redact`, `report`, `tui` and `cli` use this room.

mod acknowledged;
mod aside;
mod catalog;
mod crash;
mod crawl;
mod evidence;
mod found;
pub mod home;
mod ledger;
mod links;
mod names;
mod patients;
mod queue;
mod review;
mod roots;
mod scan;
mod tally;
mod tree;
mod watch;

pub use acknowledged::{Acknowledged, AcknowledgedError, GroupId};
pub use aside::{Access, Aside, create_new, is_at};
pub use catalog::{Catalog, FileEntry, TreeKind};
pub use crash::{guarded, quiet_panics};
pub use crawl::list;
pub use evidence::Evidences;
pub use found::{FileId, Found};
pub use ledger::{Kept, Shape, ValueKey, Values};
pub use patients::PatientLabel;
pub use review::{FileKey, Review, ReviewState, Reviews};
pub use roots::{ListError, Roots};
pub use scan::{Event, Scan, ScanOptions, Waiting};
pub use tally::Tally;
pub use tree::{Label, NodeId, Tree};
pub use watch::{
    Applied, Change, Means, PathKey, Roster, Watch, WatchChoice, WatchEvent, WatchState, means_of,
};
