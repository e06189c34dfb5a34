use super::{Claims, Facts, FileReport, Finding, detect};
use crate::{
    dicom::{Reading, Tag},
    text::Sensitive,
};
use std::path::Path;

/// Runs the detectors. One serves all files and lanes.
#[derive(Debug, Default)]
pub struct Inspector {}

impl Inspector {
    pub fn new() -> Self {
        Self::default()
    }

    /// What `reading`, found at `path`, gives away. Takes time linear in the bytes that the reading holds.
    pub fn inspect(&self, reading: &Reading, path: &Path) -> FileReport {
        let mut findings = Vec::new();
        detect::all(&detect::Subject { reading, path }, &mut findings);
        FileReport {
            path: path.to_owned(),
            size: reading.size,
            status: reading.status,
            error: reading.error.clone(),
            facts: facts(reading),
            claims: claims(reading, &findings),
            findings,
        }
    }
}

fn facts(reading: &Reading) -> Facts {
    let text = |group, element| reading.text(Tag(group, element)).into_owned();
    let private = |group, element| Sensitive::new(text(group, element));
    Facts {
        sop_class: text(0x0008, 0x0016),
        transfer_syntax: reading.syntax.uid.clone().unwrap_or_default(),
        modality: text(0x0008, 0x0060),
        patient_name: private(0x0010, 0x0010),
        patient_id: private(0x0010, 0x0020),
        study: private(0x0020, 0x000d),
        series: private(0x0020, 0x000e),
        study_date: private(0x0008, 0x0020),
        study_description: private(0x0008, 0x1030),
        series_description: private(0x0008, 0x103e),
        series_number: private(0x0020, 0x0011),
        instance_number: private(0x0020, 0x0013),
    }
}

fn claims(reading: &Reading, _findings: &[Finding]) -> Claims {
    let yes_no = |tag| match reading.text(tag).trim() {
        "YES" => Some(true),
        "NO" => Some(false),
        _ => None,
    };
    Claims {
        identity_removed: yes_no(Tag(0x0012, 0x0062)),
        burned_in: yes_no(Tag(0x0028, 0x0301)),
        contradicted: false,
    }
}
