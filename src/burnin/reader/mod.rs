//! What a line of text says: a small network of our own, which reads Latin letters, digits and the marks of scanners'
//! screens. Trained by `tests/train` on lines that it draws itself; nothing in it knows of languages or people.

mod alike;
mod crop;
mod decode;
mod layer;
mod network;
#[cfg(test)]
mod tests;

use super::{Found, Rect};
use crate::{raster::Picture, text::Sensitive};
pub use alike::folded;
use network::Network;

/// What was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    pub text: Sensitive<String>,
    /// How sure the letters are, in per cent.
    pub confidence: u8,
}

/// A reading that is at least that sure, in per cent, is not tried to be bettered.
const GOOD: u8 = 95;
/// From which confidence on, in per cent, hardly a letter is wrong.
const SURE: u8 = 80;
/// At which a reading is as likely wrong as right.
const EVEN: i64 = 60;

impl Line {
    /// Whether it can be relied on.
    pub fn is_sure(&self) -> bool {
        self.confidence >= SURE && !self.text.expose().is_empty()
    }

    /// Of readings of one place the one with the highest is the best: many letters, all of them sure.
    fn worth(&self) -> i64 {
        self.text.expose().chars().count() as i64 * (i64::from(self.confidence) - EVEN)
    }
}

/// Reads what [`super::search`] found in the picture. Takes some milliseconds for each line that it may be, the more
/// the longer it is, and at most those of a line of some two hundred letters.
pub fn read(picture: &Picture, found: &Found) -> Line {
    let mut read: Vec<(Rect, Line)> = Vec::new();
    for place in &found.lines {
        let known = read.iter().any(|(other, line)| line.confidence >= GOOD && covers(other, place));
        if !known {
            read.push((*place, line(picture, place)));
        }
    }
    read.sort_by_key(|(_, line)| std::cmp::Reverse(line.worth()));
    let mut parts: Vec<(Rect, Line)> = Vec::new();
    for (place, line) in read {
        // What stands beside the best is another part of the line.
        let apart = parts.iter().all(|(other, _)| 5 * across(other, &place) < place.width.min(other.width));
        if parts.is_empty() || apart && line.is_sure() {
            parts.push((place, line));
        }
    }
    parts.sort_by_key(|(place, _)| place.x);
    joined(parts.into_iter().map(|(_, line)| line).collect())
}

fn line(picture: &Picture, place: &Rect) -> Line {
    let input = crop::input(picture, place);
    input.map(|input| decode::line(&Network::trained().scores(input))).unwrap_or_default()
}

/// Columns that both have.
fn across(a: &Rect, b: &Rect) -> u32 {
    (a.x + a.width).min(b.x + b.width).saturating_sub(a.x.max(b.x))
}

/// Whether all but the ends of `part` lie in the columns of `whole`.
fn covers(whole: &Rect, part: &Rect) -> bool {
    10 * across(whole, part) >= 9 * part.width
}

fn joined(mut parts: Vec<Line>) -> Line {
    if parts.len() < 2 {
        return parts.pop().unwrap_or_default();
    }
    let confidence = parts.iter().map(|line| line.confidence).min().unwrap_or(0);
    let words: Vec<&str> = parts.iter().map(|line| line.text.expose().as_str()).collect();
    Line { text: Sensitive::new(words.join(" ")), confidence }
}
