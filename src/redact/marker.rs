//! What a copy says of itself: PS3.15 section E.1.1 and PS3.3 section C.7.1.1, C.12.1.

use super::{Edits, dummy, encode, plan::Planner};
use crate::{
    dicom::{Coding, Reading, Tag, Vr},
    standard::{EDITION, ProfileOption},
};

const IDENTITY_REMOVED: Tag = Tag(0x0012, 0x0062);
const METHOD: Tag = Tag(0x0012, 0x0063);
const METHOD_CODES: Tag = Tag(0x0012, 0x0064);
const DATES_MODIFIED: Tag = Tag(0x0028, 0x0303);

/// Codes of PS3.16 CID 7050 that are no option of the table.
const BASIC: [&str; 2] = ["113100", "Basic Application Confidentiality Profile"];
const PIXELS: [&str; 2] = ["113101", "Clean Pixel Data Option"];

/// Whether the attribute says how its file was de-identified.
pub(super) fn is_marker(tag: Tag) -> bool {
    [IDENTITY_REMOVED, METHOD, METHOD_CODES, DATES_MODIFIED].contains(&tag)
}

/// Code and meaning of all that is done to every file, the profile first; nothing where marks alone are followed.
pub(super) fn methods(planner: &Planner) -> Vec<[&'static str; 2]> {
    if !planner.by_profile(None) {
        return Vec::new();
    }
    all_methods(planner)
}

fn all_methods(planner: &Planner) -> Vec<[&'static str; 2]> {
    let mut methods = vec![BASIC];
    methods.extend(planner.profile.cleans_pixels().then_some(PIXELS));
    methods.extend(planner.profile.options().iter().map(|option| [option.code(), meaning(option)]));
    methods
}

/// The meaning of the option's code in CID 7050.
fn meaning(option: ProfileOption) -> &'static str {
    match option {
        ProfileOption::SafePrivate => "Retain Safe Private Option",
        ProfileOption::Uids => "Retain UIDs Option",
        ProfileOption::DeviceIdentity => "Retain Device Identity Option",
        ProfileOption::InstitutionIdentity => "Retain Institution Identity Option",
        ProfileOption::PatientCharacteristics => "Retain Patient Characteristics Option",
        ProfileOption::FullDates => "Retain Longitudinal Temporal Information Full Dates Option",
        ProfileOption::ModifiedDates => "Retain Longitudinal Temporal Information Modified Dates Option",
        ProfileOption::CleanDescriptors => "Clean Descriptors Option",
        ProfileOption::CleanStructuredContent => "Clean Structured Content Option",
        ProfileOption::CleanGraphics => "Clean Graphics Option",
    }
}

/// Puts the markers in.
pub(super) fn insert(planner: &Planner, reading: &Reading, edits: &mut Edits) {
    let coding = reading.syntax.coding;
    let mut put = |tag, vr, value: &[u8]| {
        let mut element = Vec::new();
        encode::element(&mut element, coding, tag, vr, value);
        edits.insert(tag, element);
    };
    put(IDENTITY_REMOVED, Vr::CS, b"YES");
    let method = format!("dcmleak {}\\PS3.15 {EDITION}", env!("CARGO_PKG_VERSION"));
    put(METHOD, Vr::LO, method.as_bytes());
    put(METHOD_CODES, Vr::SQ, &codes(planner, coding));
    let dates = if planner.profile.has(ProfileOption::FullDates) {
        "UNMODIFIED"
    } else if planner.profile.has(ProfileOption::ModifiedDates) {
        "MODIFIED"
    } else {
        "REMOVED"
    };
    put(DATES_MODIFIED, Vr::CS, dates.as_bytes());
}

fn codes(planner: &Planner, coding: Coding) -> Vec<u8> {
    let mut items = Vec::new();
    for [value, meaning] in all_methods(planner) {
        let mut content = Vec::new();
        dummy::code(&mut content, coding, [value, "DCM", meaning]);
        encode::item(&mut items, coding, &content);
    }
    items
}
