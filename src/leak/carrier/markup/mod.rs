//! Text with a form of its own, read tolerantly into lines of names and values, so that what a name announces
//! is understood: XML and HTML, JSON, RTF, HL7 version 2, settings, tables.
//!
//! Every reader takes what there is: cut off, ill formed, mixed. None recurses, none expands what it was not
//! given, and each takes time linear in its text.

mod entity;
mod hl7;
mod json;
mod pairs;
mod rtf;
mod sql;
mod table;
mod xml;

pub(super) use hl7::{hl7, is_hl7};
pub(super) use json::json;
pub(super) use pairs::pairs;
pub(super) use rtf::rtf;
pub(super) use sql::sql;
pub(super) use table::table;
pub(super) use xml::xml;
