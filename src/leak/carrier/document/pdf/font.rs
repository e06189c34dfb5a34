use super::object::{Dict, Lexer, Object, Token};
use encoding_rs::{Encoding, UTF_16BE, WINDOWS_1252};
use std::collections::HashMap;

/// Entries of one map of codes.
const MOST_CODES: usize = 1 << 17;

/// How a font's codes become text (section 9.10), and how wide they are.
#[derive(Debug)]
pub(super) struct Font {
    coding: Coding,
    unicode: HashMap<u32, String>,
    /// Bytes of a code, where `unicode` says.
    code_width: Option<usize>,
    widths: HashMap<u32, f32>,
    default_width: f32,
}

#[derive(Debug)]
enum Coding {
    /// One byte a character.
    Simple(Box<[Option<char>; 256]>),
    /// A character set of its own, as CJK fonts have.
    Set(&'static Encoding),
    /// Two bytes that number glyphs: nothing without a map.
    Glyphs,
}

impl Default for Font {
    fn default() -> Self {
        Self {
            coding: Coding::Simple(latin()),
            unicode: HashMap::new(),
            code_width: None,
            widths: HashMap::new(),
            default_width: 500.0,
        }
    }
}

/// Looks objects and streams up, for a font's parts.
pub(super) trait Lookup {
    fn resolve<'o>(&'o self, object: &'o Object) -> &'o Object;
    fn stream(&self, object: &Object) -> Option<Vec<u8>>;
}

impl Font {
    pub fn read(dict: &Dict, lookup: &impl Lookup) -> Self {
        let mut font = Self::default();
        if dict.name("Subtype") == Some("Type0") {
            font.coding = composite(dict.get("Encoding").map(|encoding| lookup.resolve(encoding)));
            font.default_width = 1000.0;
            let descendant = dict.get("DescendantFonts").and_then(|all| lookup.resolve(all).each().first());
            if let Some(descendant) = descendant.and_then(|font| lookup.resolve(font).dict()) {
                font.default_width = descendant.number("DW").map_or(1000.0, |width| width as f32);
                if let Some(widths) = descendant.get("W") {
                    font.read_widths(lookup.resolve(widths).each(), lookup);
                }
            }
        } else {
            font.coding =
                Coding::Simple(simple(dict.get("Encoding").map(|encoding| lookup.resolve(encoding))));
            let first = dict.number("FirstChar").unwrap_or(0.0) as u32;
            if let Some(widths) = dict.get("Widths") {
                let widths = lookup.resolve(widths).each().iter().take(256);
                font.widths = (first..)
                    .zip(widths)
                    .filter_map(|(code, width)| Some((code, width.number()? as f32)))
                    .collect();
            }
        }
        if let Some(map) = dict.get("ToUnicode").and_then(|map| lookup.stream(map)) {
            font.read_unicode(&map);
        }
        font
    }

    /// `first [w w …]` or `first last w`, in a row.
    fn read_widths(&mut self, items: &[Object], lookup: &impl Lookup) {
        let mut items = items.iter().take(MOST_CODES);
        while let Some(first) = items.next().and_then(Object::number) {
            match items.next().map(|item| lookup.resolve(item)) {
                Some(Object::Array(widths)) => {
                    let pairs = (first as u32..).zip(widths.iter().take(MOST_CODES));
                    self.widths
                        .extend(pairs.filter_map(|(code, width)| Some((code, width.number()? as f32))));
                }
                Some(Object::Number(last)) => {
                    let Some(width) = items.next().and_then(Object::number) else { break };
                    let last = (*last as u32).min((first as u32).saturating_add(0xffff));
                    if self.widths.len() < MOST_CODES {
                        self.widths.extend((first as u32..=last).map(|code| (code, width as f32)));
                    }
                }
                _ => break,
            }
        }
    }

