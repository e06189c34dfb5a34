//! A DICOMDIR of the copies.

use super::{demo, files, holds, program, read, run, text};
use dcmleak::{
    demo::encode::{DataSet, FileBuilder, Syntax},
    dicom::{Reading, RowId, Status, Tag},
};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const NAME: &str = "DICOMDIR";

/// The demo folder, its copies as on media; what is said of it.
fn redacted(folder: &Path) -> (PathBuf, String) {
    let (out, key) = (folder.join("out"), folder.join("key"));
    let more = ["--dicomdir", "--allow-burned-in", "--key", key.to_str().unwrap()];
    let output = run(&demo().input, &out, &more);
    assert!(matches!(output.status.code(), Some(0 | 3)), "{}", text(&output.stderr));
    (out, text(&output.stdout))
}

/// Records in the order of the tree that their offsets make, with how deep each is.
fn tree(reading: &Reading) -> Vec<(usize, RowId)> {
    let rows = &reading.rows;
    let sequence = rows.find(Tag(0x0004, 0x1220)).unwrap();
    let start = |row: RowId| rows.get(row).map(|row| row.offset - u64::from(row.header)).unwrap();
    let at = |offset: u64| {
        let item = rows.children(Some(sequence)).find(|&(item, _)| start(item) == offset);
        item.expect("every offset is that of a record").0
    };
    let link = |item: Option<RowId>, tag| rows.numbers(rows.find_in(item, tag).unwrap())[0] as u64;
    let (mut out, mut open) = (Vec::new(), vec![(0, link(None, Tag(0x0004, 0x1200)))]);
    while let Some((depth, offset)) = open.pop().filter(|_| out.len() < 10_000) {
        if offset == 0 {
            continue;
        }
        let item = at(offset);
        out.push((depth, item));
        open.push((depth, link(Some(item), Tag(0x0004, 0x1400))));
        open.push((depth + 1, link(Some(item), Tag(0x0004, 0x1420))));
    }
    out
}

#[test]
fn it_lists_the_copies_by_what_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    let (out, said) = redacted(folder.path());
    let copies = files(&out);
    let listed = read(&copies[Path::new(NAME)]);
    assert_eq!((listed.status, &listed.error), (Status::Ok, &None));
    let tree = tree(&listed);
    let rows = &listed.rows;
    let text = |item, tag| rows.text(rows.find_in(Some(item), tag).unwrap()).into_owned();
    let mut named = BTreeSet::new();
    for &(depth, item) in &tree {
        let kind = text(item, Tag(0x0004, 0x1430));
        match depth {
            0..=2 => assert_eq!(kind, ["PATIENT", "STUDY", "SERIES"][depth]),
            _ => {
                assert_eq!(depth, 3);
                let file = text(item, Tag(0x0004, 0x1500));
                let short = |part: &str| {
                    (1..=8).contains(&part.len())
                        && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
                };
                assert!(file.split('\\').count() <= 8 && file.split('\\').all(short), "{file}");
                let path: PathBuf = file.split('\\').collect();
                let copy = read(&copies[&path]);
                assert_eq!(text(item, Tag(0x0004, 0x1511)), copy.text(Tag(0x0008, 0x0018)));
                assert_eq!(text(item, Tag(0x0004, 0x1512)), copy.text(Tag(0x0002, 0x0010)));
                named.insert(path);
            }
        }
    }
    let total = copies.keys().filter(|path| path.components().count() == 3).count();
    let kinds = tree.iter().map(|&(_, item)| text(item, Tag(0x0004, 0x1430))).collect::<BTreeSet<_>>();
    assert!(
        kinds.contains("SR DOCUMENT") && kinds.contains("ENCAP DOC") && kinds.contains("PRESENTATION"),
        "{kinds:?}"
    );
    assert!(named.len() > 50 && named.len() <= total, "{} of {total}", named.len());
    assert!(said.contains(&format!("{} listed in a new DICOMDIR", named.len())), "{said}");
    let manifest = fs::read_to_string(out.join("dcmleak-manifest.json")).unwrap();
    let others = total - named.len();
    let said_so = format!("\"unlisted\": {others}\n");
    assert_eq!(manifest.contains(&said_so), others > 0, "{others} of {total}");
    assert!(said.contains("1 left out: DICOMDIR"), "{said}");
    // Nothing of the one that was there, nor of the originals.
    let bytes = &copies[Path::new(NAME)];
    for planted in [&b"Sampleton"[..], b"40271183", b"PACS", b"19610503"] {
        assert!(!holds(bytes, planted), "{}", String::from_utf8_lossy(planted));
    }
}

