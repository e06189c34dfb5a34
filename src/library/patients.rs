use super::tree::{Key, NodeId, Sensitive2, Tree};
use crate::{leak::Facts, text::Sensitive};

/// Who files say that they are of. Both are empty where they say nothing.
#[derive(Debug, Clone, Copy)]
pub struct PatientLabel<'a> {
    pub name: &'a Sensitive<String>,
    pub id: &'a Sensitive<String>,
}

/// The series that a file belongs to, in the tree of patients, studies and series. Patients are told apart by name
/// and ID together, in any case; studies and series by their UIDs.
pub(super) fn series(tree: &mut Tree, facts: &Facts) -> NodeId {
    let patient = Key::Patient(identity(facts));
    let study = Key::Study(uid(&facts.study).into());
    let series = Key::Series(uid(&facts.series).into());
    [patient, study, series].into_iter().fold(NodeId::ROOT, |node, key| tree.child(node, key))
}

/// Name and ID as they are compared.
pub(super) fn identity(facts: &Facts) -> Sensitive2 {
    let name = facts.patient_name.expose().trim_end_matches(['^', ' ', '=']);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
    Sensitive2(name.into(), facts.patient_id.expose().trim().to_uppercase().into())
}

/// A UID as it is compared.
pub(super) fn uid(uid: &Sensitive<String>) -> &str {
    uid.expose().trim_matches([' ', '\0'])
}
