use super::{Options, lines::Lines, record::numbered, safe_json};
use crate::{
    leak::Severity,
    library::{Catalog, Tally},
};
use serde::Serialize;
use std::io::{self, Write};

/// What all files add up to.
#[derive(Debug, Serialize)]
struct Summary {
    files: u32,
    ok: u32,
    partial: u32,
    not_dicom: u32,
    error: u32,
    false_claims: u32,
    acknowledged: u32,
    findings: BySeverity,
    /// By the worst finding of each.
    files_by_severity: BySeverity,
}

#[derive(Debug, Serialize)]
struct BySeverity {
    critical: u32,
    high: u32,
    medium: u32,
    low: u32,
    info: u32,
}

impl BySeverity {
    fn of(count: impl Fn(Severity) -> u32) -> Self {
        Self {
            critical: count(Severity::Critical),
            high: count(Severity::High),
            medium: count(Severity::Medium),
            low: count(Severity::Low),
            info: count(Severity::Info),
        }
    }
}

impl From<Tally> for Summary {
    fn from(tally: Tally) -> Self {
        Self {
            files: tally.files,
            ok: tally.whole,
            partial: tally.partial,
            not_dicom: tally.not_dicom,
            error: tally.unreadable,
            false_claims: tally.false_claims,
            acknowledged: tally.acknowledged,
            findings: BySeverity::of(|severity| tally.counts.of(severity)),
            files_by_severity: BySeverity::of(|severity| tally.files_at(severity)),
        }
    }
}

/// One document: what made it, what all files add up to, and the files as in `ndjson`, one a line.
pub(super) fn write(catalog: &Catalog, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"schema\":\"dcmleak.report/1\",\"version\":")?;
    safe_json::line(&env!("CARGO_PKG_VERSION"), out)?;
    out.write_all(b",\"summary\":")?;
    safe_json::line(&Summary::from(catalog.tally()), out)?;
    out.write_all(b",\"files\":[")?;
    let mut lines = Lines::new(catalog, options);
    let mut text = Vec::new();
    let mut between: &[u8] = b"\n";
    for file in numbered(catalog) {
        text.clear();
        if lines.add(file, &mut text)? {
            out.write_all(between)?;
            out.write_all(&text)?;
            between = b",\n";
        }
    }
    out.write_all(b"\n]}\n")
}
