/// Which half of the benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// For whoever writes detectors: its misses are shown.
    Developing,
    /// For the verdict: other seeds, other people, other words, other templates; only numbers are shown.
    Judging,
}

impl Half {
    pub fn name(self) -> &'static str {
        match self {
            Self::Developing => "developing",
            Self::Judging => "judging",
        }
    }

    pub fn letter(self) -> char {
        match self {
            Self::Developing => 'D',
            Self::Judging => 'J',
        }
    }

    pub fn seed(self) -> u64 {
        match self {
            Self::Developing => 0x5eed_0001,
            Self::Judging => 0x7a57_0002_c0de,
        }
    }

    /// The one or the other.
    pub fn of<T>(self, developing: T, judging: T) -> T {
        match self {
            Self::Developing => developing,
            Self::Judging => judging,
        }
    }
}
