use super::Tag;
use std::{io, time::Duration};

/// Why a file could not be read, or not to its end. Offsets are bytes from the file's beginning, or from the
/// beginning of the inflated data set where the transfer syntax is deflated. Never holds a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("cannot be opened: {}", describe(*.0))]
    Open(io::ErrorKind),
    #[error("is not a regular file")]
    NotAFile,
    #[error("is a symbolic link out of the folder, which was not followed")]
    LinkOut,
    #[error("is a symbolic link to nothing")]
    LinkBroken,
    #[error("cannot be listed: {}", describe(*.0))]
    Folder(io::ErrorKind),
    #[error("the program failed on it, which is a defect of the program")]
    Crashed,
    #[error("cannot be read at byte {offset}: {}", describe(*.kind))]
    Io { offset: u64, kind: io::ErrorKind },
    #[error("ends at byte {offset}, inside of {what}")]
    Truncated { offset: u64, what: Within },
    #[error("{tag} at byte {offset} claims {length} bytes, {remaining} are left")]
    LengthBeyondEnd { tag: Tag, offset: u64, length: u32, remaining: u64 },
    #[error("{tag} at byte {offset} reaches beyond the item that holds it")]
    LengthBeyondItem { tag: Tag, offset: u64 },
    #[error("an item was expected at byte {offset}, {tag} is there")]
    NotAnItem { tag: Tag, offset: u64 },
    #[error("a delimiter without a sequence at byte {offset}")]
    StrayDelimiter { offset: u64 },
    #[error("a fragment of undefined length at byte {offset}")]
    UndefinedFragment { offset: u64 },
    #[error("no element at byte {offset}: the data set is damaged from there")]
    NotAnElement { offset: u64 },
    #[error("nested deeper than {limit} levels at byte {offset}")]
    TooDeep { offset: u64, limit: u16 },
    #[error("more than {limit} elements; stopped at byte {offset}")]
    TooManyRows { offset: u64, limit: usize },
    #[error("not read within {} s; stopped at byte {offset}", .limit.as_secs())]
    TooSlow { offset: u64, limit: Duration },
    #[error("the deflated data set is damaged at byte {offset}")]
    Inflate { offset: u64 },
    #[error("the deflated data set is larger than {limit} bytes")]
    InflatesTooFar { limit: u64 },
    #[error("has a DICOM header and no data set")]
    NoDataSet,
}

/// What a file ended in the middle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    Header,
    Value(Tag),
    Sequence(Tag),
}

impl std::fmt::Display for Within {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Header => f.write_str("an element's header"),
            Self::Value(tag) => write!(f, "the value of {tag}"),
            Self::Sequence(tag) => write!(f, "the sequence {tag}"),
        }
    }
}

/// The kind of an input or output error in words; the operating system's own text may hold a path.
pub(crate) fn describe(kind: io::ErrorKind) -> String {
    match kind {
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::NotFound => "not found".into(),
        other => other.to_string(),
    }
}
