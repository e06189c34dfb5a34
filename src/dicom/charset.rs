//! Character sets of text: (0008,0005), PS3.3 section C.12.1.1.2 and PS3.5 section 6.1.
//!
//! All values of (0008,0005) count: the first names the initial set, the others what ISO 2022 escape
//! sequences may switch to. Files announce less than they use, so that every escape sequence of the standard
//! is followed, announced or not, and bytes that are invalid in the stated set are still shown, as Latin-1.

use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

/// The initial character set of a data set or item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset {
    initial: Option<&'static Encoding>,
}

impl Charset {
    /// Nothing stated: ISO 646 (ASCII).
    pub const DEFAULT: Self = Self { initial: None };

    /// From the value of (0008,0005). Unknown and empty terms are read as ASCII.
    pub fn parse(value: &[u8]) -> Self {
        let first = value.split(|&b| b == b'\\').next().unwrap_or_default();
        let term: String = String::from_utf8_lossy(first)
            .trim_matches([' ', '\0'])
            .to_ascii_uppercase()
            .replace(['-', '_'], " ");
        let term = term.strip_prefix("ISO 2022 ").or(term.strip_prefix("ISO ")).unwrap_or(&term);
        Self { initial: initial_set(term) }
    }

    /// The text of a value. Borrowed where it is plain ASCII.
    pub fn decode<'a>(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        if !bytes.contains(&0x1b) {
            return self.decode_initial(bytes);
        }
        Cow::Owned(self.decode_iso2022(bytes))
    }

    fn decode_initial<'a>(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        if let Ok(text) = std::str::from_utf8(bytes)
            && (text.is_ascii() || self.initial.is_none())
        {
            return Cow::Borrowed(text);
        }
        let encoding = self.initial.unwrap_or(WINDOWS_1252);
        let (text, malformed) = encoding.decode_without_bom_handling(bytes);
        if malformed { WINDOWS_1252.decode_without_bom_handling(bytes).0 } else { text }
    }

    fn decode_iso2022(&self, bytes: &[u8]) -> String {
        let mut out = String::with_capacity(bytes.len());
        let (mut g0, mut g1) = (G0::Single, None);
        let mut rest = bytes;
        while !rest.is_empty() {
            if let Some((designation, length)) = designation(rest) {
                match designation {
                    Designation::G0(set) => g0 = set,
                    Designation::G1(set) => g1 = Some(set),
                }
                rest = &rest[length..];
                continue;
            }
            let run = rest[1..].iter().position(|&b| b == 0x1b).map_or(rest.len(), |at| at + 1);
            let (run, after) = rest.split_at(run);
            g0.decode(run, g1, self, &mut out);
            // A delimiter in a single-byte run resets the sets (PS3.5 section 6.1.2.5.3).
            if g0 == G0::Single && run.iter().any(|b| matches!(b, b'\\' | b'\n' | b'\r' | b'\x0c')) {
                g1 = None;
            }
            rest = after;
        }
        out
    }
}

/// What the code positions 0x21-0x7E stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum G0 {
    /// ASCII or JIS X 0201 Roman.
    Single,
    /// JIS X 0208, two bytes a character.
    Jis0208,
    /// JIS X 0212, two bytes a character.
    Jis0212,
}

impl G0 {
    fn decode(self, run: &[u8], g1: Option<&'static Encoding>, charset: &Charset, out: &mut String) {
        let euc: Vec<u8> = match self {
            Self::Single => {
                match g1 {
                    Some(encoding) => out.push_str(&encoding.decode_without_bom_handling(run).0),
                    None => out.push_str(&charset.decode_initial(run)),
                }
                return;
            }
            Self::Jis0208 => run.iter().map(|&b| if is_graphic(b) { b | 0x80 } else { b }).collect(),
            Self::Jis0212 => {
                let mut euc = Vec::with_capacity(run.len() * 3 / 2);
                for pair in run.chunks(2) {
                    if pair.iter().all(|&b| is_graphic(b)) {
                        euc.push(0x8f);
                    }
                    euc.extend(pair.iter().map(|&b| if is_graphic(b) { b | 0x80 } else { b }));
                }
                euc
            }
        };
        out.push_str(&encoding_rs::EUC_JP.decode_without_bom_handling(&euc).0);
    }
}

fn is_graphic(b: u8) -> bool {
    (0x21..=0x7e).contains(&b)
}

