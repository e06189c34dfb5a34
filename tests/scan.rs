//! `dcmleak scan` as a script starts it.

use dcmleak::demo::encode::{DataSet, FileBuilder, Syntax};
use serde_json::Value;
use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
    sync::OnceLock,
};
use tempfile::TempDir;

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dcmleak"));
    command.arg("scan").stdin(Stdio::null());
    command
}

fn run(folder: &Path, more: &[&str]) -> Output {
    program().arg(".").args(more).current_dir(folder).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn records(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn named(name: &str) -> Vec<u8> {
    let set = DataSet::new().ui(0x0008_0018, "2.999.1").cs(0x0008_0060, "CT").pn(0x0010_0010, name);
    let set = set.lo(0x0010_0020, "MRN 0012345").ui(0x0020_000D, "2.999.2").ui(0x0020_000E, "2.999.3");
    FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes()
}

/// One leaking file, one text file.
fn small() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("a")).unwrap();
    fs::write(folder.path().join("a/b.dcm"), named("Sample^Anton")).unwrap();
    fs::write(folder.path().join("notes.txt"), "nothing").unwrap();
    folder
}

fn demo() -> &'static Path {
    static DEMO: OnceLock<TempDir> = OnceLock::new();
    let folder = DEMO.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        dcmleak::demo::write(&folder.path().join("demo")).unwrap();
        folder
    });
    folder.path()
}

#[test]
fn a_line_a_file_in_the_order_of_the_schema() {
    let output = run(small().path(), &["--format", "ndjson"]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    let lines = stdout(&output);
    let first = lines.lines().next().unwrap();
    assert!(
        first.starts_with(
            r#"{"schema":"dcmleak.file/1","path":"./a/b.dcm","status":"ok","error":null,"sop_class":"1.2.840.10008.5.1.4.1.1.7","transfer_syntax":"1.2.840.10008.1.2.1","modality":"CT","patient_key":"p1","study_key":"s1","severity":"critical","claims":{"identity_removed":null,"burned_in":null},"findings":[{"id":"f:"#
        ),
        "{first}"
    );
    let records = records(&output);
    let name = records[0]["findings"].as_array().unwrap();
    let name = name.iter().find(|finding| finding["at"] == "(0010,0010)").unwrap();
    let keys: Vec<&str> = name.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = vec![
        "id",
        "at",
        "place",
        "keyword",
        "vr",
        "facet",
        "class",
        "severity",
        "confidence",
        "rule",
        "why",
        "ps315",
        "hipaa",
        "value",
        "region",
    ];
    expected.sort_unstable();
    assert_eq!(keys, expected, "serde_json sorts keys; the line above holds their order");
    assert!(first.contains(r#""at":"(0010,0010)","place":"dataset","keyword":"PatientName","vr":"PN","facet":"name","class":"name","severity":"critical","confidence":"#));
    assert_eq!((&name["value"], &name["region"]), (&"S•••••^A••••".into(), &Value::Null));
    assert_eq!((&records[1]["status"], &records[1]["severity"]), (&"not_dicom".into(), &"none".into()));
    assert_eq!((&records[1]["patient_key"], &records[1]["sop_class"]), (&Value::Null, &Value::Null));
}

#[test]
fn the_output_is_the_same_whatever_the_number_of_jobs() {
    for format in ["ndjson", "text"] {
        let one = run(demo(), &["--format", format, "--jobs", "1"]);
        let many = run(demo(), &["--format", format, "--jobs", "7"]);
        assert!(!one.stdout.is_empty());
        assert!(one.stdout == many.stdout, "{format} differs between one job and seven");
    }
}

#[test]
fn no_output_shows_a_value_unasked() {
    for format in ["ndjson", "text", "csv", "json", "sarif", "html"] {
        let masked = stdout(&run(small().path(), &["--format", format]));
        assert!(!masked.contains("Anton") && !masked.contains("0012345"), "{format}: {masked}");
        let shown = stdout(&run(small().path(), &["--format", format, "--show-values"]));
        assert!(shown.contains("Sample^Anton"), "{format}: {shown}");
    }
}

#[test]
fn ids_stay_the_same_wherever_the_folder_is() {
    let ids = |output: &Output| -> Vec<Value> {
        let findings =
            records(output).into_iter().flat_map(|record| record["findings"].as_array().unwrap().clone());
        findings.map(|finding| finding["id"].clone()).collect()
    };
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut all = Vec::new();
    for root in [one.path(), other.path()] {
        fs::create_dir_all(root.join("share/a")).unwrap();
        fs::write(root.join("share/a/b.dcm"), named("Sample^Anton")).unwrap();
        let scan = |path: &Path, at: &Path| {
            ids(&program().arg(path).args(["--format", "ndjson"]).current_dir(at).output().unwrap())
        };
        all.push(scan(&root.join("share"), root));
        all.push(scan(Path::new("share"), root));
        all.push(scan(Path::new("."), &root.join("share")));
    }
    assert!(!all[0].is_empty());
    assert!(all.iter().all(|ids| *ids == all[0]), "{all:?}");
    let unique: std::collections::HashSet<String> = all[0].iter().map(Value::to_string).collect();
    assert_eq!(unique.len(), all[0].len());
}

#[test]
fn the_status_says_how_it_went() {
    let folder = small();
    let status = |more: &[&str]| run(folder.path(), more).status.code();
    assert_eq!(status(&["--fail-on", "critical"]), Some(1));
    assert_eq!(status(&["--format", "nonsense"]), Some(2));
    assert_eq!(status(&["--output", "nowhere/report"]), Some(2));
    assert_eq!(status(&["nowhere"]), Some(2));
    let file = fs::read(folder.path().join("a/b.dcm")).unwrap();
    fs::write(folder.path().join("cut.dcm"), &file[..file.len() - 3]).unwrap();
    let output = run(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("1 read only in part"), "{}", stderr(&output));
    assert!(stdout(&output).contains("Read in part\n  ./cut.dcm: "), "{}", stdout(&output));
}

#[test]
fn a_floor_leaves_lesser_findings_out() {
    let severities = |more: &[&str]| -> Vec<Value> {
        let output = run(small().path(), &[&["--format", "ndjson"], more].concat());
        let findings =
            records(&output).into_iter().flat_map(|record| record["findings"].as_array().unwrap().clone());
        findings.map(|finding| finding["severity"].clone()).collect()
    };
    let all = severities(&[]);
    assert!(all.contains(&"low".into()) && all.contains(&"critical".into()));
    let high = severities(&["--min-severity", "high"]);
    assert!(!high.is_empty() && high.iter().all(|severity| *severity == "high" || *severity == "critical"));
}

#[test]
fn lists_of_files_come_from_a_file_or_from_stdin() {
    let folder = small();
    fs::write(folder.path().join("list"), "notes.txt\na/b.dcm\nmissing.dcm\n").unwrap();
    let from_file =
        program().args(["--files-from", "list", "--format", "ndjson"]).current_dir(&folder).output();
    let from_file = from_file.unwrap();
    let mut child = program();
    child.args(["--files-from", "-", "--format", "ndjson"]).current_dir(&folder);
    let mut child =
        child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"missing.dcm\0notes.txt\0a/b.dcm").unwrap();
    let from_stdin = child.wait_with_output().unwrap();
    for output in [from_file, from_stdin] {
        assert_eq!(output.status.code(), Some(3));
        let rows: Vec<_> =
            records(&output).iter().map(|r| (r["path"].clone(), r["status"].clone())).collect();
        let expected = [("a/b.dcm", "ok"), ("missing.dcm", "error"), ("notes.txt", "not_dicom")];
        assert_eq!(rows, expected.map(|(path, status)| (path.into(), status.into())));
    }
}

#[test]
fn a_report_goes_to_a_file_whole() {
    let folder = small();
    let output = run(folder.path(), &["--output", "report.ndjson", "--format", "ndjson", "--show-values"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""));
    let report = folder.path().join("report.ndjson");
    assert_eq!(fs::read_to_string(&report).unwrap().lines().count(), 2);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&report).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = program();
    child.arg(demo()).args(["--format", "ndjson"]);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3), "as if it had been read: one file of the demo is cut");
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
}

