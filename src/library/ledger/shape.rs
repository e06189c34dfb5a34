use crate::{
    dicom::{Location, Tag, Vr},
    leak::{Class, Facet, Finding, Place, Severity},
};
use std::{
    borrow::Cow,
    hash::{Hash, Hasher},
};

/// What findings of one kind at one place have in common: all but the value. Fields as in [`Finding`].
#[derive(Debug, PartialEq, Eq)]
pub struct Shape {
    pub place: Place,
    pub at: Location,
    pub vr: Option<Vr>,
    pub class: Class,
    pub facet: Facet,
    pub severity: Severity,
    pub confidence: u8,
    pub rule: Cow<'static, str>,
    pub why: Cow<'static, str>,
    pub ps315: Option<&'static str>,
    pub hipaa: Option<char>,
}

impl Shape {
    /// The attribute that holds it.
    pub fn tag(&self) -> Option<Tag> {
        self.at.0.last().map(|step| step.tag)
    }
}

impl Shape {
    /// Whether it is that of the finding.
    pub(super) fn is_of(&self, finding: &Finding) -> bool {
        // What differs most often first.
        self.at == finding.at
            && is_same(&self.rule, &finding.rule)
            && is_same(&self.why, &finding.why)
            && (self.place, self.vr, self.class, self.facet, self.severity, self.confidence)
                == (
                    finding.place,
                    finding.vr,
                    finding.class,
                    finding.facet,
                    finding.severity,
                    finding.confidence,
                )
            && (self.ps315, self.hipaa) == (finding.ps315, finding.hipaa)
    }
}

/// Sentences of rules are most often the very same bytes.
fn is_same(one: &str, other: &str) -> bool {
    std::ptr::eq(one, other) || one == other
}

impl From<Finding> for Shape {
    fn from(finding: Finding) -> Self {
        Self {
            place: finding.place,
            at: finding.at,
            vr: finding.vr,
            class: finding.class,
            facet: finding.facet,
            severity: finding.severity,
            confidence: finding.confidence,
            rule: finding.rule,
            why: finding.why,
            ps315: finding.ps315,
            hipaa: finding.hipaa,
        }
    }
}

/// Of what tells shapes apart in practice; the rest follows from the rule.
impl Hash for Shape {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for step in &self.at.0 {
            state.write_u32(u32::from(step.tag.0) << 16 | u32::from(step.tag.1));
            state.write_u32(step.item.unwrap_or(u32::MAX));
        }
        state.write(self.rule.as_bytes());
        state.write_u32(u32::from_le_bytes([
            self.place as u8,
            self.class as u8,
            self.severity as u8,
            self.confidence,
        ]));
    }
}
