use crate::library::{Catalog, FileEntry, Label, NodeId, TreeKind};
use std::collections::HashMap;

/// Opaque names of patients and studies, in the order in which files in path order name them: `p1`, `s1`. They hold
/// nothing of the identity, and do not depend on the order of reading. A study has one key however many patients
/// its files name.
#[derive(Debug, Default)]
pub(super) struct Keys {
    patients: HashMap<NodeId, u32>,
    studies: HashMap<String, u32>,
}

impl Keys {
    /// The numbers of a file's patient and study. To be asked in path order. `None` where the file names none.
    pub fn next(&mut self, catalog: &Catalog, file: &FileEntry<'_>) -> (Option<u32>, Option<u32>) {
        let Some((facts, series)) = file.facts.zip(catalog.node(TreeKind::Patients, file.id)) else {
            return (None, None);
        };
        let tree = catalog.tree(TreeKind::Patients);
        let patient = tree.parent(series).and_then(|study| tree.parent(study)).filter(|&patient| {
            let stated = |text: &str| !text.trim_matches(['^', ' ', '=']).is_empty();
            matches!(tree.label(patient), Label::Patient(label)
                if stated(label.name.expose()) || stated(label.id.expose()))
        });
        let uid = facts.study.expose().trim_matches([' ', '\0']);
        (
            patient.map(|patient| number(&mut self.patients, patient)),
            (!uid.is_empty()).then(|| match self.studies.get(uid) {
                Some(&known) => known,
                None => number(&mut self.studies, uid.to_owned()),
            }),
        )
    }

    /// Patients and studies so far.
    pub fn counts(&self) -> (usize, usize) {
        (self.patients.len(), self.studies.len())
    }
}

fn number<K: std::hash::Hash + Eq>(known: &mut HashMap<K, u32>, key: K) -> u32 {
    let next = known.len() as u32 + 1;
    *known.entry(key).or_insert(next)
}
