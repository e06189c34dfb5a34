//! What files say of each other: the patient whom one file names is looked for in what the others hold.
//!
//! Files belong together as the keys of their [`Evidence`] say (study, series, frame of reference, ID, name
//! with birth date; what two files share joins all that share anything with either), and, weaker, by the
//! folder that they lie in. [`Evidences`] holds digests, each passage once however many files hold it.
//!
//! What is found depends on which files were added, not on their order.

mod group;
mod store;
#[cfg(test)]
mod tests;

use crate::leak::{
    Evidence, Finding,
    cross::{Digest, Kinds, Scope},
};
use group::Group;
use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};
use store::{NeedlesId, SpotId, Store};

/// The evidence of all files of a library.
#[derive(Debug, Default)]
pub struct Evidences {
    files: HashMap<u32, Entry>,
    store: Store,
    groups: Vec<Group>,
    /// Of each group the one that it was joined to; itself where it stands.
    joined: Vec<usize>,
    by_key: HashMap<Digest, usize>,
    by_folder: HashMap<Box<Path>, usize>,
}

/// What is kept of a file.
#[derive(Debug)]
struct Entry {
    patient: Option<usize>,
    folders: Vec<usize>,
    needles: Option<NeedlesId>,
    /// With the row that holds each.
    spots: Box<[(SpotId, Option<u32>)]>,
}

impl Evidences {
    /// Adds a file that lies in `folder`, or replaces what was known of it. Returns the files whose
    /// [`additions`](Self::additions) may be other ones now, in order; it may be among them.
    pub fn add(&mut self, file: u32, folder: &Path, evidence: Evidence) -> Vec<u32> {
        let mut changed: BTreeSet<u32> = self.remove(file).into_iter().collect();
        let needles = evidence.needles.map(|needles| self.store.needles(needles));
        let spots: Box<[_]> = evidence
            .spots
            .into_iter()
            .map(|located| (self.store.spot(located.spot, file), located.row))
            .collect();
        let mut touched = BTreeSet::new();
        let patient = self.group_of_keys(&evidence.keys, &mut touched);
        let folders = self.groups_of_folder(folder);
        let entry = Entry { patient, folders, needles, spots };
        for group in entry.patient.into_iter().chain(entry.folders.iter().copied()) {
            let Some(group) = self.groups.get_mut(group) else { continue };
            for &(spot, _) in &entry.spots {
                if group.add_spot(spot, &self.store) {
                    changed.insert(file);
                }
            }
            if let Some(needles) = entry.needles {
                group.add_needles(needles, &self.store, &mut touched);
            }
        }
        self.files.insert(file, entry);
        changed.extend(self.files_with(&touched));
        changed.into_iter().collect()
    }

    /// Forgets a file. Returns the files whose additions are other ones now, without it. Files that it had
    /// joined stay together.
    pub fn remove(&mut self, file: u32) -> Vec<u32> {
        let Some(entry) = self.files.remove(&file) else { return Vec::new() };
        let mut touched = BTreeSet::new();
        let groups = entry.patient.map(|group| self.root(group));
        for group in groups.into_iter().chain(entry.folders.iter().copied()) {
            let Some(group) = self.groups.get_mut(group) else { continue };
            entry.spots.iter().for_each(|&(spot, _)| group.remove_spot(spot));
            if let Some(needles) = entry.needles {
                group.remove_needles(needles, &self.store, &mut touched);
            }
        }
        entry.spots.iter().for_each(|&(spot, _)| self.store.forget(spot, file));
        let changed = self.files_with(&touched);
        if self.store.is_mostly_forgotten() {
            self.compact();
        }
        changed
    }

    /// Gives back what no file holds any more.
    fn compact(&mut self) {
        let old = std::mem::take(&mut self.store);
        for group in &mut self.groups {
            *group = Group::new(group.scope);
        }
        let mut files = std::mem::take(&mut self.files);
        for (&file, entry) in &mut files {
            entry.patient = entry.patient.map(|group| self.root(group));
            let moved = entry.spots.iter().filter_map(|&(spot, row)| Some((old.get(spot)?.clone(), row)));
            entry.spots = moved.map(|(spot, row)| (self.store.spot(spot, file), row)).collect();
            let needles = entry.needles.and_then(|needles| old.shared(needles));
            entry.needles = needles.map(|needles| self.store.needles(needles));
            for group in entry.patient.into_iter().chain(entry.folders.iter().copied()) {
                let Some(group) = self.groups.get_mut(group) else { continue };
                for &(spot, _) in &entry.spots {
                    group.add_spot(spot, &self.store);
                }
                if let Some(needles) = entry.needles {
                    group.add_needles(needles, &self.store, &mut BTreeSet::new());
                }
            }
        }
        self.files = files;
    }

