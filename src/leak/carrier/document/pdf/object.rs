/// Nesting of arrays and dictionaries; deeper ones are read flat.
const MOST_DEPTH: usize = 64;
/// Tokens of one object.
const MOST_TOKENS: usize = 500_000;

/// A value of ISO 32000-1 section 7.3. Streams are kept beside.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Null,
    Number(f64),
    Name(String),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    Reference(u32),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Dict(pub Vec<(String, Object)>);

impl Dict {
    pub fn get(&self, key: &str) -> Option<&Object> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    pub fn name(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Object::Name(name) => Some(name),
            _ => None,
        }
    }

    pub fn number(&self, key: &str) -> Option<f64> {
        self.get(key)?.number()
    }
}

impl Object {
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// The elements of an array, or the one object that it is.
    pub fn each(&self) -> &[Object] {
        match self {
            Self::Array(items) => items,
            other => std::slice::from_ref(other),
        }
    }
}

#[derive(Debug, PartialEq)]
pub(super) enum Token<'b> {
    Number(f64),
    Name(String),
    Text(Vec<u8>),
    ArrayOpen,
    ArrayClose,
    DictOpen,
    DictClose,
    Word(&'b [u8]),
}

/// Tokens of section 7.2, one after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexer<'b> {
    pub bytes: &'b [u8],
    pub at: usize,
}

