use std::{
    io,
    path::{Path, PathBuf},
};

/// Where a symbolic link in a folder leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Leads {
    /// To something in the folder, which is met on its own.
    Inside,
    Out,
    /// To nothing, or to itself.
    Nowhere,
}

/// Judges the links of one root.
pub(super) struct Links {
    root: io::Result<PathBuf>,
}

impl Links {
    pub fn of(root: &Path) -> Self {
        Self { root: root.canonicalize() }
    }

    /// Asks the file system, and opens nothing.
    pub fn judge(&self, link: &Path) -> Leads {
        match (link.canonicalize(), &self.root) {
            (Ok(target), Ok(root)) if target.starts_with(root) => Leads::Inside,
            (Ok(_), _) => Leads::Out,
            (Err(error), _) if error.kind() == io::ErrorKind::PermissionDenied => Leads::Out,
            (Err(_), _) => Leads::Nowhere,
        }
    }
}
