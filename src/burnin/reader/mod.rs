//! What a line of text says: a small network of our own, which reads Latin letters, digits and the marks of scanners'
//! screens. Trained by `tests/train` on lines that it draws itself; nothing in it knows of languages or people.

mod alike;
mod crop;
mod decode;
mod layer;
mod network;
mod spotting;
#[cfg(test)]
pub(super) mod tests;

use super::{Found, Rect};
use crate::{raster::Picture, text::Sensitive};
pub use alike::folded;
pub(super) use decode::greedy;
use network::Network;
use spotting::Chances;
pub use spotting::Spotter;

/// What was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    pub text: Sensitive<String>,
    /// How sure the letters are, in per cent.
    pub confidence: u8,
    /// What else it may say; nothing of what others' models read.
    pub(super) chances: Sensitive<Chances>,
}

/// A reading that is at least that sure, in per cent, is not tried to be bettered.
const GOOD: u8 = 95;
/// From which confidence on, in per cent, most letters are right.
const SURE: u8 = 80;
/// At which a reading is as likely wrong as right.
const EVEN: i64 = 60;
/// How much further to either side a line is read that was read badly, in its heights: three letters and more, which
/// may touch what stands there.
const WIDER: u32 = 2;

impl Line {
    /// Whether it can be relied on.
    pub fn is_sure(&self) -> bool {
        self.confidence >= SURE && !self.text.expose().is_empty()
    }

    /// Looks for words that it may say besides.
    pub fn spotter(&self) -> Spotter {
        self.chances.expose().spotter()
    }

    /// Whether it need not be tried to be bettered.
    pub(super) fn is_good(&self) -> bool {
        self.confidence >= GOOD
    }

    /// Of readings of one place the one with the highest is the best: many letters, all of them sure.
    pub(super) fn worth(&self) -> i64 {
        self.text.expose().chars().count() as i64 * (i64::from(self.confidence) - EVEN)
    }
}

/// Reads what [`super::search`] found in the picture; lines one below the other are put in one, with a stroke between.
/// Takes some milliseconds for each line that it may be, the more the longer it is, and at most those of a line of some
/// two hundred letters.
pub fn read(picture: &Picture, found: &Found) -> Line {
    read_by(found, &|place| line(picture, place))
}

/// The same, of which `line` reads one.
pub(super) fn read_by(found: &Found, line: &dyn Fn(&Rect) -> Line) -> Line {
    let mut read: Vec<(Rect, Line)> = Vec::new();
    for place in &found.lines {
        let known = read.iter().any(|(other, line)| line.is_good() && covers(other, place));
        if !known {
            read.push((*place, line(place)));
        }
    }
    let best = read.iter().max_by_key(|(_, line)| line.worth());
    if let Some((place, _)) = best.filter(|(_, line)| !line.is_good()) {
        let wide = place.widened(WIDER * place.height);
        read.push((wide, line(&wide)));
    }
    let mut chances = Chances::default();
    read.iter().for_each(|(_, line)| chances.add(line.chances.expose()));
    read.sort_by_key(|(_, line)| std::cmp::Reverse(line.worth()));
    let mut parts: Vec<(Rect, Line)> = Vec::new();
    for (place, line) in read {
        // What stands beside the best, or below it, is something else.
        let apart = parts.iter().all(|(other, _)| is_apart(other, &place));
        if parts.is_empty() || apart && line.is_sure() {
            parts.push((place, line));
        }
    }
    parts.sort_by_key(|(place, _)| (place.y + place.height / 2, place.x));
    Line { chances: Sensitive::new(chances), ..joined(&parts) }
}

pub(super) fn line(picture: &Picture, place: &Rect) -> Line {
    let input = crop::input(picture, place);
    input.map(|input| decode::line(&Network::trained().scores(input))).unwrap_or_default()
}

fn shared(a: u32, length: u32, b: u32, other: u32) -> u32 {
    a.saturating_add(length).min(b.saturating_add(other)).saturating_sub(a.max(b))
}

/// Rows and columns that both have.
fn common(a: &Rect, b: &Rect) -> (u32, u32) {
    (shared(a.y, a.height, b.y, b.height), shared(a.x, a.width, b.x, b.width))
}

/// Whether all but the ends of `part` lie in `whole`.
fn covers(whole: &Rect, part: &Rect) -> bool {
    let (rows, columns) = common(whole, part);
    columns >= part.width / 10 * 9 && rows >= part.height.min(whole.height) / 2
}

/// Whether neither holds a part of the other.
fn is_apart(a: &Rect, b: &Rect) -> bool {
    let (rows, columns) = common(a, b);
    columns < a.width.min(b.width).div_ceil(5) || rows < a.height.min(b.height).div_ceil(5)
}

fn joined(parts: &[(Rect, Line)]) -> Line {
    let mut text = String::new();
    for (at, (place, line)) in parts.iter().enumerate() {
        let above = at.checked_sub(1).and_then(|at| parts.get(at));
        let below = above.is_some_and(|(above, _)| common(above, place).0 == 0);
        text.push_str(if at == 0 {
            ""
        } else if below {
            " / "
        } else {
            " "
        });
        text.push_str(line.text.expose());
    }
    let confidence = parts.iter().map(|(_, line)| line.confidence).min().unwrap_or(0);
    Line { text: Sensitive::new(text), confidence, ..Line::default() }
}
