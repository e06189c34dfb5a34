use super::Catalog;
use crate::library::{FileId, FileKey};
use std::collections::HashMap;

/// How many marks files have, and which file a key is of: as far as files are marked.
#[derive(Debug, Default)]
pub(super) struct Marked {
    counts: HashMap<FileId, u32>,
    ids: HashMap<FileKey, FileId>,
    /// Of files that are yet to be found.
    kept: HashMap<FileKey, u32>,
}

impl Catalog {
    /// Takes what was kept of earlier runs, before any file is found.
    pub fn remember_marks(&mut self, counts: impl Iterator<Item = (FileKey, u32)>) {
        self.marked.kept = counts.collect();
    }

    /// Marks of a file.
    pub fn marks(&self, id: FileId) -> u32 {
        self.marked.counts.get(&id).copied().unwrap_or(0)
    }

    /// The file of a key that was marked.
    pub fn marked_file(&self, key: FileKey) -> Option<FileId> {
        self.marked.ids.get(&key).copied()
    }

    /// Does nothing for a file that was not found.
    pub fn set_marks(&mut self, id: FileId, key: FileKey, marks: u32) {
        if self.files.get(id.index()).is_none() {
            return;
        }
        let before = self.standing(id);
        self.marked.ids.insert(key, id);
        match marks {
            0 => self.marked.counts.remove(&id),
            _ => self.marked.counts.insert(id, marks),
        };
        let after = self.standing(id);
        self.count(id, |tree, node| {
            tree.remove(node, &before);
            tree.merge(node, &after);
        });
    }

    /// What is known of a file that is just found.
    pub(super) fn recall_marks(&mut self, id: FileId) {
        if self.marked.kept.is_empty() {
            return;
        }
        let key = self.key(id);
        if let Some(count) = self.marked.kept.get(&key) {
            self.marked.counts.insert(id, *count);
            self.marked.ids.insert(key, id);
        }
    }
}
