use super::Catalog;
use crate::{
    leak::{Counts, FindingId},
    library::{Acknowledged, FileId, GroupId, Kept, Tally},
};
use std::collections::HashMap;

/// Findings with their ids, and what of them counts.
impl Catalog {
    /// A file's findings, in file order. Those that are acknowledged say why.
    pub fn findings(&self, id: FileId) -> impl Iterator<Item = Kept<'_>> {
        // Ids cost time, and few files have such findings.
        let has_any = self.let_stand.contains_key(&id);
        let with = has_any.then(|| self.identified(id).map(|(_, kept)| kept));
        let without = (!has_any).then(|| self.kept(id));
        with.into_iter().flatten().chain(without.into_iter().flatten())
    }

    /// The same with the id of each.
    pub fn identified(&self, id: FileId) -> impl Iterator<Item = (FindingId, Kept<'_>)> {
        let file = FindingId::of_file(&self.judged(id));
        let mut equal: HashMap<FindingId, u32> = HashMap::new();
        self.kept(id).map(move |mut kept| {
            let shape = kept.shape;
            let at = shape.at.to_string();
            let name = |nth| file.of(shape.place, &at, &shape.rule, shape.class, nth);
            let first = name(0);
            let count = equal.entry(first).or_default();
            let id = if *count == 0 { first } else { name(*count) };
            *count += 1;
            kept.acknowledged = self.acknowledged.reason(id, shape);
            (id, kept)
        })
    }

    /// Has these findings count apart from now on, in place of any before.
    pub fn acknowledge(&mut self, acknowledged: Acknowledged) {
        self.acknowledged = acknowledged;
        self.files().for_each(|id| self.recount(id));
    }

    /// Lets one finding stand for a reason, or has it count again without one.
    pub fn acknowledge_finding(&mut self, file: FileId, finding: FindingId, reason: Option<&str>) {
        match reason {
            Some(reason) => self.acknowledged.insert(finding, reason),
            None => drop(self.acknowledged.remove(finding)),
        }
        self.recount(file);
    }

    /// Lets all findings of a group stand for a reason, or has them count again without one. Returns the files that
    /// have such findings: each counts as before until its [`Catalog::recount`], since there may be many.
    pub fn acknowledge_group(&mut self, group: GroupId, reason: Option<&str>) -> Vec<FileId> {
        let patterns = self.ledger.patterns(|shape| GroupId::of(shape) == group);
        match reason {
            Some(reason) => self.acknowledged.insert_group(group, reason),
            None => drop(self.acknowledged.remove_group(&group)),
        }
        let is_of = |id: &FileId| {
            self.files
                .get(id.index())
                .is_some_and(|file| file.status.is_some() && file.sheet().is_of(&patterns))
        };
        self.files().filter(is_of).collect()
    }

    /// Counts a file's findings by what is acknowledged now.
    pub fn recount(&mut self, id: FileId) {
        let before = self.contribution(id);
        self.look_up(id);
        let after = self.contribution(id);
        if before != after {
            self.count(id, |tree, node| {
                tree.remove(node, &before);
                tree.merge(node, &after);
            });
        }
    }

    pub fn acknowledged(&self) -> &Acknowledged {
        &self.acknowledged
    }

    /// How many findings of a file count, by severity, and how many count apart.
    pub(super) fn counts(&self, id: FileId) -> (Counts, u32) {
        let Some(file) = self.files.get(id.index()).filter(|file| file.status.is_some()) else {
            return (Counts::default(), 0);
        };
        let mut counts = self.ledger.counts(file.sheet());
        let Some(let_stand) = self.let_stand.get(&id) else { return (counts, 0) };
        let apart: Counts = (0..)
            .zip(self.kept(id))
            .filter(|(number, _)| let_stand.binary_search(number).is_ok())
            .map(|(_, kept)| kept.shape.severity)
            .collect();
        counts.remove(&apart);
        (counts, let_stand.len() as u32)
    }

    /// What a file adds to the nodes above it, beside having been found.
    pub(super) fn contribution(&self, id: FileId) -> Tally {
        let Some((file, status)) = self.files.get(id.index()).and_then(|file| Some((file, file.status?)))
        else {
            return Tally::default();
        };
        let (counts, acknowledged) = self.counts(id);
        Tally::of(status, &file.claims, counts, acknowledged)
    }

    /// Looks up which findings of a file are acknowledged.
    pub(super) fn look_up(&mut self, id: FileId) {
        if self.acknowledged.is_empty() {
            self.let_stand.remove(&id);
            return;
        }
        let let_stand: Box<[u32]> = match self.acknowledged.has_single() {
            true => {
                let all = (0..).zip(self.identified(id));
                all.filter(|(_, (_, kept))| kept.acknowledged.is_some()).map(|(number, _)| number).collect()
            }
            // Groups need no ids, which cost time.
            false => {
                let all = (0..).zip(self.kept(id));
                let stands = |kept: &Kept<'_>| self.acknowledged.group_reason(kept.shape).is_some();
                all.filter(|(_, kept)| stands(kept)).map(|(number, _)| number).collect()
            }
        };
        match let_stand.is_empty() {
            true => self.let_stand.remove(&id),
            false => self.let_stand.insert(id, let_stand),
        };
    }

    fn kept(&self, id: FileId) -> impl Iterator<Item = Kept<'_>> {
        let file = self.files.get(id.index()).filter(|file| file.status.is_some());
        file.into_iter().flat_map(|file| self.ledger.read(file.sheet()))
    }
}
