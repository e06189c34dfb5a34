use super::FolderError;

/// Why a run could not be ended, or not begun.
#[derive(Debug, thiserror::Error)]
pub enum RedactError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("the copies are written and verified, but no DICOMDIR and no manifest of them can be: {}", crate::text::system_error(.0.kind()))]
    Directory(std::io::Error),
    /// Copies are written all the same.
    #[error("the copies are written and verified, but no manifest of them can be: {}", crate::text::system_error(.0.kind()))]
    Manifest(std::io::Error),
}
