//! Files into findings, by the program's own detectors.
use super::{
    plant::Plant,
    score::{Findings, Found},
};
use dcmleak::{
    dicom::{Limits, Reader},
    leak::{FileReport, Inspector},
    library::Evidences,
};
use std::path::Path;

/// Each file in memory, and then what the files of one folder or patient say of each other.
pub fn each<'a>(files: impl Iterator<Item = (String, &'a [u8])>) -> Findings {
    let inspector = Inspector::new();
    let mut reader = Reader::new(Limits::default());
    let mut evidences = Evidences::default();
    let reports: Vec<(String, FileReport)> = (0..)
        .zip(files)
        .map(|(number, (path, bytes))| {
            let reading = reader.read_bytes(bytes);
            // The plant's own folder is named by its number, which gives nothing away.
            let mut report = inspector.inspect(&reading, Path::new(&path), Path::new(&path));
            let folder = Path::new(&path).parent().unwrap_or(Path::new(""));
            evidences.add(number, folder, std::mem::take(&mut report.evidence));
            (path, report)
        })
        .collect();
    (0..)
        .zip(reports)
        .map(|(number, (path, mut report))| {
            report.findings.extend(evidences.additions(number));
            (path, found(&report))
        })
        .collect()
}

/// Every file of the plants, under the path that it has in their folder.
pub fn files(plants: &[Plant]) -> impl Iterator<Item = (String, &[u8])> {
    plants.iter().flat_map(|plant| {
        plant.files.iter().map(|f| (format!("{}/{}", plant.name, f.path), f.bytes.as_slice()))
    })
}

fn found(report: &FileReport) -> Vec<Found> {
    let one = |f: &dcmleak::leak::Finding| Found {
        at: f.at.to_string(),
        place: f.place.name().to_owned(),
        class: f.class,
        severity: f.severity,
        rule: f.rule.to_string(),
    };
    report.findings.iter().map(one).collect()
}
