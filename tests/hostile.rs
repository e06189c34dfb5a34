//! Bad input: every kind gets a row with a clear error or a partial result; nothing panics or hangs, and memory stays
//! bounded, whatever a length field says.

#[path = "common/peak.rs"]
mod peak;

use dcmleak::{
    demo::encode::{DataSet, FileBuilder, Syntax},
    dicom::{Limits, Reader, Status},
};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Bytes above the memory of a scan of nothing.
const MOST_MEMORY: u64 = 200 << 20;

struct Outcome {
    code: Option<i32>,
    rows: BTreeMap<String, Value>,
    stderr: String,
    /// Peak, in bytes; 0 where the system does not tell.
    memory: u64,
}

impl Outcome {
    fn row(&self, path: &str) -> &Value {
        self.rows.get(path).unwrap_or_else(|| panic!("no row for {path:?}: {:?}", self.rows.keys()))
    }

    fn status(&self, path: &str) -> &str {
        self.row(path)["status"].as_str().unwrap()
    }

    fn error(&self, path: &str) -> &str {
        self.row(path)["error"].as_str().unwrap_or_default()
    }
}

fn scan(folder: &Path) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dcmleak"));
    follow(command.args(["scan", ".", "--format", "ndjson"]).current_dir(folder))
}

/// Runs to the end, and not for ever.
fn follow(command: &mut Command) -> Outcome {
    let out = tempfile::NamedTempFile::new().unwrap();
    let err = tempfile::NamedTempFile::new().unwrap();
    command.stdin(Stdio::null()).stdout(out.reopen().unwrap()).stderr(err.reopen().unwrap());
    let mut child = command.spawn().unwrap();
    let (code, memory) = peak::follow(&mut child);
    let text = fs::read_to_string(out.path()).unwrap();
    let rows = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let rows =
        rows.map(|row| (row["path"].as_str().unwrap().trim_start_matches("./").to_owned(), row)).collect();
    let stderr = fs::read_to_string(err.path()).unwrap();
    assert!(!stderr.contains("defect") && !stderr.contains("panicked"), "{stderr}");
    Outcome { code, rows, stderr, memory }
}

/// What a scan of one small file takes.
fn baseline() -> u64 {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.dcm"), plain()).unwrap();
    scan(folder.path()).memory
}

fn set() -> DataSet {
    DataSet::new().pn(0x0010_0010, "Sample^Anton").lo(0x0010_0020, "MRN 0012345")
}

fn file(set: DataSet) -> Vec<u8> {
    FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes()
}

fn plain() -> Vec<u8> {
    file(set())
}

/// Writes `bytes`, and holes up to `length`.
fn sparse(path: &Path, bytes: &[u8], length: u64) {
    let mut file = File::create(path).unwrap();
    file.write_all(bytes).unwrap();
    file.set_len(length).unwrap();
}

#[test]
fn files_that_are_not_dicom() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("empty.dcm", b"");
    write("one.dcm", b"D");
    write("letter.txt", b"Dear Sir or Madam,");
    write("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9");
    write("zeros", &[0; 5000]);
    write("noise", &(0..5000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>());
    sparse(&folder.path().join("sparse"), b"", 4 << 30);
    let outcome = scan(folder.path());
    assert_eq!(outcome.code, Some(0));
    assert_eq!(outcome.rows.len(), 7);
    for (path, row) in &outcome.rows {
        assert_eq!((&row["status"], &row["error"]), (&"not_dicom".into(), &Value::Null), "{path}");
    }
}

