mod item;
mod rows;

use super::{
    Filter, Outline, Tree,
    filter::Filtered,
    shelf::{Entry, Shelf},
};
use crate::{
    leak::Severity,
    library::{Catalog, Event, FileId, NodeId, TreeKind},
};
pub use item::Item;
pub(super) use rows::ranks;
pub use rows::{Order, Rows};
use std::{collections::HashSet, time::Duration};

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
    /// Those of them that were unfolded because they were alone, in each tree.
    alone: [Vec<NodeId>; 2],
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
            alone: Default::default(),
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

    /// Folds or unfolds; whether it was otherwise. What is set is no longer so because it was alone.
    fn set(&mut self, node: NodeId, unfolded: bool) -> bool {
        self.stale = true;
        self.alone[self.kind as usize].retain(|&alone| alone != node);
        let set = &mut self.unfolded[self.kind as usize];
        if unfolded { set.insert(node) } else { set.remove(&node) }
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

    /// These files are no longer there, or came.
    pub fn left(&mut self, gone: &[FileId]) {
        for &file in gone {
            self.filtered.changed(&self.catalog, file);
        }
        self.recounted();
    }

    /// Somebody looks at a file.
    pub fn look_at(&mut self, file: FileId) {
        if self.catalog.look_at(file) {
            self.filtered.changed(&self.catalog, file);
            self.stale = true;
        }
    }

    /// A file's review is another, or its findings count otherwise.
    pub fn reviewed(&mut self, file: FileId) {
        self.filtered.changed(&self.catalog, file);
    }

    /// What nodes add up to is other than it was.
    pub fn recounted(&mut self) {
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

    /// Unfolds a single line that holds all others, and what is alone in it, so that a folder that was opened is
    /// not one line. What was alone until now and has got company is folded again: what is unfolded follows from the
    /// files that were found, and not from how many of them came at once.
    pub fn unfold_alone(&mut self) {
        for node in std::mem::take(&mut self.alone[self.kind as usize]) {
            self.set(node, false);
        }
        let mut above = NodeId::ROOT;
        while let Some(node) = self.catalog.tree(self.kind).only_child(above) {
            if self.set(node, true) {
                self.alone[self.kind as usize].push(node);
            }
            above = node;
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

    /// To the next file with findings of at least `floor`, unfolding the folders on the way; whether there is one. With
    /// `undone` files are passed that somebody is done with.
    pub fn step_file(&mut self, forward: bool, floor: Severity, undone: bool) -> bool {
        let from = self.tree.cursor;
        let mut at = from;
        loop {
            let shelf = self.shelf();
            // Lines of unfolded folders are passed: what they hold follows.
            let ahead = |line: &usize| {
                self.rows.get(*line).is_some_and(|row| {
                    !self.is_open(row.entry)
                        && shelf.counts(row.entry).at_least(floor) > 0
                        && !(undone && shelf.is_done(row.entry))
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
        self.go_to(Entry::File(file));
    }

    /// To a file or node, unfolding what holds it.
    pub fn go_to(&mut self, entry: Entry) {
        let mut above = self.shelf().parent(entry);
        while let Some(parent) = above {
            self.set(parent, true);
            above = self.shelf().parent(Entry::Node(parent));
        }
        self.rows = Rows::default();
        self.at[self.kind as usize] = Some(entry);
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
