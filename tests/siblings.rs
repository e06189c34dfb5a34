//! What the demo's files say of each other: the answer key's leaks that no file tells alone.

use dcmleak::demo::{Folder, Planted, compose};
use dcmleak::dicom::{Limits, Reader};
use dcmleak::leak::{Finding, Inspector, Portrait, Severity};
use dcmleak::library::Evidences;
use std::path::Path;
use std::sync::OnceLock;

struct Told {
    path: String,
    own: Vec<Finding>,
    by_others: Vec<Finding>,
}

fn demo() -> &'static Folder {
    static DEMO: OnceLock<Folder> = OnceLock::new();
    DEMO.get_or_init(|| compose().unwrap())
}

fn told() -> &'static [Told] {
    static TOLD: OnceLock<Vec<Told>> = OnceLock::new();
    TOLD.get_or_init(|| {
        let (mut reader, inspector) = (Reader::new(Limits::default()), Inspector::new());
        let mut evidences = Evidences::default();
        let mut told: Vec<Told> = (0..)
            .zip(&demo().files)
            .map(|(number, file)| {
                let path = Path::new(&file.path);
                let report = inspector.inspect(&reader.read_bytes(&file.bytes), path, path);
                evidences.add(number, path.parent().unwrap(), report.evidence);
                Told { path: file.path.clone(), own: report.findings, by_others: Vec::new() }
            })
            .collect();
        (0..).zip(&mut told).for_each(|(number, file)| file.by_others = evidences.additions(number));
        told
    })
}

fn of(path: &str) -> &'static Told {
    told().iter().find(|told| told.path == path).unwrap()
}

fn line(finding: &Finding) -> String {
    format!("{} {} {} {}", finding.place.name(), finding.at, finding.rule, finding.value.expose())
}

fn is_at(finding: &Finding, leak: &Planted) -> bool {
    finding.place.name() == leak.place.word()
        && (!leak.at.starts_with('(') || finding.at.to_string() == leak.at)
}

#[test]
fn scrubbed_files_are_found_out() {
    let planted: Vec<_> = demo().planted.iter().filter(|leak| leak.disguise.starts_with("sibling")).collect();
    assert!(planted.len() >= 4);
    for leak in planted {
        let file = of(&leak.file);
        let found = file.by_others.iter().chain(&file.own).any(|finding| {
            is_at(finding, leak) && finding.class.name() == leak.class && finding.severity >= Severity::High
        });
        assert!(
            found,
            "{} {}: {:#?}",
            leak.file,
            leak.at,
            file.by_others.iter().map(line).collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_name_in_another_spelling_is_found_in_paths() {
    for leak in demo().planted.iter().filter(|leak| leak.disguise == "folder name, other spelling") {
        let found =
            of(&leak.file).own.iter().any(|finding| is_at(finding, leak) && finding.rule == "cross.name");
        assert!(found, "{}", leak.file);
    }
}

#[test]
fn clean_files_are_told_nothing_of() {
    for file in demo().clean().map(of) {
        let cross = |finding: &&Finding| finding.rule.starts_with("cross.");
        let all: Vec<_> = file.by_others.iter().chain(file.own.iter().filter(cross)).map(line).collect();
        assert!(all.is_empty(), "{}: {all:#?}", file.path);
    }
}

#[test]
fn no_sibling_tells_what_the_file_tells_itself() {
    for file in told() {
        for new in &file.by_others {
            let same = |own: &&Finding| {
                (own.place, &own.at, own.class) == (new.place, &new.at, new.class)
                    && own.severity >= new.severity
            };
            let own = file.own.iter().find(same).map(line);
            assert!(own.is_none(), "{}: {} and {own:?}", file.path, line(new));
        }
    }
}

#[test]
fn a_portrait_says_who_it_is() {
    let mut portrait = Portrait::default();
    for file in told().iter().filter(|file| file.path.starts_with("incoming/case_0042/")) {
        portrait.add(file.own.iter().chain(&file.by_others));
    }
    assert_eq!(portrait.files(), 4);
    let sentence = portrait.sentence();
    assert!(
        sentence.starts_with("4 files together tell the patient's name, numbers that stand for"),
        "{sentence}"
    );
    assert!(!sentence.contains("ampleton"));
}

#[test]
#[ignore = "lists what files tell of each other"]
fn list() {
    for file in told() {
        for finding in &file.by_others {
            println!("{}: {}", file.path, line(finding));
        }
    }
}

/// For looking at: `DCMLEAK_CORPUS=DIR cargo test --test siblings -- --ignored --nocapture corpus`.
#[test]
#[ignore = "lists what the files of a corpus tell of each other"]
fn corpus() {
    let Some(root) = std::env::var_os("DCMLEAK_CORPUS") else { return };
    let (mut reader, inspector) = (Reader::new(Limits::default()), Inspector::new());
    let mut evidences = Evidences::default();
    let mut paths = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(root)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let report = inspector.inspect(&reader.read(&path), &path, Path::new(path.file_name().unwrap()));
            let number = paths.len() as u32;
            for finding in report.findings.iter().filter(|finding| finding.rule.starts_with("cross.")) {
                println!("{} {}: {}", finding.confidence, path.display(), line(finding));
            }
            evidences.add(number, &folder, report.evidence);
            paths.push(path);
        }
    }
    for (number, path) in (0..).zip(&paths) {
        for finding in evidences.additions(number) {
            println!("{} {}: {}", finding.confidence, path.display(), line(&finding));
        }
    }
    println!("{} files, {} bytes of evidence each", paths.len(), evidences.memory() / paths.len().max(1));
}
