use super::{Facet, Finding, Place, Severity};
use crate::dicom::{Tag, dictionary};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// What somebody who holds all of a patient's files knows of the patient: facet by facet, from where, and in
/// how many files. Holds no values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portrait {
    facets: BTreeMap<Facet, FacetKnown>,
    files: u32,
}

/// What is known of one facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetKnown {
    pub facet: Facet,
    /// Files that say something of it.
    pub files: u32,
    /// The worst finding's.
    pub worst: Severity,
    /// Where it is said, with the number of files that say it there and the worst finding's severity.
    pub sources: BTreeMap<Source, (u32, Severity)>,
}

/// Where in files something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// An element, at any depth.
    Attribute(Tag),
    /// A place outside of elements.
    Place(Place),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attribute(tag) => match dictionary::keyword(*tag) {
                Some(keyword) if tag.0 % 2 == 0 => f.pad(keyword),
                _ => write!(f, "({:04X},{:04X})", tag.0, tag.1),
            },
            Self::Place(place) => f.pad(place.name()),
        }
    }
}

impl Source {
    fn of(finding: &Finding) -> Self {
        match finding.tag() {
            Some(tag) if matches!(finding.place, Place::DataSet | Place::Meta) => Self::Attribute(tag),
            _ => Self::Place(finding.place),
        }
    }
}

impl Portrait {
    /// Adds what one file gives away.
    pub fn add<'a>(&mut self, findings: impl IntoIterator<Item = &'a Finding>) {
        self.files = self.files.saturating_add(1);
        let (mut facets, mut sources) = (BTreeSet::new(), BTreeSet::new());
        for finding in findings {
            let (facet, source) = (finding.facet, Source::of(finding));
            let known = self.facets.entry(facet).or_insert_with(|| FacetKnown::new(facet, finding.severity));
            known.worst = known.worst.max(finding.severity);
            let (files, worst) = known.sources.entry(source).or_insert((0, finding.severity));
            *worst = finding.severity.max(*worst);
            *files = files.saturating_add(u32::from(sources.insert((facet, source))));
            known.files = known.files.saturating_add(u32::from(facets.insert(facet)));
        }
    }

    /// Adds what other files of the patient give away.
    pub fn merge(&mut self, other: &Self) {
        self.files = self.files.saturating_add(other.files);
        for known in other.facets.values() {
            let mine =
                self.facets.entry(known.facet).or_insert_with(|| FacetKnown::new(known.facet, known.worst));
            mine.worst = mine.worst.max(known.worst);
            mine.files = mine.files.saturating_add(known.files);
            for (&source, &(files, severity)) in &known.sources {
                let (count, worst) = mine.sources.entry(source).or_insert((0, severity));
                *count = count.saturating_add(files);
                *worst = severity.max(*worst);
            }
        }
    }

    /// Files that were added.
    pub fn files(&self) -> u32 {
        self.files
    }

    /// What is known, in the order of facets.
    pub fn facets(&self) -> impl Iterator<Item = &FacetKnown> {
        self.facets.values()
    }

    /// The sum of it in one sentence of plain language: what identifies, and what else is known. Facets with
    /// nothing of medium severity or above are left out.
    pub fn sentence(&self) -> String {
        let words = |severities: &[Severity]| -> Vec<&str> {
            let known = self.facets.values().filter(|known| severities.contains(&known.worst));
            known.map(|known| known.facet.words()).collect()
        };
        let strong = words(&[Severity::Critical, Severity::High]);
        let weak = words(&[Severity::Medium]);
        let files = match self.files {
            1 => "One file tells".to_owned(),
            files => format!("{files} files together tell"),
        };
        match (strong.is_empty(), weak.is_empty()) {
            (true, true) => format!("{files} nothing of who the patient is."),
            (true, false) => format!("{files} {}, but not who the patient is.", list(&weak)),
            (false, true) => format!("{files} {}.", list(&strong)),
            (false, false) => format!("{files} {}; besides {}.", list(&strong), list(&weak)),
        }
    }
}

impl FacetKnown {
    fn new(facet: Facet, worst: Severity) -> Self {
        Self { facet, files: 0, worst, sources: BTreeMap::new() }
    }
}

fn list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

impl Facet {
    /// What of a patient it is, as the object of "tells".
    pub fn words(self) -> &'static str {
        match self {
            Self::Name => "the patient's name",
            Self::Identifier => "numbers that stand for the patient",
            Self::Contact => "where to reach the patient",
            Self::Birth => "the birth date",
            Self::Date => "when the patient was seen",
            Self::Demographic => "age, sex or origin",
            Self::Physique => "height, weight or build",
            Self::Health => "what the patient suffers from",
            Self::People => "who is related to the patient or took care",
            Self::Place => "where the patient was treated or lives",
            Self::Device => "which machines were used",
            Self::Uid => "keys back to the archive",
            Self::Text => "what was written about the patient",
            Self::Private => "private data of makers",
            Self::Image => "what is written in the images",
            Self::Document => "whole documents",
            Self::Container => "what hides around the data",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dicom::Location, leak::Class, text::Sensitive};

    fn finding(place: Place, tag: Option<Tag>, class: Class, severity: Severity) -> Finding {
        Finding {
            place,
            at: tag.map(Location::top).unwrap_or_default(),
            row: None,
            vr: None,
            class,
            facet: class.facet(),
            severity,
            confidence: 90,
            rule: "x".into(),
            why: "x".into(),
            ps315: None,
            hipaa: None,
            value: Sensitive::default(),
            region: None,
        }
    }

    #[test]
    fn counts_files_by_facet_and_source() {
        let name = finding(Place::DataSet, Some(Tag(0x10, 0x10)), Class::Name, Severity::Critical);
        let path = finding(Place::Path, None, Class::Name, Severity::Critical);
        let sex = finding(Place::DataSet, Some(Tag(0x10, 0x40)), Class::Demographic, Severity::Medium);
        let uid = finding(Place::DataSet, Some(Tag(0x20, 0xd)), Class::Uid, Severity::Low);
        let mut portrait = Portrait::default();
        portrait.add([&name, &name, &path, &uid]);
        let mut other = Portrait::default();
        other.add([&name, &sex]);
        other.add([]);
        portrait.merge(&other);
        let known: Vec<_> = portrait.facets().map(|known| (known.facet, known.files, known.worst)).collect();
        assert_eq!(
            known,
            [
                (Facet::Name, 2, Severity::Critical),
                (Facet::Demographic, 1, Severity::Medium),
                (Facet::Uid, 1, Severity::Low)
            ]
        );
        let sources: Vec<_> = portrait
            .facets()
            .flat_map(|known| &known.sources)
            .map(|(s, (files, _))| format!("{s} {files}"))
            .collect();
        assert_eq!(sources, ["PatientName 2", "path 1", "PatientSex 1", "StudyInstanceUID 1"]);
        assert_eq!(
            portrait.sentence(),
            "3 files together tell the patient's name; besides age, sex or origin."
        );
        assert_eq!(Portrait::default().sentence(), "0 files together tell nothing of who the patient is.");
    }
}
