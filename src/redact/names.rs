//! What copies are called: nothing of the original's.

use super::{Pseudonyms, pseudonym::UUID_ROOT, survey::Surveyed};
use std::{
    collections::{HashMap, HashSet},
    path::{Component, Path, PathBuf},
};

/// How names of copies end that media do not bind.
const COPY: &str = ".dcm";
/// How deep copies are: in the folder of a series in that of a study.
pub(super) const DEPTH: usize = 3;
/// First letters of studies, series and instances on media, and letters and digits of a name there.
const LEVELS: [char; DEPTH] = ['S', 'E', 'I'];
const MEDIA_NAME: usize = 8;
const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// How copies are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// By their new UIDs.
    Uids,
    /// As media bind it, on which a DICOMDIR lists them: up to eight capital letters and digits (PS3.10 section 8.2).
    Media,
}

impl Naming {
    /// Names of the copies, in the order of the files: study, series and instance by their new UIDs, whatever becomes of
    /// UIDs inside. Files of one instance are told apart.
    pub fn names(self, files: &[Surveyed], pseudonyms: &Pseudonyms) -> Vec<PathBuf> {
        let mut taken: HashSet<PathBuf> = HashSet::new();
        let mut counts: HashMap<(PathBuf, String), u32> = HashMap::new();
        let mut name = |file: &Surveyed| {
            let [study, series, instance] = &file.uids;
            let instance = match instance.as_str() {
                "" => file_instance(file, pseudonyms),
                uid => new_name(pseudonyms, uid),
            };
            let (study, series) = (self.folder(pseudonyms, study, 0), self.folder(pseudonyms, series, 1));
            let folder = Path::new(&study).join(series);
            let count = counts.entry((folder.clone(), instance.clone())).or_default();
            loop {
                *count += 1;
                // Short names may be those of another instance by chance.
                let path = folder.join(self.file(pseudonyms, &instance, *count));
                if taken.insert(path.clone()) {
                    return path;
                }
            }
        };
        files.iter().map(&mut name).collect()
    }

    fn folder(self, pseudonyms: &Pseudonyms, uid: &str, level: usize) -> String {
        match self {
            Self::Uids if uid.is_empty() => "none".to_owned(),
            Self::Uids => new_name(pseudonyms, uid),
            Self::Media => on_media(pseudonyms, uid, level),
        }
    }

    /// The name of the instance's `number`th file.
    fn file(self, pseudonyms: &Pseudonyms, instance: &str, number: u32) -> String {
        match (self, number) {
            (Self::Uids, 1) => format!("{instance}{COPY}"),
            (Self::Uids, _) => format!("{instance}-{number}{COPY}"),
            (Self::Media, 1) => on_media(pseudonyms, instance, DEPTH - 1),
            (Self::Media, _) => on_media(pseudonyms, &format!("{instance}-{number}"), DEPTH - 1),
        }
    }

    /// Whether a path below the output folder is one that a copy can have.
    pub fn is_copy(self, path: &Path) -> bool {
        let names: Vec<_> =
            path.components().map(Component::as_os_str).map(|name| name.to_string_lossy()).collect();
        names.len() == DEPTH
            && match self {
                Self::Uids => {
                    names.last().is_some_and(|name| name.starts_with(UUID_ROOT) && name.ends_with(COPY))
                }
                Self::Media => names.iter().zip(LEVELS).all(|(name, first)| {
                    name.len() == MEDIA_NAME
                        && name.starts_with(first)
                        && name.bytes().all(|byte| DIGITS.contains(&byte))
                }),
            }
    }
}

/// A UID for a file that has none: by where it was found.
pub(super) fn file_instance(file: &Surveyed, pseudonyms: &Pseudonyms) -> String {
    pseudonyms.uid(&format!("file:{}", file.found.path().display()))
}

/// UIDs of the standard stay as they are in files, but name nothing on disk.
fn new_name(pseudonyms: &Pseudonyms, uid: &str) -> String {
    let new = pseudonyms.uid(uid);
    if new == uid { pseudonyms.uid(&format!("name:{uid}")) } else { new }
}

fn on_media(pseudonyms: &Pseudonyms, uid: &str, level: usize) -> String {
    let hash = pseudonyms.key().hash("media", uid.as_bytes());
    let digits = hash.iter().take(MEDIA_NAME - 1).map(|byte| char::from(DIGITS[usize::from(byte % 32)]));
    LEVELS.get(level).copied().into_iter().chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::Key;

    #[test]
    fn copies_are_known_by_their_names() {
        let pseudonyms = Pseudonyms::new(Key::of([7; 32]));
        for (naming, other) in [(Naming::Uids, Naming::Media), (Naming::Media, Naming::Uids)] {
            let folder = |uid, level| naming.folder(&pseudonyms, uid, level);
            let path = |number| {
                Path::new(&folder("1.2", 0)).join(folder("1.3", 1)).join(naming.file(
                    &pseudonyms,
                    "2.25.4",
                    number,
                ))
            };
            assert!(naming.is_copy(&path(1)) && naming.is_copy(&path(2)) && !other.is_copy(&path(1)));
            assert_ne!(path(1), path(2));
            assert!(!naming.is_copy(path(1).parent().unwrap()));
        }
        assert!(!Naming::Media.is_copy(Path::new("STUDIES1/E2345678/MINE.TXT")));
    }
}
