/// A look-up table: PS3.3 sections C.11.1.1 and C.7.6.3.1.5.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lut {
    /// The input that the first entry stands for; lower inputs give the first entry, higher ones the last.
    pub first: i32,
    /// Bits of an entry.
    pub bits: u8,
    pub entries: Vec<u16>,
}

impl Lut {
    /// Of a descriptor's three numbers and the table's bytes. `None` where they make no table.
    pub(super) fn parse(descriptor: &[f64], bytes: &[u8], big_endian: bool, signed: bool) -> Option<Self> {
        let &[count, first, bits] = descriptor.first_chunk::<3>()?;
        // 0 stands for 65536, which 16 bits cannot hold; some writers make it negative.
        let count = (count as i64).rem_euclid(1 << 16) as usize;
        let count = if count == 0 { 1 << 16 } else { count };
        let first = (first as i64).rem_euclid(1 << 16) as i32;
        let first = if signed && first >= 1 << 15 { first - (1 << 16) } else { first };
        let entries = if bytes.len() < 2 * count && bytes.len() >= count {
            bytes.iter().take(count).map(|&b| b.into()).collect()
        } else {
            words(bytes, big_endian).take(count).collect()
        };
        Self::of(first, bits as u8, entries)
    }

    fn of(first: i32, bits: u8, entries: Vec<u16>) -> Option<Self> {
        let highest = *entries.iter().max()?;
        // Descriptors that claim 16 bits for 8-bit entries, or 8 for 16, are common.
        let needed = 16 - highest.leading_zeros() as u8;
        let bits = if bits == 16 && needed <= 8 && entries.len() <= 256 { 8 } else { bits };
        Some(Self { first, bits: bits.clamp(needed.max(1), 16), entries })
    }

    /// Of segments: PS3.3 section C.7.9.2. What they describe beyond the descriptor's count is cut.
    pub(super) fn segmented(descriptor: &[f64], bytes: &[u8], big_endian: bool) -> Option<Self> {
        let &[count, first, bits] = descriptor.first_chunk::<3>()?;
        let count = (count as i64).rem_euclid(1 << 16) as usize;
        let count = if count == 0 { 1 << 16 } else { count };
        let words: Vec<u16> = words(bytes, big_endian).collect();
        let mut entries = Vec::new();
        expand(&words, count, &mut entries, true);
        entries.truncate(count);
        Self::of((first as i64).rem_euclid(1 << 16) as i32, bits as u8, entries)
    }

    /// The entry for `input`.
    pub fn at(&self, input: f64) -> u16 {
        let last = self.entries.len().saturating_sub(1);
        let index = (input - f64::from(self.first)).clamp(0.0, last as f64);
        self.entries.get(index as usize).copied().unwrap_or_default()
    }

    /// The entry for `input`, as a share of the highest value that its bits can hold.
    pub fn share(&self, input: f64) -> f64 {
        f64::from(self.at(input)) / f64::from(u16::MAX >> (16 - self.bits.clamp(1, 16)))
    }
}

fn words(bytes: &[u8], big_endian: bool) -> impl Iterator<Item = u16> {
    let of = if big_endian { u16::from_be_bytes } else { u16::from_le_bytes };
    bytes.as_chunks::<2>().0.iter().map(move |&pair| of(pair))
}

/// Appends what the segments describe, at most about `count` entries.
fn expand(words: &[u16], count: usize, out: &mut Vec<u16>, may_refer: bool) {
    let mut rest = words;
    while let ([kind, length, tail @ ..], true) = (rest, out.len() < count) {
        let length = usize::from(*length);
        rest = match kind {
            0 => {
                let (values, after) = tail.split_at(length.min(tail.len()));
                out.extend_from_slice(values);
                after
            }
            1 => {
                let [end, after @ ..] = tail else { return };
                let start = f64::from(out.last().copied().unwrap_or_default());
                let step = (f64::from(*end) - start) / length.max(1) as f64;
                out.extend((1..=length).map(|at| (start + step * at as f64).round() as u16));
                after
            }
            // Runs other segments again; not those that refer themselves, which could go on for ever.
            2 if may_refer => {
                let [low, high, after @ ..] = tail else { return };
                let offset = (usize::from(*high) << 16 | usize::from(*low)) / 2;
                let again = words.get(offset..).unwrap_or_default();
                let size = segments(again, length);
                expand(&again[..size], count, out, false);
                after
            }
            _ => return,
        };
    }
}

/// Words that the first `count` segments take.
fn segments(words: &[u16], count: usize) -> usize {
    let mut at = 0;
    for _ in 0..count {
        at += match words.get(at..) {
            Some([0, length, ..]) => 2 + usize::from(*length),
            Some([1, _, _, ..]) => 3,
            _ => break,
        };
    }
    at.min(words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_8_and_16_bit_tables() {
        let wide = Lut::parse(&[3.0, 65535.0, 12.0], &[1, 0, 2, 0, 3, 0], false, true).unwrap();
        assert_eq!((wide.first, wide.bits, wide.entries.as_slice()), (-1, 12, &[1, 2, 3][..]));
        assert_eq!([-9.0, -1.0, 0.0, 99.0].map(|input| wide.at(input)), [1, 1, 2, 3]);
        let narrow = Lut::parse(&[4.0, 0.0, 8.0], &[1, 2, 3, 4], false, false).unwrap();
        assert_eq!(narrow.entries, [1, 2, 3, 4]);
        assert_eq!(Lut::parse(&[4.0, 0.0], &[1], false, false), None);
        assert_eq!(Lut::parse(&[4.0, 0.0, 8.0], &[], false, false), None);
    }

    #[test]
    fn expands_segments() {
        // Two values, a line of four to 40, and the line again.
        let words: [u16; 12] = [0, 2, 10, 0, 1, 4, 40, 2, 1, 8, 0, 9];
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let lut = Lut::segmented(&[10.0, 0.0, 16.0], &bytes, false).unwrap();
        assert_eq!(lut.entries, [10, 0, 10, 20, 30, 40, 40, 40, 40, 40]);
    }

    #[test]
    fn segments_that_refer_to_themselves_end() {
        let words: [u16; 5] = [2, 65535, 0, 0, 0];
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        assert_eq!(Lut::segmented(&[0.0, 0.0, 16.0], &bytes, false), None);
    }
}
