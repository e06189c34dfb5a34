mod identified;
mod marked;
mod paths;
mod reviewed;

use super::{
    Acknowledged, Evidences, ReviewState,
    found::{FileId, Found},
    ledger::{Ledger, Sheet, Values},
    names::Names,
    patients,
    review::{Reviewed, Reviews},
    tally::Tally,
    tree::{NodeId, Tree},
};
use crate::{
    dicom::{ReadError, Stamp, Status},
    leak::{Claims, Counts, Facts, FileReport, Finding, Place, Severity},
    text::{Sensitive, mask},
};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    ffi::OsStr,
    path::PathBuf,
    sync::Arc,
};

/// All that is known of a folder's files: the state that a scan fills and that reports and screens read. One
/// thread writes it. A file takes about a hundred bytes, and a few for each finding.
#[derive(Debug, Default)]
pub struct Catalog {
    files: Vec<File>,
    names: Names,
    folders: Tree,
    patients: Tree,
    ledger: Ledger,
    facts: HashSet<Arc<Facts>>,
    errors: HashMap<FileId, ReadError>,
    evidence: Evidences,
    /// Files of which others may tell another thing than is held.
    unsettled: BTreeSet<FileId>,
    acknowledged: Acknowledged,
    /// Of files that have any: which findings are acknowledged, by their number.
    let_stand: HashMap<FileId, Box<[u32]>>,
    reviewed: Reviewed,
    marked: marked::Marked,
    /// What earlier runs say of files that are yet to be found.
    reviews: Reviews,
    /// Files that arrived while somebody watched, until they are looked at.
    fresh: HashSet<FileId>,
    /// Of each top folder, what of its path is judged.
    tops: HashMap<NodeId, Top>,
}

/// One of the two ways to look at a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TreeKind {
    Folders,
    Patients,
}

/// One file, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub struct FileEntry<'a> {
    pub id: FileId,
    /// `None` while it waits to be read.
    pub status: Option<Status>,
    pub error: Option<&'a ReadError>,
    pub size: u64,
    /// As it was when it was read.
    pub stamp: Stamp,
    /// Without the number of the instance, which is `instance`.
    pub facts: Option<&'a Facts>,
    /// (0020,0013) Instance Number, where it is a number.
    pub instance: Option<i32>,
    pub claims: Claims,
    /// Its findings, but those that are acknowledged.
    pub counts: Counts,
    pub acknowledged: u32,
    pub review: ReviewState,
    /// It arrived while somebody watched, and nobody looked at it yet.
    pub is_fresh: bool,
    /// The worst finding's.
    pub worst: Option<Severity>,
}

/// As in [`super::found::Folder`].
#[derive(Debug)]
struct Top {
    unjudged: usize,
    unnamed: Option<Arc<OsStr>>,
}

#[derive(Debug)]
struct File {
    folder: NodeId,
    series: Option<NodeId>,
    facts: Option<Arc<Facts>>,
    instance: Option<i32>,
    size: u64,
    stamp: Stamp,
    status: Option<Status>,
    claims: Claims,
    /// What it gives away itself.
    own: Sheet,
    /// The same with what other files tell of it.
    joined: Option<Box<Sheet>>,
    name_leaks: bool,
    /// It is no longer there. Its number stays its own.
    gone: bool,
}

impl File {
    fn sheet(&self) -> &Sheet {
        self.joined.as_deref().unwrap_or(&self.own)
    }
}

impl Catalog {
    pub fn new(values: Values) -> Self {
        Self { ledger: Ledger::new(values), ..Self::default() }
    }

