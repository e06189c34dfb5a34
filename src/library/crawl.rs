use super::{
    found::{FileId, Folder, Found, Refusal},
    links::{Leads, Links},
    roots::{Root, Roots},
};
use crate::dicom::{ReadError, Status};
use std::{
    ffi::OsString,
    fs::{self, FileType},
    io,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

/// Files in one batch, and how long a batch may wait for more.
const BATCH: usize = 256;
const PATIENCE: Duration = Duration::from_millis(10);

/// Walks the roots in path order and hands on what it finds, in batches. Opens no file. Follows no symbolic link
/// but the roots themselves: what a link inside of a root leads to is met on its own, and what lies outside is
/// reported, not read. At rest it holds the names of the folders that it is in, one listing a level.
pub(super) struct Crawl<F> {
    /// Takes a batch; returns whether to go on.
    hand_on: F,
    batch: Vec<Found>,
    since: Instant,
    next: u32,
    stopped: bool,
}

/// A folder that is being walked: what is left of it, last first.
struct Level {
    folder: Arc<Folder>,
    left: Vec<(OsString, FileType)>,
}

impl<F: FnMut(Vec<Found>) -> bool> Crawl<F> {
    pub fn new(hand_on: F) -> Self {
        Self { hand_on, batch: Vec::new(), since: Instant::now(), next: 0, stopped: false }
    }

    pub fn run(mut self, roots: Roots) {
        for root in roots.0 {
            if self.stopped {
                return;
            }
            match fs::metadata(&root.path) {
                Ok(metadata) if metadata.is_dir() => self.walk(&root),
                Ok(metadata) if metadata.is_file() => self.root(&root, None),
                Ok(_) => self.root(&root, Some(refused(Status::NotDicom, ReadError::NotAFile))),
                Err(error) => self.root(&root, Some(refused(Status::Error, ReadError::Open(error.kind())))),
            }
        }
        self.flush();
    }

    fn walk(&mut self, root: &Root) {
        let links = Links::of(&root.path);
        let (left, error) = listing(&root.path);
        if let Some(error) = error {
            self.root(root, Some(refused(Status::Error, ReadError::Folder(error.kind()))));
        }
        let mut levels = vec![Level { folder: Arc::new(root.as_folder()), left }];
        while let Some(level) = levels.last_mut() {
            if self.stopped {
                return;
            }
            let Some((name, kind)) = level.left.pop() else {
                levels.pop();
                continue;
            };
            let folder = Arc::clone(&level.folder);
            if kind.is_dir() {
                levels.extend(self.enter(&folder, name));
            } else if kind.is_symlink() {
                self.link(&links, folder, name);
            } else {
                let refusal = (!kind.is_file()).then(|| refused(Status::NotDicom, ReadError::NotAFile));
                self.push(folder, name, refusal);
            }
        }
    }

    fn enter(&mut self, parent: &Arc<Folder>, name: OsString) -> Option<Level> {
        let path = parent.path.join(&name);
        let (left, error) = listing(&path);
        if let Some(error) = error {
            let refusal = refused(Status::Error, ReadError::Folder(error.kind()));
            self.push(Arc::clone(parent), name, Some(refusal));
        }
        if self.since.elapsed() > PATIENCE {
            self.flush();
        }
        let folder = Arc::new(Folder { path, unnamed: parent.unnamed.clone(), ..**parent });
        (!left.is_empty()).then_some(Level { folder, left })
    }

    fn link(&mut self, links: &Links, folder: Arc<Folder>, name: OsString) {
        let refusal = match links.judge(&folder.path.join(&name)) {
            Leads::Inside => return,
            Leads::Out => refused(Status::Error, ReadError::LinkOut),
            Leads::Nowhere => refused(Status::NotDicom, ReadError::LinkBroken),
        };
        self.push(folder, name, Some(refusal));
    }

    fn root(&mut self, root: &Root, refusal: Option<Refusal>) {
        let name = root.path.file_name().unwrap_or_default().to_owned();
        self.push(Arc::new(root.parent()), name, refusal);
    }

    fn push(&mut self, folder: Arc<Folder>, name: OsString, refusal: Option<Refusal>) {
        let Some(next) = self.next.checked_add(1) else {
            self.stopped = true;
            return;
        };
        self.batch.push(Found { id: FileId(self.next), folder, name, refusal });
        self.next = next;
        if self.batch.len() >= BATCH {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.since = Instant::now();
        if !self.batch.is_empty() && !(self.hand_on)(std::mem::take(&mut self.batch)) {
            self.stopped = true;
        }
    }
}

fn refused(status: Status, error: ReadError) -> Refusal {
    Refusal { status, error }
}

/// All that is found under the roots, in path order. Opens no file.
pub fn list(roots: Roots) -> Vec<Found> {
    let mut all = Vec::new();
    Crawl::new(|found| {
        all.extend(found);
        true
    })
    .run(roots);
    all
}

/// What a folder holds, the last in path order first; and what went wrong, if not all of it could be listed.
fn listing(folder: &Path) -> (Vec<(OsString, FileType)>, Option<io::Error>) {
    let mut entries = Vec::new();
    let mut failure = None;
    match fs::read_dir(folder) {
        Err(error) => failure = Some(error),
        Ok(listing) => {
            for entry in listing {
                match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
                    Ok(entry) => entries.push(entry),
                    Err(error) => {
                        // A listing that fails may fail forever.
                        failure = Some(error);
                        break;
                    }
                }
            }
        }
    }
    entries.sort_unstable_by(|a, b| b.0.cmp(&a.0));
    (entries, failure)
}
