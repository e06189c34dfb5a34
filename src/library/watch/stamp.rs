use crate::text::StableHash;
use std::{
    fs,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

/// A path, as files are told apart while they are watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PathKey(u64);

impl PathKey {
    /// Of a path as the user named it: the argument, and the way from there.
    pub fn of(path: &Path) -> Self {
        Self(StableHash::default().part(path.as_os_str().as_encoded_bytes()).finish())
    }
}

/// What a file has another of once it was written, without its being opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Of size, time of change and, where there is one, the number of the file.
    content: u64,
    pub modified: SystemTime,
}

impl Stamp {
    /// `None` of what is no regular file, or is not there.
    pub fn of(path: &Path) -> Option<Self> {
        let metadata = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        let modified = metadata.modified().unwrap_or(UNIX_EPOCH);
        let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
        let hash = StableHash::default()
            .part(&metadata.len().to_le_bytes())
            .part(&since.as_nanos().to_le_bytes())
            .part(&number(&metadata).to_le_bytes());
        Some(Self { content: hash.finish(), modified })
    }

    #[cfg(test)]
    pub fn test(content: u64, modified: SystemTime) -> Self {
        Self { content, modified }
    }
}

#[cfg(unix)]
fn number(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> u64 {
    0
}
