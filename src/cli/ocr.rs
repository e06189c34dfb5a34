//! Models of others that read text in pixels.

use crate::{
    burnin::{Models, TextReader},
    text::Shown,
};
use std::{path::Path, sync::Arc};

/// The pair at `path`; or why it cannot be used.
pub(super) fn load(path: &Path) -> Result<Models, String> {
    Models::load(path).map_err(|error| format!("{}: {error}", Shown::path(path)))
}

/// What text in pixels is read by.
pub(super) fn reader(models: Option<&Path>) -> Result<TextReader, String> {
    models.map_or(Ok(TextReader::Own), |path| load(path).map(|models| TextReader::Models(Arc::new(models))))
}
