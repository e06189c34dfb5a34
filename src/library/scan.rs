use super::{
    Roots,
    crash::guarded,
    crawl::Crawl,
    found::{FileId, Found},
    queue::Queue,
};
use crate::{
    dicom::{Limits, ReadError, Reader, Reading, Status, frame::Cancel},
    leak::{FileReport, Inspector, PixelMode, PixelSearch},
};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::{
    num::NonZeroUsize,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

/// Batches of events that may wait for the consumer; the lanes wait when it does not keep up.
const EVENTS: usize = 64;
/// Reports in one event, and how long one may wait for others.
const BATCH: usize = 32;
const PATIENCE: Duration = Duration::from_millis(15);
/// Stack of a lane, in bytes. Touched only as far as it is needed.
const STACK: usize = 8 << 20;

/// How to scan.
#[derive(Debug, Clone, Default)]
pub struct ScanOptions {
    /// Read lanes; one a core where unstated.
    pub jobs: Option<NonZeroUsize>,
    pub limits: Limits,
    pub pixels: PixelMode,
}

/// What happens in a scan. A file is found before it is reported; nothing follows `Finished`.
#[derive(Debug)]
pub enum Event {
    /// Files, in path order over all events.
    Found(Vec<Found>),
    /// The crawl has ended: the number of files is known.
    Crawled,
    /// Files that were read, in no order.
    Reports(Vec<(FileId, FileReport)>),
    /// All files are read, or the scan was cancelled.
    Finished,
}

/// How many files wait to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting(pub usize);

/// A running scan: one thread walks, several read. Dropping it cancels it.
#[derive(Debug)]
pub struct Scan {
    /// Bounded: a consumer that does not keep up slows the scan down and takes no memory.
    pub events: Receiver<Event>,
    queue: Arc<Queue>,
    cancel: Cancel,
}

impl Scan {
    /// Begins to walk and read; returns at once.
    pub fn start(roots: Roots, inspector: Arc<Inspector>, options: &ScanOptions) -> Self {
        let (scan, sender) = Self::lanes(inspector, options);
        spawn_crawl(roots, Arc::clone(&scan.queue), sender);
        scan
    }

    /// Reads what it is given with [`Scan::read`], and never ends by itself: for files that arrive.
    pub fn of_arrivals(inspector: Arc<Inspector>, options: &ScanOptions) -> Self {
        Self::lanes(inspector, options).0
    }

    /// Has these files read, in this order, after those that it was given before.
    pub fn read(&self, files: Vec<Found>) {
        self.queue.push(files);
    }

    /// Whether it should be given more to read; what arrives meanwhile should wait where it is.
    pub fn takes_more(&self) -> bool {
        !self.queue.is_full()
    }

    fn lanes(inspector: Arc<Inspector>, options: &ScanOptions) -> (Self, Sender<Event>) {
        let (sender, events) = bounded(EVENTS);
        let queue = Arc::new(Queue::default());
        let jobs = options.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
        let cancel = Cancel::new();
        let lane = Lane {
            queue: Arc::clone(&queue),
            pixels: Arc::new(inspector.pixel_search(options.pixels)),
            inspector,
            sender: sender.clone(),
            limits: options.limits,
            cancel: cancel.clone(),
        };
        spawn_lanes(lane, jobs);
        (Self { events, queue, cancel }, sender)
    }

    /// Has these files read next, in this order, in place of any wanted before: what is on the screen.
    pub fn prioritise(&self, files: &[FileId]) {
        self.queue.want(files);
    }

    /// Stops soon: each lane after the file that it is reading, or the frame that it is looking at.
    pub fn cancel(&self) {
        self.cancel.cancel();
        self.queue.cancel();
    }

    /// Files found and not yet read.
    pub fn waiting(&self) -> Waiting {
        Waiting(self.queue.left())
    }
}

impl Drop for Scan {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// Closes the queue whatever becomes of the crawl, so that no lane waits for it forever.
struct Complete(Arc<Queue>);

impl Drop for Complete {
    fn drop(&mut self) {
        self.0.complete();
    }
}

fn spawn_crawl(roots: Roots, queue: Arc<Queue>, sender: Sender<Event>) {
    let complete = Complete(queue);
    let crawl = move || {
        let queue = &complete.0;
        Crawl::new(|files: Vec<Found>| sender.send(Event::Found(files.clone())).is_ok() && queue.add(files))
            .run(roots);
        // Nobody listens any more when this fails.
        let _ = sender.send(Event::Crawled);
    };
    spawn("crawl".to_owned(), crawl);
}

/// The last lane to end says so.
fn spawn_lanes(lane: Lane, jobs: usize) {
    struct Last(Sender<Event>);
    impl Drop for Last {
        fn drop(&mut self) {
            let _ = self.0.send(Event::Finished);
        }
    }
    let last = Arc::new(Last(lane.sender.clone()));
    for number in 0..jobs {
        let (lane, last) = (lane.clone(), Arc::clone(&last));
        spawn(format!("lane {number}"), move || {
            lane.run();
            drop(last);
        });
    }
}

/// A thread. Where the system gives none, the work is dropped, and its drops end the scan in order, with fewer
/// lanes or none.
fn spawn(name: String, work: impl FnOnce() + Send + 'static) {
    let _ = thread::Builder::new().name(name).stack_size(STACK).spawn(work);
}

/// One of the threads that read.
#[derive(Clone)]
struct Lane {
    queue: Arc<Queue>,
    inspector: Arc<Inspector>,
    pixels: Arc<PixelSearch>,
    sender: Sender<Event>,
    limits: Limits,
    cancel: Cancel,
}

impl Lane {
    fn run(self) {
        let mut reader = Reader::new(self.limits);
        let mut batch = Vec::new();
        let mut since = Instant::now();
        loop {
            let found = match self.queue.poll() {
                Some(found) => found,
                None => {
                    if !self.send(&mut batch) {
                        return;
                    }
                    let Some(found) = self.queue.next() else { return };
                    found
                }
            };
            if batch.is_empty() {
                since = Instant::now();
            }
            let report = guarded(|| self.report(&mut reader, &found)).unwrap_or_else(|| {
                reader = Reader::new(self.limits);
                crashed(&found)
            });
            batch.push((found.id, report));
            if (batch.len() >= BATCH || since.elapsed() > PATIENCE) && !self.send(&mut batch) {
                return;
            }
        }
    }

    fn report(&self, reader: &mut Reader, found: &Found) -> FileReport {
        let path = found.path();
        let reading = match &found.refusal {
            None => reader.read(&path),
            Some(refusal) => Reading::unread(refusal.status, refusal.error.clone()),
        };
        let mut report = self.inspector.inspect(&reading, &path, &found.judged());
        // What the elements give away is kept whatever becomes of the image.
        let seen = guarded(|| self.pixels.findings(&path, &reading, &self.cancel));
        report.see(seen.unwrap_or_default());
        report
    }

    /// Whether anybody takes it.
    fn send(&self, batch: &mut Vec<(FileId, FileReport)>) -> bool {
        batch.is_empty() || self.sender.send(Event::Reports(std::mem::take(batch))).is_ok()
    }
}

fn crashed(found: &Found) -> FileReport {
    FileReport {
        path: found.path(),
        size: 0,
        stamp: Default::default(),
        status: Status::Error,
        error: Some(ReadError::Crashed),
        facts: Default::default(),
        claims: Default::default(),
        findings: Vec::new(),
        evidence: Default::default(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{
        leak::{Counts, Severity},
        library::{Catalog, NodeId, TreeKind, Values},
    };
    use std::path::{Path, PathBuf};

    pub(crate) fn scan(roots: Roots, jobs: usize) -> Catalog {
        scan_into(Catalog::new(Values::Masked), roots, jobs)
    }

    pub(crate) fn scan_into(mut catalog: Catalog, roots: Roots, jobs: usize) -> Catalog {
        let options = ScanOptions { jobs: NonZeroUsize::new(jobs), ..ScanOptions::default() };
        let scan = Scan::start(roots, Arc::new(Inspector::new()), &options);
        for event in &scan.events {
            match event {
                Event::Found(files) => catalog.found(&files),
                Event::Reports(reports) => {
                    reports.into_iter().for_each(|(id, report)| catalog.add(id, report))
                }
                Event::Crawled => {}
                Event::Finished => break,
            }
        }
        catalog.settle();
        catalog
    }

    fn paths(catalog: &Catalog, root: &Path) -> Vec<(String, Status)> {
        let path = |id| catalog.path(id).strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        catalog.files().map(|id| (path(id), catalog.file(id).unwrap().status.unwrap())).collect()
    }

    #[test]
    fn the_demo_is_read_in_path_order_whatever_the_number_of_lanes() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("demo");
        let summary = crate::demo::write(&root).unwrap();
        let one = scan(Roots::new([root.clone()]), 1);
        let many = scan(Roots::new([root.clone()]), 5);
        let listed = paths(&one, &root);
        assert_eq!((listed.len(), &listed), (summary.files, &paths(&many, &root)));
        assert!(listed.is_sorted_by_key(|(path, _)| PathBuf::from(path)));
        for kind in [TreeKind::Folders, TreeKind::Patients] {
            let (one, many) = (one.tree(kind), many.tree(kind));
            assert_eq!(one.tally(NodeId::ROOT), many.tally(NodeId::ROOT));
            assert_eq!(one.files_under(NodeId::ROOT).count() as u32, one.tally(NodeId::ROOT).files);
        }
        assert_eq!(one.tally().reported(), one.tally().files);
        let said = |catalog: &Catalog| {
            let all = catalog.files().flat_map(|id| {
                catalog.findings(id).map(move |kept| (id, kept.shape.rule.to_string(), kept.mask()))
            });
            all.collect::<Vec<_>>()
        };
        assert_eq!(said(&one), said(&many));
        assert!(said(&one).iter().any(|(_, rule, mask)| rule.starts_with("sibling.") && !mask.is_empty()));
        let rolled_up: Counts = said(&one).iter().map(|_| Severity::Info).collect();
        let total: u32 = Severity::ALL.into_iter().map(|s| one.tally().counts.of(s)).sum();
        assert_eq!(total, rolled_up.of(Severity::Info));
    }

    #[test]
    #[cfg(unix)]
    fn links_and_pipes_are_told_and_not_opened() {
        use std::os::unix::{fs::symlink, net::UnixListener};
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        std::fs::create_dir_all(root.join("sub/deep")).unwrap();
        std::fs::write(folder.path().join("outside"), b"text").unwrap();
        std::fs::write(root.join("b.txt"), b"text").unwrap();
        std::fs::write(root.join("sub.txt"), b"text").unwrap();
        std::fs::write(root.join("sub/deep/x"), b"text").unwrap();
        symlink(&root, root.join("sub/circle")).unwrap();
        symlink("b.txt", root.join("inside")).unwrap();
        symlink("itself", root.join("itself")).unwrap();
        symlink("../outside", root.join("out")).unwrap();
        let _socket = UnixListener::bind(root.join("socket")).unwrap();
        let catalog = scan(Roots::new([root.clone()]), 2);
        let expected = [
            ("b.txt", Status::NotDicom),
            ("itself", Status::NotDicom),
            ("out", Status::Error),
            ("socket", Status::NotDicom),
            ("sub/deep/x", Status::NotDicom),
            ("sub.txt", Status::NotDicom),
        ];
        assert_eq!(paths(&catalog, &root), expected.map(|(path, status)| (path.to_owned(), status)));
        let error = |at: u32| catalog.file(FileId(at)).unwrap().error.cloned();
        assert_eq!(
            [1, 2, 3].map(error),
            [ReadError::LinkBroken, ReadError::LinkOut, ReadError::NotAFile].map(Some)
        );
    }

    #[test]
    fn what_is_missing_has_a_row() {
        let catalog = scan(Roots::new([PathBuf::from("/nowhere/at/all")]), 1);
        assert_eq!(catalog.file(FileId(0)).unwrap().status, Some(Status::Error));
        assert_eq!(catalog.path(FileId(0)), Path::new("/nowhere/at/all"));
    }

    #[test]
    fn a_dropped_scan_ends_its_threads() {
        let folder = tempfile::tempdir().unwrap();
        for at in 0..5000 {
            std::fs::write(folder.path().join(at.to_string()), b"x").unwrap();
        }
        let inspector = Arc::new(Inspector::new());
        let scan = Scan::start(
            Roots::new([folder.path().to_owned()]),
            Arc::clone(&inspector),
            &ScanOptions::default(),
        );
        drop(scan);
        let patience = Instant::now();
        while Arc::strong_count(&inspector) > 1 {
            assert!(patience.elapsed() < Duration::from_secs(20), "a lane is still there");
            thread::yield_now();
        }
    }
}
