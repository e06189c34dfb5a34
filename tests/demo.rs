//! The demo folder: complete, the same each time, valid where it means to be, and its answer key true.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use dcmleak::demo::anatomy::{self, Picture};
use dcmleak::demo::{DemoError, Folder, Kind, Place, compose, write};

fn demo() -> &'static Folder {
    static DEMO: OnceLock<Folder> = OnceLock::new();
    DEMO.get_or_init(|| compose().unwrap())
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn is_the_same_each_time_and_of_the_promised_size() {
    let again = compose().unwrap();
    assert_eq!(demo().planted, again.planted);
    for (a, b) in demo().files.iter().zip(&again.files) {
        assert!(a.path == b.path && a.bytes == b.bytes, "{}", a.path);
    }
    let bytes: usize = again.files.iter().map(|f| f.bytes.len()).sum();
    assert!((60..=120).contains(&again.files.len()), "{} files", again.files.len());
    assert!(bytes < 25_000_000, "{bytes} bytes");
    assert!(again.clean().count() >= 10);
    let paths: BTreeSet<_> = again.files.iter().map(|f| &f.path).collect();
    assert_eq!(paths.len(), again.files.len(), "two files under one path");
}

#[test]
fn writes_every_file_and_refuses_a_folder_in_use() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("new/demo");
    let summary = write(&root).unwrap();
    assert_eq!((summary.files, summary.planted), (demo().files.len(), demo().planted.len()));
    for file in &demo().files {
        assert!(std::fs::read(root.join(&file.path)).unwrap() == file.bytes, "{}", file.path);
    }
    assert!(matches!(write(&root), Err(DemoError::NotEmpty(_))));
}

