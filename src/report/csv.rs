use super::{
    Options,
    record::{FindingRecord, Record, records},
};
use crate::{library::Catalog, text::Shown};
use std::{
    borrow::Cow,
    io::{self, Write},
};

const COLUMNS: [&str; 24] = [
    "path",
    "status",
    "error",
    "sop_class",
    "transfer_syntax",
    "modality",
    "patient_key",
    "study_key",
    "id",
    "at",
    "place",
    "keyword",
    "vr",
    "facet",
    "class",
    "severity",
    "confidence",
    "rule",
    "why",
    "ps315",
    "hipaa",
    "value",
    "region",
    "acknowledged",
];

/// A row a finding (RFC 4180), and a row for each file without any. Texts that a spreadsheet would take for a formula
/// get an apostrophe in front; what acts on a terminal is shown as a picture.
pub(super) fn write(catalog: &Catalog, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(COLUMNS)?;
    for record in records(catalog, options) {
        if record.findings.is_empty() {
            rows.write_record(row(&record, None).iter().map(|cell| cell.as_ref()))?;
        }
        for finding in &record.findings {
            rows.write_record(row(&record, Some(finding)).iter().map(|cell| cell.as_ref()))?;
        }
    }
    rows.flush()
}

fn row<'a>(record: &'a Record<'_>, finding: Option<&'a FindingRecord<'_>>) -> [Cow<'a, str>; 24] {
    let optional = |text: Option<&'a str>| text.map_or(Cow::Borrowed(""), cell);
    let word = |pick: fn(&FindingRecord<'_>) -> &'static str| Cow::Borrowed(finding.map_or("", pick));
    let own =
        |pick: fn(&'a FindingRecord<'_>) -> Option<Cow<'a, str>>| finding.and_then(pick).unwrap_or_default();
    [
        cell(&record.path),
        Cow::Borrowed(record.status),
        optional(record.error.as_deref()),
        optional(record.sop_class),
        optional(record.transfer_syntax),
        optional(record.modality),
        optional(record.patient_key.as_deref()),
        optional(record.study_key.as_deref()),
        own(|finding| Some(Cow::Borrowed(&finding.id))),
        own(|finding| finding.at.as_deref().map(Cow::Borrowed)),
        word(|finding| finding.place),
        word(|finding| finding.keyword.unwrap_or_default()),
        word(|finding| finding.vr.unwrap_or_default()),
        word(|finding| finding.facet),
        word(|finding| finding.class),
        word(|finding| finding.severity),
        own(|finding| Some(Cow::Owned(finding.confidence.to_string()))),
        own(|finding| Some(cell(finding.rule))),
        own(|finding| Some(cell(finding.why))),
        word(|finding| finding.ps315.unwrap_or_default()),
        own(|finding| finding.hipaa.map(|letter| Cow::Owned(letter.to_string()))),
        own(|finding| Some(cell(&finding.value))),
        own(|finding| {
            let region = finding.region.as_ref()?;
            Some(Cow::Owned(format!("{}:{},{},{},{}", region.frame, region.x, region.y, region.w, region.h)))
        }),
        own(|finding| finding.acknowledged.map(cell)),
    ]
}

fn cell(text: &str) -> Cow<'_, str> {
    if text.chars().all(crate::text::is_plain) && !text.starts_with(['=', '+', '-', '@']) {
        return Cow::Borrowed(text);
    }
    let shown = Shown::new(text);
    let formula = shown.as_str().starts_with(['=', '+', '-', '@']);
    Cow::Owned(if formula { format!("'{shown}") } else { shown.into_string() })
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [("=1+1", "'=1+1"), ("-x", "'-x"), ("a=b", "a=b"), ("\t=1", "␉=1"), ("", "")] {
            assert_eq!(super::cell(text), cell);
        }
    }
}
