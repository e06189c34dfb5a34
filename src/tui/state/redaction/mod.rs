//! Copies of marked or chosen files: how they are to be made, what the plan says, how far the writing is, what came of it.

mod account;
mod lines;
mod terms;

pub use account::{Account, Copied, Trouble};
pub use lines::{Head, Line};
pub use terms::{Basis, Order, Terms, Whose, Word};

use super::Progress;
use crate::redact::{self, Choice, MarkBook};
use std::{path::PathBuf, sync::Arc, time::Duration};

/// One redaction, from its plan to its result.
#[derive(Debug)]
pub struct Redaction {
    pub terms: Terms,
    /// Whether the words are listed.
    pub unfolded: bool,
    pub cursor: usize,
    pub stage: Stage,
    /// What is under the cursor of the library: its name for people, masked and not, and how many files it holds.
    pub here: (String, String, usize),
    pub(super) here_choice: Choice,
    /// Files that are marked, and all.
    pub marked: usize,
    pub all: usize,
    pub(super) book: Arc<MarkBook>,
    /// Of the order that was given last.
    pub(super) number: u64,
    /// Why the last order came to nothing.
    pub error: Option<String>,
}

/// How far it is.
#[derive(Debug)]
pub enum Stage {
    Planning(Run),
    Planned(Arc<Account>),
    /// The plan is kept, should nothing be written.
    Writing(Run, Arc<Account>),
    Written(Arc<Account>, PathBuf),
    /// Nothing could be planned.
    Failed,
}

/// Something that goes on.
#[derive(Debug, Default)]
pub struct Run {
    /// Files read before the first is planned, or planned or written.
    pub progress: Progress,
    pub reading: bool,
    /// Files that have no copy, so far.
    pub failed: usize,
    /// Whether it was told to stop.
    pub stopping: bool,
}

impl Run {
    pub(super) fn begin(now: Duration) -> Self {
        let mut run = Self { reading: true, ..Self::default() };
        run.progress.begin(now);
        run
    }

    pub(super) fn take(&mut self, progress: redact::Progress, now: Duration) {
        let (reading, count, all) = match progress {
            redact::Progress::Read(count, all) => (true, count, all),
            // A DICOMDIR is made last, and at once.
            redact::Progress::Listed(..) => return,
            redact::Progress::Done(count, all, failed) => {
                self.failed = failed;
                (false, count, all)
            }
        };
        if self.reading != reading {
            self.progress = Progress::default();
            self.progress.begin(now);
            self.reading = reading;
        }
        (self.progress.found, self.progress.crawled) = (all, true);
        self.progress.read(count.saturating_sub(self.progress.read), now);
    }
}

impl Redaction {
    pub fn run(&self) -> Option<&Run> {
        match &self.stage {
            Stage::Planning(run) | Stage::Writing(run, _) => Some(run),
            _ => None,
        }
    }

    pub(super) fn run_mut(&mut self) -> Option<&mut Run> {
        match &mut self.stage {
            Stage::Planning(run) | Stage::Writing(run, _) => Some(run),
            _ => None,
        }
    }

    pub fn is_writing(&self) -> bool {
        matches!(self.stage, Stage::Writing(..))
    }

    /// What is known by now: the plan, or what came of it.
    pub fn account(&self) -> Option<&Account> {
        match &self.stage {
            Stage::Planned(account) | Stage::Writing(_, account) | Stage::Written(account, _) => {
                Some(account)
            }
            Stage::Planning(_) | Stage::Failed => None,
        }
    }

    /// Files that are meant.
    pub fn count(&self) -> usize {
        match self.terms.whose {
            Whose::Marked => self.marked,
            Whose::Here => self.here.2,
            Whose::All => self.all,
        }
    }

    pub fn deadline(&self) -> Option<Duration> {
        self.run()?.progress.deadline()
    }

    pub(super) fn wake(&mut self, now: Duration) {
        if let Some(run) = self.run_mut() {
            run.progress.wake(now);
        }
    }

    /// The order that the terms come to; to plan only where `out` is `None`.
    pub(super) fn order(&self, out: Option<String>) -> Order {
        let choice = match self.terms.whose {
            Whose::Marked => Choice::Marked(Arc::clone(&self.book)),
            Whose::Here => self.here_choice.clone(),
            Whose::All => Choice::All,
        };
        Order {
            number: self.number,
            choice,
            book: Arc::clone(&self.book),
            basis: self.terms.basis,
            words: self.terms.words.clone(),
            key: self.terms.key.clone(),
            out,
        }
    }
}
