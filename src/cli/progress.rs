use crate::{leak::Severity, library::Tally};
use ratatui::crossterm::terminal;
use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

/// Time between two drawings.
const PACE: Duration = Duration::from_millis(100);
/// Time over which the rate is taken: long enough to be steady, short enough to be of now.
const WINDOW: Duration = Duration::from_secs(5);
const BAR: usize = 20;

/// One line on stderr, where that is a terminal.
pub(super) struct StatusLine {
    shown: bool,
    drawn: bool,
    last: Instant,
}

impl StatusLine {
    pub fn new(quiet: bool) -> Self {
        Self { shown: !quiet && io::stderr().is_terminal(), drawn: false, last: Instant::now() }
    }

    /// Draws, unless it did a moment ago. Never wider than the terminal.
    pub fn update(&mut self, line: impl FnOnce(Instant) -> String) {
        let now = Instant::now();
        if !self.shown || now - self.last < PACE {
            return;
        }
        self.last = now;
        let mut line = line(now);
        let columns = terminal::size().map_or(80, |(columns, _)| usize::from(columns));
        line.truncate(line.char_indices().nth(columns.saturating_sub(1)).map_or(line.len(), |(at, _)| at));
        // A terminal that takes no more is no reason to stop.
        let _ = write!(io::stderr().lock(), "\r{line}\x1b[K");
        self.drawn = true;
    }

    /// Takes the line away.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

/// The line of a scan: how far, how fast, how long, how bad.
pub(super) struct Progress {
    line: StatusLine,
    /// Files read at a time, oldest first, as far back as [`WINDOW`].
    past: Vec<(Instant, u32)>,
}

impl Progress {
    pub fn new(quiet: bool) -> Self {
        Self { line: StatusLine::new(quiet), past: vec![(Instant::now(), 0)] }
    }

    /// Draws, unless it did a moment ago. `complete`: all files are found.
    pub fn update(&mut self, tally: &Tally, complete: bool) {
        let past = &mut self.past;
        self.line.update(|now| line(tally, complete, rate(past, now, tally.reported())));
    }

    /// Takes the line away.
    pub fn clear(&mut self) {
        self.line.clear();
    }
}

/// Files a second.
fn rate(past: &mut Vec<(Instant, u32)>, now: Instant, read: u32) -> f64 {
    past.push((now, read));
    let recent = past.iter().position(|(at, _)| now - *at <= WINDOW).unwrap_or(0);
    past.drain(..recent);
    let Some((from, before)) = past.first() else { return 0.0 };
    f64::from(read.saturating_sub(*before)) / (now - *from).as_secs_f64().max(0.001)
}

fn line(tally: &Tally, complete: bool, rate: f64) -> String {
    let (read, files) = (tally.reported(), tally.files);
    let share = f64::from(read) / f64::from(files.max(1));
    let full = ((share * BAR as f64) as usize).min(BAR);
    let bar = if complete { "#".repeat(full) + &"-".repeat(BAR - full) } else { "?".repeat(BAR) };
    let more = if complete { "" } else { "+" };
    let mut line = format!("[{bar}] {read}/{files}{more} files  {rate:.0}/s");
    if complete && rate > 0.0 {
        let left = (f64::from(files - read.min(files)) / rate).ceil() as u64;
        line += &format!("  {}:{:02} left", left / 60, left % 60);
    }
    for severity in [Severity::Critical, Severity::High] {
        line += &format!("  {} {severity}", tally.counts.of(severity));
    }
    if tally.unreadable > 0 {
        line += &format!("  {} unreadable", tally.unreadable);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_far_it_is() {
        let mut tally = Tally::default();
        (tally.files, tally.whole, tally.unreadable) = (200, 50, 1);
        tally.counts.add(Severity::High);
        assert_eq!(
            line(&tally, true, 10.0),
            "[#####---------------] 51/200 files  10/s  0:15 left  0 critical  1 high  1 unreadable"
        );
        assert!(
            line(&tally, false, 10.0).starts_with("[????????????????????] 51/200+ files  10/s  0 critical")
        );
    }
}
