use crate::{
    dicom::{Location, Reading, RowId},
    library::{Catalog, FileId, GroupId, NodeId, TreeKind, ValueKey},
};
use std::{borrow::Cow, collections::HashMap};

/// One element over all files of a node, or the findings of one group: each different value once, with the files that
/// have it.
#[derive(Debug)]
pub struct Pivot {
    pub kind: TreeKind,
    pub node: NodeId,
    pub what: What,
    /// The value that is in most files first.
    pub values: Vec<Value>,
    /// Files that were looked at, of how many.
    pub looked: usize,
    pub files: usize,
    /// Whether files are being read.
    pub waits: bool,
    pub cursor: usize,
}

/// What is looked for in each file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// An element, in any item of the sequences that it is in.
    Element(Location),
    /// The findings of a rule at a place.
    Group { name: GroupId, at: Location, rule: Cow<'static, str> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The value, or of findings its mask; `None` where the element is not there.
    pub text: Option<String>,
    pub files: Vec<FileId>,
}

/// What was read of files: the values of an element.
#[derive(Debug, Clone)]
pub struct Gathered {
    pub node: NodeId,
    pub at: Location,
    pub values: Vec<(FileId, Option<String>)>,
}

impl Pivot {
    /// Files that are looked at.
    pub const MOST: usize = 5000;

    pub fn new(catalog: &Catalog, kind: TreeKind, node: NodeId, what: What) -> Self {
        let files = catalog.tree(kind).tally(node).files as usize;
        let empty = Self { kind, node, what, values: Vec::new(), looked: 0, files, waits: true, cursor: 0 };
        match &empty.what {
            What::Element(_) => empty,
            What::Group { name, .. } => {
                let name = name.clone();
                empty.of_findings(catalog, &name)
            }
        }
    }

    /// What the catalog knows already.
    fn of_findings(mut self, catalog: &Catalog, name: &GroupId) -> Self {
        let mut known: HashMap<ValueKey, Value> = HashMap::new();
        for file in self.ids(catalog) {
            self.looked += 1;
            for kept in catalog.findings(file).filter(|kept| GroupId::of(kept.shape) == *name) {
                let new = || Value { text: Some(kept.mask()), files: Vec::new() };
                let value = known.entry(kept.key).or_insert_with(new);
                if value.files.last() != Some(&file) {
                    value.files.push(file);
                }
            }
        }
        self.waits = false;
        self.values = known.into_values().collect();
        self.sort();
        self
    }

    /// The files to look at.
    pub fn ids(&self, catalog: &Catalog) -> Vec<FileId> {
        catalog.tree(self.kind).files_under(self.node).take(Self::MOST).collect()
    }

    /// Takes what was read, if it is what this one waits for.
    pub fn take(&mut self, gathered: Gathered) {
        if gathered.node != self.node || self.what != What::Element(gathered.at) {
            return;
        }
        self.looked = gathered.values.len();
        let mut known: HashMap<Option<String>, Vec<FileId>> = HashMap::new();
        for (file, text) in gathered.values {
            known.entry(text).or_default().push(file);
        }
        self.values = known.into_iter().map(|(text, files)| Value { text, files }).collect();
        self.waits = false;
        self.sort();
    }

    fn sort(&mut self) {
        self.values.sort_by(|a, b| {
            b.files
                .len()
                .cmp(&a.files.len())
                .then_with(|| a.files.cmp(&b.files))
                .then_with(|| a.text.cmp(&b.text))
        });
    }

    /// Whether `text` of values is a mask already.
    pub fn is_masked(&self) -> bool {
        matches!(self.what, What::Group { .. })
    }
}

/// The values of an element in a file, in any item of the sequences that it is in; `None` where it is not there.
pub fn values_at(reading: &Reading, at: &Location) -> Option<String> {
    let rows = &reading.rows;
    let steps = &at.0;
    let last = steps.last()?;
    let is_there = |id: RowId| {
        let location = rows.location(id).0;
        location.len() == steps.len() && location.iter().zip(steps).all(|(a, b)| a.tag == b.tag)
    };
    let found =
        rows.iter().filter(|(_, row)| row.tag == last.tag && usize::from(row.depth) == 2 * (steps.len() - 1));
    let mut values: Vec<String> = Vec::new();
    for (id, _) in found.filter(|(id, _)| is_there(*id)).take(64) {
        let value: String = rows.display(id).chars().take(256).collect();
        if !values.contains(&value) {
            values.push(value);
        }
    }
    (!values.is_empty()).then(|| values.join(" | "))
}
