use super::Evidences;
use crate::{
    demo::encode::{Charset, DataSet, FileBuilder, Syntax},
    dicom::{Limits, Reader},
    leak::{Evidence, Finding, Passage, Place, Subject, cross},
};
use proptest::prelude::*;
use std::{borrow::Cow, path::Path};

const STUDY: &str = "2.999.77.1.20";

struct File {
    folder: &'static str,
    set: DataSet,
    texts: &'static [&'static str],
}

impl File {
    fn new(folder: &'static str, set: DataSet, texts: &'static [&'static str]) -> Self {
        Self { folder, set, texts }
    }

    /// As `inspect` leaves it: texts are passages of private elements.
    fn evidence(&self) -> Evidence {
        let mut set = DataSet::new().charset(Charset::Utf8).join(self.set.clone());
        for (nth, text) in (0..).zip(self.texts) {
            set = set.lo(0x0033_1001 + nth, text);
        }
        let bytes = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes();
        let reading = Reader::new(Limits::default()).read_bytes(&bytes);
        let passages: Vec<_> = reading
            .rows
            .iter()
            .map(|(id, row)| {
                let text = Cow::Owned(reading.rows.text(id).into_owned());
                Passage { place: Place::DataSet, row: Some(id), vr: Some(row.vr), carrier: "", text }
            })
            .collect();
        cross::search(&Subject { reading: &reading, name: Path::new("x") }, &passages, &mut Vec::new())
    }
}

fn person(name: &str, id: &str, study: &str) -> DataSet {
    DataSet::new()
        .pn(0x0010_0010, name)
        .lo(0x0010_0020, id)
        .da(0x0010_0030, "19370704")
        .ui(0x0020_000d, study)
}

fn scrubbed(study: &str) -> DataSet {
    DataSet::new().ui(0x0020_000d, study)
}

/// Two studies joined by the ID in both, one of another patient in the same folder, and one on its own.
fn files() -> Vec<File> {
    vec![
        File::new("in", person("Sampleton^Jonathan^Q", "00815-JQS", STUDY), &["CHEST"]),
        File::new(
            "in",
            scrubbed(STUDY),
            &["spool/sampleton_jonathan/7", "v5.1 00815JQS", "HEAD", "4 Jul 1937"],
        ),
        File::new("in", scrubbed(STUDY), &["J. SAMPLETON F/U", "v5.1 00815JQS"]),
        File::new(
            "out",
            person("Sampleton-Oldname^Jonathan", "00815-JQS", "2.999.77.1.21"),
            &["from Oldname"],
        ),
        File::new("out", scrubbed("2.999.77.1.21"), &["Jonathan Sampleton-Oldname", "Oldname", "04.07.1937"]),
        File::new(
            "in",
            person("Zedding^Quimby", "99-5512-A", "2.999.77.1.22"),
            &["copy of Jonathan Sampleton"],
        ),
        File::new("in", scrubbed("2.999.77.1.23"), &["04.07.1937", "Mr. Quimby Zedding", "Jonathan"]),
        File::new("far", scrubbed("2.999.77.1.29"), &["Jonathan Sampleton", "00815-JQS"]),
    ]
}

/// Place, rule and masked value of every addition, file by file.
fn all(evidences: &Evidences) -> Vec<Vec<(String, String, String)>> {
    let line = |f: Finding| (f.at.to_string(), f.rule.into_owned(), f.value.into_inner());
    (0..8).map(|file| evidences.additions(file).into_iter().map(line).collect()).collect()
}

fn added(order: &[u32]) -> Evidences {
    let files = files();
    let mut evidences = Evidences::default();
    for &file in order {
        let one = &files[file as usize];
        evidences.add(file, Path::new(one.folder), one.evidence());
    }
    evidences
}

fn rules(evidences: &Evidences, file: u32) -> Vec<String> {
    evidences.additions(file).into_iter().map(|f| format!("{} {}", f.at, f.rule)).collect()
}

#[test]
fn a_scrubbed_file_is_found_out_by_its_siblings() {
    let evidences = added(&[0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(
        rules(&evidences, 1),
        ["(0033,1001) sibling.name", "(0033,1002) sibling.patient_id", "(0033,1004) sibling.birth_date"]
    );
    assert_eq!(rules(&evidences, 2), ["(0033,1001) sibling.name", "(0033,1002) sibling.patient_id"]);
    assert_eq!(rules(&evidences, 4).len(), 3);
    // Of the same folder only what cannot be there by chance, of another folder nothing.
    assert_eq!(rules(&evidences, 5), ["(0033,1001) folder.name"]);
    assert_eq!(rules(&evidences, 6), ["(0033,1002) folder.name"]);
    assert!(rules(&evidences, 7).is_empty() && rules(&evidences, 0).is_empty());
    let masked = evidences.additions(1).into_iter().next().unwrap().value.into_inner();
    assert_eq!(masked, "s••••••••_j•••••••");
}

#[test]
fn what_changes_is_told() {
    let files = files();
    let mut evidences = Evidences::default();
    let mut add = |file: u32| {
        let one = &files[file as usize];
        evidences.add(file, Path::new(one.folder), one.evidence())
    };
    assert!(add(1).is_empty() && add(2).is_empty());
    assert_eq!(add(0), [1, 2]);
    assert_eq!(add(2), [2], "a file read again");
    let before = all(&evidences);
    assert_eq!(evidences.remove(0), [1, 2]);
    assert!(rules(&evidences, 1).is_empty() && rules(&evidences, 2).is_empty());
    evidences.add(0, Path::new("in"), files[0].evidence());
    assert_eq!(all(&evidences), before);
}

#[test]
fn a_series_takes_little_memory() {
    let set = || person("Sampleton^Jonathan^Q", "00815-JQS", STUDY).ui(0x0020_000e, "2.999.77.1.20.1");
    let texts =
        &["Example Scanner by Quuxtronics", "Gantry head first supine, protocol 77-B", "left hip Quux"];
    let mut evidences = Evidences::default();
    for file in 0..1000 {
        let set = set().ui(0x0008_0018, format!("2.999.77.1.20.1.20240514{file:06}"));
        evidences.add(file, Path::new("series"), File::new("series", set, texts).evidence());
    }
    let each = evidences.memory() / 1000;
    assert!(each < 1024, "{each} bytes a file");
}

#[test]
fn what_is_forgotten_is_given_back() {
    let mut evidences = added(&[0, 1, 2, 3, 4, 5, 6, 7]);
    let (before, memory) = (all(&evidences), evidences.memory());
    for file in 8..3000 {
        let texts: &'static [&'static str] = Box::leak(Box::new([&*format!("Quux{file} Zedding").leak()]));
        evidences.add(file, Path::new("in"), File::new("in", scrubbed(STUDY), texts).evidence());
    }
    assert!(evidences.memory() > 3 * memory);
    for file in 8..3000 {
        evidences.remove(file);
    }
    assert_eq!(all(&evidences), before);
    assert!(evidences.memory() < 40 * memory / 10 + 700_000, "{} {memory}", evidences.memory());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn order_makes_no_difference(order in Just((0..8).collect::<Vec<u32>>()).prop_shuffle()) {
        prop_assert_eq!(all(&added(&order)), all(&added(&[0, 1, 2, 3, 4, 5, 6, 7])));
    }
}
