//! How fast the terminal program answers: `cargo bench --bench tui`. `DCMLEAK_BENCH_FILES` says on how many files,
//! 100,000 otherwise; with `DCMLEAK_BENCH_MODEL` the terminal is left out. Prints the slowest answers to key presses
//! while files are read, while files arrive and afterwards, how long the first picture takes, how many bytes a move, a page and a picture
//! are, and what memory a file takes.

#[path = "../common/allocator.rs"]
mod allocator;
#[path = "../common/screen.rs"]
mod screen;

use crossbeam_channel::select;
use dcmleak::{
    demo,
    leak::Inspector,
    library::{Event, Roots, Scan, ScanOptions, Watch, WatchChoice},
    tui::{
        keys::chord,
        state::{Effect, Msg, update},
    },
};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use screen::Session;
use std::{
    fs,
    io::{Read, Write},
    num::NonZeroUsize,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

fn main() {
    let files = std::env::var("DCMLEAK_BENCH_FILES").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("share");
    let began = Instant::now();
    fill(&root, files);
    println!("{files} files written in {:.1} s", began.elapsed().as_secs_f64());
    if std::env::var_os("DCMLEAK_BENCH_MODEL").is_none() {
        terminal(&root);
    }
    model(&root, files);
    arrivals(&root.join("study000/IM0000001.dcm"));
}

/// 10,000 files that arrive at 1,000 a second: answers to keys meanwhile, and how long after the last one all are read.
fn arrivals(source: &Path) {
    const FILES: usize = 10_000;
    let bytes = fs::read(source).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let roots = Roots::new([folder.path().to_owned()]);
    let one = ScanOptions { jobs: NonZeroUsize::new(1), ..ScanOptions::default() };
    let inspector = Arc::new(Inspector::new());
    let watch = Watch::start(&roots, WatchChoice::Native).unwrap();
    let arriving = Scan::of_arrivals(Arc::clone(&inspector), &one);
    let mut session = Session::new((120, 40));
    session.model.arrivals.begin(roots.clone());
    let began = Instant::now();
    for event in &Scan::start(roots, inspector, &one).events {
        update(&mut session.model, began.elapsed(), Msg::Scanned(event));
    }
    watch.begin(Vec::new());
    let path = folder.path().to_owned();
    let writer = std::thread::spawn(move || {
        let began = Instant::now();
        for at in 0..FILES {
            fs::write(path.join(format!("IM{at:05}")), &bytes).unwrap();
            let due = began + Duration::from_millis(1) * at as u32;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
        }
        Instant::now()
    });
    let (mut keys, mut events) = (Times::default(), Times::default());
    while (session.tally().reported() as usize) < FILES {
        let frame = Instant::now();
        while frame.elapsed() < Duration::from_millis(6) {
            let msg = select! {
                recv(watch.events) -> event => Msg::Watched(event.unwrap()),
                recv(arriving.events) -> event => Msg::Scanned(event.unwrap()),
                default(Duration::from_millis(1)) => Msg::Woken,
            };
            let one = Instant::now();
            let effects = update(&mut session.model, began.elapsed(), msg);
            events.add(one.elapsed());
            for effect in effects {
                if let Effect::ReadArrived(files) = effect {
                    arriving.read(files);
                }
            }
        }
        let key = if keys.0.len() % 20 < 10 { "j" } else { "k" };
        keys.add(press(&mut session, key, began));
        std::thread::sleep(Duration::from_millis(2));
    }
    let done = Instant::now();
    let late = done.saturating_duration_since(writer.join().unwrap());
    println!(
        "{FILES} files arrived at 1,000 a second; all were read {:.0} ms after the last",
        late.as_secs_f64() * 1e3
    );
    keys.print("key to frame while they arrive");
    events.print("one event of the watch");
}

/// Half of the files in one folder, the others in a hundred.
fn fill(root: &Path, files: usize) {
    let demo = demo::compose().unwrap();
    let source = demo
        .files
        .iter()
        .filter(|file| file.path.contains("SR/report"))
        .map(|file| &file.bytes)
        .next()
        .unwrap();
    let mut from = root.to_owned();
    for at in 0..files {
        let folder =
            if at % 2 == 0 { root.join("flat") } else { root.join(format!("study{:03}", at / 2 % 100)) };
        if at < 200 {
            fs::create_dir_all(&folder).unwrap();
        }
        let path = folder.join(format!("IM{at:07}.dcm"));
        // A file may have so many names only.
        if at % 30_000 == 0 {
            fs::write(&path, source).unwrap();
            from = path;
        } else {
            fs::hard_link(&from, &path).unwrap();
        }
    }
}

/// The model alone, in this process: what is done between a key press and the picture of it.
fn model(root: &Path, files: usize) {
    let mut session = Session::new((120, 40));
    // Once the tables of the detectors are loaded and the readers have what they need.
    let mut before = None;
    session.model.progress.begin(Duration::ZERO);
    let inspector = Arc::new(Inspector::new());
    let began = Instant::now();
    let scan = Scan::start(Roots::new([root.to_owned()]), inspector, &ScanOptions::default());
    let mut scanning = Times::default();
    let mut events = Times::default();
    let mut open = true;
    while open {
        let frame = Instant::now();
        while frame.elapsed() < Duration::from_millis(6) {
            let Ok(event) = scan.events.recv_timeout(Duration::from_millis(1)) else { break };
            open = !matches!(event, Event::Finished);
            let one = Instant::now();
            let effects = update(&mut session.model, began.elapsed(), Msg::Scanned(event));
            events.add(one.elapsed());
            drop(effects);
            let read = session.model.progress.read;
            if before.is_none() && read >= files / 4 {
                before = resident().map(|bytes| (bytes, read));
            }
            if !open {
                break;
            }
        }
        let key = if scanning.0.len() % 20 < 10 { "j" } else { "k" };
        scanning.add(press(&mut session, key, began));
        std::thread::sleep(Duration::from_millis(2));
    }
    println!("{files} files read in {:.1} s beside it", began.elapsed().as_secs_f64());
    let findings: u32 = {
        let counts = session.tally().counts;
        dcmleak::leak::Severity::ALL.into_iter().map(|severity| counts.of(severity)).sum()
    };
    if let (Some((before, read)), Some(after)) = (before, resident()) {
        let each = after.saturating_sub(before) as f64 / (files - read).max(1) as f64;
        let found = f64::from(findings) / files as f64;
        println!(
            "  memory: {each:.0} bytes a further file, with {found:.1} findings; {} MB in all",
            after >> 20
        );
    }
    scanning.print("key to frame while reading");
    events.print("one event of the scan");
    while session.model.deadline().is_some_and(|due| due <= began.elapsed()) {
        let one = Instant::now();
        update(&mut session.model, began.elapsed(), Msg::Woken);
        if one.elapsed() > Duration::from_millis(16) {
            println!("  a step of {:.1} ms after the scan", one.elapsed().as_secs_f64() * 1e3);
        }
    }
    for keys in [
        "gg j e",
        "j j j j j",
        "C-d",
        "C-d",
        "C-u",
        "PageDown",
        "G",
        "k k k",
        "gg",
        "L",
        "]f ]f ]f",
        "s",
        "s",
        "h",
    ] {
        let mut times = Times::default();
        for key in keys.split_whitespace() {
            times.add(press(&mut session, key, began));
        }
        times.print(&format!("at {} lines: {keys}", {
            use dcmleak::tui::state::Outline;
            session.model.library.rows.len()
        }));
    }
}

/// Bytes of memory that the process holds; `None` where the system does not say.
fn resident() -> Option<usize> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<usize>().ok().map(|kilobytes| kilobytes * 1024)
}

