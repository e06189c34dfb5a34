use super::{
    Filter, Outline, Pattern, Tree,
    filter::Filtered,
    shelf::{Entry, Shelf},
};
use crate::{
    dicom::Status,
    leak::{Counts, Severity},
    library::{Catalog, Event, FileId, NodeId, TreeKind},
};
use std::{collections::HashSet, path::PathBuf, time::Duration};

/// What the lines of the library are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The worst first: most critical findings, then most high ones, and so on.
    #[default]
    Severity,
    Name,
    /// The most findings first.
    Findings,
    /// The latest study first.
    Date,
}

impl Order {
    pub fn name(self) -> &'static str {
        match self {
            Self::Severity => "worst first",
            Self::Name => "by name",
            Self::Findings => "most findings",
            Self::Date => "latest first",
        }
    }

    pub fn next(self) -> Self {
        match self {
            Self::Severity => Self::Name,
            Self::Name => Self::Findings,
            Self::Findings => Self::Date,
            Self::Date => Self::Severity,
        }
    }
}

/// A line of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub entry: Entry,
    pub depth: u16,
    /// The line after it and all that it holds.
    end: u32,
    parent: Option<u32>,
}

/// The visible lines of the library's tree.
#[derive(Debug, Clone, Default)]
pub struct Rows(Vec<Row>);

impl Outline for Rows {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn depth(&self, at: usize) -> usize {
        self.0.get(at).map_or(0, |row| row.depth.into())
    }

    fn end(&self, at: usize) -> usize {
        self.0.get(at).map_or(at + 1, |row| row.end as usize).max(at + 1)
    }

    fn parent(&self, at: usize) -> Option<usize> {
        self.0.get(at).and_then(|row| row.parent).map(|parent| parent as usize)
    }
}

impl Rows {
    pub fn get(&self, at: usize) -> Option<&Row> {
        self.0.get(at)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Row> + ExactSizeIterator {
        self.0.iter()
    }
}

/// The library pane: the catalog, and which lines of it are seen.
#[derive(Debug)]
pub struct Library {
    pub catalog: Catalog,
    pub kind: TreeKind,
    pub rows: Rows,
    pub tree: Tree,
    pub order: Order,
    pub reverse: bool,
    pub filtered: Filtered,
    /// The folders that are unfolded, in each tree.
    unfolded: [HashSet<NodeId>; 2],
    /// What is under the cursor, in each tree: it stays there when lines come and go.
    at: [Option<Entry>; 2],
    /// Whether lines may have come or changed their order since they were laid out.
    stale: bool,
    laid: Option<Duration>,
    /// Grows with everything that the catalog takes in.
    pub revision: u64,
}

impl Library {
    /// Between two layouts while files come in.
    const PACE: Duration = Duration::from_millis(150);

    pub fn new(catalog: Catalog) -> Self {
        Self {
            catalog,
            kind: TreeKind::Folders,
            rows: Rows::default(),
            tree: Tree::default(),
            order: Order::default(),
            reverse: false,
            filtered: Filtered::default(),
            unfolded: Default::default(),
            at: [None; 2],
            stale: true,
            laid: None,
            revision: 0,
        }
    }

    pub fn shelf(&self) -> Shelf<'_> {
        Shelf::new(&self.catalog, self.kind)
    }

    /// What is under the cursor.
    pub fn entry(&self) -> Option<Entry> {
        self.rows.get(self.tree.cursor).map(|row| row.entry)
    }

    /// The file under the cursor; `None` on a folder, patient, study or series.
    pub fn file(&self) -> Option<FileId> {
        self.entry().and_then(Entry::file)
    }

    /// The folder, patient, study or series under the cursor.
    pub fn node(&self) -> Option<NodeId> {
        self.entry().and_then(Entry::node)
    }

    pub fn is_unfolded(&self, node: NodeId) -> bool {
        self.unfolded[self.kind as usize].contains(&node)
    }

    fn is_open(&self, entry: Entry) -> bool {
        entry.node().is_some_and(|node| self.is_unfolded(node))
    }

    fn set(&mut self, node: NodeId, unfolded: bool) {
        let set = &mut self.unfolded[self.kind as usize];
        if unfolded {
            set.insert(node)
        } else {
            set.remove(&node)
        };
        self.stale = true;
    }

