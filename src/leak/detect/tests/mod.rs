//! Files built for one detector, and what is found in them.

mod attributes;
mod containers;
mod privates;
mod retained;
mod structured;
mod uids;

use crate::{
    demo::encode::{DataSet, FileBuilder, Syntax},
    dicom::{Limits, Reader},
    leak::{FileReport, Finding, Inspector},
};
use std::path::Path;

const CLASS: &str = "1.2.840.10008.5.1.4.1.1.7";

fn inspected(bytes: &[u8]) -> FileReport {
    let reading = Reader::new(Limits::default()).read_bytes(bytes);
    Inspector::new().inspect(&reading, Path::new("a.dcm"), Path::new("a.dcm"))
}

fn file(set: DataSet) -> FileBuilder {
    FileBuilder::new(CLASS, Syntax::ExplicitLe).data(set)
}

fn report(set: DataSet) -> FileReport {
    inspected(&file(set).to_bytes())
}

/// `at rule class severity` of each finding, without those of the meta information that every file here has.
fn lines(report: &FileReport) -> Vec<String> {
    let line = |finding: &Finding| {
        let at =
            if finding.at.0.is_empty() { finding.place.name().to_owned() } else { finding.at.to_string() };
        format!("{at} {} {} {}", finding.rule, finding.class, finding.severity)
    };
    // Order is a test's own matter.
    let own = |finding: &&Finding| {
        !finding.at.to_string().starts_with("(0002,0003)") && finding.rule != "container.order"
    };
    report.findings.iter().filter(own).map(line).collect()
}

fn found(set: DataSet) -> Vec<String> {
    lines(&report(set))
}

fn code(value: &str, meaning: &str) -> DataSet {
    DataSet::new().sh(0x0008_0100, value).sh(0x0008_0102, "DCM").lo(0x0008_0104, meaning)
}
