/// Which part of the benchmark: two halves once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// For whoever writes detectors: its misses are shown.
    Developing,
    /// Other seeds, other people, other words. It judged once, until its misses had been looked at; they are shown.
    Practice,
    /// Again other seeds, people, words, templates, hiding forms and styles. It judged after practice, and for as long.
    Rehearsal,
    /// For the verdict: once more everything is another; only numbers are shown.
    Judging,
}

impl Half {
    pub const ALL: [Self; 4] = [Self::Developing, Self::Practice, Self::Rehearsal, Self::Judging];

    pub fn name(self) -> &'static str {
        match self {
            Self::Developing => "developing",
            Self::Practice => "practice",
            Self::Rehearsal => "rehearsal",
            Self::Judging => "judging",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|half| half.name() == name)
    }

    pub fn letter(self) -> char {
        match self {
            Self::Developing => 'D',
            Self::Practice => 'P',
            Self::Rehearsal => 'R',
            Self::Judging => 'J',
        }
    }

    pub fn seed(self) -> u64 {
        match self {
            Self::Developing => 0x5eed_0001,
            Self::Practice => 0x7a57_0002_c0de,
            Self::Rehearsal => 0x3d1f_9b27_66ae,
            Self::Judging => 0x58c3_a1f0_94d7,
        }
    }
}
