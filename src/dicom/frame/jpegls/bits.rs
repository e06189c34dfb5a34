/// Bits of a scan, highest first. After a byte of ones the highest bit of the next is stuffing; section C.2.1.
pub(super) struct Bits<'b> {
    bytes: &'b [u8],
    at: usize,
    held: u64,
    count: u32,
    after_ones: bool,
    /// Bits that were asked for past the end.
    pub missing: u32,
}

impl<'b> Bits<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, held: 0, count: 0, after_ones: false, missing: 0 }
    }

    /// Bytes taken, up to the next marker.
    pub fn taken(&self) -> usize {
        self.at
    }

    fn fill(&mut self) {
        while self.count <= 48 {
            let Some(&byte) = self.bytes.get(self.at) else { return };
            if byte == 0xff && self.bytes.get(self.at + 1).is_none_or(|&next| next >= 0x80) {
                // A marker.
                return;
            }
            let bits = if self.after_ones { 7 } else { 8 };
            self.held = self.held << bits | u64::from(byte);
            self.count += bits;
            self.after_ones = byte == 0xff;
            self.at += 1;
        }
    }

    /// The next `count` bits, at most 32; zeros past the end.
    pub fn take(&mut self, count: u32) -> u32 {
        if count == 0 {
            return 0;
        }
        if self.count < count {
            self.fill();
        }
        if self.count < count {
            let lacking = count - self.count;
            self.missing += lacking;
            self.held <<= lacking;
            self.count = count;
        }
        self.count -= count;
        let value = (self.held >> self.count) & (u64::MAX >> (64 - count));
        value as u32
    }

    /// Zeros in front of the next one, which is taken too; at most `limit`.
    pub fn zeros(&mut self, limit: u32) -> u32 {
        let mut zeros = 0;
        while zeros < limit {
            if self.count == 0 {
                self.fill();
                if self.count == 0 {
                    self.missing += 1;
                    return limit;
                }
            }
            let top = self.held << (64 - self.count);
            let run = top.leading_zeros().min(self.count);
            if run < self.count && zeros + run < limit {
                self.count -= run + 1;
                return zeros + run;
            }
            let run = run.min(limit - zeros);
            self.count -= run;
            zeros += run;
        }
        zeros
    }
}
