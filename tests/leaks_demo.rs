//! The demo folder's answer key against what the detectors say.

use dcmleak::demo::{Folder, Kind, Planted, compose};
use dcmleak::dicom::{Limits, Reader};
use dcmleak::leak::{FileReport, Finding, Inspector, Severity};
use std::path::Path;
use std::sync::OnceLock;

fn demo() -> &'static Folder {
    static DEMO: OnceLock<Folder> = OnceLock::new();
    DEMO.get_or_init(|| compose().unwrap())
}

fn reports() -> &'static [(String, FileReport)] {
    static REPORTS: OnceLock<Vec<(String, FileReport)>> = OnceLock::new();
    REPORTS.get_or_init(|| {
        let mut reader = Reader::new(Limits::default());
        let inspector = Inspector::new();
        let inspect = |file: &dcmleak::demo::DemoFile| {
            let reading = reader.read_bytes(&file.bytes);
            let path = Path::new(&file.path);
            (file.path.clone(), inspector.inspect(&reading, path, path))
        };
        demo().files.iter().map(inspect).collect()
    })
}

fn report(file: &str) -> &'static FileReport {
    &reports().iter().find(|(path, _)| path == file).unwrap().1
}

fn told(report: &FileReport) -> Vec<String> {
    let line = |finding: &Finding| {
        format!(
            "{} {} {} {} {}",
            finding.severity,
            finding.class,
            finding.rule,
            finding.at,
            finding.value.expose()
        )
    };
    report.findings.iter().map(line).collect()
}

/// Whether a finding is at the place of the leak.
fn at(finding: &Finding, leak: &Planted) -> bool {
    finding.place.name() == leak.place.word()
        && (!leak.at.starts_with('(') || finding.at.to_string() == leak.at)
}

/// Disguises that only other files of the patient, recognition of pixels or a codec see through.
fn is_for_others(leak: &Planted) -> bool {
    matches!(leak.place.word(), "pixels" | "icon" | "encapsulated")
        || leak.disguise.starts_with("sibling")
        || leak.disguise.starts_with("JPEG")
}

#[test]
#[ignore = "lists what is missed, for whoever works on the detectors"]
fn misses() {
    for leak in demo().planted.iter().filter(|leak| !is_for_others(leak)) {
        let report = report(&leak.file);
        let here: Vec<_> = report.findings.iter().filter(|finding| at(finding, leak)).collect();
        let exact = here.iter().any(|finding| finding.class.name() == leak.class);
        if !exact || here.iter().all(|finding| finding.severity < Severity::Medium) {
            let said: Vec<_> =
                here.iter().map(|f| format!("{} {} {}", f.severity, f.class, f.rule)).collect();
            println!("{} {} {} {:?} -> {said:?}", leak.file, leak.at, leak.class, leak.disguise);
        }
    }
    for file in demo().clean() {
        for line in told(report(file)) {
            println!("CLEAN {file} {line}");
        }
    }
}

#[test]
fn attributes_are_found_with_their_class() {
    let mut missed = Vec::new();
    let by_attribute =
        |leak: &&Planted| matches!(leak.disguise, "attribute" | "nested" | "directory record" | "Japanese");
    for leak in demo().planted.iter().filter(by_attribute) {
        let file = demo().files.iter().find(|file| file.path == leak.file).unwrap();
        let found = report(&leak.file).findings.iter().any(|finding| {
            at(finding, leak)
                && (finding.class.name() == leak.class || leak.class == "free_text" || leak.class == "name")
        });
        if !found && file.kind != Kind::Truncated {
            missed.push(format!("{} {} {}", leak.file, leak.at, leak.class));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