    fn read_unicode(&mut self, map: &[u8]) {
        let mut lexer = Lexer::new(map, 0);
        let mut texts: Vec<Vec<u8>> = Vec::new();
        let mut in_array = false;
        let mut array: Vec<Vec<u8>> = Vec::new();
        let mut kind = Kind::None;
        while let Some(token) = lexer.next() {
            match token {
                Token::Word(b"begincodespacerange") => kind = Kind::Space,
                Token::Word(b"beginbfchar") => kind = Kind::Chars,
                Token::Word(b"beginbfrange") => kind = Kind::Ranges,
                Token::Word(_) => kind = Kind::None,
                Token::ArrayOpen => in_array = true,
                Token::ArrayClose => {
                    in_array = false;
                    if let [low, _] = texts.as_slice() {
                        let first = number(low);
                        let pairs = (first..).zip(array.iter());
                        self.unicode.extend(pairs.map(|(code, text)| (code, utf16(text))));
                    }
                    texts.clear();
                    array.clear();
                }
                Token::Text(text) if in_array && array.len() < MOST_CODES => array.push(text),
                Token::Text(text) => texts.push(text),
                _ => {}
            }
            match (kind, texts.as_slice()) {
                (Kind::Space, [low, _]) => {
                    self.code_width = Some(self.code_width.unwrap_or(0).max(low.len()).clamp(1, 4));
                    texts.clear();
                }
                (Kind::Chars, [code, text]) => {
                    self.unicode.insert(number(code), utf16(text));
                    texts.clear();
                }
                (Kind::Ranges, [low, high, text]) => {
                    self.range(number(low), number(high), text);
                    texts.clear();
                }
                (Kind::None, _) => texts.clear(),
                _ => {}
            }
            if self.unicode.len() > MOST_CODES {
                return;
            }
        }
    }

    /// Codes in a row, of which the last unit counts up.
    fn range(&mut self, low: u32, high: u32, text: &[u8]) {
        let high = high.min(low.saturating_add(0xffff));
        let Some((head, [a, b])) = text.split_last_chunk::<2>() else { return };
        let unit = u16::from_be_bytes([*a, *b]);
        for (code, step) in (low..=high).zip(0u16..) {
            let tail = unit.wrapping_add(step).to_be_bytes();
            self.unicode.insert(code, utf16(&[head, &tail].concat()));
        }
    }

    /// The text of a string, how wide it is in thousandths of its size, and how many codes had no meaning.
    pub fn decode(&self, bytes: &[u8], out: &mut String) -> (f32, usize) {
        let width = match (self.code_width, &self.coding) {
            (_, Coding::Simple(_)) => 1,
            (Some(width), _) => width,
            _ => 2,
        };
        if let (Coding::Set(encoding), true) = (&self.coding, self.unicode.is_empty()) {
            let text = encoding.decode_without_bom_handling(bytes).0;
            out.push_str(&text);
            return (text.chars().count() as f32 * self.default_width, 0);
        }
        let (mut sum, mut unknown) = (0.0, 0);
        for code in bytes.chunks(width) {
            let code = number(code);
            sum += self.widths.get(&code).copied().unwrap_or(self.default_width);
            match (self.unicode.get(&code), &self.coding) {
                (Some(text), _) if !text.is_empty() && text != "\0" => out.push_str(text),
                (_, Coding::Simple(table)) => match table.get(code as usize).copied().flatten() {
                    Some(c) => out.push(c),
                    None => unknown += 1,
                },
                _ => unknown += 1,
            }
        }
        (sum, unknown)
    }
}

#[derive(Clone, Copy)]
enum Kind {
    None,
    Space,
    Chars,
    Ranges,
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |sum, &b| sum << 8 | u32::from(b))
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks(2).map(|pair| match pair {
        [a, b] => u16::from_be_bytes([*a, *b]),
        [a] => u16::from(*a),
        _ => 0,
    });
    char::decode_utf16(units.take(64)).filter_map(Result::ok).collect()
}

