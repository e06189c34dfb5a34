use crate::text::StableHash;
use std::path::Path;

/// A path, as files are told apart while they are watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PathKey(u64);

impl PathKey {
    /// Of a path as the user named it: the argument, and the way from there.
    pub fn of(path: &Path) -> Self {
        Self(StableHash::default().part(path.as_os_str().as_encoded_bytes()).finish())
    }
}
