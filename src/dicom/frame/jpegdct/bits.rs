/// Bits of the coded data between markers, highest first; a zero after a byte of ones is stuffing.
pub(super) struct Bits<'b> {
    bytes: &'b [u8],
    at: usize,
    held: u64,
    count: u32,
    /// Bits that were asked for past the end.
    pub missing: u32,
}

impl<'b> Bits<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, held: 0, count: 0, missing: 0 }
    }

    pub fn taken(&self) -> usize {
        self.at
    }

    /// Passes a restart marker, dropping the bits in front of it. `false` where there is none.
    pub fn restart(&mut self) -> bool {
        (self.held, self.count) = (0, 0);
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let found = rest.windows(2).position(|pair| pair[0] == 0xff && matches!(pair[1], 0xd0..=0xd7));
        let end =
            rest.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff | 0xd0..=0xd7));
        match found {
            Some(found) if end.is_none_or(|end| found < end) => {
                self.at += found + 2;
                true
            }
            _ => false,
        }
    }

    fn fill(&mut self) {
        while self.count <= 48 {
            match self.bytes.get(self.at..) {
                Some([0xff, 0, ..]) => {
                    self.held = self.held << 8 | 0xff;
                    self.at += 2;
                }
                Some([0xff, ..]) | Some([]) | None => return,
                Some([byte, ..]) => {
                    self.held = self.held << 8 | u64::from(*byte);
                    self.at += 1;
                }
            }
            self.count += 8;
        }
    }

    /// The next 16 bits without taking them; zeros past the end.
    pub fn peek(&mut self) -> u16 {
        if self.count < 16 {
            self.fill();
        }
        if self.count >= 16 {
            (self.held >> (self.count - 16)) as u16
        } else {
            (self.held << (16 - self.count)) as u16
        }
    }

    pub fn skip(&mut self, count: u32) {
        if count > self.count {
            self.missing += count - self.count;
        }
        self.count = self.count.saturating_sub(count);
    }

    /// At most 16.
    pub fn take(&mut self, count: u32) -> u32 {
        if count == 0 {
            return 0;
        }
        let value = u32::from(self.peek()) >> (16 - count.min(16));
        self.skip(count.min(16));
        value
    }

    /// A number of `size` bits with its sign: section F.2.2.1.
    pub fn signed(&mut self, size: u32) -> i32 {
        if size == 0 {
            return 0;
        }
        let value = self.take(size) as i32;
        if value >> (size - 1) == 0 { value - (1 << size) + 1 } else { value }
    }
}
