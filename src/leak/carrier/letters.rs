//! How much a stretch of bytes looks like writing, as a likelihood ratio.
//!
//! Bytes of no meaning contain letters by chance, and the more of them the larger they are. A model of writing
//! says how probable a character is after the last one; against bytes of pure chance it gives evidence, which
//! adds up over a run. A run counts when its evidence outweighs the number of places where it could have stood,
//! so that a blob of any size yields next to nothing by chance, and a short one need not be long.
//!
//! All numbers are half bits.

use super::glyph::{Case, Class, Glyph, PAIRS};

/// Evidence of a run that stands between ends or zeros, for each side.
pub(super) const BOUNDARY: i32 = 6;
/// How far evidence may fall below its peak before a run is over.
const DROP: i32 = 28;
/// Bytes that a run is drawn out to where it would end within a word.
const WORD: usize = 24;

/// Evidence that a run must have among `length` bytes.
pub(super) fn threshold(length: usize) -> i32 {
    2 * (usize::BITS - length.leading_zeros()) as i32 + 16
}

/// A stretch that looks like writing: bytes, evidence, and how many of its characters are letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub start: usize,
    pub end: usize,
    pub evidence: i32,
    pub letters: u32,
    pub digits: u32,
    /// Whether its letters follow each other as the values of a smooth series do.
    pub is_smooth: bool,
}

/// What a run is made of.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    letters: u32,
    digits: u32,
    /// Letters after letters, and how many of them are near to the last.
    pairs: u32,
    near: u32,
    /// Letters that go on in the direction of the last two.
    onward: u32,
    /// Characters after others, but for digits after digits, and how many are near.
    any_pairs: u32,
    any_near: u32,
}

impl Counts {
    /// In writing, a fifth of the letters are near to the last, and a third go on in its direction.
    fn is_smooth(self) -> bool {
        let (near, onward) = if self.pairs < 16 { (12, 17) } else { (9, 13) };
        (self.any_pairs >= 12 && self.any_near * 20 > self.any_pairs * 9)
            || self.pairs >= 6
                && (self.near * 20 > self.pairs * near || self.onward * 20 > self.pairs * onward)
    }
}

/// Finds runs in characters that are pushed one after the other.
#[derive(Debug)]
pub(super) struct Scorer {
    sum: i32,
    best: i32,
    start: usize,
    end: usize,
    /// Where the current word began.
    word: usize,
    word_letters: u32,
    /// The last character, and the last three in small letters, newest first.
    glyph: Glyph,
    last: [u32; 3],
    /// Whether the word goes on in capitals.
    is_capital: bool,
    counts: Counts,
    best_counts: Counts,
    at_peak: bool,
}

impl Scorer {
    pub fn new(at: usize) -> Self {
        Self {
            sum: 0,
            best: 0,
            start: at,
            end: at,
            word: at,
            word_letters: 0,
            glyph: Glyph { class: Class::START, case: Case::None, letter: 0, cost: 0 },
            last: [0; 3],
            is_capital: false,
            counts: Counts::default(),
            best_counts: Counts::default(),
            at_peak: false,
        }
    }

    /// Adds a character of `width` bytes at `at`; returns the run that ends before it, if one does.
    pub fn push(&mut self, at: usize, width: usize, c: char) -> Option<Run> {
        self.push_with(at, width, 16 * width as i32, c)
    }

    /// The same where chance is not even: `surprise` is what the character's bytes cost without meaning.
    pub fn push_with(&mut self, at: usize, width: usize, surprise: i32, c: char) -> Option<Run> {
        let glyph = Glyph::of(c);
        let code = u32::from(c) | if c.is_ascii_uppercase() { 0x20 } else { 0 };
        let cost = self.cost(glyph, code);
        let was = self.glyph.class;
        self.is_capital = glyph.case == Case::Upper && was == glyph.class && self.glyph.case == Case::Upper;
        self.glyph = glyph;
        self.last = [code, self.last[0], self.last[1]];
        let in_word = glyph.class.is_word();
        if !in_word || !was.is_word() {
            (self.word, self.word_letters) = (at, 0);
        }
        if self.sum < 0 && self.best == 0 {
            self.sum = 0;
            self.counts = Counts { letters: self.word_letters, ..Counts::default() };
            self.start = if in_word && at - self.word <= WORD { self.word } else { at };
        }
        self.sum += surprise - cost;
        self.count(was);
        self.word_letters += u32::from(glyph.class.is_letter());
        if self.sum > self.best {
            (self.best, self.best_counts) = (self.sum, self.counts);
            self.end = at + width;
            self.at_peak = true;
        } else if self.at_peak && in_word && at + width - self.end <= WORD {
            if at == self.end {
                self.end = at + width;
            }
        } else {
            self.at_peak = false;
        }
        let over = self.best > 0 && self.best - self.sum > DROP;
        if over { self.cut() } else { None }
    }