impl<'b> Lexer<'b> {
    pub fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    pub fn skip_space(&mut self) {
        while let Some(b) = self.peek(0) {
            if b == b'%' {
                while self.peek(0).is_some_and(|b| !matches!(b, b'\r' | b'\n')) {
                    self.at += 1;
                }
            } else if is_space(b) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    pub fn next(&mut self) -> Option<Token<'b>> {
        self.skip_space();
        let b = self.peek(0)?;
        let (token, length) = match (b, self.peek(1)) {
            (b'<', Some(b'<')) => (Token::DictOpen, 2),
            (b'>', Some(b'>')) => (Token::DictClose, 2),
            (b'[', _) => (Token::ArrayOpen, 1),
            (b']', _) => (Token::ArrayClose, 1),
            (b'(', _) => return Some(Token::Text(self.literal())),
            (b'<', _) => return Some(Token::Text(self.hexadecimal())),
            (b'/', _) => return Some(Token::Name(self.name())),
            (b'>' | b')' | b'{' | b'}', _) => (Token::Word(self.bytes.get(self.at..=self.at)?), 1),
            _ => return Some(self.word()),
        };
        self.at += length;
        Some(token)
    }

    fn word(&mut self) -> Token<'b> {
        let start = self.at;
        while self.peek(0).is_some_and(|b| !is_space(b) && !is_delimiter(b)) {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        let number = std::str::from_utf8(word).ok().filter(|word| {
            word.len() < 32 && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.'))
        });
        number.and_then(|word| word.parse().ok()).map_or(Token::Word(word), Token::Number)
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let mut out = Vec::new();
        while let Some(b) = self.peek(0).filter(|&b| !is_space(b) && !is_delimiter(b)) {
            let escaped = (b == b'#').then(|| Some(hex(self.peek(1)?)? << 4 | hex(self.peek(2)?)?)).flatten();
            self.at += if escaped.is_some() { 3 } else { 1 };
            out.push(escaped.unwrap_or(b));
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut out = Vec::new();
        let mut depth = 0;
        while let Some(b) = self.peek(0) {
            self.at += 1;
            match b {
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b'\\' => {
                    let Some(b) = self.peek(0) else { break };
                    self.at += 1;
                    match b {
                        b'n' => out.push(b'\n'),
                        b'r' => out.push(b'\r'),
                        b't' => out.push(b'\t'),
                        b'b' | b'f' => {}
                        b'\r' => self.at += usize::from(self.peek(0) == Some(b'\n')),
                        b'\n' => {}
                        b'0'..=b'7' => {
                            let mut code = u32::from(b - b'0');
                            for _ in 0..2 {
                                let Some(digit) = self.peek(0).filter(|b| matches!(b, b'0'..=b'7')) else {
                                    break;
                                };
                                code = code * 8 + u32::from(digit - b'0');
                                self.at += 1;
                            }
                            out.push(code as u8);
                        }
                        b => out.push(b),
                    }
                    continue;
                }
                _ => {}
            }
            out.push(b);
        }
        out
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut out = Vec::new();
        let mut high = None;
        while let Some(b) = self.peek(0) {
            self.at += 1;
            if b == b'>' {
                break;
            }
            let Some(digit) = hex(b) else { continue };
            match high.take() {
                Some(high) => out.push(high << 4 | digit),
                None => high = Some(digit),
            }
        }
        out.extend(high.map(|high| high << 4));
        out
    }

    /// The object that begins here. Damaged ones are read as far as they go.
    pub fn object(&mut self) -> Option<Object> {
        let mut open: Vec<(bool, Vec<Object>)> = Vec::new();
        for _ in 0..MOST_TOKENS {
            let before = self.at;
            let object = match self.next() {
                None => return finish(open),
                Some(Token::ArrayOpen) if open.len() < MOST_DEPTH => {
                    open.push((false, Vec::new()));
                    continue;
                }
                Some(Token::DictOpen) if open.len() < MOST_DEPTH => {
                    open.push((true, Vec::new()));
                    continue;
                }
                Some(Token::ArrayOpen | Token::DictOpen) => continue,
                Some(Token::ArrayClose | Token::DictClose) => match open.pop() {
                    Some((is_dict, items)) => closed(is_dict, items),
                    None => return None,
                },
                Some(Token::Number(number)) => Object::Number(number),
                Some(Token::Name(name)) => Object::Name(name),
                Some(Token::Text(text)) => Object::Text(text),
                Some(Token::Word(b"R")) => {
                    let Some((_, items)) = open.last_mut() else { continue };
                    let number = items.len().checked_sub(2).and_then(|at| items.get(at)?.number());
                    let Some(number) = number else { continue };
                    items.truncate(items.len() - 2);
                    Object::Reference(number as u32)
                }
                Some(Token::Word(b"endobj" | b"stream" | b"endstream" | b"obj")) => {
                    self.at = before;
                    return finish(open);
                }
                Some(Token::Word(_)) => Object::Null,
            };
            match open.last_mut() {
                Some((_, items)) => items.push(object),
                None => return Some(object),
            }
        }
        None
    }
}

fn finish(mut open: Vec<(bool, Vec<Object>)>) -> Option<Object> {
    while let Some((is_dict, items)) = open.pop() {
        let object = closed(is_dict, items);
        match open.last_mut() {
            Some((_, above)) => above.push(object),
            None => return Some(object),
        }
    }
    None
}

fn closed(is_dict: bool, items: Vec<Object>) -> Object {
    if !is_dict {
        return Object::Array(items);
    }
    let mut dict = Dict::default();
    let mut items = items.into_iter().peekable();
    while let Some(item) = items.next() {
        // A key without a value does not take the next key for one.
        if let Object::Name(key) = item
            && let Some(value) = items.next()
        {
            dict.0.push((key, value));
        }
    }
    Object::Dict(dict)
}

pub(super) fn is_space(b: u8) -> bool {
    matches!(b, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(b: u8) -> bool {
    matches!(b, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex(b: u8) -> Option<u8> {
    char::from(b).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_read() {
        let text =
            b"<< /Title (M\\374ller \\(x\\)) /K [1 -2.5 3 0 R <4d617>] /N#61me /V /D << /E null >> % end\n>>";
        let object = Lexer::new(text, 0).object().unwrap();
        let dict = object.dict().unwrap();
        assert_eq!(dict.get("Title"), Some(&Object::Text(b"M\xfcller (x)".to_vec())));
        assert_eq!(dict.name("Name"), Some("V"));
        assert_eq!(
            dict.get("K").unwrap().each(),
            [Object::Number(1.0), Object::Number(-2.5), Object::Reference(3), Object::Text(b"Map".to_vec())]
        );
    }

    #[test]
    fn hostile_objects_end() {
        for text in [
            b"[".repeat(300_000),
            b"<<".repeat(300_000),
            b"(".repeat(300_000),
            b"<</A ".repeat(100_000),
            b"R ".repeat(1000),
        ] {
            Lexer::new(&text, 0).object();
        }
    }
}
