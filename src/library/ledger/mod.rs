//! Findings at rest: what the findings of a series have in common is held once, and each file holds what differs.

mod detail;
mod interned;
mod joined;
mod kept;
mod shape;

pub use kept::{Kept, ValueKey};
pub use shape::Shape;

use crate::{
    leak::{Counts, Finding},
    text::mask,
};
use detail::Detail;
use interned::Interned;
use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

/// What is held of the values that were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Values {
    /// Their masks: what is shown unasked. To show a value, its file is read again.
    #[default]
    Masked,
    /// The values, for a report that shows them.
    Whole,
}

/// The findings of one file, to be resolved by the ledger that made it.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pattern: u32,
    /// Whether `bytes` tell the difference to the pattern's prototype, or stand alone.
    relative: bool,
    bytes: Box<[u8]>,
}

impl Sheet {
    /// Whether its shapes are those of one of the patterns.
    pub fn is_of(&self, patterns: &HashSet<u32>) -> bool {
        patterns.contains(&self.pattern)
    }
}

/// Findings of the same shapes in the same order, as the files of a series have them.
#[derive(Debug)]
struct Pattern {
    shapes: Arc<[u32]>,
    counts: Counts,
    /// The details of the second file; one file alone does not pay for it.
    prototype: Option<Box<[Detail]>>,
}

/// Values of which it is known as what they are held.
const RECENT: usize = 1 << 12;

#[derive(Debug, Default)]
pub(super) struct Ledger {
    values: Values,
    shapes: Vec<Arc<Shape>>,
    shape_ids: HashMap<Arc<Shape>, u32>,
    patterns: Vec<Pattern>,
    pattern_ids: HashMap<Arc<[u32]>, u32>,
    texts: Interned,
    /// Values met of late: their digests, and the texts that they are held as.
    recent: Vec<(u64, u32)>,
    /// The pattern written last: the next file of a series most often has the same.
    last: Arc<[u32]>,
    /// Tells values apart without holding them. Seeded anew in each run: no digest outlives it.
    digest: RandomState,
}

impl Ledger {
    pub fn new(values: Values) -> Self {
        Self { values, ..Self::default() }
    }

    pub fn values(&self) -> Values {
        self.values
    }

    /// Files findings away.
    pub fn write(&mut self, findings: Vec<Finding>) -> Sheet {
        let mut shapes = Vec::with_capacity(findings.len());
        let mut details = Vec::with_capacity(findings.len());
        for finding in findings {
            details.push(self.detail(&finding));
            let known = self.last.get(shapes.len()).copied();
            let same =
                known.filter(|&id| self.shapes.get(id as usize).is_some_and(|shape| shape.is_of(&finding)));
            shapes.push(same.unwrap_or_else(|| self.shape(Shape::from(finding))));
        }
        let sheet = self.sheet(shapes, details);
        if let Some(pattern) = self.patterns.get(sheet.pattern as usize) {
            self.last = Arc::clone(&pattern.shapes);
        }
        sheet
    }

    pub fn counts(&self, sheet: &Sheet) -> Counts {
        self.pattern(sheet).map_or(Counts::default(), |pattern| pattern.counts)
    }

