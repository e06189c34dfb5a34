use super::{Frames, Spot};
use crate::{
    dicom::{Location, Version},
    library::FileKey,
    redact::{Action, Rectangle},
    text::StableHash,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// The marks of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(BTreeMap<Spot, Action>);

/// One mark that is set, or taken away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Change {
    pub spot: Spot,
    /// `None` takes the mark away.
    pub action: Option<Action>,
}

/// A file that is marked, and what tells whether it is another by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    pub file: FileKey,
    pub version: Version,
}

/// The same changes to some files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub changes: Vec<Change>,
    pub files: Vec<Target>,
}

/// What is marked at once, and undone at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    pub parts: Vec<Part>,
}

/// The marks of a file, and its version when it was marked last. Files with the same marks share them.
#[derive(Debug, Clone)]
pub struct Held {
    pub marks: Arc<Marks>,
    pub version: Version,
}

/// All marks of a folder, with their history.
#[derive(Debug, Clone, Default)]
pub struct MarkBook {
    files: HashMap<FileKey, Held>,
    done: Vec<Done>,
    undone: Vec<Step>,
}

#[derive(Debug, Clone)]
struct Done {
    step: Step,
    /// What the files had before, part by part.
    before: Vec<Vec<Option<Held>>>,
}

impl Held {
    /// Whether a file of that version is another than the one that was marked, as far as both are known.
    pub fn is_of_another(&self, version: Version) -> bool {
        let differ = |one: u64, other: u64| one != 0 && other != 0 && one != other;
        differ(self.version.size, version.size) || differ(self.version.modified, version.modified)
    }
}

impl Marks {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Spot, Action)> {
        self.0.iter().map(|(spot, action)| (spot, *action))
    }

    pub fn get(&self, spot: &Spot) -> Option<Action> {
        self.0.get(spot).copied()
    }

    pub fn elements(&self) -> impl Iterator<Item = (&Location, Action)> {
        self.iter().filter_map(|(spot, action)| match spot {
            Spot::Element(at) => Some((at, action)),
            _ => None,
        })
    }

    pub fn rectangles(&self) -> impl Iterator<Item = (Rectangle, Frames)> {
        self.0.keys().filter_map(|spot| match spot {
            Spot::Pixels(rectangle, frames) => Some((*rectangle, *frames)),
            _ => None,
        })
    }

    /// Whether the profile is to be followed beside the other marks.
    pub fn has_profile(&self) -> bool {
        self.0.contains_key(&Spot::Profile)
    }

    fn changed(&self, changes: &[Change]) -> Self {
        let mut marks = self.clone();
        for Change { spot, action } in changes {
            match action {
                Some(action) => marks.0.insert(spot.clone(), *action),
                None => marks.0.remove(spot),
            };
        }
        marks
    }
}

impl FromIterator<(Spot, Action)> for Marks {
    fn from_iter<I: IntoIterator<Item = (Spot, Action)>>(marks: I) -> Self {
        Self(marks.into_iter().collect())
    }
}

impl Step {
    /// Nothing changes.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| part.changes.is_empty() || part.files.is_empty())
    }

    /// Changes that are the same for several files stand once; parts in the order in which they came first.
    pub fn of(all: impl IntoIterator<Item = (Target, Vec<Change>)>) -> Self {
        let mut numbers: HashMap<Vec<Change>, usize> = HashMap::new();
        let mut parts: Vec<Part> = Vec::new();
        for (target, changes) in all.into_iter().filter(|(_, changes)| !changes.is_empty()) {
            let number = *numbers.entry(changes).or_insert_with_key(|changes| {
                parts.push(Part { changes: changes.clone(), files: Vec::new() });
                parts.len() - 1
            });
            if let Some(part) = parts.get_mut(number) {
                part.files.push(target);
            }
        }
        Self { parts }
    }

    pub fn files(&self) -> impl Iterator<Item = FileKey> {
        self.parts.iter().flat_map(|part| part.files.iter().map(|target| target.file))
    }
}

impl MarkBook {
    pub fn get(&self, file: FileKey) -> Option<&Held> {
        self.files.get(&file)
    }

    /// Files that have marks, in no order.
    pub fn files(&self) -> impl Iterator<Item = (FileKey, &Held)> {
        self.files.iter().map(|(key, held)| (*key, held))
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Files that have marks.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether pixels are marked in any file.
    pub fn has_rectangles(&self) -> bool {
        self.files.values().any(|held| held.marks.rectangles().next().is_some())
    }

    /// Tells books with other marks apart.
    pub fn sum(&self) -> u64 {
        let mut lines: Vec<String> = Vec::with_capacity(self.files.len());
        for (key, held) in &self.files {
            let spots = held.marks.iter().map(|(spot, action)| format!("{action} {spot}"));
            lines.push(format!("{key} {}", spots.collect::<Vec<_>>().join(" ")));
        }
        lines.sort_unstable();
        lines.iter().fold(StableHash::default(), |hash, line| hash.part(line.as_bytes())).finish()
    }

    /// Does a step. What was undone cannot be done again then.
    pub fn take(&mut self, step: Step) {
        self.undone.clear();
        self.apply(step);
    }

    fn apply(&mut self, step: Step) {
        let mut before = Vec::with_capacity(step.parts.len());
        for part in &step.parts {
            // Files of a series mostly have the same marks before, and so the same after.
            let mut known: HashMap<Option<*const Marks>, Arc<Marks>> = HashMap::new();
            let mut held_before = Vec::with_capacity(part.files.len());
            for target in &part.files {
                let old = self.files.get(&target.file).cloned();
                let key = old.as_ref().map(|held| Arc::as_ptr(&held.marks));
                let marks = known.entry(key).or_insert_with(|| {
                    let none = Marks::default();
                    Arc::new(old.as_ref().map_or(&none, |held| &held.marks).changed(&part.changes))
                });
                if marks.is_empty() {
                    self.files.remove(&target.file);
                } else {
                    self.files
                        .insert(target.file, Held { marks: Arc::clone(marks), version: target.version });
                }
                held_before.push(old);
            }
            before.push(held_before);
        }
        self.done.push(Done { step, before });
    }

    /// Takes the last step back; the files that it was of, `None` where there is none.
    pub fn undo(&mut self) -> Option<Vec<FileKey>> {
        let Done { step, before } = self.done.pop()?;
        for (part, before) in step.parts.iter().zip(before).rev() {
            for (target, before) in part.files.iter().zip(before).rev() {
                match before {
                    Some(held) => self.files.insert(target.file, held),
                    None => self.files.remove(&target.file),
                };
            }
        }
        let files = step.files().collect();
        self.undone.push(step);
        Some(files)
    }

    /// Does the step again that was undone last.
    pub fn redo(&mut self) -> Option<Vec<FileKey>> {
        let step = self.undone.pop()?;
        let files = step.files().collect();
        self.apply(step);
        Some(files)
    }
}