    /// Takes what the scan says. The lines follow with [`Library::lay_out_in_time`].
    pub fn take(&mut self, event: Event) {
        match event {
            Event::Found(files) => self.catalog.found(&files),
            Event::Reports(reports) => {
                for (id, report) in reports {
                    self.catalog.add(id, report);
                    self.filtered.changed(&self.catalog, id);
                }
            }
            Event::Crawled => {}
            // Nothing comes after it that would have it done.
            Event::Finished => self.settle(),
        }
        self.stale = true;
        self.revision += 1;
    }

    /// Lets files tell what they know of each other.
    fn settle(&mut self) {
        for changed in self.catalog.settle() {
            self.filtered.changed(&self.catalog, changed);
        }
    }

    /// When the lines are to be laid out again.
    pub fn deadline(&self) -> Option<Duration> {
        if self.filtered.is_behind(&self.catalog) {
            return Some(Duration::ZERO);
        }
        self.stale.then(|| self.laid.map_or(Duration::ZERO, |laid| laid + Self::PACE))
    }

    /// Lays the lines out if something changed and the last time is long enough ago.
    pub fn lay_out_in_time(&mut self, now: Duration) {
        if self.filtered.is_behind(&self.catalog) {
            self.filtered.step(&self.catalog);
            self.stale = true;
            // Half a screen at once is better than the whole one late.
            let done = !self.filtered.is_behind(&self.catalog);
            if !done && self.laid.is_some_and(|laid| now < laid + Self::PACE) {
                return;
            }
        }
        if self.stale && self.laid.is_none_or(|laid| laid + Self::PACE <= now) {
            self.settle();
            self.lay_out();
            self.laid = Some(now);
        }
    }

    /// Lays the lines out anew, with the cursor on the node that it was on, or where it was.
    pub fn lay_out(&mut self) {
        self.stale = false;
        let wanted = self.entry().or(self.at[self.kind as usize]);
        let above = self.tree.cursor.saturating_sub(self.tree.top);
        let old = self.tree.cursor;
        self.rows = self.laid_out();
        let found = wanted.and_then(|entry| {
            // Mostly it is where it was.
            if self.rows.get(old).is_some_and(|row| row.entry == entry) {
                return Some(old);
            }
            self.rows.iter().position(|row| row.entry == entry)
        });
        let kept = if found.is_none() { wanted.and_then(|entry| self.nearest(entry)) } else { None };
        self.tree.cursor = found.or(kept).unwrap_or(old).min(self.rows.len().saturating_sub(1));
        self.tree.top = self.tree.cursor.saturating_sub(above);
    }

    /// The line of the nearest node above `node` that is seen.
    fn nearest(&self, entry: Entry) -> Option<usize> {
        let shelf = self.shelf();
        let mut node = shelf.parent(entry);
        while let Some(above) = node {
            if let Some(at) = self.rows.iter().position(|row| row.entry == Entry::Node(above)) {
                return Some(at);
            }
            node = shelf.parent(Entry::Node(above));
        }
        None
    }

    fn laid_out(&self) -> Rows {
        let shelf = self.shelf();
        let mut rows = Vec::with_capacity(self.rows.len() + 16);
        // Nodes to visit, last first; `None` ends the node that was opened last.
        let mut left: Vec<Option<(Entry, u16)>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        left.extend(self.sorted(shelf.tops()).into_iter().rev().map(|entry| Some((entry, 0))));
        while let Some(step) = left.pop() {
            let Some((entry, depth)) = step else {
                let end = rows.len() as u32;
                if let Some(row) = open.pop().and_then(|at: usize| rows.get_mut(at)) {
                    let row: &mut Row = row;
                    row.end = end;
                }
                continue;
            };
            let parent = open.last().map(|&at| at as u32);
            rows.push(Row { entry, depth, end: rows.len() as u32 + 1, parent });
            if let Some(node) = entry.node().filter(|&node| self.is_unfolded(node)) {
                open.push(rows.len() - 1);
                left.push(None);
                let children = self.sorted(shelf.children(node));
                left.extend(children.into_iter().rev().map(|entry| Some((entry, depth + 1))));
            }
        }
        Rows(rows)
    }

