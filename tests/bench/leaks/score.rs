use super::plant::{Category, Plant, Spot};
use dcmleak::leak::{Class, Severity};
use std::collections::BTreeMap;

/// What was found in one file; the path is relative to the root that was scanned.
#[derive(Debug, Clone)]
pub struct Found {
    pub at: String,
    pub place: String,
    pub class: Class,
    pub severity: Severity,
    pub rule: String,
    /// Of an invented person.
    pub value: String,
}

/// All findings of a scan, by the relative path.
pub type Findings = BTreeMap<String, Vec<Found>>;

/// How a plant fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Found,
    /// Where it is, and of a right class, but not severe enough.
    TooMild(Severity),
    /// The value's kind was found in the file, at another place.
    Elsewhere,
    Missed,
}

impl Plant {
    /// Where the file that leaks lies under the root.
    pub fn path(&self) -> String {
        format!("{}/s/{}", self.name, self.files[self.leaky].path)
    }

    fn is_here(&self, found: &Found) -> bool {
        self.spots.iter().any(|spot| match spot {
            Spot::At(at) => found.at.eq_ignore_ascii_case(at),
            Spot::Place(place) => found.at.is_empty() && found.place == *place,
        })
    }

    /// Whether anything of medium or above is found at its place, whatever it is taken for.
    pub fn is_told(&self, findings: &Findings) -> bool {
        let all = findings.get(&self.path()).map_or(&[][..], Vec::as_slice);
        all.iter().any(|found| self.is_here(found) && found.severity >= Severity::Medium)
    }

    pub fn judge(&self, findings: &Findings) -> Verdict {
        let accepted = self.kind.accepted();
        let all = findings.get(&self.path()).map_or(&[][..], Vec::as_slice);
        let fits =
            |f: &&Found| accepted.iter().any(|(class, least)| f.class == *class && f.severity >= *least);
        if all.iter().filter(fits).any(|f| self.is_here(f)) {
            return Verdict::Found;
        }
        let kindred = |f: &&Found| accepted.iter().any(|(class, _)| f.class == *class);
        match all.iter().filter(kindred).filter(|f| self.is_here(f)).map(|f| f.severity).max() {
            Some(severity) => Verdict::TooMild(severity),
            None if all.iter().any(|f| fits(&f)) => Verdict::Elsewhere,
            None => Verdict::Missed,
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    pub plants: u32,
    pub found: u32,
    /// Found, or found elsewhere in the file, or too mild.
    pub somewhere: u32,
    /// Direct identifiers that were found where they are, yet not as `high`.
    pub mild: u32,
}

impl Score {
    pub fn recall(&self) -> f64 {
        f64::from(self.found) / f64::from(self.plants.max(1))
    }
}

pub fn scores(plants: &[Plant], findings: &Findings) -> BTreeMap<Category, Score> {
    let mut scores: BTreeMap<Category, Score> = BTreeMap::new();
    for plant in plants {
        let verdict = plant.judge(findings);
        let score = scores.entry(plant.category).or_default();
        score.plants += 1;
        score.found += u32::from(verdict == Verdict::Found);
        score.somewhere += u32::from(verdict != Verdict::Missed);
        score.mild += u32::from(plant.kind.is_direct() && matches!(verdict, Verdict::TooMild(_)));
    }
    scores
}
