use std::fmt;

/// What is done with an attribute: the action codes of PS3.15 section E.1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// X: it goes, with all that it holds.
    Remove,
    /// Z: it stays without a value, or with a dummy.
    Empty,
    /// D: its value becomes one that says nothing.
    Dummy,
    /// C: what identifies goes out of its value, the rest stays.
    Clean,
    /// U: its UIDs become others, the same everywhere.
    Uid,
    /// K: it stays as it is; what a sequence holds is judged on its own.
    Keep,
}

impl Action {
    pub const ALL: [Self; 6] = [Self::Remove, Self::Empty, Self::Dummy, Self::Clean, Self::Uid, Self::Keep];

    /// The standard's letter.
    pub fn letter(self) -> char {
        match self {
            Self::Remove => 'X',
            Self::Empty => 'Z',
            Self::Dummy => 'D',
            Self::Clean => 'C',
            Self::Uid => 'U',
            Self::Keep => 'K',
        }
    }

    /// Of the standard's letter; `None` for compound and unknown ones.
    pub fn parse(letter: &str) -> Option<Self> {
        let mut chars = letter.chars();
        let only = chars.next().filter(|_| chars.next().is_none())?;
        Self::ALL.into_iter().find(|action| action.letter() == only)
    }

    /// Of a compound action (`X/Z/D`, `X/Z/U*`) the one that is right whatever the attribute's Type: the last.
    pub(super) fn strictest(compound: &str) -> Self {
        let last = compound.rsplit('/').next().unwrap_or_default();
        Self::parse(last.trim_end_matches('*')).unwrap_or(Self::Remove)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.letter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_the_standard() {
        for action in Action::ALL {
            assert_eq!(Action::parse(&action.to_string()), Some(action));
        }
        assert_eq!(Action::parse("X/Z"), None);
        for (compound, action) in
            [("X/Z", Action::Empty), ("X/Z/D", Action::Dummy), ("X/Z/U*", Action::Uid), ("X", Action::Remove)]
        {
            assert_eq!(Action::strictest(compound), action);
        }
    }
}
