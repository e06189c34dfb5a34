//! Runs of writing in bytes that are no text as a whole: ASCII, Latin-1, UTF-8 and the data set's own
//! character set here, UTF-16 and UTF-32 in [`super::wide`].

use super::letters::{BOUNDARY, Run, Scorer, threshold};
use crate::dicom::charset::Charset;
use std::ops::Range;

/// Runs that one blob yields.
pub(super) const MOST_RUNS: usize = 4096;
/// Bytes of a stretch from which on it may be more than it reads as: base64, say.
const LONG: usize = 24;
/// Digits of a run without letters.
const LEAST_DIGITS: u32 = 6;
/// Letters and digits that a run has.
const LEAST: u32 = 3;

/// Characters in a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stretch<'r> {
    pub range: Range<usize>,
    /// What in it reads as writing.
    pub writing: &'r [Range<usize>],
}

/// The stretches among `bytes` that hold writing, and the long ones, in order. Takes time linear in their length.
/// `doubt` is evidence that writing must have beyond the usual.
pub(super) fn find(bytes: &[u8], decoder: &Decoder, doubt: i32, mut each: impl FnMut(Stretch<'_>)) {
    // A character set that is stated is likely there.
    let need =
        threshold(bytes.len()) + doubt - if matches!(decoder, Decoder::Usual) { 0 } else { 2 * BOUNDARY };
    let mut left = MOST_RUNS;
    let mut writing = Vec::new();
    let mut at = 0;
    while at < bytes.len() && left > 0 {
        // A run of four covers every fourth byte.
        if bytes.get(at + 3).is_some_and(|&b| CLASS[b as usize] == 0) {
            at += 4;
            continue;
        }
        let Some((_, width)) = decoder.next(bytes, at) else {
            at += 1;
            continue;
        };
        let start = at;
        let mut end = at + width;
        while let Some((_, width)) = decoder.next(bytes, end) {
            end += width;
        }
        if end - start >= LEAST as usize {
            writing.clear();
            judge(bytes, start..end, decoder, need, &mut writing);
            if !writing.is_empty() || end - start >= LONG {
                left -= 1;
                each(Stretch { range: start..end, writing: &writing });
            }
        }
        at = end + 1;
    }
}

/// Finds the writing in one stretch.
fn judge(bytes: &[u8], range: Range<usize>, decoder: &Decoder, need: i32, out: &mut Vec<Range<usize>>) {
    let mut scorer = Scorer::new(range.start);
    let is_edge = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(|&b| b < 0x20 || b == 0xff);
    let opens = is_edge(range.start.checked_sub(1));
    let closes = is_edge(Some(range.end));
    let mut take = |run: Run| {
        let open = opens && run.start <= range.start + 1;
        let close = closes && run.end + 1 >= range.end;
        let bonus = i32::from(open) * BOUNDARY + i32::from(close) * BOUNDARY;
        let telling = run.letters >= 2 || run.digits >= LEAST_DIGITS || (open && close);
        let enough = run.letters + run.digits >= LEAST && telling;
        if enough && !run.is_smooth && run.evidence + bonus >= need {
            out.push(run.start..run.end);
        }
    };
    let mut at = range.start;
    while let Some((c, width)) = decoder.next(bytes, at) {
        if let Some(run) = scorer.push(at, width, c) {
            take(run);
        }
        at += width;
    }
    if let Some(run) = scorer.finish() {
        take(run);
    }
}

/// Whether bytes that are text as a whole read as such, by their beginning: no likely chance.
pub(super) fn reads(text: &str) -> bool {
    let most = (0..=text.len().min(8 << 10)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let text = text.get(..most).unwrap_or_default();
    let mut scorer = Scorer::new(0);
    let need = threshold(text.len()) - 2 * BOUNDARY;
    let (mut best, mut sum) = (0, 0);
    let mut add = |run: Run| {
        if run.letters + run.digits >= LEAST && !run.is_smooth {
            best = best.max(run.evidence);
            sum += run.evidence;
        }
    };
    for (at, c) in text.char_indices() {
        scorer.push(at, c.len_utf8(), c).into_iter().for_each(&mut add);
    }
    scorer.finish().into_iter().for_each(&mut add);
    // All are printable: of long ones, a good part must read.
    best >= need && sum >= 2 * text.chars().count() as i32
}

/// 0: ends a run; 1: printable ASCII and layout; 2: may be part of another character.
static CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut b = 0x20;
    while b < 0x7f {
        class[b] = 1;
        b += 1;
    }
    class[b'\t' as usize] = 1;
    class[b'\n' as usize] = 1;
    class[b'\r' as usize] = 1;
    b = 0x80;
    while b < 0x100 {
        class[b] = 2;
        b += 1;
    }
    class
};

/// Bytes to characters, one at a time.
#[derive(Debug)]
pub(super) enum Decoder {
    /// ASCII, UTF-8, and Latin-1 letters beside ASCII letters.
    Usual,
    /// Another 8-bit character set: what bytes from 0x80 on stand for. Letters only, else `'\0'`.
    Single(Box<[char; 128]>),
    /// A character set in which two bytes from 0x80 on may be one character.
    Double(Charset),
}

impl Decoder {
    /// Of the data set's own character set, where that is not covered by the usual one.
    pub fn of(charset: Charset) -> Option<Self> {
        let one = |bytes: &[u8]| {
            let text = charset.decode(bytes);
            let mut chars = text.chars();
            let first = chars.next().filter(|&c| c.is_alphabetic() || is_tone(c));
            if chars.next().is_none() { first } else { None }
        };
        if one("é".as_bytes()) == Some('é') {
            return None;
        }
        if one(b"\xb0\xa1").is_some() || one(b"\x88\xa0").is_some() {
            return Some(Self::Double(charset));
        }
        let bytes: Vec<u8> = (0x80..=0xff).collect();
        let all = charset.decode(&bytes);
        let mut high = Box::new(['\0'; 128]);
        let mut is_usual = true;
        for ((&byte, c), slot) in bytes.iter().zip(all.chars()).zip(high.iter_mut()) {
            *slot = if c.is_alphabetic() || is_tone(c) { c } else { '\0' };
            is_usual &= *slot == '\0' || *slot == char::from(byte);
        }
        if all.chars().count() != bytes.len() {
            return None;
        }
        (!is_usual).then_some(Self::Single(high))
    }

    /// The character at `at` and its width in bytes.
    #[inline]
    pub fn next(&self, bytes: &[u8], at: usize) -> Option<(char, usize)> {
        let b = *bytes.get(at)?;
        match CLASS[b as usize] {
            1 => Some((b.into(), 1)),
            0 => None,
            _ => self.high(bytes, at, b),
        }
    }

    fn high(&self, bytes: &[u8], at: usize, b: u8) -> Option<(char, usize)> {
        match self {
            Self::Usual => utf8(bytes, at).or_else(|| {
                let letter =
                    |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
                // The last byte of negative numbers, and no letter that words have.
                let c = char::from(b);
                let fits = b != 0xff
                    && matches!(b, 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..)
                    && (letter(at.checked_sub(1)) || letter(at.checked_add(1)));
                fits.then_some((c, 1))
            }),
            Self::Single(high) => {
                let c = *high.get(usize::from(b) - 0x80)?;
                (c != '\0').then_some((c, 1))
            }
            Self::Double(charset) => {
                let text = charset.decode(bytes.get(at..at + 2)?);
                let mut chars = text.chars();
                let c = chars.next().filter(|c| c.is_alphabetic())?;
                chars.next().is_none().then_some((c, 2))
            }
        }
    }

    /// The text of a piece.
    pub fn text(&self, bytes: &[u8], range: Range<usize>) -> String {
        let mut out = String::with_capacity(range.len());
        let mut at = range.start;
        while at < range.end {
            match self.next(bytes, at) {
                Some((c, width)) => {
                    out.push(c);
                    at += width;
                }
                None => at += 1,
            }
        }
        out
    }
}

/// Marks of Thai that are no letters, within words.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{e47}'..='\u{e4e}')
}