#[test]
fn the_answer_key_is_true() {
    let demo = demo();
    let mut wrong = Vec::new();
    for leak in &demo.planted {
        let file = demo.files.iter().find(|f| f.path == leak.file);
        let Some(file) = file else { panic!("{} is in the key only", leak.file) };
        assert_ne!(file.kind, Kind::Clean, "{}", leak.file);
        let haystack = if leak.place == Place::Path { file.path.as_bytes() } else { &file.bytes };
        let found = leak.needle.is_empty() || holds(haystack, &leak.needle);
        if !found && file.kind != Kind::Truncated {
            wrong.push(format!("{} {} {}", leak.file, leak.at, leak.disguise));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_place_and_disguise_is_there() {
    let places: BTreeSet<_> = demo().planted.iter().map(|leak| leak.place.word()).collect();
    assert_eq!(places.len(), 9, "{places:?}");
    let disguises: BTreeSet<_> = demo().planted.iter().map(|leak| leak.disguise).collect();
    for wanted in [
        "attribute",
        "nested",
        "private element",
        "UN text",
        "UTF-16",
        "base64",
        "XML",
        "JSON",
        "CSA header",
        "content item",
        "graphic annotation",
        "overlay plane",
        "overlay label",
        "PDF stream, compressed",
        "CDA",
        "burned-in",
        "preamble text",
        "other file's magic",
        "meta group",
        "after the data set",
        "trailing padding",
        "file name",
        "in a UID",
        "false claim",
        "JPEG comment",
        "out of order",
        "duplicate",
        "free text",
        "sibling's name in private text",
        "waveform annotation",
        "directory record",
    ] {
        assert!(disguises.contains(wanted), "{wanted} in {disguises:?}");
    }
    let kinds: BTreeSet<_> = demo().files.iter().map(|file| file.kind).collect();
    assert_eq!(kinds.len(), 5);
}

#[test]
fn clean_files_hold_nothing_of_the_patients() {
    let names: Vec<_> = demo()
        .planted
        .iter()
        .filter(|leak| matches!(leak.at.as_str(), "(0010,0010)" | "(0010,0020)" | "(0010,1040)"))
        .map(|leak| leak.needle.as_slice())
        .filter(|needle| !needle.is_empty())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    assert!(names.len() > 15);
    for file in demo().files.iter().filter(|file| file.kind == Kind::Clean) {
        assert!(file.bytes.windows(3).any(|w| w == b"YES"));
        let head = &file.bytes[..file.bytes.len().min(4096)];
        assert!(names.iter().all(|name| !holds(head, name)), "{}", file.path);
    }
}

/// The elements of a dump in DCMTK's path form; it indents elements by four a level, items by two more.
fn paths_of(dump: &str) -> BTreeSet<String> {
    let mut parents: Vec<(String, i32)> = Vec::new();
    let mut paths = BTreeSet::new();
    for line in dump.lines() {
        let tag = line.trim_start();
        if !tag.starts_with('(') || tag.len() < 11 {
            continue;
        }
        let (depth, tag) = ((line.len() - tag.len()) / 4, &tag[..11]);
        match tag {
            "(fffe,e000)" => parents[depth].1 += 1,
            "(fffe,e00d)" | "(fffe,e0dd)" => {}
            _ => {
                parents.truncate(depth);
                let above = parents.iter().map(|(tag, item)| format!("{tag}[{item}].")).collect::<String>();
                paths.insert(format!("{above}{tag}"));
                parents.push((tag.to_owned(), -1));
            }
        }
    }
    paths
}

#[test]
fn dcmtk_reads_every_valid_file() {
    if Command::new("dcmdump").arg("--version").output().is_err() {
        eprintln!("skipped: dcmdump is not installed");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("demo");
    write(&root).unwrap();
    let mut refused = Vec::new();
    for file in demo().files.iter().filter(|f| matches!(f.kind, Kind::Leaky | Kind::Clean)) {
        let out = Command::new("dcmdump").arg(root.join(&file.path)).output().unwrap();
        if !out.status.success() || !out.stderr.is_empty() {
            refused.push(format!("{}: {}", file.path, String::from_utf8_lossy(&out.stderr)));
        }
        let there = paths_of(&String::from_utf8_lossy(&out.stdout));
        for leak in demo().planted.iter().filter(|l| l.file == file.path && l.at.starts_with('(')) {
            if !there.contains(&leak.at.to_lowercase()) {
                refused.push(format!("{}: {} is not there", leak.file, leak.at));
            }
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
}

fn save(dir: &Path, name: &str, picture: &Picture<[u8; 3]>) {
    let mut bytes = format!("P6 {} {} 255\n", picture.columns, picture.rows).into_bytes();
    bytes.extend(picture.pixels.iter().flatten());
    std::fs::write(dir.join(name), bytes).unwrap();
}

/// For looking at: `DEMO_PICTURES=DIR cargo test --test demo -- --ignored pictures`.
#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures() {
    let dir = std::path::PathBuf::from(std::env::var_os("DEMO_PICTURES").unwrap());
    let grey = |v: f32| [(v.clamp(0.0, 1.0) * 255.0) as u8; 3];
    for (n, level) in [0.10, 0.42, 0.58, 0.85].into_iter().enumerate() {
        let ct = anatomy::head_ct(1, 256, level).map(|v| grey((f32::from(v) + 0.0) / 80.0));
        save(&dir, &format!("ct{n}.ppm"), &ct);
        save(
            &dir,
            &format!("mr{n}.ppm"),
            &anatomy::head_mr(2, 192, level).map(|v| grey(f32::from(v) / 800.0)),
        );
    }
    save(&dir, "cr.ppm", &anatomy::chest(3, 512, 560).map(|v| grey(f32::from(v) / 4095.0)));
    save(&dir, "mg.ppm", &anatomy::mammogram(4, 384, 512).map(|v| grey(f32::from(v) / 4095.0)));
    let mut us = anatomy::ultrasound(5, 480, 360, 40);
    us.write("Testcase, Tina  40271183", 8, 4, 2, [230, 230, 230]);
    save(&dir, "us.ppm", &us);
    for frame in [0, 8, 12] {
        let xa = anatomy::angiogram(6, 192, frame, 24).map(|v| [v; 3]);
        save(&dir, &format!("xa{frame}.ppm"), &xa);
    }
    let [r, g, b] = anatomy::hot_palette();
    let at = |t: &[u16], v: u8| (t[usize::from(v)] >> 8) as u8;
    save(&dir, "nm.ppm", &anatomy::perfusion(7, 128).map(|v| [at(&r, v), at(&g, v), at(&b, v)]));
    let lines = ["Name: Muster, Max", "ID:   MM-004711", "DOB:  1958-11-02"];
    save(&dir, "sc.ppm", &anatomy::screen(480, 320, "PATIENT SUMMARY", &lines).0);
}

/// For looking at: `DEMO_FOLDER=DIR cargo test --test demo -- --ignored folder`.
#[test]
#[ignore = "writes the demo folder for a person to look at"]
fn folder() {
    let root = std::path::PathBuf::from(std::env::var_os("DEMO_FOLDER").unwrap());
    eprintln!("{:?}", write(&root).unwrap());
}