/// The coding of a composite font: a predefined map names its character set (section 9.7.5.2).
fn composite(encoding: Option<&Object>) -> Coding {
    let Some(Object::Name(name)) = encoding else { return Coding::Glyphs };
    let set = [
        ("UCS2", UTF_16BE),
        ("UTF16", UTF_16BE),
        ("RKSJ", encoding_rs::SHIFT_JIS),
        ("GBK", encoding_rs::GBK),
        ("GBpc", encoding_rs::GBK),
        ("GB-EUC", encoding_rs::GBK),
        ("ETen", encoding_rs::BIG5),
        ("B5", encoding_rs::BIG5),
        ("HKscs", encoding_rs::BIG5),
        ("KSC", encoding_rs::EUC_KR),
        ("EUC", encoding_rs::EUC_JP),
    ];
    set.into_iter().find(|(part, _)| name.contains(part)).map_or(Coding::Glyphs, |(_, set)| Coding::Set(set))
}

/// The codes of a simple font: a named encoding, and what differs from it. Those of Windows, Macintosh and Adobe agree
/// on ASCII; the first stands for a missing one.
fn simple(encoding: Option<&Object>) -> Box<[Option<char>; 256]> {
    let (base, differences) = match encoding {
        Some(Object::Name(name)) => (Some(name.as_str()), None),
        Some(Object::Dict(dict)) => (dict.name("BaseEncoding"), dict.get("Differences")),
        _ => (None, None),
    };
    let set = if base == Some("MacRomanEncoding") { encoding_rs::MACINTOSH } else { WINDOWS_1252 };
    let mut table = table(set);
    let mut code = 0usize;
    for item in differences.map_or(&[][..], Object::each).iter().take(1024) {
        match item {
            Object::Number(number) => code = *number as usize,
            Object::Name(name) => {
                if let Some(slot) = table.get_mut(code) {
                    *slot = glyph(name);
                }
                code += 1;
            }
            _ => {}
        }
    }
    table
}

fn latin() -> Box<[Option<char>; 256]> {
    table(WINDOWS_1252)
}

fn table(set: &'static Encoding) -> Box<[Option<char>; 256]> {
    let mut table = Box::new([None; 256]);
    for (code, slot) in (0..=255u8).zip(table.iter_mut()).skip(0x20) {
        *slot = set.decode_without_bom_handling(&[code]).0.chars().next().filter(|c| !c.is_control());
    }
    table
}

/// The character of a glyph's name, by the Adobe Glyph List's rules: letters are named by themselves, accented ones
/// after letter and accent, others by their code.
fn glyph(name: &str) -> Option<char> {
    let name = name.split('.').next().unwrap_or_default();
    if let Some(code) = name.strip_prefix("uni").or(name.strip_prefix('u'))
        && code.len() >= 4
        && let Ok(code) = u32::from_str_radix(code.get(..4).unwrap_or_default(), 16)
    {
        return char::from_u32(code);
    }
    let mut chars = name.chars();
    let (first, rest) = (chars.next()?, chars.as_str());
    if rest.is_empty() {
        return Some(first);
    }
    let mark = match rest {
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "circumflex" => '\u{302}',
        "tilde" => '\u{303}',
        "dieresis" => '\u{308}',
        "ring" => '\u{30a}',
        "cedilla" | "commaaccent" => '\u{327}',
        "caron" => '\u{30c}',
        "ogonek" => '\u{328}',
        "macron" => '\u{304}',
        "breve" => '\u{306}',
        "dotaccent" => '\u{307}',
        "hungarumlaut" => '\u{30b}',
        _ => return NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c),
    };
    unicode_normalization::char::compose(first, mark)
}

const NAMES: [(&str, char); 60] = [
    ("space", ' '),
    ("nbspace", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("quoteright", '\''),
    ("quoteleft", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '-'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("asciicircum", '^'),
    ("underscore", '_'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("germandbls", 'ß'),
    ("ae", 'æ'),
    ("AE", 'Æ'),
    ("oe", 'œ'),
    ("OE", 'Œ'),
    ("oslash", 'ø'),
    ("Oslash", 'Ø'),
    ("lslash", 'ł'),
    ("Lslash", 'Ł'),
    ("dcroat", 'đ'),
    ("Dcroat", 'Đ'),
    ("dotlessi", 'ı'),
    ("endash", '-'),
    ("fi", 'ﬁ'),
    ("fl", 'ﬂ'),
];
