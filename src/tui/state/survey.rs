use super::{Entry, Shelf};
use crate::{
    dicom::{Status, Tag},
    leak::{Counts, Facet, Place, Severity},
    library::{Catalog, FileId, NodeId, Tally, TreeKind, ValueKey},
};
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

/// What leaks in a folder or of a patient, from all their files.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    pub tally: Tally,
    /// Of each facet how many different findings there are of each severity: the same value at the same place of a
    /// series is one.
    pub facets: Vec<(Facet, Counts)>,
    /// What leaks most, the worst first.
    pub sources: Vec<Source>,
    /// The worst files, the very worst first.
    pub worst: Vec<(FileId, Counts)>,
    /// Files that claim to be harmless and are not.
    pub false_claims: Vec<FileId>,
    /// Files that could not be read, or not to their end.
    pub unreadable: Vec<FileId>,
}

/// Where something leaks: an attribute, wherever it stands, or another part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    pub place: Place,
    pub tag: Option<Tag>,
    pub severity: Severity,
    /// Findings of this severity.
    pub findings: u32,
    /// Different values among them.
    pub values: u32,
}

/// A survey in the making: a few files at a time.
#[derive(Debug, Default)]
struct Draft {
    survey: Survey,
    left: Vec<FileId>,
    /// Different findings, as far as they were met.
    seen: HashSet<(Facet, Severity, Place, Option<Tag>, ValueKey)>,
    facets: HashMap<Facet, Counts>,
    sources: HashMap<(Place, Option<Tag>), Tapped>,
}

/// What came out of a source: its worst severity, and the findings of that.
#[derive(Debug)]
struct Tapped {
    severity: Severity,
    findings: u32,
    values: HashSet<ValueKey>,
}

impl Tapped {
    fn new(severity: Severity) -> Self {
        Self { severity, findings: 0, values: HashSet::new() }
    }

    fn add(&mut self, severity: Severity, value: ValueKey) {
        if severity > self.severity {
            *self = Self::new(severity);
        }
        if severity == self.severity {
            self.findings += 1;
            self.values.insert(value);
        }
    }
}

/// The survey that is on the screen, and the one that is to take its place.
#[derive(Debug, Default)]
pub struct Surveyor {
    of: Option<(TreeKind, NodeId)>,
    pub survey: Survey,
    draft: Option<Draft>,
    /// The catalog's state that the last one was begun with.
    revision: u64,
    begun: Duration,
    took: Duration,
}

impl Surveyor {
    /// Findings that are looked at in one step.
    const STEP: usize = 12_000;
    /// Files that are listed of each kind.
    const MOST: usize = 200;
    /// Between two surveys of a folder that is being read.
    const PACE: Duration = Duration::from_millis(400);

    /// Whether files are left to look at for what is on the screen.
    pub fn is_behind(&self) -> bool {
        self.draft.is_some()
    }

    /// When to go on; `None` where nothing is left to do.
    pub fn deadline(&self, revision: u64) -> Option<Duration> {
        match (&self.draft, self.of) {
            (Some(_), _) => Some(Duration::ZERO),
            (None, Some(_)) if self.revision != revision => Some(self.begun + self.pause()),
            _ => None,
        }
    }

    /// A survey of many files takes long: it is not to take all the time.
    fn pause(&self) -> Duration {
        Self::PACE.max(4 * self.took)
    }

    /// Nothing is to be surveyed.
    pub fn leave(&mut self) {
        *self = Self::default();
    }

    /// Looks at some of the files of a node.
    pub fn step(&mut self, catalog: &Catalog, revision: u64, of: (TreeKind, NodeId), now: Duration) {
        let tree = catalog.tree(of.0);
        if self.of != Some(of) {
            *self = Self { of: Some(of), ..Self::default() };
            self.begin(catalog, revision, of, now);
        } else if self.draft.is_none() && self.revision != revision && self.begun + self.pause() <= now {
            self.begin(catalog, revision, of, now);
        }
        self.survey.tally = tree.tally(of.1);
        let Some(draft) = &mut self.draft else { return };
        if draft.step(catalog) {
            self.survey = draft.finish(tree.tally(of.1));
            self.draft = None;
            self.took = now.saturating_sub(self.begun);
        }
    }

