use super::FrameError;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

/// What one frame may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameLimits {
    /// Samples of a frame: columns × rows × samples a pixel. The worst decoder takes about ten bytes for each.
    pub samples: u64,
    /// Compressed bytes of a frame.
    pub bytes: u64,
    /// Bytes that a deflated data set may inflate to.
    pub inflated_bytes: u64,
    pub time: Duration,
}

impl Default for FrameLimits {
    fn default() -> Self {
        Self { samples: 40 << 20, bytes: 128 << 20, inflated_bytes: 1 << 30, time: Duration::from_secs(20) }
    }
}

/// Tells a decoder in another thread that its result is not wanted any more. Clones are the same switch.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The time left for one frame.
pub(super) struct Budget<'a> {
    cancel: &'a Cancel,
    deadline: Instant,
}

impl<'a> Budget<'a> {
    pub fn new(limits: &FrameLimits, cancel: &'a Cancel) -> Self {
        Self { cancel, deadline: Instant::now() + limits.time }
    }

    pub fn check(&self) -> Result<(), FrameError> {
        if self.cancel.is_cancelled() {
            return Err(FrameError::Cancelled);
        }
        if Instant::now() > self.deadline { Err(FrameError::TooSlow) } else { Ok(()) }
    }
}
