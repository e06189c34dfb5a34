//! Folded text cut into the pieces that names, numbers and dates are made of.

use super::normalize::{FoldedChar, fold_chars};
use std::ops::Range;

/// Characters of a token at most; a longer run is cut.
const MOST_CHARS: usize = 64;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Letters of a script that parts its words.
    Word,
    Digits,
    /// One character of a script that does not part its words (Han, kana, Thai), or parts them loosely
    /// (Hangul): each is a token, and words are runs of tokens without a gap.
    Sign,
}

/// A piece of folded text without a boundary in it. Boundaries are separators, changes between letters and
/// digits, and changes of case (`SmithJohn`, `JSmith`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    /// Bytes of [`Tokens::folded`].
    pub folded: Range<usize>,
    /// Bytes of the original text.
    pub span: Range<usize>,
    /// Characters of the folded text.
    pub chars: u8,
    /// Separators in front of it, up to 255; a line break counts as many.
    pub gap: u8,
    /// The last of them where it is ASCII, else 0.
    pub separator: u8,
}

/// The tokens of a text. Reused from text to text.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    pub folded: String,
    pub list: Vec<Token>,
}

/// A line break parts more than any run of spaces.
const LINE_BREAK: u8 = 16;

impl Tokens {
    pub fn of(text: &str) -> Self {
        let mut tokens = Self::default();
        tokens.read(text);
        tokens
    }

    /// Replaces what was read before. Takes time linear in the text's length.
    pub fn read(&mut self, text: &str) {
        self.folded.clear();
        self.list.clear();
        let mut cut = Cut { tokens: self, open: None, gap: 0, separator: 0 };
        fold_chars(text, |c| cut.push(c));
        cut.close();
    }

    pub fn text(&self, token: &Token) -> &str {
        self.folded.get(token.folded.clone()).unwrap_or_default()
    }
}

/// The token being read, and the capitals that it ends with.
struct Cut<'a> {
    tokens: &'a mut Tokens,
    open: Option<Open>,
    gap: u8,
    separator: u8,
}

struct Open {
    token: Token,
    /// Length of the run of capitals at its end.
    capitals: usize,
    /// Where its last character begins, folded and in the original.
    last: (usize, usize),
}

impl Cut<'_> {
    fn push(&mut self, c: FoldedChar) {
        let Some(kind) = kind_of(c.folded) else {
            self.close();
            let weight = if matches!(c.folded, '\n' | '\r' | '\x0b' | '\x0c') { LINE_BREAK } else { 1 };
            self.gap = self.gap.saturating_add(weight);
            self.separator = u8::try_from(c.folded).unwrap_or(0);
            return;
        };
        if let Some(open) = &self.open {
            let cut = open.token.kind != kind
                || kind == TokenKind::Sign
                || usize::from(open.token.chars) >= MOST_CHARS
                || (c.upper && open.capitals == 0);
            if cut {
                self.close();
            } else if kind == TokenKind::Word && !c.upper && open.capitals > 1 {
                self.split_last();
            }
        }
        let at = self.tokens.folded.len();
        self.tokens.folded.push(c.folded);
        let open = self.open.get_or_insert_with(|| Open {
            token: Token {
                kind,
                folded: at..at,
                span: c.span.clone(),
                chars: 0,
                gap: std::mem::take(&mut self.gap),
                separator: std::mem::take(&mut self.separator),
            },
            capitals: 0,
            last: (at, c.span.start),
        });
        open.token.folded.end = self.tokens.folded.len();
        open.token.span.end = c.span.end;
        open.token.chars = open.token.chars.saturating_add(1);
        open.last = (at, c.span.start);
        open.capitals = if c.upper { open.capitals + 1 } else { 0 };
    }

    /// `JSm…`: the last capital begins a word of its own.
    fn split_last(&mut self) {
        let Some(open) = &mut self.open else { return };
        let mut tail = open.token.clone();
        (tail.folded.start, tail.span.start) = open.last;
        (open.token.folded.end, open.token.span.end) = open.last;
        let chars = self.tokens.folded.get(tail.folded.clone()).unwrap_or_default().chars().count() as u8;
        open.token.chars = open.token.chars.saturating_sub(chars);
        (tail.chars, tail.gap, tail.separator) = (chars, 0, 0);
        let head = std::mem::replace(&mut open.token, tail);
        open.capitals = 1;
        if head.chars > 0 {
            self.tokens.list.push(head);
        }
    }

    fn close(&mut self) {
        self.tokens.list.extend(self.open.take().map(|open| open.token));
    }
}

fn kind_of(c: char) -> Option<TokenKind> {
    match c {
        'a'..='z' => Some(TokenKind::Word),
        '0'..='9' => Some(TokenKind::Digits),
        c if c.is_ascii() => None,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Some(TokenKind::Sign),
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' => Some(TokenKind::Sign),
        '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Some(TokenKind::Sign),
        '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}' => {
            Some(TokenKind::Sign)
        }
        c if c.is_alphabetic() => Some(TokenKind::Word),
        c if c.is_numeric() => Some(TokenKind::Sign),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let tokens = Tokens::of(text);
        tokens.list.iter().map(|token| tokens.text(token).to_owned()).collect()
    }

    #[test]
    fn cuts_at_every_kind_of_boundary() {
        for (text, expected) in [
            ("Smith^John", "smith john"),
            ("smith_john", "smith john"),
            ("SmithJohn", "smith john"),
            ("JSmith", "j smith"),
            ("SMITH42b", "smith 42 b"),
            ("EX-0012345", "ex 0012345"),
            ("1961-05-03", "1961 05 03"),
            ("O'Brien", "o brien"),
            ("MRISmith", "mri smith"),
            ("山田太郎", "山 田 太 郎"),
            ("홍길동님", "홍 길 동 님"),
            ("Примеров Иван", "примеров иван"),
            ("ÄrztinÖztürk", "arztin ozturk"),
            ("", ""),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn gaps_and_spans() {
        let tokens = Tokens::of("Dr.  Größe\nX");
        let seen: Vec<_> = tokens.list.iter().map(|t| (t.gap, t.separator, t.span.clone())).collect();
        assert_eq!(seen, [(0, 0, 0..2), (3, b' ', 5..12), (16, b'\n', 13..14)]);
    }

    proptest! {
        #[test]
        fn tokens_cover_their_text(text in any::<String>()) {
            let tokens = Tokens::of(&text);
            let mut end = 0;
            for token in &tokens.list {
                prop_assert!(token.folded.start >= end && token.chars > 0);
                prop_assert_eq!(tokens.text(token).chars().count(), usize::from(token.chars));
                prop_assert!(text.get(token.span.clone()).is_some());
                end = token.folded.end;
            }
        }
    }
}
