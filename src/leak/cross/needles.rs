use super::{Digest, Identity, Kind, guard};
use crate::text::{
    needle::{self, Form, Spelling},
    token::{TokenKind, Tokens},
};
use std::{cmp::Reverse, fmt};

/// Where a needle counts as found: a set of conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Shape(u16);

impl Shape {
    /// In one piece.
    pub const SINGLE: Self = Self(1);
    /// With the zeros in front of it.
    pub const EXACT: Self = Self(1 << 1);
    /// By its stem, in a word with another ending.
    pub const STEM: Self = Self(1 << 2);
    /// By its consonants.
    pub const BONES: Self = Self(1 << 3);
    /// In pieces, with separators between all of them.
    pub const PARTED: Self = Self(1 << 4);
    /// Not where names of makers and institutions stand.
    pub const LONE: Self = Self(1 << 5);
    /// Without signs of the same script around it.
    pub const ALONE: Self = Self(1 << 6);
    /// Without signs of the same script in front of it.
    pub const LEADS: Self = Self(1 << 7);
    /// Also in files that only lie in the same folder.
    pub const STRICT: Self = Self(1 << 8);

    /// This where `condition` holds, else nothing.
    pub fn when(self, condition: bool) -> Self {
        if condition { self } else { Self::default() }
    }

    /// Whether any of `other` is in it.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Shape {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// One spelling of an identity, as a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Needle {
    pub digest: Digest,
    pub kind: Kind,
    /// Per cent.
    pub confidence: u8,
    pub chars: u8,
    pub shape: Shape,
}

/// What to look for when looking for a patient. Holds digests only.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Needles {
    /// Sorted by digest.
    list: Vec<Needle>,
    /// A digest that is none of the needles' is seldom set here.
    filter: Box<[u64]>,
    /// Digests of words, one of which stands wherever a needle stands; sorted.
    anchors: Vec<Digest>,
    longest: u8,
    has_bones: bool,
    fingerprint: u64,
}

/// Words of 64 bits in the filter.
const FILTER: usize = 64;

impl Needles {
    pub fn of(identity: &Identity) -> Self {
        let mut spelled: Vec<(Kind, Spelling)> = Vec::new();
        for (kind, value) in &identity.values {
            let spellings = match kind {
                Kind::PatientId | Kind::OtherId | Kind::Insurance => needle::identifier(value),
                // "SUBJECT-0042": a number in a name's place.
                Kind::Name if digits(value) > 2 => needle::identifier(value),
                Kind::BirthDate if identity.is_newborn() => Vec::new(),
                Kind::BirthDate => needle::birth_date(value),
                Kind::Phone => needle::phone(value),
                Kind::Address => needle::phrases(value),
                _ => needle::person_name(value),
            };
            let kind = if *kind == Kind::Name && digits(value) > 2 { Kind::PatientId } else { *kind };
            spelled.extend(spellings.into_iter().map(|spelling| (kind, spelling)));
        }
        let (mut list, mut anchors) = (Vec::new(), Vec::new());
        for (kind, spelling) in &spelled {
            list.extend(guard::needle(*kind, spelling));
            list.extend(guard::stem_needles(*kind, spelling));
            let mut words = std::iter::once(&spelling.text).chain(&spelling.words);
            match spelling.form {
                Form::FullSkeleton | Form::FamilySkeleton => {
                    anchors.extend(words.map(|word| Digest::of(word)))
                }
                // Of a date only its year, and all of it where that is one number.
                Form::Date | Form::LooseDate | Form::ShortDate => {
                    let words =
                        words.filter(|word| word.len() <= 3 || word.bytes().all(|b| b.is_ascii_digit()));
                    anchors.extend(words.map(|word| Digest::of(word)));
                }
                _ => words.by_ref().for_each(|word| anchor(word, &mut anchors)),
            }
        }
        let values = identity.values.iter().filter(|(kind, _)| *kind != Kind::BirthDate);
        values.for_each(|(_, value)| anchor(value, &mut anchors));
        for (kind, spelling) in spelled.iter().filter(|(kind, _)| !kind.is_name() && *kind != Kind::BirthDate)
        {
            // Numbers are parted into groups of two to five, of which the first is looked up.
            let least = if *kind == Kind::Phone { 2 } else { 3 };
            anchors.extend((least..=5).filter_map(|end| spelling.text.get(..end)).map(Digest::of));
        }
        Self::collect(list, anchors, identity.fingerprint())
    }

