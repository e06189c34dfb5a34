use crate::leak::Region;

/// What tells one finding from others of its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Detail {
    /// Of the value: equal for equal ones.
    pub digest: u64,
    /// Of the value, or its mask.
    pub text: u32,
    pub row: Option<u32>,
    pub region: Option<Region>,
}

const VALUE: u8 = 1;
const ROW: u8 = 2;
const REGION: u8 = 4;

/// Details as their differences to a prototype: for each that differs, how many are equal before it, which parts
/// differ, and those. What the prototype lacks is compared with nothing. Numbers are LEB128.
pub(super) fn encode(details: &[Detail], prototype: &[Detail]) -> Box<[u8]> {
    let mut out = Vec::new();
    let mut equal = 0;
    let others = prototype.iter().copied().chain(std::iter::repeat(Detail::default()));
    for (detail, other) in details.iter().zip(others) {
        if *detail == other {
            equal += 1;
            continue;
        }
        push(equal, &mut out);
        equal = 0;
        difference(detail, &other, &mut out);
    }
    out.into()
}

fn difference(detail: &Detail, other: &Detail, out: &mut Vec<u8>) {
    let at = out.len();
    out.push(0);
    let mut flags = 0;
    if (detail.digest, detail.text) != (other.digest, other.text) {
        flags |= VALUE;
        out.extend(detail.digest.to_le_bytes());
        push(detail.text, out);
    }
    if detail.row != other.row {
        flags |= ROW;
        push(detail.row.map_or(0, |row| row.saturating_add(1)), out);
    }
    if detail.region != other.region {
        flags |= REGION;
        optional(detail.region.map(|r| [r.frame, r.x, r.y, r.w, r.h]), out);
    }
    if let Some(byte) = out.get_mut(at) {
        *byte = flags;
    }
}

/// `count` details out of what [`encode`] made of them with the same prototype.
pub(super) fn decode(bytes: &[u8], count: usize, prototype: &[Detail]) -> Vec<Detail> {
    let mut details: Vec<Detail> = prototype.iter().copied().take(count).collect();
    details.resize(count, Detail::default());
    let mut bytes = Bytes(bytes);
    let mut at = 0;
    while let Some(equal) = bytes.number() {
        at += equal as usize;
        let (Some(detail), Some(flags)) = (details.get_mut(at), bytes.byte()) else { break };
        if flags & VALUE != 0 {
            detail.digest = bytes.digest();
            detail.text = bytes.number().unwrap_or(0);
        }
        if flags & ROW != 0 {
            detail.row = bytes.number().and_then(|row| row.checked_sub(1));
        }
        if flags & REGION != 0 {
            detail.region = bytes.optional().map(|[frame, x, y, w, h]| Region { frame, x, y, w, h });
        }
        at += 1;
    }
    details
}

fn push(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn optional<const N: usize>(numbers: Option<[u32; N]>, out: &mut Vec<u8>) {
    out.push(numbers.is_some().into());
    numbers.into_iter().flatten().for_each(|number| push(number, out));
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Some(number)
    }

    fn digest(&mut self) -> u64 {
        let Some((&digest, rest)) = self.0.split_first_chunk() else { return 0 };
        self.0 = rest;
        u64::from_le_bytes(digest)
    }

    fn optional<const N: usize>(&mut self) -> Option<[u32; N]> {
        if self.byte()? == 0 {
            return None;
        }
        let mut numbers = [0; N];
        for number in &mut numbers {
            *number = self.number()?;
        }
        Some(numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn detail() -> impl Strategy<Value = Detail> {
        let region = prop::option::of((any::<[u32; 5]>()).prop_map(|[frame, x, y, w, h]| Region {
            frame,
            x,
            y,
            w,
            h,
        }));
        let row = prop::option::of(0..u32::MAX);
        // Few different ones, so that equal neighbours are met.
        (0..3u64, any::<u32>(), row, region, any::<bool>()).prop_map(|(digest, text, row, region, plain)| {
            match plain {
                true => Detail { digest, text: digest as u32, row: None, region: None },
                false => Detail { digest, text, row, region },
            }
        })
    }

    proptest! {
        #[test]
        fn decodes_to_what_was_encoded(
            details in prop::collection::vec(detail(), 0..20),
            prototype in prop::collection::vec(detail(), 0..20),
        ) {
            let bytes = encode(&details, &prototype);
            prop_assert_eq!(decode(&bytes, details.len(), &prototype), details);
        }

        #[test]
        fn any_bytes_are_harmless(bytes: Vec<u8>, count in 0..9usize) {
            prop_assert_eq!(decode(&bytes, count, &[]).len(), count);
        }
    }
}
