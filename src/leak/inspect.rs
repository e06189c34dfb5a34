use super::{
    Claims, Facts, FileReport, Finding, Passage, Subject, carrier,
    content::{self, Hit},
    cross, detect, rule,
};
use crate::{
    dicom::{Reading, Tag},
    text::Sensitive,
};
use std::{borrow::Cow, path::Path};

/// Runs the detectors. One serves all files and lanes.
#[derive(Debug, Default)]
pub struct Inspector {}

impl Inspector {
    pub fn new() -> Self {
        Self::default()
    }

    /// What `reading` gives away, found at `path`, of which `name` is the part that is judged (see [`Subject`]).
    /// Takes time linear in the bytes that the reading holds.
    pub fn inspect(&self, reading: &Reading, path: &Path, name: &Path) -> FileReport {
        let subject = Subject { reading, name };
        let mut findings = Vec::new();
        detect::all(&subject, &mut findings);
        let mut passages = Vec::new();
        detect::passages(&subject, &mut passages);
        carrier::passages(&subject, &mut passages);
        for passage in &passages {
            findings.extend(
                content::scan(&passage.text).into_iter().filter_map(|hit| said(&subject, passage, hit)),
            );
        }
        let evidence = cross::search(&subject, &passages, &mut findings);
        FileReport {
            path: path.to_owned(),
            size: reading.size,
            status: reading.status,
            error: reading.error.clone(),
            facts: facts(reading),
            claims: claims(reading, &findings),
            findings,
            evidence,
        }
    }
}

/// The finding of something that a passage says.
fn said(subject: &Subject<'_>, passage: &Passage<'_>, hit: Hit) -> Option<Finding> {
    let rule = rule::find(hit.rule)?;
    let text = passage.text.get(hit.span.clone())?;
    Some(Finding {
        place: passage.place,
        at: passage.row.map(|row| subject.reading.rows.location(row)).unwrap_or_default(),
        row: passage.row,
        vr: passage.vr,
        class: rule.class,
        facet: rule.class.facet(),
        severity: rule.severity,
        confidence: hit.confidence,
        rule: Cow::Borrowed(rule.name),
        why: Cow::Borrowed(rule.why),
        ps315: None,
        hipaa: rule.hipaa,
        value: Sensitive::new(text.chars().take(Finding::MOST_VALUE).collect()),
        span: None,
        region: None,
    })
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
