use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether the user, or the system, asked to stop: SIGINT, SIGTERM, SIGHUP. The first time work is ended in order;
/// the second time the process ends at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens from now on. Where the system does not let us, signals do what they always do.
    pub fn listen() -> Self {
        let interrupt = Self::default();
        interrupt.register();
        interrupt
    }

    /// What is set when it is raised, for work that looks for itself.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }

    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    #[cfg(unix)]
    fn register(&self) {
        use signal_hook::{
            consts::{SIGHUP, SIGINT, SIGTERM},
            flag,
        };
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // In this order: at the first signal the flag is not yet set when it is asked.
            let _ = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&self.0));
            let _ = flag::register(signal, Arc::clone(&self.0));
        }
    }

    #[cfg(not(unix))]
    fn register(&self) {}
}
