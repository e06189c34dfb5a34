//! Orders for copies, done at once, with a key that is always the same.

use super::fixed;
use dcmleak::{
    dicom::{Limits, Reader},
    leak::Inspector,
    library::Roots,
    redact::{self, Job, Key, Pseudonyms},
    tui::state::{Account, Msg, Opened, redaction::Order},
};
use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

#[derive(Default)]
pub struct Copies {
    pub root: PathBuf,
    /// Whether only what a table of tests knows is said to stay, rather than what the detectors find, which learn.
    pub fixed: bool,
    /// Whether orders wait until they are let go on or are stopped.
    pub held: bool,
    /// An order that waits, and whether images are looked at for it.
    waiting: Option<(Order, bool)>,
    /// What is written is written below it.
    folder: Option<tempfile::TempDir>,
}

impl Copies {
    pub fn take(&mut self, order: Order, inspector: &Arc<Inspector>, looks: bool) -> Option<Msg> {
        if self.held {
            let number = order.number;
            self.waiting = Some((order, looks));
            return Some(Msg::Redacting { number, progress: redact::Progress::Done(120, 1234, 7) });
        }
        Some(self.made(&order, inspector, looks, None))
    }

    /// Lets the order go on that waits.
    pub fn go_on(&mut self, inspector: &Arc<Inspector>) -> Option<Msg> {
        self.held = false;
        let (order, looks) = self.waiting.take()?;
        Some(self.made(&order, inspector, looks, None))
    }

    /// Stops the order that waits, once a file of it is done.
    pub fn stop(&mut self, inspector: &Arc<Inspector>) -> Option<Msg> {
        let (order, looks) = self.waiting.take()?;
        Some(self.made(&order, inspector, looks, Some(1)))
    }

    /// Where what was typed leads to.
    pub fn place(&mut self, typed: &str) -> PathBuf {
        self.folder.get_or_insert_with(|| tempfile::tempdir().unwrap()).path().join(typed)
    }

    fn made(&mut self, order: &Order, inspector: &Arc<Inspector>, looks: bool, most: Option<usize>) -> Msg {
        let out = order.out.as_ref().map(|out| self.place(out));
        let mut planner = order.planner(Pseudonyms::new(Key::of([3; 32]))).unwrap();
        planner.allow_burned_in |= !looks;
        let job = Job {
            roots: Roots::new([self.root.clone()]),
            choice: order.choice.clone(),
            inspector: Arc::clone(inspector),
            planner,
            out,
            jobs: NonZeroUsize::MIN,
            limits: Limits::default(),
            directory: false,
        };
        let cancel = AtomicBool::new(false);
        let result = redact::run(&job, &cancel, &mut |progress| {
            if let (redact::Progress::Done(count, ..), Some(most)) = (progress, most) {
                cancel.fetch_or(count >= most, Ordering::Relaxed);
            }
        });
        let typed = order.out.as_ref().map(PathBuf::from);
        let account = |outcomes: Vec<redact::Outcome>| {
            let mut account = Account::of(&outcomes, typed.as_deref());
            account.summary.stays.retain(|(path, _), _| !self.fixed || fixed::knows(path));
            Arc::new(account)
        };
        let result =
            result.map(|outcomes| (account(outcomes), typed.clone())).map_err(|error| error.to_string());
        Msg::Redacted { number: order.number, result }
    }

    pub fn pair(&mut self, original: &Path, copy: &Path) -> Msg {
        let read = |path: &Path| {
            let reading = Reader::new(Limits::default()).read(path);
            Arc::new(Opened::new(path.to_owned(), Arc::new(reading), Vec::new(), Vec::new()))
        };
        let copy = self.place(&copy.to_string_lossy());
        Msg::Paired(Ok((read(original), read(&copy))))
    }
}
