use super::{Counts, Evidence, Finding, Severity};
use crate::{
    dicom::{ReadError, RowId, Stamp, Status},
    text::Sensitive,
};
use std::path::PathBuf;

/// What one file gives away.
#[derive(Debug)]
pub struct FileReport {
    /// As the user named it: the argument, and the way from there.
    pub path: PathBuf,
    pub size: u64,
    /// As it was when it was read.
    pub stamp: Stamp,
    pub status: Status,
    pub error: Option<ReadError>,
    pub facts: Facts,
    pub claims: Claims,
    /// In file order: path, preamble, meta, data set, trailer.
    pub findings: Vec<Finding>,
    /// What it leaves for the other files of its patient.
    pub evidence: Evidence,
}

impl FileReport {
    pub fn counts(&self) -> Counts {
        self.findings.iter().map(|finding| finding.severity).collect()
    }

    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

/// What the file says it is, and whose: what files are told apart and put together by. Empty where unstated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    pub sop_class: String,
    pub transfer_syntax: String,
    pub modality: String,
    pub patient_name: Sensitive<String>,
    pub patient_id: Sensitive<String>,
    pub study: Sensitive<String>,
    pub series: Sensitive<String>,
    pub study_date: Sensitive<String>,
    pub study_description: Sensitive<String>,
    pub series_description: Sensitive<String>,
    pub series_number: Sensitive<String>,
    pub instance_number: Sensitive<String>,
}

/// What the file claims of its own harmlessness; `None` where it claims nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Claims {
    /// (0012,0062) Patient Identity Removed.
    pub identity_removed: Option<bool>,
    /// (0028,0301) Burned In Annotation.
    pub burned_in: Option<bool>,
    /// (0028,0303) Longitudinal Temporal Information Modified says REMOVED.
    pub dates_removed: bool,
    /// Whether a finding contradicts a claim.
    pub contradicted: bool,
    /// The rows of (0012,0062), (0028,0301) and (0028,0303).
    pub rows: [Option<RowId>; 3],
}
