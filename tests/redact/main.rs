//! `dcmleak redact`: copies without what identifies.

mod conformant;
mod demo;
mod directory;
mod kill;
mod large;
mod marks;
mod own;
mod pixels;
mod real;
mod streams;
mod table;
mod trouble;

#[path = "../common/peak.rs"]
mod peak;

use dcmleak::{
    dicom::{Limits, Reader, Reading, Status},
    leak::{Inspector, Severity},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::OnceLock,
};
use tempfile::TempDir;

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dcmleak"));
    command.arg("redact").stdin(Stdio::null());
    command
}

fn run(input: &Path, out: &Path, more: &[&str]) -> Output {
    program().arg(input).arg("--out").arg(out).args(more).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every file below, with its bytes, by its path below.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                all.insert(entry.strip_prefix(folder).unwrap().to_owned(), fs::read(&entry).unwrap());
            }
        }
    }
    all
}

fn copies(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    files(folder)
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|extension| extension == "dcm"))
        .collect()
}

fn read(bytes: &[u8]) -> Reading {
    Reader::new(Limits::default()).read_bytes(bytes)
}

/// What a scan of the copy finds that is worse than a device.
fn found(bytes: &[u8]) -> Vec<String> {
    let reading = read(bytes);
    assert_eq!((reading.status, &reading.error), (Status::Ok, &None));
    let report = Inspector::new().inspect(&reading, Path::new("x"), Path::new("x"));
    let bad = report.findings.iter().filter(|finding| finding.severity >= Severity::Medium);
    bad.map(|finding| format!("{} {}", finding.at, finding.rule)).collect()
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(bytes, needle).is_some()
}

struct Demo {
    _folder: TempDir,
    input: PathBuf,
    out: PathBuf,
    output: Output,
}

/// The demo folder, redacted by the Basic Profile.
fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let (input, out) = (folder.path().join("demo"), folder.path().join("out"));
        dcmleak::demo::write(&input).unwrap();
        let key = folder.path().join("key");
        // Pixels are for another test: all frames of all files take their time.
        let output = run(&input, &out, &["--key", key.to_str().unwrap(), "--allow-burned-in"]);
        Demo { _folder: folder, input, out, output }
    })
}
