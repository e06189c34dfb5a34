use super::FileKey;
use crate::dicom::{ReadError, Status};
use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    sync::Arc,
};

/// A file of a scan. Ids count from 0 in path order: component by component, by bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A folder that holds files, as the user named it: the argument, and the way from there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Folder {
    pub path: PathBuf,
    /// Leading components of `path` that the tree of folders shows as one.
    pub top: usize,
    /// Leading components of `path` that are not judged (see [`crate::leak::Subject::name`]).
    pub unjudged: usize,
    /// What is judged in front of the rest: the name of the folder that the user named as `.` or `..`.
    pub unnamed: Option<Arc<OsStr>>,
}

/// Something in a folder that gets a row in the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub id: FileId,
    pub(super) folder: Arc<Folder>,
    pub(super) name: OsString,
    /// Why it is not to be opened.
    pub(super) refusal: Option<Refusal>,
}

/// Why something is not opened: it is no file, or no folder that can be listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub status: Status,
    pub error: ReadError,
}

impl Found {
    /// As the user named it: the argument, and the way from there.
    pub fn path(&self) -> PathBuf {
        self.folder.path.join(&self.name)
    }

    /// The part of the path that is judged.
    pub fn judged(&self) -> PathBuf {
        let way = skip(&self.folder.path, self.folder.unjudged).join(&self.name);
        match &self.folder.unnamed {
            Some(name) => Path::new(name).join(way),
            None => way,
        }
    }

    /// Its name for what is kept between runs; the same as the catalog's.
    pub fn key(&self) -> FileKey {
        let judged = self.judged();
        let parts: Vec<_> = judged.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        FileKey::of(&parts.join("/"))
    }

    /// Why it is not to be opened, where it is not.
    pub fn refusal(&self) -> Option<(Status, &ReadError)> {
        self.refusal.as_ref().map(|refusal| (refusal.status, &refusal.error))
    }

    /// The folder that it lies in.
    pub fn folder(&self) -> &Path {
        &self.folder.path
    }

    pub fn file_name(&self) -> &OsStr {
        &self.name
    }
}

/// `path` without its first `count` components.
pub(super) fn skip(path: &Path, count: usize) -> &Path {
    let mut components = path.components();
    components.by_ref().take(count).for_each(drop);
    components.as_path()
}
