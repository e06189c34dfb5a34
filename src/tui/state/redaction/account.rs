use crate::{
    redact::{Ending, MANIFEST, Outcome, Summary},
    text::counted,
};
use std::path::{Path, PathBuf};

/// Files of each kind that are listed; the manifest has all.
const MOST: usize = 10_000;

/// What came of a plan or of a run, as far as it is shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Account {
    pub summary: Summary,
    pub warnings: Vec<String>,
    /// Files that have no copy, or would have none.
    pub troubles: Vec<Trouble>,
    pub copies: Vec<Copied>,
    /// Where the manifest is; `None` where nothing was written, or not to its end.
    pub manifest: Option<PathBuf>,
}

/// A file without a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub path: PathBuf,
    /// Its path for people.
    pub shown: PathBuf,
    pub why: String,
}

/// A file and its copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    pub path: PathBuf,
    /// The original's path for people.
    pub shown: PathBuf,
    pub copy: PathBuf,
    /// The copy's name below the output folder.
    pub name: PathBuf,
}

impl Account {
    /// Takes time linear in the files. `out` is where copies were to be written.
    pub fn of(outcomes: &[Outcome], out: Option<&Path>) -> Self {
        let summary = Summary::of(outcomes);
        let troubles = outcomes.iter().filter(|outcome| is_trouble(outcome)).take(MOST).map(|outcome| {
            let (path, shown) = (outcome.path.clone(), outcome.shown.clone());
            Trouble { path, shown, why: outcome.why() }
        });
        let written = |outcome: &Outcome| match (&outcome.ending, out) {
            (Ending::Written(copy), Some(out)) => Some(Copied {
                path: outcome.path.clone(),
                shown: outcome.shown.clone(),
                copy: out.join(&copy.name),
                name: copy.name.clone(),
            }),
            _ => None,
        };
        let ended = summary.done > 0 && summary.cancelled == 0;
        Self {
            warnings: warnings(&summary, out.is_some()),
            troubles: troubles.collect(),
            copies: outcomes.iter().filter_map(written).take(MOST).collect(),
            manifest: out.filter(|_| ended).map(|out| out.join(MANIFEST)),
            summary,
        }
    }
}

/// What was called off is counted, and not listed.
fn is_trouble(outcome: &Outcome) -> bool {
    outcome.is_failure() && !matches!(outcome.ending, Ending::Cancelled)
}

fn warnings(summary: &Summary, writes: bool) -> Vec<String> {
    let mut warnings = Vec::new();
    if summary.cancelled > 0 && writes {
        warnings.push(format!(
            "stopped, {} not written: what was written stays, without a manifest",
            counted(summary.cancelled, "file")
        ));
    }
    if summary.for_pixels {
        warnings.push("text is seen in images, or said to be there:".to_owned());
        warnings.push("  clean pixels blacks it out, allow burned-in text lets it out".to_owned());
    }
    if summary.apart > 0 {
        let claim = if summary.identity > 0 { ", or that identity was removed" } else { "" };
        warnings
            .push(format!("{} will not claim to follow the profile{claim}", counted(summary.apart, "file")));
    }
    if summary.changed > 0 {
        warnings.push(format!("changed since they were marked: {}", counted(summary.changed, "file")));
    }
    if summary.partial > 0 {
        warnings.push(format!("read in part, and only that is copied: {}", counted(summary.partial, "file")));
    }
    warnings
}
