use crate::text::normalize::ascii_digit;
use std::{borrow::Cow, ops::Range};
use unicode_normalization::char::{canonical_combining_class, compose};

/// Text in plain signs, so that a shape need not know them all: digits of every script and full-width signs in
/// ASCII, one kind of space, hyphen and quotation mark, letters in one with their accents, nothing invisible. Case and
/// letters stay.
#[derive(Debug)]
pub(super) struct Plain<'t> {
    pub text: Cow<'t, str>,
    /// Where each byte comes from, and the end; `None` where nothing moved.
    origin: Option<Vec<u32>>,
}

impl<'t> Plain<'t> {
    pub fn of(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text: Cow::Borrowed(text), origin: None };
        }
        let mut out = String::with_capacity(text.len());
        let mut origin: Vec<u32> = Vec::with_capacity(text.len() + 1);
        for (at, c) in text.char_indices() {
            let Some(c) = plain(c) else { continue };
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            let (c, from) = match joined(&out, c) {
                Some((whole, width)) => {
                    let start = out.len() - width;
                    let from = origin.get(start).copied().unwrap_or(at);
                    out.truncate(start);
                    origin.truncate(start);
                    (whole, from)
                }
                None => (c, at),
            };
            out.push(c);
            origin.resize(out.len(), from);
        }
        origin.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        Self { text: Cow::Owned(out), origin: Some(origin) }
    }

    /// The bytes of the original that bytes of the plain text stand for.
    pub fn origin(&self, span: Range<usize>) -> Range<usize> {
        let Some(origin) = &self.origin else { return span };
        let of = |at: usize| origin.get(at).map_or(0, |&at| at as usize);
        of(span.start)..of(span.end)
    }
}

/// The last character of `out` and a mark in one, and the bytes that the first took.
fn joined(out: &str, mark: char) -> Option<(char, usize)> {
    if canonical_combining_class(mark) == 0 {
        return None;
    }
    let last = out.chars().next_back()?;
    Some((compose(last, mark)?, last.len_utf8()))
}

fn plain(c: char) -> Option<char> {
    Some(match c {
        _ if c.is_ascii() => c,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => {
            return None;
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '־' => '-',
        '‘' | '’' | 'ʼ' | '′' | '׳' | '´' | '`' => '\'',
        '“' | '”' | '″' | '״' | '«' | '»' | '„' => '"',
        '،' | '、' => ',',
        '。' | '｡' | '۔' => '.',
        c => ascii_digit(c),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn signs_become_plain_and_lead_back() {
        for (text, expected) in [
            ("ＤＯＢ：１９６１／０５／０３", "DOB:1961/05/03"),
            ("٠٣/٠٥/١٩٦١ ๒๕๐๔", "03/05/1961 2504"),
            ("Mu\u{308}ller\u{a0}O’Brien – x", "Müller O'Brien - x"),
            ("zero\u{200b}width", "zerowidth"),
        ] {
            assert_eq!(Plain::of(text).text, expected);
        }
        let text = "né Mu\u{308}ller １2";
        let plain = Plain::of(text);
        let at = plain.text.find("Müller").unwrap();
        assert_eq!(&text[plain.origin(at..at + "Müller".len())], "Mu\u{308}ller");
        let at = plain.text.find("12").unwrap();
        assert_eq!(&text[plain.origin(at..at + 2)], "１2");
    }

    proptest! {
        #[test]
        fn spans_stay_in_the_text(text in any::<String>()) {
            let plain = Plain::of(&text);
            for (at, c) in plain.text.char_indices() {
                prop_assert!(text.get(plain.origin(at..at + c.len_utf8())).is_some());
            }
        }
    }
}
