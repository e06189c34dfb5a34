use super::super::anatomy::head_ct;
use super::super::encode::{DataSet, FileBuilder, Syntax};
use super::super::error::DemoError;
use super::super::folder::{Folder, Kind};
use super::super::patients::SAMPLE;
use super::super::planted::Leak;
use super::image::{CT, signed};

/// A study of which one file was left as it came, and the others were scrubbed badly: only together with the first
/// do they say whose they are.
pub fn scrubbed(folder: &mut Folder) -> Result<(), DemoError> {
    let image = |instance: u32| signed(&head_ct(90, 128, 0.2 + 0.15 * instance as f32), ["40", "80"]);
    let whole = SAMPLE.header(CT, "CT", 10, 1).lo(0x0008_103E, "HEAD").join(image(1)).sorted();
    let bytes = FileBuilder::new(CT, Syntax::ExplicitLe).data(whole).to_bytes();
    folder.patient_file("incoming/case_0042/a.dcm", &SAMPLE, Kind::Leaky, bytes, vec![]);

    for (instance, name, (extra, leaks)) in
        [(2, "b.dcm", private()), (3, "c.dcm", spelled()), (4, "d.dcm", claimed())]
    {
        let set = anonymous(instance).replace(extra).join(image(instance)).sorted();
        let bytes = FileBuilder::new(CT, Syntax::ExplicitLe).data(set).to_bytes();
        folder.hide(&format!("incoming/case_0042/{name}"), Kind::Leaky, bytes, leaks);
    }
    Ok(())
}

fn anonymous(instance: u32) -> DataSet {
    DataSet::new()
        .ui(0x0008_0016, CT)
        .ui(0x0008_0018, SAMPLE.instance_uid(10, instance))
        .da(0x0008_0020, "")
        .sh(0x0008_0050, "")
        .cs(0x0008_0060, "CT")
        .lo(0x0008_103E, "HEAD")
        .pn(0x0010_0010, "ANONYMOUS")
        .lo(0x0010_0020, "000000")
        .da(0x0010_0030, "")
        .cs(0x0012_0062, "YES")
        .lo(0x0012_0063, "EXAMPLE TOOL 0.1")
        .ui(0x0020_000D, SAMPLE.study_uid())
        .ui(0x0020_000E, SAMPLE.series_uid(10))
        .is(0x0020_0013, instance.to_string())
}

fn private() -> (DataSet, Vec<Leak>) {
    let set =
        DataSet::new().lo(0x0033_0010, "EXAMPLE ROUTER").lo(0x0033_1001, "spool/sampleton_jonathan/0007");
    let leaks = vec![
        Leak::tag("(0033,1001)", "name", "sibling's name in private text", "sampleton_jonathan"),
        Leak::tag("(0012,0062)", "name", "false claim", "YES"),
    ];
    (set, leaks)
}

fn spelled() -> (DataSet, Vec<Leak>) {
    let set = DataSet::new().lo(0x0008_103E, "HEAD J. SAMPLETON F/U").sh(0x0040_0253, "CT-60219944");
    let leaks = vec![
        Leak::tag("(0008,103E)", "name", "sibling's name, initials", "J. SAMPLETON"),
        Leak::tag("(0040,0253)", "other_id", "sibling's accession number", "CT-60219944"),
        Leak::tag("(0012,0062)", "name", "false claim", "YES"),
    ];
    (set, leaks)
}

fn claimed() -> (DataSet, Vec<Leak>) {
    let set = DataSet::new().pn(0x0010_0010, "Sampleton^Jonathan^Q").sh(0x0018_1020, "v5.1 00815JQS");
    let leaks = vec![
        Leak::tag("(0010,0010)", "name", "attribute", "Sampleton^Jonathan^Q"),
        Leak::tag("(0018,1020)", "patient_id", "sibling's ID, other spelling", "00815JQS"),
        Leak::tag("(0012,0062)", "name", "false claim", "YES"),
    ];
    (set, leaks)
}
