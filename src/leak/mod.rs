//! Elements into findings: what a file gives away, where, how badly and why.
//!
//! [`Inspector::inspect`] turns one [`crate::dicom::Reading`] into a [`FileReport`], in four steps:
//! `detect/` judges elements by what they are; `detect/` and `carrier/` collect every [`Passage`] of text that
//! the file holds; `content/` looks at what the passages say; `cross/` looks for the patient in them.
//! `pixels` looks at images, overlays and icons, which takes longer, and [`FileReport::see`] adds what it finds.
//! It knows one file at a time; what files say of each other is `library`'s.

pub mod carrier;
mod claim;
mod class;
pub mod content;
pub mod cross;
mod day;
mod declared;
pub mod detect;
mod finding;
mod inspect;
mod memo;
mod passage;
pub mod pixels;
mod placeholder;
mod portrait;
mod report;
pub mod rule;
mod settle;
mod severity;
mod site_rules;
mod subject;

pub use class::{Class, Facet};
pub use cross::Evidence;
use declared::Declared;
pub use finding::{Finding, FindingId, Place, Region, Site};
pub use inspect::Inspector;
pub use passage::Passage;
pub use pixels::{PixelMode, PixelSearch};
pub use placeholder::is_placeholder;
pub use portrait::{FacetKnown, Portrait, Source};
pub use report::{Claims, Facts, FileReport};
pub use severity::{Counts, Severity};
pub use site_rules::{Matched, SiteRules, SiteRulesError};
pub use subject::Subject;
