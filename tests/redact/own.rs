//! Profiles of one's own.

use super::{copies, holds, program, read, run, text};
use dcmleak::{
    demo::encode::{DataSet, FileBuilder, Syntax},
    dicom::{Reading, Tag, Vr},
};
use std::{fs, path::Path};

const CLASS: &str = "1.2.840.10008.5.1.4.1.1.7";

fn set() -> DataSet {
    DataSet::new()
        .ui(0x0008_0016, CLASS)
        .ui(0x0008_0018, "2.999.1.77.4711")
        .da(0x0008_0020, "20210203")
        .lo(0x0008_1030, "HEAD of Sampleton")
        .pn(0x0010_0010, "Sampleton^Jonathan")
        .lo(0x0010_0020, "EX-0012345")
        .da(0x0010_0030, "19610503")
        .cs(0x0010_0040, "M")
        .lo(0x0018_1030, "t1_mprage")
        .ui(0x0020_000D, "2.999.1.77.4712")
        .lo(0x0029_0010, "ACME 1.0")
        .lo(0x0029_0011, "ACME 2.0")
        .lo(0x0029_1010, "gain 4")
        .lo(0x0029_1012, "for Sampleton")
        .lo(0x0029_1110, "gain 5")
}

/// The copy under a profile of that text, what is said of it, and the manifest.
fn copy(set: DataSet, profile: &str) -> (Vec<u8>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let (input, out, own) =
        (folder.path().join("in"), folder.path().join("out"), folder.path().join("a.toml"));
    fs::create_dir(&input).unwrap();
    fs::write(input.join("a.dcm"), FileBuilder::new(CLASS, Syntax::ExplicitLe).data(set).to_bytes()).unwrap();
    fs::write(&own, profile).unwrap();
    let output = run(&input, &out, &["--profile", own.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let dry = program().arg(&input).arg("--dry-run").arg("--profile").arg(&own).output().unwrap();
    let after = |text: &str| text.split_once("stays").map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    assert_eq!(after(&text(&dry.stdout)), after(&text(&output.stdout)), "a dry run says what a run says");
    let check = program().arg("--check-manifest").arg(out.join("dcmleak-manifest.json")).output().unwrap();
    assert_eq!(check.status.code(), Some(0), "{}", text(&check.stderr));
    let manifest = fs::read_to_string(out.join("dcmleak-manifest.json")).unwrap();
    (copies(&out).into_values().next().unwrap(), text(&output.stdout), manifest)
}

/// What the copy says of its de-identification: removed, dates, and the codes of its methods.
fn claims(reading: &Reading) -> (String, String, Vec<String>) {
    let said = |group, element| reading.text(Tag(group, element)).into_owned();
    let rows = &reading.rows;
    let codes = rows.find(Tag(0x0012, 0x0064)).into_iter().flat_map(|row| rows.children(Some(row)));
    let codes = codes
        .map(|(item, _)| rows.text(rows.find_in(Some(item), Tag(0x0008, 0x0100)).unwrap()).trim().to_owned());
    (said(0x0012, 0x0062), said(0x0028, 0x0303), codes.collect())
}

#[test]
fn attributes_and_private_elements_have_the_actions_of_the_file_and_the_copy_claims_no_more() {
    let profile = "name = \"mine\"\nclean = [\"descriptors\"]\n[attributes]\nPatientSex = \"K\"\nStudyDescription = \"X\"\n\
                   [private.\"ACME 1.0\"]\nall = \"K\"\n";
    let (copy, said, manifest) = copy(set(), profile);
    let reading = read(&copy);
    let text = |group, element| reading.text(Tag(group, element)).into_owned();
    assert_eq!(text(0x0010, 0x0040), "M");
    assert_eq!(text(0x0018, 0x1030), "t1_mprage");
    assert!(reading.rows.find(Tag(0x0008, 0x1030)).is_none());
    assert_eq!((text(0x0029, 0x0010), text(0x0029, 0x1010)), ("ACME 1.0".into(), "gain 4".into()));
    // What else is found goes all the same, and a creator of which nothing stays.
    assert!(!holds(&copy, b"Sampleton") && !holds(&copy, b"gain 5") && !holds(&copy, b"ACME 2.0"));
    assert_eq!(claims(&reading), ("YES".into(), "REMOVED".into(), vec!["113105".into()]));
    let method = text(0x0012, 0x0063);
    assert!(method.contains("\\kept: (0010,0040) PatientSex") && !method.contains("PS3.15"), "{method}");
    assert!(method.split('\\').all(|value| value.len() <= 64));
    assert!(
        said.contains("which 1 file does not claim")
            && said.contains("K           1  (0010,0040) PatientSex"),
        "{said}"
    );
    assert!(said.contains("X           1      1  profile       (0008,1030)"), "{said}");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["profile"]["name"], "mine");
    assert_eq!(manifest["profile"]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(manifest["files"][0]["exceptions"][0], "(0010,0040) K");
    assert_eq!(manifest["methods"][0]["code"], "113105", "the profile itself is not claimed for the set");
}

#[test]
fn a_copy_that_tells_who_the_patient_is_says_so() {
    let (copy, said, manifest) = copy(set(), "[attributes]\nPatientID = \"K\"\n");
    let reading = read(&copy);
    assert_eq!(reading.text(Tag(0x0010, 0x0020)), "EX-0012345");
    assert_eq!(claims(&reading), ("NO".into(), "REMOVED".into(), vec![]));
    assert!(reading.rows.find(Tag(0x0012, 0x0063)).is_none());
    assert!(!holds(&copy, b"Sampleton"), "all else goes");
    assert!(said.contains("1 file says that identity was not removed"), "{said}");
    assert!(said.contains("(0010,0020) PatientID: kept by the file of the profile"), "{said}");
    assert!(manifest.contains("\"identity_kept\": true"));
    // The same number elsewhere is not what was kept.
    let (copy, ..) =
        self::copy(set().lo(0x0008_103E, "EX-0012345").sorted(), "[attributes]\nPatientID = \"K\"\n");
    assert!(
        read(&copy)
            .rows
            .find(Tag(0x0008, 0x103e))
            .is_none_or(|row| !holds(read(&copy).rows.bytes(row), b"12345"))
    );
}

#[test]
fn dates_are_said_to_be_what_they_are() {
    for (profile, dates, word) in [
        ("[attributes]\nStudyDate = \"K\"", "20210203", "UNMODIFIED"),
        ("retain = [\"dates-modified\"]\n[attributes]\nStudyDate = \"K\"", "20210203", "UNMODIFIED"),
        ("[attributes]\nStudyDate = \"C\"", "", "MODIFIED"),
        ("retain = [\"dates\"]\n[attributes]\nStudyDate = \"X\"", "-", "UNMODIFIED"),
        // With the ID kept, nothing says that identity was removed, and moved dates look like the patient's.
        ("retain = [\"dates-modified\"]\n[attributes]\nPatientID = \"K\"", "", "MODIFIED"),
    ] {
        let (copy, ..) = copy(set(), profile);
        let reading = read(&copy);
        let date = reading.rows.find(Tag(0x0008, 0x0020)).map(|row| reading.rows.text(row).into_owned());
        match dates {
            "-" => assert_eq!(date, None),
            "" => assert!(date.is_some_and(|date| date.len() == 8 && date != "20210203"), "{profile}"),
            kept => assert_eq!(date.as_deref(), Some(kept), "{profile}"),
        }
        assert_eq!(claims(&reading).1, word, "{profile}");
    }
}

#[test]
fn a_profile_that_takes_out_more_claims_what_the_standard_asks_for() {
    let (copy, said, _) =
        copy(set(), "[attributes]\nModality = \"X\"\nPatientSex = \"X\"\nScheduledProcedureStepID = \"K\"");
    assert_eq!(claims(&read(&copy)), ("YES".into(), "REMOVED".into(), vec!["113100".into()]));
    assert!(!said.contains("against the standard"), "{said}");
}

#[test]
fn kept_uids_stay_and_others_do_not() {
    let (copy, ..) = copy(set(), "[attributes]\nStudyInstanceUID = \"K\"");
    let reading = read(&copy);
    assert_eq!(reading.text(Tag(0x0020, 0x000d)), "2.999.1.77.4712");
    assert!(reading.text(Tag(0x0008, 0x0018)).starts_with("2.25."));
    assert_eq!(claims(&reading).0, "YES");
}

#[test]
fn every_action_is_done_at_any_depth() {
    let item = DataSet::new().lo(0x0010_2160, "Quux").raw(0x0010_1010, &Vr::AS.to_bytes(), *b"041Y");
    let set = set().seq(0x0040_9210, vec![item.sorted()]).sorted();
    let (copy, ..) = copy(
        set,
        "[attributes]\nEthnicGroup = \"Z\"\n(0010,1010) = \"D\"\nPatientID = \"D\"\n"
            .replace("(0010,1010)", "\"(0010,1010)\"")
            .as_str(),
    );
    let reading = read(&copy);
    let nested = |tag| reading.rows.iter().find(|(_, row)| row.tag == tag && row.depth > 0).map(|(id, _)| id);
    assert_eq!(reading.rows.text(nested(Tag(0x0010, 0x2160)).unwrap()), "");
    assert_eq!(reading.rows.text(nested(Tag(0x0010, 0x1010)).unwrap()), "000Y");
}

#[test]
fn mistakes_are_told_line_by_line_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own.toml");
    fs::write(&own, "retain = [\"names\"]\n[attributes]\nPatientNmae = \"X\"\n").unwrap();
    let out = folder.path().join("out");
    let output = run(folder.path().join("in").as_path(), &out, &["--profile", own.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    fs::create_dir(folder.path().join("in")).unwrap();
    let output = run(folder.path().join("in").as_path(), &out, &["--profile", own.to_str().unwrap()]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("own.toml: line 1: cannot retain \"names\""), "{said}");
    assert!(
        said.contains(
            "own.toml: line 3: no attribute is called \"PatientNmae\"; did you mean \"PatientName\"?"
        ),
        "{said}"
    );
    assert!(!Path::new(&out).exists());
    let output = run(folder.path().join("in").as_path(), &out, &["--profile", "none.toml"]);
    assert!(text(&output.stderr).contains("none.toml: "), "{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(2));
}
