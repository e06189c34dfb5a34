use std::{fmt, str::FromStr};

/// How much a value gives away. Ordered: `Info` is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A technical or retained value that the standard lists all the same.
    Info,
    /// A device, a network, a UID.
    Low,
    /// A weak quasi-identifier, a health fact, an institution.
    Medium,
    /// Unique to the patient or strongly tied to them, or an opaque container.
    High,
    /// Identifies the patient alone.
    Critical,
}

impl Severity {
    /// Least first.
    pub const ALL: [Self; 5] = [Self::Info, Self::Low, Self::Medium, Self::High, Self::Critical];

    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The letter of its badge.
    pub fn letter(self) -> char {
        match self {
            Self::Info => 'I',
            Self::Low => 'L',
            Self::Medium => 'M',
            Self::High => 'H',
            Self::Critical => 'C',
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Severity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|severity| severity.name() == text);
        known.ok_or_else(|| "expected one of: info, low, medium, high, critical".to_owned())
    }
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts([u32; 5]);

impl Counts {
    pub fn add(&mut self, severity: Severity) {
        let count = &mut self.0[severity as usize];
        *count = count.saturating_add(1);
    }

    pub fn merge(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a = a.saturating_add(b));
    }

    /// Takes away what was merged before.
    pub fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a = a.saturating_sub(b));
    }

    pub fn of(&self, severity: Severity) -> u32 {
        self.0[severity as usize]
    }

    pub fn worst(&self) -> Option<Severity> {
        Severity::ALL.into_iter().rev().find(|&severity| self.of(severity) > 0)
    }

    /// Findings at or above `floor`.
    pub fn at_least(&self, floor: Severity) -> u32 {
        self.0[floor as usize..].iter().fold(0, |sum, &count| sum.saturating_add(count))
    }
}

impl FromIterator<Severity> for Counts {
    fn from_iter<T: IntoIterator<Item = Severity>>(severities: T) -> Self {
        let mut counts = Self::default();
        severities.into_iter().for_each(|severity| counts.add(severity));
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_severity() {
        let counts: Counts = [Severity::Low, Severity::High, Severity::Low].into_iter().collect();
        assert_eq!((counts.of(Severity::Low), counts.worst()), (2, Some(Severity::High)));
        assert_eq!((counts.at_least(Severity::Medium), counts.at_least(Severity::Info)), (1, 3));
        assert_eq!(Counts::default().worst(), None);
        assert!("HIGH".parse::<Severity>().is_err());
    }
}
