use super::{found::FileId, patients::PatientLabel, tally::Tally};
use crate::{leak::Facts, text::Sensitive};
use std::{
    collections::BTreeMap,
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::Arc,
};

/// A node of a [`Tree`]. Ids stay as they are while the tree grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// Above all others.
    pub const ROOT: Self = Self(0);
}

/// Nodes over files: folders, or patients, studies and series. What files add up to is held for every node.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
}

/// What a node stands for.
#[derive(Debug, Clone, Copy)]
pub enum Label<'a> {
    All,
    /// A folder. `leaks`: its name gives a patient away.
    Folder {
        name: &'a OsStr,
        leaks: bool,
    },
    /// Who the files say that they are of.
    Patient(PatientLabel<'a>),
    /// Texts are empty where unstated.
    Study {
        date: &'a Sensitive<String>,
        description: &'a Sensitive<String>,
    },
    Series {
        modality: &'a str,
        number: &'a Sensitive<String>,
        description: &'a Sensitive<String>,
    },
}

/// What tells a node from its siblings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    All,
    Folder(Arc<OsStr>),
    /// Name and ID, folded.
    Patient(Sensitive2),
    Study(Arc<str>),
    Series(Arc<str>),
}

/// Two texts that are not to be printed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sensitive2(pub Arc<str>, pub Arc<str>);

impl std::fmt::Debug for Sensitive2 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sensitive(…)")
    }
}

#[derive(Debug)]
struct Node {
    parent: u32,
    key: Key,
    children: BTreeMap<Key, u32>,
    /// In path order.
    files: Vec<FileId>,
    tally: Tally,
    leaks: bool,
    /// The facts of its first file in path order.
    sample: Option<(FileId, Arc<Facts>)>,
}

static UNSTATED: Sensitive<String> = Sensitive::new(String::new());

impl Default for Tree {
    fn default() -> Self {
        Self { nodes: vec![Node::new(0, Key::All)] }
    }
}

impl Node {
    fn new(parent: u32, key: Key) -> Self {
        Self {
            parent,
            key,
            children: BTreeMap::new(),
            files: Vec::new(),
            tally: Tally::default(),
            leaks: false,
            sample: None,
        }
    }

    fn fact(&self, pick: fn(&Facts) -> &Sensitive<String>) -> &Sensitive<String> {
        self.sample.as_ref().map_or(&UNSTATED, |(_, facts)| pick(facts))
    }

    /// Studies by date, series by number; the rest as their keys.
    fn order(&self) -> (&str, i64, &Key) {
        match self.key {
            Key::Study(_) => (self.fact(|facts| &facts.study_date).expose(), 0, &self.key),
            Key::Series(_) => {
                let number = self.fact(|facts| &facts.series_number).expose().trim().parse();
                ("", number.unwrap_or(i64::MAX), &self.key)
            }
            _ => ("", 0, &self.key),
        }
    }
}

