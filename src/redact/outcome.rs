use super::{Action, Exceptions, Leftover, Path, Problem, Stay, Why, settle};
use crate::dicom::{Location, ReadError};
use std::{collections::BTreeMap, path::PathBuf};

/// Places that a reason names.
const MOST_PLACES: usize = 3;

/// Of each attribute what is done, why, and how often.
pub type Edited = BTreeMap<(Path, Action, Why), u32>;

/// What became of one file.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Where it was found.
    pub path: PathBuf,
    /// The same for people: masked where it gives away. Not made safe for a terminal.
    pub shown: PathBuf,
    pub ending: Ending,
    pub edited: Edited,
    pub stays: Vec<Stay>,
    /// What no edit takes out, as the plan sees it.
    pub problems: Vec<Problem>,
    /// What stays, or is cleaned only, by somebody's own will; the copy does not claim what it is against.
    pub exceptions: Exceptions,
    /// Why the original could be read in part only; what could be read is what is in the copy.
    pub partial: Option<ReadError>,
    /// Whether the file is another than when it was marked.
    pub changed: bool,
}

/// How it ended.
#[derive(Debug, Clone)]
pub enum Ending {
    /// Planned only.
    Planned,
    /// Written and verified.
    Written(Verified),
    /// Written, found not to be clean, and taken away again.
    Withheld(Vec<Leftover>),
    /// Not what it should be after it was written, and taken away again.
    Defective(String),
    LeftOut(LeftOut),
    Failed(String),
    /// Not begun when the run was called off.
    Cancelled,
}

/// Why a file gets no copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    NotDicom,
    Directory,
    /// Marks are followed, and it has none.
    Unmarked,
}

/// A copy that was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Below the output folder.
    pub name: PathBuf,
    pub bytes: u64,
    pub sha256: String,
    /// The original's SHA-256, hashed with the run's key: the plain one would let who guesses what was taken out know
    /// when the guess is right.
    pub original: String,
}

impl Outcome {
    pub(super) fn new(path: PathBuf, ending: Ending) -> Self {
        Self {
            shown: PathBuf::new(),
            path,
            ending,
            edited: Edited::new(),
            stays: Vec::new(),
            problems: Vec::new(),
            exceptions: Exceptions::default(),
            partial: None,
            changed: false,
        }
    }

    /// Whether the file should have a copy and has none, or would have none.
    pub fn is_failure(&self) -> bool {
        match self.ending {
            Ending::Planned => !self.problems.is_empty(),
            Ending::Written(_) | Ending::LeftOut(_) => false,
            Ending::Withheld(_) | Ending::Defective(_) | Ending::Failed(_) | Ending::Cancelled => true,
        }
    }

    /// Whether there is no copy for what is seen in the image, or said of it.
    pub fn is_for_pixels(&self) -> bool {
        let of_pixels = |rule: &str| rule.starts_with("pixels.") || settle::is_stated(rule);
        match &self.ending {
            Ending::Planned => self.problems.iter().any(|problem| of_pixels(&problem.rule)),
            Ending::Withheld(left) => left.iter().any(|left| of_pixels(&left.rule)),
            _ => false,
        }
    }

    /// What became of it and why, in words without a value.
    pub fn reason(&self) -> String {
        let became = match &self.ending {
            Ending::Planned if self.is_failure() => "would be withheld",
            Ending::Planned => "planned",
            Ending::Written(_) => "written",
            Ending::Withheld(_) | Ending::Defective(_) => "withheld",
            Ending::LeftOut(_) => "left out",
            Ending::Failed(_) | Ending::Cancelled => "not written",
        };
        let why = self.why();
        if why.is_empty() { became.to_owned() } else { format!("{became}: {why}") }
    }

    /// Why it has no copy, or would have none, in words without a value; empty where it has one.
    pub fn why(&self) -> String {
        match &self.ending {
            Ending::Planned if !self.is_failure() => String::new(),
            Ending::Planned => {
                let places = self.problems.iter().map(|problem| place(&problem.at, &problem.rule));
                format!("no edit takes out: {}", listed(places))
            }
            Ending::Written(_) => String::new(),
            Ending::Withheld(left) => {
                let places = left.iter().map(|left| place(&left.at, &left.rule));
                format!("the copy still gives away: {}", listed(places))
            }
            Ending::Defective(why) | Ending::Failed(why) => why.clone(),
            Ending::LeftOut(LeftOut::NotDicom) => "not DICOM".to_owned(),
            Ending::LeftOut(LeftOut::Directory) => {
                "a DICOMDIR lists patients, and files that have other names now".to_owned()
            }
            Ending::LeftOut(LeftOut::Unmarked) => "not marked".to_owned(),
            Ending::Cancelled => "interrupted".to_owned(),
        }
    }
}

/// The first places, each once.
fn listed(places: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = places.collect();
    all.dedup();
    let more = all.len().saturating_sub(MOST_PLACES);
    all.truncate(MOST_PLACES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    all.join(", ") + &more
}

fn place(at: &Location, rule: &str) -> String {
    if at.0.is_empty() { rule.to_owned() } else { format!("{at} {rule}") }
}
