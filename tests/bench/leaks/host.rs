//! Files to hide something in: of somebody, or of nobody.
use super::{person::Person, rng::Rng, vocabulary::Vocabulary};
use dcmleak::demo::encode::{DataSet, FileBuilder, Syntax};

/// The storage class of a modality.
pub fn sop_class(modality: &str) -> &'static str {
    match modality {
        "CT" => "1.2.840.10008.5.1.4.1.1.2",
        "MR" => "1.2.840.10008.5.1.4.1.1.4",
        "CR" => "1.2.840.10008.5.1.4.1.1.1",
        "DX" => "1.2.840.10008.5.1.4.1.1.1.1",
        "MG" => "1.2.840.10008.5.1.4.1.1.1.2",
        "US" => "1.2.840.10008.5.1.4.1.1.6.1",
        "NM" => "1.2.840.10008.5.1.4.1.1.20",
        "PT" => "1.2.840.10008.5.1.4.1.1.128",
        "XA" => "1.2.840.10008.5.1.4.1.1.12.1",
        "RF" => "1.2.840.10008.5.1.4.1.1.12.2",
        "OP" => "1.2.840.10008.5.1.4.1.1.77.1.5.1",
        "SM" => "1.2.840.10008.5.1.4.1.1.77.1.6",
        "SR" => "1.2.840.10008.5.1.4.1.1.88.33",
        "KO" => "1.2.840.10008.5.1.4.1.1.88.59",
        "PR" => "1.2.840.10008.5.1.4.1.1.11.1",
        "SEG" => "1.2.840.10008.5.1.4.1.1.66.4",
        "RTSTRUCT" => "1.2.840.10008.5.1.4.1.1.481.3",
        "RTDOSE" => "1.2.840.10008.5.1.4.1.1.481.2",
        "RTPLAN" => "1.2.840.10008.5.1.4.1.1.481.5",
        "ECG" => "1.2.840.10008.5.1.4.1.1.9.1.1",
        "DOC" => "1.2.840.10008.5.1.4.1.1.104.1",
        "M3D" => "1.2.840.10008.5.1.4.1.1.104.3",
        "CDA" => "1.2.840.10008.5.1.4.1.1.104.2",
        _ => "1.2.840.10008.5.1.4.1.1.7",
    }
}

/// A UID of random digits under 2.25.
pub fn uid(rng: &mut Rng) -> String {
    let half = |rng: &mut Rng| u128::from(rng.next());
    let uuid = (half(rng) << 64 | half(rng)) & !(0xf << 76) & !(3 << 62) | 4 << 76 | 2 << 62;
    format!("2.25.{uuid}")
}

/// UIDs of a study and a series that files have in common.
#[derive(Debug, Clone)]
pub struct Study {
    pub study: String,
    pub series: String,
}

impl Study {
    pub fn new(rng: &mut Rng) -> Self {
        Self { study: uid(rng), series: uid(rng) }
    }
}

/// What all images have, technical only.
fn image(modality: &str, study: &Study, vocabulary: &Vocabulary, rng: &mut Rng) -> DataSet {
    let series = rng.pick(&vocabulary.series).clone();
    let noise = rng.bytes(64);
    let set = DataSet::new()
        .cs(0x0008_0008, "ORIGINAL\\PRIMARY\\AXIAL")
        .ui(0x0008_0016, sop_class(modality))
        .ui(0x0008_0018, uid(rng))
        .cs(0x0008_0060, modality)
        .ui(0x0020_000D, &study.study)
        .ui(0x0020_000E, &study.series)
        .is(0x0020_0011, rng.between(1, 9).to_string())
        .is(0x0020_0013, rng.between(1, 90).to_string());
    if matches!(modality, "SR" | "KO" | "PR" | "RTSTRUCT" | "RTPLAN" | "DOC" | "CDA" | "M3D" | "ECG") {
        return set.without(&[0x0008_0008]);
    }
    set.lo(0x0008_103E, series)
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .us(0x0028_0010, &[8])
        .us(0x0028_0011, &[8])
        .us(0x0028_0100, &[8])
        .us(0x0028_0101, &[8])
        .us(0x0028_0102, &[7])
        .us(0x0028_0103, &[0])
        .ob(0x7FE0_0010, noise)
}

/// De-identified in one of a few ways; nothing in it is worth a finding of medium.
pub fn scrubbed(modality: &str, study: &Study, vocabulary: &Vocabulary, rng: &mut Rng) -> DataSet {
    let [name, id] = rng.pick(&vocabulary.dummies);
    image(modality, study, vocabulary, rng)
        .da(0x0008_0020, "")
        .tm(0x0008_0030, "")
        .sh(0x0008_0050, "")
        .pn(0x0008_0090, "")
        .pn(0x0010_0010, name)
        .lo(0x0010_0020, id)
        .da(0x0010_0030, "")
        .cs(0x0010_0040, "")
        .sh(0x0020_0010, "")
}

/// As it came from the modality.
pub fn named(
    person: &Person,
    modality: &str,
    study: &Study,
    vocabulary: &Vocabulary,
    rng: &mut Rng,
) -> DataSet {
    image(modality, study, vocabulary, rng)
        .charset(person.charset())
        .da(0x0008_0020, "20240312")
        .tm(0x0008_0030, "103015")
        .sh(0x0008_0050, &person.accession)
        .pn(0x0010_0010, person.pn())
        .lo(0x0010_0020, &person.id)
        .da(0x0010_0030, person.born.dicom())
        .cs(0x0010_0040, if person.female { "F" } else { "M" })
        .sh(0x0020_0010, "1")
}

/// The bytes of a file of that set, its elements in order.
pub fn file(set: DataSet, syntax: Syntax) -> Vec<u8> {
    builder(set, syntax).to_bytes()
}

pub fn builder(set: DataSet, syntax: Syntax) -> FileBuilder {
    let set = set.sorted();
    let class = set.text_of(0x0008_0016).unwrap_or("1.2.840.10008.5.1.4.1.1.7").to_owned();
    FileBuilder::new(&class, syntax).data(set)
}

/// Mostly explicit little endian, as in the field.
pub fn syntax(rng: &mut Rng) -> Syntax {
    match rng.below(10) {
        0 | 1 => Syntax::ImplicitLe,
        2 => Syntax::ExplicitBe,
        3 => Syntax::Deflated,
        _ => Syntax::ExplicitLe,
    }
}
