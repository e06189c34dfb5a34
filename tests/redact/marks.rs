//! Files redacted by marks.

use super::{copies, holds, read, run, text};
use dcmleak::{
    demo::{
        anatomy::letters,
        encode::{DataSet, FileBuilder, Syntax},
    },
    dicom::{Stamp, Tag, Version},
    library::FileKey,
};
use std::{fs, path::Path};

const NAME: &str = "Example^Erika";

fn image(value: u8) -> Vec<u8> {
    let set = DataSet::new()
        .ui(0x0008_0016, "1.2.840.10008.5.1.4.1.1.7")
        .ui(0x0008_0018, "1.2.3.4.5")
        .lo(0x0008_0080, "Example Hospital")
        .pn(0x0010_0010, NAME)
        .lo(0x0010_0020, "EX-123456")
        .lo(0x0010_4000, "kept as it is")
        .cs(0x0012_0062, "NO")
        .seq(
            0x0040_0275,
            vec![DataSet::new().lo(0x0032_1060, "knee of Example"), DataSet::new().lo(0x0032_1060, "b")],
        )
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .is(0x0028_0008, "2")
        .us(0x0028_0010, &[4])
        .us(0x0028_0011, &[4])
        .us(0x0028_0100, &[8])
        .us(0x0028_0101, &[8])
        .us(0x0028_0102, &[7])
        .us(0x0028_0103, &[0])
        .ob(0x7fe0_0010, vec![value; 32])
        .sorted();
    FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes()
}

/// A folder of two files, and marks of the first.
fn folder(lines: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in");
    fs::create_dir(&input).unwrap();
    fs::write(input.join("a.dcm"), image(7)).unwrap();
    fs::write(input.join("b.dcm"), image(7)).unwrap();
    let key = FileKey::of("in/a.dcm");
    let Version { size, modified } = Stamp::of(&fs::metadata(input.join("a.dcm")).unwrap()).version;
    let marks = format!("marks 1\n{lines}in {key} {size} {modified}\nend\n");
    fs::write(folder.path().join("marks"), marks).unwrap();
    folder
}

fn redact(folder: &Path, more: &[&str]) -> std::process::Output {
    let marks = folder.join("marks");
    run(&folder.join("in"), &folder.join("out"), &[&["--marks", marks.to_str().unwrap()], more].concat())
}

#[test]
fn marks_alone_change_what_is_marked_and_nothing_else() {
    let folder = folder(
        "mark Z (0010,0010)\nmark X (0010,0020)\nmark X (0040,0275)[0]\nmark U (0008,0018)\nmark X pixels 1,1,2,2 2-2\n",
    );
    let output = redact(folder.path(), &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains("1 written") && said.contains("1 left out: not marked"), "{said}");
    assert!(said.contains("(0008,0080) InstitutionName: not marked"), "{said}");
    let copies = copies(&folder.path().join("out"));
    let copy = copies.values().next().unwrap();
    assert!(!holds(copy, NAME.as_bytes()) && !holds(copy, b"EX-123456") && !holds(copy, b"knee"));
    let reading = read(copy);
    assert_eq!(reading.text(Tag(0x0010, 0x4000)), "kept as it is");
    assert_eq!(reading.text(Tag(0x0008, 0x0080)), "Example Hospital");
    assert!(reading.text(Tag(0x0008, 0x0018)).starts_with("2.25."));
    assert!(reading.rows.find(Tag(0x0010, 0x0020)).is_none());
    assert_eq!(reading.text(Tag(0x0012, 0x0062)), "NO", "it does not claim that identity was removed");
    let pixels = &copy[copy.len() - 32..];
    assert!(pixels[..16].iter().all(|&pixel| pixel == 7));
    assert_eq!(pixels[16..], [7, 7, 7, 7, 7, 0, 0, 7, 7, 0, 0, 7, 7, 7, 7, 7]);
}

