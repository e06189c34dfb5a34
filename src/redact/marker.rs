//! What a copy says of itself: PS3.15 section E.1.1 and PS3.3 section C.7.1.1, C.12.1.

use super::{Action, Exceptions, Plan, dummy, encode, plan::Planner};
use crate::{
    dicom::{Coding, Reading, Tag, Vr, dictionary},
    standard::{EDITION, ProfileOption},
};

const IDENTITY_REMOVED: Tag = Tag(0x0012, 0x0062);
const METHOD: Tag = Tag(0x0012, 0x0063);
const METHOD_CODES: Tag = Tag(0x0012, 0x0064);
const DATES_MODIFIED: Tag = Tag(0x0028, 0x0303);

/// Exceptions that a copy names, and letters of one's keyword.
const MOST_EXCEPTIONS: usize = 16;
const MOST_NAME: usize = 40;
/// Codes of PS3.16 CID 7050 that are no option of the table.
const BASIC: [&str; 2] = ["113100", "Basic Application Confidentiality Profile"];
const PIXELS: [&str; 2] = ["113101", "Clean Pixel Data Option"];

/// Whether the attribute says how its file was de-identified.
pub(super) fn is_marker(tag: Tag) -> bool {
    [IDENTITY_REMOVED, METHOD, METHOD_CODES, DATES_MODIFIED].contains(&tag)
}

/// Code and meaning of all that is done to every file, the profile first; nothing where marks alone are followed.
/// `whole`: whether the profile was followed in everything, in every file.
pub(super) fn methods(planner: &Planner, whole: bool) -> Vec<[&'static str; 2]> {
    if planner.by_profile(None) { all_methods(planner, whole) } else { Vec::new() }
}

fn all_methods(planner: &Planner, whole: bool) -> Vec<[&'static str; 2]> {
    let mut methods = Vec::new();
    methods.extend(whole.then_some(BASIC));
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

/// Puts the markers in: no more than is true, where something stays that the profile takes out.
pub(super) fn insert(planner: &Planner, reading: &Reading, plan: &mut Plan) {
    let coding = reading.syntax.coding;
    let profile = &planner.profile;
    let [full, modified] =
        [ProfileOption::FullDates, ProfileOption::ModifiedDates].map(|option| profile.has(option));
    let dates = plan.dates_word(full, modified);
    let mut put = |tag, vr, value: &[u8]| {
        let mut element = Vec::new();
        encode::element(&mut element, coding, tag, vr, value);
        plan.edits.insert(tag, element);
    };
    put(DATES_MODIFIED, Vr::CS, dates.as_bytes());
    if plan.exceptions.identity {
        return put(IDENTITY_REMOVED, Vr::CS, b"NO");
    }
    put(IDENTITY_REMOVED, Vr::CS, b"YES");
    put(METHOD, Vr::LO, method(&plan.exceptions).as_bytes());
    let codes = codes(all_methods(planner, plan.exceptions.is_empty()), coding);
    if !codes.is_empty() {
        put(METHOD_CODES, Vr::SQ, &codes);
    }
}

/// What is done, in words: values of at most 64 letters. A copy with exceptions does not name the standard's profile.
fn method(exceptions: &Exceptions) -> String {
    let program = format!("dcmleak {}", env!("CARGO_PKG_VERSION"));
    if exceptions.is_empty() {
        return format!("{program}\\PS3.15 {EDITION}");
    }
    let said = exceptions.attributes.keys().take(MOST_EXCEPTIONS).map(|(path, action)| {
        let done = if *action == Action::Keep { "kept" } else { "cleaned" };
        let tag = path.0.last().copied().unwrap_or(Tag(0, 0));
        let name = dictionary::keyword(tag).filter(|_| tag.0.is_multiple_of(2)).unwrap_or("private");
        let name: String = name.chars().take(MOST_NAME).collect();
        format!("{done}: {tag} {name}")
    });
    let more = exceptions.attributes.len().saturating_sub(MOST_EXCEPTIONS);
    let more = (more > 0).then(|| format!("and {more} more"));
    let head = [program, "the profile of a user; more than the standard's stays".to_owned()];
    head.into_iter().chain(said).chain(more).collect::<Vec<_>>().join("\\")
}

fn codes(methods: Vec<[&str; 2]>, coding: Coding) -> Vec<u8> {
    let mut items = Vec::new();
    for [value, meaning] in methods {
        let mut content = Vec::new();
        dummy::code(&mut content, coding, [value, "DCM", meaning]);
        encode::item(&mut items, coding, &content);
    }
    items
}
