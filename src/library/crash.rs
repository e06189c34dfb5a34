use std::{
    cell::Cell,
    io::{self, Write},
    panic,
};

thread_local! {
    static IN_LANE: Cell<bool> = const { Cell::new(false) };
}

/// Keeps what a panic says off the screen: it may quote a value. Of a panic in a read lane, which becomes an
/// error of the file that was read, nothing is printed at all; of any other the place in the source.
pub fn quiet_panics() {
    panic::set_hook(Box::new(|info| {
        if IN_LANE.get() {
            return;
        }
        if let Some(place) = info.location() {
            let (file, line) = (place.file(), place.line());
            // A hook that panics ends the program.
            let _ = writeln!(io::stderr(), "dcmleak: a defect of the program, at {file}:{line}");
        }
    }));
}

/// Runs what may panic over a file that was made to make it panic. `None` if it did.
pub fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    IN_LANE.set(true);
    // What is shared is behind locks, or replaced after a failure.
    let result = panic::catch_unwind(panic::AssertUnwindSafe(run));
    IN_LANE.set(false);
    result.ok()
}
