//! What a text says, wherever it stands: dates, phones, addresses, numbers, names after a cue. Pure functions
//! over text; knows no files and no elements. The shapes are data: `assets/lexicon/patterns.toml`.

mod check;
mod cue;
mod date;
mod given_name;
mod pattern;
mod plain;
mod sieve;
pub mod vocabulary;

pub(in crate::leak) use cue::is_cue_word;
pub(in crate::leak) use given_name::is_given_name;
use plain::Plain;
use std::{collections::BTreeMap, ops::Range};

/// Something in a text that gives away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// The name of its rule, which says class, severity and reason.
    pub rule: &'static str,
    /// How sure, in per cent.
    pub confidence: u8,
}

/// What in `text` gives away, in order, not overlapping; at most [`MOST_HITS`] of each pattern in 64 KiB. Takes time
/// linear in the text's length.
pub fn scan(text: &str) -> Vec<Hit> {
    let mut taken: BTreeMap<usize, Hit> = BTreeMap::new();
    let mut start = 0;
    while start < text.len() {
        let end = cut(text, start);
        part(text.get(start..end).unwrap_or_default(), start, &mut taken);
        start = end.max(start + 1);
    }
    taken.into_values().collect()
}

/// Adds what a part of the text that begins at `start` gives away, but not where something is already.
fn part(text: &str, start: usize, taken: &mut BTreeMap<usize, Hit>) {
    let plain = Plain::of(text);
    for (pattern, span) in pattern::found(&plain.text) {
        let span = plain.origin(span);
        let span = start + span.start..start + span.end;
        let before = taken.range(..span.end).next_back();
        if before.is_none_or(|(_, hit)| hit.span.end <= span.start) {
            taken.insert(span.start, Hit { span, rule: pattern.rule, confidence: pattern.confidence });
        }
    }
}

/// Where the part that begins at `start` ends: after a line or a word, unless the text has neither.
fn cut(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    if rest.len() <= MOST_PART {
        return text.len();
    }
    let most = (0..=MOST_PART).rev().find(|&at| rest.is_char_boundary(at)).unwrap_or(MOST_PART);
    let head = rest.get(..most).unwrap_or_default();
    let tail = head.len().saturating_sub(LONGEST_WORD);
    let seam = head.get(tail..).and_then(|end| end.rfind([' ', '\n', '\\']).map(|at| tail + at));
    start + seam.map_or(most, |at| at + 1)
}

/// Bytes that are looked through at once.
const MOST_PART: usize = 64 << 10;
/// Bytes in which a word ends.
const LONGEST_WORD: usize = 1 << 10;

/// Hits of one pattern in one text; a text that holds more is a list, and its first lines tell as much.
pub const MOST_HITS: usize = 64;

#[cfg(test)]
mod tests;