    /// What other files make known of this one, in the order of its passages. Values are masks: see
    /// [`crate::leak::cross::Spot::finding`].
    pub fn additions(&self, file: u32) -> Vec<Finding> {
        let Some(entry) = self.files.get(&file) else { return Vec::new() };
        let patient = entry.patient.and_then(|group| self.groups.get(self.root(group)));
        let folders = entry.folders.iter().filter_map(|&group| self.groups.get(group));
        let groups: Vec<&Group> = patient.into_iter().chain(folders).collect();
        let mut findings = Vec::new();
        for &(id, row) in &entry.spots {
            let Some(spot) = self.store.get(id) else { continue };
            let mut said = Kinds::default();
            for group in &groups {
                let told = group.told(id);
                for found in told.iter().filter(|found| !said.contains(found.kind)) {
                    findings.extend(spot.finding(row, group.scope, found));
                }
                said = told.iter().map(|found| found.kind).collect::<Kinds>().union(said);
            }
        }
        findings
    }

    /// The group of files of one patient that the file belongs to; `None` where nothing says whose it is. Holds until
    /// another file is added.
    pub fn patient(&self, file: u32) -> Option<usize> {
        self.files.get(&file)?.patient.map(|group| self.root(group))
    }

    /// Bytes of memory, about.
    pub fn memory(&self) -> usize {
        let files = self.files.values().map(|entry| {
            size_of::<Entry>()
                + 16
                + entry.spots.len() * size_of::<(SpotId, Option<u32>)>()
                + entry.folders.len() * 8
        });
        files.sum::<usize>()
            + self.store.memory()
            + self.groups.iter().map(Group::memory).sum::<usize>()
            + self.by_key.capacity() * 24
    }

    fn root(&self, mut group: usize) -> usize {
        while let Some(&next) = self.joined.get(group).filter(|&&next| next != group) {
            group = next;
        }
        group
    }

    fn new_group(&mut self, scope: Scope) -> usize {
        let group = self.groups.len();
        self.groups.push(Group::new(scope));
        self.joined.push(group);
        group
    }

    /// The group of all files that share a key with these, directly or through others. Adds the spots in
    /// which joining groups found something to `touched`.
    fn group_of_keys(&mut self, keys: &[Digest], touched: &mut BTreeSet<SpotId>) -> Option<usize> {
        let known: BTreeSet<usize> =
            keys.iter().filter_map(|key| self.by_key.get(key)).map(|&group| self.root(group)).collect();
        if keys.is_empty() {
            return None;
        }
        let group = match known.iter().copied().max_by_key(|&group| self.groups.get(group).map(Group::weight))
        {
            Some(group) => group,
            None => self.new_group(Scope::Patient),
        };
        for other in known.into_iter().filter(|&other| other != group) {
            if let Some(joined) = self.joined.get_mut(other) {
                *joined = group;
            }
            let other = self.groups.get_mut(other).map(std::mem::take);
            if let (Some(group), Some(other)) = (self.groups.get_mut(group), other) {
                group.join(other, &self.store, touched);
            }
        }
        self.by_key.extend(keys.iter().map(|&key| (key, group)));
        Some(group)
    }

    /// The groups of a folder and of the folder that holds it: series often have folders of their own.
    fn groups_of_folder(&mut self, folder: &Path) -> Vec<usize> {
        let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
        let mut groups = Vec::new();
        for folder in std::iter::once(folder).chain(above) {
            let group = match self.by_folder.get(folder) {
                Some(&group) => group,
                None => {
                    let group = self.new_group(Scope::Folder);
                    self.by_folder.insert(folder.into(), group);
                    group
                }
            };
            groups.push(group);
        }
        groups
    }

    fn files_with(&self, spots: &BTreeSet<SpotId>) -> Vec<u32> {
        let files: BTreeSet<u32> = spots.iter().flat_map(|&spot| self.store.files(spot)).copied().collect();
        files.into_iter().collect()
    }
}
