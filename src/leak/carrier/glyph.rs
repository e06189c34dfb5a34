//! What characters are to the model of writing in [`super::letters`]. Costs are in half bits.

use std::sync::LazyLock;

/// A script, or what stands between letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class(u8);

impl Class {
    /// Before the first character.
    pub const START: Self = Self(0);
    pub const SPACE: Self = Self(1);
    pub const DIGIT: Self = Self(2);
    pub const MARK: Self = Self(3);
    pub const LATIN: Self = Self(4);
    const KANA: Self = Self(5);
    const HAN: Self = Self(6);
    const HANGUL: Self = Self(7);
    /// Scripts of a letter a sound: Cyrillic, Greek, Hebrew, Arabic, Thai and the like.
    const OTHER: u8 = 8;

    pub fn is_letter(self) -> bool {
        self.0 >= 4
    }

    /// Kana and ideographs, which stand in one word.
    pub fn is_japanese(self) -> bool {
        self == Self::KANA || self == Self::HAN
    }

    pub fn is_word(self) -> bool {
        self.0 >= 4 || self == Self::DIGIT
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    None,
    Upper,
    Lower,
}

/// A character as the model sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub class: Class,
    pub case: Case,
    /// Row and column in [`PAIRS`] of a Latin letter, 1 for A; 0 for all else.
    pub letter: u8,
    /// What it costs by itself; of a Latin letter, beyond its pair.
    pub cost: u8,
}

impl Glyph {
    const fn new(class: Class, cost: u8) -> Self {
        Self { class, case: Case::None, letter: 0, cost }
    }

    #[inline]
    pub fn of(c: char) -> Self {
        ASCII.get(c as usize).copied().unwrap_or_else(|| Self::beyond_ascii(c))
    }

    fn beyond_ascii(c: char) -> Self {
        let other = |number: u8, cost: u8| {
            let case = match c {
                _ if c.is_lowercase() => Case::Lower,
                _ if c.is_uppercase() => Case::Upper,
                _ => Case::None,
            };
            Self { case, ..Self::new(Class(Class::OTHER + number), cost) }
        };
        match c {
            '\u{a0}' | '\u{3000}' => Self::new(Class::SPACE, 0),
            '\u{aa}' | '\u{b5}' | '\u{ba}' | '\u{d7}' | '\u{f7}' => Self::new(Class::MARK, 40),
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Self::accented(c),
            '\u{386}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => other(0, 11),
            '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => {
                other(1, if is_common_cyrillic(c) { 11 } else { 22 })
            }
            '\u{531}'..='\u{587}' => other(2, 11),
            '\u{5d0}'..='\u{5f2}' => other(3, 11),
            '\u{620}'..='\u{65f}' | '\u{66e}'..='\u{6d3}' => other(4, 11),
            // Brahmic scripts, Thai: vowel signs are as usual as letters.
            '\u{900}'..='\u{e7f}' if !c.is_numeric() => other(5 + ((c as u32 - 0x900) >> 7) as u8, 11),
            '\u{10a0}'..='\u{10ff}' => other(24, 11),
            '\u{3041}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => Self::new(Class::KANA, 13),
            '\u{3400}'..='\u{9fff}' | '\u{3005}' => {
                Self::new(Class::HAN, if COMMON.has(c) { 23 } else { 32 })
            }
            '\u{ac00}'..='\u{d7a3}' => Self::new(Class::HANGUL, if COMMON.has(c) { 20 } else { 32 }),
            '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' | '\u{b7}' | '\u{2010}'..='\u{201f}' => {
                Self::new(Class::MARK, 24)
            }
            _ => Self::new(Class::MARK, 40),
        }
    }

    /// A Latin letter with a mark, as the letter without it, which is rarer.
    fn accented(c: char) -> Self {
        let mut base = None;
        unicode_normalization::char::decompose_canonical(c, |part| base = base.or(Some(part)));
        let base = base.filter(char::is_ascii_alphabetic).or(match c {
            'ß' => Some('s'),
            'ø' | 'Ø' | 'œ' | 'Œ' => Some('o'),
            'æ' | 'Æ' => Some('a'),
            'ł' | 'Ł' => Some('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => Some('d'),
            'ı' | 'İ' => Some('i'),
            'þ' | 'Þ' => Some('t'),
            _ => None,
        });
        match base {
            Some(base) => {
                let case = if c.is_uppercase() { Case::Upper } else { Case::Lower };
                let letter = base.to_ascii_lowercase() as u8 - b'a' + 1;
                Self { class: Class::LATIN, case, letter, cost: 12 }
            }
            None => Self::new(Class::LATIN, 30),
        }
    }
}

