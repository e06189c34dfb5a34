use crossbeam_channel::Sender;
use ratatui::crossterm::{
    cursor, event, execute,
    terminal::{self, EnterAlternateScreen, LeaveAlternateScreen},
};
use std::{
    io,
    panic::{self, PanicHookInfo},
    sync::{
        Once, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, ThreadId},
};

/// Whether the terminal is ours: raw, on its other screen.
static HELD: AtomicBool = AtomicBool::new(false);
/// The thread that draws. What panics elsewhere must leave the terminal as it is.
static DRAWING: OnceLock<ThreadId> = OnceLock::new();

/// Holds the terminal: raw, on its alternate screen, without a cursor. Gives it back when dropped, and when the
/// thread that holds it panics, before the message is printed.
#[derive(Debug)]
pub struct Guard {
    /// Whether the mouse is listened to, too.
    mouse: bool,
}

impl Guard {
    /// Takes the terminal. `defects` hears where other threads panicked, since their messages must not reach the
    /// screen; it takes a place in the source, which holds no value.
    pub fn take(mouse: bool, defects: Sender<String>) -> io::Result<Self> {
        let _ = DRAWING.set(thread::current().id());
        hook(defects);
        let guard = Self { mouse };
        guard.resume()?;
        Ok(guard)
    }

    /// Gives the terminal back for a while.
    pub fn pause(&self) {
        restore();
    }

    /// Takes it again.
    pub fn resume(&self) -> io::Result<()> {
        enter()?;
        if self.mouse { execute!(io::stdout(), event::EnableMouseCapture) } else { Ok(()) }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

fn enter() -> io::Result<()> {
    HELD.store(true, Ordering::SeqCst);
    terminal::enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, cursor::Hide, event::EnableBracketedPaste)
}

/// Puts the terminal back, once however often it is called. What fails is tried no further: nobody could be told.
pub fn restore() {
    if HELD.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = execute!(out, terminal::EndSynchronizedUpdate, event::DisableMouseCapture);
        let _ = execute!(out, event::DisableBracketedPaste);
        let _ = execute!(out, LeaveAlternateScreen, cursor::Show);
        let _ = terminal::disable_raw_mode();
    }
}

fn hook(defects: Sender<String>) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let drawing = DRAWING.get() == Some(&thread::current().id());
            if drawing {
                restore();
            }
            if !HELD.load(Ordering::SeqCst) {
                before(info);
            } else if !drawing && !in_scan() {
                let _ = defects.try_send(place(info));
            }
        }));
    });
}

/// What panics in a read lane of the scan becomes an error of the file that was read.
fn in_scan() -> bool {
    thread::current().name().is_some_and(|name| name.starts_with("lane"))
}

fn place(info: &PanicHookInfo<'_>) -> String {
    info.location().map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()))
}
