use super::*;
use crate::leak::Place;

fn outside(bytes: &[u8], place: Place) -> Vec<String> {
    let report = inspected(bytes);
    let here = report.findings.iter().filter(|finding| finding.place == place);
    here.map(|finding| format!("{} {}", finding.rule, finding.severity)).collect()
}

#[test]
fn preambles() {
    for (bytes, line) in [
        (&b"MZ\x90\0\x03"[..], Some("container.magic_program high")),
        (b"\x7fELF\x02\x01", Some("container.magic_program high")),
        (b"II*\0\x08", Some("container.magic_file medium")),
        (b"%PDF-1.7", Some("container.magic_file medium")),
        (b"zzyzx plugh", Some("container.preamble_text medium")),
        (b"\0\x01\x02", Some("container.preamble low")),
        (b"", None),
    ] {
        let bytes = file(DataSet::new().cs(0x0008_0060, "CT")).preamble(bytes).to_bytes();
        assert_eq!(outside(&bytes, Place::Preamble), line.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn trailers() {
    for (bytes, line) in [
        (vec![0; 600], "container.trailer_padding info"),
        (b"\0\0zzyzx plugh".to_vec(), "container.trailer_text medium"),
        (b"PK\x03\x04\x14\0\0\0\x08\0".to_vec(), "container.trailer_file high"),
        (vec![0xe7; 600], "container.trailer medium"),
        (vec![0xe7; 4], "container.trailer_remainder low"),
    ] {
        let set = DataSet::new().cs(0x0008_0060, "CT").ow(0x7FE0_0010, vec![1]);
        assert_eq!(outside(&file(set).trailer(bytes).to_bytes(), Place::Trailer), [line]);
    }
}

#[test]
fn padding_and_meta() {
    assert_eq!(found(DataSet::new().ob(0xFFFC_FFFC, [0u8; 64])), [""; 0]);
    assert_eq!(
        found(DataSet::new().ob(0xFFFC_FFFC, [7u8; 64])),
        ["(FFFC,FFFC) container.padding payload medium"]
    );
    let meta = DataSet::new().ae(0x0002_0016, "SCANNER7").sh(0x0002_0013, "EXAMPLE 1");
    let report = inspected(&file(DataSet::new().cs(0x0008_0060, "CT")).meta(meta).to_bytes());
    let found = lines(&report);
    assert_eq!(
        found,
        [
            "(0002,0013) container.implementation device info",
            "(0002,0016) attribute.source_application_entity_title device low"
        ]
    );
    assert!(report.findings.iter().all(|finding| finding.place == Place::Meta));
}

#[test]
fn an_element_twice_is_told_twice_and_its_place_too() {
    let twice = DataSet::new().pn(0x0010_0010, "ANONYMOUS").pn(0x0010_0010, "Example^Erika");
    let found = found(twice);
    assert!(found.contains(&"(0010,0010) container.duplicate payload low".to_owned()), "{found:?}");
    assert_eq!(found.last().unwrap(), "(0010,0010) attribute.patient_name name critical");
    let late = report(DataSet::new().us(0x0028_0010, &[1]).lo(0x0010_0020, "EX-0012345"));
    let rules: Vec<_> = late.findings.iter().map(|finding| finding.rule.as_ref()).collect();
    assert!(rules.ends_with(&["container.order", "attribute.patient_id"]), "{rules:?}");
    let items = DataSet::new().seq(0x0008_1140, vec![DataSet::new().ui(0x0008_1155, "2.25.1"); 2]);
    assert_eq!(super::found(items), [""; 0]);
}

#[test]
fn a_groups_length_that_is_wrong() {
    let set = |length| DataSet::new().ul(0x0008_0000, &[length]).cs(0x0008_0060, "CT").us(0x0028_0010, &[1]);
    assert_eq!(found(set(10)), [""; 0]);
    assert_eq!(found(set(99)), ["(0008,0000) container.group_length payload low"]);
}

#[test]
fn a_document_is_opaque_unless_it_was_read() {
    let set = DataSet::new().ob(0x0042_0011, [0x9cu8; 900]).lo(0x0042_0012, "application/octet-stream");
    assert_eq!(found(set), ["(0042,0011) document.opaque payload high"]);
}

/// Files made to cost: a value of dates alone, elements without end, creators without end.
#[test]
fn hostile_files_cost_no_more_than_their_size() {
    let many = |count: usize, item: fn(usize) -> DataSet| {
        report(DataSet::new().seq(0x0040_A730, (0..count).map(item).collect())).findings.len()
    };
    let dates = report(DataSet::new().ut(0x0040_A160, "1961-05-03 ".repeat(20_000)));
    assert!(dates.findings.len() < 10);
    assert!(many(20_000, |n| DataSet::new().lo(0x0009_0010, format!("C{n}")).us(0x0009_1001, &[1])) < 100);
    assert!(many(20_000, |_| DataSet::new().ui(0x0008_1155, "1.2.276.0.9")) < 100);
    assert!(many(30_000, |_| DataSet::new().pn(0x0010_0010, "Example^Erika")) <= 2 * 30_000);
    let concepts =
        DataSet::new().join((0..20_000).fold(DataSet::new(), |set, _| set.ut(0x0040_A160, "zzyzx plugh")));
    assert!(report(DataSet::new().seq(0x0040_A730, vec![concepts])).findings.len() <= 20_001);
}
