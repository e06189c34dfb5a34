use std::io;

/// Why a frame cannot be shown, in words for the reader. Never holds a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    #[error("has no pixel data")]
    NoPixels,
    #[error("has no frame {number}, only {frames}")]
    NoSuchFrame { number: u32, frames: u32 },
    #[error("the image is not described: {0} is missing or wrong")]
    Attribute(&'static str),
    #[error("{columns} × {rows} pixels are more than the limit of {limit} samples a frame")]
    TooLarge { columns: u64, rows: u64, limit: u64 },
    #[error("the frame takes {bytes} bytes, more than the limit of {limit}")]
    TooManyBytes { bytes: u64, limit: u64 },
    #[error("cannot be opened: {}", crate::dicom::error::describe(*.0))]
    Open(io::ErrorKind),
    #[error("the pixel data cannot be read: {}", crate::dicom::error::describe(*.0))]
    Read(io::ErrorKind),
    #[error("the bytes of this frame are not in the file")]
    Missing,
    #[error("codec not built in: {codec}")]
    NotBuiltIn { codec: &'static str },
    #[error("is a video ({codec}); the codec is not built in")]
    Video { codec: &'static str },
    #[error("the pixel data is not in the file but behind a URL (JPIP)")]
    Elsewhere,
    #[error("the pixel data is compressed in a way that is not known")]
    UnknownSyntax,
    #[error("the {codec} stream is damaged: {why}")]
    Damaged { codec: &'static str, why: &'static str },
    #[error("{0} is not supported")]
    Unsupported(&'static str),
    #[error("cancelled")]
    Cancelled,
    #[error("not decoded within the time limit")]
    TooSlow,
}
