use crate::{
    dicom::{ReadError, Stamp},
    library::{Roots, list},
};
use std::{
    fs::Metadata,
    io,
    path::{Path, PathBuf},
};

/// `None` of what is no regular file, or is not there.
pub fn look(path: &Path) -> Option<Stamp> {
    let metadata = path.symlink_metadata().ok().filter(Metadata::is_file)?;
    Some(Stamp::of(&metadata))
}

/// The regular files under the roots and how each is; and whether all could be listed.
pub fn stamped(roots: Roots) -> (Vec<(PathBuf, Stamp)>, bool) {
    let mut whole = true;
    let mut files = Vec::new();
    for found in list(roots) {
        match found.refusal() {
            None => files.extend(look(&found.path()).map(|stamp| (found.path(), stamp))),
            Some((_, ReadError::Folder(kind) | ReadError::Open(kind))) => {
                whole &= *kind == io::ErrorKind::NotFound;
            }
            Some(_) => {}
        }
    }
    (files, whole)
}
