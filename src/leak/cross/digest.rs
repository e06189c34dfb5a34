//! Words as numbers that can be put together and not be read.

use crate::text::needle::squeeze;
use std::{
    hash::{BuildHasher, Hasher, RandomState},
    sync::LazyLock,
};

/// A keyed hash of folded letters and digits: a polynomial over the field of 2⁶¹−1 whose base and whose
/// numbers of the characters are drawn anew in every run. Two digests join to the digest of the joined text,
/// so that words found one after the other are compared without having been stored together. Zeros at the
/// beginning do not count: `0012345` and `12345` are one.
///
/// Nothing but the key, which never leaves the process, turns it back into text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Digest(u64);

const PRIME: u64 = (1 << 61) - 1;
/// Characters that a digest can be joined with at most.
const MOST_CHARS: usize = 128;

struct Key {
    mix: [u64; 2],
    ascii: [u64; 128],
    powers: [u64; MOST_CHARS + 1],
}

static KEY: LazyLock<Key> = LazyLock::new(|| {
    let draw = || RandomState::new().build_hasher().finish();
    let mut key = Key { mix: [draw() | 1, draw() | 1], ascii: [0; 128], powers: [1; MOST_CHARS + 1] };
    let base = 1 + draw() % (PRIME - 1);
    for at in 1..=MOST_CHARS {
        key.powers[at] = times(key.powers[at - 1], base);
    }
    for code in 0..128u8 {
        key.ascii[usize::from(code)] = key.number(code as char);
    }
    key
});

impl Key {
    fn number(&self, c: char) -> u64 {
        if c == '0' {
            return 0;
        }
        let mixed = (u64::from(c) + 1).wrapping_mul(self.mix[0]);
        let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(self.mix[1]);
        1 + (mixed ^ (mixed >> 32)) % (PRIME - 1)
    }
}

fn times(a: u64, b: u64) -> u64 {
    let wide = u128::from(a) * u128::from(b);
    reduce((wide as u64 & PRIME) + (wide >> 61) as u64)
}

fn reduce(sum: u64) -> u64 {
    if sum >= PRIME { sum - PRIME } else { sum }
}

impl Digest {
    pub const EMPTY: Self = Self(0);

    /// Of text that is folded already and has at most 128 characters.
    pub fn of(folded: &str) -> Self {
        let key = &*KEY;
        let sum = folded.chars().fold(0, |sum, c| {
            let number = key.ascii.get(c as usize).copied().unwrap_or_else(|| key.number(c));
            reduce(times(sum, key.powers[1]) + number)
        });
        Self(sum)
    }

    /// Of any text: folded, letters and digits only.
    pub fn of_text(text: &str) -> Self {
        Self::of(&squeeze(text))
    }

    /// Of this text and `next`, which has `chars` characters.
    pub fn then(self, next: Self, chars: u8) -> Self {
        let power = KEY.powers.get(usize::from(chars)).copied().unwrap_or(1);
        Self(reduce(times(self.0, power) + next.0))
    }

    /// Whether it is the digest of nothing, or of zeros.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Bits that are spread evenly.
    pub fn bits(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn joins(a in "[a-z0-9山田]{0,20}", b in "[a-z0-9山田]{1,20}") {
            let joined = Digest::of(&a).then(Digest::of(&b), b.chars().count() as u8);
            prop_assert_eq!(joined, Digest::of(&format!("{a}{b}")));
            prop_assert_eq!(Digest::of(&format!("00{a}")), Digest::of(&a));
            prop_assert!(a.trim_start_matches('0') == b.trim_start_matches('0') || Digest::of(&a) != Digest::of(&b));
        }
    }
}