    fn begin(&mut self, catalog: &Catalog, revision: u64, (kind, node): (TreeKind, NodeId), now: Duration) {
        let left = catalog.tree(kind).files_under(node).collect();
        self.draft = Some(Draft { left, ..Draft::default() });
        (self.revision, self.begun) = (revision, now);
    }
}

impl Draft {
    /// Looks at some files, the last first; whether that were all.
    fn step(&mut self, catalog: &Catalog) -> bool {
        let mut looked = 0;
        while let Some(id) = self.left.pop() {
            looked += 8 + self.look(catalog, id);
            if looked >= Surveyor::STEP {
                return self.left.is_empty();
            }
        }
        true
    }

    /// Looks at a file; returns how many findings it has.
    fn look(&mut self, catalog: &Catalog, id: FileId) -> usize {
        let Some(file) = catalog.file(id) else { return 0 };
        if file.claims.contradicted {
            self.survey.false_claims.push(id);
        }
        if matches!(file.status, Some(Status::Error | Status::Partial)) {
            self.survey.unreadable.push(id);
        }
        if file.worst.is_some() {
            self.survey.worst.push((id, file.counts));
            if self.survey.worst.len() >= 2 * Surveyor::MOST {
                self.keep_worst();
            }
        }
        let mut count = 0;
        for kept in catalog.findings(id) {
            count += 1;
            if kept.acknowledged.is_some() {
                continue;
            }
            let shape = kept.shape;
            let source = (shape.place, shape.tag());
            if self.seen.insert((shape.facet, shape.severity, source.0, source.1, kept.key)) {
                self.facets.entry(shape.facet).or_default().add(shape.severity);
            }
            let tapped = self.sources.entry(source).or_insert_with(|| Tapped::new(shape.severity));
            tapped.add(shape.severity, kept.key);
        }
        count
    }

    fn keep_worst(&mut self) {
        let worst = &mut self.survey.worst;
        worst.sort_by_key(|(id, counts)| (std::cmp::Reverse(super::library::ranks(*counts)), *id));
        worst.truncate(Surveyor::MOST);
    }

    fn finish(&mut self, tally: Tally) -> Survey {
        self.keep_worst();
        let mut survey = std::mem::take(&mut self.survey);
        survey.tally = tally;
        survey.false_claims.sort_unstable();
        survey.unreadable.sort_unstable();
        survey.facets = Facet::ALL.into_iter().filter_map(|f| Some((f, *self.facets.get(&f)?))).collect();
        survey.facets.sort_by_key(|(_, counts)| std::cmp::Reverse(super::library::ranks(*counts)));
        survey.sources = std::mem::take(&mut self.sources)
            .into_iter()
            .map(|((place, tag), tapped)| Source {
                place,
                tag,
                severity: tapped.severity,
                findings: tapped.findings,
                values: u32::try_from(tapped.values.len()).unwrap_or(u32::MAX),
            })
            .collect();
        let key = |source: &Source| {
            let tag = source.tag.map(|tag| (tag.0, tag.1));
            (std::cmp::Reverse((source.severity, source.findings)), source.place, tag)
        };
        survey.sources.sort_by_key(key);
        survey
    }
}

/// A line of the summary that can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Severity(Severity),
    Facet(Facet),
    Source(Source),
    File(FileId),
    FalseClaims,
    Unreadable,
    NotDicom,
}

/// What the lines of a part of the summary are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    Files,
    Severities,
    /// What is counted apart from severities.
    Odd,
    Facets,
    Sources,
}

impl Topic {
    pub fn title(self) -> &'static str {
        match self {
            Self::Files => "Worst files",
            Self::Severities => "Files by their worst finding",
            Self::Odd => "Look at these, too",
            Self::Facets => "What leaks",
            Self::Sources => "Where it leaks",
        }
    }
}

