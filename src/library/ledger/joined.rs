use super::{Ledger, Shape, Sheet, detail::Detail};
use crate::{
    leak::{Claims, FileReport, Finding},
    text::Sensitive,
};
use std::hash::BuildHasher;

/// In front of what stands in for a value while findings are joined: the number of a detail, or a mask. Findings that
/// the joining itself makes have no such mark.
const OWN: char = '\0';
const TOLD: char = '\u{1}';

impl Ledger {
    /// A file's own findings with those that other files told of it, whose values are masks; and what the file's
    /// claims are worth then.
    pub fn join(&mut self, own: &Sheet, told: Vec<Finding>, mut report: FileReport) -> (Sheet, Claims) {
        let details = self.details(own);
        report.findings = self.read(own).map(|kept| kept.to_finding()).collect();
        for (at, finding) in report.findings.iter_mut().enumerate() {
            finding.value = Sensitive::new(format!("{OWN}{at}"));
        }
        let mark = |mut finding: Finding| {
            finding.value = Sensitive::new(format!("{TOLD}{}", finding.value.expose()));
            finding
        };
        report.join(told.into_iter().map(mark).collect());
        let mut shapes = Vec::with_capacity(report.findings.len());
        let mut joined = Vec::with_capacity(report.findings.len());
        for finding in report.findings {
            joined.push(self.marked(&finding, &details));
            shapes.push(self.shape(Shape::from(finding)));
        }
        (self.sheet(shapes, joined), report.claims)
    }

    fn marked(&mut self, finding: &Finding, own: &[Detail]) -> Detail {
        let value = finding.value.expose();
        if let Some(at) = value.strip_prefix(OWN) {
            return at.parse().ok().and_then(|at: usize| own.get(at)).copied().unwrap_or_default();
        }
        match value.strip_prefix(TOLD) {
            Some(mask) => {
                let (digest, text) = (self.digest.hash_one(value), self.texts.add(mask));
                Self::detail_of(finding, digest, text)
            }
            None => self.detail(finding),
        }
    }
}
