use crate::{
    dicom::{Limits, Reader},
    leak::Inspector,
    library::Roots,
    redact::{self, Job, Key, Progress, Pseudonyms},
    tui::state::{Account, Msg, Opened, redaction::Order},
};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::{
    cell::Cell,
    io,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Between two messages of how far it is.
const PACE: Duration = Duration::from_millis(100);
/// How long the end of what is being written is waited for when the program is left: the files that are open are given
/// up, and their parts taken away.
const PATIENCE: Duration = Duration::from_secs(3);

/// Plans copies and writes them, in a thread of its own for each order. A new order stops the one before.
pub struct Copies {
    roots: Roots,
    inspector: Arc<Inspector>,
    jobs: NonZeroUsize,
    send: Sender<Msg>,
    running: Option<Running>,
}

/// An order that is worked on.
struct Running {
    cancel: Arc<AtomicBool>,
    /// Is disconnected when the thread has ended.
    ended: Receiver<()>,
}

impl Copies {
    pub fn new(
        roots: Roots,
        inspector: Arc<Inspector>,
        jobs: Option<NonZeroUsize>,
        send: Sender<Msg>,
    ) -> Self {
        let jobs = jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
        Self { roots, inspector, jobs, send, running: None }
    }

    pub fn begin(&mut self, order: Order) -> io::Result<()> {
        self.stop();
        let cancel = Arc::new(AtomicBool::new(false));
        let (alive, ended) = bounded(0);
        let before = self.running.take().map(|running| running.ended);
        let work = Work {
            roots: self.roots.clone(),
            inspector: Arc::clone(&self.inspector),
            jobs: self.jobs,
            cancel: Arc::clone(&cancel),
            send: self.send.clone(),
            order,
        };
        thread::Builder::new().name("copies".to_owned()).spawn(move || {
            let _alive = alive;
            // One at a time: the one before ends soon, since it was stopped.
            let _ = before.map(|ended| ended.recv());
            work.run();
        })?;
        self.running = Some(Running { cancel, ended });
        Ok(())
    }

    pub fn stop(&self) {
        self.running.iter().for_each(|running| running.cancel.store(true, Ordering::Relaxed));
    }
}

impl Drop for Copies {
    fn drop(&mut self) {
        self.stop();
        let _ = self.running.as_ref().map(|running| running.ended.recv_timeout(PATIENCE));
    }
}

struct Work {
    roots: Roots,
    inspector: Arc<Inspector>,
    jobs: NonZeroUsize,
    cancel: Arc<AtomicBool>,
    send: Sender<Msg>,
    order: Order,
}

impl Work {
    fn run(self) {
        let number = self.order.number;
        let out = self.order.out.as_deref().map(typed);
        let result = self.job(out.clone()).and_then(|job| {
            let told = Cell::new(None);
            let mut progress = |progress: Progress| {
                let now = Instant::now();
                if told.get().is_none_or(|last| now >= last + PACE) {
                    told.set(Some(now));
                    let _ = self.send.send(Msg::Redacting { number, progress });
                }
            };
            let outcomes =
                redact::run(&job, &self.cancel, &mut progress).map_err(|error| error.to_string())?;
            let out = out.map(|out| std::path::absolute(&out).unwrap_or(out));
            Ok((Arc::new(Account::of(&outcomes, out.as_deref())), out))
        });
        let _ = self.send.send(Msg::Redacted { number, result });
    }

    fn job(&self, out: Option<PathBuf>) -> Result<Job, String> {
        let key = Some(&self.order.key).filter(|key| !key.is_empty()).map(|key| typed(key));
        if let Some(out) = &out {
            // Before a key is made that nobody would need.
            redact::usable(out, key.as_deref(), &self.roots).map_err(|error| error.to_string())?;
        }
        // A plan makes no key.
        let key = match key.filter(|key| out.is_some() || key.exists()) {
            Some(path) => Key::at(&path),
            None => Key::random(),
        };
        let pseudonyms = Pseudonyms::new(key.map_err(|error| error.to_string())?);
        Ok(Job {
            roots: self.roots.clone(),
            choice: self.order.choice.clone(),
            inspector: Arc::clone(&self.inspector),
            planner: self.order.planner(pseudonyms).map_err(|error| error.to_string())?,
            out,
            jobs: self.jobs,
            limits: Limits::default(),
            directory: false,
        })
    }
}

/// A path as it was typed: `~` is the user's own folder, as in a shell.
fn typed(text: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
    let below = if text == "~" { Some("") } else { text.strip_prefix("~/") };
    match below.and_then(|below| Some(home()?.join(below))) {
        Some(path) => path,
        None => PathBuf::from(text),
    }
}

/// Reads a file and its copy, to be compared.
pub fn pair(original: &Path, copy: &Path, inspector: &Inspector) -> Msg {
    let mut reader = Reader::new(Limits::default());
    let mut read = |path: &Path| {
        let reading = reader.read(path);
        if let (true, Some(error)) = (reading.rows.is_empty(), &reading.error) {
            return Err(error.to_string());
        }
        let judged = PathBuf::from(path.file_name().unwrap_or_default());
        let findings = inspector.inspect(&reading, path, &judged).findings;
        Ok(Arc::new(Opened::new(path.to_owned(), Arc::new(reading), findings, Vec::new())))
    };
    Msg::Paired(read(original).and_then(|original| Ok((original, read(copy)?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_as_a_shell_would() {
        assert_eq!(typed("~x/y"), PathBuf::from("~x/y"));
        assert_eq!(typed("a/~"), PathBuf::from("a/~"));
        if let Some(home) = std::env::var_os("HOME") {
            assert_eq!(typed("~/out"), PathBuf::from(home).join("out"));
        }
    }
}
