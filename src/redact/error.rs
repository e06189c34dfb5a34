use super::{FolderError, KeyError, ProfileError};

/// Why nothing could be redacted.
#[derive(Debug, thiserror::Error)]
pub enum RedactError {
    #[error(transparent)]
    Profile(#[from] ProfileError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("the manifest cannot be written: {}", crate::text::system_error(.0.kind()))]
    Manifest(std::io::Error),
}