    fn collect(mut list: Vec<Needle>, mut anchors: Vec<Digest>, fingerprint: u64) -> Self {
        // Of equal ones the surest first, which `dedup` keeps.
        list.sort_by_key(|n| (n.digest, n.kind, n.shape.has(Shape::STEM), Reverse(n.confidence), n.shape));
        list.dedup_by_key(|needle| (needle.digest, needle.kind, needle.shape.has(Shape::STEM)));
        anchors
            .extend(list.iter().filter(|needle| needle.shape.has(Shape::STEM)).map(|needle| needle.digest));
        anchors.retain(|anchor| !anchor.is_empty());
        anchors.sort();
        anchors.dedup();
        let mut filter = vec![0; FILTER].into_boxed_slice();
        for needle in &list {
            let (word, bit) = slot(needle.digest);
            if let Some(word) = filter.get_mut(word) {
                *word |= bit;
            }
        }
        let longest = list.iter().map(|needle| needle.chars).max().unwrap_or(0);
        let has_bones = list.iter().any(|needle| needle.shape.has(Shape::BONES));
        list.shrink_to_fit();
        anchors.shrink_to_fit();
        Self { list, filter, anchors, longest, has_bones, fingerprint }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Those of that digest.
    pub fn find(&self, digest: Digest) -> &[Needle] {
        let (word, bit) = slot(digest);
        if self.filter.get(word).is_none_or(|word| word & bit == 0) {
            return &[];
        }
        let start = self.list.partition_point(|needle| needle.digest < digest);
        let rest = self.list.get(start..).unwrap_or_default();
        let end = rest.iter().take_while(|needle| needle.digest == digest).count();
        rest.get(..end).unwrap_or_default()
    }

    /// Whether any is found by its consonants.
    pub fn has_bones(&self) -> bool {
        self.has_bones
    }

    /// Characters of the longest.
    pub fn longest(&self) -> u8 {
        self.longest
    }

    pub fn anchors(&self) -> &[Digest] {
        &self.anchors
    }

    /// The same for the same identity, in this run.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        size_of::<Self>()
            + self.list.capacity() * size_of::<Needle>()
            + self.anchors.capacity() * size_of::<Digest>()
            + FILTER * 8
    }
}

impl fmt::Debug for Needles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Needles({})", self.list.len())
    }
}

fn digits(value: &str) -> usize {
    value.chars().filter(char::is_ascii_digit).count()
}

fn slot(digest: Digest) -> (usize, u64) {
    let bits = digest.bits();
    ((bits >> 6) as usize % FILTER, 1 << (bits & 63))
}

/// The words by which texts that may hold `text` are looked up: each of its tokens, and all of it.
fn anchor(text: &str, anchors: &mut Vec<Digest>) {
    let tokens = Tokens::of(text);
    let signs = tokens.list.iter().filter(|token| token.kind == TokenKind::Sign).count();
    // Of signs the rarest would do; the first two are near enough, and never a family name's one alone.
    let words = tokens.list.iter().filter(|token| token.kind != TokenKind::Sign && token.chars > 1);
    let words =
        words.chain(tokens.list.iter().filter(|token| token.kind == TokenKind::Sign).take(signs.min(2)));
    anchors.extend(words.map(|token| Digest::of(tokens.text(token))));
    if tokens.list.len() == 1 {
        anchors.push(Digest::of(&tokens.folded));
    }
}
