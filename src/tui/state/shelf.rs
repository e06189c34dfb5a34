use crate::{
    leak::Counts,
    library::{Catalog, FileId, Label, NodeId, ReviewState, Tree, TreeKind},
    text::{Sensitive, mask},
};
use std::path::Path;

/// What a line of the library stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// A folder, patient, study or series.
    Node(NodeId),
    File(FileId),
}

impl Entry {
    pub fn file(self) -> Option<FileId> {
        match self {
            Self::File(file) => Some(file),
            Self::Node(_) => None,
        }
    }

    pub fn node(self) -> Option<NodeId> {
        match self {
            Self::Node(node) => Some(node),
            Self::File(_) => None,
        }
    }
}

/// One of the catalog's trees, as the library pane reads it: nodes, then files.
#[derive(Debug, Clone, Copy)]
pub struct Shelf<'a> {
    pub catalog: &'a Catalog,
    pub kind: TreeKind,
}

impl<'a> Shelf<'a> {
    pub fn new(catalog: &'a Catalog, kind: TreeKind) -> Self {
        Self { catalog, kind }
    }

    fn tree(&self) -> &'a Tree {
        self.catalog.tree(self.kind)
    }

    pub fn tops(&self) -> Vec<Entry> {
        self.children(NodeId::ROOT)
    }

    /// In the catalog's order: by name.
    pub fn children(&self, node: NodeId) -> Vec<Entry> {
        let nodes = self.tree().children(node).into_iter().map(Entry::Node);
        nodes.chain(self.tree().files(node).iter().copied().map(Entry::File)).collect()
    }

    /// The node that holds it, but for the root of all.
    pub fn parent(&self, entry: Entry) -> Option<NodeId> {
        let parent = match entry {
            Entry::Node(node) => self.tree().parent(node),
            Entry::File(file) => self.catalog.node(self.kind, file),
        };
        parent.filter(|&parent| parent != NodeId::ROOT)
    }

    pub fn counts(&self, entry: Entry) -> Counts {
        match entry {
            Entry::Node(node) => self.tree().tally(node).counts,
            Entry::File(file) => self.catalog.file(file).map(|file| file.counts).unwrap_or_default(),
        }
    }

    /// Files in it.
    pub fn files(&self, entry: Entry) -> usize {
        match entry {
            Entry::Node(node) => self.tree().tally(node).files as usize,
            Entry::File(_) => 1,
        }
    }

    /// Whether somebody is done with it, or with all files in it.
    pub fn is_done(&self, entry: Entry) -> bool {
        match entry {
            Entry::Node(node) => self.tree().tally(node).done == self.tree().tally(node).files,
            Entry::File(file) => self.catalog.file(file).is_some_and(|file| file.review == ReviewState::Done),
        }
    }

    /// The date of its study, of the latest of several.
    pub fn date(&self, entry: Entry) -> Option<&'a str> {
        let file = match entry {
            Entry::Node(node) => match self.tree().label(node) {
                Label::Study { date, .. } => return Some(date.expose()),
                _ => self.tree().files_under(node).last()?,
            },
            Entry::File(file) => file,
        };
        self.catalog.file(file)?.facts.map(|facts| facts.study_date.expose().as_str())
    }

    /// What it is called. What names a patient is masked unless `revealed`.
    pub fn name(&self, entry: Entry, revealed: bool) -> String {
        let node = match entry {
            Entry::File(file) => {
                let name = Path::new(self.catalog.name(file));
                let masked = self.catalog.name_leaks(file) && !revealed;
                return if masked { masked_file(name) } else { name.to_string_lossy().into_owned() };
            }
            Entry::Node(node) => node,
        };
        let text =
            |value: &Sensitive<String>| if revealed { value.expose().clone() } else { mask(value.expose()) };
        match self.tree().label(node) {
            Label::All => "all".to_owned(),
            Label::Folder { name, leaks } => {
                let path = Path::new(name);
                // A top folder is called as the user named it; its last part is enough.
                let last = path.file_name().unwrap_or(name).to_string_lossy();
                if leaks && !revealed { mask(&last) } else { last.into_owned() }
            }
            Label::Patient(label) => match (label.name.expose().is_empty(), label.id.expose().is_empty()) {
                (true, true) => "no name and no ID".to_owned(),
                (true, false) => format!("ID {}", text(label.id)),
                (false, true) => text(label.name),
                (false, false) => format!("{} · {}", text(label.name), text(label.id)),
            },
            Label::Study { date, description } => joined([text(date), text(description)], "study"),
            Label::Series { modality, number, description } => {
                joined([modality.to_owned(), number.expose().clone(), text(description)], "series")
            }
        }
    }
}

fn joined<const N: usize>(parts: [String; N], otherwise: &str) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    if parts.is_empty() { format!("unnamed {otherwise}") } else { parts.join(" · ") }
}

/// A name masked but for its extension, which says what it is.
fn masked_file(name: &Path) -> String {
    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
    let short = |extension: &&std::ffi::OsStr| extension.len() <= 4;
    match name.extension().filter(short) {
        Some(extension) => format!("{}.{}", mask(&stem), extension.to_string_lossy()),
        None => mask(&name.to_string_lossy()),
    }
}
