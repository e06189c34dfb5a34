use super::super::encode::{DataSet, FileBuilder, Syntax};
use super::super::patients::Patient;

const ITEM: [u8; 4] = [0xFE, 0xFF, 0x00, 0xE0];

/// The data set of a DICOMDIR (PS3.10, PS3.3 Annex F) with a patient and a study record each; true offsets.
pub fn directory(patients: &[Patient]) -> DataSet {
    let blind = with_offsets(patients, &[]);
    let bytes = FileBuilder::new("1.2.840.10008.1.3.10", Syntax::ExplicitLe).data(blind).to_bytes();
    let items: Vec<u32> = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, window)| *window == ITEM)
        .filter_map(|(at, _)| u32::try_from(at).ok())
        .collect();
    with_offsets(patients, &items)
}

fn with_offsets(patients: &[Patient], items: &[u32]) -> DataSet {
    let at = |record: usize| items.get(record).copied().unwrap_or(0);
    let mut records = Vec::new();
    for (place, patient) in patients.iter().enumerate() {
        let next = if place + 1 < patients.len() { at(2 * place + 2) } else { 0 };
        records.push(
            record(next, at(2 * place + 1), "PATIENT")
                .charset(patient.charset)
                .pn(0x0010_0010, patient.name)
                .lo(0x0010_0020, patient.id),
        );
        let description = if place == 0 { "CT head Mrs Example" } else { "Thorax" };
        records.push(
            record(0, 0, "STUDY")
                .charset(patient.charset)
                .da(0x0008_0020, patient.study_date)
                .tm(0x0008_0030, "103015")
                .sh(0x0008_0050, patient.accession)
                .lo(0x0008_1030, description)
                .ui(0x0020_000D, patient.study_uid())
                .sh(0x0020_0010, "1"),
        );
    }
    DataSet::new()
        .cs(0x0004_1130, "EXAMPLE")
        .ul(0x0004_1200, &[at(0)])
        .ul(0x0004_1202, &[at(2 * patients.len().saturating_sub(1))])
        .us(0x0004_1212, &[0])
        .seq(0x0004_1220, records)
}

fn record(next: u32, lower: u32, kind: &str) -> DataSet {
    DataSet::new()
        .ul(0x0004_1400, &[next])
        .us(0x0004_1410, &[0xFFFF])
        .ul(0x0004_1420, &[lower])
        .cs(0x0004_1430, kind)
}
