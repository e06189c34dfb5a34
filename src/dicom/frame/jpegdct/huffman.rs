use super::bits::Bits;

/// A Huffman code: section C.2, decoded as in section F.2.2.3.
#[derive(Default)]
pub(super) struct Table {
    /// For each length, from 1: one more than its last code, left-aligned in 16 bits, and what to add to a code
    /// to find its symbol.
    lengths: [(u32, i32); 16],
    symbols: Vec<u8>,
}

impl Table {
    pub fn new(counts: &[u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut lengths = [(0, 0); 16];
        let (mut code, mut first) = (0u32, 0i32);
        for (at, (&count, slot)) in counts.iter().zip(&mut lengths).enumerate() {
            let bits = at as u32 + 1;
            let offset = first - code as i32;
            code += u32::from(count);
            if code > 1 << bits {
                return None;
            }
            *slot = (code << (16 - bits), offset);
            first += i32::from(count);
            code <<= 1;
        }
        Some(Self { lengths, symbols: symbols.to_vec() })
    }

    /// The next symbol; `None` where the bits are no code.
    pub fn symbol(&self, bits: &mut Bits<'_>) -> Option<u8> {
        let ahead = u32::from(bits.peek());
        for (at, &(end, offset)) in self.lengths.iter().enumerate() {
            if ahead < end {
                let length = at as u32 + 1;
                bits.skip(length);
                let index = (ahead >> (16 - length)) as i32 + offset;
                return self.symbols.get(usize::try_from(index).ok()?).copied();
            }
        }
        None
    }
}
