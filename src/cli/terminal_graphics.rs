//! Which images the terminal can show, by what it answers.

use super::args::Protocol as Asked;
use crate::raster::Protocol;
use ratatui::crossterm::{terminal, tty::IsTty};
use std::{
    io::{self, Read, Write},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// How long a terminal, and the link to it, may take to answer.
const PATIENCE: Duration = Duration::from_millis(800);
/// What are you? Every terminal answers.
const ATTRIBUTES: &str = "\x1b[c";

/// How pictures are sent; `None` as cells.
pub(super) fn choose(asked: Asked) -> Result<Option<Protocol>, &'static str> {
    let var = |name: &str| std::env::var(name).ok();
    let inside = Protocol::is_kept_from(var);
    match asked {
        Asked::Cells => Ok(None),
        Asked::Auto if inside => Ok(None),
        _ if inside => Err("tmux and screen pass no images on; --protocol cells works everywhere"),
        Asked::Kitty => Ok(Some(Protocol::Kitty)),
        Asked::Iterm2 => Ok(Some(Protocol::Iterm2)),
        Asked::Sixel => Ok(Some(Protocol::Sixel)),
        Asked::Auto => Ok(answered(&ask().unwrap_or_default(), var)),
    }
}

/// The best protocol by the terminal's answer, and by what the environment says.
fn answered(answer: &str, var: impl Fn(&str) -> Option<String>) -> Option<Protocol> {
    let shows = answer.split_once(Protocol::ANSWER).is_some_and(|(_, rest)| rest.starts_with("OK"));
    // Attribute 4 of the primary device attributes.
    let attributes = answer.rsplit_once("\x1b[?").and_then(|(_, rest)| rest.split_once('c'));
    let sixel = attributes.is_some_and(|(list, _)| list.split(';').skip(1).any(|attribute| attribute == "4"));
    let own = shows.then_some(Protocol::Kitty).or_else(|| Protocol::of_environment(var));
    own.or(sixel.then_some(Protocol::Sixel))
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
    write!(out, "{}{ATTRIBUTES}", Protocol::QUESTION)?;
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

    fn name(answer: &str, program: Option<&str>) -> Option<Protocol> {
        answered(answer, |name| program.filter(|_| name == "TERM_PROGRAM").map(str::to_owned))
    }

    #[test]
    fn answers_are_understood() {
        assert_eq!(name("\x1b_Gi=31;OK\x1b\\\x1b[?62;4c", None), Some(Protocol::Kitty));
        assert_eq!(name("\x1b[?62;4;22c", None), Some(Protocol::Sixel));
        assert_eq!(name("\x1b[?62;4;22c", Some("iTerm.app")), Some(Protocol::Iterm2));
        assert_eq!(name("\x1b[?64;14;22c", None), None);
        assert_eq!(name("", None), None);
    }
}