#[test]
fn lengths_depths_and_sizes_that_lie() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let write = |name: &str, bytes: Vec<u8>| fs::write(at(name), bytes).unwrap();
    write("cut.dcm", plain()[..plain().len() - 3].to_vec());
    write("length.dcm", file(set().declared(0x0040_A730, b"UN", 0xFFFF_FFF0, b"rest".to_vec())));
    write("pixels.dcm", file(set().declared(0x7FE0_0010, b"OW", 0xFFFF_FFF0, b"rest".to_vec())));
    let open = |undefined: &[u8]| [plain(), undefined.repeat(100_000)].concat();
    write("deep.dcm", open(b"\x40\0\x30\xa7SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff"));
    let mut shrinking = Vec::new();
    for left in (0..30_000u32).rev() {
        shrinking.extend(b"\x40\0\x30\xa7SQ\0\0");
        shrinking.extend((left * 20 + 8).to_le_bytes());
        shrinking.extend(b"\xfe\xff\x00\xe0");
        shrinking.extend((left * 20).to_le_bytes());
    }
    write("nested.dcm", [plain(), shrinking].concat());
    let many = (0..400_000u32).fold(plain(), |mut out, _| {
        out.extend(b"\x41\0\x10\x10SH\x02\0ab");
        out
    });
    write("many.dcm", many);
    write("digits.dcm", file(set().raw(0x0040_A160, b"UT", b"4111 ".repeat(2_000_000))));
    write("words.dcm", file(set().raw(0x0041_1001, b"UN", b"Dr. ab ".repeat(1_000_000))));
    write("spaces.dcm", file(set().raw(0x0040_A160, b"UT", b" ".repeat(10_000_000))));
    let bomb = DataSet::new().ob(0x0042_0011, vec![0; 300 << 20]);
    let bomb = FileBuilder::new("1.2.840.10008.5.1.4.1.1.104.1", Syntax::Deflated).data(set().join(bomb));
    write("bomb.dcm", bomb.to_bytes());
    sparse(&at("trailer.dcm"), &plain(), 4 << 30);
    let blob = file(set().declared(0x0042_0011, b"OB", u32::MAX - 8191, Vec::new()));
    sparse(&at("blob.dcm"), &blob, 4 << 30);
    let memory = baseline();
    let outcome = scan(folder.path());
    assert_eq!(outcome.rows.len(), 12, "{}", outcome.stderr);
    assert_eq!(outcome.code, Some(3));
    for (path, error) in [
        ("cut.dcm", "claims 12 bytes, 9 are left"),
        ("length.dcm", "claims 4294967280 bytes"),
        ("pixels.dcm", "claims 4294967280 bytes"),
        ("deep.dcm", "nested deeper than"),
        ("nested.dcm", "nested deeper than"),
    ] {
        assert_eq!(outcome.status(path), "partial", "{path}");
        assert!(outcome.error(path).contains(error), "{path}: {}", outcome.error(path));
    }
    for path in ["digits.dcm", "words.dcm", "spaces.dcm", "trailer.dcm", "blob.dcm", "bomb.dcm", "many.dcm"] {
        assert!(["ok", "partial"].contains(&outcome.status(path)), "{path}: {}", outcome.error(path));
    }
    // What could be read is reported all the same.
    for (path, row) in &outcome.rows {
        let named =
            row["findings"].as_array().unwrap().iter().any(|finding| finding["keyword"] == "PatientName");
        assert!(named, "{path} lost the patient's name");
    }
    let above = outcome.memory.saturating_sub(memory);
    assert!(above < MOST_MEMORY, "{} MiB above the baseline of {}", above >> 20, memory >> 20);
}

#[test]
fn a_file_that_changes_while_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dcm");
    let bytes = file(set().ob(0x0042_0011, vec![7; 600_000]).ow(0x7FE0_0010, vec![7; 200_000]));
    fs::write(&path, &bytes).unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let changer = {
        let (path, bytes, stop) = (path.clone(), bytes.clone(), Arc::clone(&stop));
        std::thread::spawn(move || {
            let mut file = OpenOptions::new().write(true).open(path).unwrap();
            for at in (0..bytes.len()).step_by(7919).cycle() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                file.set_len(at as u64).unwrap();
                file.seek(SeekFrom::Start(0)).unwrap();
                file.write_all(&bytes).unwrap();
            }
        })
    };
    let mut reader = Reader::new(Limits::default());
    for _ in 0..300 {
        let reading = reader.read(&path);
        assert!(reading.error.is_none() || reading.status != Status::Ok);
    }
    stop.store(true, Ordering::Relaxed);
    changer.join().unwrap();
}

#[test]
fn a_file_shorter_than_it_was_when_opened() {
    // What stat said is not what is there: files under /proc claim a length of 0 and hold more.
    let outcome = Reader::new(Limits::default()).read(Path::new("/proc/self/status"));
    assert!(matches!(outcome.status, Status::NotDicom | Status::Error));
}

#[test]
#[cfg(unix)]
fn names_that_act_on_a_terminal_or_are_no_text() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let folder = tempfile::tempdir().unwrap();
    for name in [
        &b"a\x1b]0;title\x07.dcm"[..],
        "b\u{202e}mcd.exe".as_bytes(),
        b"c\xff\xfe.dcm",
        b"d\n.dcm",
        &[b'e'; 255],
    ] {
        fs::write(folder.path().join(OsStr::from_bytes(name)), plain()).unwrap();
    }
    let outcome = scan(folder.path());
    assert_eq!(outcome.code, Some(0));
    let paths: Vec<&str> = outcome.rows.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "a\u{1b}]0;title\u{7}.dcm",
            "b\u{202e}mcd.exe",
            "c\u{fffd}\u{fffd}.dcm",
            "d\n.dcm",
            &"e".repeat(255)
        ]
    );
    for format in ["text", "ndjson", "csv", "sarif", "html"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dcmleak"));
        let output = command.args(["scan", ".", "--format", format]).current_dir(&folder).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.chars().all(|c| matches!(c, '\n' | '\r') || dcmleak::text::is_plain(c)), "{format}");
    }
}

