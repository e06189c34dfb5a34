//! What the standards say, parsed once from `assets/standard/`: which attributes identify and what is to be done
//! with them (PS3.15 Table E.1-1, by Type where it leaves a choice), which private elements do not (Table
//! E.3.10-1), which content items of reports do (Table E.3.4-1), what a DICOMDIR lists of which object (PS3.3 annex F),
//! how Safe Harbor names what they tell; and, from elsewhere, in which images and where in them devices write text.
//! `leak` and all above it may use this room; it uses `dicom` for tags.

mod attribute;
mod compound;
mod confidentiality;
mod content_item;
mod directory;
mod hipaa;
mod pixel_kind;
mod pixel_region;
mod safe_private;
mod table;

/// The edition of PS3.15 that `assets/standard/` holds.
pub const EDITION: &str = "2026d";

pub use attribute::{Attribute, attribute, attributes};
pub use compound::compound_action;
pub use confidentiality::{Confidentiality, Keep, ProfileOption, ProfileOptions, confidentiality, rules};
pub use content_item::{ContentItem, content_item, content_items};
pub use directory::{DirectoryKey, directory_keys, directory_record};
pub use hipaa::{Identifier, hipaa, identifiers};
pub use pixel_kind::{PixelKind, pixel_kind};
pub use pixel_region::{PixelRegion, pixel_regions};
pub use safe_private::{SafeElements, SafePrivate, safe_private};
