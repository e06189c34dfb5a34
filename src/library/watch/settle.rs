use super::PathKey;
use crate::dicom::Stamp;
use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// What happened to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new, or perhaps another than before, and complete.
    Ready(PathBuf, Stamp),
    /// It is there no longer.
    Gone(PathKey),
}

/// How long a file that its writer closed, or that got its name, has to rest: what follows at once is waited for.
const CLOSED: Duration = Duration::from_millis(150);
/// How long a file has to be unchanged, where nobody says that it was closed.
const UNCHANGED: Duration = Duration::from_millis(1500);
/// The same of one whose name says that it is a part of one.
const PART: Duration = Duration::from_secs(30);
/// Endings of names under which programs write what they rename later.
const PARTS: [&str; 8] =
    [".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".download", ".writing"];

/// Files from when something was seen of them until they are complete; and what is known of all others, so that
/// none is read again that did not change. Pure: time and files are told to it.
#[derive(Debug, Default)]
pub(super) struct Settle {
    /// `None`: it was found by the scan, and not looked at here yet.
    known: HashMap<PathKey, Option<Stamp>>,
    pending: HashMap<PathKey, Pending>,
}

#[derive(Debug)]
struct Pending {
    path: PathBuf,
    closed: bool,
    since: Duration,
    /// As it was when it was looked at last.
    stamp: Option<Stamp>,
}

impl Pending {
    fn due(&self) -> Duration {
        let rest = match self.closed {
            _ if is_part(&self.path) => PART,
            true => CLOSED,
            false => UNCHANGED,
        };
        self.since + rest
    }
}

impl Settle {
    /// Takes what a scan found: read already, or about to be.
    pub fn begin(&mut self, known: impl IntoIterator<Item = PathKey>) {
        self.known.extend(known.into_iter().map(|key| (key, None)));
    }

    /// Somebody writes to the file, or (`closed`) is done with it.
    pub fn written(&mut self, path: PathBuf, closed: bool, now: Duration) {
        let key = PathKey::of(&path);
        self.pending.insert(key, Pending { path, closed, since: now, stamp: None });
    }

    /// The file of that name is gone. False where none of that name was known: then it may have been a folder.
    pub fn gone(&mut self, path: &Path) -> (bool, Option<Change>) {
        let key = PathKey::of(path);
        let waited = self.pending.remove(&key).is_some();
        let known = self.known.remove(&key).is_some();
        (waited || known, known.then_some(Change::Gone(key)))
    }

    /// Compares a listing with what is known. With `all`, files that are not in it are gone. What was found by the
    /// scan and not changed after `since` was read as it is; of the others only who read them knows.
    pub fn listed(
        &mut self,
        files: impl IntoIterator<Item = (PathBuf, Stamp)>,
        all: bool,
        since: SystemTime,
        now: Duration,
    ) -> Vec<Change> {
        let mut seen = HashSet::new();
        for (path, stamp) in files {
            let key = PathKey::of(&path);
            if all {
                seen.insert(key);
            }
            match self.known.get_mut(&key) {
                Some(Some(known)) if *known == stamp => continue,
                Some(unknown @ None)
                    if !stamp.version.is_after(since) && !self.pending.contains_key(&key) =>
                {
                    *unknown = Some(stamp);
                    continue;
                }
                _ => {}
            }
            self.pending.entry(key).or_insert(Pending {
                path,
                closed: false,
                since: now,
                stamp: Some(stamp),
            });
        }
        if !all {
            return Vec::new();
        }
        let missing = self.known.keys().filter(|key| !seen.contains(key) && !self.pending.contains_key(key));
        let mut missing: Vec<PathKey> = missing.copied().collect();
        missing.sort_unstable();
        missing.iter().for_each(|key| _ = self.known.remove(key));
        missing.into_iter().map(Change::Gone).collect()
    }

    /// What is complete by now, in path order. `look` tells how a file is, and `None` where there is none.
    pub fn due(&mut self, now: Duration, look: impl Fn(&Path) -> Option<Stamp>) -> Vec<Change> {
        let due = self.pending.iter().filter(|(_, pending)| pending.due() <= now);
        let mut due: Vec<(PathBuf, PathKey)> = due.map(|(key, file)| (file.path.clone(), *key)).collect();
        due.sort_unstable();
        due.into_iter().filter_map(|(path, key)| self.judge(path, key, now, &look)).collect()
    }

    fn judge(
        &mut self,
        path: PathBuf,
        key: PathKey,
        now: Duration,
        look: impl Fn(&Path) -> Option<Stamp>,
    ) -> Option<Change> {
        let Some(stamp) = look(&path) else {
            self.pending.remove(&key);
            return self.known.remove(&key).map(|_| Change::Gone(key));
        };
        let pending = self.pending.get_mut(&key)?;
        if !pending.closed && pending.stamp != Some(stamp) {
            // It is not at rest: look again.
            (pending.stamp, pending.since) = (Some(stamp), now);
            return None;
        }
        self.pending.remove(&key);
        let same = self.known.insert(key, Some(stamp)) == Some(Some(stamp));
        (!same).then_some(Change::Ready(path, stamp))
    }

    /// When something may be complete. Takes time linear in what is pending.
    pub fn deadline(&self) -> Option<Duration> {
        self.pending.values().map(Pending::due).min()
    }
}

fn is_part(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    PARTS.iter().any(|part| name.ends_with(part)) || name.starts_with(".~") || name.starts_with(".#")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dicom::Version;
    use std::time::UNIX_EPOCH;

    const OLD: SystemTime = UNIX_EPOCH;

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn stamp(content: u64) -> Stamp {
        let modified = 1_000_000_000 * content;
        Stamp { version: Version { size: content, modified }, number: 0 }
    }

    fn ready(path: &str, content: u64) -> Vec<Change> {
        vec![Change::Ready(path.into(), stamp(content))]
    }

    fn gone(path: &str) -> Vec<Change> {
        vec![Change::Gone(PathKey::of(Path::new(path)))]
    }

    #[test]
    fn a_closed_file_is_ready_soon_and_once() {
        let mut settle = Settle::default();
        settle.written("a".into(), false, at(0));
        settle.written("a".into(), true, at(100));
        assert_eq!(settle.deadline(), Some(at(250)));
        assert_eq!(settle.due(at(200), |_| Some(stamp(1))), []);
        assert_eq!(settle.due(at(250), |_| Some(stamp(1))), ready("a", 1));
        // Closed again, and not another.
        settle.written("a".into(), true, at(300));
        assert_eq!(settle.due(at(900), |_| Some(stamp(1))), []);
        settle.written("a".into(), true, at(1000));
        assert_eq!(settle.due(at(2000), |_| Some(stamp(2))), ready("a", 2));
        assert_eq!(settle.deadline(), None);
    }

    #[test]
    fn a_slow_writer_is_waited_for() {
        let mut settle = Settle::default();
        for second in 0..60 {
            settle.written("a".into(), false, at(1000 * second));
            assert_eq!(settle.due(at(1000 * second + 999), |_| Some(stamp(second))), []);
        }
        // Nobody tells that it was closed: the first look sees how it is, the second that it stayed so.
        assert_eq!(settle.due(at(61_000), |_| Some(stamp(59))), []);
        assert_eq!(settle.due(at(63_000), |_| Some(stamp(59))), ready("a", 59));
    }

    #[test]
    fn a_part_that_is_renamed_comes_under_its_name() {
        let mut settle = Settle::default();
        settle.written("a.part".into(), true, at(0));
        assert_eq!(settle.due(at(5000), |_| Some(stamp(1))), []);
        assert_eq!(settle.gone(Path::new("a.part")), (true, None));
        settle.written("a".into(), true, at(6000));
        assert_eq!(settle.due(at(6200), |_| Some(stamp(1))), ready("a", 1));
        // One that stays is a file like any other.
        settle.written("b.part".into(), true, at(0));
        assert_eq!(settle.due(at(40_000), |_| Some(stamp(1))), ready("b.part", 1));
    }

    #[test]
    fn what_goes_is_told_if_it_was_known() {
        let mut settle = Settle::default();
        settle.begin([PathKey::of(Path::new("a"))]);
        assert_eq!(settle.gone(Path::new("a")), (true, gone("a").pop()));
        assert_eq!(settle.gone(Path::new("folder")), (false, None));
        // Written and gone before it was complete.
        settle.written("b".into(), true, at(0));
        assert_eq!(settle.due(at(1000), |_| None), []);
    }

    #[test]
    fn a_listing_tells_what_is_new_changed_and_gone() {
        let mut settle = Settle::default();
        let since = UNIX_EPOCH + Duration::from_secs(10);
        settle.begin(["old", "changed", "gone"].map(|name| PathKey::of(Path::new(name))));
        let listing = [("old", 3), ("changed", 12), ("new", 4)];
        let listing = listing.map(|(name, content)| (PathBuf::from(name), stamp(content)));
        assert_eq!(settle.listed(listing.clone(), true, since, at(0)), gone("gone"));
        let look = |path: &Path| Some(stamp(if path == Path::new("new") { 4 } else { 12 }));
        assert_eq!(settle.due(at(1499), look), []);
        let due = settle.due(at(1500), look);
        assert_eq!(due, [ready("changed", 12), ready("new", 4)].concat());
        // The same again: nothing to tell.
        assert_eq!(settle.listed(listing, true, since, at(3000)), []);
        assert_eq!(settle.deadline(), None);
        // A part of the folder says nothing of the rest.
        assert_eq!(settle.listed([], false, OLD, at(4000)), []);
        assert_eq!(settle.listed([], true, OLD, at(5000)).len(), 3);
    }
}