enum Designation {
    G0(G0),
    G1(&'static Encoding),
}

/// The escape sequence at the beginning of `bytes` and its length: PS3.3 tables C.12-3 and C.12-4.
fn designation(bytes: &[u8]) -> Option<(Designation, usize)> {
    use Designation::{G0 as To0, G1 as To1};
    Some(match bytes {
        [0x1b, b'(', b'B' | b'J', ..] => (To0(G0::Single), 3),
        [0x1b, b')', b'I', ..] => (To1(encoding_rs::SHIFT_JIS), 3),
        [0x1b, b'$', b'B' | b'@', ..] => (To0(G0::Jis0208), 3),
        [0x1b, b'$', b'(', b'D', ..] => (To0(G0::Jis0212), 4),
        [0x1b, b'$', b')', b'C', ..] => (To1(encoding_rs::EUC_KR), 4),
        [0x1b, b'$', b')', b'A', ..] => (To1(encoding_rs::GBK), 4),
        [0x1b, b'-', last, ..] => (To1(latin_designation(*last)?), 3),
        _ => return None,
    })
}

fn latin_designation(last: u8) -> Option<&'static Encoding> {
    initial_set(match last {
        b'A' => "IR 100",
        b'B' => "IR 101",
        b'C' => "IR 109",
        b'D' => "IR 110",
        b'L' => "IR 144",
        b'G' => "IR 127",
        b'F' => "IR 126",
        b'H' => "IR 138",
        b'M' => "IR 148",
        b'b' => "IR 203",
        b'T' => "IR 166",
        _ => return None,
    })
}

/// The encoding of a defined term without its "ISO" prefix. Sets that the web platform has in a wider form
/// are read in that form.
fn initial_set(term: &str) -> Option<&'static Encoding> {
    Some(match term {
        "IR 100" => WINDOWS_1252,
        "IR 101" => encoding_rs::ISO_8859_2,
        "IR 109" => encoding_rs::ISO_8859_3,
        "IR 110" => encoding_rs::ISO_8859_4,
        "IR 144" => encoding_rs::ISO_8859_5,
        "IR 127" => encoding_rs::ISO_8859_6,
        "IR 126" => encoding_rs::ISO_8859_7,
        "IR 138" => encoding_rs::ISO_8859_8,
        "IR 148" => encoding_rs::WINDOWS_1254,
        "IR 203" => encoding_rs::ISO_8859_15,
        "IR 166" => encoding_rs::WINDOWS_874,
        "IR 13" => encoding_rs::SHIFT_JIS,
        "IR 149" => encoding_rs::EUC_KR,
        "IR 58" | "GBK" => encoding_rs::GBK,
        "IR 87" | "IR 159" => encoding_rs::EUC_JP,
        "IR 192" => encoding_rs::UTF_8,
        "GB18030" => encoding_rs::GB18030,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(charset: &str, bytes: &[u8]) -> String {
        Charset::parse(charset.as_bytes()).decode(bytes).into_owned()
    }

    /// Examples of PS3.5 annexes H, I and J.
    #[test]
    fn the_standards_examples() {
        assert_eq!(
            decode(
                "\\ISO 2022 IR 87",
                b"Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B"
            ),
            "Yamada^Tarou=山田^太郎=やまだ^たろう"
        );
        assert_eq!(
            decode(
                "ISO 2022 IR 13\\ISO 2022 IR 87",
                b"\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J"
            ),
            "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎"
        );
        assert_eq!(
            decode("\\ISO 2022 IR 149", b"Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7"),
            "Hong^Gildong=洪^吉洞"
        );
        assert_eq!(decode("GB18030", b"Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab="), "Wang^XiaoDong=王^小东=");
        assert_eq!(decode("ISO_IR 192", "Buc^Jérôme".as_bytes()), "Buc^Jérôme");
        assert_eq!(decode("ISO_IR 100", b"Buc^J\xe9r\xf4me"), "Buc^Jérôme");
        assert_eq!(decode("ISO_IR 144", b"\xbb\xee\xda\xe1\xd5\xdc\xd1\xe3\xe0\xd3"), "Люксембург");
        assert_eq!(decode("ISO_IR 126", b"\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2"), "Διονυσιος");
    }

    #[test]
    fn wrong_or_missing_statements_lose_nothing() {
        assert_eq!(decode("", "Müller".as_bytes()), "Müller");
        assert_eq!(decode("", b"M\xfcller"), "Müller");
        assert_eq!(decode("ISO_IR 192", b"M\xfcller"), "Müller");
        assert_eq!(decode("ISO-IR 100", b"M\xfcller"), "Müller");
        assert_eq!(decode("NONSENSE", b"M\xfcller"), "Müller");
        assert_eq!(decode("", b"a\x1b[31mb"), "a\x1b[31mb");
    }

    #[test]
    fn a_backslash_byte_inside_of_a_two_byte_character_is_no_delimiter() {
        assert_eq!(decode("ISO 2022 IR 87", b"\x1b$B\x3d\x5c\x1b(B\\B"), "旬\\B");
    }
}
