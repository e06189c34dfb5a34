//! The file's and folders' names.

use crate::leak::{Passage, Place, Subject};
use std::{borrow::Cow, path::Component};

/// Folders whose own folders are patients.
const PATIENTS: [&str; 14] = [
    "patient",
    "patients",
    "pat",
    "pats",
    "patienten",
    "pacientes",
    "pazienti",
    "pacjenci",
    "pacienti",
    "mrn",
    "pid",
    "patientid",
    "patient_id",
    "пациенты",
];

/// Appends every part of the path that is judged.
pub(super) fn passages<'a>(subject: &Subject<'a>, out: &mut Vec<Passage<'a>>) {
    let mut say = |text| out.push(Passage { place: Place::Path, row: None, vr: None, carrier: "", text });
    let parts = subject.name.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    let mut before: [Cow<'_, str>; 2] = Default::default();
    for name in parts {
        let [year, month] = &before;
        if is_number(year, 4) && is_number(month, 2) && is_number(&name, 2) {
            say(Cow::Owned(format!("{year}-{month}-{name}")));
        }
        if PATIENTS.contains(&month.to_lowercase().as_str()) {
            say(Cow::Owned(format!("patient: {name}")));
        }
        say(name.clone());
        before.rotate_left(1);
        if let Some(last) = before.last_mut() {
            *last = name;
        }
    }
}

/// Whether a name is so many digits: folders of a year, of a month, of a day.
fn is_number(name: &str, digits: usize) -> bool {
    name.len() == digits && name.bytes().all(|byte| byte.is_ascii_digit())
}
