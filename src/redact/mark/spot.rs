use crate::{dicom::Location, redact::Rectangle};
use std::{fmt, str::FromStr};

/// Frames of an image, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Frames {
    #[default]
    All,
    /// From the first to the last, both included.
    Only(u32, u32),
}

/// What a mark is on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// The whole file: what the profile asks for is done, too.
    Profile,
    /// An element with all that it holds, or an item of a sequence.
    Element(Location),
    /// A rectangle of stored pixels, to be blacked out.
    Pixels(Rectangle, Frames),
}

impl Frames {
    pub fn has(self, frame: u64) -> bool {
        match self {
            Self::All => true,
            Self::Only(first, last) => (u64::from(first)..=u64::from(last)).contains(&frame),
        }
    }
}

/// `all`, or `3-7` as people count.
impl fmt::Display for Frames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Only(first, last) => {
                write!(f, "{}-{}", u64::from(*first) + 1, u64::from(*last) + 1)
            }
        }
    }
}

impl FromStr for Frames {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "all" {
            return Ok(Self::All);
        }
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let number = |text: &str| text.parse::<u32>().ok().and_then(|number| number.checked_sub(1)).ok_or(());
        let (first, last) = (number(first)?, number(last)?);
        if first <= last { Ok(Self::Only(first, last)) } else { Err(()) }
    }
}

/// `profile`, `(0040,A730)[0].(0040,A160)`, or `pixels 12,8,230,18 all`: left, top, width, height.
impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Profile => f.write_str("profile"),
            Self::Element(at) => write!(f, "{at}"),
            Self::Pixels(Rectangle { x, y, w, h }, frames) => write!(f, "pixels {x},{y},{w},{h} {frames}"),
        }
    }
}

impl FromStr for Spot {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "profile" {
            return Ok(Self::Profile);
        }
        let Some(pixels) = text.strip_prefix("pixels ") else {
            return text.parse().map(Self::Element).map_err(|_| ());
        };
        let (numbers, frames) = pixels.split_once(' ').unwrap_or((pixels, "all"));
        let numbers: Vec<u32> =
            numbers.split(',').map(|part| part.parse().map_err(|_| ())).collect::<Result<_, _>>()?;
        match numbers[..] {
            [x, y, w, h] if w > 0 && h > 0 => Ok(Self::Pixels(Rectangle { x, y, w, h }, frames.parse()?)),
            _ => Err(()),
        }
    }
}
