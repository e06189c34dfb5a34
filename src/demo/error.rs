use std::path::PathBuf;

/// Why the demo folder could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the folder {0} is not empty; the demo is written to a new or an empty one")]
    NotEmpty(PathBuf),
    #[error("cannot write {path}")]
    Write { path: PathBuf, source: std::io::Error },
    #[error("the JPEG encoder failed")]
    Jpeg(#[from] image::ImageError),
}