    fn count(&mut self, was: Class) {
        let class = self.glyph.class;
        let [new, old, older] = self.last;
        let is_near = new.abs_diff(old) <= 2;
        self.counts.letters += u32::from(class.is_letter());
        self.counts.digits += u32::from(class == Class::DIGIT);
        if was != Class::START && (was != Class::DIGIT || class != Class::DIGIT) {
            self.counts.any_pairs += 1;
            self.counts.any_near += u32::from(is_near);
        }
        if was.is_letter() && class.is_letter() {
            self.counts.pairs += 1;
            self.counts.near += u32::from(is_near);
            self.counts.onward += u32::from(new.cmp(&old) == old.cmp(&older));
        }
    }

    /// The run that is open, if there is one.
    pub fn finish(&mut self) -> Option<Run> {
        self.cut()
    }

    fn cut(&mut self) -> Option<Run> {
        let run = (self.best > 0).then_some(Run {
            start: self.start,
            end: self.end,
            evidence: self.best,
            letters: self.best_counts.letters,
            digits: self.best_counts.digits,
            is_smooth: self.best_counts.is_smooth(),
        });
        (self.sum, self.best, self.counts, self.at_peak) = (0, 0, Counts::default(), false);
        run
    }

    /// What a character costs after those before it: −2·log2 of its share in writing.
    fn cost(&self, new: Glyph, code: u32) -> i32 {
        let was = self.glyph.class;
        let base = match new.class {
            class if class.is_letter() => self.letter_cost(new),
            Class::DIGIT => match was {
                Class::DIGIT if code.abs_diff(self.last[0]) <= 1 => 12,
                Class::DIGIT => 8,
                was if was.is_letter() => 18,
                _ => 13,
            },
            Class::SPACE => match was {
                Class::SPACE | Class::START => 16,
                _ => 7,
            },
            _ => i32::from(new.cost) + if matches!(was, Class::MARK | Class::START) { 5 } else { 0 },
        };
        base + self.repeat_cost(code, new.class == Class::DIGIT)
    }

    fn letter_cost(&self, new: Glyph) -> i32 {
        let old = self.glyph;
        let same = old.class == new.class;
        let entering = match old.class {
            was if was.is_japanese() && new.class.is_japanese() => 0,
            was if was.is_letter() => {
                if same {
                    1
                } else {
                    20
                }
            }
            Class::DIGIT => 8,
            _ if new.class == Class::LATIN => 3,
            _ => 12,
        };
        let case = match (old.case, new.case) {
            _ if !same => 0,
            (Case::Lower, Case::Upper) => 10,
            (Case::Upper, Case::Lower) if self.is_capital => 8,
            (Case::Upper, Case::Lower) => 1,
            (Case::Upper, Case::Upper) if !self.is_capital => 3,
            _ => 0,
        };
        let pair = if new.class == Class::LATIN && new.letter > 0 {
            let row = if same { old.letter } else { 0 };
            PAIRS
                .get(usize::from(row))
                .and_then(|row| row.get(usize::from(new.letter)))
                .copied()
                .unwrap_or(18)
        } else {
            0
        };
        i32::from(pair) + i32::from(new.cost) + entering + case
    }

    fn repeat_cost(&self, code: u32, is_digit: bool) -> i32 {
        let [last, older, oldest] = self.last;
        if code == last && code == older {
            if is_digit { 8 } else { 20 }
        } else if code == older && last == oldest {
            if is_digit { 4 } else { 12 }
        } else {
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(text: &str) -> i32 {
        let mut scorer = Scorer::new(0);
        let mut runs: Vec<Run> =
            text.char_indices().filter_map(|(at, c)| scorer.push(at, c.len_utf8(), c)).collect();
        runs.extend(scorer.finish());
        runs.iter().filter(|run| !run.is_smooth).map(|run| run.evidence).max().unwrap_or(0)
    }

    #[test]
    fn names_outweigh_chance() {
        for name in [
            "Erika Example",
            "SMITH^JOHN",
            "Nguyen Van",
            "Wójcik",
            "Müller-Muster",
            "山田太郎",
            "やまだ",
            "김철수",
            "Примеров",
            "Παράδειγμα",
            "محمد",
            "ישראל",
            "สมชาย",
            "MRN 00815JQS",
            "1962-03-17",
            "王小明",
        ] {
            assert!(evidence(name) + 2 * BOUNDARY >= threshold(1024), "{name}: {}", evidence(name));
        }
    }

    #[test]
    fn patterns_of_pixels_and_tables_do_not() {
        let ramp: String = ('A'..='z').collect();
        for text in
            ["ffffffffffffffffffffff", "gghhgghhggffgghhhggg", "ererererererererer", &ramp, "~}|{zyx", "!!!!"]
        {
            assert!(evidence(text) < threshold(4096), "{text}: {}", evidence(text));
        }
    }

    #[test]
    fn a_run_is_cut_out_of_junk_at_its_words() {
        let text = "#~}{%|`~^^ Erika Example `|~{]}#~}";
        let mut scorer = Scorer::new(0);
        let mut runs: Vec<Run> = text.char_indices().filter_map(|(at, c)| scorer.push(at, 1, c)).collect();
        runs.extend(scorer.finish());
        runs.retain(|run| run.evidence > threshold(text.len()));
        assert_eq!(runs.len(), 1);
        assert_eq!(text[runs[0].start..runs[0].end].trim(), "Erika Example");
    }
}
