use super::Outline;
use crate::{
    dicom::{Kind, Preamble, Reading, RowId, Vr, dictionary, frame::Layout, value},
    leak::{Class, Finding, Place, Region, Severity},
    text::{Sensitive, mask},
};
use std::{collections::HashMap, path::PathBuf, sync::Arc};

/// What a line of the tag tree stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The file's own path.
    Path,
    /// The 128 bytes in front of the data set.
    Preamble,
    Row(RowId),
    /// What follows the data set.
    Trailer,
    /// A part of the file that no row stands for.
    Part(Place),
}

/// A file that was read, and its findings, laid out as the lines of a tree. Made beside the screen, since it takes
/// time linear in the file's elements.
#[derive(Debug)]
pub struct Opened {
    pub path: PathBuf,
    pub reading: Arc<Reading>,
    layout: Option<Layout>,
    /// In the order of the lines; on one line the worst first.
    pub findings: Vec<Finding>,
    lead: Vec<Line>,
    tail: Vec<Line>,
    /// The line of each finding.
    lines: Vec<usize>,
    /// Of each line, the worst finding on it.
    own: Vec<Option<Severity>>,
    /// Of each line, the worst finding on it or below it.
    under: Vec<Option<Severity>>,
}

impl Opened {
    /// `findings` are those of the file alone; `known` are those that the catalog has, of which some come from the
    /// files beside it.
    pub fn new(path: PathBuf, reading: Arc<Reading>, findings: Vec<Finding>, known: Vec<Finding>) -> Self {
        let findings = joined(findings, known, &reading);
        let mut lead = vec![Line::Path];
        let has = |place| findings.iter().any(|finding| finding.place == place && finding.row.is_none());
        if matches!(reading.preamble, Preamble::Bytes(_)) || has(Place::Preamble) {
            lead.push(Line::Preamble);
        }
        let mut tail = Vec::new();
        if reading.trailer.is_some() || has(Place::Trailer) {
            tail.push(Line::Trailer);
        }
        let parts =
            [Place::Meta, Place::DataSet, Place::Pixels, Place::Overlay, Place::Icon, Place::Encapsulated];
        let pixels = reading.pixel_data().is_some();
        tail.extend(parts.into_iter().filter(|&p| has(p) && !(p == Place::Pixels && pixels)).map(Line::Part));
        let mut opened = Self {
            path,
            layout: Layout::of(&reading).ok(),
            reading,
            findings: Vec::new(),
            lead,
            tail,
            lines: Vec::new(),
            own: Vec::new(),
            under: Vec::new(),
        };
        opened.take(findings);
        opened
    }

    fn take(&mut self, findings: Vec<Finding>) {
        let mut placed: Vec<(usize, Finding)> = findings
            .into_iter()
            .filter_map(|finding| self.line_of(&finding).map(|line| (line, finding)))
            .collect();
        placed.sort_by_key(|(line, finding)| (*line, std::cmp::Reverse(finding.severity)));
        (self.lines, self.findings) = placed.into_iter().unzip();
        (self.own, self.under) = self.worst(|_| true);
    }

    /// Of each line the worst finding on it, and the worst on it or below it, of those that count.
    pub fn worst(&self, counts: impl Fn(usize) -> bool) -> (Vec<Option<Severity>>, Vec<Option<Severity>>) {
        let mut own = vec![None; self.len()];
        for (at, (line, finding)) in self.lines.iter().zip(&self.findings).enumerate() {
            if let Some(worst) = own.get_mut(*line).filter(|_| counts(at)) {
                *worst = (*worst).max(Some(finding.severity));
            }
        }
        let mut under = own.clone();
        for line in (0..self.len()).rev() {
            let worst = under.get(line).copied().flatten();
            if let Some(above) = self.parent(line).and_then(|parent| under.get_mut(parent)) {
                *above = (*above).max(worst);
            }
        }
        (own, under)
    }

    /// Frames of its picture; at least 1.
    pub fn frames(&self) -> u32 {
        self.layout.as_ref().map_or(1, |layout| layout.frames)
    }

    /// Columns and rows of its picture.
    pub fn extent(&self) -> Option<(u32, u32)> {
        self.layout.as_ref().map(|layout| (layout.columns, layout.rows))
    }

    /// What is found in the pixels of a frame, and of those before it: text stays where it is told first.
    pub fn boxes(&self, frame: u32, floor: Severity) -> Vec<(Region, Severity)> {
        // An icon has pixels of its own.
        let findings = self.findings.iter().filter(|f| f.severity >= floor && f.place != Place::Icon);
        let mut boxes: Vec<(Region, Severity)> = Vec::new();
        for finding in findings {
            let Some(region) = finding.region.filter(|region| region.frame <= frame) else { continue };
            // What one line gives away several times is one box.
            match boxes.iter_mut().find(|(known, _)| *known == region) {
                Some((_, worst)) => *worst = (*worst).max(finding.severity),
                None => boxes.push((region, finding.severity)),
            }
        }
        boxes
    }

    /// The places of text in the picture, frame by frame from top to bottom; not those where a device of its kind
    /// may have some.
    pub fn texts(&self, floor: Severity) -> Vec<Region> {
        let seen = self.boxes(u32::MAX, floor.max(Severity::Low)).into_iter();
        let mut places: Vec<Region> = seen.map(|(region, _)| region).collect();
        places.sort_unstable_by_key(|region| (region.frame, region.y, region.x));
        places
    }

    /// What was recognised in a place of the picture; empty where nothing was.
    pub fn read_at(&self, region: Region) -> &str {
        let here = self.findings.iter().find(|f| f.region == Some(region) && f.class == Class::ImageText);
        here.map_or("", |finding| finding.value.expose())
    }

