use crate::dicom::{Limits, Reader};
use crossbeam_channel::bounded;
use std::{
    num::NonZeroUsize,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// Results that may wait to be taken.
const WAITING: usize = 256;

/// Does `work` on the numbers from 0 to `count`, several at a time, each lane with a reader of its own. `take` gets
/// each result with its number, in any order, on the thread of the caller.
pub(super) fn each<T: Send>(
    count: usize,
    jobs: NonZeroUsize,
    limits: Limits,
    work: impl Fn(usize, &mut Reader) -> T + Sync,
    mut take: impl FnMut(usize, T),
) {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = bounded(WAITING);
    thread::scope(|scope| {
        for _ in 0..jobs.get() {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                let mut reader = Reader::new(limits);
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count || sender.send((at, work(at, &mut reader))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        receiver.iter().for_each(|(at, result)| take(at, result));
    });
}
