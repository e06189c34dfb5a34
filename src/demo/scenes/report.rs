use super::super::encode::{DataSet, FileBuilder, Syntax};
use super::super::error::DemoError;
use super::super::folder::{Folder, Kind};
use super::super::patients::{ERIKA, MAX, SAMPLE};
use super::super::planted::Leak;
use super::image::CR;

const SR: &str = "1.2.840.10008.5.1.4.1.1.88.33";
const PR: &str = "1.2.840.10008.5.1.4.1.1.11.1";
const RT_STRUCTURE_SET: &str = "1.2.840.10008.5.1.4.1.1.481.3";

/// Objects without pixels: a structured report, a presentation state, a structure set.
pub fn reports(folder: &mut Folder) -> Result<(), DemoError> {
    structured_report(folder);
    presentation_state(folder);
    structure_set(folder);
    Ok(())
}

fn code(value: &str, scheme: &str, meaning: &str) -> Vec<DataSet> {
    vec![DataSet::new().sh(0x0008_0100, value).sh(0x0008_0102, scheme).lo(0x0008_0104, meaning)]
}

fn item(relation: &str, kind: &str, concept: Vec<DataSet>) -> DataSet {
    DataSet::new().cs(0x0040_A010, relation).cs(0x0040_A040, kind).seq(0x0040_A043, concept)
}

fn structured_report(folder: &mut Folder) {
    let history =
        "62 year old Mrs. Erika Example fell on 12 May 2024, reported by her son Emil (tel 212-555-0144).";
    let finding = item("CONTAINS", "TEXT", code("121071", "DCM", "Finding"))
        .ut(0x0040_A160, "Old infarct left. Discussed with Dr. Gerda Placeholder.");
    let content = vec![
        item("HAS OBS CONTEXT", "PNAME", code("121008", "DCM", "Person Observer Name"))
            .pn(0x0040_A123, "Radiologist^Rita"),
        item("HAS OBS CONTEXT", "PNAME", code("121029", "DCM", "Subject Name"))
            .pn(0x0040_A123, "Example^Erika"),
        item("HAS OBS CONTEXT", "DATE", code("121031", "DCM", "Subject Birth Date"))
            .da(0x0040_A121, "19620317"),
        item("CONTAINS", "TEXT", code("121060", "DCM", "History")).ut(0x0040_A160, history),
        item("CONTAINS", "CONTAINER", code("121070", "DCM", "Findings"))
            .cs(0x0040_A050, "SEPARATE")
            .seq_undefined(0x0040_A730, vec![finding]),
    ];
    let verifier = DataSet::new()
        .lo(0x0040_A027, "Fictional General Hospital")
        .dt(0x0040_A030, "20240514120000")
        .pn(0x0040_A075, "Radiologist^Rita");
    let set = ERIKA
        .header(SR, "SR", 20, 1)
        .cs(0x0040_A040, "CONTAINER")
        .seq(0x0040_A043, code("126000", "DCM", "Imaging Measurement Report"))
        .cs(0x0040_A050, "SEPARATE")
        .seq(0x0040_A073, vec![verifier])
        .cs(0x0040_A491, "COMPLETE")
        .cs(0x0040_A493, "VERIFIED")
        .seq_undefined(0x0040_A730, content)
        .sorted();
    let leaks = vec![
        Leak::tag("(0040,A073)[0].(0040,A075)", "staff_name", "nested", "Radiologist^Rita"),
        Leak::tag("(0040,A730)[0].(0040,A123)", "staff_name", "content item", "Radiologist^Rita"),
        Leak::tag("(0040,A730)[1].(0040,A123)", "name", "content item", "Example^Erika"),
        Leak::tag("(0040,A730)[2].(0040,A121)", "birth_date", "content item", "19620317"),
        Leak::tag("(0040,A730)[3].(0040,A160)", "free_text", "content item", "Mrs. Erika Example"),
        Leak::tag(
            "(0040,A730)[4].(0040,A730)[0].(0040,A160)",
            "free_text",
            "content item",
            "Gerda Placeholder",
        ),
    ];
    let bytes = FileBuilder::new(SR, Syntax::ExplicitLe).data(set).to_bytes();
    folder.patient_file(
        "PACS_Export/Example_Erika_19620317/SR/report.dcm",
        &ERIKA,
        Kind::Leaky,
        bytes,
        leaks,
    );
}