    pub fn line(&self, at: usize) -> Option<Line> {
        let rows = self.lead.len()..self.lead.len() + self.reading.rows.len();
        match at {
            at if at < rows.start => self.lead.get(at).copied(),
            at if at < rows.end => Some(Line::Row(at - rows.start)),
            at => self.tail.get(at - rows.end).copied(),
        }
    }

    pub fn row(&self, at: usize) -> Option<RowId> {
        match self.line(at) {
            Some(Line::Row(row)) => Some(row),
            _ => None,
        }
    }

    /// The line of a row.
    pub fn at_row(&self, row: RowId) -> usize {
        self.lead.len() + row
    }

    /// The worst finding on the line itself.
    pub fn own(&self, at: usize) -> Option<Severity> {
        self.own.get(at).copied().flatten()
    }

    /// The worst finding on the line or below it.
    pub fn under(&self, at: usize) -> Option<Severity> {
        self.under.get(at).copied().flatten()
    }

    /// The line of a finding.
    pub fn finding_line(&self, finding: usize) -> Option<usize> {
        self.lines.get(finding).copied()
    }

    /// The findings on a line, as a range of [`Opened::findings`].
    pub fn on_line(&self, at: usize) -> std::ops::Range<usize> {
        self.lines.partition_point(|&line| line < at)..self.lines.partition_point(|&line| line <= at)
    }

    /// The next finding that fits after line `at`, from the first again at the end; back where not `forward`. It is the
    /// first of its line.
    pub fn next_finding(&self, at: usize, forward: bool, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let fits = |&finding: &usize| fits(finding) && self.lines.get(finding) != Some(&at);
        let count = self.findings.len();
        let here = self.on_line(at);
        if forward {
            (here.end..count).chain(0..here.start).find(fits)
        } else {
            (0..here.start).rev().chain((here.end..count).rev()).find(fits)
        }
    }

    fn line_of(&self, finding: &Finding) -> Option<usize> {
        let rows = self.reading.rows.len();
        if let Some(row) = finding.row.filter(|&row| row < rows) {
            return Some(self.at_row(row));
        }
        let part = match finding.place {
            Place::Path => Line::Path,
            Place::Preamble => Line::Preamble,
            Place::Trailer => Line::Trailer,
            Place::Pixels if self.reading.pixel_data().is_some() => {
                return self.reading.pixel_data().map(|row| self.at_row(row));
            }
            other => Line::Part(other),
        };
        let lead = self.lead.iter().position(|&line| line == part);
        let tail = || self.tail.iter().position(|&line| line == part);
        lead.or_else(|| tail().map(|at| self.lead.len() + rows + at))
    }

    /// Whether the value may be read by anyone who looks at the screen: a number, a code, or a registered UID of a
    /// standard attribute that no finding is about; or no value at all, but how much there is of something.
    pub fn is_plain(&self, at: usize) -> bool {
        let Some(id) = self.row(at) else {
            return !matches!(self.line(at), Some(Line::Path)) || !self.name_leaks();
        };
        let Some(row) = self.reading.rows.get(id) else { return true };
        let counted = row.kind != Kind::Element || !(value::is_text(row.vr) || value::is_number(row.vr));
        if row.length == 0 || (counted && row.vr != Vr::AT) {
            return true;
        }
        if self.own(at).is_some() || row.is_private() || dictionary::keyword(row.tag).is_none() {
            return false;
        }
        match row.vr {
            Vr::AT | Vr::CS => true,
            Vr::DS | Vr::IS => {
                let text = self.reading.rows.text(id);
                text.split('\\').all(|part| part.trim().parse::<f64>().is_ok())
            }
            Vr::UI => dictionary::uid_name(&self.reading.rows.text(id)).is_some(),
            vr => value::is_number(vr),
        }
    }
}

/// The findings, and those of `known` that are not among them. These carry masks: where a mask is that of the element's
/// whole value, the value takes its place.
fn joined(mut findings: Vec<Finding>, known: Vec<Finding>, reading: &Reading) -> Vec<Finding> {
    let key = |f: &Finding| (f.place, f.at.clone(), f.rule.clone(), f.row);
    let mut own = HashMap::new();
    for finding in &findings {
        *own.entry(key(finding)).or_insert(0usize) += 1;
    }
    let told = known.into_iter().filter(|finding| match own.get_mut(&key(finding)) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    });
    findings.extend(told.map(|mut finding| {
        let text = finding.row.map(|row| reading.rows.display(row).into_owned());
        if let Some(text) = text.filter(|text| mask(text) == *finding.value.expose()) {
            finding.value = Sensitive::new(text);
        }
        finding
    }));
    findings
}

impl Opened {
    /// Whether what was found in the path is in the file's own name, as it is or masked.
    fn name_leaks(&self) -> bool {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let masked = mask(&name).to_lowercase();
        self.findings.iter().filter(|finding| finding.place == Place::Path).any(|finding| {
            let value = finding.value.expose();
            name.contains(value.as_str()) || masked.contains(&value.to_lowercase())
        })
    }
}

impl Outline for Opened {
    fn len(&self) -> usize {
        self.lead.len() + self.reading.rows.len() + self.tail.len()
    }

    fn depth(&self, at: usize) -> usize {
        self.row(at).and_then(|row| self.reading.rows.get(row)).map_or(0, |row| row.depth.into())
    }

    fn end(&self, at: usize) -> usize {
        self.row(at).map_or(at + 1, |row| self.lead.len() + self.reading.rows.end(row))
    }

    fn parent(&self, at: usize) -> Option<usize> {
        self.row(at).and_then(|row| self.reading.rows.parent(row)).map(|row| self.at_row(row))
    }
}
