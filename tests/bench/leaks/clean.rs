//! Files that are well de-identified, each style as a tool leaves it: every finding of medium or above in them is a false alarm.
use super::{half::Half, host, rng::Rng, wrap};
use dcmleak::demo::encode::DataSet;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Kinds of files, technical words by modality.
#[derive(Debug, Deserialize)]
struct Words {
    private: Private,
    #[serde(flatten)]
    modalities: BTreeMap<String, Modality>,
}

#[derive(Debug, Deserialize)]
struct Private {
    /// Creator, tag, VR, value.
    say: Vec<[String; 4]>,
    findings: Vec<String>,
    labels: Vec<String>,
    comments: Vec<String>,
    coils: Vec<String>,
    agents: Vec<String>,
    stations: Vec<String>,
    models_of_coils: Vec<String>,
    prose: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Modality {
    sop: String,
    series: Vec<String>,
    study: Vec<String>,
    protocol: Vec<String>,
    /// Maker, model, software.
    maker: Vec<[String; 3]>,
}

/// A file that gives nothing away.
#[derive(Debug, Clone)]
pub struct Clean {
    pub path: String,
    pub style: &'static str,
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

/// About 130 of each half.
pub fn files(half: Half) -> Vec<Clean> {
    let text = match half {
        Half::Developing => include_str!("data/clean_developing.toml"),
        Half::Judging => include_str!("data/clean_judging.toml"),
    };
    let words: Words = toml::from_str(text).unwrap();
    let mut rng = Rng::new(half.seed() ^ 0xc1ea);
    let mut out = Vec::new();
    let mut turn = 0;
    for (name, modality) in &words.modalities {
        // Every word has its turn.
        let most = modality.series.len().max(modality.study.len()).max(12);
        for n in 0..most {
            let style = STYLES[turn % STYLES.len()];
            let set = image(&words, modality, n, &mut rng).join(identity(style, half, turn, &mut rng));
            push(&mut out, half, style, name, set, &mut rng);
            turn += 1;
        }
    }
    for n in 0..3 * OBJECTS.len() {
        let kind = OBJECTS[n % OBJECTS.len()];
        let style = STYLES[(turn + n / OBJECTS.len()) % STYLES.len()];
        let set = object(kind, &words, &mut rng).join(identity(style, half, turn, &mut rng));
        push(&mut out, half, style, kind, set, &mut rng);
        turn += 1;
    }
    let modality = words.modalities.values().next().unwrap();
    for (n, prose) in words.private.prose.chunks(2).enumerate() {
        let style = STYLES[turn % STYLES.len()];
        let text = |at: usize| prose.get(at).cloned().unwrap_or_default();
        let set = image(&words, modality, n, &mut rng).join(identity(style, half, turn, &mut rng));
        let places = [
            (0x0020_4000, b"LT"),
            (0x0008_2111, b"ST"),
            (0x0040_0254, b"LO"),
            (0x0018_1400, b"LO"),
            (0x0040_0310, b"ST"),
        ];
        let said = (0..2).fold(DataSet::new(), |set, at| {
            let (tag, vr) = places[(n * 2 + at) % places.len()];
            set.text(tag, vr, text(at))
        });
        push(&mut out, half, style, "IM", set.replace(said), &mut rng);
        turn += 1;
    }
    out
}

fn push(out: &mut Vec<Clean>, half: Half, style: &'static str, name: &str, set: DataSet, rng: &mut Rng) {
    let number = out.len();
    let path = match number % 4 {
        0 => format!("C{}{number:03}/{name}/1-{:03}.dcm", half.letter(), number % 70),
        1 => format!("C{}{number:03}/subj{:02}/IM{number:06}", half.letter(), number % 20),
        2 => format!("C{}{number:03}/{}/I{:08}", half.letter(), rng.hex(32), number),
        _ => format!("C{}{number:03}/sub-{:03}/anat/image{number:04}.dcm", half.letter(), number % 50),
    };
    let syntax = host::syntax(rng);
    let text = set.without(&[]).sorted();
    let set = DataSet::new().charset(dcmleak::demo::encode::Charset::Utf8).join(text);
    out.push(Clean { path, style, bytes: host::file(set, syntax) });
}

fn image(words: &Words, modality: &Modality, n: usize, rng: &mut Rng) -> DataSet {
    let at = |list: &[String]| list[n % list.len()].clone();
    let [maker, model, software] = modality.maker[n % modality.maker.len()].clone();
    let private = &words.private;
    let mut set = DataSet::new()
        .cs(0x0008_0008, "ORIGINAL\\PRIMARY\\AXIAL")
        .ui(0x0008_0016, host::sop_class(&modality.sop))
        .cs(0x0008_0060, &modality.sop)
        .lo(0x0008_0070, maker)
        .lo(0x0008_1090, model)
        .lo(0x0008_1030, at(&modality.study))
        .lo(0x0008_103E, at(&modality.series))
        .lo(0x0018_1030, at(&modality.protocol))
        .lo(0x0018_1020, software)
        .ds(0x0018_0050, "1.25")
        .ds(0x0018_0060, "120")
        .ds(0x0020_0032, "-158.135803\\-179.035797\\-75.699997")
        .ds(0x0028_0030, "0.488281\\0.488281")
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .us(0x0028_0010, &[8])
        .us(0x0028_0011, &[8])
        .us(0x0028_0100, &[8])
        .us(0x0028_0101, &[8])
        .us(0x0028_0102, &[7])
        .us(0x0028_0103, &[0])
        .ob(0x7FE0_0010, rng.bytes(64));
    if n.is_multiple_of(3) {
        set = set.lt(0x0020_4000, at(&private.comments));
    }
    if n % 4 == 1 {
        set = set.st(0x0008_2111, at(&private.comments)).lo(0x0018_0010, at(&private.agents));
    }
    if modality.sop == "MR" {
        let coil = if n.is_multiple_of(2) { at(&private.coils) } else { at(&private.models_of_coils) };
        set = set.sh(0x0018_1250, coil).sh(0x0018_0024, "*tfl3d1_16ns").cs(0x0018_0015, "BRAIN");
    }
    if n % 5 == 2 {
        set = set.sh(0x0008_1010, at(&private.stations));
    }
    set
}

/// What the style leaves of the identity.
fn identity(style: &str, half: Half, turn: usize, rng: &mut Rng) -> DataSet {
    let new = DataSet::new();
    let number = rng.between(1, 999);
    let (name, id, date) = match style {
        "basic, empty" => (String::new(), String::new(), ""),
        "basic, dummies" => {
            let dummies = half.of(
                ["ANONYMOUS", "REMOVED", "Anonymous^Patient", "PatientName"],
                ["ANONYMIZED", "No Name", "XXXXX", "DEIDENTIFIED^PATIENT"],
            );
            ((*rng.pick(&dummies)).to_owned(), half.of("000000", "0").to_owned(), half.of("19000101", ""))
        }
        "CTP" => {
            let id = format!("{}-{number:04}", half.of("RIDER", "SUBJ"));
            (id.clone(), id, "")
        }
        "TCIA, dates modified" => {
            let id = format!("{}-{number:04}", half.of("LIDC-IDRI", "CPTAC-LUAD"));
            (id.clone(), id, "20000101")
        }
        "GDCM" => (half.of("", "ANON").to_owned(), rng.hex(16), ""),
        "dcmodify" => (
            half.of("Anonymized", "anonymous").to_owned(),
            format!("{}{number}", half.of("ANON", "anon-")),
            "",
        ),
        "pydicom-deid" => {
            (format!("{}{number}", half.of("cookie-", "subject-")), format!("sub-{number:03}"), "")
        }
        "RSNA anonymizer" => {
            let id = format!("{}-{number:06}", rng.between(100_000, 999_999));
            (id.clone(), id, "")
        }
        "hashes" => match turn % 3 {
            0 => (rng.hex(64), rng.hex(64), ""),
            1 => (rng.hex(32), rng.hex(32), ""),
            _ => (
                String::new(),
                format!("{}-{}-4{}-a{}-{}", rng.hex(8), rng.hex(4), rng.hex(3), rng.hex(3), rng.hex(12)),
                "",
            ),
        },
        _ => (format!("Anon_{number:04}"), format!("Anon_{number:04}"), ""),
    };
    let prefix = match style {
        "GDCM" => "1.2.826.0.1.3680043.2.1143.",
        "pydicom-deid" => "1.2.826.0.1.3680043.8.498.",
        "TCIA, dates modified" | "CTP" => "1.3.6.1.4.1.14519.5.2.1.6279.6001.",
        "dcmodify" => "1.2.276.0.7230010.3.1.4.8323329.",
        _ => "",
    };
    let mut uid = || {
        if prefix.is_empty() {
            return host::uid(rng);
        }
        let rest = 62 - prefix.len();
        format!("{prefix}{}{}", rng.between(1, 9), rng.digits(rest.min(37)))
    };
    let mut set = new
        .ui(0x0008_0018, uid())
        .ui(0x0020_000D, uid())
        .ui(0x0020_000E, uid())
        .ui(0x0020_0052, uid())
        .da(0x0008_0020, date)
        .tm(0x0008_0030, "")
        .sh(0x0008_0050, if style == "hashes" { rng.hex(16) } else { String::new() })
        .pn(0x0008_0090, "")
        .pn(0x0010_0010, name)
        .lo(0x0010_0020, id)
        .da(0x0010_0030, if style == "basic, dummies" { date } else { "" })
        .cs(0x0010_0040, "")
        .cs(0x0012_0062, "YES")
        .sh(0x0020_0010, "")
        .is(0x0020_0011, rng.between(1, 12).to_string())
        .is(0x0020_0013, rng.between(1, 300).to_string());
    let code = |value: &str, meaning: &str| new_code(value, meaning);
    set = match style {
        "CTP" => set.lo(0x0012_0063, "CTP Default: based on DICOM PS3.15 AnnexE. Details in 0012,0064").seq(
            0x0012_0064,
            vec![
                code("113100", "Basic Application Confidentiality Profile"),
                code("113105", "Clean Descriptors Option"),
                code("113111", "Retain Safe Private Option"),
            ],
        ),
        "TCIA, dates modified" => set
            .da(0x0008_0021, "20000101")
            .da(0x0008_0023, "20000102")
            .cs(0x0028_0303, "MODIFIED")
            .lo(0x0012_0063, "Per DICOM PS 3.15 AnnexE. Details in 0012,0064")
            .seq(
                0x0012_0064,
                vec![
                    code("113100", "Basic Application Confidentiality Profile"),
                    code("113101", "Clean Pixel Data Option"),
                    code("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
                    code("113108", "Retain Patient Characteristics Option"),
                    code("113109", "Retain Device Identity Option"),
                ],
            )
            .replace(DataSet::new().cs(0x0010_0040, "F").age(0x0010_1010, "061Y").ds(0x0010_1030, "70")),
        "RSNA anonymizer" => set
            .replace(
                DataSet::new().sh(0x0008_0050, rng.between(1, 90).to_string()).da(0x0008_0020, "20010713"),
            )
            .cs(0x0028_0303, "MODIFIED")
            .lo(0x0012_0063, "RSNA DICOM ANONYMIZER")
            .seq(
                0x0012_0064,
                vec![
                    code("113100", "Basic Application Confidentiality Profile"),
                    code("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
                ],
            ),
        "pydicom-deid" => set.lo(0x0012_0063, "deid: https://github.com/pydicom/deid"),
        "GDCM" => {
            set.lo(0x0012_0063, "BASIC APPLICATION LEVEL CONFIDENTIALITY PROFILE").cs(0x0028_0303, "REMOVED")
        }
        "dcmodify" => set.without(&[0x0012_0062]),
        _ => set
            .lo(0x0012_0063, "Basic Application Confidentiality Profile, PS3.15 2024b")
            .cs(0x0028_0303, "REMOVED")
            .seq(0x0012_0064, vec![code("113100", "Basic Application Confidentiality Profile")]),
    };
    if matches!(style, "safe private" | "CTP") {
        set = set.join(private(half, turn, rng));
    }
    set
}

fn new_code(value: &str, meaning: &str) -> DataSet {
    DataSet::new().sh(0x0008_0100, value).sh(0x0008_0102, "DCM").lo(0x0008_0104, meaning)
}

/// Numbers and terms of vendors, and a header with technical text only.
fn private(half: Half, turn: usize, rng: &mut Rng) -> DataSet {
    let text = half.of(include_str!("data/clean_developing.toml"), include_str!("data/clean_judging.toml"));
    let words: Words = toml::from_str(text).unwrap();
    let say = &words.private.say;
    let mut set = DataSet::new();
    let mut blocks: Vec<(u32, String)> = Vec::new();
    for n in 0..4 {
        let [creator, hex, vr, value] = &say[(turn * 3 + n) % say.len()];
        let tag = u32::from_str_radix(hex, 16).unwrap();
        let group = tag & 0xffff_0000;
        let count = blocks.iter().filter(|(g, _)| *g == group).count() as u32;
        if blocks.iter().any(|(g, c)| *g == group && c == creator) {
            continue;
        }
        let tag = tag & 0xffff_00ff | (0x10 + count) << 8;
        blocks.push((group, creator.clone()));
        set = set.lo(group | (0x10 + count), creator);
        let number = value.parse::<f64>().unwrap_or(0.0);
        set = match vr.as_str() {
            "FL" => set.fl(tag, &[number as f32]),
            "FD" => set.fd(tag, &[number]),
            "SL" => set.sl(tag, &[number as i32]),
            "UL" => set.ul(tag, &[number as u32]),
            "SS" => set.ss(tag, &[number as i16]),
            text => set.text(tag, &text.as_bytes().try_into().unwrap(), value),
        };
    }
    if turn % 20 == 9 {
        let tags = half.of(
            [
                ("ImageType", "ORIGINAL\\PRIMARY\\M\\ND"),
                ("SequenceName", "*tfl3d1_16ns"),
                ("UsedChannelString", "XXXXXXXX"),
                ("SliceMeasurementDuration", "302.5"),
            ],
            [
                ("ScanningSequence", "EP"),
                ("FlowCompensation", "No"),
                ("CoilForGradient", "AC44"),
                ("B_matrix", "12.50000000"),
            ],
        );
        set = set.lo(0x0029_0010, "SIEMENS CSA HEADER").ob(0x0029_1010, wrap::csa(&tags, true));
    }
    if turn % 20 == 2 {
        set = set
            .lo(0x0041_0010, "EXAMPLE CALIBRATION 2")
            .ob(0x0041_1001, wrap::binary(200, rng))
            .un(0x0041_1002, rng.bytes(600));
    }
    set
}

/// What is not an image, with its technical texts.
fn object(kind: &str, words: &Words, rng: &mut Rng) -> DataSet {
    let private = &words.private;
    let new = DataSet::new;
    let modality = if kind == "ECG" { "ECG" } else { kind };
    let set = new()
        .ui(0x0008_0016, host::sop_class(kind))
        .cs(0x0008_0060, modality)
        .lo(0x0008_0070, "Example Research Toolkit");
    let item = |kind: &str, code: &str, meaning: &str| {
        new()
            .cs(0x0040_A010, "CONTAINS")
            .cs(0x0040_A040, kind)
            .seq(0x0040_A043, vec![new_code(code, meaning)])
    };
    match kind {
        "SR" => set
            .cs(0x0040_A040, "CONTAINER")
            .seq(0x0040_A043, vec![new_code("126000", "Imaging Measurement Report")])
            .cs(0x0040_A491, "COMPLETE")
            .cs(0x0040_A493, "UNVERIFIED")
            .seq(
                0x0040_A730,
                vec![
                    item("TEXT", "121071", "Finding").ut(0x0040_A160, rng.word(&private.findings)),
                    item("PNAME", "121008", "Person Observer Name").pn(0x0040_A123, ""),
                    item("UIDREF", "121012", "Device Observer UID").ui(0x0040_A124, host::uid(rng)),
                    item("NUM", "G-A22A", "Length").seq(0x0040_A300, vec![new().ds(0x0040_A30A, "12.4")]),
                ],
            ),
        "SEG" => set
            .cs(0x0070_0080, "SEGMENTATION")
            .lo(0x0070_0081, "Automatic segmentation")
            .pn(0x0070_0084, "")
            .seq(
                0x0062_0002,
                (1..4)
                    .map(|n| {
                        new()
                            .us(0x0062_0004, &[n])
                            .lo(0x0062_0005, rng.word(&private.labels))
                            .cs(0x0062_0008, "AUTOMATIC")
                            .lo(0x0062_0009, "nnU-Net v2")
                    })
                    .collect(),
            ),
        "RTSTRUCT" => set
            .sh(0x3006_0002, "RTstruct")
            .lo(0x3006_0004, "AutoContour")
            .seq(
                0x3006_0020,
                (1..6)
                    .map(|n| {
                        new()
                            .is(0x3006_0022, n.to_string())
                            .lo(0x3006_0026, rng.word(&private.labels))
                            .cs(0x3006_0036, "SEMIAUTOMATIC")
                    })
                    .collect(),
            )
            .seq(
                0x3006_0080,
                vec![
                    new()
                        .is(0x3006_0082, "1")
                        .sh(0x3006_0085, rng.word(&private.labels))
                        .cs(0x3006_00A4, "ORGAN")
                        .pn(0x3006_00A6, ""),
                ],
            ),
        "RTPLAN" => set
            .sh(0x300A_0002, "VMAT 2 arcs")
            .lo(0x300A_0003, "Prostate 60Gy")
            .cs(0x300A_000C, "PATIENT")
            .seq(
                0x300A_00B0,
                vec![new().lo(0x300A_00C2, "ARC 1 CW").sh(0x300A_00B2, "LINAC1").is(0x300A_00C0, "1")],
            ),
        "PR" => set.cs(0x0070_0080, "MEASURE").lo(0x0070_0081, "Distances").pn(0x0070_0084, "").seq(
            0x0070_0001,
            vec![new().cs(0x0070_0002, "LAYER1").seq(
                0x0070_0008,
                (0..3).map(|_| new().st(0x0070_0006, rng.word(&private.labels))).collect(),
            )],
        ),
        "KO" => {
            set.cs(0x0040_A040, "CONTAINER").seq(0x0040_A043, vec![new_code("113000", "Of Interest")]).seq(
                0x0040_A730,
                vec![
                    item("TEXT", "113012", "Key Object Description")
                        .ut(0x0040_A160, rng.word(&private.findings)),
                ],
            )
        }
        "SM" => set
            .lo(0x0008_1030, "H&E 20x")
            .lo(0x0040_0512, rng.hex(12))
            .seq(0x0048_0105, vec![new().sh(0x0048_0106, "1").st(0x0048_0107, "Brightfield")])
            .lo(0x0008_103E, "WSI level 0"),
        _ => set
            .seq(
                0x5400_0100,
                vec![
                    new()
                        .us(0x003A_0005, &[1])
                        .ul(0x003A_0010, &[8])
                        .ds(0x003A_001A, "500")
                        .sh(0x003A_0020, "RHYTHM"),
                ],
            )
            .seq(
                0x0040_B020,
                vec![new().st(0x0070_0006, "Sinus rhythm"), new().st(0x0070_0006, rng.word(&private.labels))],
            ),
    }
}
