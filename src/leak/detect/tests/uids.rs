use super::*;

#[test]
fn roots_tell_original_from_replaced() {
    for (uid, rule) in [
        ("1.2.840.10008.1.2", None),
        ("2.25.113059749145936325402354257176981405696", None),
        ("1.2.840.113619.2.55.3.1.7", Some("(0020,000D) attribute.study_instance_uid uid low")),
    ] {
        assert_eq!(found(DataSet::new().ui(0x0020_000D, uid)), rule.into_iter().collect::<Vec<_>>(), "{uid}");
    }
}

#[test]
fn what_a_uid_holds_is_told_beside_it() {
    let set =
        || DataSet::new().ui(0x0020_000D, "1.2.276.0.5.19620317.1").da(0x0010_0030, "19620317").sorted();
    assert_eq!(
        found(set()),
        [
            "(0010,0030) attribute.patient_birth_date birth_date critical",
            "(0020,000D) uid.birth_date birth_date critical",
            "(0020,000D) attribute.study_instance_uid uid low",
        ]
    );
    let kept = DataSet::new().cs(0x0012_0062, "YES").ui(0x0020_000D, "1.2.276.0.5.20240514103015.1");
    assert!(found(kept).contains(&"(0020,000D) uid.date_kept date medium".to_owned()));
}

#[test]
fn classes_and_syntaxes_of_a_vendor_are_no_instances() {
    let set = DataSet::new().ui(0x0008_0016, "1.2.840.113619.4.2").ui(0x0008_010C, "1.2.276.0.7.1.1");
    assert_eq!(found(set), [""; 0]);
}

#[test]
fn hundreds_of_references_say_no_more_than_the_first() {
    let items = (0..500).map(|n| DataSet::new().ui(0x0008_1155, format!("1.2.276.0.9.{n}"))).collect();
    let found = found(DataSet::new().seq(0x0008_1140, items));
    assert!((1..=64).contains(&found.len()), "{}", found.len());
}
