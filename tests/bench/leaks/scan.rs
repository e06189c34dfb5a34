//! Files into findings, by the program's own detectors.
use super::{
    plant::Plant,
    score::{Findings, Found},
};
use dcmleak::{
    dicom::{Limits, Reader},
    leak::{Finding, Inspector},
    library::Evidences,
};
use std::path::Path;

/// What is found in the files, each on its own and by what they say of each other, in memory.
pub fn each<'a>(files: impl Iterator<Item = (String, &'a [u8])>) -> Findings {
    let inspector = Inspector::new();
    let mut reader = Reader::new(Limits::default());
    let mut evidences = Evidences::default();
    let mut all = Findings::new();
    let mut paths = Vec::new();
    for (path, bytes) in files {
        let reading = reader.read_bytes(bytes);
        let report = inspector.inspect(&reading, Path::new(&path), Path::new(&path));
        all.insert(path.clone(), report.findings.iter().map(found).collect());
        let folder = Path::new(&path).parent().unwrap_or(Path::new(""));
        evidences.add(paths.len() as u32, folder, report.evidence);
        paths.push(path);
    }
    for (number, path) in paths.iter().enumerate() {
        let more = evidences.additions(number as u32);
        all.entry(path.clone()).or_default().extend(more.iter().map(found));
    }
    all
}

/// Every file of the plants, under a path whose first parts give nothing away: the plant's number, and a folder, since
/// files in neighbouring folders may be taken to belong together.
pub fn files(plants: &[Plant]) -> impl Iterator<Item = (String, &[u8])> {
    plants.iter().flat_map(|plant| {
        plant.files.iter().map(|f| (format!("{}/s/{}", plant.name, f.path), f.bytes.as_slice()))
    })
}

fn found(f: &Finding) -> Found {
    Found {
        at: f.at.to_string(),
        place: f.place.name().to_owned(),
        class: f.class,
        severity: f.severity,
        rule: f.rule.to_string(),
    }
}
