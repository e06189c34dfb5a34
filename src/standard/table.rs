use crate::dicom::Tag;

/// The records of a table under `assets/standard/`, without its header line. Fields are slices of the text:
/// these tables hold neither escaped quotes nor line breaks inside of a field.
pub(super) fn records<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines().skip(1).filter(|line| !line.is_empty()).map(record)
}

fn record<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut rest = line;
    std::array::from_fn(|_| {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let (field, after) = quoted.split_once('"').unwrap_or((quoted, ""));
                (field, after.strip_prefix(',').unwrap_or(after))
            }
            None => rest.split_once(',').unwrap_or((rest, "")),
        };
        rest = after;
        field
    })
}

/// The key of a tag of a table: one number, with the repeating groups at their first.
pub(super) fn key(tag: Tag) -> u32 {
    let group = match tag.0 {
        // PS3.5 section 7.6: even groups 5000-501E and 6000-601E; old writers went further.
        group @ (0x5000..=0x50fe | 0x6000..=0x60fe) if group % 2 == 0 => group & 0xff00,
        group => group,
    };
    u32::from(group) << 16 | u32::from(tag.1)
}

/// The key of a tag as a table writes it: `00100010`, `60xx3000`. `None` for a mask of elements.
pub(super) fn parse_key(tag: &str) -> Option<u32> {
    u32::from_str_radix(&tag.replacen("xx", "00", 1), 16).ok()
}

/// A table by key, for many look-ups: a power of two of slots, at most half of them full.
pub(super) struct Index {
    slots: Vec<(u32, u16)>,
}

const EMPTY: u16 = u16::MAX;

impl Index {
    pub fn new(keys: impl Iterator<Item = (u32, u16)>) -> Self {
        let keys: Vec<_> = keys.collect();
        let mut index = Self { slots: vec![(0, EMPTY); (keys.len() * 2).next_power_of_two().max(2)] };
        for (key, at) in keys {
            let mut slot = index.first(key);
            while index.slots[slot].1 != EMPTY {
                slot = (slot + 1) % index.slots.len();
            }
            index.slots[slot] = (key, at);
        }
        index
    }

    pub fn get(&self, key: u32) -> Option<usize> {
        let mut slot = self.first(key);
        loop {
            match self.slots[slot] {
                (_, EMPTY) => return None,
                (found, at) if found == key => return Some(at.into()),
                _ => slot = (slot + 1) % self.slots.len(),
            }
        }
    }

    /// Multiplicative hashing: tags of a group differ in their low bits only.
    fn first(&self, key: u32) -> usize {
        let bits = self.slots.len().trailing_zeros();
        (key.wrapping_mul(0x9e37_79b9) >> (32 - bits)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_fields_hold_commas() {
        assert_eq!(record::<3>("a,\"b, c\",d"), ["a", "b, c", "d"]);
        assert_eq!(record::<3>("a,,"), ["a", "", ""]);
        assert_eq!(record::<2>("\"a\",\"b\""), ["a", "b"]);
    }

    #[test]
    fn repeating_groups_are_one() {
        assert_eq!(key(Tag(0x6002, 0x3000)), parse_key("60xx3000").unwrap());
        assert_eq!(key(Tag(0x0010, 0x0010)), parse_key("00100010").unwrap());
        assert_eq!(parse_key("50xxxxxx"), None);
        assert_ne!(key(Tag(0x6001, 0x3000)), key(Tag(0x6000, 0x3000)));
    }

    #[test]
    fn every_key_is_found_and_no_other() {
        let index = Index::new((0..1000).map(|at| (u32::from(at) * 3, at)));
        for key in 0..3000 {
            assert_eq!(index.get(key), (key % 3 == 0).then_some(key as usize / 3));
        }
    }
}
