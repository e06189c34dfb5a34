//! Runs that are killed, and folders that cannot be written to.

use super::{copies, files, program, run, text};
use dcmleak::demo::encode::{DataSet, FileBuilder, Syntax};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Instant,
};

const FILES: usize = 40;
/// Moments at which a run is killed.
const KILLS: u32 = 50;
/// Bytes of a small file system, and of the pixels that one file has.
const ROOM: usize = 1 << 20;
const PIXELS: usize = 32 << 10;

fn set(number: usize) -> Vec<u8> {
    let set = DataSet::new()
        .ui(0x0008_0018, format!("2.999.1.{number}"))
        .pn(0x0010_0010, "Sample^Anton")
        .lo(0x0010_0020, "MRN 0012345")
        .ui(0x0020_000d, "2.999.2")
        .ui(0x0020_000e, "2.999.3")
        .raw(0x0009_0010, b"LO", b"SAMPLE 1".to_vec())
        .ob(0x7fe0_0010, [7; PIXELS]);
    FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes()
}

fn many(folder: &Path) -> PathBuf {
    let input = folder.join("in");
    fs::create_dir(&input).unwrap();
    for number in 0..FILES {
        fs::write(input.join(format!("{number:03}.dcm")), set(number)).unwrap();
    }
    input
}

/// At moments spread by a fixed generator over the time that a whole run takes; what is asked of each does not depend
/// on when it was.
#[test]
fn a_run_that_is_killed_at_any_moment_leaves_nothing_half_done() {
    let folder = tempfile::tempdir().unwrap();
    let input = many(folder.path());
    let before = files(&input);
    let (out, key) = (folder.path().join("out"), folder.path().join("key"));
    let more = ["--key", key.to_str().unwrap()];
    let begun = Instant::now();
    let whole = folder.path().join("whole");
    let output = run(&input, &whole, &more);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let (course, whole) = (begun.elapsed(), copies(&whole));
    assert_eq!(whole.len(), FILES);
    let mut state = 1u32;
    let (mut begun, mut partial) = (0, 0);
    for _ in 0..KILLS {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let moment = course * (state >> 16) / (1 << 16);
        let mut command = program();
        command.arg(&input).arg("--out").arg(&out).args(more).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(moment);
        child.kill().unwrap();
        child.wait().unwrap();
        let left = if out.is_dir() { copies(&out) } else { BTreeMap::new() };
        for (path, bytes) in &left {
            assert_eq!(whole.get(path), Some(bytes), "no half of a file has a name");
        }
        begun += usize::from(out.is_dir());
        partial += usize::from(!left.is_empty() && left.len() < FILES);
        if out.join("dcmleak-manifest.json").exists() && !out.join(".dcmleak-unfinished").exists() {
            // It came to its end before: the next begins anew.
            fs::remove_dir_all(&out).unwrap();
        }
    }
    assert!(begun > 0 && partial > 0, "runs were killed in their course: {begun}, {partial}");
    let output = run(&input, &out, &more);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(copies(&out), whole, "the same run goes on");
    assert_eq!(files(&out).len(), FILES + 1, "copies and the manifest, and nothing else");
    assert_eq!(files(&input), before);
}

#[test]
fn the_same_file_twice_has_two_copies_or_one_by_how_it_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in");
    fs::create_dir(&input).unwrap();
    fs::write(input.join("a.dcm"), set(1)).unwrap();
    let file = input.join("a.dcm");
    let out = folder.path().join("named-twice");
    let output = program().arg(&input).arg(&file).arg("--out").arg(&out).output().unwrap();
    assert_eq!((output.status.code(), copies(&out).len()), (Some(0), 1), "{}", text(&output.stderr));
    fs::write(input.join("b.dcm"), set(1)).unwrap();
    let out = folder.path().join("two-files");
    let output = run(&input, &out, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let copies = copies(&out);
    assert_eq!(copies.len(), 2, "neither takes the other's place");
    assert!(copies.keys().any(|path| path.to_str().unwrap().ends_with("-2.dcm")));
}

/// Where others cannot write, root can: there it is a file system that nobody writes to.
#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written_to_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in");
    fs::create_dir(&input).unwrap();
    fs::write(input.join("a.dcm"), set(1)).unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    let closed =
        if fs::write(closed.join("probe"), "x").is_err() { closed } else { PathBuf::from("/proc/1") };
    let out = closed.join("out");
    if fs::create_dir(&out).is_ok() {
        return eprintln!("skipped: there is no folder here that cannot be written to");
    }
    let output = run(&input, &out, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("the output folder cannot be used"), "{}", text(&output.stderr));
    assert_eq!(files(&input).len(), 1);
}

/// A small file system in memory, which root alone can make.
#[cfg(target_os = "linux")]
struct Small(PathBuf);

#[cfg(target_os = "linux")]
impl Small {
    fn mount(at: PathBuf) -> Option<Self> {
        fs::create_dir(&at).unwrap();
        let size = format!("size={ROOM}");
        let mut command = std::process::Command::new("mount");
        let mounted =
            command.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&at).stderr(Stdio::null()).status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(at))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Small {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).status();
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let input = many(folder.path());
    let before = files(&input);
    let Some(small) = Small::mount(folder.path().join("small")) else {
        return eprintln!("skipped: no file system can be mounted here");
    };
    let out = small.0.join("out");
    let output = run(&input, &out, &[]);
    assert!(matches!(output.status.code(), Some(2 | 3)), "{:?}", output.status);
    assert!(text(&output.stderr).contains("no storage space"), "{}", text(&output.stderr));
    let left = copies(&out);
    assert!(left.len() < FILES);
    assert!(left.values().all(|bytes| bytes.len() > PIXELS), "no half of a file has a name");
    assert!(files(&out).keys().all(|path| path.extension().is_none_or(|end| end != "part")));
    assert_eq!(files(&input), before);
}
