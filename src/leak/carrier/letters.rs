//! How much a stretch of bytes looks like writing, as a likelihood ratio.
//!
//! Bytes of no meaning contain letters by chance, and the more of them the larger they are. A model of writing
//! says how probable a character is after the last one; against bytes of pure chance it gives evidence, which
//! adds up over a run. A run counts when its evidence outweighs the number of places where it could have stood,
//! so that a blob of any size yields next to nothing by chance, and a short one need not be long.
//!
//! All numbers are half bits.

use std::sync::LazyLock;

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
}

impl Counts {
    /// In writing, a fifth of the letters are near to the last, and a third go on in its direction.
    fn is_smooth(self) -> bool {
        let (near, onward) = if self.pairs < 16 { (12, 17) } else { (9, 13) };
        self.pairs >= 6 && (self.near * 20 > self.pairs * near || self.onward * 20 > self.pairs * onward)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    /// A script of one letter a sound: Cyrillic, Greek, Hebrew, Arabic, Thai and the like, by block.
    Other(u16),
    Kana,
    Han,
    Hangul,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Start,
    Letter(Script),
    Digit,
    Space,
    Mark,
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
    class: Class,
    /// The last three characters, newest first.
    last: [char; 3],
    /// Index into the table of letter pairs: 0 at the beginning of a word.
    letter: usize,
    case: Case,
    counts: Counts,
    best_counts: Counts,
    at_peak: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    None,
    First,
    Lower,
    Upper,
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
            class: Class::Start,
            last: ['\0'; 3],
            letter: 0,
            case: Case::None,
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
        let cost = self.cost(c);
        let was = self.class;
        self.step(c);
        let in_word = matches!(self.class, Class::Letter(_) | Class::Digit);
        if !in_word || !matches!(was, Class::Letter(_) | Class::Digit) {
            (self.word, self.word_letters) = (at, 0);
        }
        if self.sum < 0 && self.best == 0 {
            self.sum = 0;
            self.counts = Counts { letters: self.word_letters, ..Counts::default() };
            self.start = if in_word && at - self.word <= WORD { self.word } else { at };
        }
        self.sum += surprise - cost;
        self.count(was);
        self.word_letters += u32::from(matches!(self.class, Class::Letter(_)));
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
        match self.class {
            Class::Letter(_) => self.counts.letters += 1,
            Class::Digit => self.counts.digits += 1,
            _ => {}
        }
        if let (Class::Letter(_), Class::Letter(_)) = (was, self.class) {
            let [new, old, older] = self.last.map(|c| i64::from(u32::from(c.to_ascii_lowercase())));
            let (step, before) = (new - old, old - older);
            self.counts.pairs += 1;
            self.counts.near += u32::from(step.abs() <= 2);
            self.counts.onward += u32::from(step.signum() == before.signum());
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

    /// What the character costs after those before it: −2·log2 of its share in writing.
    fn cost(&self, c: char) -> i32 {
        let class = class_of(c);
        let base = match class {
            Class::Letter(script) => self.letter_cost(c, script),
            Class::Digit => match self.class {
                Class::Digit if c.abs_diff(self.last[0]) <= 1 => 12,
                Class::Digit => 8,
                Class::Letter(_) => 18,
                _ => 13,
            },
            Class::Space => match self.class {
                Class::Space => 16,
                Class::Start => 16,
                _ => 7,
            },
            Class::Mark | Class::Start => self.mark_cost(c),
        };
        base + self.repeat_cost(c, class)
    }

    fn letter_cost(&self, c: char, script: Script) -> i32 {
        let same = self.class == Class::Letter(script);
        let entering = match self.class {
            Class::Letter(Script::Kana | Script::Han) if matches!(script, Script::Kana | Script::Han) => 0,
            Class::Letter(_) if !same => 20,
            Class::Letter(_) => 1,
            Class::Digit => 8,
            _ if script == Script::Latin => 3,
            _ => 12,
        };
        let case = match (self.case, c.is_uppercase()) {
            (Case::Lower, true) if same => 10,
            (Case::Upper, false) if same && c.is_lowercase() => 8,
            (Case::First, true) if same => 3,
            (Case::First, false) if same && c.is_lowercase() => 1,
            _ => 0,
        };
        let letter = match script {
            Script::Latin => {
                let (index, marked) = folded(c);
                let row = if same { self.letter } else { 0 };
                let pair = index.and_then(|index| PAIRS.get(row)?.get(index)).copied().unwrap_or(18);
                i32::from(pair) + if marked { 12 } else { 0 }
            }
            Script::Other(_) => 11,
            Script::Kana => 13,
            Script::Han if COMMON.has(c) => 23,
            Script::Hangul if COMMON.has(c) => 20,
            Script::Han | Script::Hangul => 32,
        };
        letter + entering + case
    }

    fn mark_cost(&self, c: char) -> i32 {
        let usual = match c {
            '.' | ',' | '-' | '_' | '/' | ':' => 13,
            '=' | '^' | '\\' | '\'' | '(' | ')' | ';' | '"' | '@' | '<' | '>' => 17,
            '&' | '+' | '*' | '#' | '?' | '!' | '%' | '|' | '[' | ']' | '{' | '}' => 20,
            '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' | '\u{b7}' | '\u{2010}'..='\u{201f}' => 24,
            _ if c.is_ascii() => 22,
            _ => 40,
        };
        usual + if matches!(self.class, Class::Mark | Class::Start) { 5 } else { 0 }
    }

    fn repeat_cost(&self, c: char, class: Class) -> i32 {
        let digit = class == Class::Digit;
        if c == self.last[0] && c == self.last[1] {
            if digit { 8 } else { 20 }
        } else if c == self.last[1] && self.last[0] == self.last[2] {
            if digit { 4 } else { 12 }
        } else {
            0
        }
    }

    fn step(&mut self, c: char) {
        let class = class_of(c);
        let same = class == self.class;
        self.letter = match class {
            Class::Letter(Script::Latin) => folded(c).0.map_or(0, |index| index + 1),
            _ => 0,
        };
        self.case = match class {
            Class::Letter(_) if c.is_lowercase() => Case::Lower,
            Class::Letter(_) if c.is_uppercase() && same && self.case != Case::Lower => Case::Upper,
            Class::Letter(_) if c.is_uppercase() => Case::First,
            _ => Case::None,
        };
        self.class = class;
        self.last = [c, self.last[0], self.last[1]];
    }
}

trait Difference {
    fn abs_diff(self, other: Self) -> u32;
}

impl Difference for char {
    fn abs_diff(self, other: Self) -> u32 {
        u32::from(self).abs_diff(u32::from(other))
    }
}

fn class_of(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter(Script::Latin),
        '0'..='9' => Class::Digit,
        ' ' | '\n' | '\r' | '\t' | '\u{c}' | '\u{a0}' | '\u{3000}' => Class::Space,
        '\0'..='\u{7f}' => Class::Mark,
        '\u{aa}' | '\u{b5}' | '\u{ba}' | '\u{d7}' | '\u{f7}' => Class::Mark,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Class::Letter(Script::Latin),
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' if c.is_alphabetic() => {
            Class::Letter(Script::Other(0x370))
        }
        '\u{400}'..='\u{52f}' if c.is_alphabetic() => Class::Letter(Script::Other(0x400)),
        '\u{530}'..='\u{58f}' if c.is_alphabetic() => Class::Letter(Script::Other(0x530)),
        '\u{590}'..='\u{5ff}' if c.is_alphabetic() => Class::Letter(Script::Other(0x590)),
        '\u{600}'..='\u{6ff}' if c.is_alphabetic() => Class::Letter(Script::Other(0x600)),
        // Brahmic scripts: vowel signs are marks, and as usual as letters.
        '\u{900}'..='\u{e7f}' if !c.is_numeric() => {
            Class::Letter(Script::Other((u32::from(c) & !0x7f) as u16))
        }
        '\u{10a0}'..='\u{10ff}' if c.is_alphabetic() => Class::Letter(Script::Other(0x10a0)),
        '\u{3041}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => Class::Letter(Script::Kana),
        '\u{3400}'..='\u{9fff}' | '\u{3005}' => Class::Letter(Script::Han),
        '\u{ac00}'..='\u{d7a3}' => Class::Letter(Script::Hangul),
        _ => Class::Mark,
    }
}

