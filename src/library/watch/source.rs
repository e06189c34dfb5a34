use super::{
    Change, Means, PathKey, WatchChoice, WatchState,
    listing::{look, stamped},
    place::{Place, best},
    settle::Settle,
};
use crate::library::Roots;
use crossbeam_channel::{Receiver, Sender, bounded, select};
use notify::{
    EventKind, Watcher,
    event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode},
};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

/// Between two listings, and as many times as long as a listing takes.
const POLL: Duration = Duration::from_secs(2);
const POLL_SHARE: u32 = 10;
/// The longest time between two listings.
const POLL_MOST: Duration = Duration::from_secs(30);
/// How long a folder's listing waits for more to come, and when it is looked at once more.
const FOLDER: [Duration; 2] = [Duration::from_millis(100), Duration::from_millis(1500)];
/// Between two listings of all that events call for.
const RESCAN: Duration = Duration::from_secs(2);
/// How often a root that is gone is looked for.
const RETRY: Duration = Duration::from_secs(1);
/// How far the clock that stamps files may be behind this machine's: a server's, by minutes.
const BEHIND: Duration = Duration::from_secs(600);
/// Sleep with nothing to wait for.
const NAP: Duration = Duration::from_secs(3600);
/// Messages that may wait for the consumer.
const WAITING: usize = 64;
/// Events of the system that may wait; where more come, all is listed.
const RAW: usize = 1 << 16;

/// What a watched folder tells.
#[derive(Debug)]
pub enum WatchEvent {
    /// How it is watched now.
    State(WatchState),
    Changes(Vec<Change>),
}

/// A watched folder: one thread. Dropping it ends it.
#[derive(Debug)]
pub struct Watch {
    pub events: Receiver<WatchEvent>,
    begin: Sender<Vec<PathKey>>,
}

impl Watch {
    /// Watches from now on; `None` where nobody wants to. Nothing is told before [`Watch::begin`].
    pub fn start(roots: &Roots, choice: WatchChoice) -> Option<Self> {
        let places: Vec<Place> = roots.paths().map(Place::of).collect();
        let (means, why) = match choice {
            WatchChoice::Off => return None,
            WatchChoice::Native => (Means::Native, String::new()),
            WatchChoice::Poll => (Means::Poll, "as asked".to_owned()),
            WatchChoice::Auto => best(&places),
        };
        let (send, events) = bounded(WAITING);
        let (begin, begun) = bounded(1);
        let mut source = Source::new(roots.clone(), places, means, why, send);
        source.listen();
        thread::Builder::new().name("watch".to_owned()).spawn(move || source.run(&begun)).ok()?;
        Some(Self { events, begin })
    }

    /// How these would be watched, unless the system refuses.
    pub fn plan(roots: &Roots) -> WatchState {
        let places: Vec<Place> = roots.paths().map(Place::of).collect();
        let (means, why) = best(&places);
        WatchState { means, lag: means.lag(POLL), why }
    }

    /// Tells what is there already, and begins to tell of changes.
    pub fn begin(&self, known: Vec<PathKey>) {
        // The thread is there as long as this is.
        let _ = self.begin.send(known);
    }
}

type Raw = notify::Result<notify::Event>;

struct Source {
    roots: Roots,
    places: Vec<Place>,
    state: WatchState,
    watcher: Option<notify::RecommendedWatcher>,
    raw: Receiver<Raw>,
    raw_send: Sender<Raw>,
    /// Whether events came that nobody had room for.
    lost: Arc<AtomicBool>,
    send: Sender<WatchEvent>,
    settle: Settle,
    began: Instant,
    since: SystemTime,
    /// Folders that came, and when they are to be listed.
    folders: Vec<(Duration, PathBuf)>,
    /// When all is to be listed.
    rescan: Option<Duration>,
    rescanned: Duration,
    /// What is to be told with what comes next.
    gone: Vec<Change>,
}