    pub fn read<'a>(&'a self, sheet: &Sheet) -> impl Iterator<Item = Kept<'a>> + use<'a> {
        let shapes = self.pattern(sheet).map_or(&[][..], |pattern| &pattern.shapes);
        let details = self.details(sheet);
        shapes.iter().zip(details).filter_map(|(&shape, detail)| {
            Some(Kept::new(
                self.shapes.get(shape as usize)?,
                self.texts.get(detail.text),
                detail,
                self.values,
            ))
        })
    }

    /// Whether two sheets hold the same.
    pub fn is_same(&self, one: &Sheet, other: &Sheet) -> bool {
        one.pattern == other.pattern
            && (one.relative == other.relative && one.bytes == other.bytes
                || self.details(one) == self.details(other))
    }

    /// The patterns that hold such a shape.
    pub fn patterns(&self, is: impl Fn(&Shape) -> bool) -> HashSet<u32> {
        let shapes = (0u32..).zip(&self.shapes).filter(|(_, shape)| is(shape)).map(|(id, _)| id);
        let shapes: HashSet<u32> = shapes.collect();
        let patterns = (0u32..).zip(&self.patterns);
        patterns
            .filter(|(_, pattern)| pattern.shapes.iter().any(|id| shapes.contains(id)))
            .map(|(id, _)| id)
            .collect()
    }

    fn pattern(&self, sheet: &Sheet) -> Option<&Pattern> {
        self.patterns.get(sheet.pattern as usize)
    }

    fn details(&self, sheet: &Sheet) -> Vec<Detail> {
        let Some(pattern) = self.pattern(sheet) else { return Vec::new() };
        let prototype = pattern.prototype.as_deref().filter(|_| sheet.relative).unwrap_or_default();
        detail::decode(&sheet.bytes, pattern.shapes.len(), prototype)
    }

    fn shape(&mut self, shape: Shape) -> u32 {
        if let Some(&id) = self.shape_ids.get(&shape) {
            return id;
        }
        let id = self.shapes.len() as u32;
        let shape = Arc::new(shape);
        self.shapes.push(Arc::clone(&shape));
        self.shape_ids.insert(shape, id);
        id
    }

    fn detail(&mut self, finding: &Finding) -> Detail {
        let value = finding.value.expose();
        let digest = self.digest.hash_one(value);
        let place = digest as usize % RECENT;
        let text = match self.recent.get(place) {
            Some(&(known, text)) if known == digest && text > 0 => text,
            _ => {
                let text = match self.values {
                    Values::Masked => self.texts.add(&mask(value)),
                    Values::Whole => self.texts.add(value),
                };
                self.recent.resize(RECENT, (0, 0));
                if let Some(recent) = self.recent.get_mut(place) {
                    *recent = (digest, text);
                }
                text
            }
        };
        Self::detail_of(finding, digest, text)
    }

    /// The detail of a finding whose value is held as `text`.
    fn detail_of(finding: &Finding, digest: u64, text: u32) -> Detail {
        Detail {
            digest,
            text,
            row: finding.row.and_then(|row| u32::try_from(row).ok()),
            region: finding.region,
        }
    }

    fn sheet(&mut self, shapes: Vec<u32>, details: Vec<Detail>) -> Sheet {
        let known = self.pattern_ids.get(shapes.as_slice()).copied();
        let Some(id) = known else { return self.first(shapes, &details) };
        let Some(pattern) = self.patterns.get_mut(id as usize) else { return Sheet::default() };
        let prototype = pattern.prototype.get_or_insert_with(|| details.clone().into());
        Sheet { pattern: id, relative: true, bytes: detail::encode(&details, prototype) }
    }

    fn first(&mut self, shapes: Vec<u32>, details: &[Detail]) -> Sheet {
        let severities = shapes.iter().filter_map(|&id| self.shapes.get(id as usize));
        let counts = severities.map(|shape| shape.severity).collect();
        let shapes: Arc<[u32]> = shapes.into();
        let pattern = self.patterns.len() as u32;
        self.pattern_ids.insert(Arc::clone(&shapes), pattern);
        self.patterns.push(Pattern { shapes, counts, prototype: None });
        Sheet { pattern, relative: false, bytes: detail::encode(details, &[]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dicom::{Location, Tag, Vr},
        leak::{Class, Place, Region, Severity},
        text::Sensitive,
    };

    fn finding(tag: Tag, severity: Severity, value: &str) -> Finding {
        Finding {
            place: Place::DataSet,
            at: Location::top(tag),
            row: Some(usize::from(tag.1)),
            vr: Some(Vr::LO),
            class: Class::PatientId,
            facet: Class::PatientId.facet(),
            severity,
            confidence: 90,
            rule: "test.rule".into(),
            why: "Because.".into(),
            ps315: Some("Z"),
            hipaa: Some('H'),
            value: Sensitive::new(value.to_owned()),
            region: (tag.1 == 3).then_some(Region { frame: 1, x: 2, y: 3, w: 4, h: 500 }),
        }
    }

    fn series(files: usize) -> Vec<Vec<Finding>> {
        let file = |at: usize| {
            let tags = (0..20)
                .map(|tag| (Tag(0x10, tag), if tag == 7 { format!("UID.{at}") } else { "SAME".into() }));
            tags.map(|(tag, value)| finding(tag, Severity::High, &value)).collect()
        };
        (0..files).map(file).collect()
    }

    #[test]
    fn gives_back_what_was_filed() {
        for values in [Values::Masked, Values::Whole] {
            let mut ledger = Ledger::new(values);
            let files = series(5);
            let sheets: Vec<Sheet> = files.iter().map(|file| ledger.write(file.clone())).collect();
            for (file, sheet) in files.iter().zip(&sheets) {
                let mut expected = file.clone();
                if values == Values::Masked {
                    expected.iter_mut().for_each(|f| f.value = Sensitive::new(mask(f.value.expose())));
                }
                let kept: Vec<Finding> = ledger.read(sheet).map(|kept| kept.to_finding()).collect();
                assert_eq!(kept, expected);
                assert_eq!(ledger.counts(sheet).of(Severity::High), 20);
            }
            let keys: Vec<ValueKey> = sheets.iter().map(|s| ledger.read(s).nth(7).unwrap().key).collect();
            assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "different values have different keys");
            assert_eq!(
                ledger.read(&sheets[1]).next().unwrap().key,
                ledger.read(&sheets[4]).next().unwrap().key
            );
        }
    }

    #[test]
    fn a_file_of_a_series_costs_what_differs() {
        let mut ledger = Ledger::new(Values::Masked);
        let sheets: Vec<Sheet> = series(100).into_iter().map(|file| ledger.write(file)).collect();
        assert_eq!((ledger.shapes.len(), ledger.patterns.len()), (20, 1));
        assert!(sheets[2..].iter().all(|sheet| sheet.bytes.len() <= 12), "one value, 8 bytes and an index");
    }
}
