use super::found::FileId;
use std::{
    collections::HashMap,
    ffi::{OsStr, OsString},
};

/// File names one after the other, since a million allocations cost more than a million names.
#[derive(Debug, Default)]
pub(super) struct Names {
    arena: String,
    ends: Vec<u64>,
    /// Those that are no text.
    odd: HashMap<usize, OsString>,
}

impl Names {
    /// Appends the name of the next file.
    pub fn push(&mut self, name: &OsStr) {
        match name.to_str() {
            Some(name) => self.arena.push_str(name),
            None => {
                self.odd.insert(self.ends.len(), name.to_owned());
            }
        }
        self.ends.push(self.arena.len() as u64);
    }

    pub fn get(&self, id: FileId) -> &OsStr {
        let at = id.index();
        if let Some(odd) = self.odd.get(&at) {
            return odd;
        }
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        OsStr::new(self.arena.get(start as usize..end as usize).unwrap_or_default())
    }
}
