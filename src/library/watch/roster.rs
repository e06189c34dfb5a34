use super::{Change, PathKey};
use crate::{
    dicom::Stamp,
    library::{Catalog, FileId, Found, Roots},
};
use std::{collections::HashMap, path::PathBuf};

/// Which file of a catalog is at which path, while it is watched. Takes about 30 bytes a file.
#[derive(Debug)]
pub struct Roster {
    roots: Roots,
    ids: HashMap<PathKey, FileId>,
    /// Whether the scan is over.
    scanned: bool,
    /// What was told meanwhile of files that the scan was yet to read.
    early: HashMap<PathKey, (PathBuf, Stamp)>,
}

/// What changes do to a catalog.
#[derive(Debug, Default)]
pub struct Applied {
    /// Files to be read, the first time or again.
    pub read: Vec<Found>,
    /// How many of them were not known before.
    pub new: usize,
    pub gone: Vec<FileId>,
}

impl Roster {
    /// Of an empty catalog of these roots.
    pub fn new(roots: Roots) -> Self {
        Self { roots, ids: HashMap::new(), scanned: false, early: HashMap::new() }
    }

    /// Takes in what the scan found.
    pub fn found(&mut self, files: &[Found]) {
        let regular = files.iter().filter(|found| found.refusal().is_none());
        self.ids.extend(regular.map(|found| (PathKey::of(&found.path()), found.id)));
    }

    /// The files that are known.
    pub fn keys(&self) -> Vec<PathKey> {
        self.ids.keys().copied().collect()
    }

    /// Says that the scan has read all it will, and brings in what was put off until then.
    pub fn scanned(&mut self, catalog: &mut Catalog) -> Applied {
        self.scanned = true;
        // Those that are unread still, since somebody ended the scan, stay so.
        let early =
            std::mem::take(&mut self.early).into_iter().filter(|(key, _)| !self.is_unread(*key, catalog));
        let mut early: Vec<(PathBuf, Stamp)> = early.map(|(_, early)| early).collect();
        early.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        self.apply(early.into_iter().map(|(path, stamp)| Change::Ready(path, stamp)).collect(), catalog)
    }

    fn is_unread(&self, key: PathKey, catalog: &Catalog) -> bool {
        let file = self.ids.get(&key).and_then(|id| catalog.file(*id));
        file.is_some_and(|file| file.status.is_none())
    }

    /// Brings changes into the catalog. Not before the crawl is over, which numbers the files. What the scan is yet to
    /// read is put off: it may be read as it is now.
    pub fn apply(&mut self, changes: Vec<Change>, catalog: &mut Catalog) -> Applied {
        let mut applied = Applied::default();
        for change in changes {
            match change {
                Change::Ready(path, stamp) => {
                    let key = PathKey::of(&path);
                    if !self.scanned && self.is_unread(key, catalog) {
                        self.early.insert(key, (path, stamp));
                        continue;
                    }
                    let known = self.ids.get(&key).copied();
                    let file = known.and_then(|id| catalog.file(id));
                    if file.is_some_and(|file| file.status.is_some() && file.stamp == stamp) {
                        // It was read as it is.
                        continue;
                    }
                    let id = known.unwrap_or(FileId(catalog.len() as u32));
                    let Some(found) = self.roots.locate(id, &path) else { continue };
                    if known.is_none() {
                        catalog.found(std::slice::from_ref(&found));
                        self.ids.insert(key, id);
                        applied.new += 1;
                    }
                    catalog.arrived(id);
                    applied.read.push(found);
                }
                Change::Gone(key) => {
                    self.early.remove(&key);
                    if let Some(id) = self.ids.remove(&key) {
                        catalog.remove(id);
                        applied.gone.push(id);
                    }
                }
            }
        }
        applied
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dicom::{Limits, Reader},
        leak::Inspector,
        library::{Values, list},
    };
    use std::fs;

    #[test]
    fn what_the_scan_is_yet_to_read_is_not_read_twice() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["early", "gone", "same"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let roots = Roots::new([folder.path().to_owned()]);
        let found = list(roots.clone());
        let mut catalog = Catalog::new(Values::Masked);
        catalog.found(&found);
        let mut roster = Roster::new(roots);
        roster.found(&found);
        let ready = |found: &Found| {
            let path = found.path();
            let stamp = Stamp::of(&fs::metadata(&path).unwrap());
            Change::Ready(path, stamp)
        };
        // The first is read before it is changed, and the others after.
        let (mut reader, inspector) = (Reader::new(Limits::default()), Inspector::default());
        let mut report = |found: &Found| {
            let path = found.path();
            (found.id, inspector.inspect(&reader.read(&path), &path, &path))
        };
        let first = report(&found[0]);
        fs::write(found[0].path(), "another").unwrap();
        let applied = roster.apply(found.iter().map(ready).collect(), &mut catalog);
        assert!(applied.read.is_empty() && applied.new == 0);
        let reports = [first, report(&found[1]), report(&found[2])];
        reports.into_iter().for_each(|(id, report)| catalog.add(id, report));
        let gone = roster.apply(vec![Change::Gone(PathKey::of(&found[1].path()))], &mut catalog);
        assert_eq!(gone.gone, [found[1].id]);
        let applied = roster.scanned(&mut catalog);
        assert_eq!(applied.read, found[..1]);
        // From now on what changes is read at once.
        fs::write(found[2].path(), "changed").unwrap();
        assert_eq!(roster.apply(vec![ready(&found[2])], &mut catalog).read, found[2..]);
    }
}
