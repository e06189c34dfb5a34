//! The demo folder and its copies.

use super::{copies, demo, files, found, holds, program, read, run, text};
use dcmleak::{demo as source, dicom::Tag};
use std::{fs, path::Path};

#[test]
fn the_demo_is_clean_afterwards() {
    let copies = copies(&demo().out);
    assert_eq!(demo().output.status.code(), Some(0), "{}", text(&demo().output.stderr));
    assert!(copies.len() > 60);
    for (path, bytes) in &copies {
        assert_eq!(found(bytes), Vec::<String>::new(), "{}", path.display());
        let reading = read(bytes);
        assert_eq!(reading.text(Tag(0x0012, 0x0062)), "YES");
        assert_eq!(reading.text(Tag(0x0028, 0x0303)), "REMOVED");
        assert!(bytes.starts_with(&[0; 128]) && reading.trailer.is_none());
        let instance = reading.text(Tag(0x0008, 0x0018));
        assert!(instance.starts_with("2.25.") && path.file_stem().unwrap().to_str().unwrap() == instance);
        assert_eq!(reading.text(Tag(0x0002, 0x0003)), instance);
    }
}

#[test]
fn nothing_that_was_planted_is_left() {
    let planted = source::compose().unwrap().planted;
    let copies = copies(&demo().out);
    let manifest = fs::read(demo().out.join("dcmleak-manifest.json")).unwrap();
    let mut needles = 0;
    // The makers of the demo's devices are called Example as well.
    for leak in planted.iter().filter(|leak| leak.needle.len() > 3 && leak.needle != b"Example") {
        needles += 1;
        for (path, bytes) in &copies {
            assert!(!holds(bytes, &leak.needle), "{} {} in {}", leak.file, leak.at, path.display());
            assert!(!holds(path.to_str().unwrap().as_bytes(), &leak.needle));
        }
        assert!(!holds(&manifest, &leak.needle), "{} {}", leak.file, leak.at);
        assert!(!holds(&demo().output.stdout, &leak.needle), "{} {}", leak.file, leak.at);
    }
    assert!(needles > 100, "{needles}");
}

#[test]
fn originals_stay_and_the_manifest_is_true() {
    let folder = tempfile::tempdir().unwrap();
    source::write(&folder.path().join("demo")).unwrap();
    assert_eq!(files(&demo().input), files(&folder.path().join("demo")));
    // A copy of the copies, to be tampered with.
    let out = folder.path().join("out");
    for (path, bytes) in files(&demo().out) {
        fs::create_dir_all(out.join(&path).parent().unwrap()).unwrap();
        fs::write(out.join(path), bytes).unwrap();
    }
    let manifest = out.join("dcmleak-manifest.json");
    let check = || program().arg("--check-manifest").arg(&manifest).output().unwrap();
    assert_eq!(check().status.code(), Some(0), "{}", text(&check().stderr));
    let (first, mut bytes) = copies(&out).pop_first().unwrap();
    bytes.push(0);
    fs::write(out.join(&first), bytes).unwrap();
    fs::write(out.join("other.dcm"), "x").unwrap();
    assert_eq!(check().status.code(), Some(3));
    assert_eq!(text(&check().stderr).lines().count(), 2, "{}", text(&check().stderr));
    let here =
        program().current_dir(&out).args(["--check-manifest", "dcmleak-manifest.json"]).output().unwrap();
    assert_eq!((here.status.code(), text(&here.stderr)), (Some(3), text(&check().stderr)));
    fs::remove_file(out.join(&first)).unwrap();
    assert!(text(&check().stderr).contains("missing"));
    let changed = fs::read_to_string(&manifest).unwrap().replacen("\"X\"", "\"K\"", 1);
    fs::write(&manifest, changed).unwrap();
    assert_eq!(check().status.code(), Some(2));
}

#[test]
fn a_manifest_knows_originals_by_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let [input, out, key] = ["in", "out", "key"].map(|name| folder.path().join(name));
    fs::create_dir(&input).unwrap();
    let originals = fs::read_dir(demo().input.join("PACS_Export/40271183")).unwrap();
    for (name, original) in ["a", "b"].iter().zip(originals) {
        fs::copy(original.unwrap().path(), input.join(name)).unwrap();
    }
    let output = run(&input, &out, &["--key", key.to_str().unwrap(), "--allow-burned-in"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let manifest = out.join("dcmleak-manifest.json");
    let check = |more: &[&Path]| {
        let output = program().arg("--check-manifest").arg(&manifest).args(more).output().unwrap();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let originals = [&input, Path::new("--key"), &key];
    let (code, told, errors) = check(&originals);
    assert_eq!(
        (code, told.contains("2 files checked, 2 originals as they were, 0 mismatches")),
        (Some(0), true),
        "{told}{errors}"
    );
    assert_eq!(check(&[]).0, Some(0));
    assert_eq!(check(&[&input]).0, Some(2), "the key is needed");
    let other = folder.path().join("other");
    assert_eq!(check(&[&input, Path::new("--key"), &other]).0, Some(2));
    assert!(!other.exists(), "a check makes no key");
    fs::write(&other, "00".repeat(32)).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&other, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    assert!(check(&[&input, Path::new("--key"), &other]).2.contains("another key"));
    let mut bytes = fs::read(input.join("a")).unwrap();
    bytes.push(0);
    fs::write(input.join("a"), bytes).unwrap();
    let (code, told, errors) = check(&originals);
    assert_eq!(
        (code, told.contains("1 original as"), errors.lines().count()),
        (Some(3), true, 1),
        "{errors}"
    );
}

#[test]
fn the_same_key_makes_the_same_copies() {
    let folder = tempfile::tempdir().unwrap();
    let input = demo().input.join("hospital_share");
    let input = if input.is_dir() { input } else { demo().input.clone() };
    let [a, b, c] = ["a", "b", "c"].map(|name| folder.path().join(name));
    let key = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (out, key, jobs) in [(&a, key("key"), "1"), (&b, key("key"), "3"), (&c, key("other"), "2")] {
        let output = run(&input, out, &["--key", &key, "--jobs", jobs, "--allow-burned-in"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    assert_eq!(files(&a), files(&b));
    let (a, c) = (copies(&a), copies(&c));
    assert!(a.len() == c.len() && a.keys().all(|path| !c.contains_key(path)));
}

#[test]
fn every_option_is_verified_on_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    for (number, options) in [
        &[
            "--allow-burned-in",
            "--retain",
            "uids,device,institution,patient-characteristics,dates,safe-private",
        ][..],
        &["--allow-burned-in", "--retain", "dates-modified", "--clean", "descriptors,structured,graphics"],
    ]
    .into_iter()
    .enumerate()
    {
        let out = folder.path().join(number.to_string());
        let output = run(&demo().input, &out, options);
        let (said, errors) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{errors}");
        assert!(copies(&out).len() > 60 && said.contains("written and verified"), "{said}");
        for (path, bytes) in copies(&out) {
            let bad: Vec<_> =
                found(&bytes).into_iter().filter(|bad| !bad.contains("uid.date_kept")).collect();
            assert_eq!(bad, Vec::<String>::new(), "{}", path.display());
        }
    }
}
