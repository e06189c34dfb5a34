//! What is read of the lines: letters right, lines exact, and how long it takes.

use super::{Sample, shared};
use dcmleak::burnin::{self, TextBox, TextReader};
use std::time::Instant;

#[derive(Default)]
pub struct Tally {
    lines: usize,
    letters: usize,
    wrong: usize,
    exact: usize,
    folded: usize,
    near: usize,
    /// Of lines, boxes that are no text: how many were read as if they were.
    beside: usize,
    believed: usize,
    sure: usize,
    sure_right: usize,
    seconds: f64,
    boxes: usize,
}

impl Tally {
    /// Of lines that were found; what was not found cannot be read, and is counted by the detector's tally.
    pub fn add(&mut self, sample: &Sample, reader: &TextReader, list: bool) {
        let mut found = reader.search(&sample.picture);
        found.sort_by_key(|own| own.place.x);
        let start = Instant::now();
        let lines: Vec<_> = found.iter().map(|own| reader.read(&sample.picture, own)).collect();
        self.seconds += start.elapsed().as_secs_f64();
        let boxes: Vec<TextBox> = found.iter().map(|own| own.place).collect();
        self.boxes += boxes.len();
        let is_of = |own: &TextBox, at: usize| sample.text.get(at).is_some_and(|rect| shared(own, *rect) > 0);
        for (own, line) in boxes.iter().zip(&lines) {
            if !(0..sample.text.len()).any(|at| is_of(own, at)) {
                self.beside += 1;
                self.believed += usize::from(line.is_sure());
                if list && line.is_sure() {
                    println!("believed {}: {:?} {}", sample.name, line.text.expose(), line.confidence);
                }
            }
        }
        for (at, said) in sample.said.iter().enumerate() {
            let own: Vec<_> = boxes.iter().zip(&lines).filter(|(own, _)| is_of(own, at)).collect();
            if own.is_empty() {
                continue;
            }
            let words: Vec<&str> = own.iter().map(|(_, line)| line.text.expose().as_str()).collect();
            // Boxes of one line may hold each a part, or one of them all of it.
            let all = words.join(" ");
            let read =
                words.into_iter().chain([all.as_str()]).min_by_key(|read| distance(said, read)).unwrap_or("");
            let wrong = distance(said, read);
            let apart = distance(&burnin::folded(said), &burnin::folded(read));
            let sure = own.iter().all(|(_, line)| line.is_sure());
            self.lines += 1;
            self.letters += said.len();
            self.wrong += wrong.min(said.len());
            self.exact += usize::from(wrong == 0);
            self.folded += usize::from(apart == 0);
            self.near += usize::from(apart <= 1);
            self.sure += usize::from(sure);
            self.sure_right += usize::from(sure && apart <= 1);
            if list && wrong > 0 {
                let sure: Vec<u8> = own.iter().map(|(_, line)| line.confidence).collect();
                println!("read {}: {said:?} as {read:?} {sure:?}", sample.name);
            }
        }
    }

    pub fn print(&self) {
        let share = |a: usize, b: usize| a as f64 / b.max(1) as f64;
        println!(
            "read: {:.3} of the letters right, of {} lines {:.3} exact, {:.3} but for look-alikes, {:.3} but for one more; {:.1} ms a line",
            1.0 - share(self.wrong, self.letters),
            self.lines,
            share(self.exact, self.lines),
            share(self.folded, self.lines),
            share(self.near, self.lines),
            self.seconds * 1e3 / self.boxes.max(1) as f64,
        );
        println!(
            "sure of {:.3} of the lines, of which {:.3} are right but for one letter; of {} boxes beside text, {} are believed",
            share(self.sure, self.lines),
            share(self.sure_right, self.sure),
            self.beside,
            self.believed,
        );
    }
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut last = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let own = (row[j + 1] + 1).min(row[j] + 1).min(last + usize::from(x != *y));
            last = std::mem::replace(&mut row[j + 1], own);
        }
    }
    row[b.len()]
}

/// A picture of usual size with ten lines: found and read.
pub fn speed(fonts: &super::Fonts, reader: &TextReader) {
    let ten = (0..400).map(|number| super::sample("doppler", number, true, fonts));
    let fit = |sample: &Sample| sample.picture.columns == 1024 && sample.text.len() >= 7;
    let Some(sample) = ten.into_iter().find(fit) else { return };
    let runs = 10;
    let start = Instant::now();
    let mut lines = 0;
    for _ in 0..runs {
        let found = reader.search(&sample.picture);
        lines = found.len();
        found.iter().for_each(|own| drop(std::hint::black_box(reader.read(&sample.picture, own))));
    }
    let taken = start.elapsed().as_secs_f64() * 1e3 / f64::from(runs);
    println!("found and read, 1024×768 with {lines} lines, one thread: {taken:.1} ms");
}