impl Tree {
    /// The number of nodes, the root among them.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is nothing but the root.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() == 1
    }

    /// The nodes under `node` that hold files, in order: by name, studies by date, series by number.
    pub fn children(&self, node: NodeId) -> Vec<NodeId> {
        let Some(parent) = self.node(node) else { return Vec::new() };
        let held = |id: &NodeId| self.node(*id).is_some_and(|node| node.tally.files > 0);
        let mut children: Vec<NodeId> = parent.children.values().map(|&id| NodeId(id)).filter(held).collect();
        let dated =
            parent.children.keys().next().is_some_and(|key| matches!(key, Key::Study(_) | Key::Series(_)));
        if dated {
            children.sort_by(|a, b| self.node(*a).map(Node::order).cmp(&self.node(*b).map(Node::order)));
        }
        children
    }

    /// The node that is all that `node` holds. Looks at few of them, however many there are.
    pub fn only_child(&self, node: NodeId) -> Option<NodeId> {
        let parent = self.node(node).filter(|node| node.files.is_empty())?;
        let held = |id: &NodeId| self.node(*id).is_some_and(|node| node.tally.files > 0);
        let mut children = parent.children.values().map(|&id| NodeId(id)).filter(held);
        children.next().filter(|_| children.next().is_none())
    }

    /// `None` for the root.
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.node(node).filter(|_| node != NodeId::ROOT).map(|node| NodeId(node.parent))
    }

    pub fn label(&self, node: NodeId) -> Label<'_> {
        let Some(node) = self.node(node) else { return Label::All };
        match &node.key {
            Key::All => Label::All,
            Key::Folder(name) => Label::Folder { name, leaks: node.leaks },
            Key::Patient(_) => Label::Patient(PatientLabel {
                name: node.fact(|facts| &facts.patient_name),
                id: node.fact(|facts| &facts.patient_id),
            }),
            Key::Study(_) => Label::Study {
                date: node.fact(|facts| &facts.study_date),
                description: node.fact(|facts| &facts.study_description),
            },
            Key::Series(_) => Label::Series {
                modality: node.sample.as_ref().map_or("", |(_, facts)| &facts.modality),
                number: node.fact(|facts| &facts.series_number),
                description: node.fact(|facts| &facts.series_description),
            },
        }
    }

    /// What all files under the node add up to.
    pub fn tally(&self, node: NodeId) -> Tally {
        self.node(node).map_or(Tally::default(), |node| node.tally)
    }

    /// The files that the node holds itself, in path order.
    pub fn files(&self, node: NodeId) -> &[FileId] {
        self.node(node).map_or(&[], |node| &node.files)
    }

    /// All files under the node: its own first, then those of its children, in their order.
    pub fn files_under(&self, node: NodeId) -> impl Iterator<Item = FileId> {
        let mut left = vec![node];
        std::iter::from_fn(move || {
            let node = left.pop()?;
            left.extend(self.children(node).into_iter().rev());
            Some(self.files(node).iter().copied())
        })
        .flatten()
    }

    /// The lowest node that holds both.
    pub fn common(&self, one: NodeId, other: NodeId) -> NodeId {
        if one == other {
            return one;
        }
        let mut above: Vec<NodeId> = self.chain(one).collect();
        let mut others: Vec<NodeId> = self.chain(other).collect();
        let mut common = NodeId::ROOT;
        while let (Some(a), Some(b)) = (above.pop(), others.pop()) {
            if a != b {
                break;
            }
            common = a;
        }
        common
    }

    /// The path of a folder node, as the user named it.
    pub fn path(&self, node: NodeId) -> PathBuf {
        let mut names: Vec<&Path> =
            self.chain(node).filter_map(|id| self.folder_name(id)).map(Path::new).collect();
        names.reverse();
        names.iter().collect()
    }

    pub(super) fn folder_name(&self, node: NodeId) -> Option<&OsStr> {
        match &self.node(node)?.key {
            Key::Folder(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn leaks(&self, node: NodeId) -> bool {
        self.node(node).is_some_and(|node| node.leaks)
    }

    pub(super) fn mark_leaking(&mut self, node: NodeId) {
        if let Some(node) = self.nodes.get_mut(node.0 as usize) {
            node.leaks = true;
        }
    }

    /// The child of that key, made where there is none.
    pub(super) fn child(&mut self, parent: NodeId, key: Key) -> NodeId {
        if let Some(&known) = self.node(parent).and_then(|node| node.children.get(&key)) {
            return NodeId(known);
        }
        let id = self.nodes.len() as u32;
        if let Some(node) = self.nodes.get_mut(parent.0 as usize) {
            node.children.insert(key.clone(), id);
        }
        self.nodes.push(Node::new(parent.0, key));
        NodeId(id)
    }

    /// Puts a file into a node.
    pub(super) fn insert(&mut self, node: NodeId, file: FileId) {
        if let Some(node) = self.nodes.get_mut(node.0 as usize) {
            let at = node.files.partition_point(|&other| other < file);
            node.files.insert(at, file);
        }
    }

    /// Takes a file out of a node.
    pub(super) fn take(&mut self, node: NodeId, file: FileId) {
        if let Some(node) = self.nodes.get_mut(node.0 as usize)
            && let Ok(at) = node.files.binary_search(&file)
        {
            node.files.remove(at);
        }
    }

    /// Lets a node and those above it speak for a file.
    pub(super) fn show(&mut self, node: NodeId, file: FileId, facts: &Arc<Facts>) {
        self.update(node, |node| {
            if node.sample.as_ref().is_none_or(|(sample, _)| file <= *sample) {
                node.sample = Some((file, Arc::clone(facts)));
            }
        });
    }

    /// Adds to the tally of a node and of those above it.
    pub(super) fn merge(&mut self, node: NodeId, tally: &Tally) {
        self.update(node, |node| node.tally.merge(tally));
    }

    pub(super) fn remove(&mut self, node: NodeId, tally: &Tally) {
        self.update(node, |node| node.tally.remove(tally));
    }

    /// The node and those above it.
    pub(super) fn chain(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(node), |&node| self.parent(node))
    }

    fn update(&mut self, node: NodeId, change: impl Fn(&mut Node)) {
        let mut at = node.0;
        while let Some(node) = self.nodes.get_mut(at as usize) {
            change(node);
            if at == 0 {
                break;
            }
            at = node.parent;
        }
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }
}