    /// What the filter lets through, in order.
    fn sorted(&self, mut entries: Vec<Entry>) -> Vec<Entry> {
        use std::cmp::Reverse;
        let shelf = self.shelf();
        entries.retain(|&entry| self.filtered.lets(self.kind, entry));
        match self.order {
            // The catalog's own order.
            Order::Name => {}
            Order::Severity => entries.sort_by_cached_key(|&entry| Reverse(ranks(shelf.counts(entry)))),
            Order::Findings => {
                entries.sort_by_cached_key(|&entry| Reverse(shelf.counts(entry).at_least(Severity::Info)));
            }
            Order::Date => entries.sort_by_cached_key(|&entry| Reverse(shelf.date(entry))),
        }
        if self.reverse {
            entries.reverse();
        }
        entries
    }

    /// Unfolds a single line that holds all others, and what is alone in it, so that a folder that was opened is
    /// not one line.
    pub fn unfold_alone(&mut self) {
        let mut entries = self.shelf().tops();
        while let [Entry::Node(node)] = *entries.as_slice() {
            self.set(node, true);
            entries = self.shelf().children(node);
        }
    }

    /// Folds the folder, or goes to the one that holds it.
    pub fn leave(&mut self) {
        match self.node().filter(|&node| self.is_unfolded(node)) {
            Some(node) => {
                self.set(node, false);
                self.lay_out();
            }
            None => self.tree.parent(&self.rows),
        }
    }

    /// Unfolds the folder, or goes to the first line in it; whether it is a folder.
    pub fn enter(&mut self) -> bool {
        let Some(node) = self.node() else { return false };
        if self.is_unfolded(node) {
            self.tree.enter(&self.rows);
        } else {
            self.set(node, true);
            self.lay_out();
        }
        true
    }

    /// Folds or unfolds the folder, or folds the one that holds the file.
    pub fn toggle(&mut self) {
        match self.node() {
            Some(node) if !self.is_unfolded(node) => {
                self.enter();
            }
            Some(_) => self.leave(),
            None => {
                self.tree.parent(&self.rows);
                self.leave();
            }
        }
    }

    /// Folds or unfolds the siblings of the cursor's line, and the line itself. A file speaks for its folder.
    pub fn set_level(&mut self, unfolded: bool) {
        if !unfolded && self.file().is_some() {
            self.tree.parent(&self.rows);
        }
        let parent = self.rows.parent(self.tree.cursor).and_then(|at| self.rows.get(at));
        let siblings = match parent.and_then(|row| row.entry.node()) {
            Some(node) => self.shelf().children(node),
            None => self.shelf().tops(),
        };
        for node in siblings.into_iter().filter_map(Entry::node) {
            self.set(node, unfolded);
        }
        self.lay_out();
    }

    /// To the next file with findings of at least `floor`, unfolding the folders on the way; whether there is one.
    pub fn step_file(&mut self, forward: bool, floor: Severity) -> bool {
        let from = self.tree.cursor;
        let mut at = from;
        loop {
            let shelf = self.shelf();
            // Lines of unfolded folders are passed: what they hold follows.
            let ahead = |line: &usize| {
                self.rows.get(*line).is_some_and(|row| {
                    !self.is_open(row.entry) && shelf.counts(row.entry).at_least(floor) > 0
                })
            };
            let next = match forward {
                true => (at + 1..self.rows.len()).find(ahead),
                // Out of a folded folder's lower end it was unfolded for.
                false => (0..at.min(self.rows.len())).rev().find(ahead),
            };
            let Some((next, row)) = next.and_then(|next| Some((next, *self.rows.get(next)?))) else {
                self.tree.cursor = from.min(self.rows.len().saturating_sub(1));
                return false;
            };
            self.tree.cursor = next;
            let Some(node) = row.entry.node() else { return true };
            self.set(node, true);
            self.lay_out();
            at = if forward { self.tree.cursor } else { self.rows.end(self.tree.cursor) };
        }
    }

    /// The other tree, with the cursor on the same file, if it was on one.
    pub fn switch(&mut self) {
        let file = self.file();
        self.at[self.kind as usize] = self.entry();
        self.kind = match self.kind {
            TreeKind::Folders => TreeKind::Patients,
            TreeKind::Patients => TreeKind::Folders,
        };
        self.rows = Rows::default();
        self.unfold_alone();
        match file {
            Some(file) => self.go(file),
            None => self.lay_out(),
        }
    }