    /// Takes in files that were found. Their ids follow those known.
    pub fn found(&mut self, files: &[Found]) {
        let mut last: Option<(&Found, NodeId)> = None;
        for found in files {
            debug_assert_eq!(found.id.index(), self.files.len());
            let folder = match last {
                Some((other, node)) if Arc::ptr_eq(&other.folder, &found.folder) => node,
                _ => self.folder(found),
            };
            last = Some((found, folder));
            self.names.push(&found.name);
            self.files.push(File {
                folder,
                series: None,
                facts: None,
                instance: None,
                size: 0,
                stamp: Stamp::default(),
                status: None,
                claims: Claims::default(),
                own: Sheet::default(),
                joined: None,
                name_leaks: false,
                gone: false,
            });
            self.folders.insert(folder, found.id);
            self.recall(found.id);
            self.folders.merge(folder, &self.standing(found.id));
        }
    }

    /// Takes in what a file gives away, the first time or again. What it tells of other files, and they of it, counts
    /// from the next [`Catalog::settle`]. Does nothing for a file that was not found.
    pub fn add(&mut self, id: FileId, report: FileReport) {
        let FileReport { path: _, size, stamp, status, error, facts, claims, findings, evidence } = report;
        if self.files.get(id.index()).is_none_or(|file| file.gone) {
            return;
        }
        self.forget(id);
        for finding in &findings {
            self.note_path(id, finding, str::to_owned);
        }
        let own = self.ledger.write(findings);
        let instance = facts.instance_number.expose().trim().parse().ok();
        let facts = self.shared(facts);
        let series = matches!(status, Status::Ok | Status::Partial).then(|| {
            let series = patients::series(&mut self.patients, &facts);
            self.patients.insert(series, id);
            self.patients.merge(series, &self.standing(id));
            self.patients.show(series, id, &facts);
            series
        });
        if let Some(error) = error {
            self.errors.insert(id, error);
        }
        if let Some(file) = self.files.get_mut(id.index()) {
            let (folder, name_leaks) = (file.folder, file.name_leaks);
            let (facts, status) = (Some(facts), Some(status));
            let (joined, gone) = (None, false);
            *file = File {
                folder,
                series,
                facts,
                instance,
                size,
                stamp,
                status,
                claims,
                own,
                joined,
                name_leaks,
                gone,
            };
        }
        self.look_up(id);
        let tally = self.contribution(id);
        self.count(id, |tree, node| tree.merge(node, &tally));
        let folder = self.folder_path(id);
        self.unsettled.extend(self.evidence.add(id.0, &folder, evidence).into_iter().map(FileId));
    }

    /// Takes a file out that is no longer there. What it told of others counts no more from the next
    /// [`Catalog::settle`].
    pub fn remove(&mut self, id: FileId) {
        if self.files.get(id.index()).is_none_or(|file| file.gone) {
            return;
        }
        self.forget(id);
        self.fresh.remove(&id);
        let standing = self.standing(id);
        let Some(file) = self.files.get_mut(id.index()) else { return };
        (file.gone, file.status, file.series, file.facts) = (true, None, None, None);
        (file.own, file.joined) = Default::default();
        let folder = file.folder;
        self.folders.take(folder, id);
        self.folders.remove(folder, &standing);
        self.unsettled.extend(self.evidence.remove(id.0).into_iter().map(FileId));
        self.unsettled.remove(&id);
    }

    /// Says that a file arrived while somebody watched.
    pub fn arrived(&mut self, id: FileId) {
        self.fresh.insert(id);
    }

    /// Says that somebody looked at a file; whether it was fresh.
    pub fn look_at(&mut self, id: FileId) -> bool {
        self.fresh.remove(&id)
    }

    /// Brings what files tell of each other up to date. Returns the files whose findings are other than before, in
    /// path order. To be called after some files were added, or all: the result is the same.
    pub fn settle(&mut self) -> Vec<FileId> {
        let unsettled = std::mem::take(&mut self.unsettled);
        unsettled.into_iter().filter(|&id| self.settle_file(id)).collect()
    }