#[test]
fn marks_go_before_the_profile() {
    let folder = folder("mark K (0008,0080)\nmark X (0010,4000)\nmark K (0012,0062)\n");
    let output = redact(folder.path(), &["--profile", "basic", "--allow-burned-in"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains("2 written") && said.contains("marked to be kept"), "{said}");
    let copies = copies(&folder.path().join("out"));
    let institutions: Vec<bool> = copies.values().map(|copy| holds(copy, b"Example Hospital")).collect();
    assert_eq!(institutions.iter().filter(|&&kept| kept).count(), 1);
    for copy in copies.values() {
        assert!(!holds(copy, NAME.as_bytes()));
        let reading = read(copy);
        let claims = reading.rows.iter().filter(|(_, row)| row.tag == Tag(0x0012, 0x0062));
        assert_eq!((claims.count(), &*reading.text(Tag(0x0012, 0x0062))), (1, "YES"));
        // What was kept of one copy is against the profile, and that copy does not claim it.
        let whole = reading.rows.find(Tag(0x0012, 0x0064)).is_some();
        assert_eq!(whole, !holds(copy, b"Example Hospital"));
    }
}

#[test]
fn a_copy_with_the_patient_s_id_left_by_a_mark_does_not_say_that_identity_was_removed() {
    let folder = folder("mark K (0010,0020)\n");
    let output = redact(folder.path(), &["--profile", "basic", "--allow-burned-in"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    for copy in copies(&folder.path().join("out")).values() {
        let kept = holds(copy, b"EX-123456");
        assert_eq!(read(copy).text(Tag(0x0012, 0x0062)), if kept { "NO" } else { "YES" });
    }
}

/// A CT slice of 160 by 64 pixels with a name in it.
fn slice_with_a_name() -> Vec<u8> {
    let mut pixels = vec![20; 160 * 64];
    for (x, y) in letters("SAMPLETON ANNA") {
        pixels[(20 + y) * 160 + 20 + x] = 230;
    }
    let set = DataSet::new()
        .ui(0x0008_0016, "1.2.840.10008.5.1.4.1.1.2")
        .ui(0x0008_0018, "1.2.3.4.6")
        .cs(0x0008_0060, "CT")
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .us(0x0028_0010, &[64])
        .us(0x0028_0011, &[160])
        .us(0x0028_0100, &[8])
        .us(0x0028_0101, &[8])
        .us(0x0028_0102, &[7])
        .us(0x0028_0103, &[0])
        .ob(0x7fe0_0010, pixels);
    FileBuilder::new("1.2.840.10008.5.1.4.1.1.2", Syntax::ExplicitLe).data(set).to_bytes()
}

#[test]
fn a_copy_that_claims_clean_pixels_was_looked_at() {
    for (rectangle, clean) in [("0,50,8,8", false), ("10,10,140,30", true)] {
        let folder = tempfile::tempdir().unwrap();
        let (input, bytes) = (folder.path().join("in"), slice_with_a_name());
        fs::create_dir(&input).unwrap();
        fs::write(input.join("a.dcm"), &bytes).unwrap();
        let (key, size) = (FileKey::of("in/a.dcm"), bytes.len());
        let marks = format!("marks 1\nmark X pixels {rectangle} all\nin {key} {size}\nend\n");
        fs::write(folder.path().join("marks"), marks).unwrap();
        let output = redact(folder.path(), &["--profile", "basic"]);
        assert_eq!(output.status.success(), clean, "{rectangle}: {}", text(&output.stderr));
        if clean {
            let copy = copies(&folder.path().join("out")).into_values().next().unwrap();
            assert_eq!(read(&copy).text(Tag(0x0028, 0x0301)), "NO");
        }
    }
}

#[test]
fn a_file_can_be_marked_for_the_profile() {
    let folder = folder("mark C profile\n");
    let output = redact(folder.path(), &["--allow-burned-in"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let copies = copies(&folder.path().join("out"));
    assert_eq!(copies.len(), 1);
    assert_eq!(read(copies.values().next().unwrap()).text(Tag(0x0012, 0x0062)), "YES");
}

#[test]
fn marks_of_a_changed_file_are_told_and_of_another_folder_refused() {
    let folder = folder("mark Z (0010,0010)\n");
    let file = folder.path().join("in/a.dcm");
    // Another of the same size, as the images of a series are.
    fs::write(&file, image(8)).unwrap();
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(1);
    fs::File::options().write(true).open(&file).unwrap().set_modified(later).unwrap();
    // Alone they are not followed: what else the file holds now nobody looked at.
    let output = redact(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("another than when it was marked"), "{}", text(&output.stderr));
    assert!(!folder.path().join("out").exists());
    let output = redact(folder.path(), &["--dry-run", "--profile", "basic"]);
    assert!(
        text(&output.stderr).contains("the marks were followed all the same"),
        "{}",
        text(&output.stderr)
    );
    fs::rename(folder.path().join("in"), folder.path().join("other")).unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in/c.dcm"), image(1)).unwrap();
    let output = redact(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no file here is marked"), "{}", text(&output.stderr));
    fs::write(folder.path().join("marks"), "marks 1\nmark X patient\n end\n").unwrap();
    let output = redact(folder.path(), &[]);
    assert!(text(&output.stderr).contains("line 2 is not understood"), "{}", text(&output.stderr));
}