fn press(session: &mut Session, keys: &str, began: Instant) -> Duration {
    let one = Instant::now();
    for chord in chord::sequence(keys).unwrap() {
        update(&mut session.model, began.elapsed(), Msg::Pressed(chord));
    }
    session.buffer();
    one.elapsed()
}

#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    fn print(&mut self, what: &str) {
        self.0.sort_unstable();
        let at = |share: f64| {
            let at = (share * (self.0.len().saturating_sub(1)) as f64).round() as usize;
            self.0.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        println!(
            "  {what}: median {:.2} ms, p99 {:.2} ms, most {:.2} ms ({})",
            at(0.5),
            at(0.99),
            at(1.0),
            self.0.len()
        );
    }
}

/// The program in a terminal: the first picture, and bytes.
fn terminal(root: &Path) {
    let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dcmleak"));
    command.arg("--forget");
    command.arg(root);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env_remove("COLORTERM");
    command.env_remove("NO_COLOR");
    let began = Instant::now();
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut output = pair.master.try_clone_reader().unwrap();
    let mut keys = pair.master.take_writer().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let (first_send, first) = std::sync::mpsc::channel();
    let own = Arc::clone(&count);
    std::thread::spawn(move || {
        let mut buffer = [0; 65536];
        let mut seen = Vec::new();
        let mut told = false;
        while let Ok(read @ 1..) = output.read(&mut buffer) {
            own.fetch_add(read, Ordering::SeqCst);
            if !told {
                seen.extend(&buffer[..read]);
                if String::from_utf8_lossy(&seen).contains("Library") {
                    told = true;
                    first_send.send(Instant::now()).unwrap();
                }
            }
        }
    });
    let first = first.recv().unwrap();
    println!("  first picture after {:.0} ms", (first - began).as_secs_f64() * 1e3);
    // Until nothing more comes by itself.
    let rest = || {
        let mut before = count.load(Ordering::SeqCst);
        loop {
            std::thread::sleep(Duration::from_secs(6));
            let now = count.load(Ordering::SeqCst);
            if now == before {
                return now;
            }
            before = now;
        }
    };
    let mut at = rest();
    for (what, press) in [
        ("a move in the library", "j"),
        ("unfolding a folder", "l"),
        ("the first file with its picture", "]f"),
        ("focus on the tags", "\t"),
        ("a move in the tags", "j"),
        ("a page of tags", "\x06"),
    ] {
        keys.write_all(press.as_bytes()).unwrap();
        keys.flush().unwrap();
        let now = rest();
        println!("  {what}: {} bytes", now - at);
        at = now;
    }
    let idle = rest();
    println!("  at rest for six seconds: {} bytes", idle - at);
    keys.write_all(b"q").unwrap();
    child.wait().unwrap();
}
