use super::*;
use crate::library::{Catalog, Event, FileId, Roots, Scan, ScanOptions, Values};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

/// How long a test waits for what has to come.
const PATIENCE: Duration = Duration::from_secs(120);

/// A watched folder and what is known of it, as `scan --watch` and the terminal program have it.
struct Watched {
    root: PathBuf,
    _folder: tempfile::TempDir,
    watch: Watch,
    roster: Roster,
    catalog: Catalog,
    arrivals: Scan,
    /// How often each was read.
    reads: BTreeMap<PathBuf, usize>,
}

impl Watched {
    fn new(choice: WatchChoice, names: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("share");
        fs::create_dir(&root).unwrap();
        names.iter().for_each(|name| put(&root.join(name), "old"));
        let roots = Roots::new([root.clone()]);
        let (inspector, options) = (Arc::default(), ScanOptions::default());
        let watch = Watch::start(&roots, choice).unwrap();
        let arrivals = Scan::of_arrivals(Arc::clone(&inspector), &options);
        let mut catalog = Catalog::new(Values::Masked);
        let mut roster = Roster::new(roots.clone());
        let scan = Scan::start(roots, inspector, &options);
        for event in &scan.events {
            match event {
                Event::Found(files) => {
                    catalog.found(&files);
                    roster.found(&files);
                }
                Event::Reports(reports) => {
                    reports.into_iter().for_each(|(id, report)| catalog.add(id, report))
                }
                Event::Crawled => watch.begin(roster.keys()),
                Event::Finished => break,
            }
        }
        let early = roster.scanned(&mut catalog);
        arrivals.read(early.read);
        Self { root, _folder: folder, watch, roster, catalog, arrivals, reads: BTreeMap::new() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Waits until the catalog holds these files, all of them read.
    fn expect(&mut self, names: &[&str]) {
        let wanted: BTreeSet<PathBuf> = names.iter().map(|name| self.path(name)).collect();
        let until = Instant::now() + PATIENCE;
        while self.there() != wanted {
            assert!(Instant::now() < until, "{:?} instead of {wanted:?}", self.there());
            self.step();
        }
    }

    /// Waits until the file was read so often.
    fn expect_reads(&mut self, name: &str, count: usize) {
        let until = Instant::now() + PATIENCE;
        while self.reads.get(&self.path(name)).copied().unwrap_or(0) < count {
            assert!(Instant::now() < until, "{name}: {:?}", self.reads);
            self.step();
        }
    }

    fn step(&mut self) {
        crossbeam_channel::select! {
            recv(self.watch.events) -> event => {
                if let WatchEvent::Changes(changes) = event.unwrap() {
                    let applied = self.roster.apply(changes, &mut self.catalog);
                    self.arrivals.read(applied.read);
                }
            }
            recv(self.arrivals.events) -> event => {
                if let Event::Reports(reports) = event.unwrap() {
                    for (id, report) in reports {
                        *self.reads.entry(report.path.clone()).or_default() += 1;
                        self.catalog.add(id, report);
                    }
                }
            }
            default(Duration::from_millis(50)) => {}
        }
    }

    fn there(&self) -> BTreeSet<PathBuf> {
        let read = |id: &FileId| self.catalog.file(*id).is_some_and(|file| file.status.is_some());
        self.catalog.files().filter(read).map(|id| self.catalog.path(id)).collect()
    }
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn files_and_folders_come_change_and_go() {
    for choice in [WatchChoice::Native, WatchChoice::Poll] {
        let mut watched = Watched::new(choice, &["a", "sub/b"]);
        watched.expect(&["a", "sub/b"]);
        put(&watched.path("new/deep/c"), "x");
        put(&watched.path("d.part"), "x");
        fs::rename(watched.path("d.part"), watched.path("d")).unwrap();
        watched.expect(&["a", "sub/b", "new/deep/c", "d"]);
        // A study is moved out, another in; a file gets another name.
        let outside = watched._folder.path().join("outside");
        fs::rename(watched.path("new"), &outside).unwrap();
        fs::rename(watched.path("sub"), watched.path("moved")).unwrap();
        fs::rename(watched.path("d"), watched.path("e")).unwrap();
        watched.expect(&["a", "moved/b", "e"]);
        fs::rename(&outside, watched.path("back")).unwrap();
        fs::remove_file(watched.path("a")).unwrap();
        watched.expect(&["moved/b", "e", "back/deep/c"]);
        let tally = watched.catalog.tally();
        assert_eq!((tally.files, tally.reported()), (3, 3), "{choice:?}");
    }
}

#[test]
fn what_is_replaced_is_read_again_and_what_is_not_is_not() {
    for choice in [WatchChoice::Native, WatchChoice::Poll] {
        let mut watched = Watched::new(choice, &["a", "b"]);
        put(&watched.path("a"), "another text");
        watched.expect_reads("a", 1);
        // Written, cut, written again; another link to it is another file.
        let mut file = File::create(watched.path("c")).unwrap();
        file.write_all(b"long text that goes").unwrap();
        file.set_len(0).unwrap();
        file.write_all(b"short").unwrap();
        drop(file);
        fs::hard_link(watched.path("c"), watched.path("linked")).unwrap();
        watched.expect(&["a", "b", "c", "linked"]);
        // As fresh as it was when the watch began.
        assert_eq!(watched.reads.get(&watched.path("b")), None);
        assert_eq!(watched.reads[&watched.path("c")], 1, "{choice:?}");
    }
}

#[test]
fn a_root_that_is_made_again_is_watched_again() {
    for choice in [WatchChoice::Native, WatchChoice::Poll] {
        let mut watched = Watched::new(choice, &["a"]);
        fs::remove_dir_all(&watched.root).unwrap();
        watched.expect(&[]);
        put(&watched.path("b"), "x");
        watched.expect(&["b"]);
        put(&watched.path("sub/c"), "x");
        watched.expect(&["b", "sub/c"]);
    }
}

#[test]
fn what_an_open_writer_wrote_is_waited_for() {
    let mut watched = Watched::new(WatchChoice::Native, &[]);
    let mut file = File::create(watched.path("slow")).unwrap();
    put(&watched.path("quick"), "x");
    file.write_all(b"first ").unwrap();
    watched.expect(&["quick"]);
    file.write_all(b"second").unwrap();
    drop(file);
    watched.expect(&["quick", "slow"]);
    let size = |watched: &Watched| {
        let ids = watched.catalog.files();
        let slow = |id: &FileId| watched.catalog.path(*id) == watched.path("slow");
        ids.filter(slow).filter_map(|id| watched.catalog.file(id)).map(|file| file.size).next_back()
    };
    assert_eq!(size(&watched), Some(12));
}

#[test]
#[cfg(unix)]
fn links_and_pipes_are_not_followed() {
    let mut watched = Watched::new(WatchChoice::Native, &[]);
    let outside = watched._folder.path().join("outside");
    put(&outside.join("secret"), "x");
    std::os::unix::fs::symlink(&outside, watched.path("link")).unwrap();
    std::os::unix::fs::symlink(outside.join("secret"), watched.path("file")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(watched.path("socket")).unwrap();
    put(&watched.path("a"), "x");
    watched.expect(&["a"]);
    put(&outside.join("more"), "x");
    put(&watched.path("b"), "x");
    watched.expect(&["a", "b"]);
    assert_eq!(watched.catalog.tally().files, 2);
}

#[test]
fn a_dropped_watch_ends_its_thread() {
    let folder = tempfile::tempdir().unwrap();
    let watch = Watch::start(&Roots::new([folder.path().to_owned()]), WatchChoice::Native).unwrap();
    watch.begin(Vec::new());
    let events = watch.events.clone();
    drop(watch);
    // The thread's end closes the channel.
    while events.recv_timeout(PATIENCE).is_ok() {}
    assert!(events.recv_timeout(PATIENCE).is_err_and(|error| error.is_disconnected()));
}
