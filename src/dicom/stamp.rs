use std::{
    fs::Metadata,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// What a file has another of once it was written or replaced, without its being opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    pub version: Version,
    /// Its number in the file system, where there is one: it tells apart what the version does not, and may be another
    /// when the same folder is mounted again.
    pub number: u64,
}

/// What a file keeps wherever it is moved to, until it is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Version {
    /// In bytes.
    pub size: u64,
    /// When it was changed last, in nanoseconds since 1970; 0 where that is not known.
    pub modified: u64,
}

impl Stamp {
    pub fn of(metadata: &Metadata) -> Self {
        let modified =
            metadata.modified().unwrap_or(UNIX_EPOCH).duration_since(UNIX_EPOCH).unwrap_or_default();
        let version = Version { size: metadata.len(), modified: nanoseconds(modified) };
        Self { version, number: number(metadata) }
    }
}

impl Version {
    pub fn is_after(self, time: SystemTime) -> bool {
        self.modified >= time.duration_since(UNIX_EPOCH).map_or(0, nanoseconds)
    }
}

/// They last until the year 2554.
fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(unix)]
fn number(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}