/// A part of the summary: what it is about, and its lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    pub topic: Topic,
    pub targets: Vec<Target>,
}

impl Survey {
    /// Lines of a list.
    const LINES: usize = 12;

    /// The parts of the summary in order; empty ones are left out.
    pub fn blocks(&self) -> Vec<Block> {
        let severities = Severity::ALL.into_iter().rev().filter(|&s| self.tally.files_at(s) > 0);
        let mut odd = Vec::new();
        odd.extend((self.tally.false_claims > 0).then_some(Target::FalseClaims));
        odd.extend((self.tally.unreadable + self.tally.partial > 0).then_some(Target::Unreadable));
        odd.extend((self.tally.not_dicom > 0).then_some(Target::NotDicom));
        let worst = self.worst.iter().take(5).map(|(file, _)| Target::File(*file));
        let blocks = [
            (Topic::Files, worst.collect::<Vec<_>>()),
            (Topic::Severities, severities.map(Target::Severity).collect()),
            (Topic::Odd, odd),
            (Topic::Facets, self.facets.iter().map(|(facet, _)| Target::Facet(*facet)).collect()),
            (Topic::Sources, self.sources.iter().take(Self::LINES).map(|s| Target::Source(*s)).collect()),
        ];
        blocks
            .into_iter()
            .filter(|(_, targets)| !targets.is_empty())
            .map(|(topic, targets)| Block { topic, targets })
            .collect()
    }

    /// Every line that can be opened, in order.
    pub fn targets(&self) -> Vec<Target> {
        self.blocks().into_iter().flat_map(|block| block.targets).collect()
    }

    pub fn facet(&self, facet: Facet) -> Counts {
        self.facets.iter().find(|(known, _)| *known == facet).map(|(_, counts)| *counts).unwrap_or_default()
    }
}

impl Target {
    /// The filter that shows the files behind it; `None` for a file, which is gone to. `column` picks a severity,
    /// from 1, of a facet's.
    pub fn filter(self, column: usize) -> Option<String> {
        match self {
            // A severity alone lets worse ones through, too.
            Self::Severity(severity) => {
                let worse = Severity::ALL.into_iter().find(|other| *other > severity);
                Some(worse.map_or_else(|| severity.to_string(), |worse| format!("{severity} !{worse}")))
            }
            Self::Facet(facet) => {
                let severity = column.checked_sub(1).and_then(|at| Severity::ALL.into_iter().rev().nth(at));
                Some(severity.map_or_else(|| facet.name().to_owned(), |s| format!("{facet} {s}")))
            }
            Self::Source(Source { tag: Some(tag), .. }) if tag.0 % 2 == 0 => {
                crate::dicom::dictionary::keyword(tag).map(str::to_owned)
            }
            Self::Source(Source { tag: Some(tag), .. }) => Some(format!("({:04x},{:04x})", tag.0, tag.1)),
            Self::Source(Source { place, .. }) => Some(place.name().to_owned()),
            Self::File(_) => None,
            Self::FalseClaims => Some("false-claim".to_owned()),
            Self::Unreadable => Some("unreadable".to_owned()),
            Self::NotDicom => Some("not-dicom".to_owned()),
        }
    }
}

/// What a source is called.
pub fn source_name(source: &Source) -> String {
    match source.tag {
        Some(tag) => crate::dicom::dictionary::keyword(tag)
            .map_or_else(|| format!("private ({:04X},{:04X})", tag.0, tag.1), str::to_owned),
        None => match source.place {
            Place::Path => "file and folder names".to_owned(),
            Place::Pixels => "text in the pixels".to_owned(),
            place => place.name().to_owned(),
        },
    }
}

/// The name of a file, and what it is in.
pub fn file_name(shelf: &Shelf<'_>, file: FileId, revealed: bool) -> (String, String) {
    let parent = shelf.parent(Entry::File(file)).map(|parent| shelf.name(Entry::Node(parent), revealed));
    (shelf.name(Entry::File(file), revealed), parent.unwrap_or_default())
}
