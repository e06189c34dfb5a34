//! Findings by a table of tests: they stay as they are whatever the detectors learn.

use dcmleak::{
    dicom::{Location, Reading, Tag, dictionary},
    leak::{Class, FileReport, Finding, Place, Severity},
    text::Sensitive,
};
use std::path::Path;

const TABLE: [(&str, Class, Severity, &str, char); 9] = [
    ("PatientName", Class::Name, Severity::Critical, "Names the patient.", 'A'),
    ("PatientID", Class::PatientId, Severity::Critical, "Identifies the patient at the institution.", 'H'),
    ("PatientBirthDate", Class::BirthDate, Severity::Critical, "The patient's date of birth.", 'C'),
    (
        "StudyDate",
        Class::Date,
        Severity::High,
        "When the patient was there; ties the file to other records.",
        'C',
    ),
    ("OperatorsName", Class::StaffName, Severity::High, "Names a person who was there.", 'R'),
    ("InstitutionName", Class::Institution, Severity::Medium, "Where the patient was treated.", 'B'),
    ("StudyDescription", Class::FreeText, Severity::Medium, "Free text, which may say anything.", 'R'),
    ("SOPInstanceUID", Class::Uid, Severity::Low, "A key back to the archive.", 'R'),
    ("Manufacturer", Class::Device, Severity::Info, "Technical.", 'M'),
];

pub fn findings(reading: &Reading, path: &Path) -> Vec<Finding> {
    let finding = |place,
                   at,
                   row,
                   (_, class, severity, why, hipaa): (&str, Class, Severity, &'static str, char),
                   value: &str| Finding {
        place,
        at,
        row,
        vr: None,
        class,
        facet: class.facet(),
        severity,
        confidence: 90,
        rule: format!("test.{class}").into(),
        why: why.into(),
        ps315: Some("Z"),
        hipaa: Some(hipaa),
        value: Sensitive::new(value.to_owned()),
        region: None,
    };
    let mut findings = Vec::new();
    if path.to_string_lossy().contains("Example_Erika") {
        findings.push(finding(Place::Path, Location::default(), None, TABLE[0], "Example_Erika"));
    }
    for (id, row) in reading.rows.iter() {
        let keyword = dictionary::keyword(row.tag);
        if let Some(entry) = TABLE.into_iter().find(|(known, ..)| keyword == Some(known)) {
            let text = reading.rows.text(id);
            if !text.is_empty() {
                findings.push(finding(Place::DataSet, reading.rows.location(id), Some(id), entry, &text));
            }
        }
    }
    findings
}

/// Whether the attribute is in the table.
pub fn knows(path: &dcmleak::redact::Path) -> bool {
    let keyword = path.0.last().and_then(|&tag| dictionary::keyword(tag));
    path.0.len() == 1 && TABLE.into_iter().any(|(known, ..)| keyword == Some(known))
}

pub fn report(report: &mut FileReport) {
    let mut reader = dcmleak::dicom::Reader::new(Default::default());
    let reading = reader.read(&report.path);
    report.findings = findings(&reading, &report.path);
    report.evidence = Default::default();
    let removed = reading.text(Tag(0x0012, 0x0062)) == "YES";
    report.claims.contradicted = removed && report.worst() >= Some(Severity::High);
}
