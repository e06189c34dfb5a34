//! Text folded for comparison: what two people would call the same word is one string.
//!
//! Case, diacritics, width and marks are gone: `Müller`, `MULLER` and `ｍｕｌｌｅｒ` are `muller`; hiragana is
//! katakana, half-width kana is full, `ß` is `ss`, final letters of Greek and Hebrew are plain ones, Arabic has
//! no vowel signs, digits of any script are `0`–`9`, Hangul is composed, variants of a Han character that
//! names are written in are one. What a person spells differently by habit (`Mueller`) is
//! [`super::needle`]'s.

use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

/// Characters of a cluster at most: text of nothing but marks costs no more than other text.
const MOST_MARKS: usize = 32;

/// The folded text.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_chars(text, |c| out.push(c.folded));
    out
}

/// A folded character and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedChar {
    pub folded: char,
    /// Bytes of the original text.
    pub span: Range<usize>,
    /// Whether the original was a capital.
    pub upper: bool,
}

/// Folds `text` character by character, in order. One original character may give none, one or more.
pub fn fold_chars(text: &str, mut each: impl FnMut(FoldedChar)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        // A mark may follow a plain letter: decomposed text.
        if byte < 0x80 && bytes.get(at + 1).is_none_or(|&next| next < 0x80) {
            each(FoldedChar {
                folded: byte.to_ascii_lowercase() as char,
                span: at..at + 1,
                upper: byte.is_ascii_uppercase(),
            });
            at += 1;
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let length = cluster(rest).max(1);
        fold_cluster(rest.get(..length).unwrap_or_default(), at, &mut each);
        at += length;
    }
}

/// Bytes of a character and of the marks that belong to it.
fn cluster(text: &str) -> usize {
    let mut length = 0;
    for (nth, c) in text.chars().enumerate() {
        if nth > 0 && (nth > MOST_MARKS || !belongs(c)) {
            break;
        }
        length += c.len_utf8();
    }
    length
}

/// Whether `c` changes the character in front of it: marks, medial and final jamo, half-width voiced marks.
fn belongs(c: char) -> bool {
    !c.is_ascii()
        && (matches!(c, '\u{1160}'..='\u{11ff}' | '\u{ff9e}' | '\u{ff9f}')
            || canonical_combining_class(c) != 0)
}

fn fold_cluster(cluster: &str, at: usize, each: &mut impl FnMut(FoldedChar)) {
    let upper = cluster.chars().next().is_some_and(char::is_uppercase);
    let span = at..at + cluster.len();
    let mut push = |folded| each(FoldedChar { folded, span: span.clone(), upper });
    for c in cluster.chars().nfkd().filter(|&c| !is_dropped(c)).nfc() {
        c.to_lowercase().filter(|&c| canonical_combining_class(c) == 0).for_each(|c| fold_char(c, &mut push));
    }
}

/// Marks, but for the two that tell kana apart, and what is invisible.
fn is_dropped(c: char) -> bool {
    match c {
        '\u{3099}' | '\u{309a}' => false,
        '\u{ad}' | '\u{640}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => true,
        _ => canonical_combining_class(c) != 0,
    }
}

fn fold_char(c: char, push: &mut impl FnMut(char)) {
    let both = match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        // Final forms of Greek and Hebrew letters.
        'ς' => "σ",
        'ך' => "כ",
        'ם' => "מ",
        'ן' => "נ",
        'ף' => "פ",
        'ץ' => "צ",
        // Letters that Arabic and Persian keyboards write one for the other.
        'ى' | 'ی' => "ي",
        'ة' => "ه",
        'ک' => "ك",
        'ٱ' => "ا",
        // Apostrophes of all shapes part words alike.
        '’' | '‘' | 'ʼ' | '`' | '´' => "'",
        'ゝ' => "ヽ",
        'ゞ' => "ヾ",
        '\u{3041}'..='\u{3096}' => return push(char::from_u32(c as u32 + 0x60).unwrap_or(c)),
        _ => return push(han(ascii_digit(c))),
    };
    both.chars().for_each(push);
}

/// A decimal digit of any script that dates and numbers are written in as `0`–`9`; another character as it is.
pub fn ascii_digit(c: char) -> char {
    const ZEROS: [u32; 13] =
        [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xe50, 0xed0, 0x1040, 0x17e0];
    let code = c as u32;
    let zero = ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&code));
    zero.and_then(|zero| char::from_digit(code - zero, 10)).unwrap_or(c)
}

/// Variants of one Han character that family registers and keyboards write differently: one pair a line of
/// `assets/lexicon/han_variants.txt`.
fn han(c: char) -> char {
    use std::{collections::BTreeMap, sync::LazyLock};
    static VARIANTS: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
        let lines = include_str!("../../assets/lexicon/han_variants.txt").lines();
        let lines = lines.filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| line.chars().next().map(|first| (first, line)))
            .flat_map(|(first, line)| line.chars().skip(1).map(move |variant| (variant, first)))
            .collect()
    });
    match c {
        '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => VARIANTS.get(&c).copied().unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_the_same_is_one() {
        for (text, folded) in [
            ("Müller", "muller"),
            ("Mu\u{308}ller", "muller"),
            ("ＭＵＬＬＥＲ", "muller"),
            ("Strauß STRAẞ", "strauss strass"),
            ("Ångström Łódź Đorđe", "angstrom lodz dorde"),
            ("İpek Işık", "ipek isik"),
            ("やまだ ﾔﾏﾀﾞ ヤマダ", "ヤマダ ヤマダ ヤマダ"),
            ("홍길동 \u{1112}\u{1169}\u{11bc}", "홍길동 홍"),
            ("Παράδειγμα Νίκος ΝΙΚΟΣ", "παραδειγμα νικοσ νικοσ"),
            ("Артём АРТЕМ", "артем артем"),
            ("أَحْمَد احمد", "احمد احمد"),
            ("שָׁלוֹם כהן", "שלומ כהנ"),
            ("١٩٦١ ๒๕๐๔ １９", "1961 2504 19"),
            ("smi\u{ad}th zero\u{200b}width", "smith zerowidth"),
            ("髙橋 齋藤 渡邉", "高橋 斎藤 渡辺"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn spans_lead_back() {
        let mut spans = Vec::new();
        fold_chars("aß山\u{301}Z", |c| spans.push((c.folded, c.span, c.upper)));
        assert_eq!(
            spans,
            [
                ('a', 0..1, false),
                ('s', 1..3, false),
                ('s', 1..3, false),
                ('山', 3..8, false),
                ('z', 8..9, true)
            ]
        );
    }

    proptest! {
        #[test]
        fn folding_is_stable_and_in_order(text in any::<String>()) {
            let (mut last, mut folded) = (0, String::new());
            fold_chars(&text, |c| {
                assert!(text.get(c.span.clone()).is_some() && c.span.start >= last);
                last = c.span.start;
                folded.push(c.folded);
            });
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
