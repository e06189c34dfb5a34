use crate::{
    leak::Severity,
    library::{Applied, Catalog, Change, FileId, Found, Means, PathKey, Roots, Roster, WatchState},
    text::counted,
};
use std::{collections::HashSet, time::Duration};

/// What comes, changes and goes while the folder is open.
#[derive(Debug, Default)]
pub struct Arrivals {
    /// `None` where nobody watches.
    roster: Option<Roster>,
    /// How the folder is watched, once that is known.
    pub state: Option<WatchState>,
    /// Files that are being read.
    waiting: HashSet<FileId>,
    /// Since it was said last.
    count: Count,
    due: Option<Duration>,
}

/// What is said of what came, changed and went.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    /// "37 new files, 12 critical".
    pub text: String,
    /// Whether a file that came has a finding that is critical or high.
    pub leaks: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Count {
    new: usize,
    changed: usize,
    gone: usize,
    critical: usize,
    high: usize,
}

impl Arrivals {
    /// How long what comes is gathered before it is said.
    const GATHER: Duration = Duration::from_millis(1200);

    /// Before anything is found.
    pub fn begin(&mut self, roots: Roots) {
        self.roster = Some(Roster::new(roots));
    }

    pub fn found(&mut self, files: &[Found]) {
        if let Some(roster) = &mut self.roster {
            roster.found(files);
        }
    }

    /// What is there, once the crawl is over.
    pub fn known(&self) -> Option<Vec<PathKey>> {
        self.roster.as_ref().map(Roster::keys)
    }

    /// Says that the scan is over; files that are to be read again.
    pub fn scanned(&mut self, catalog: &mut Catalog, now: Duration) -> Vec<Found> {
        let Some(roster) = &mut self.roster else { return Vec::new() };
        let applied = roster.scanned(catalog);
        self.note(applied, now).0
    }

    /// Brings changes into the catalog; what is to be read, and what is gone.
    pub fn apply(
        &mut self,
        changes: Vec<Change>,
        catalog: &mut Catalog,
        now: Duration,
    ) -> (Vec<Found>, Vec<FileId>) {
        let Some(roster) = &mut self.roster else { return Default::default() };
        let applied = roster.apply(changes, catalog);
        self.note(applied, now)
    }

    fn note(&mut self, applied: Applied, now: Duration) -> (Vec<Found>, Vec<FileId>) {
        self.waiting.extend(applied.read.iter().map(|found| found.id));
        self.count.new += applied.new;
        self.count.changed += applied.read.len() - applied.new;
        self.count.gone += applied.gone.len();
        self.due.get_or_insert(now + Self::GATHER);
        (applied.read, applied.gone)
    }

    /// These were read; those of them that had arrived.
    pub fn read(&mut self, files: impl Iterator<Item = FileId>, catalog: &Catalog) -> Vec<FileId> {
        if self.waiting.is_empty() {
            return Vec::new();
        }
        let arrived: Vec<FileId> = files.filter(|file| self.waiting.remove(file)).collect();
        for &file in &arrived {
            match catalog.file(file).and_then(|file| file.worst) {
                Some(Severity::Critical) => self.count.critical += 1,
                Some(Severity::High) => self.count.high += 1,
                _ => {}
            }
        }
        arrived
    }

    pub fn deadline(&self) -> Option<Duration> {
        self.due
    }

    /// What there is to say by now.
    pub fn said(&mut self, now: Duration) -> Option<Said> {
        self.due.filter(|due| *due <= now)?;
        if !self.waiting.is_empty() {
            self.due = Some(now + Self::GATHER);
            return None;
        }
        self.due = None;
        let count = std::mem::take(&mut self.count);
        let files = |count: usize, word: &str| (count > 0).then(|| counted(count, &format!("{word} file")));
        let bad = |count: usize, word: &str| (count > 0).then(|| format!("{count} {word}"));
        let parts = [
            files(count.new, "new"),
            files(count.changed, "changed"),
            files(count.gone, "removed"),
            bad(count.critical, "critical"),
            bad(count.high, "high"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let leaks = count.critical + count.high > 0;
        (!parts.is_empty()).then(|| Said { text: parts.join(", "), leaks })
    }

    /// How it is watched, for the status line: `watching`, `watching every 4 s`.
    pub fn mode(&self) -> Option<String> {
        let state = self.state.as_ref()?;
        Some(match state.means {
            Means::Native | Means::Both => "watching".to_owned(),
            Means::Poll => format!("watching every {:.0} s", state.lag.as_secs_f64()),
        })
    }
}
