//! Files that are well de-identified, each style as a tool leaves it: every finding of medium or above in them is a false alarm.
mod identity;
pub mod image;
pub mod object;
pub mod private;
pub mod styled;

use super::{half::Half, host, judging, rehearsal, rng::Rng};
use dcmleak::demo::encode::{Charset, DataSet};
use identity::identity;
use image::image;
use object::object;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Kinds of files, technical words by modality.
#[derive(Debug, Deserialize)]
pub struct Words {
    pub private: Private,
    pub dummies: Dummies,
    #[serde(flatten)]
    pub modalities: BTreeMap<String, Modality>,
}

#[derive(Debug, Deserialize)]
pub struct Private {
    /// Creator, tag, VR, value.
    pub say: Vec<[String; 4]>,
    pub findings: Vec<String>,
    pub labels: Vec<String>,
    pub comments: Vec<String>,
    pub coils: Vec<String>,
    pub agents: Vec<String>,
    pub stations: Vec<String>,
    pub models_of_coils: Vec<String>,
    pub prose: Vec<String>,
}

/// What tools put in the place of identities.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Dummies {
    pub names: Vec<String>,
    pub id: String,
    pub birth: String,
    pub ctp: String,
    pub tcia: String,
    pub gdcm: String,
    /// Name, and what IDs begin with.
    pub dcmodify: [String; 2],
    pub deid: String,
    /// Name and value, in a header of Siemens' shape.
    pub csa: Vec<[String; 2]>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Modality {
    pub sop: String,
    pub series: Vec<String>,
    pub study: Vec<String>,
    pub protocol: Vec<String>,
    /// Maker, model, software.
    pub maker: Vec<[String; 3]>,
}

/// A file that gives nothing away.
#[derive(Debug, Clone)]
pub struct Clean {
    pub path: String,
    pub style: String,
    pub bytes: Vec<u8>,
}

const STYLES: [&str; 10] = [
    "basic, empty",
    "basic, dummies",
    "CTP",
    "TCIA, dates modified",
    "GDCM",
    "dcmodify",
    "pydicom-deid",
    "RSNA anonymizer",
    "hashes",
    "safe private",
];

/// What is not an image.
const OBJECTS: [&str; 8] = ["SR", "SEG", "RTSTRUCT", "RTPLAN", "PR", "KO", "SM", "ECG"];

/// Where a sentence of technical words can stand.
const PROSE: [(u32, &[u8; 2]); 5] = [
    (0x0020_4000, b"LT"),
    (0x0008_2111, b"ST"),
    (0x0040_0254, b"LO"),
    (0x0018_1400, b"LO"),
    (0x0040_0310, b"ST"),
];

/// All clean files of a part, about 150.
pub fn files(half: Half) -> Vec<Clean> {
    match half {
        Half::Developing => of_tools(half, include_str!("../data/clean_developing.toml")),
        Half::Practice => of_tools(half, include_str!("../data/clean_practice.toml")),
        Half::Rehearsal => rehearsal::clean::files(),
        Half::Judging => judging::clean::files(),
    }
}

fn of_tools(half: Half, words: &str) -> Vec<Clean> {
    let words: Words = toml::from_str(words).unwrap();
    let mut rng = Rng::new(half.seed() ^ 0xc1ea);
    let mut out = Vec::new();
    let mut turn = 0;
    for (name, modality) in &words.modalities {
        // Every word has its turn.
        let most = modality.series.len().max(modality.study.len()).max(12);
        for n in 0..most {
            let style = STYLES[turn % STYLES.len()];
            let set = image(&words, modality, n, &mut rng).join(identity(style, &words, turn, &mut rng));
            push(&mut out, half, style, name, set, &mut rng);
            turn += 1;
        }
    }
    for n in 0..3 * OBJECTS.len() {
        let kind = OBJECTS[n % OBJECTS.len()];
        let style = STYLES[(turn + n / OBJECTS.len()) % STYLES.len()];
        let set = object(kind, &words, &mut rng).join(identity(style, &words, turn, &mut rng));
        push(&mut out, half, style, kind, set, &mut rng);
        turn += 1;
    }
    let modality = words.modalities.values().next().unwrap();
    for (n, prose) in words.private.prose.chunks(2).enumerate() {
        let style = STYLES[turn % STYLES.len()];
        let set = image(&words, modality, n, &mut rng).join(identity(style, &words, turn, &mut rng));
        let said = (0..2).fold(DataSet::new(), |set, at| {
            let (tag, vr) = PROSE[(n * 2 + at) % PROSE.len()];
            set.text(tag, vr, prose.get(at).cloned().unwrap_or_default())
        });
        push(&mut out, half, style, "IM", set.replace(said), &mut rng);
        turn += 1;
    }
    out
}

fn push(out: &mut Vec<Clean>, half: Half, style: &str, name: &str, set: DataSet, rng: &mut Rng) {
    let number = out.len();
    let path = match number % 4 {
        0 => format!("C{}{number:03}/{name}/1-{:03}.dcm", half.letter(), number % 70),
        1 => format!("C{}{number:03}/subj{:02}/IM{number:06}", half.letter(), number % 20),
        2 => format!("C{}{number:03}/{}/I{:08}", half.letter(), rng.hex(32), number),
        _ => format!("C{}{number:03}/sub-{:03}/anat/image{number:04}.dcm", half.letter(), number % 50),
    };
    let syntax = host::syntax(rng);
    out.push(Clean { path, style: style.to_owned(), bytes: host::file(in_utf8(set), syntax) });
}

/// In UTF-8, its elements in order.
pub fn in_utf8(set: DataSet) -> DataSet {
    DataSet::new().charset(Charset::Utf8).join(set.sorted())
}

/// An item of a coded concept of DICOM's own scheme.
pub fn code(value: &str, meaning: &str) -> DataSet {
    DataSet::new().sh(0x0008_0100, value).sh(0x0008_0102, "DCM").lo(0x0008_0104, meaning)
}
