//! The program in a terminal of its own: what it sends is read as a terminal reads it. Waits for what is to be seen,
//! never for a time.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::{
    io::{Read, Write},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// How long something is waited for that is to come.
pub const PATIENCE: Duration = Duration::from_secs(40);

pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    state: Arc<Mutex<State>>,
    /// Of this run alone; another where a variable says so.
    _home: tempfile::TempDir,
}

struct State {
    screen: vt100::Parser,
    bytes: Vec<u8>,
}

impl Terminal {
    pub fn start(args: &[&str], vars: &[(&str, &str)]) -> Self {
        Self::run(env!("CARGO_BIN_EXE_dcmleak"), args, vars)
    }

    pub fn run(program: &str, args: &[&str], vars: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        for name in ["NO_COLOR", "COLORTERM", "TMUX", "SSH_CONNECTION", "SSH_TTY", "COLORFGBG", "LC_ALL"] {
            command.env_remove(name);
        }
        let home = tempfile::tempdir().unwrap();
        command.env("HOME", home.path());
        command.env_remove("XDG_CONFIG_HOME");
        command.env_remove("XDG_STATE_HOME");
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for (name, value) in vars {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let state = Arc::new(Mutex::new(State { screen: vt100::Parser::new(24, 80, 0), bytes: Vec::new() }));
        let own = Arc::clone(&state);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                let mut state = own.lock().unwrap();
                state.screen.process(&buffer[..count]);
                state.bytes.extend(&buffer[..count]);
            }
        });
        Self { master: pair.master, keys, child, state, _home: home }
    }

    pub fn screen(&self) -> String {
        self.state.lock().unwrap().screen.screen().contents()
    }

    pub fn is_alternate(&self) -> bool {
        self.state.lock().unwrap().screen.screen().alternate_screen()
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.state.lock().unwrap().bytes.clone()
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    #[track_caller]
    pub fn until(&self, what: &str, condition: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !condition(self) {
            assert!(began.elapsed() < PATIENCE, "waited in vain for {what}:\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        }
    }

    #[track_caller]
    pub fn see(&self, text: &str) {
        self.until(text, |terminal| terminal.screen().contains(text));
    }

    /// Gives it another size.
    pub fn resize(&self, rows: u16, cols: u16) {
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.state.lock().unwrap().screen.screen_mut().set_size(rows, cols);
    }

    /// What is in one place of the screen, lines and columns from 0.
    pub fn cell(&self, row: u16, col: u16) -> String {
        let state = self.state.lock().unwrap();
        state.screen.screen().cell(row, col).map_or_else(String::new, |cell| cell.contents().to_owned())
    }

    /// Whether the cursor is seen, and pastes are not marked.
    pub fn is_plain(&self) -> bool {
        let state = self.state.lock().unwrap();
        !state.screen.screen().hide_cursor() && !state.screen.screen().bracketed_paste()
    }

    /// Whether it was sent these bytes, and how often.
    pub fn sent(&self, bytes: &[u8]) -> usize {
        self.bytes().windows(bytes.len()).filter(|window| *window == bytes).count()
    }

    /// Quits, as a user does.
    #[track_caller]
    pub fn quit(&mut self) {
        self.press("q");
        assert_eq!(self.end(), 0);
    }

    /// Its exit status.
    #[track_caller]
    pub fn end(&mut self) -> u32 {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it wrote last is on its way.
                thread::sleep(Duration::from_millis(50));
                return status.exit_code();
            }
            assert!(began.elapsed() < PATIENCE, "does not end:\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn signal(&self, signal: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
