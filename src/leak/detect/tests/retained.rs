use super::*;
use crate::standard::ProfileOption;

fn declared(options: &[ProfileOption], set: DataSet) -> DataSet {
    let codes = options.iter().map(|option| code(option.code(), option.name()));
    let codes = std::iter::once(code("113100", "Basic")).chain(codes).collect();
    DataSet::new().cs(0x0012_0062, "YES").seq(0x0012_0064, codes).join(set).sorted()
}

#[test]
fn what_an_option_keeps_is_info() {
    use ProfileOption::*;
    for (options, set, line) in [
        (&[][..], DataSet::new().da(0x0008_0020, "20240514"), "attribute.study_date date high"),
        (&[ModifiedDates][..], DataSet::new().da(0x0008_0020, "20240514"), "attribute.study_date date info"),
        (&[FullDates], DataSet::new().da(0x0008_0020, "20240514"), "attribute.study_date date info"),
        (
            &[PatientCharacteristics],
            DataSet::new().age(0x0010_1010, "061Y"),
            "attribute.patient_age age info",
        ),
        (
            &[DeviceIdentity],
            DataSet::new().lo(0x0018_1000, "SN-55021"),
            "attribute.device_serial_number device info",
        ),
        (
            &[InstitutionIdentity],
            DataSet::new().lo(0x0008_0080, "Example"),
            "attribute.institution_name institution info",
        ),
        (&[Uids], DataSet::new().ui(0x0020_000D, "1.2.276.0.9"), "attribute.study_instance_uid uid info"),
        (
            &[CleanDescriptors],
            DataSet::new().lo(0x0008_1030, "zzyzx plugh"),
            "attribute.study_description free_text low",
        ),
        (
            &[SafePrivate],
            DataSet::new().lo(0x0009_0010, "ACME").lo(0x0009_1001, "zzyzx plugh"),
            "private.text private low",
        ),
    ] {
        let found = found(declared(options, set));
        assert!(found.iter().any(|found| found.ends_with(line)), "{options:?}: {found:?}");
    }
}

#[test]
fn options_count_only_in_files_that_claim() {
    let set = declared(&[ProfileOption::FullDates], DataSet::new().da(0x0008_0020, "20240514"));
    let set = set.replace(DataSet::new().cs(0x0012_0062, "NO"));
    assert!(found(set).contains(&"(0008,0020) attribute.study_date date high".to_owned()));
}

#[test]
fn options_in_words_count_too() {
    let set = DataSet::new()
        .da(0x0008_0020, "20240514")
        .cs(0x0012_0062, "YES")
        .lo(0x0012_0063, "PS3.15 Basic; Retain Longitudinal Temporal Information with Full Dates");
    assert!(found(set).contains(&"(0008,0020) attribute.study_date date info".to_owned()));
    let set = DataSet::new().da(0x0008_0020, "20240514").cs(0x0012_0062, "YES").cs(0x0028_0303, "MODIFIED");
    assert!(found(set).contains(&"(0008,0020) attribute.study_date date info".to_owned()));
}

#[test]
fn a_subjects_code_is_no_identity_in_a_file_that_claims() {
    let set = |claim| {
        DataSet::new().pn(0x0010_0010, "ABCD-07-310").lo(0x0010_0020, "ABCD-07-310").cs(0x0012_0062, claim)
    };
    let worst = |claim| report(set(claim)).worst().unwrap().name();
    assert_eq!((worst("YES"), worst("NO")), ("low", "critical"));
}

#[test]
fn what_only_describes_is_no_identity_in_a_file_that_claims() {
    let set = |claim| {
        DataSet::new()
            .pn(0x0010_0010, "Picket^Fence")
            .lo(0x0010_0020, "see key file")
            .pn(0x0008_1050, "Outside^Physician")
            .cs(0x0012_0062, claim)
    };
    let worst = |claim| report(set(claim).sorted()).worst().unwrap().name();
    assert_eq!((worst("YES"), worst("NO")), ("low", "critical"));
}

#[test]
fn the_name_of_a_program_excuses_nobody() {
    let set = DataSet::new()
        .pn(0x0010_0010, "Example^Erika")
        .lo(0x0010_0020, "40271183")
        .da(0x0008_0020, "20240514")
        .cs(0x0012_0062, "YES")
        .lo(0x0012_0063, "DICOGNITO");
    let report = report(set.sorted());
    assert!(report.claims.contradicted);
    let found = lines(&report);
    for line in [
        "(0010,0010) attribute.patient_name name critical",
        "(0010,0020) attribute.patient_id patient_id critical",
        "(0008,0020) attribute.study_date date high",
    ] {
        assert!(found.iter().any(|found| found == line), "{line}: {found:?}");
    }
}

