use crate::{leak::Inspector, library::WatchChoice};
use std::{num::NonZeroUsize, sync::Arc};

/// How to run the terminal program.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What judges files.
    pub inspector: Arc<Inspector>,
    /// A theme of the program, or of the user's `themes` folder.
    pub theme: Option<String>,
    /// Files read at the same time.
    pub jobs: Option<NonZeroUsize>,
    /// Whether nothing is kept for the next time, and nothing taken from the last.
    pub forget: bool,
    /// How arrivals are seen.
    pub watch: WatchChoice,
}