    /// To a file, unfolding what holds it. A file that has no place in this tree is not gone to.
    pub fn go(&mut self, file: FileId) {
        let mut above = self.shelf().parent(Entry::File(file));
        while let Some(parent) = above {
            self.set(parent, true);
            above = self.shelf().parent(Entry::Node(parent));
        }
        self.rows = Rows::default();
        self.at[self.kind as usize] = Some(Entry::File(file));
        self.lay_out();
    }

    /// The order of the lines changes; the cursor stays on its node.
    pub fn reorder(&mut self, order: Order, reverse: bool) {
        (self.order, self.reverse) = (order, reverse);
        self.lay_out();
    }

    pub fn filter(&mut self, filter: Filter) {
        self.filtered = Filtered::new(filter);
        self.filtered.step(&self.catalog);
        self.lay_out();
    }
}

/// Compares as badly as it leaks.
pub(super) fn ranks(counts: Counts) -> [u32; 5] {
    let mut ranks = Severity::ALL.map(|severity| counts.of(severity));
    ranks.reverse();
    ranks
}

/// What a line of the library says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Masked where it names a patient.
    pub name: String,
    pub depth: usize,
    pub counts: Counts,
    pub files: usize,
    /// Whether it is unfolded; `None` where it is a file.
    pub unfolded: Option<bool>,
    /// Stands in place of a badge: not read yet, cannot be read, not DICOM.
    pub sign: &'static str,
    /// Whether there is nothing to see in it.
    pub dim: bool,
}

impl Library {
    pub fn item(&self, at: usize, revealed: bool) -> Option<Item> {
        let row = self.rows.get(at)?;
        let shelf = self.shelf();
        let status = row.entry.file().and_then(|file| self.catalog.file(file)).map(|file| file.status);
        let (sign, dim) = match status {
            Some(None) => ("·", true),
            Some(Some(Status::NotDicom)) => ("", true),
            Some(Some(Status::Error)) => ("!", true),
            Some(Some(Status::Partial)) => ("!", false),
            Some(Some(Status::Ok)) | None => ("", false),
        };
        Some(Item {
            name: shelf.name(row.entry, revealed),
            depth: row.depth.into(),
            counts: shelf.counts(row.entry),
            files: shelf.files(row.entry),
            unfolded: row.entry.node().map(|node| self.is_unfolded(node)),
            sign,
            dim,
        })
    }

    /// The names from the top to the cursor's line.
    pub fn way(&self, revealed: bool) -> Vec<String> {
        let shelf = self.shelf();
        let mut way: Vec<String> =
            self.entry().map(|entry| shelf.name(entry, revealed)).into_iter().collect();
        let mut node = self.entry().and_then(|entry| shelf.parent(entry));
        while let Some(at) = node {
            way.push(shelf.name(Entry::Node(at), revealed));
            node = shelf.parent(Entry::Node(at));
        }
        way.reverse();
        way
    }

    /// The path of the file under the cursor.
    pub fn path(&self) -> Option<PathBuf> {
        self.file().map(|file| self.catalog.path(file))
    }

    /// The files on the `height` lines that are in sight.
    pub fn files_in_sight(&self, height: usize) -> Vec<FileId> {
        let rows = self.rows.iter().skip(self.tree.top).take(height);
        rows.filter_map(|row| row.entry.file()).collect()
    }

    /// To the next line whose name matches, among those that are unfolded, going round at the end.
    pub fn step_match(&mut self, pattern: &Pattern, forward: bool) -> bool {
        let shelf = self.shelf();
        let fits =
            |at: &usize| self.rows.get(*at).is_some_and(|row| pattern.is_in(&shelf.name(row.entry, true)));
        let (cursor, count) = (self.tree.cursor, self.rows.len());
        let next = match forward {
            true => (cursor + 1..count).chain(0..=cursor.min(count.saturating_sub(1))).find(fits),
            false => (0..cursor).rev().chain((cursor..count).rev()).find(fits),
        };
        match next {
            Some(at) => self.tree.cursor = at,
            None => return false,
        }
        true
    }
}