impl Source {
    fn new(roots: Roots, places: Vec<Place>, means: Means, why: String, send: Sender<WatchEvent>) -> Self {
        let (raw_send, raw) = bounded(RAW);
        Self {
            roots,
            places,
            state: WatchState { means, lag: means.lag(POLL), why },
            watcher: None,
            raw,
            raw_send,
            lost: Arc::default(),
            send,
            settle: Settle::default(),
            began: Instant::now(),
            since: SystemTime::now().checked_sub(BEHIND).unwrap_or(SystemTime::UNIX_EPOCH),
            folders: Vec::new(),
            rescan: None,
            rescanned: Duration::ZERO,
            gone: Vec::new(),
        }
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// Has the system tell of what happens; lists instead where it does not.
    fn listen(&mut self) {
        if self.state.means == Means::Poll {
            return;
        }
        let (send, lost) = (self.raw_send.clone(), Arc::clone(&self.lost));
        let take = move |event| {
            if send.try_send(event).is_err() {
                lost.store(true, Ordering::Relaxed);
            }
        };
        // What lies behind a link is not of the folder.
        let config = notify::Config::default().with_follow_symlinks(false);
        let watcher = notify::RecommendedWatcher::new(take, config);
        let result = watcher.and_then(|mut watcher| {
            self.places.iter().try_for_each(|place| place.watch(&mut watcher))?;
            Ok(watcher)
        });
        match result {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => self.poll(&error),
        }
    }

    fn poll(&mut self, error: &notify::Error) {
        self.watcher = None;
        let why = match error.kind {
            notify::ErrorKind::MaxFilesWatch => "fs.inotify.max_user_watches is reached",
            notify::ErrorKind::Io(_) => "the system's events failed",
            _ => "there are no events here",
        };
        self.state = WatchState { means: Means::Poll, lag: Means::Poll.lag(POLL), why: why.to_owned() };
        self.rescan = Some(self.now());
        self.tell_state();
    }

    fn tell_state(&self) -> bool {
        self.send.send(WatchEvent::State(self.state.clone())).is_ok()
    }

    fn run(mut self, begun: &Receiver<Vec<PathKey>>) {
        if !self.tell_state() {
            return;
        }
        // Events wait in the channel meanwhile.
        let Ok(known) = begun.recv() else { return };
        self.settle.begin(known);
        self.rescan = Some(self.now());
        loop {
            select! {
                recv(self.raw) -> event => event.into_iter().for_each(|event| self.take(event)),
                // Nobody watches any more.
                recv(begun) -> _ => return,
                default(self.sleep()) => {}
            }
            while let Ok(event) = self.raw.try_recv() {
                self.take(event);
            }
            if self.lost.swap(false, Ordering::Relaxed) {
                self.list_soon();
            }
            let changes = self.work();
            if !changes.is_empty() && self.send.send(WatchEvent::Changes(changes)).is_err() {
                return;
            }
        }
    }

    /// Until something is due.
    fn sleep(&self) -> Duration {
        let lost = self.places.iter().any(|place| place.lost).then(|| self.now() + RETRY);
        let folders = self.folders.iter().map(|(due, _)| *due);
        let due = folders.chain(self.settle.deadline()).chain(self.rescan).chain(lost).min();
        due.map_or(NAP, |due| due.saturating_sub(self.now()))
    }

    fn take(&mut self, event: Raw) {
        let event = match event {
            Ok(event) => event,
            Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => return self.poll(&error),
            Err(_) => return self.list_soon(),
        };
        if event.need_rescan() {
            self.list_soon();
        }
        for path in &event.paths {
            let named = self.places.iter().find_map(|place| place.named(path));
            if let Some(path) = named {
                self.happened(event.kind, path);
            }
        }
    }

    fn happened(&mut self, kind: EventKind, path: PathBuf) {
        let now = self.now();
        match kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => self.settle.written(path, true, now),
            EventKind::Create(CreateKind::Folder) => self.folder(path),
            EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any) => {
                self.settle.written(path, false, now);
            }
            EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(_) => {
                self.left(kind, &path);
            }
            EventKind::Modify(ModifyKind::Name(_)) => match path.symlink_metadata() {
                Ok(metadata) if metadata.is_dir() => self.folder(path),
                Ok(_) => self.settle.written(path, true, now),
                Err(_) => self.left(kind, &path),
            },
            EventKind::Any | EventKind::Other => self.list_soon(),
            EventKind::Access(_) | EventKind::Modify(_) => {}
        }
    }

    /// Something is no longer where it was: a file, or a folder with all that it held.
    fn left(&mut self, kind: EventKind, path: &Path) {
        for place in self.places.iter_mut().filter(|place| place.given == *path) {
            place.lost = true;
        }
        let (known, change) = self.settle.gone(path);
        if let Some(change) = change {
            self.gone.push(change);
        }
        if !known && kind != EventKind::Remove(RemoveKind::File) {
            self.list_soon();
        }
    }

    fn folder(&mut self, path: PathBuf) {
        let now = self.now();
        self.folders.extend(FOLDER.map(|after| (now + after, path.clone())));
    }

    /// All is to be listed, but not all the time.
    fn list_soon(&mut self) {
        let due = self.now().max(self.rescanned + RESCAN);
        self.rescan = Some(self.rescan.map_or(due, |known| known.min(due)));
    }

    /// Does what is due.
    fn work(&mut self) -> Vec<Change> {
        let mut changes = std::mem::take(&mut self.gone);
        self.find_again();
        let now = self.now();
        if self.rescan.is_some_and(|due| due <= now) {
            changes.extend(self.list_all());
        }
        let (due, later) = std::mem::take(&mut self.folders).into_iter().partition(|(due, _)| *due <= now);
        self.folders = later;
        let due: Vec<(Duration, PathBuf)> = due;
        for (_, folder) in due {
            let files = stamped(Roots::new([folder]));
            self.settle.listed(files.0, false, SystemTime::UNIX_EPOCH, self.began.elapsed());
        }
        changes.extend(self.settle.due(self.now(), look));
        changes
    }

    fn list_all(&mut self) -> Vec<Change> {
        let began = Instant::now();
        let (files, whole) = stamped(self.roots.clone());
        let changes = self.settle.listed(files, whole, self.since, self.began.elapsed());
        self.rescanned = self.now();
        let pace = (began.elapsed() * POLL_SHARE).clamp(POLL, POLL_MOST);
        self.rescan = match self.state.means {
            Means::Native => None,
            Means::Both => Some(self.rescanned + Means::RARELY.max(pace)),
            Means::Poll => Some(self.rescanned + pace),
        };
        let lag = self.state.means.lag(pace);
        if lag.abs_diff(self.state.lag) > POLL {
            self.state.lag = lag;
            self.tell_state();
        }
        changes
    }

    /// Watches roots anew that were gone.
    fn find_again(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        let mut found = false;
        for place in self.places.iter_mut().filter(|place| place.lost && place.whole.exists()) {
            let _ = watcher.unwatch(&place.whole);
            place.lost = place.watch(watcher).is_err();
            found |= !place.lost;
        }
        if found {
            self.list_soon();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::Flag;

    fn source(means: Means) -> (Source, Receiver<WatchEvent>) {
        let (send, events) = bounded(WAITING);
        let roots = Roots::new([std::env::temp_dir().join("dcmleak-nothing-is-there")]);
        let places = roots.paths().map(Place::of).collect();
        (Source::new(roots, places, means, String::new(), send), events)
    }

    #[test]
    fn where_events_were_lost_all_is_listed() {
        let (mut source, _events) = source(Means::Native);
        assert_eq!(source.rescan, None);
        source.take(Ok(notify::Event::default().set_flag(Flag::Rescan)));
        assert!(source.rescan.is_some());
    }

    #[test]
    fn where_the_system_has_no_more_watches_it_is_listed_again_and_again() {
        let (mut source, events) = source(Means::Native);
        source.take(Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch)));
        let Ok(WatchEvent::State(state)) = events.try_recv() else { panic!("nothing was said") };
        assert_eq!(state.means, Means::Poll);
        assert!(state.why.contains("max_user_watches"), "{state}");
        source.list_all();
        assert!(source.rescan > Some(source.now()), "and so on");
    }

    #[test]
    fn what_is_listed_now_and_then_says_how_late_it_may_be_seen() {
        let [native, both, poll] =
            [Means::Native, Means::Both, Means::Poll].map(|means| source(means).0.state.lag);
        assert!(native < poll && poll < both, "{native:?} {poll:?} {both:?}");
    }
}
