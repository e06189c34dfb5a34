//! A folder that is alive: files that programs drop into it while dcmleak looks. Waits for what has to come, never for a
//! time.
#![cfg(unix)]

#[path = "common/terminal.rs"]
#[allow(dead_code)]
mod terminal;

use dcmleak::demo::encode::{DataSet, FileBuilder, Syntax};
use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};
use terminal::{PATIENCE, Terminal};

/// A file of a synthetic patient.
fn file(number: u32, name: &str) -> Vec<u8> {
    let set = DataSet::new()
        .ui(0x0008_0016, "1.2.840.10008.5.1.4.1.1.7")
        .ui(0x0008_0018, format!("2.25.{}", 770_000 + number))
        .cs(0x0008_0060, "OT")
        .pn(0x0010_0010, name)
        .text(0x0010_0020, b"LO", "EX-0012345")
        .ui(0x0020_000d, "2.25.4711")
        .ui(0x0020_000e, "2.25.4712");
    FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set.sorted()).to_bytes()
}

/// `scan --watch` on a folder, and the lines that it writes.
struct Scan {
    child: Child,
    lines: Receiver<String>,
}

impl Scan {
    fn start(folder: &Path, how: &str, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dcmleak"))
            .args(["scan", "--quiet", "--format", "ndjson", &format!("--watch={how}")])
            .args(more)
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (send, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        Self { child, lines }
    }

    /// Waits for a line of that file, and returns it.
    fn line(&self, name: &str) -> serde_json::Value {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left).unwrap_or_else(|_| panic!("no line of {name}"));
            let line: serde_json::Value = serde_json::from_str(&line).unwrap();
            if line["path"].as_str().unwrap().ends_with(name) {
                return line;
            }
        }
    }

    /// Interrupts it; its status.
    fn end(mut self) -> Option<i32> {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Scan {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn rules(line: &serde_json::Value) -> Vec<String> {
    let findings = line["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_line_for_each_arrival_and_for_whom_it_tells_of() {
    for how in ["native", "poll"] {
        let folder = tempfile::tempdir().unwrap();
        // Names nobody; a note names somebody of whom nothing is known yet.
        let mut note = DataSet::new().pn(0x0010_0010, "").text(
            0x0020_4000,
            b"LT",
            "film EX-0012345 copied for sampleton erika",
        );
        note = note.ui(0x0020_000d, "2.25.4711").ui(0x0020_000e, "2.25.4712");
        let note = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(note.sorted());
        fs::write(folder.path().join("note"), note.to_bytes()).unwrap();
        let told = |line: &serde_json::Value| {
            rules(line).iter().any(|rule| rule.starts_with("sibling.") || rule.starts_with("folder."))
        };
        let scan = Scan::start(folder.path(), how, &[]);
        assert!(!told(&scan.line("note")), "{how}");
        fs::write(folder.path().join("new"), file(1, "Sampleton^Erika")).unwrap();
        // In one go, and in the order of their numbers.
        assert!(told(&scan.line("note")), "{how}");
        assert!(rules(&scan.line("new")).contains(&"attribute.patient_name".to_owned()));
        assert_eq!(scan.end(), Some(0), "{how}");
    }
}

#[test]
fn an_output_that_is_moved_away_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let (log, old) = (folder.path().join("log"), folder.path().join("log.1"));
    let scan = Scan::start(&share, "native", &["--output", log.to_str().unwrap()]);
    let holds = |path: &Path, name: &str| {
        let until = Instant::now() + PATIENCE;
        while !fs::read_to_string(path).is_ok_and(|text| text.contains(name)) {
            assert!(Instant::now() < until, "{name} is not in {path:?}");
            thread::sleep(Duration::from_millis(20));
        }
    };
    holds(&log, "");
    fs::write(share.join("first"), file(1, "Example^Erika")).unwrap();
    holds(&log, "first");
    fs::rename(&log, &old).unwrap();
    fs::write(share.join("second"), file(2, "Example^Erika")).unwrap();
    holds(&log, "second");
    assert!(!fs::read_to_string(&old).unwrap().contains("second"));
    drop(scan);
}

#[test]
fn other_formats_do_not_watch() {
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_dcmleak")).args(args).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (status, said) = run(&["scan", ".", "--watch"]);
    assert!(status == Some(2) && said.contains("--format ndjson"), "{said}");
}

#[test]
fn arrivals_are_seen_announced_and_filtered_on_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    fs::write(share.join("IM1"), file(1, "Example^Erika")).unwrap();
    let config = folder.path().join("config");
    fs::create_dir_all(config.join("dcmleak")).unwrap();
    fs::write(config.join("dcmleak/config.toml"), "bell = true").unwrap();
    let vars = [("XDG_CONFIG_HOME", config.to_str().unwrap())];
    let mut terminal = Terminal::start(&[share.to_str().unwrap()], &vars);
    terminal.see("watching");
    assert_eq!(terminal.sent(b"\x07"), 0);
    fs::write(share.join("IM2.part"), file(2, "Example^Erika")).unwrap();
    fs::rename(share.join("IM2.part"), share.join("IM2")).unwrap();
    fs::write(share.join("IM3"), file(3, "Example^Erika")).unwrap();
    terminal.see("2 new files, 2 critical");
    terminal.until("the bell", |terminal| terminal.sent(b"\x07") == 1);
    terminal.see("+C     IM3");
    terminal.press("farrived\r");
    terminal.see("2 with arrived");
    // Somebody looks at one of them.
    terminal.press("G\t");
    terminal.see("1 with arrived");
    fs::remove_file(share.join("IM2")).unwrap();
    terminal.see("1 removed file");
    terminal.quit();
}

/// DCMTK's receiver, which writes into the folder.
struct Receiving {
    child: Child,
    port: u16,
}

impl Receiving {
    /// `None` where DCMTK is not installed.
    fn start(folder: &Path) -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new("storescp");
        command.arg("--output-directory").arg(folder).arg(port.to_string());
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
        Some(Self { child, port })
    }

    fn send(&self, files: &[PathBuf]) {
        let until = Instant::now() + PATIENCE;
        loop {
            let mut command = Command::new("storescu");
            command.args(["127.0.0.1", &self.port.to_string()]).args(files);
            if command
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
            {
                return;
            }
            assert!(Instant::now() < until, "storescp does not take the files");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_a_modality_sends_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let sent: Vec<PathBuf> = (1..=20).map(|number| folder.path().join(format!("sent{number}"))).collect();
    for (number, path) in sent.iter().enumerate() {
        fs::write(path, file(number as u32, "Example^Erika")).unwrap();
    }
    for how in ["native", "poll"] {
        let share = folder.path().join(how);
        fs::create_dir(&share).unwrap();
        let Some(receiving) = Receiving::start(&share) else {
            println!("storescp is not installed: nothing was sent");
            return;
        };
        let scan = Scan::start(&share, how, &[]);
        receiving.send(&sent);
        let mut seen = std::collections::BTreeMap::new();
        while seen.len() < sent.len() {
            let line = scan.line("");
            assert!(rules(&line).contains(&"attribute.patient_name".to_owned()), "{line}");
            *seen.entry(line["path"].as_str().unwrap().to_owned()).or_insert(0) += 1;
        }
        assert!(seen.values().all(|count| *count == 1), "{how}: {seen:?}");
    }
}

/// A file system that tells of nothing that others write, as shares of other machines are: bindfs, over FUSE.
struct Mounted(PathBuf);

impl Mounted {
    /// `None` where there is none to be had.
    fn new(of: &Path, at: &Path) -> Option<Self> {
        let mounted = Command::new("bindfs").args([of, at]).stderr(Stdio::null()).status();
        mounted.is_ok_and(|status| status.success()).then(|| Self(at.to_owned()))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("fusermount").arg("-uz").arg(&self.0).status();
    }
}

#[test]
fn what_others_write_to_a_mounted_share_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let [theirs, share] = ["theirs", "share"].map(|name| folder.path().join(name));
    [&theirs, &share].into_iter().for_each(|path| fs::create_dir(path).unwrap());
    let Some(mounted) = Mounted::new(&theirs, &share) else {
        println!("bindfs cannot mount here: nothing was tried");
        return;
    };
    fs::write(theirs.join("old"), file(0, "Example^Erika")).unwrap();
    let scan = Scan::start(&share, "auto", &[]);
    scan.line("old");
    fs::write(theirs.join("new"), file(1, "Sampleton^Erika")).unwrap();
    assert!(rules(&scan.line("new")).contains(&"attribute.patient_name".to_owned()));
    assert_eq!(scan.end(), Some(0));
    drop(mounted);
}

/// `cargo test --release --test watch thousands -- --ignored --nocapture`
#[test]
#[ignore = "takes a minute: measures"]
fn thousands_arrive_and_none_is_missed() {
    const FILES: u32 = 10_000;
    let folder = tempfile::tempdir().unwrap();
    let scan = Scan::start(folder.path(), "native", &[]);
    fs::write(folder.path().join("begin"), file(0, "Example^Erika")).unwrap();
    scan.line("begin");
    let began = Instant::now();
    for number in 1..=FILES {
        fs::write(folder.path().join(format!("f{number}")), file(number, "Example^Erika")).unwrap();
        // A thousand a second.
        let due = began + Duration::from_micros(1000) * number;
        thread::sleep(due.saturating_duration_since(Instant::now()));
    }
    let written = began.elapsed();
    let mut seen = std::collections::BTreeMap::new();
    while seen.len() < FILES as usize {
        *seen.entry(scan.line("")["path"].as_str().unwrap().to_owned()).or_insert(0) += 1;
    }
    let twice = seen.values().filter(|count| **count > 1).count();
    println!(
        "{FILES} written in {written:?}, the last line {:?} later, {twice} told twice",
        began.elapsed() - written
    );
    assert_eq!(twice, 0);
}
