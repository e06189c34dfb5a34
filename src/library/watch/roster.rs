use super::{Change, PathKey};
use crate::library::{Catalog, FileId, Found, Roots};
use std::collections::HashMap;

/// Which file of a catalog is at which path, while it is watched. Takes about 30 bytes a file.
#[derive(Debug)]
pub struct Roster {
    roots: Roots,
    ids: HashMap<PathKey, FileId>,
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
        Self { roots, ids: HashMap::new() }
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

    /// Brings changes into the catalog. Not before the crawl is over, which numbers the files.
    pub fn apply(&mut self, changes: Vec<Change>, catalog: &mut Catalog) -> Applied {
        let mut applied = Applied::default();
        for change in changes {
            match change {
                Change::Ready(path, stamp) => {
                    let key = PathKey::of(&path);
                    let known = self.ids.get(&key).copied();
                    let file = known.and_then(|id| catalog.file(id));
                    if file.as_ref().is_some_and(|file| file.status.is_some() && file.stamp == stamp) {
                        // It was read as it is.
                        continue;
                    }
                    let was_read = file.is_none_or(|file| file.status.is_some());
                    let id = known.unwrap_or(FileId(catalog.len() as u32));
                    let Some(found) = self.roots.locate(id, &path) else { continue };
                    if known.is_none() {
                        catalog.found(std::slice::from_ref(&found));
                        self.ids.insert(key, id);
                        applied.new += 1;
                    }
                    // One that the scan is yet to read is none that arrived.
                    if was_read {
                        catalog.arrived(id);
                    }
                    applied.read.push(found);
                }
                Change::Gone(key) => {
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