#[test]
fn what_a_phantom_s_file_says_is_of_no_patient() {
    let worst = |id: &str, birth: &str, other: &str| {
        let set = DataSet::new()
            .da(0x0008_0020, "20240514")
            .sh(0x0008_0050, other)
            .pn(0x0010_0010, "ACR PHANTOM")
            .lo(0x0010_0020, id)
            .da(0x0010_0030, birth)
            .age(0x0010_1010, "061Y");
        report(set.sorted()).worst().unwrap().name()
    };
    for (id, birth, other) in [
        ("", "", ""),
        ("ACR_QA_01", "20240514", "7"),
        ("QA20240514", "20000101", "QC-001"),
        ("PHANTOM", "19000101", "1234"),
    ] {
        assert_eq!(worst(id, birth, other), "low", "{id} {birth} {other}");
    }
    // A patient, over whose name somebody wrote that of a phantom.
    for (id, birth, other) in
        [("40271183", "", ""), ("", "19620317", ""), ("QA40271183", "", ""), ("19620317", "", "")]
    {
        assert!(["high", "critical"].contains(&worst(id, birth, other)), "{id} {birth} {other}");
    }
    assert_eq!(worst("", "", "A20231234"), "high", "a number that can be looked up");
}

#[test]
fn the_first_of_january_is_a_birth_date_unless_the_file_claims() {
    let found = |claim| {
        let set = DataSet::new().pn(0x0010_0010, "ANONYMOUS").lo(0x0010_0020, "SUBJ-001");
        found(set.da(0x0010_0030, "19620101").cs(0x0012_0062, claim).sorted())
    };
    let line =
        |severity: &str| vec![format!("(0010,0030) attribute.patient_birth_date birth_date {severity}")];
    assert_eq!(found("YES"), line("low"));
    assert_eq!(found("NO"), line("critical"));
}

#[test]
fn what_may_be_chance_proves_no_claim_false() {
    let claim = |confidence| {
        let mut report = report(DataSet::new().lo(0x0008_1030, "zzyzx plugh").cs(0x0012_0062, "YES"));
        let mut found = report.findings.first().unwrap().clone();
        (found.class, found.severity) = (crate::leak::Class::Name, crate::leak::Severity::High);
        (found.rule, found.confidence) = ("sibling.given_name".into(), confidence);
        report.join(vec![found]);
        let claim = report.findings.iter().find(|finding| finding.rule == "claim.identity_removed");
        assert_eq!(report.claims.contradicted, claim.is_some());
        claim.map(|claim| claim.confidence)
    };
    assert_eq!([claim(65), claim(69), claim(70), claim(88)], [None, None, Some(70), Some(88)]);
}

#[test]
fn claims_are_held_against_what_is_found() {
    let claim = |set: DataSet| {
        let report = report(DataSet::new().cs(0x0012_0062, "YES").join(set).sorted());
        let line = lines(&report).into_iter().find(|line| line.contains("claim."));
        (report.claims.contradicted, line)
    };
    assert_eq!(claim(DataSet::new().cs(0x0010_0040, "F")), (false, None));
    assert_eq!(claim(DataSet::new().da(0x0008_0020, "20240514")), (false, None));
    let (contradicted, line) = claim(DataSet::new().pn(0x0010_0010, "Example^Erika"));
    assert!(contradicted);
    assert_eq!(line.unwrap(), "(0012,0062) claim.identity_removed name critical");
    let dates = DataSet::new().da(0x0008_0020, "20240514").cs(0x0028_0303, "REMOVED");
    assert_eq!(claim(dates).1.unwrap(), "(0028,0303) claim.dates_removed date high");
}

#[test]
fn findings_that_come_later_are_held_against_claims_too() {
    let set = DataSet::new().lo(0x0008_1030, "zzyzx plugh").cs(0x0012_0062, "YES");
    let mut report = report(set);
    assert!(!report.claims.contradicted);
    let mut finding =
        report.findings.iter().find(|finding| finding.class.name() == "free_text").unwrap().clone();
    (finding.class, finding.severity, finding.rule) =
        (crate::leak::Class::Name, crate::leak::Severity::Critical, "sibling.name".into());
    report.join(vec![finding]);
    assert_eq!(
        lines(&report),
        ["(0008,1030) sibling.name name critical", "(0012,0062) claim.identity_removed name critical"]
    );
    assert!(report.claims.contradicted);
    report.join(Vec::new());
    assert_eq!(report.findings.len(), 3, "{:?}", lines(&report));
}