#[test]
#[cfg(unix)]
fn pipes_devices_and_links_are_not_opened() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("sub")).unwrap();
    fs::write(at("sub/a.dcm"), plain()).unwrap();
    symlink(folder.path(), at("sub/circle")).unwrap();
    symlink("two", at("one")).unwrap();
    symlink("one", at("two")).unwrap();
    symlink("/dev/zero", at("device")).unwrap();
    let fifo = Command::new("mkfifo").arg(at("fifo")).status().is_ok_and(|status| status.success());
    let outcome = scan(folder.path());
    let mut expected =
        vec![("device", "error"), ("one", "not_dicom"), ("sub/a.dcm", "ok"), ("two", "not_dicom")];
    if fifo {
        expected.insert(1, ("fifo", "not_dicom"));
        assert_eq!(outcome.error("fifo"), "is not a regular file");
    }
    let rows: Vec<(&str, &str)> =
        outcome.rows.keys().map(|path| (path.as_str(), outcome.status(path))).collect();
    assert_eq!(rows, expected);
    assert_eq!(outcome.error("device"), "is a symbolic link out of the folder, which was not followed");
    assert_eq!(outcome.code, Some(3));
    // Named itself, a pipe is refused too, and not waited for.
    let mut command = Command::new(env!("CARGO_BIN_EXE_dcmleak"));
    if fifo {
        let outcome = follow(command.args(["scan", "--format", "ndjson"]).arg(at("fifo")));
        assert_eq!((outcome.code, outcome.rows.len()), (Some(0), 1));
    }
}

/// Permissions bind everybody but root, who has to be somebody else for it.
#[test]
#[cfg(unix)]
fn what_may_not_be_read_is_named_and_gone_past() {
    use std::os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    };
    const NOBODY: u32 = 65534;
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let program = folder.path().join("dcmleak");
    fs::copy(env!("CARGO_BIN_EXE_dcmleak"), &program).unwrap();
    mode(&program, 0o755);
    mode(folder.path(), 0o755);
    let root = folder.path().join("root");
    for path in ["a", "closed/inside", "z"] {
        fs::create_dir_all(root.join(path)).unwrap();
        fs::write(root.join(path).join("x.dcm"), plain()).unwrap();
        mode(&root.join(path).join("x.dcm"), 0o644);
    }
    for path in ["", "a", "z"] {
        mode(&root.join(path), 0o755);
    }
    fs::write(root.join("secret.dcm"), plain()).unwrap();
    mode(&root.join("secret.dcm"), 0o000);
    mode(&root.join("closed"), 0o000);
    let mut command = Command::new(&program);
    command.args(["scan", ".", "--format", "ndjson"]).current_dir(&root);
    // Somebody else cannot read root's settings either.
    command.env("HOME", folder.path()).env_remove("XDG_CONFIG_HOME");
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
        command.uid(NOBODY).gid(NOBODY);
    }
    let outcome = follow(&mut command);
    mode(&root.join("closed"), 0o755);
    let rows: Vec<(&str, &str)> =
        outcome.rows.keys().map(|path| (path.as_str(), outcome.status(path))).collect();
    assert_eq!(rows, [("a/x.dcm", "ok"), ("closed", "error"), ("secret.dcm", "error"), ("z/x.dcm", "ok")]);
    assert_eq!(outcome.error("closed"), "cannot be listed: permission denied");
    assert_eq!(outcome.error("secret.dcm"), "cannot be opened: permission denied");
    assert_eq!(outcome.code, Some(3));
    assert!(outcome.stderr.contains("2 could not be read"), "{}", outcome.stderr);
}

/// Real files, the broken ones too.
#[test]
fn every_file_of_the_corpus_has_a_row() {
    let Some(corpus) = std::env::var_os("DCMLEAK_CORPUS").map(PathBuf::from) else { return };
    let outcome = scan(&corpus);
    let mut files = 0;
    let mut folders = vec![corpus.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let row = outcome.row(path.strip_prefix(&corpus).unwrap().to_str().unwrap());
            let error = row["error"].as_str().unwrap_or_default();
            assert!(!error.contains("defect"), "{}: {error}", path.display());
            assert_ne!(row["status"], "error", "{}: {error}", path.display());
            if row["status"] == "partial" {
                assert!(!error.is_empty(), "{}", path.display());
            }
        }
    }
    assert!(files > 300);
    assert_eq!(outcome.rows.len(), files);
    let above = outcome.memory.saturating_sub(baseline());
    assert!(above < MOST_MEMORY, "{} MiB above the baseline", above >> 20);
}
