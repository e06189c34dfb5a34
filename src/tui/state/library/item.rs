use super::Library;
use crate::{
    dicom::Status,
    leak::Counts,
    library::{FileId, ReviewState},
    tui::state::{Entry, Outline, Pattern},
};
use std::path::PathBuf;

/// What a line of the library says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Masked where it names a patient.
    pub name: String,
    pub depth: usize,
    pub counts: Counts,
    pub files: usize,
    /// Of a folder or patient `Done` where all files are, and otherwise `New`.
    pub review: ReviewState,
    /// How many files somebody is done with.
    pub done: usize,
    /// Of a file how many marks it has; of a folder or patient how many files have some.
    pub marked: usize,
    /// Whether it is unfolded; `None` where it is a file.
    pub unfolded: Option<bool>,
    /// Stands in place of a badge: not read yet, cannot be read, not DICOM.
    pub sign: &'static str,
    /// It arrived while the folder was open, and nobody looked at it.
    pub fresh: bool,
    /// Whether there is nothing to see in it.
    pub dim: bool,
}

impl Library {
    pub fn item(&self, at: usize, revealed: bool) -> Option<Item> {
        let row = self.rows.get(at)?;
        let shelf = self.shelf();
        let file = row.entry.file().and_then(|file| self.catalog.file(file));
        let status = file.map(|file| file.status);
        let (sign, dim) = match status {
            Some(None) => ("·", true),
            Some(Some(Status::NotDicom)) => ("", true),
            Some(Some(Status::Error)) => ("!", true),
            Some(Some(Status::Partial)) => ("!", false),
            Some(Some(Status::Ok)) | None => ("", false),
        };
        let (review, done) = match row.entry {
            Entry::File(file) => (self.catalog.review(file).state, 0),
            Entry::Node(_) if shelf.is_done(row.entry) => (ReviewState::Done, 0),
            Entry::Node(node) => (ReviewState::New, self.catalog.tree(self.kind).tally(node).done as usize),
        };
        let marked = match row.entry {
            Entry::File(file) => self.catalog.marks(file),
            Entry::Node(node) => self.catalog.tree(self.kind).tally(node).marked,
        };
        Some(Item {
            review,
            done,
            marked: marked as usize,
            name: shelf.name(row.entry, revealed),
            depth: row.depth.into(),
            counts: shelf.counts(row.entry),
            files: shelf.files(row.entry),
            unfolded: row.entry.node().map(|node| self.is_unfolded(node)),
            sign,
            fresh: file.is_some_and(|file| file.is_fresh),
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