    fn settle_file(&mut self, id: FileId) -> bool {
        let told = self.evidence.additions(id.0);
        let Some(file) = self.files.get(id.index()) else { return false };
        let Some(status) = file.status.filter(|_| !told.is_empty() || file.joined.is_some()) else {
            return false;
        };
        let report = FileReport {
            path: PathBuf::new(),
            size: file.size,
            stamp: file.stamp,
            status,
            error: None,
            facts: Facts::default(),
            claims: file.claims,
            findings: Vec::new(),
            evidence: Default::default(),
        };
        let before = self.contribution(id);
        let path_told: Vec<Finding> =
            told.iter().filter(|finding| finding.place == Place::Path).cloned().collect();
        let (sheet, claims) = self.ledger.join(&file.own, told, report);
        if self.ledger.is_same(&sheet, file.sheet()) {
            return false;
        }
        if let Some(file) = self.files.get_mut(id.index()) {
            file.joined = Some(Box::new(sheet));
            file.claims = claims;
        }
        self.look_up(id);
        let after = self.contribution(id);
        self.count(id, |tree, node| {
            tree.remove(node, &before);
            tree.merge(node, &after);
        });
        for finding in &path_told {
            // What files tell of each other is told folded and masked; a mask is its own mask.
            self.note_path(id, finding, |text| mask(text).to_lowercase());
        }
        true
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// All files that were ever found: in path order, then those that arrived while somebody watched.
    pub fn files(&self) -> impl DoubleEndedIterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }

    /// `None` of a file that is no longer there.
    pub fn file(&self, id: FileId) -> Option<FileEntry<'_>> {
        let file = self.files.get(id.index()).filter(|file| !file.gone)?;
        let (counts, acknowledged) = self.counts(id);
        Some(FileEntry {
            id,
            status: file.status,
            error: self.errors.get(&id),
            size: file.size,
            stamp: file.stamp,
            facts: file.facts.as_deref(),
            instance: file.instance,
            claims: file.claims,
            counts,
            acknowledged,
            review: self.reviewed.state(id),
            is_fresh: self.fresh.contains(&id),
            worst: counts.worst(),
        })
    }

    /// Whether findings carry their values, or only masks of them.
    pub fn values(&self) -> Values {
        self.ledger.values()
    }

    pub fn tree(&self, kind: TreeKind) -> &Tree {
        match kind {
            TreeKind::Folders => &self.folders,
            TreeKind::Patients => &self.patients,
        }
    }

    /// The node that holds a file; `None` in the tree of patients for what is not read, or not DICOM.
    pub fn node(&self, kind: TreeKind, id: FileId) -> Option<NodeId> {
        let file = self.files.get(id.index())?;
        match kind {
            TreeKind::Folders => Some(file.folder),
            TreeKind::Patients => file.series,
        }
    }

    /// What all files add up to.
    pub fn tally(&self) -> Tally {
        self.folders.tally(NodeId::ROOT)
    }

    /// Takes back what an earlier report of the file added.
    fn forget(&mut self, id: FileId) {
        let Some(file) = self.files.get(id.index()).filter(|file| file.status.is_some()) else { return };
        let tally = self.contribution(id);
        let series = file.series;
        self.count(id, |tree, node| tree.remove(node, &tally));
        if let Some(series) = series {
            let standing = self.standing(id);
            self.patients.remove(series, &standing);
            self.patients.take(series, id);
        }
        self.errors.remove(&id);
        self.let_stand.remove(&id);
    }

    /// Changes what the nodes above a file add up to, in both trees.
    fn count(&mut self, id: FileId, change: impl Fn(&mut Tree, NodeId)) {
        let Some(file) = self.files.get(id.index()) else { return };
        change(&mut self.folders, file.folder);
        if let Some(series) = file.series {
            change(&mut self.patients, series);
        }
    }

    /// One copy of facts for all files that share them.
    fn shared(&mut self, mut facts: Facts) -> Arc<Facts> {
        facts.instance_number = Sensitive::default();
        if let Some(known) = self.facts.get(&facts) {
            return Arc::clone(known);
        }
        let facts = Arc::new(facts);
        self.facts.insert(Arc::clone(&facts));
        facts
    }
}
