use crate::{
    dicom::{Reading, Tag},
    leak::{Declared, Finding, Severity, Subject},
};
use std::borrow::Cow;

/// Findings of one file at most; what leaks so often is known by then.
const MOST_FINDINGS: usize = 20_000;
/// Findings of one attribute below `medium`; a series of references names hundreds of UIDs, and the first say it.
const MOST_LOW: u32 = 32;
/// Attributes that are counted so; a hostile file may have more.
const MOST_TAGS: usize = 256;

/// What the detectors know while they walk through a file, and what they found.
pub(super) struct Scene<'a> {
    pub reading: &'a Reading,
    pub declared: Declared,
    /// The patient's, eight digits, or empty.
    pub birth_date: Cow<'a, str>,
    low: Vec<(Tag, u32)>,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Scene<'a> {
    pub fn new(subject: &Subject<'a>, findings: &'a mut Vec<Finding>) -> Self {
        let reading = subject.reading;
        let birth_date = reading.text(Tag(0x0010, 0x0030));
        let whole = birth_date.len() == 8 && birth_date.bytes().all(|byte| byte.is_ascii_digit());
        Self {
            reading,
            declared: Declared::of(reading),
            birth_date: if whole { birth_date } else { Cow::Borrowed("") },
            low: Vec::new(),
            findings,
        }
    }

    pub fn report(&mut self, finding: Finding) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        }
    }

    /// Findings so far.
    pub fn count(&self) -> usize {
        self.findings.len()
    }

    /// Whether a finding below `medium` of this attribute, inside of a sequence, would only repeat what many said.
    pub fn is_repeated(&mut self, tag: Tag, severity: Severity) -> bool {
        if severity >= Severity::Medium {
            return false;
        }
        if let Some((_, count)) = self.low.iter_mut().find(|(known, _)| *known == tag) {
            *count = count.saturating_add(1);
            return *count > MOST_LOW;
        }
        if self.low.len() < MOST_TAGS {
            self.low.push((tag, 1));
            return false;
        }
        true
    }
}
