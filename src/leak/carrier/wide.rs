//! Runs of UTF-16 and UTF-32 text in bytes, of either byte order and at any offset.
//!
//! Small whole numbers look like UTF-16, and chance like ideographs. Latin letters are told by their pairs, as
//! in [`super::letters`]; letters of other scripts must also stand between ends, zeros, byte order marks or
//! ASCII, as no smooth series of numbers does.

use super::letters::{BOUNDARY, Run, Scorer, threshold};
use super::runs::MOST_RUNS;
use memchr::memmem;
use std::ops::Range;

/// Half bits of evidence beyond the usual, for words that stand between numbers.
const SURE: i32 = 30;

/// Digits of a number that stands alone.
const LEAST_DIGITS: u32 = 6;
/// Characters that are looked back for the beginning.
const LONGEST_WORD: usize = 48;

/// How units are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Form {
    pub width: usize,
    pub big_endian: bool,
}

impl Form {
    const LITTLE: Self = Self { width: 2, big_endian: false };
    const BIG: Self = Self { width: 2, big_endian: true };
    const WIDE_LITTLE: Self = Self { width: 4, big_endian: false };
    const WIDE_BIG: Self = Self { width: 4, big_endian: true };

    /// Of the forms and offsets, a number for each.
    fn index(self, at: usize) -> usize {
        usize::from(self.big_endian) + 2 * (self.width / 4) + 4 * (at % self.width)
    }

    fn unit(self, bytes: &[u8], at: usize) -> Option<u32> {
        let unit = bytes.get(at..at + self.width)?;
        let fold = |sum: u32, &b: &u8| sum << 8 | u32::from(b);
        Some(if self.big_endian { unit.iter().fold(0, fold) } else { unit.iter().rev().fold(0, fold) })
    }
}

/// Texts among `bytes`, with where each begins and ends in them.
///
/// A text has a zero in each Latin letter, or stands after a zero, a byte order mark or at the beginning: only
/// there is looked, so that bytes without zeros cost next to nothing.
pub(super) fn find(bytes: &[u8], doubt: i32, mut each: impl FnMut(Range<usize>, String)) {
    let mut search = Search { bytes, need: threshold(bytes.len()) + doubt, done: [0; 16], found: Vec::new() };
    search.after_edge(0);
    for mark in [b"\xff\xfe", b"\xfe\xff"] {
        memmem::find_iter(bytes, mark).for_each(|at| search.after_edge(at + 2));
    }
    let mut from = 0;
    while let Some(zero) = bytes.get(from..).and_then(|rest| memchr::memchr(0, rest)) {
        let start = from + zero;
        let length = bytes.get(start..).map_or(0, |rest| rest.iter().take_while(|&&b| b == 0).count());
        search.around_zeros(start, start + length);
        from = start + length;
        if search.found.len() >= MOST_RUNS {
            break;
        }
    }
    // Bytes are of one text: the one that reads best.
    let mut found = search.found;
    found.sort_by_key(|(run, _)| run.start);
    let mut best: Option<(Run, String)> = None;
    for (run, text) in found {
        match &mut best {
            Some((last, _)) if run.start < last.end => {
                if run.evidence > last.evidence {
                    best = Some((run, text));
                }
            }
            _ => {
                if let Some((last, text)) = best.replace((run, text)) {
                    each(last.start..last.end, text);
                }
            }
        }
    }
    if let Some((last, text)) = best {
        each(last.start..last.end, text);
    }
}

struct Search<'s> {
    bytes: &'s [u8],
    need: i32,
    /// How far each form and offset is looked through.
    done: [usize; 16],
    found: Vec<(Run, String)>,
}

