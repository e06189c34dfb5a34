//! What is left of an identity, by the styles of the developing and the practice part.
use super::{
    super::{host, rng::Rng},
    Words, code,
};
use dcmleak::demo::encode::DataSet;

/// What the style leaves of the identity.
pub fn identity(style: &str, words: &Words, turn: usize, rng: &mut Rng) -> DataSet {
    let new = DataSet::new();
    let dummies = &words.dummies;
    let number = rng.between(1, 999);
    let (name, id, date) = match style {
        "basic, empty" => (String::new(), String::new(), ""),
        "basic, dummies" => (rng.word(&dummies.names), dummies.id.clone(), dummies.birth.as_str()),
        "CTP" => {
            let id = format!("{}-{number:04}", dummies.ctp);
            (id.clone(), id, "")
        }
        "TCIA, dates modified" => {
            let id = format!("{}-{number:04}", dummies.tcia);
            (id.clone(), id, "20000101")
        }
        "GDCM" => (dummies.gdcm.clone(), rng.hex(16), ""),
        "dcmodify" => {
            let [name, id] = &dummies.dcmodify;
            (name.clone(), format!("{id}{number}"), "")
        }
        "pydicom-deid" => (format!("{}{number}", dummies.deid), format!("sub-{number:03}"), ""),
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
        set = set.join(super::private::elements(words, turn, rng));
    }
    set
}