/// A character of two to four bytes (RFC 3629). Controls are none.
fn utf8(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    let width = match bytes.get(at)? {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let c = std::str::from_utf8(bytes.get(at..at + width)?).ok()?.chars().next()?;
    (!c.is_control() && !matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..)).then_some((c, width))
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn chance(seed: u64, length: usize) -> Vec<u8> {
        let mut state = seed | 1;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        };
        (0..length).map(|_| next()).collect()
    }

    fn writing(bytes: &[u8], charset: &str) -> Vec<String> {
        let mut out = Vec::new();
        let own = Decoder::of(Charset::parse(charset.as_bytes()));
        for decoder in [Some(Decoder::Usual), own].into_iter().flatten() {
            find(bytes, &decoder, 0, |stretch| {
                out.extend(
                    stretch.writing.iter().map(|run| decoder.text(bytes, run.clone()).trim().to_owned()),
                );
            });
        }
        out
    }

    #[test]
    fn text_among_bytes_is_found_in_every_encoding() {
        let junk = chance(3, 400);
        for (charset, text, bytes) in [
            ("", "Erika Example", b"Erika Example".to_vec()),
            ("", "Müller-Muster", "Müller-Muster".into()),
            ("", "Müller-Muster", b"M\xfcller-Muster".to_vec()),
            ("ISO_IR 144", "Примеров Иван", b"\xbf\xe0\xd8\xdc\xd5\xe0\xde\xd2 \xb8\xd2\xd0\xdd".to_vec()),
            ("", "山田太郎", "山田太郎".into()),
            ("", "Παράδειγμα", "Παράδειγμα".into()),
            ("GB18030", "王小东", b"\xcd\xf5\xd0\xa1\xb6\xab".to_vec()),
        ] {
            let all = [&junk[..200], b"\0\0", &bytes, b"\0", &junk[200..]].concat();
            let found = writing(&all, charset);
            assert!(found.iter().any(|run| run.contains(text)), "{text}: {found:?}");
        }
    }

    #[test]
    fn chance_yields_next_to_nothing() {
        let found: Vec<_> = (0..16).flat_map(|seed| writing(&chance(seed * 77 + 1, 1 << 16), "")).collect();
        assert!(found.len() <= 2, "{found:?}");
        let small: usize = (0..1000).map(|seed| writing(&chance(seed * 7919 + 5, 64), "").len()).sum();
        assert!(small <= 12, "{small} runs in a thousand small blobs");
    }
}