impl Search<'_> {
    fn after_edge(&mut self, at: usize) {
        self.run(Form::LITTLE, at);
        self.run(Form::BIG, at);
    }

    /// Texts that begin with a letter that has its zeros there, or behind them.
    fn around_zeros(&mut self, start: usize, end: usize) {
        let zeros = end - start;
        let may_be = |b: Option<&u8>| b.is_some_and(|&b| b >= 0x20);
        if start > 0 && may_be(self.bytes.get(start - 1)) {
            self.run(Form::LITTLE, start - 1);
        }
        if may_be(self.bytes.get(end)) {
            self.run(Form::BIG, end - 1);
        }
        if zeros >= 2 {
            self.after_edge(end);
            if start > 1 {
                self.run(Form::WIDE_LITTLE, start - 2);
            }
            self.run(Form::WIDE_BIG, end - 2);
        }
        if zeros >= 3 {
            if start > 0 {
                self.run(Form::WIDE_LITTLE, start - 1);
            }
            self.run(Form::WIDE_BIG, end - 3);
        }
    }

    /// The characters in a row from `start` on, and the text among them.
    fn run(&mut self, form: Form, start: usize) {
        let bytes = self.bytes;
        let before =
            |at: usize| at.checked_sub(form.width).filter(|&at| character(form.unit(bytes, at)).is_some());
        let mut start = start;
        // What is met is a space, or the end of a word of a script that has no zeros.
        for _ in 0..LONGEST_WORD {
            let Some(at) = before(start) else { break };
            start = at;
        }
        let done = self.done.get(form.index(start)).is_none_or(|&done| start < done);
        if done || self.found.len() >= MOST_RUNS {
            return;
        }
        let mut at = start;
        while character(form.unit(bytes, at)).is_some() {
            at += form.width;
        }
        if at - start < 3 * form.width {
            return;
        }
        if let Some(done) = self.done.get_mut(form.index(start)) {
            *done = at;
        }
        let mut scorer = Scorer::new(start);
        let mut judge = |run: Run| {
            if let Some(text) = accepted(bytes, form, (start, at), run, self.need) {
                self.found.push((run, text));
            }
        };
        let mut unit = start;
        while unit < at {
            if let Some(c) = character(form.unit(bytes, unit))
                && let Some(run) = scorer.push_with(unit, form.width, surprise(c), c)
            {
                judge(run);
            }
            unit += form.width;
        }
        if let Some(run) = scorer.finish() {
            judge(run);
        }
    }
}

/// Half bits that a unit costs where it means nothing. The high byte of small numbers is no surprise.
fn surprise(c: char) -> i32 {
    match u32::from(c) {
        0..=0xff => 18,
        0x100..=0x2fff => 22,
        _ => 32,
    }
}

fn accepted(bytes: &[u8], form: Form, (start, end): (usize, usize), run: Run, need: i32) -> Option<String> {
    let is_number = run.letters == 0 && run.digits >= LEAST_DIGITS;
    if run.is_smooth || run.letters + run.digits < 3 || (run.letters < 2 && !is_number) {
        return None;
    }
    let edge =
        |unit: Option<u32>| unit.is_none_or(|unit| matches!(unit, 0..=0x1f | 0xfeff | 0xfffe | 0xffff));
    let opens = edge(start.checked_sub(form.width).and_then(|before| form.unit(bytes, before)));
    let closes = edge(form.unit(bytes, end));
    let bonus = i32::from(opens) * BOUNDARY + i32::from(closes) * BOUNDARY;
    let least = if is_number { need + SURE } else { need };
    if run.evidence + bonus < least || is_number && !(opens || closes) {
        return None;
    }
    let units = (run.start..run.end).step_by(form.width);
    let text: String = units.filter_map(|at| character(form.unit(bytes, at))).collect();
    // Bytes of ASCII text, two by two, are ideographs of all sorts.
    let own = bytes.get(run.start..run.end).unwrap_or_default();
    let printable = own.iter().filter(|b| (0x20..0x7f).contains(*b)).count() * 5 > own.len() * 4;
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).take(64).collect();
    let count = letters.len();
    letters.sort_unstable();
    letters.dedup();
    if printable || (count > 4 && letters.len() * 3 <= count.min(12)) {
        return None;
    }
    let ascii = text.chars().filter(|c| c.is_ascii()).count();
    let plain = ascii * 3 >= text.chars().count() * 2;
    let whole = run.start <= start + form.width && run.end + form.width >= end;
    let edged = opens && closes && whole;
    let sure = run.evidence + bonus >= need + SURE;
    (plain || edged || (sure && is_of_one_script(&text))).then_some(text)
}

