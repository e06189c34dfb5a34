//! Which images the terminal can show, by what it answers.

use super::args::Protocol;
use crate::raster::{Graphics, Iterm2, Kitty, Sixel};
use ratatui::crossterm::{terminal, tty::IsTty};
use std::{
    io::{self, Read, Write},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// How long a terminal, and the link to it, may take to answer.
const PATIENCE: Duration = Duration::from_millis(800);
/// Kitty: would you show an image of one pixel? Then: what are you, which every terminal answers.
const QUESTION: &[u8] = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[c";

/// How pictures are sent; `None` as cells.
pub(super) fn choose(protocol: Protocol) -> Result<Option<&'static dyn Graphics>, &'static str> {
    let inside = ["TMUX", "STY"].iter().any(|name| std::env::var_os(name).is_some());
    match protocol {
        Protocol::Cells => Ok(None),
        // What is inside of the terminal passes no pictures on, unless it is told to.
        Protocol::Auto if inside => Ok(None),
        _ if inside => Err("tmux and screen pass no images on; --protocol cells works everywhere"),
        Protocol::Kitty => Ok(Some(&Kitty)),
        Protocol::Iterm2 => Ok(Some(&Iterm2)),
        Protocol::Sixel => Ok(Some(&Sixel)),
        Protocol::Auto => Ok(answered(&ask().unwrap_or_default(), |name| std::env::var(name).ok())),
    }
}

/// The best protocol by the terminal's answer; iTerm2 tells itself by name.
fn answered(answer: &str, var: impl Fn(&str) -> Option<String>) -> Option<&'static dyn Graphics> {
    if answer.contains("_Gi=31;OK") {
        return Some(&Kitty);
    }
    let named = |name: &str, value: &str| var(name).as_deref() == Some(value);
    if named("TERM_PROGRAM", "iTerm.app") || named("LC_TERMINAL", "iTerm2") {
        return Some(&Iterm2);
    }
    // Attribute 4 of the primary device attributes.
    let attributes = answer.rsplit_once("\x1b[?").and_then(|(_, rest)| rest.split_once('c'));
    let sixel = attributes.is_some_and(|(list, _)| list.split(';').skip(1).any(|attribute| attribute == "4"));
    sixel.then_some(&Sixel as &dyn Graphics)
}

/// What the terminal says of itself; empty where there is no terminal or it is silent.
fn ask() -> io::Result<String> {
    if !io::stdout().is_tty() || !io::stdin().is_tty() {
        return Ok(String::new());
    }
    terminal::enable_raw_mode()?;
    let answer = exchange();
    terminal::disable_raw_mode()?;
    answer
}

fn exchange() -> io::Result<String> {
    let mut out = io::stdout().lock();
    out.write_all(QUESTION)?;
    out.flush()?;
    // Reading cannot be ended; where the terminal is silent, the thread ends with the program.
    let (sender, bytes) = mpsc::channel();
    thread::spawn(move || {
        let mut seen = Vec::new();
        for byte in io::stdin().lock().bytes().map_while(Result::ok) {
            seen.push(byte);
            if sender.send(byte).is_err() || is_complete(&seen) {
                return;
            }
        }
    });
    let deadline = Instant::now() + PATIENCE;
    let mut answer = Vec::new();
    while let Ok(byte) = bytes.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        answer.push(byte);
        if is_complete(&answer) || answer.len() > 1024 {
            break;
        }
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Whether it ends in device attributes, which come last.
fn is_complete(answer: &[u8]) -> bool {
    answer.ends_with(b"c") && answer.windows(3).any(|window| window == b"\x1b[?")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(answer: &str, program: Option<&str>) -> Option<String> {
        let mut out = Vec::new();
        let pixels = crate::raster::Pixels::Grey(vec![0]);
        let raster = crate::raster::Raster { width: 1, height: 1, pixels, columns: 1, rows: 1 };
        let var = |name: &str| program.filter(|_| name == "TERM_PROGRAM").map(str::to_owned);
        answered(answer, var)?.write(&raster, &mut out).ok()?;
        Some(String::from_utf8_lossy(&out).chars().skip(1).take(2).collect())
    }

    #[test]
    fn answers_are_understood() {
        assert_eq!(name("\x1b_Gi=31;OK\x1b\\\x1b[?62;4c", None).as_deref(), Some("_G"));
        assert_eq!(name("\x1b[?62;4;22c", None).as_deref(), Some("Pq"));
        assert_eq!(name("\x1b[?62;4;22c", Some("iTerm.app")).as_deref(), Some("]1"));
        assert_eq!(name("\x1b[?64;14;22c", None), None);
        assert_eq!(name("", None), None);
    }
}