/// The letter's index in the table of pairs, and whether it bears a mark.
fn folded(c: char) -> (Option<usize>, bool) {
    if c.is_ascii_alphabetic() {
        return (Some((c.to_ascii_lowercase() as u8 - b'a').into()), false);
    }
    let base = unicode_normalization::char::is_combining_mark(c);
    let mut first = None;
    unicode_normalization::char::decompose_canonical(c, |part| first = first.or(Some(part)));
    let index = first.filter(|part| part.is_ascii_alphabetic() && !base);
    let index = index.map(|part| usize::from(part.to_ascii_lowercase() as u8 - b'a'));
    (
        index.or(match c {
            'ß' => Some(18),
            'ø' | 'Ø' | 'œ' | 'Œ' => Some(14),
            'æ' | 'Æ' => Some(0),
            'ł' | 'Ł' => Some(11),
            'đ' | 'Đ' | 'ð' | 'Ð' => Some(3),
            'ı' | 'İ' => Some(8),
            'þ' | 'Þ' => Some(19),
            _ => None,
        }),
        true,
    )
}

/// Costs of letters after letters, `assets/letters/bigrams.csv`.
static PAIRS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/letters/bigrams.csv").lines().skip(1);
    lines.map(|line| line.split(',').skip(1).filter_map(|cell| cell.parse().ok()).collect()).collect()
});

/// Ideographs and syllables in everyday use: level 1 of JIS X 0208, GB 2312 and Big5, and KS X 1001.
struct Common(Vec<u64>);

impl Common {
    fn has(&self, c: char) -> bool {
        let at = u32::from(c).wrapping_sub(0x3400) as usize;
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}

static COMMON: LazyLock<Common> = LazyLock::new(|| {
    let mut bits = vec![0u64; (0xd7b0 - 0x3400) / 64 + 1];
    let mut add = |encoding: &'static encoding_rs::Encoding, bytes: [u8; 2]| {
        let text = encoding.decode_without_bom_handling(&bytes).0;
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && let Some(at) = u32::from(c).checked_sub(0x3400).map(|at| at as usize)
            && let Some(word) = bits.get_mut(at / 64)
        {
            *word |= 1 << (at % 64);
        }
    };
    for low in 0x40..=0xfe {
        (0xb0..=0xcf).for_each(|high| add(encoding_rs::EUC_JP, [high, low]));
        (0xb0..=0xd7).filter(|_| low >= 0xa1).for_each(|high| add(encoding_rs::GBK, [high, low]));
        (0xa4..=0xc6).for_each(|high| add(encoding_rs::BIG5, [high, low]));
        (0xb0..=0xc8).filter(|_| low >= 0xa1).for_each(|high| add(encoding_rs::EUC_KR, [high, low]));
    }
    Common(bits)
});

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

    #[test]
    fn everyday_characters_are_known() {
        assert!("山田太郎王李김".chars().all(|c| COMMON.has(c)));
        assert!(!"\u{9fa4}\u{3400}".chars().any(|c| COMMON.has(c)));
    }
}
