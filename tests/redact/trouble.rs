//! What cannot be done, is refused, or breaks off.

use super::{copies, demo, files, program, run, text};
use dcmleak::{
    demo::encode::{DataSet, FileBuilder, Syntax},
    dicom::Limits,
    leak::Inspector,
    library::Roots,
    redact::{self, Ending, Job, Key, Planner, Profile, Progress, Pseudonyms, RedactError},
};
use std::{
    fs,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, atomic::AtomicBool},
};

fn small(folder: &Path) -> PathBuf {
    let input = folder.join("in");
    fs::create_dir(&input).unwrap();
    let set = DataSet::new()
        .ui(0x0008_0018, "2.999.1")
        .pn(0x0010_0010, "Sample^Anton")
        .lo(0x0010_0020, "MRN 0012345");
    let bytes = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes();
    fs::write(input.join("a.dcm"), bytes).unwrap();
    input
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let input = small(folder.path());
    let before = files(&input);
    let full = folder.path().join("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("mine"), "x").unwrap();
    let out = folder.path().join("out");
    let (key, new_key) = (out.join("key"), folder.path().join("new-key"));
    for (out, more, said) in [
        (input.join("out"), &[][..], "in/out: the output folder is inside of what is to be read"),
        (folder.path().to_owned(), &[], "inside of the output folder"),
        (full.clone(), &[], "not empty"),
        (out.clone(), &["--retain", "dates,dates-modified"], "both"),
        (out.clone(), &["--retain", "names"], "cannot retain \"names\""),
        (out.clone(), &["--profile", "mine"], "unknown profile"),
        (out.clone(), &["--key", key.to_str().unwrap()], "key must not"),
        (full.join("mine/sub"), &[], "cannot be used"),
        (full.join("mine"), &[], "must be a folder"),
        (full.clone(), &["--key", new_key.to_str().unwrap()], "not empty"),
    ] {
        let output = run(&input, &out, more);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(text(&output.stderr).contains(said), "{said}: {}", text(&output.stderr));
    }
    assert_eq!(files(&input), before);
    assert!(!out.exists() && !new_key.exists() && files(&full).len() == 1);
    let dry = program().arg(&input).arg("--dry-run").output().unwrap();
    assert_eq!(dry.status.code(), Some(0));
    assert!(text(&dry.stdout).contains("PatientName") && !text(&dry.stdout).contains("Sample"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "a dry run writes nothing");
}

#[test]
fn files_that_cannot_be_redacted_are_named_and_the_others_written() {
    let folder = tempfile::tempdir().unwrap();
    let input = small(folder.path());
    let set = DataSet::new().ui(0x0008_0018, "2.999.2").cs(0x0028_0301, "YES");
    let stated = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes();
    fs::write(input.join("burned.dcm"), &stated).unwrap();
    fs::write(input.join("Sample_Anton.dcm"), stated).unwrap();
    fs::write(input.join("notes.txt"), "nothing").unwrap();
    let out = folder.path().join("out");
    let output = run(&input, &out, &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("burned.dcm: withheld"), "{}", text(&output.stderr));
    // The path that names the patient of the folder is masked.
    assert!(text(&output.stderr).contains("file 1, ") && !text(&output.stderr).contains("Anton"));
    assert_eq!(copies(&out).len(), 1);
    assert_eq!(files(&out).len(), 2, "a copy and the manifest, and no part of another");
    let output = run(&input, &folder.path().join("all"), &["--allow-burned-in"]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_dry_run_says_what_a_run_would_leave_out() {
    let folder = tempfile::tempdir().unwrap();
    let input = small(folder.path());
    let stated = |tag, number| {
        let set = DataSet::new().ui(0x0008_0018, format!("2.999.{number}")).cs(tag, "YES");
        FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes()
    };
    fs::write(input.join("burned.dcm"), stated(0x0028_0301, 2)).unwrap();
    fs::write(input.join("face.dcm"), stated(0x0028_0302, 3)).unwrap();
    let mut pixels = fs::read_dir(demo().input.join("PACS_Export/40271183")).unwrap();
    fs::copy(pixels.next().unwrap().unwrap().path(), input.join("pixels.dcm")).unwrap();
    // The numbers of the files that get no copy, and why.
    let named = |output: &std::process::Output| {
        let errors = text(&output.stderr);
        let number = |line: &str| line.split(", ").next().unwrap_or_default().to_owned();
        let without = errors.lines().filter(|line| line.contains("withheld")).map(number);
        (output.status.code(), without.collect::<Vec<_>>(), errors.contains("--clean pixels"))
    };
    for (number, more) in
        [&[][..], &["--clean", "pixels"], &["--allow-burned-in"], &["--allow-burned-in", "--clean", "pixels"]]
            .into_iter()
            .enumerate()
    {
        let dry = program().arg(&input).arg("--dry-run").args(more).output().unwrap();
        let real = run(&input, &folder.path().join(number.to_string()), more);
        assert_eq!(named(&dry), named(&real), "{more:?}\n{}\n{}", text(&dry.stderr), text(&real.stderr));
        assert_eq!(named(&real).1.len(), [3, 2, 0, 0][number], "{more:?} {}", text(&real.stderr));
    }
}

fn job(input: PathBuf, out: PathBuf) -> Job {
    let planner = Planner {
        profile: Profile::default(),
        pseudonyms: Pseudonyms::new(Key::of([3; 32])),
        allow_burned_in: false,
        marking: None,
    };
    Job {
        roots: Roots::new([input]),
        choice: Default::default(),
        inspector: Arc::new(Inspector::new()),
        planner,
        out: Some(out),
        jobs: NonZeroUsize::MIN,
        limits: Limits::default(),
        directory: false,
    }
}

#[test]
fn a_file_that_is_another_patient_s_since_it_was_surveyed_has_no_copy() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (small(folder.path()), folder.path().join("out"));
    fs::copy(input.join("a.dcm"), input.join("b.dcm")).unwrap();
    let set = DataSet::new().ui(0x0008_0018, "2.999.1").pn(0x0010_0010, "Quillfeather^Berta").raw(
        0x0009_0010,
        b"LO",
        b"SAMPLE 1".to_vec(),
    );
    let other = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes();
    let mut replace = |progress| {
        if progress == Progress::Read(2, 2) {
            fs::write(input.join("a.dcm"), &other).unwrap();
        }
    };
    let outcomes =
        redact::run(&job(input.clone(), out.clone()), &AtomicBool::new(false), &mut replace).unwrap();
    assert!(matches!(&outcomes[0].ending, Ending::Failed(why) if why.contains("it changed")), "{outcomes:?}");
    assert!(matches!(&outcomes[1].ending, Ending::Written(_)), "{outcomes:?}");
    assert_eq!((copies(&out).len(), files(&out).len()), (1, 2));
}

#[test]
fn copies_without_a_manifest_are_told_from_no_copies() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (small(folder.path()), folder.path().join("out"));
    let job = job(input, out.clone());
    // A folder is in the manifest's place before it is written.
    let mut hinder = |_| fs::create_dir_all(out.join("dcmleak-manifest.json/x")).unwrap();
    let ended = redact::run(&job, &AtomicBool::new(false), &mut hinder);
    assert!(matches!(ended, Err(RedactError::Manifest(_))), "{ended:?}");
    assert_eq!(copies(&out).len(), 1);
    fs::remove_dir_all(out.join("dcmleak-manifest.json")).unwrap();
    redact::run(&job, &AtomicBool::new(false), &mut |_| {}).unwrap();
    assert_eq!(files(&out).len(), 2, "the same run again");
}

#[test]
fn two_runs_do_not_write_into_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (small(folder.path()), folder.path().join("out"));
    fs::create_dir(&out).unwrap();
    let claim = fs::File::create(out.join(".dcmleak-unfinished")).unwrap();
    claim.lock().unwrap();
    let output = run(&input, &out, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("another run is writing"), "{}", text(&output.stderr));
    assert_eq!(files(&out).len(), 1);
    drop(claim);
    assert_eq!(run(&input, &out, &[]).status.code(), Some(0), "whoever held it is gone");
    assert_eq!(files(&out).len(), 2);
}

#[test]
fn without_a_readable_element_there_is_no_copy() {
    let folder = tempfile::tempdir().unwrap();
    let input = small(folder.path());
    let mut bytes = fs::read(input.join("a.dcm")).unwrap();
    let meta = u32::from_le_bytes(bytes[140..144].try_into().unwrap()) as usize;
    bytes.truncate(144 + meta);
    bytes.extend([0xff; 40]);
    fs::write(input.join("a.dcm"), &bytes).unwrap();
    let output = run(&input, &folder.path().join("out"), &[]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("a.dcm: not written"), "{}", text(&output.stderr));
    fs::remove_file(input.join("a.dcm")).unwrap();
    let output = run(&input, &folder.path().join("out"), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no DICOM file"), "{}", text(&output.stderr));
}

/// Kills runs at moments all over their course; `DCMLEAK_KILLS` says how many.
#[test]
#[cfg(unix)]
fn a_run_that_is_killed_leaves_nothing_half_done() {
    let kills: u64 = std::env::var("DCMLEAK_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6);
    let folder = tempfile::tempdir().unwrap();
    let before = files(&demo().input);
    let (out, key) = (folder.path().join("out"), folder.path().join("key"));
    let start = || {
        let mut command = program();
        command.arg(&demo().input).arg("--out").arg(&out).arg("--key").arg(&key).arg("--allow-burned-in");
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let whole = copies(&{
        let out = folder.path().join("whole");
        assert_eq!(
            run(&demo().input, &out, &["--key", key.to_str().unwrap(), "--allow-burned-in"]).status.code(),
            Some(0)
        );
        out
    });
    let mut partial = 0;
    for kill in 0..kills {
        let _ = fs::remove_dir_all(&out);
        let mut child = start();
        // Waits for a number of files, not for a time.
        while child.try_wait().unwrap().is_none() {
            let written = if out.is_dir() { count(&out) } else { 0 };
            if written as u64 > kill * whole.len() as u64 / kills {
                break;
            }
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let left = copies(&out);
        partial += usize::from(left.len() < whole.len());
        assert!(
            left.iter().all(|(path, bytes)| whole.get(path) == Some(bytes)),
            "no half of a file has a name"
        );
    }
    assert!(partial > 0, "no run was killed in its course");
    assert_eq!(start().wait().unwrap().code(), Some(0), "the same run goes on");
    assert_eq!(copies(&out), whole);
    assert!(files(&out).keys().all(|path| !path.to_str().unwrap().contains("part")));
    assert_eq!(files(&demo().input), before);
}

/// Copies so far; what goes away meanwhile does not count.
#[cfg(unix)]
fn count(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let counts = entries.map(|entry| match entry.path() {
        path if path.is_dir() => count(&path),
        path => usize::from(path.extension().is_some_and(|extension| extension == "dcm")),
    });
    counts.sum()
}
