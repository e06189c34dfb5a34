use crate::text::StableHash;
use std::{
    fs::Metadata,
    time::{SystemTime, UNIX_EPOCH},
};

/// What a file has another of once it was written or replaced, without its being opened: of its size, the time of its
/// last change and, where there is one, its number in the file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp(u64);

impl Stamp {
    pub fn of(metadata: &Metadata) -> Self {
        Self::new(metadata.len(), metadata.modified().unwrap_or(UNIX_EPOCH), number(metadata))
    }

    pub(crate) fn new(size: u64, modified: SystemTime, number: u64) -> Self {
        let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
        let hash = StableHash::default()
            .part(&size.to_le_bytes())
            .part(&since.as_nanos().to_le_bytes())
            .part(&number.to_le_bytes());
        Self(hash.finish())
    }
}

#[cfg(unix)]
fn number(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}
