use crate::{
    leak::{Facet, Place, Portrait, Source},
    library::{Catalog, FileId, NodeId, TreeKind, ValueKey},
};
use std::collections::{BTreeMap, HashSet};

/// The portrait of a patient in the making: a few of the patient's files at a time.
#[derive(Debug)]
pub struct Sitting {
    pub node: NodeId,
    pub portrait: Portrait,
    /// Masks of the values that were found, by where: a few of them, and how many there are.
    pub values: BTreeMap<(Facet, Source), Values>,
    left: Vec<FileId>,
}

/// The different values at one place.
#[derive(Debug, Default)]
pub struct Values {
    pub masks: Vec<String>,
    seen: HashSet<ValueKey>,
}

impl Values {
    const MOST: usize = 4;

    pub fn count(&self) -> usize {
        self.seen.len()
    }
}

impl Sitting {
    const STEP: usize = 300;

    /// Of the patient at `node`, in the tree of patients.
    pub fn new(catalog: &Catalog, node: NodeId) -> Self {
        let mut left: Vec<FileId> = catalog.tree(TreeKind::Patients).files_under(node).collect();
        left.reverse();
        Self { node, portrait: Portrait::default(), values: BTreeMap::new(), left }
    }

    /// The patient that a node of that tree belongs to.
    pub fn patient(catalog: &Catalog, node: NodeId) -> Option<NodeId> {
        let tree = catalog.tree(TreeKind::Patients);
        let mut at = node;
        while let Some(parent) = tree.parent(at) {
            if parent == NodeId::ROOT {
                return Some(at);
            }
            at = parent;
        }
        None
    }

    /// Whether files are left to look at.
    pub fn is_behind(&self) -> bool {
        !self.left.is_empty()
    }

    /// Looks at some more files.
    pub fn step(&mut self, catalog: &Catalog) {
        for _ in 0..Self::STEP {
            let Some(id) = self.left.pop() else { break };
            let findings: Vec<_> = catalog.findings(id).map(|kept| (kept.key, kept.to_finding())).collect();
            self.portrait.add(findings.iter().map(|(_, finding)| finding));
            for (key, finding) in &findings {
                let source = match finding.tag() {
                    Some(tag) if matches!(finding.place, Place::DataSet | Place::Meta) => {
                        Source::Attribute(tag)
                    }
                    _ => Source::Place(finding.place),
                };
                let values = self.values.entry((finding.facet, source)).or_default();
                if values.seen.insert(*key) && values.masks.len() < Values::MOST {
                    // The catalog holds masks alone.
                    values.masks.push(finding.value.expose().clone());
                }
            }
        }
    }
}
