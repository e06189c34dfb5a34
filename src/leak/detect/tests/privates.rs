use super::*;

fn block(creator: &str, set: DataSet) -> Vec<String> {
    found(DataSet::new().lo(0x0043_0010, creator).join(set))
}

#[test]
fn the_standards_list_is_silent() {
    assert_eq!(block("GEMS_PARM_01", DataSet::new().sh(0x0043_1027, "0.984:1")), [""; 0]);
    let moved = DataSet::new().lo(0x0043_0077, "GEMS_PARM_01").sh(0x0043_7727, "0.984:1");
    assert_eq!(found(moved), [""; 0]);
}

#[test]
fn numbers_are_told_once_for_their_creator() {
    let numbers = DataSet::new()
        .us(0x0043_1001, &[3])
        .fd(0x0043_1002, &[0.5])
        .ds(0x0043_1003, "0.98")
        .is(0x0043_1004, "7");
    let report = report(DataSet::new().lo(0x0043_0010, "EXAMPLE 1.0").join(numbers));
    assert_eq!(lines(&report), ["(0043,0010) private.block private info"]);
    assert_eq!(report.findings.last().unwrap().value.expose(), "EXAMPLE 1.0");
}

#[test]
fn what_may_say_anything_is_told_each() {
    for (set, line) in [
        (DataSet::new().lo(0x0043_1001, "zzyzx plugh"), "private.text private medium"),
        (DataSet::new().raw(0x0043_1001, b"UN", "zzyzx plugh"), "private.text private medium"),
        (DataSet::new().pn(0x0043_1001, "Sample^Sam"), "private.person_name name high"),
        (DataSet::new().da(0x0043_1001, "20240514"), "private.date date medium"),
        (DataSet::new().ae(0x0043_1001, "SCANNER7"), "private.network device low"),
    ] {
        assert_eq!(
            block("EXAMPLE 1.0", set),
            ["(0043,0010) private.block private info".to_owned(), format!("(0043,1001) {line}")]
        );
    }
    let safe = DataSet::new().lo(0x0043_1001, "zzyzx plugh");
    assert_eq!(block("GEMS_PARM_01", safe).len(), 2);
}

#[test]
fn bytes_are_told_for_their_creator() {
    let bytes = DataSet::new().ob(0x0043_1001, [0xa7u8; 512]);
    assert_eq!(block("EXAMPLE 1.0", bytes), ["(0043,0010) private.block_bytes private low"]);
}

#[test]
fn an_element_of_nobody() {
    let set = DataSet::new().us(0x0043_1001, &[3]);
    assert_eq!(found(set), ["(0043,1001) private.orphan private low"]);
    assert_eq!(
        found(DataSet::new().pn(0x0043_1001, "Sample^Sam")),
        ["(0043,1001) private.person_name name high"]
    );
}

#[test]
fn items_of_private_sequences_have_creators_of_their_own() {
    let item = DataSet::new().lo(0x0043_0010, "EXAMPLE 1.0").pn(0x0043_1011, "Sample^Sam");
    let found = block("EXAMPLE 1.0", DataSet::new().seq(0x0043_1010, vec![item]));
    assert_eq!(
        found,
        [
            "(0043,0010) private.block private info",
            "(0043,1010)[0].(0043,1011) private.person_name name high",
        ]
    );
}
