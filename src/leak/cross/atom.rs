use super::{Digest, guard};
use crate::{
    leak::memo::Memo,
    text::{
        self,
        token::{Token, TokenKind, Tokens},
    },
};
use std::{
    cell::RefCell,
    hash::{BuildHasher, Hash, Hasher, RandomState},
    ops::Deref,
    sync::{Arc, LazyLock},
};

/// What an atom is made of. Unlike [`TokenKind`] it tells scripts of signs apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AtomKind {
    Word,
    Digits,
    Han,
    Kana,
    Hangul,
    /// Thai and its neighbours.
    Unspaced,
}

/// A token as a digest: what may be compared, and how it is masked, but not what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Atom {
    pub digest: Digest,
    /// Of the word without its ending; the same where it has none.
    pub stem: Digest,
    /// Of the consonants of a word in Latin letters that is no common one, and how many there are.
    pub bones: Digest,
    pub bone_count: u8,
    /// Bytes of the passage.
    pub start: u32,
    pub end: u32,
    /// The character that a mask shows: the first, of three or more.
    first: char,
    pub kind: AtomKind,
    pub chars: u8,
    pub gap: u8,
    pub separator: u8,
}

impl Atom {
    pub fn of(token: &Token, text: &str) -> Self {
        let first = text.chars().next().unwrap_or('•');
        let kind = match (token.kind, first) {
            (TokenKind::Word, _) => AtomKind::Word,
            (TokenKind::Digits, _) => AtomKind::Digits,
            (_, '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}') => AtomKind::Kana,
            (_, '\u{ac00}'..='\u{d7a3}') => AtomKind::Hangul,
            (_, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}') => {
                AtomKind::Unspaced
            }
            _ => AtomKind::Han,
        };
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let digest = Digest::of(text);
        let stem = match text::stem(text) {
            stem if kind == AtomKind::Word && stem.len() < text.len() => Digest::of(stem),
            _ => digest,
        };
        let bones = match kind {
            AtomKind::Word if text.is_ascii() && text.len() > 2 && !guard::is_everyday(text) => {
                text::skeleton(text)
            }
            _ => String::new(),
        };
        Self {
            digest,
            stem,
            bones: Digest::of(&bones),
            bone_count: u8::try_from(bones.len()).unwrap_or(u8::MAX),
            start: offset(token.span.start),
            end: offset(token.span.end),
            first: if token.chars > 2 { first } else { '•' },
            kind,
            chars: token.chars,
            gap: token.gap,
            separator: token.separator,
        }
    }

    /// What it may be found by.
    pub fn digests(&self) -> impl Iterator<Item = Digest> + use<> {
        [self.digest, self.stem, self.bones].into_iter().filter(|digest| !digest.is_empty())
    }

    /// The shape of the atoms' text, as [`crate::text::mask`] would show it.
    pub fn mask(atoms: &[Self]) -> String {
        let mut out = String::new();
        for (at, atom) in atoms.iter().enumerate() {
            if at > 0 && atom.gap > 0 {
                out.push(if atom.separator.is_ascii_graphic() { char::from(atom.separator) } else { ' ' });
            }
            out.push(atom.first);
            out.extend(std::iter::repeat_n('•', usize::from(atom.chars.clamp(1, 12)) - 1));
        }
        out
    }
}

/// The atoms of a text. What several files hold is held once.
#[derive(Debug, Clone)]
pub struct Atoms {
    list: Arc<[Atom]>,
    /// Whether anybody's identity may be found in it.
    telling: bool,
    hash: u64,
}

thread_local! {
    static KNOWN: RefCell<Memo<(), Atoms>> = RefCell::default();
    static TOKENS: RefCell<Tokens> = RefCell::default();
}

impl Atoms {
    /// Takes time linear in the text's length.
    pub fn of(text: &str) -> Self {
        Memo::recall(&KNOWN, (), text, || {
            TOKENS.with_borrow_mut(|tokens| {
                let mut list = Vec::new();
                cut(text, tokens, &mut list);
                let telling = is_telling(&list, tokens);
                Self::new(list.into(), telling)
            })
        })
    }

    fn new(list: Arc<[Atom]>, telling: bool) -> Self {
        static STATE: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        let hash = STATE.hash_one(&list);
        Self { list, telling, hash }
    }