#[test]
fn a_path_that_leaks_is_masked_for_people_and_exact_for_programs() {
    let folder = tempfile::tempdir().unwrap();
    let way = "ward/Sample_Anton/ct";
    fs::create_dir_all(folder.path().join(way)).unwrap();
    fs::write(folder.path().join(way).join("1.dcm"), named("Sample^Anton")).unwrap();
    let text = stdout(&run(folder.path(), &[]));
    assert!(text.contains("./ward/S•••••_A••••/ct"), "{text}");
    assert!(!text.contains("Anton"), "{text}");
    let ndjson = run(folder.path(), &["--format", "ndjson"]);
    assert_eq!(records(&ndjson)[0]["path"], format!("./{way}/1.dcm"));
}

#[test]
fn nothing_that_acts_on_a_terminal_is_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a\u{1b}]0;x\u{7}\u{202e}b.dcm"), named("S\u{1b}[31m^\u{9b}2JA")).unwrap();
    for format in ["ndjson", "text", "csv", "json", "sarif", "html"] {
        for more in [&["--format", format][..], &["--format", format, "--show-values"]] {
            let output = stdout(&run(folder.path(), more));
            let acts = output.chars().find(|&c| c != '\n' && c != '\r' && !dcmleak::text::is_plain(c));
            assert_eq!(acts, None, "{format}: {output:?}");
        }
    }
}

#[test]
fn what_is_acknowledged_counts_apart() {
    let folder = small();
    let before = run(folder.path(), &["--format", "ndjson"]);
    let name = records(&before)[0]["findings"].as_array().unwrap().clone();
    let name = name.iter().find(|finding| finding["keyword"] == "PatientName").unwrap()["id"].clone();
    let name = name.as_str().unwrap();
    let list = folder.path().join("a/list");
    fs::write(&list, format!("{name} a phantom\ng:attribute.patient_id@(0010,0020) its number\n")).unwrap();
    let scan = |more: &[&str]| run(folder.path(), &[&["--acknowledged", "a/list"], more].concat());
    let after = records(&scan(&["--format", "ndjson"]));
    let reason = |keyword: &str| {
        let findings = after[0]["findings"].as_array().unwrap();
        findings.iter().find(|finding| finding["keyword"] == keyword).unwrap()["acknowledged"].clone()
    };
    assert_eq!((reason("PatientName"), reason("PatientID")), ("a phantom".into(), "its number".into()));
    assert_eq!((reason("SOPInstanceUID"), &after[0]["severity"]), (Value::Null, &"low".into()));
    assert_eq!(scan(&["--fail-on", "medium"]).status.code(), Some(0));
    assert_eq!(scan(&["--fail-on", "low"]).status.code(), Some(1));
    let text = stdout(&scan(&[]));
    assert!(text.contains("2 findings acknowledged") && !text.contains("PatientName"), "{text}");
    fs::write(&list, "f:123 too short\n").unwrap();
    assert_eq!(scan(&[]).status.code(), Some(2));
}
