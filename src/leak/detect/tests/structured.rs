use super::*;

fn item(concept: DataSet, value: DataSet) -> DataSet {
    DataSet::new().cs(0x0040_A010, "CONTAINS").seq(0x0040_A043, vec![concept]).join(value)
}

#[test]
fn the_concept_says_whose_value_it_is() {
    let items = vec![
        item(code("121029", "Subject Name"), DataSet::new().pn(0x0040_A123, "Example^Erika")),
        item(code("121008", "Person Observer Name"), DataSet::new().pn(0x0040_A123, "Reader^Rita")),
        item(code("121031", "Subject Birth Date"), DataSet::new().da(0x0040_A121, "19620317")),
        item(code("121030", "Subject ID"), DataSet::new().ut(0x0040_A160, "EX-0012345")),
        item(code("121060", "History"), DataSet::new().ut(0x0040_A160, "zzyzx plugh")),
        item(
            code("11329-0", "History").replace(DataSet::new().sh(0x0008_0102, "LN")),
            DataSet::new().ut(0x0040_A160, "zzyzx plugh"),
        ),
        item(code("99", "Unheard of"), DataSet::new().ut(0x0040_A160, "zzyzx plugh")),
    ];
    let report = report(DataSet::new().seq(0x0040_A730, items));
    let found: Vec<_> =
        lines(&report).iter().map(|line| line.split(' ').skip(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        found,
        [
            "name critical",
            "staff_name high",
            "birth_date critical",
            "patient_id critical",
            "free_text medium",
            "free_text high",
            "free_text medium",
        ]
    );
}

#[test]
fn the_reason_says_where_in_the_tree() {
    let inner = item(code("121071", "Finding"), DataSet::new().ut(0x0040_A160, "zzyzx plugh"));
    let outer = item(code("121070", "Findings"), DataSet::new().seq(0x0040_A730, vec![inner]));
    let report = report(DataSet::new().seq(0x0040_A730, vec![DataSet::new(), outer]));
    let finding = report.findings.last().unwrap();
    assert_eq!(finding.at.to_string(), "(0040,A730)[1].(0040,A730)[0].(0040,A160)");
    assert!(finding.why.starts_with("Content item 1.2.1 (Finding) of a report"), "{}", finding.why);
}
