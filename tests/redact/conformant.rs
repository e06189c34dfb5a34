//! Copies are as conformant as their originals.

use super::{copies, read, run, text};
use dcmleak::{
    demo::encode::{DataSet, FileBuilder, Syntax},
    dicom::{Reading, Tag},
};
use std::{fs, process::Command};

/// The copy of a data set of that SOP class.
fn copy(class: &str, set: DataSet) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    fs::create_dir(&input).unwrap();
    fs::write(input.join("a.dcm"), FileBuilder::new(class, Syntax::ExplicitLe).data(set).to_bytes()).unwrap();
    let output = run(&input, &out, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    read(copies(&out).values().next().unwrap())
}

const SEGMENTATION: &str = "1.2.840.10008.5.1.4.1.1.66.4";
const REFERRED: &str = "2.999.1.77.4713";

fn segmentation() -> DataSet {
    DataSet::new()
        .ui(0x0008_0016, SEGMENTATION)
        .ui(0x0008_0018, "2.999.1.77.4711")
        .ui(0x0020_000D, "2.999.1.77.4712")
}

fn reference() -> DataSet {
    DataSet::new().ui(0x0008_1150, "1.2.840.10008.5.1.4.1.1.2").ui(0x0008_1155, REFERRED)
}

#[test]
fn what_is_listed_as_referred_to_is_referred_to() {
    let list = DataSet::new().seq(0x0008_1199, vec![reference()]).ui(0x0020_000E, "2.999.1.77.4714");
    let sources =
        |set: DataSet| set.seq(0x0008_2112, vec![reference().lo(0x0010_4000, "of Sampleton")]).sorted();
    let reading = copy(SEGMENTATION, sources(segmentation().seq(0x0008_1115, vec![list])));
    let referred = |tag| {
        let rows = &reading.rows;
        let within = |id| {
            std::iter::successors(rows.parent(id), |&id| rows.parent(id))
                .any(|id| rows.get(id).unwrap().tag == tag)
        };
        let found = rows.iter().find(|&(id, row)| row.tag == Tag(0x0008, 0x1155) && within(id));
        rows.text(found.unwrap().0).into_owned()
    };
    assert_eq!(referred(Tag(0x0008, 0x1115)), referred(Tag(0x0008, 0x2112)));
    assert!(referred(Tag(0x0008, 0x2112)).starts_with("2.25."));
    assert!(
        !reading.rows.iter().any(|(_, row)| row.tag == Tag(0x0010, 0x4000)),
        "items are judged on their own"
    );
    // Of an object that lists nothing, what need not be there goes.
    assert!(copy(SEGMENTATION, sources(segmentation())).rows.find(Tag(0x0008, 0x2112)).is_none());
}

#[test]
fn a_copy_has_the_instance_that_its_meta_information_says() {
    let class = "1.2.840.10008.5.1.4.1.1.7";
    let none = DataSet::new().ui(0x0008_0016, class).pn(0x0010_0010, "Sampleton^Jonathan");
    for set in [none.clone(), none.ui(0x0008_0018, "").sorted()] {
        let reading = copy(class, set);
        let instance = reading.text(Tag(0x0008, 0x0018)).into_owned();
        assert!(instance.starts_with("2.25."));
        assert_eq!(reading.text(Tag(0x0002, 0x0003)), instance);
        assert_eq!(reading.rows.iter().filter(|(_, row)| row.tag == Tag(0x0008, 0x0018)).count(), 1);
    }
}

#[test]
fn a_document_stays_one_that_is_understood() {
    let class = "1.2.840.10008.5.1.4.1.1.104.1";
    let set = DataSet::new()
        .ui(0x0008_0016, class)
        .ui(0x0008_0018, "2.999.1.77.4711")
        .ob(0x0042_0011, "%PDF-1.4\n% of Sampleton")
        .lo(0x0042_0012, "application/pdf");
    let reading = copy(class, set);
    let document = reading.rows.find(Tag(0x0042, 0x0011)).expect("it is of Type 1");
    let document = String::from_utf8_lossy(reading.rows.bytes(document)).into_owned();
    assert!(document.contains("REMOVED") && !document.contains("Sampleton"), "{document}");
}

/// `dciodvfy`, where it is installed, has nothing to say of the demo's copies that it does not say of the originals.
#[test]
fn no_error_is_new() {
    let said = |path: &std::path::Path| {
        let output = Command::new("dciodvfy").arg("-new").arg(path).output().ok()?;
        Some(text(&[output.stdout, output.stderr].concat()))
    };
    let demo = super::demo();
    let kinds = |said: String| {
        let errors = said.lines().filter(|line| line.starts_with("Error")).map(str::to_owned);
        errors.collect::<std::collections::BTreeSet<String>>()
    };
    let all = |folder: &std::path::Path, wanted: &dyn Fn(&std::path::Path) -> bool| {
        let paths = super::files(folder).into_keys().filter(|path| wanted(path));
        let said = paths.filter_map(|path| said(&folder.join(path)));
        said.flat_map(kinds).collect::<std::collections::BTreeSet<String>>()
    };
    let copied = all(&demo.out, &|path| path.extension().is_some_and(|extension| extension == "dcm"));
    let original = all(&demo.input, &|_| true);
    // The table takes these out whatever their Type; the other is of a file that was cut off.
    let of_table = ["PresentationCreationDate", "PresentationCreationTime", "incorrect value length"];
    let known = |error: &&String| of_table.iter().any(|name| error.contains(name));
    let new: Vec<_> = copied.difference(&original).filter(|error| !known(error)).collect();
    assert!(new.is_empty(), "{new:#?}");
}
