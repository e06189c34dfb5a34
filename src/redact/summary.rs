use super::{Action, Edited, Ending, Keeper, LeftOut, Outcome, Path, Why};
use std::collections::BTreeMap;

/// What the outcomes of a run add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that are written and verified, or for which a plan leaves nothing.
    pub done: usize,
    pub not_dicom: usize,
    pub directories: usize,
    pub unmarked: usize,
    /// Files that should have a copy and have none, or would have none; those that were not begun among them.
    pub failed: usize,
    pub cancelled: usize,
    /// Files that are others than when they were marked, and copied or to be copied all the same.
    pub changed: usize,
    /// Files of which only a part could be read, and is copied.
    pub partial: usize,
    /// Whether any has no copy for what is seen in its image, or said of it.
    pub for_pixels: bool,
    /// What is done to which attribute and why: in how many files, and how often.
    pub edits: BTreeMap<(Path, Action, Why), (u32, u32)>,
    /// What gives away and stays, by whom: how often.
    pub stays: BTreeMap<(Path, Keeper), u32>,
    /// What stays against the standard's profile by somebody's own will: in how many files.
    pub exceptions: BTreeMap<(Path, Action), u32>,
    /// Files that have some, and those of them that do not say that identity was removed.
    pub apart: usize,
    pub identity: usize,
}

impl Summary {
    pub fn of(outcomes: &[Outcome]) -> Self {
        let mut summary = Self::default();
        outcomes.iter().for_each(|outcome| summary.add(outcome));
        summary
    }

    fn add(&mut self, outcome: &Outcome) {
        let failed = outcome.is_failure();
        let count = match &outcome.ending {
            _ if failed => &mut self.failed,
            Ending::LeftOut(LeftOut::NotDicom) => &mut self.not_dicom,
            Ending::LeftOut(LeftOut::Directory) => &mut self.directories,
            Ending::LeftOut(LeftOut::Unmarked) => &mut self.unmarked,
            _ => &mut self.done,
        };
        *count += 1;
        self.cancelled += usize::from(matches!(outcome.ending, Ending::Cancelled));
        self.changed += usize::from(!failed && outcome.changed);
        self.partial += usize::from(!failed && outcome.partial.is_some());
        self.for_pixels |= outcome.is_for_pixels();
        self.add_edits(&outcome.edited);
        for exception in outcome.exceptions.attributes.keys() {
            *self.exceptions.entry(exception.clone()).or_default() += 1;
        }
        self.apart += usize::from(!outcome.exceptions.is_empty());
        self.identity += usize::from(outcome.exceptions.identity);
        for stay in &outcome.stays {
            *self.stays.entry((Path::of(&stay.at), stay.by)).or_default() += 1;
        }
    }

    fn add_edits(&mut self, edited: &Edited) {
        for (edit, count) in edited {
            if let Some((files, times)) = self.edits.get_mut(edit) {
                (*files, *times) = (*files + 1, *times + count);
            } else {
                self.edits.insert(edit.clone(), (1, *count));
            }
        }
    }
}