/// Letters of the Slavic languages that are written so; the others are of many small alphabets.
fn is_common_cyrillic(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё'..='Џ' | 'ё'..='џ' | 'Ґ' | 'ґ') && !matches!(c, 'Ѐ' | 'ѐ' | 'Ѝ' | 'ѝ')
}

static ASCII: [Glyph; 128] = {
    let mut table = [Glyph::new(Class::MARK, 22); 128];
    let mut b = 0u8;
    while b < 128 {
        let upper = b.is_ascii_uppercase();
        table[b as usize] = match b {
            b'A'..=b'Z' | b'a'..=b'z' => Glyph {
                class: Class::LATIN,
                case: if upper { Case::Upper } else { Case::Lower },
                letter: b.to_ascii_lowercase() - b'a' + 1,
                cost: 0,
            },
            b'0'..=b'9' => Glyph::new(Class::DIGIT, 0),
            b' ' | b'\n' | b'\r' | b'\t' | 0x0c => Glyph::new(Class::SPACE, 0),
            b'.' | b',' | b'-' | b'_' | b'/' | b':' => Glyph::new(Class::MARK, 13),
            b'=' | b'^' | b'\\' | b'\'' | b'(' | b')' | b';' | b'"' | b'@' | b'<' | b'>' => {
                Glyph::new(Class::MARK, 17)
            }
            b'&' | b'+' | b'*' | b'#' | b'?' | b'!' | b'%' | b'|' | b'[' | b']' | b'{' | b'}' => {
                Glyph::new(Class::MARK, 20)
            }
            _ => Glyph::new(Class::MARK, 22),
        };
        b += 1;
    }
    table
};

/// What a Latin letter costs after another, or at the beginning of a word: `assets/letters/bigrams.csv`. Row and
/// column 0 stand for no letter.
pub(super) static PAIRS: [[u8; 32]; 32] = {
    let text = include_bytes!("../../../assets/letters/bigrams.csv");
    let mut table = [[18; 32]; 32];
    let (mut at, mut row, mut column) = (0, 0, 0);
    // Behind the line of column names.
    while text[at] != b'\n' {
        at += 1;
    }
    at += 1;
    let mut number = 0;
    while at < text.len() {
        match text[at] {
            digit @ b'0'..=b'9' => number = number * 10 + (digit - b'0'),
            b',' | b'\n' => {
                if column > 0 {
                    table[row][column] = number;
                }
                number = 0;
                column += 1;
                if text[at] == b'\n' {
                    row += 1;
                    column = 0;
                }
            }
            _ => {}
        }
        at += 1;
    }
    table
};

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

    #[test]
    fn everyday_characters_are_known() {
        assert!("山田太郎王李김".chars().all(|c| COMMON.has(c)));
        assert!(!"\u{9fa4}\u{3400}".chars().any(|c| COMMON.has(c)));
    }

    #[test]
    fn pairs_are_read_from_their_table() {
        let cost = |first: char, second: char| {
            PAIRS[Glyph::of(first).letter as usize][Glyph::of(second).letter as usize]
        };
        assert_eq!((cost('-', 'a'), cost('q', 'u'), cost('Z', 'Z'), cost('z', 'a')), (8, 0, 7, 4));
        assert_eq!((Glyph::of('ü').letter, Glyph::of('Ł').letter, Glyph::of('ß').letter), (21, 12, 19));
    }
}
