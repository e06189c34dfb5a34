use super::Tag;
use std::fmt;

/// One step of a location: an element, and the item that the next step is in, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    pub tag: Tag,
    pub item: Option<u32>,
}

/// Where an element is in the data set, written as DCMTK writes it: `(0040,A730)[0].(0040,A123)`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location(pub Vec<Step>);

impl Location {
    pub fn top(tag: Tag) -> Self {
        Self(vec![Step { tag, item: None }])
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(".")?;
            }
            write!(f, "({:04X},{:04X})", step.tag.0, step.tag.1)?;
            if let Some(item) = step.item {
                write!(f, "[{item}]")?;
            }
        }
        Ok(())
    }
}