#[test]
fn without_a_copy_that_it_could_list_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    fs::create_dir(&input).unwrap();
    let set = DataSet::new().ui(0x0008_0016, "2.999.1").ui(0x0008_0018, "2.999.2").lo(0x0010_0020, "EX-1");
    let file = FileBuilder::new("2.999.1", Syntax::ExplicitLe).data(set).to_bytes();
    fs::write(input.join("a.dcm"), file).unwrap();
    let output = run(&input, &out, &["--dicomdir"]);
    let said = text(&output.stdout);
    assert!(
        said.contains("1 written") && said.contains("no new DICOMDIR: all copies are of a kind"),
        "{said}"
    );
    assert!(!out.join(NAME).exists());
}

#[test]
fn the_manifest_knows_it_and_a_rerun_makes_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (out, _) = redacted(folder.path());
    let before = files(&out);
    let check = || program().arg("--check-manifest").arg(out.join("dcmleak-manifest.json")).output().unwrap();
    assert_eq!(check().status.code(), Some(0), "{}", text(&check().stderr));
    // A run that was killed before its end begins again and leaves nothing of before.
    fs::remove_file(out.join("dcmleak-manifest.json")).unwrap();
    let key = folder.path().join("key");
    let terms = {
        let other = folder.path().join("other");
        let mut child = program()
            .arg(&demo().input)
            .arg("--out")
            .arg(&other)
            .arg("--key")
            .arg(&key)
            .args(["--allow-burned-in", "--dicomdir", "-q"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let terms = loop {
            match fs::read_to_string(other.join(".dcmleak-unfinished")) {
                Ok(terms) if terms.ends_with('\n') => break terms,
                _ => std::thread::yield_now(),
            }
        };
        child.kill().unwrap();
        child.wait().unwrap();
        terms
    };
    assert!(terms.contains(" media"), "{terms}");
    fs::write(out.join(".dcmleak-unfinished"), terms).unwrap();
    fs::create_dir_all(out.join("SAAAAAAA/EAAAAAAA")).unwrap();
    fs::write(out.join("SAAAAAAA/EAAAAAAA/IAAAAAAA"), "half").unwrap();
    redacted(folder.path());
    assert_eq!(files(&out), before);
    fs::write(out.join(NAME), "x").unwrap();
    assert_eq!(check().status.code(), Some(3));
    assert!(text(&check().stderr).contains("DICOMDIR: is other than when it was verified"));
}

/// What others read of it, where they are installed: dcmtk goes through it as it adds to it, dicom3tools checks it.
#[test]
fn others_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let (out, _) = redacted(folder.path());
    let said = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).arg(NAME).current_dir(&out).output().ok()?;
        Some((output.status.success(), text(&[output.stdout, output.stderr].concat())))
    };
    if let Some((success, said)) = said("dcmdump", &["-q"]) {
        assert!(success && !said.contains("E:") && !said.contains("W:"), "{said}");
    }
    if let Some((_, said)) = said("dciodvfy", &["-new"]) {
        let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("Error")).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    if let Some((_, said)) = said("dcdirdmp", &[]) {
        assert!(!said.contains("Error"), "{said}");
    }
    // One of the syntax that the general purpose profile is of.
    let is_plain = |bytes: &[u8]| {
        let copy = read(bytes);
        copy.text(Tag(0x0002, 0x0010)).trim_end_matches('\0') == "1.2.840.10008.1.2.1"
            && copy.text(Tag(0x0008, 0x0060)) == "CT"
    };
    let (image, _) = files(&out).into_iter().find(|(_, bytes)| is_plain(bytes)).unwrap();
    let added = Command::new("dcmmkdir").args(["+A", "+I", "-Pgp"]).arg(image).current_dir(&out).output();
    if let Ok(added) = added {
        let said = text(&[added.stdout, added.stderr].concat());
        assert!(!said.contains("E:"), "{said}");
    }
}
