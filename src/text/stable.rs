/// FNV-1a, 64 bits: the same on every machine and in every version, unlike the standard library's hash. For names that
/// outlive a run and hold no value; it keeps nothing secret from who guesses what was hashed.
#[derive(Debug, Clone, Copy)]
pub struct StableHash(u64);

impl Default for StableHash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl StableHash {
    /// Takes a part in. Parts are kept apart: `ab`, `c` is another thing than `a`, `bc`.
    pub fn part(mut self, bytes: &[u8]) -> Self {
        for &byte in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self
    }

    pub fn finish(self) -> u64 {
        self.0
    }
}
