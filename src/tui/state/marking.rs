use crate::{
    library::{Catalog, FileId},
    redact::{Action, Held, MarkBook, Spot},
};
use std::{collections::BTreeMap, path::PathBuf};

/// What is marked, and what is being marked.
#[derive(Debug, Default)]
pub struct Marking {
    pub book: MarkBook,
    /// Where the marks are kept; `None` where they are not.
    pub kept_at: Option<PathBuf>,
    /// The line of the tag tree where a range begins.
    pub from: Option<usize>,
}

impl Marking {
    pub fn of(&self, catalog: &Catalog, file: FileId) -> Option<&Held> {
        if self.book.is_empty() { None } else { self.book.get(catalog.key(file)) }
    }

    /// Whether the file is another than when it was marked.
    pub fn is_changed(&self, catalog: &Catalog, file: FileId) -> bool {
        let entry = catalog.file(file);
        let held = self.of(catalog, file);
        held.zip(entry).is_some_and(|(held, file)| held.is_of_another(file.stamp.version))
    }
}

/// All marks of a folder: each once, with the files that have it.
#[derive(Debug, Default)]
pub struct MarkList {
    pub lines: Vec<(Spot, Action, Vec<FileId>)>,
    pub cursor: usize,
    /// Files with marks that are here, that are others by now, and that are not here.
    pub files: usize,
    pub changed: usize,
    pub missing: usize,
}

impl MarkList {
    pub fn new(marking: &Marking, catalog: &Catalog) -> Self {
        let mut list = Self::default();
        let mut spots: BTreeMap<(Spot, Action), Vec<FileId>> = BTreeMap::new();
        for (key, held) in marking.book.files() {
            let here = catalog.marked_file(key).and_then(|id| catalog.file(id));
            let Some(file) = here else {
                list.missing += 1;
                continue;
            };
            list.files += 1;
            list.changed += usize::from(held.is_of_another(file.stamp.version));
            for (spot, action) in held.marks.iter() {
                spots.entry((spot.clone(), action)).or_default().push(file.id);
            }
        }
        list.lines = spots
            .into_iter()
            .map(|((spot, action), mut files)| {
                files.sort_unstable();
                (spot, action, files)
            })
            .collect();
        list
    }
}