/// Whether words of one script other than Latin are in it, beside ASCII: series of numbers stay in no script's bounds
/// and have no spaces.
fn is_of_one_script(text: &str) -> bool {
    let others = || text.chars().filter(|c| !c.is_ascii()).map(u32::from);
    let block = |code: u32| match code {
        0x370..=0x3ff | 0x1f00..=0x1fff => 1,
        0x400..=0x52f => 2,
        0x590..=0x5ff => 3,
        0x600..=0x6ff => 4,
        0xe00..=0xe7f => 5,
        0x3000..=0x30ff | 0x4e00..=0x9fff => 6,
        0xac00..=0xd7a3 => 7,
        _ => 0,
    };
    let first = others().next().map_or(0, block);
    let words = text.split(' ').filter(|word| word.chars().count() > 1).count();
    first > 0 && others().all(|code| block(code) == first) && (words > 1 || first > 5)
}

/// The character of a unit, where it is one that writing has. Surrogates are none, names need none; full-width forms
/// are small negative numbers more often.
pub(super) fn character(unit: Option<u32>) -> Option<char> {
    let unit = unit?;
    if unit < 0x80 {
        return matches!(unit, 0x20..=0x7e | 9 | 10 | 13).then(|| char::from(unit as u8));
    }
    match unit {
        0xa0..=0x24f
        | 0x370..=0x5ff
        | 0x600..=0x6ff
        | 0x900..=0xe7f
        | 0x10a0..=0x10ff
        | 0x1e00..=0x1fff
        | 0x2010..=0x2027
        | 0x3000..=0x30ff
        | 0x3400..=0x9fff
        | 0xac00..=0xd7a3 => char::from_u32(unit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<String> {
        let mut out = Vec::new();
        find(bytes, 0, |_, text| out.push(text));
        out
    }

    fn chance(seed: u64, length: usize) -> Vec<u8> {
        let mut state = seed | 1;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn every_form_and_offset() {
        for text in [
            "Erika Example",
            "Müller, Max",
            "山田太郎",
            "김철수",
            "Примеров",
            "Παράδειγμα",
            "ישראל",
            "MRN 0012345",
        ] {
            for shift in 0..4 {
                let units: Vec<u16> = text.encode_utf16().collect();
                let forms: [Vec<u8>; 4] = [
                    units.iter().flat_map(|u| u.to_le_bytes()).collect(),
                    units.iter().flat_map(|u| u.to_be_bytes()).collect(),
                    text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
                    text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
                ];
                for form in forms {
                    let bytes = [&[0u8; 4][..], &vec![0x91; shift], &[0; 4], &form, &[0; 4], &chance(9, 100)]
                        .concat();
                    let found = all(&bytes);
                    assert!(found.iter().any(|run| run.contains(text)), "{text} at {shift}: {found:?}");
                }
            }
        }
    }

    #[test]
    fn numbers_and_chance_are_no_text() {
        let mut found = Vec::new();
        for seed in 0..16 {
            found.extend(all(&chance(seed, 1 << 16)));
        }
        let wave = |base: f64, height: f64| -> Vec<u8> {
            let level = |i: u32| (base + height * (f64::from(i) / 20.0).sin()) as u16;
            (0..4000u32).flat_map(|i| level(i).to_le_bytes()).collect()
        };
        for (base, height) in
            [(1080.0, 40.0), (100.0, 30.0), (25_000.0, 8000.0), (1500.0, 200.0), (900.0, 90.0)]
        {
            found.extend(all(&wave(base, height)));
        }
        found.extend(all(&(0..=u16::MAX).flat_map(u16::to_le_bytes).collect::<Vec<_>>()));
        found.extend(all(&(0..4096u16).flat_map(|n| (n / 16).to_le_bytes()).collect::<Vec<_>>()));
        let found: Vec<String> = found.iter().map(|run| run.chars().take(24).collect()).collect();
        assert!(found.len() <= 1, "{found:?}");
    }
}
