use super::{Options, keys::Keys, lines::Lines};
use crate::library::{Catalog, FileId};
use std::io;

/// Lines of files that come after a report in `ndjson`, in which patients and studies keep the keys that they have
/// there.
#[derive(Debug)]
pub struct Following {
    keys: Keys,
    options: Options,
}

impl Following {
    /// After the report of all that the catalog holds.
    pub fn after(catalog: &Catalog, options: Options) -> Self {
        let mut keys = Keys::default();
        for file in catalog.files().filter_map(|id| catalog.file(id)).filter(|file| file.status.is_some()) {
            keys.next(catalog, &file);
        }
        Self { keys, options }
    }

    /// The line of a file, with its end; empty where it is not read, or no longer there.
    ///
    /// # Errors
    /// None that a file calls for.
    pub fn line(&mut self, catalog: &Catalog, id: FileId) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        let Some(file) = catalog.file(id).filter(|file| file.status.is_some()) else { return Ok(text) };
        let numbers = self.keys.next(catalog, &file);
        if Lines::new(catalog, &self.options).add((id, numbers), &mut text)? {
            text.push(b'\n');
        }
        Ok(text)
    }
}