fn presentation_state(folder: &mut Folder) {
    let text = DataSet::new()
        .st(0x0070_0006, "Herr M\u{fc}ller-Muster, Kontrolle am 17.06.2024")
        .cs(0x0070_0004, "PIXEL")
        .fl(0x0070_0014, &[40.0, 60.0])
        .cs(0x0070_0015, "N")
        .sorted();
    let layer =
        DataSet::new().cs(0x0070_0002, "NOTES").is(0x0070_0062, "1").lo(0x0070_0068, "Dr. \u{dc}berweiser");
    let image = DataSet::new().ui(0x0008_1150, CR).ui(0x0008_1155, MAX.instance_uid(3, 1));
    let series = DataSet::new().ui(0x0020_000E, MAX.series_uid(3)).seq(0x0008_1140, vec![image]).sorted();
    let set = MAX
        .header(PR, "PR", 21, 1)
        .seq(0x0008_1115, vec![series])
        .seq(0x0070_0001, vec![DataSet::new().cs(0x0070_0002, "NOTES").seq(0x0070_0008, vec![text])])
        .seq(0x0070_0060, vec![layer])
        .cs(0x0070_0080, "NOTES")
        .lo(0x0070_0081, "Markierung")
        .da(0x0070_0082, "20240603")
        .tm(0x0070_0083, "113000")
        .pn(0x0070_0084, "Annotator^Anke")
        .cs(0x2050_0020, "INVERSE")
        .sorted();
    let leaks = vec![
        Leak::tag(
            "(0070,0001)[0].(0070,0008)[0].(0070,0006)",
            "free_text",
            "graphic annotation",
            b"Herr M\xfcller-Muster",
        ),
        Leak::tag("(0070,0060)[0].(0070,0068)", "staff_name", "graphic annotation", b"Dr. \xdcberweiser"),
        Leak::tag("(0070,0084)", "staff_name", "attribute", "Annotator^Anke"),
    ];
    let bytes = FileBuilder::new(PR, Syntax::ExplicitLe).data(set).to_bytes();
    folder.patient_file("PACS_Export/annotations/PR000001.dcm", &MAX, Kind::Leaky, bytes, leaks);
}

fn structure_set(folder: &mut Folder) {
    let roi = |number: &str, name: &str| {
        DataSet::new()
            .is(0x3006_0022, number)
            .ui(0x3006_0024, "2.999.9.9.1")
            .lo(0x3006_0026, name)
            .cs(0x3006_0036, "MANUAL")
    };
    let contour = DataSet::new()
        .cs(0x3006_0042, "CLOSED_PLANAR")
        .is(0x3006_0046, "3")
        .ds(0x3006_0050, "0\\0\\0\\10\\0\\0\\0\\10\\0");
    let observation = DataSet::new()
        .is(0x3006_0082, "1")
        .is(0x3006_0084, "1")
        .sh(0x3006_0085, "GTV Sampleton")
        .cs(0x3006_00A4, "GTV")
        .pn(0x3006_00A6, "Planner^Pat");
    let set = SAMPLE
        .header(RT_STRUCTURE_SET, "RTSTRUCT", 22, 1)
        .sh(0x3006_0002, "J_SAMPLETON_P1")
        .da(0x3006_0008, "20240207")
        .tm(0x3006_0009, "090000")
        .seq(0x3006_0020, vec![roi("1", "GTV_jsampleton"), roi("2", "Spinal Cord")])
        .seq(0x3006_0039, vec![DataSet::new().seq(0x3006_0040, vec![contour]).is(0x3006_0084, "1")])
        .seq(0x3006_0080, vec![observation])
        .cs(0x300E_0002, "APPROVED")
        .pn(0x300E_0008, "Oncologist^Olga")
        .sorted();
    let leaks = vec![
        Leak::tag("(3006,0002)", "name", "label", "J_SAMPLETON_P1"),
        Leak::tag("(3006,0020)[0].(3006,0026)", "name", "label", "GTV_jsampleton"),
        Leak::tag("(3006,0080)[0].(3006,0085)", "name", "label", "GTV Sampleton"),
        Leak::tag("(3006,0080)[0].(3006,00A6)", "staff_name", "nested", "Planner^Pat"),
        Leak::tag("(300E,0008)", "staff_name", "attribute", "Oncologist^Olga"),
    ];
    let bytes = FileBuilder::new(RT_STRUCTURE_SET, Syntax::ImplicitLe).data(set).to_bytes();
    folder.patient_file("PACS_Export/planning/RS.00815-JQS.dcm", &SAMPLE, Kind::Leaky, bytes, leaks);
}
