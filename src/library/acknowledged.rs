use super::ledger::Shape;
use crate::{leak::FindingId, text::lines};
use std::{
    collections::HashMap,
    fmt::{self, Write as _},
    io::{self, BufRead, Write},
    sync::Arc,
};

/// The longest line of a file, in bytes.
const LONGEST: usize = 4096;

/// Findings that somebody looked at and lets stand, each with the reason. They count apart.
///
/// Kept in a file of lines, `#` before remarks: the id of a finding or the name of a group, then the reason. It holds
/// no values.
///
/// ```text
/// f:9c1e0123456789ab  The name is that of a phantom.
/// g:attribute.station_name@(0008,1010)  Names of stations are public here.
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acknowledged {
    findings: HashMap<FindingId, Arc<str>>,
    groups: HashMap<GroupId, Arc<str>>,
}

/// The name of all findings of one rule at one place, in any item of any file: `g:RULE@PLACE`, where the place is
/// the way to the element without numbers of items, or what it is where it is no element.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(String);

/// What is wrong with a file of acknowledged findings.
#[derive(Debug, thiserror::Error)]
pub enum AcknowledgedError {
    #[error("cannot be read: {}", .0.kind())]
    Io(#[from] io::Error),
    #[error(
        "line {0} is neither the id of a finding (f: and 16 hexadecimal digits) nor the name of a group (g:)"
    )]
    NotAnId(usize),
    #[error("line {0} gives no reason")]
    NoReason(usize),
    #[error("line {0} is longer than {LONGEST} bytes")]
    TooLong(usize),
}

impl GroupId {
    pub fn of(shape: &Shape) -> Self {
        let mut id = format!("g:{}@", shape.rule);
        if shape.at.0.is_empty() {
            id += shape.place.name();
        }
        for (at, step) in shape.at.0.iter().enumerate() {
            let dot = if at > 0 { "." } else { "" };
            // Writing to a string does not fail.
            let _ = write!(id, "{dot}({:04X},{:04X})", step.tag.0, step.tag.1);
        }
        Self(id)
    }
}

impl fmt::Display for GroupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Acknowledged {
    /// # Errors
    /// When a line cannot be understood: what was meant to be acknowledged would count otherwise.
    pub fn read(kept: impl BufRead) -> Result<Self, AcknowledgedError> {
        let mut acknowledged = Self::default();
        for (number, line) in (1..).zip(lines(kept, LONGEST)) {
            acknowledged.line(&line?.ok_or(AcknowledgedError::TooLong(number))?, number)?;
        }
        Ok(acknowledged)
    }

    fn line(&mut self, line: &str, number: usize) -> Result<(), AcknowledgedError> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let (id, reason) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let reason = reason.trim();
        let finding = id.parse::<FindingId>();
        let is_group = id.starts_with("g:") && id.contains('@');
        if finding.is_err() && !is_group {
            return Err(AcknowledgedError::NotAnId(number));
        }
        if reason.is_empty() {
            return Err(AcknowledgedError::NoReason(number));
        }
        match finding {
            Ok(finding) => self.insert(finding, reason),
            Err(_) => self.insert_group(GroupId(id.to_owned()), reason),
        }
        Ok(())
    }

    /// Writes what [`Acknowledged::read`] reads, in order of ids.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let findings = self.findings.iter().map(|(id, reason)| (id.to_string(), reason));
        let groups = self.groups.iter().map(|(id, reason)| (id.to_string(), reason));
        let mut lines: Vec<_> = findings.chain(groups).collect();
        lines.sort_unstable();
        lines.into_iter().try_for_each(|(id, reason)| writeln!(out, "{id}  {reason}"))
    }

    pub fn insert(&mut self, finding: FindingId, reason: &str) {
        self.findings.insert(finding, one_line(reason));
    }

    pub fn insert_group(&mut self, group: GroupId, reason: &str) {
        self.groups.insert(group, one_line(reason));
    }

    /// Whether it was there.
    pub fn remove(&mut self, finding: FindingId) -> bool {
        self.findings.remove(&finding).is_some()
    }

    /// Whether it was there.
    pub fn remove_group(&mut self, group: &GroupId) -> bool {
        self.groups.remove(group).is_some()
    }

    /// Whether this finding is let stand by itself.
    pub fn is_single(&self, finding: FindingId) -> bool {
        self.findings.contains_key(&finding)
    }

    /// Whether single findings are let stand, and not groups alone.
    pub fn has_single(&self) -> bool {
        !self.findings.is_empty()
    }

    /// Why a finding is let stand as one of its group.
    pub fn group_reason(&self, shape: &Shape) -> Option<&str> {
        if self.groups.is_empty() {
            None
        } else {
            self.groups.get(&GroupId::of(shape)).map(|reason| &**reason)
        }
    }

    pub fn len(&self) -> usize {
        self.findings.len() + self.groups.len()
    }

    pub fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.groups.is_empty()
    }

    /// Why a finding is let stand; `None` where it is not.
    pub fn reason(&self, finding: FindingId, shape: &Shape) -> Option<&str> {
        self.findings.get(&finding).map(|reason| &**reason).or_else(|| self.group_reason(shape))
    }
}

/// A reason as it stands in a line.
fn one_line(reason: &str) -> Arc<str> {
    reason.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let text =
            "# reviewed\n\nf:9c1e0123456789ab  a phantom\n g:attribute.station_name@(0008,1010)\tpublic \n";
        let acknowledged = Acknowledged::read(text.as_bytes()).unwrap();
        assert_eq!(acknowledged.len(), 2);
        assert_eq!(
            acknowledged.findings.get(&FindingId(0x9c1e_0123_4567_89ab)).map(|r| &**r),
            Some("a phantom")
        );
        let mut out = Vec::new();
        acknowledged.write(&mut out).unwrap();
        assert_eq!(Acknowledged::read(&out[..]).unwrap(), acknowledged);
    }

    #[test]
    fn a_line_that_cannot_be_understood_is_an_error() {
        for (text, error) in [
            ("f:12 x", "line 1 is neither"),
            ("\nnonsense", "line 2 is neither"),
            ("f:9c1e0123456789ab", "line 1 gives no reason"),
            (&"x".repeat(9000), "line 1 is longer"),
        ] {
            let found = Acknowledged::read(text.as_bytes()).unwrap_err().to_string();
            assert!(found.starts_with(error), "{found}");
        }
    }
}
