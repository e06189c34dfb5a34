use super::{Opened, Outline};
use crate::{
    leak::{Finding, FindingId, Severity},
    library::{Catalog, FileId, Kept},
};
use std::sync::Arc;

/// Which findings of an open file are let stand, and what is left of the lines' badges without them.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Of each finding of the file; empty where none is let stand.
    reasons: Vec<Option<Arc<str>>>,
    own: Vec<Option<Severity>>,
    under: Vec<Option<Severity>>,
}

impl Standing {
    pub fn of(catalog: &Catalog, file: FileId, opened: &Opened) -> Self {
        if catalog.file(file).is_none_or(|file| file.acknowledged == 0) {
            return Self::default();
        }
        let reason =
            |at| identified(catalog, file, opened, at).and_then(|(_, kept)| kept.acknowledged.map(Arc::from));
        let reasons: Vec<Option<Arc<str>>> = (0..opened.findings.len()).map(reason).collect();
        let (own, under) = opened.worst(|at| reasons.get(at).is_none_or(Option::is_none));
        Self { reasons, own, under }
    }

    /// Why a finding is let stand; `None` where it counts.
    pub fn reason(&self, finding: usize) -> Option<&str> {
        self.reasons.get(finding)?.as_deref()
    }

    /// How many findings are let stand.
    pub fn count(&self) -> usize {
        self.reasons.iter().flatten().count()
    }

    /// The worst finding on a line that counts.
    pub fn own(&self, opened: &Opened, line: usize) -> Option<Severity> {
        if self.reasons.is_empty() { opened.own(line) } else { self.own.get(line).copied().flatten() }
    }

    /// The worst finding on a line or below it that counts.
    pub fn under(&self, opened: &Opened, line: usize) -> Option<Severity> {
        if self.reasons.is_empty() { opened.under(line) } else { self.under.get(line).copied().flatten() }
    }

    /// The lines that have a finding of at least `floor` that counts, with the lines that hold them.
    pub fn lines(&self, opened: &Opened, floor: Severity) -> Vec<usize> {
        (0..opened.len()).filter(|&line| self.under(opened, line) >= Some(floor)).collect()
    }
}

/// What the catalog has of a finding of an open file: the finding at the same place by the same rule, and of several
/// the one with the same number.
pub fn identified<'a>(
    catalog: &'a Catalog,
    file: FileId,
    opened: &Opened,
    at: usize,
) -> Option<(FindingId, Kept<'a>)> {
    let finding = opened.findings.get(at)?;
    let same = |other: &Finding| {
        (other.place, &other.at, &other.rule, other.class)
            == (finding.place, &finding.at, &finding.rule, finding.class)
    };
    let before = opened.findings.iter().take(at).filter(|other| same(other)).count();
    let mut known = catalog.identified(file).filter(|(_, kept)| {
        let shape = kept.shape;
        (shape.place, &shape.at, &shape.rule, shape.class)
            == (finding.place, &finding.at, &finding.rule, finding.class)
    });
    known.nth(before)
}
