use super::found::{FileId, Found};
use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

/// Files found and not yet read, at most: beyond it the crawl waits for the lanes, so that a folder of any size
/// takes a bounded part of memory. As many as that are counted ahead for the progress.
const MOST_WAITING: usize = 1 << 18;

/// What is to be read: in path order, but for what somebody looks at.
#[derive(Debug, Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Consecutive ids from `first`; taken ones are gone.
    waiting: VecDeque<Option<Found>>,
    first: u32,
    left: usize,
    /// What is on screen, as far as it still waits.
    wanted: VecDeque<FileId>,
    /// Nothing will be added.
    complete: bool,
    cancelled: bool,
}

impl State {
    fn take_in(&mut self, files: Vec<Found>) {
        self.left += files.len();
        self.waiting.extend(files.into_iter().map(Some));
    }

    fn take(&mut self) -> Option<Found> {
        while let Some(id) = self.wanted.pop_front() {
            let at = id.0.checked_sub(self.first).map(|at| at as usize);
            if let Some(found) = at.and_then(|at| self.waiting.get_mut(at)).and_then(Option::take) {
                self.left -= 1;
                return Some(found);
            }
        }
        while let Some(slot) = self.waiting.pop_front() {
            self.first += 1;
            if slot.is_some() {
                self.left -= 1;
                return slot;
            }
        }
        None
    }
}

impl Queue {
    /// Adds files, whose ids follow those added before; waits while too many do. Returns false once cancelled.
    pub fn add(&self, files: Vec<Found>) -> bool {
        let mut state = self.lock();
        while state.left >= MOST_WAITING && !state.cancelled {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.take_in(files);
        self.changed.notify_all();
        !state.cancelled
    }

    /// Adds files of any ids, and waits for nothing: to be asked before is [`Queue::is_full`].
    pub fn push(&self, files: Vec<Found>) {
        self.lock().take_in(files);
        self.changed.notify_all();
    }

    /// Whether as many wait as may.
    pub fn is_full(&self) -> bool {
        self.left() >= MOST_WAITING
    }

    /// Says that nothing will be added.
    pub fn complete(&self) {
        self.lock().complete = true;
        self.changed.notify_all();
    }

    /// The next file to read, if one waits.
    pub fn poll(&self) -> Option<Found> {
        let mut state = self.lock();
        let was_full = state.left >= MOST_WAITING;
        let found = if state.cancelled { None } else { state.take() };
        if was_full {
            self.changed.notify_all();
        }
        found
    }

    /// The next file to read; `None` when there will be none.
    pub fn next(&self) -> Option<Found> {
        loop {
            if let Some(found) = self.poll() {
                return Some(found);
            }
            let state = self.lock();
            if state.cancelled || (state.complete && state.left == 0) {
                return None;
            }
            if state.left == 0 {
                drop(self.changed.wait(state).unwrap_or_else(PoisonError::into_inner));
            }
        }
    }

    /// Has these read first, in this order, in place of those that were wanted before.
    pub fn want(&self, files: &[FileId]) {
        self.lock().wanted = files.iter().copied().collect();
    }

    pub fn cancel(&self) {
        self.lock().cancelled = true;
        self.changed.notify_all();
    }

    /// Files that wait.
    pub fn left(&self) -> usize {
        self.lock().left
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic while the lock is held is not possible; were it, the state would still be sound.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::found::Folder, *};
    use std::sync::Arc;

    fn files(ids: std::ops::Range<u32>) -> Vec<Found> {
        let folder = Arc::new(Folder { path: "".into(), top: 0, unjudged: 0, unnamed: None });
        let file =
            |id| Found { id: FileId(id), folder: Arc::clone(&folder), name: "x".into(), refusal: None };
        ids.map(file).collect()
    }

    #[test]
    fn what_is_wanted_comes_first_and_once() {
        let queue = Queue::default();
        queue.add(files(0..6));
        assert_eq!(queue.poll().map(|f| f.id.0), Some(0));
        queue.want(&[FileId(4), FileId(0), FileId(2), FileId(99)]);
        queue.complete();
        let order: Vec<u32> = std::iter::from_fn(|| queue.next()).map(|f| f.id.0).collect();
        assert_eq!(order, [4, 2, 1, 3, 5]);
        assert_eq!(queue.left(), 0);
    }

    #[test]
    fn a_full_queue_holds_the_crawl_until_read_or_cancelled() {
        let queue = Arc::new(Queue::default());
        queue.add(files(0..MOST_WAITING as u32));
        let adder = {
            let queue = Arc::clone(&queue);
            std::thread::spawn(move || queue.add(files(MOST_WAITING as u32..MOST_WAITING as u32 + 1)))
        };
        assert!(!adder.is_finished());
        queue.poll();
        assert!(adder.join().unwrap());
        queue.cancel();
        assert_eq!(queue.next().map(|f| f.id), None);
        assert!(!queue.add(files(0..1)));
    }
}
