use super::{Class, Facet, Severity};
use crate::{
    dicom::{Location, RowId, Tag, Vr},
    text::{Sensitive, StableHash},
};
use std::{borrow::Cow, fmt};

/// Which part of a file a finding is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    DataSet,
    Meta,
    Preamble,
    Trailer,
    Path,
    Pixels,
    Overlay,
    Icon,
    Encapsulated,
}

impl Place {
    pub fn name(self) -> &'static str {
        match self {
            Self::DataSet => "dataset",
            Self::Meta => "meta",
            Self::Preamble => "preamble",
            Self::Trailer => "trailer",
            Self::Path => "path",
            Self::Pixels => "pixels",
            Self::Overlay => "overlay",
            Self::Icon => "icon",
            Self::Encapsulated => "encapsulated",
        }
    }
}

/// A rectangle of stored pixels of one frame; frames and pixels from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    pub frame: u32,
    pub x: u32,
    pub y: u32,
    pub w: u32,
    pub h: u32,
}

impl fmt::Display for Region {
    /// As people count: `274×23 at 8,5`, with the frame from 1 where it is not the first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { frame, x, y, w, h } = self;
        write!(f, "{w}×{h} at {x},{y}")?;
        if *frame > 0 { write!(f, " of frame {}", frame + 1) } else { Ok(()) }
    }
}

/// Where a finding is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    pub place: Place,
    /// Where in the data set; empty for places outside of it.
    pub at: Location,
    pub row: Option<RowId>,
    pub vr: Option<Vr>,
}

impl Site {
    /// Outside of the elements: path, preamble, trailer.
    pub fn outside(place: Place) -> Self {
        Self { place, at: Location::default(), row: None, vr: None }
    }
}

/// One thing that a file gives away.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub place: Place,
    /// Where in the data set; empty for places outside of it.
    pub at: Location,
    /// The row of the reading that it was found in, where it is an element.
    pub row: Option<RowId>,
    pub vr: Option<Vr>,
    pub class: Class,
    pub facet: Facet,
    pub severity: Severity,
    /// How sure the detector is, in per cent.
    pub confidence: u8,
    /// The rule's name, as `attribute.patient_name` or `text.phone`.
    pub rule: Cow<'static, str>,
    /// The reason, in one sentence, without the value.
    pub why: Cow<'static, str>,
    /// The action of PS3.15 Table E.1-1 under the Basic Profile, as the table writes it.
    pub ps315: Option<&'static str>,
    /// The letter of 45 CFR 164.514(b)(2)(i).
    pub hipaa: Option<char>,
    /// The text that was found, shortened where it is long. Of what a text says, and of what is known of the patient,
    /// the match alone, so that no report carries more; who shows it finds it in its element.
    pub value: Sensitive<String>,
    pub region: Option<Region>,
}

impl Finding {
    /// The most characters that `value` holds.
    pub const MOST_VALUE: usize = 256;

    /// A value as a finding keeps it.
    pub(super) fn shortened(text: &str) -> Sensitive<String> {
        let end = text.char_indices().nth(Self::MOST_VALUE).map_or(text.len(), |(at, _)| at);
        Sensitive::new(text.get(..end).unwrap_or_default().to_owned())
    }

    /// The attribute that holds it.
    pub fn tag(&self) -> Option<Tag> {
        self.at.0.last().map(|step| step.tag)
    }

    /// A stable name of the finding in its file, which tells runs apart and holds no value: a hash of path,
    /// place, location, rule and class. `nth` tells equal ones apart.
    pub fn id(&self, path: &str, nth: u32) -> FindingId {
        FindingId::of_file(path).of(self.place, &self.at.to_string(), &self.rule, self.class, nth)
    }
}

/// See [`Finding::id`]. Written `f:` and 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingId(pub u64);

impl FindingId {
    /// What makes the ids of the findings of one file.
    pub fn of_file(path: &str) -> FileIds {
        FileIds(StableHash::default().part(path.as_bytes()))
    }
}

/// Makes ids of one file's findings.
#[derive(Debug, Clone, Copy)]
pub struct FileIds(StableHash);

impl FileIds {
    /// The id of the finding with these properties: see [`Finding::id`].
    pub fn of(self, place: Place, at: &str, rule: &str, class: Class, nth: u32) -> FindingId {
        let parts = [place.name(), at, rule, class.name()];
        let hash = parts.into_iter().fold(self.0, |hash, part| hash.part(part.as_bytes()));
        FindingId(hash.part(&nth.to_le_bytes()).finish())
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "f:{:016x}", self.0)
    }
}

impl std::str::FromStr for FindingId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix("f:").filter(|digits| digits.len() == 16);
        let number = digits.filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        number
            .and_then(|digits| u64::from_str_radix(digits, 16).ok())
            .map(Self)
            .ok_or_else(|| "expected f: and 16 hexadecimal digits".to_owned())
    }
}
