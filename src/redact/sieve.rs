use super::trace::SHORTEST_IN_PIXELS as SHORTEST;
use std::{collections::HashMap, ops::Range};

/// Bytes that are looked up at once.
const GRAM: usize = 4;
/// One place of so many neighbours is looked up: within the first bytes of a needle there is one wherever it begins.
const STEP: usize = SHORTEST - GRAM + 1;
/// By how many bits grams are told apart at first.
const BITS: u32 = 16;

/// Finds many needles in much that holds none of them, whatever the case of ASCII letters: what a patient is called,
/// among pixels. Every third byte costs a look into a small table.
pub(super) struct Sieve {
    /// A bit for each slot that a gram of a needle falls into.
    slots: Vec<u64>,
    needles: Vec<(usize, Vec<u8>)>,
    /// By slot: needles that have a gram there, and how far from their beginning.
    known: HashMap<u16, Vec<(usize, usize)>>,
}

impl Sieve {
    /// Of needles by number. Shorter ones than [`SHORTEST`] are left out.
    pub fn new<'a>(needles: impl Iterator<Item = (usize, &'a [u8])>) -> Self {
        let needles: Vec<_> = needles.filter(|(_, needle)| needle.len() >= SHORTEST).collect();
        let mut sieve = Self { slots: vec![0; 1 << (BITS - 6)], needles: Vec::new(), known: HashMap::new() };
        for (at, (number, needle)) in needles.into_iter().enumerate() {
            for (offset, gram) in needle.windows(GRAM).take(STEP).enumerate() {
                let slot = slot(gram);
                if let Some(word) = sieve.slots.get_mut(usize::from(slot >> 6)) {
                    *word |= 1 << (slot & 63);
                }
                sieve.known.entry(slot).or_default().push((at, offset));
            }
            sieve.needles.push((number, needle.to_vec()));
        }
        sieve
    }

    /// Tells `found` the number of each needle in `bytes`, and where it is.
    pub fn find(&self, bytes: &[u8], mut found: impl FnMut(usize, Range<usize>)) {
        for (step, gram) in bytes.windows(GRAM).step_by(STEP).enumerate() {
            let slot = slot(gram);
            let is_known =
                self.slots.get(usize::from(slot >> 6)).is_some_and(|word| word >> (slot & 63) & 1 == 1);
            if is_known {
                self.look(bytes, step * STEP, slot, &mut found);
            }
        }
    }

    #[cold]
    fn look(&self, bytes: &[u8], at: usize, slot: u16, found: &mut impl FnMut(usize, Range<usize>)) {
        for &(needle, offset) in self.known.get(&slot).into_iter().flatten() {
            let (Some((number, needle)), Some(start)) = (self.needles.get(needle), at.checked_sub(offset))
            else {
                continue;
            };
            let range = start..start + needle.len();
            if bytes.get(range.clone()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(needle)) {
                found(*number, range);
            }
        }
    }
}

/// Letters of either case fall into the same slot.
fn slot(gram: &[u8]) -> u16 {
    let gram: [u8; GRAM] = gram.try_into().unwrap_or_default();
    let folded = u32::from_le_bytes(gram) | 0x2020_2020;
    (folded.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use aho_corasick::AhoCorasick;

    /// Bytes of few kinds, so that much is found, by a fixed generator.
    fn bytes(length: usize, seed: u32) -> Vec<u8> {
        let mut state = seed;
        let next = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b"aAb\0"[(state >> 30) as usize]
        };
        (0..length).map(next).collect()
    }

    #[test]
    fn it_finds_what_a_plain_search_finds() {
        for seed in 0..40 {
            let needles: Vec<Vec<u8>> = (0..12).map(|at| bytes(4 + at % 7, seed * 100 + at as u32)).collect();
            let sieve = Sieve::new(needles.iter().map(Vec::as_slice).enumerate());
            let hay = bytes(20_000, seed + 7);
            let mut found = Vec::new();
            sieve.find(&hay, |number, range| found.push((number, range)));
            let plain = AhoCorasick::builder().ascii_case_insensitive(true).build(&needles).unwrap();
            let plain = plain.find_overlapping_iter(&hay).map(|hit| (hit.pattern().as_usize(), hit.range()));
            let mut expected: Vec<_> =
                plain.filter(|(number, _)| needles[*number].len() >= SHORTEST).collect();
            found.sort_by_key(|(number, range)| (*number, range.start));
            expected.sort_by_key(|(number, range)| (*number, range.start));
            assert_eq!(found, expected);
            assert!(seed > 0 || !found.is_empty());
        }
    }

    #[test]
    fn at_the_ends() {
        let sieve = Sieve::new([(7, &b"needle"[..]), (8, b"short")].into_iter());
        for (before, after) in [(0, 0), (1, 0), (2, 1), (3, 2), (0, 5)] {
            let hay = [vec![0; before], b"nEEdle".to_vec(), vec![0; after]].concat();
            let mut found = Vec::new();
            sieve.find(&hay, |number, range| found.push((number, range)));
            assert_eq!(found, [(7, before..before + 6)], "{before} {after}");
            sieve.find(&hay[..before + 5], |_, _| unreachable!("cut"));
        }
        sieve.find(b"short", |_, _| unreachable!("too short"));
    }
}