    /// The first `most` of those that `keep` says.
    pub fn only(&self, most: usize, keep: impl Fn(&Atom) -> bool) -> Self {
        if self.len() <= most && self.iter().all(&keep) {
            return self.clone();
        }
        Self::new(self.iter().filter(|atom| keep(atom)).take(most).copied().collect(), self.telling)
    }

    /// Whether anybody's identity may be found in it: a word that is no common one, signs, or digits enough for a
    /// date.
    pub fn is_telling(&self) -> bool {
        self.telling
    }
}

impl Deref for Atoms {
    type Target = [Atom];

    fn deref(&self) -> &[Atom] {
        &self.list
    }
}

impl PartialEq for Atoms {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.list == other.list
    }
}

impl Eq for Atoms {}

impl Hash for Atoms {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// Appends the atoms of `text`. The date of a time stamp is an atom of its own, and so is a word that a common
/// one is glued to; atoms without a gap join again, so that nothing is lost by it.
fn cut(text: &str, tokens: &mut Tokens, out: &mut Vec<Atom>) {
    tokens.read(text);
    for token in &tokens.list {
        let text = tokens.text(token);
        let cut = match token.kind {
            TokenKind::Digits => after_date(text),
            TokenKind::Word => seam(text),
            TokenKind::Sign => None,
        };
        // Only where a character of the original is one of the folded text is it known where to cut that.
        match cut.filter(|_| token.span.len() == text.len()).and_then(|cut| text.split_at_checked(cut)) {
            Some((head, tail)) => {
                let middle = token.span.start + head.len();
                let [chars, rest] = [head, tail].map(|part| part.chars().count() as u8);
                let first = Token { span: token.span.start..middle, chars, ..token.clone() };
                let second = Token {
                    span: middle..token.span.end,
                    chars: rest,
                    gap: 0,
                    separator: 0,
                    ..first.clone()
                };
                out.extend([Atom::of(&first, head), Atom::of(&second, tail)]);
            }
            None => out.push(Atom::of(token, text)),
        }
    }
}

/// The end of the date that a time stamp begins with.
fn after_date(digits: &str) -> Option<usize> {
    let (date, rest) = digits.split_at_checked(8)?;
    (matches!(rest.len(), 4..=12) && is_date(date)).then_some(8)
}

/// Words that are written in one with a name.
const IN_FRONT: [&str; 16] = [
    "patient", "name", "herr", "frau", "prof", "scan", "mrs", "mri", "pat", "dr", "mr", "ms", "ct", "pt",
    "xr", "us",
];
const BEHIND: [&str; 16] = [
    "patient", "brain", "image", "chest", "head", "scan", "copy", "test", "dcm", "img", "mri", "pet", "ct",
    "mr", "xr", "us",
];
/// Letters of a name that something may be glued to.
const LEAST_GLUED: usize = 5;

/// Where a name and a common word meet in one: `patsampleton`, `sampletonmri`.
fn seam(word: &str) -> Option<usize> {
    if word.len() < LEAST_GLUED + 2 || guard::is_everyday(word) {
        return None;
    }
    let front = IN_FRONT.iter().filter(|&&part| word.starts_with(part)).map(|part| part.len());
    let behind = BEHIND.iter().filter(|&&part| word.ends_with(part)).map(|part| word.len() - part.len());
    front.filter(|cut| word.len() - cut >= LEAST_GLUED).chain(behind.filter(|&cut| cut >= LEAST_GLUED)).next()
}

fn is_date(digits: &str) -> bool {
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
    number(0..4).is_some_and(|year| (1850..2100).contains(&year))
        && number(4..6).is_some_and(|month| (1..=12).contains(&month))
        && number(6..8).is_some_and(|day| (1..=31).contains(&day))
}

/// See [`Atoms::is_telling`].
fn is_telling(atoms: &[Atom], tokens: &Tokens) -> bool {
    let (mut digits, mut signs) = (0, 0);
    for atom in atoms {
        match atom.kind {
            AtomKind::Word => {}
            AtomKind::Digits => digits += u32::from(atom.chars),
            _ => signs += 1,
        }
    }
    let word = |token: &Token| {
        token.kind == TokenKind::Word && token.chars > 2 && !guard::is_everyday(tokens.text(token))
    };
    digits > 4 || signs > 1 || tokens.list.iter().any(word)
}
