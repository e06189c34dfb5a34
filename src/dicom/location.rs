use super::Tag;
use std::{fmt, str::FromStr};

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

/// What [`Location`] writes.
impl FromStr for Location {
    type Err = NotALocation;

    fn from_str(text: &str) -> Result<Self, NotALocation> {
        text.split('.').map(|part| step(part).ok_or(NotALocation)).collect::<Result<_, _>>().map(Self)
    }
}

/// The text is not the way to an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected the way to an element, as (0040,A730)[0].(0040,A160)")]
pub struct NotALocation;

fn step(text: &str) -> Option<Step> {
    let (tag, item) = text.strip_prefix('(')?.split_once(')')?;
    let (group, element) = tag.split_once(',')?;
    let number = |text: &str| {
        let whole = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        whole.then(|| u16::from_str_radix(text, 16).ok()).flatten()
    };
    let item = match item {
        "" => None,
        item => Some(item.strip_prefix('[')?.strip_suffix(']')?.parse().ok()?),
    };
    Some(Step { tag: Tag(number(group)?, number(element)?), item })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_as_it_is_written() {
        for text in ["(0010,0010)", "(0040,A730)[0].(0040,A160)", "(0040,A730)[12]"] {
            assert_eq!(text.parse::<Location>().unwrap().to_string(), text);
        }
        for text in
            ["", "(0010,010)", "(0010,0010", "(0010,0010)[x]", "0010,0010", "(0010,0010).", "(+010,0010)"]
        {
            assert_eq!(text.parse::<Location>(), Err(NotALocation), "{text}");
        }
    }
}
