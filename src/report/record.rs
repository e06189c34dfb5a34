use super::{Options, keys::Keys};
use crate::{
    dicom::dictionary,
    leak::{FindingId, Region},
    library::{Catalog, FileId, Kept},
};
use serde::Serialize;

/// What reports for programs say of a file: schema `dcmleak.file/1`. Fields in the order in which they are written.
#[derive(Debug, Serialize)]
pub(super) struct Record<'a> {
    pub schema: &'static str,
    pub path: String,
    pub status: &'static str,
    pub error: Option<String>,
    pub sop_class: Option<&'a str>,
    pub transfer_syntax: Option<&'a str>,
    pub modality: Option<&'a str>,
    pub patient_key: Option<String>,
    pub study_key: Option<String>,
    pub severity: &'static str,
    pub claims: ClaimsRecord,
    pub findings: Vec<FindingRecord<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct ClaimsRecord {
    pub identity_removed: Option<bool>,
    pub burned_in: Option<bool>,
}

#[derive(Debug, Serialize)]
pub(super) struct FindingRecord<'a> {
    pub id: String,
    pub at: Option<String>,
    pub place: &'static str,
    pub keyword: Option<&'static str>,
    pub vr: Option<&'static str>,
    pub facet: &'static str,
    pub class: &'static str,
    pub severity: &'static str,
    pub confidence: f64,
    pub rule: &'a str,
    pub why: &'a str,
    pub ps315: Option<&'static str>,
    pub hipaa: Option<char>,
    pub value: String,
    pub region: Option<RegionRecord>,
    /// Why it is let stand; written only where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub(super) struct RegionRecord {
    pub frame: u32,
    pub x: u32,
    pub y: u32,
    pub w: u32,
    pub h: u32,
}

/// The records of all files that were read, in path order.
pub(super) fn records<'a>(catalog: &'a Catalog, options: &'a Options) -> impl Iterator<Item = Record<'a>> {
    numbered(catalog).filter_map(move |file| record(catalog, file, options))
}

/// A file, with the numbers of its patient and study.
pub(super) type Numbered = (FileId, (Option<u32>, Option<u32>));

/// All files that were read, in path order.
pub(super) fn numbered(catalog: &Catalog) -> impl Iterator<Item = Numbered> {
    let mut keys = Keys::default();
    let read = catalog.files().filter_map(|id| catalog.file(id).filter(|file| file.status.is_some()));
    read.map(move |file| (file.id, keys.next(catalog, &file)))
}

/// A finding that is reported, and its id.
pub(super) type Told<'a> = (FindingId, Kept<'a>);

/// Findings of a file that are reported.
pub(super) fn told<'a>(catalog: &'a Catalog, id: FileId, options: &Options) -> Vec<Told<'a>> {
    let floor = options.floor_for_programs();
    catalog.identified(id).filter(|(_, kept)| kept.shape.severity >= floor).collect()
}

/// `None` of a file that was not read.
pub(super) fn record<'a>(catalog: &'a Catalog, file: Numbered, options: &Options) -> Option<Record<'a>> {
    let told = told(catalog, file.0, options);
    let findings = told.iter().map(|(id, kept)| finding(id.to_string(), kept, value(kept, options)));
    Some(Record { findings: findings.collect(), ..head(catalog, file, &told)? })
}

/// A record without the findings; `None` of a file that was not read.
pub(super) fn head<'a>(
    catalog: &'a Catalog,
    (id, (patient, study)): Numbered,
    told: &[Told<'_>],
) -> Option<Record<'a>> {
    let file = catalog.file(id)?;
    let status = file.status?;
    let counted = told.iter().filter(|(_, kept)| kept.acknowledged.is_none());
    let worst = counted.map(|(_, kept)| kept.shape.severity).max();
    Some(Record {
        schema: "dcmleak.file/1",
        path: catalog.path(id).to_string_lossy().into_owned(),
        status: status.name(),
        error: file.error.map(ToString::to_string),
        sop_class: file.facts.and_then(|facts| stated(&facts.sop_class)),
        transfer_syntax: file.facts.and_then(|facts| stated(&facts.transfer_syntax)),
        modality: file.facts.and_then(|facts| stated(&facts.modality)),
        patient_key: patient.map(|number| format!("p{number}")),
        study_key: study.map(|number| format!("s{number}")),
        severity: worst.map_or("none", |severity| severity.name()),
        claims: ClaimsRecord {
            identity_removed: file.claims.identity_removed,
            burned_in: file.claims.burned_in,
        },
        findings: Vec::new(),
    })
}

fn stated(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

pub(super) fn finding<'a>(id: String, kept: &Kept<'a>, value: String) -> FindingRecord<'a> {
    let shape = kept.shape;
    let at = shape.at.to_string();
    FindingRecord {
        id,
        place: shape.place.name(),
        keyword: shape.tag().and_then(dictionary::keyword),
        at: (!at.is_empty()).then_some(at),
        vr: shape.vr.map(|vr| vr.to_string()),
        facet: shape.facet.name(),
        class: shape.class.name(),
        severity: shape.severity.name(),
        confidence: f64::from(shape.confidence) / 100.0,
        rule: &shape.rule,
        why: &shape.why,
        ps315: shape.ps315,
        hipaa: shape.hipaa,
        value,
        region: kept.region.map(RegionRecord::from),
        acknowledged: kept.acknowledged,
    }
}

/// The value, or its mask.
pub(super) fn value(kept: &Kept<'_>, options: &Options) -> String {
    match kept.value().filter(|_| options.show_values) {
        Some(value) => (*value.expose()).to_owned(),
        None => kept.mask(),
    }
}

impl From<Region> for RegionRecord {
    fn from(region: Region) -> Self {
        let Region { frame, x, y, w, h } = region;
        Self { frame, x, y, w, h }
    }
}
