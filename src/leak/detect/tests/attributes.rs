use super::*;

#[test]
fn by_tag_at_any_depth() {
    let person = || DataSet::new().pn(0x0040_A075, "Reader^Rita").lo(0x0008_0080, "Example Clinic");
    let set = DataSet::new()
        .lo(0x0008_1030, "zzyzx plugh")
        .pn(0x0010_0010, "Example^Erika")
        .seq(0x0040_A073, vec![person()]);
    assert_eq!(
        found(set),
        [
            "(0008,1030) attribute.study_description free_text medium",
            "(0010,0010) attribute.patient_name name critical",
            "(0040,A073)[0].(0040,A075) attribute.verifying_observer_name staff_name high",
            "(0040,A073)[0].(0008,0080) attribute.institution_name institution medium",
        ]
    );
}

#[test]
fn empty_values_and_numbers_of_nobody_are_no_leak() {
    let set = DataSet::new()
        .sh(0x0008_0050, "")
        .pn(0x0010_0010, "  ")
        .ds(0x0010_1030, "0")
        .us(0x0010_21C0, &[4])
        .sh(0x0020_0010, "1");
    assert_eq!(found(set), ["(0020,0010) attribute.study_id other_id low"]);
}

#[test]
fn ages_over_89_are_worse() {
    let age = |age| found(DataSet::new().age(0x0010_1010, age));
    assert_eq!(age("089Y"), ["(0010,1010) attribute.patient_age age medium"]);
    assert_eq!(age("091Y"), ["(0010,1010) attribute.patient_age age high"]);
}

#[test]
fn an_id_among_other_ids_is_another() {
    let set = DataSet::new().seq(0x0010_1002, vec![DataSet::new().lo(0x0010_0020, "EXT-4455-EE")]);
    assert_eq!(found(set), ["(0010,1002)[0].(0010,0020) attribute.patient_id other_id critical"]);
}

#[test]
fn codes_mean_what_their_sequence_means() {
    let set = DataSet::new()
        .seq(0x0008_1084, vec![code("I63.9", "Cerebral infarction")])
        .seq(0x0008_1032, vec![code("CTHEAD", "CT head")]);
    assert_eq!(
        found(set),
        ["(0008,1084)[0].(0008,0104) attribute.admitting_diagnoses_code_sequence health medium"]
    );
    let person = DataSet::new().seq(0x0040_1101, vec![code("P-4471", "Rita Reader")]);
    let set = DataSet::new().seq(0x0008_1052, vec![person]);
    let rule = "attribute.person_identification_code_sequence staff_name high";
    assert_eq!(
        found(set),
        [
            format!("(0008,1052)[0].(0040,1101)[0].(0008,0100) {rule}"),
            format!("(0008,1052)[0].(0040,1101)[0].(0008,0104) {rule}"),
        ]
    );
}

#[test]
fn a_value_under_a_lost_vr_is_still_the_value() {
    let set = DataSet::new().raw(0x0010_0010, b"UN", "Example^Erika");
    let report = report(set);
    assert_eq!(lines(&report), ["(0010,0010) attribute.patient_name name critical"]);
    assert_eq!(report.findings.last().unwrap().value.expose(), "Example^Erika");
}

#[test]
fn what_the_table_misses_is_judged_by_vr() {
    let set = DataSet::new()
        .pn(0x0040_A07B, "Sample^Sam")
        .da(0x0014_1020, "20240514")
        .text(0x0008_010E, b"UR", "http://site7.example.org/x")
        .lt(0x0008_0401, "zzyzx plugh")
        .lo(0x0008_9998, "zzyzx plugh");
    let mut found = found(set);
    found.sort();
    assert_eq!(
        found,
        [
            "(0008,010E) vr.ur web medium",
            "(0008,0401) vr.text free_text low",
            "(0008,9998) vr.unknown free_text medium",
            "(0014,1020) vr.da date medium",
            "(0040,A07B) vr.pn name high",
        ]
    );
}

#[test]
fn pixels_are_for_others_to_judge() {
    let set = DataSet::new().cs(0x0028_0301, "YES").ow(0x7FE0_0010, vec![1, 2, 3]);
    assert_eq!(found(set), ["(0028,0301) claim.burned_in_stated image_text high"]);
}

#[test]
fn overlays_leak_when_something_is_drawn() {
    let overlay =
        |bits: u16| found(DataSet::new().cs(0x0008_0060, "CT").ow(0x6000_3000, vec![0, bits, 0, 0]));
    assert_eq!(overlay(0), [""; 0]);
    let report = report(DataSet::new().cs(0x0008_0060, "CT").ow(0x6002_3000, vec![0, 4, 0, 0]));
    assert_eq!(lines(&report), ["(6002,3000) graphics.overlay image_text high"]);
    assert_eq!(report.findings.last().unwrap().place.name(), "overlay");
    assert_eq!(
        found(DataSet::new().cs(0x0008_0060, "CT").us(0x6000_0102, &[12])),
        ["(6000,0102) graphics.overlay_in_pixels image_text medium"]
    );
}
