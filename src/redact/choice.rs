use super::MarkBook;
use crate::library::Found;
use std::{collections::HashSet, path::PathBuf, sync::Arc};

/// Which of the files that are found are to have a copy. The others are read for what they tell of these.
#[derive(Debug, Clone, Default)]
pub enum Choice {
    #[default]
    All,
    /// Those that have marks in the book.
    Marked(Arc<MarkBook>),
    /// Those in this folder and below it, as a scan of the roots names it.
    Below(PathBuf),
    /// Those with these paths, as a scan of the roots finds them.
    These(Arc<HashSet<PathBuf>>),
}

impl Choice {
    pub fn has(&self, file: &Found) -> bool {
        match self {
            Self::All => true,
            Self::Marked(book) => book.get(file.key()).is_some(),
            Self::Below(folder) => file.folder().starts_with(folder),
            Self::These(paths) => paths.contains(&file.path()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        library::{Roots, list},
        redact::read_marks,
    };

    #[test]
    fn files_are_chosen_as_a_scan_names_them() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["a/1", "a/b/2", "ab/3"] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let found = list(Roots::new([folder.path().to_owned()]));
        let chosen = |choice: Choice| -> Vec<String> {
            let has = found.iter().filter(|file| choice.has(file));
            has.map(|file| file.file_name().to_string_lossy().into_owned()).collect()
        };
        let key = found[1].key();
        let (book, _) =
            read_marks(format!("marks 1\nmark X (0010,0010)\nin {key} 1\nend\n").as_bytes()).unwrap();
        assert_eq!(chosen(Choice::All), ["1", "2", "3"]);
        assert_eq!(chosen(Choice::Marked(Arc::new(book))), ["2"]);
        assert_eq!(chosen(Choice::Below(folder.path().join("a"))), ["1", "2"]);
        let these = HashSet::from([folder.path().join("ab/3")]);
        assert_eq!(chosen(Choice::These(Arc::new(these))), ["3"]);
    }
}
