//! The detectors on real files, where `DCMLEAK_CORPUS` names a folder of them.

use dcmleak::dicom::{Limits, Reader, Status};
use dcmleak::leak::{FileReport, Inspector, Severity};
use std::path::{Path, PathBuf};

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

fn reports() -> Vec<(PathBuf, FileReport)> {
    let Some(root) = std::env::var_os("DCMLEAK_CORPUS") else {
        eprintln!("skipped: DCMLEAK_CORPUS is not set");
        return Vec::new();
    };
    let mut paths = Vec::new();
    files(Path::new(&root), &mut paths);
    paths.sort();
    let (mut reader, inspector) = (Reader::new(Limits::default()), Inspector::new());
    let inspect = |path: PathBuf| {
        let name = PathBuf::from(path.file_name().unwrap());
        let report = inspector.inspect(&reader.read(&path), &path, &name);
        (path, report)
    };
    paths.into_iter().map(inspect).collect()
}

#[test]
fn what_is_read_is_judged() {
    for (path, report) in reports() {
        if report.status == Status::Ok && !report.facts.patient_name.expose().trim().is_empty() {
            assert!(!report.findings.is_empty() || report.claims.identity_removed == Some(true), "{path:?}");
        }
        let sorted = report.findings.windows(2).all(|pair| match (pair[0].row, pair[1].row) {
            (Some(a), Some(b)) => a <= b,
            _ => true,
        });
        assert!(sorted, "{path:?}");
    }
}

/// For whoever works on the detectors: `DCMLEAK_CORPUS=DIR cargo test --test leaks_corpus -- --ignored --nocapture`.
#[test]
#[ignore = "prints every finding, with values"]
fn findings() {
    for (path, report) in reports() {
        for finding in report.findings.iter().filter(|finding| finding.severity >= Severity::Info) {
            let value: String = finding
                .value
                .expose()
                .chars()
                .take(60)
                .map(|c| if c.is_control() { '·' } else { c })
                .collect();
            println!(
                "{}\t{}\t{}\t{}\t{}\t{}\t{value}",
                path.display(),
                finding.severity,
                finding.class,
                finding.rule,
                finding.place.name(),
                finding.at
            );
        }
    }
}
