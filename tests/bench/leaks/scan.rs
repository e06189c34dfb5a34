//! Files into findings, by the program's own detectors.
use super::{
    plant::Plant,
    score::{Findings, Found},
};
use dcmleak::{
    dicom::{Limits, Reader},
    leak::{Class, Finding, Inspector, Severity},
    library::Evidences,
};
use std::{
    path::Path,
    process::{Command, Stdio},
};

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
        value: f.value.expose().clone(),
    }
}

/// What the program itself reports of the files, written into a folder. `None` where a line of its report is not what it
/// should be, or it said that it could not do it.
pub fn program<'a>(program: &Path, files: impl Iterator<Item = (String, &'a [u8])>) -> Option<Findings> {
    let folder = tempfile::tempdir().ok()?;
    for (path, bytes) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent()?).ok()?;
        std::fs::write(path, bytes).ok()?;
    }
    let output = Command::new(program)
        .args(["scan", "--format", "ndjson", "--show-values", "--quiet"])
        .arg(folder.path())
        .stderr(Stdio::inherit())
        .output()
        .ok()?;
    let report = String::from_utf8(output.stdout).ok()?;
    // Some of the files are damaged on purpose: status 3 is right.
    if !matches!(output.status.code(), Some(0 | 3)) {
        return None;
    }
    report.lines().map(|line| file_of(line, folder.path())).collect()
}

fn file_of(line: &str, root: &Path) -> Option<(String, Vec<Found>)> {
    let file: serde_json::Value = serde_json::from_str(line).ok()?;
    let path = Path::new(file["path"].as_str()?).strip_prefix(root).ok()?.to_str()?.to_owned();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let one = |f: &serde_json::Value| {
        let severity: Severity = f["severity"].as_str()?.parse().ok()?;
        let class = Class::parse(f["class"].as_str()?)?;
        let (at, place) = (text(&f["at"]), text(&f["place"]));
        Some(Found { at, place, class, severity, rule: text(&f["rule"]), value: text(&f["value"]) })
    };
    let findings = file["findings"].as_array()?.iter().map(one).collect::<Option<_>>()?;
    Some((path, findings))
}
