use super::{Pseudonyms, Spool, survey::Surveyed};
use crate::library::{Access, Aside, Roots, create_new};
use std::{
    collections::HashMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Says in an output folder that a run has begun there and not ended, and how it was to be.
const UNFINISHED: &str = ".dcmleak-unfinished";
/// How names of files begin and end that are being written.
const PART: (&str, &str) = (".dcmleak-", ".part");
pub(super) const MANIFEST: &str = "dcmleak-manifest.json";

/// Why the output folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("the output folder is inside of what is to be read")]
    InsideInput,
    #[error("what is to be read is inside of the output folder")]
    HoldsInput,
    #[error("the output folder is not empty")]
    NotEmpty,
    #[error(
        "the output folder holds an unfinished run with another key, profile or version: empty it, or choose another"
    )]
    OtherRun,
    #[error("the output folder cannot be used: {}", .0.kind())]
    Io(#[from] io::Error),
}

/// Where copies go. A file has its final name when it is complete, and not before.
#[derive(Debug)]
pub(super) struct OutFolder {
    path: PathBuf,
}

impl OutFolder {
    /// Checks that the folder can be used, and that it is neither inside of what is read nor around it. Changes
    /// nothing.
    pub fn check(path: &Path, roots: &Roots) -> Result<(), FolderError> {
        let out = resolved(path)?;
        for root in roots.paths().filter_map(|root| root.canonicalize().ok()) {
            if out.starts_with(&root) && root.is_dir() {
                return Err(FolderError::InsideInput);
            }
            if root.starts_with(&out) {
                return Err(FolderError::HoldsInput);
            }
        }
        Ok(())
    }

    /// Begins a run, or goes on with one of the same `terms`: profile, key and version. Parts of files that it left
    /// are removed.
    pub fn begin(path: &Path, terms: &str) -> Result<Self, FolderError> {
        fs::create_dir_all(path)?;
        let names = fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<Result<Vec<_>, _>>()?;
        let unfinished = path.join(UNFINISHED);
        if names.iter().any(|name| name == UNFINISHED) {
            if fs::read_to_string(&unfinished)? != terms {
                return Err(FolderError::OtherRun);
            }
            for name in names.iter().filter_map(|name| name.to_str()) {
                if name.starts_with(PART.0) && name.ends_with(PART.1) {
                    fs::remove_file(path.join(name))?;
                }
            }
        } else if names.is_empty() {
            let mut file = create_new(&unfinished, Access::Usual)?;
            file.write_all(terms.as_bytes())?;
            file.sync_all()?;
        } else {
            return Err(FolderError::NotEmpty);
        }
        Ok(Self { path: path.to_owned() })
    }

    /// Creates a file that is still to be written; removed unless it is kept.
    pub fn part(&self, number: u32) -> io::Result<Aside> {
        self.aside(&number.to_string())
    }

    fn aside(&self, what: &str) -> io::Result<Aside> {
        Aside::create(self.path.join(format!("{}{what}{}", PART.0, PART.1)), Access::Usual)
    }

    /// Gives a file its name below the folder, once it is complete. Folders on the way are made.
    pub fn keep(&self, part: Aside, name: &Path) -> io::Result<()> {
        let path = self.path.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        part.keep(&path)
    }

    /// Where a value is put that does not fit into memory, while the file `number` is written.
    pub fn spool(&self, number: u32) -> io::Result<Spool> {
        Ok(Spool::new(self.aside(&format!("{number}-pixels"))?))
    }

    /// Ends the run: writes the manifest, and takes away what says that it is not ended.
    pub fn end(&self, manifest: &str) -> io::Result<()> {
        let part = self.aside("manifest")?;
        part.file().write_all(manifest.as_bytes())?;
        self.keep(part, MANIFEST.as_ref())?;
        fs::remove_file(self.path.join(UNFINISHED))
    }

    /// Takes away a folder in which nothing was written.
    pub fn abandon(&self) {
        let left = fs::read_dir(&self.path).map_or(0, Iterator::count);
        if left <= 1 {
            // It may stay: a run of the same terms goes on there.
            let _ = fs::remove_file(self.path.join(UNFINISHED));
            let _ = fs::remove_dir(&self.path);
        }
    }
}

/// The path as it will be, symbolic links followed, where not all of it exists.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let mut missing = Vec::new();
    let mut known = std::path::absolute(path)?;
    loop {
        match known.canonicalize() {
            Ok(found) => return Ok(missing.iter().rev().fold(found, |path, name| path.join(name))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let name = known.file_name().ok_or(error)?.to_owned();
                missing.push(name);
                known.pop();
            }
            Err(error) => return Err(error),
        }
    }
}

/// Names of the copies, in the order of the files: study, series and instance by their new UIDs, whatever becomes of
/// UIDs inside. Files of one instance are told apart by a number.
pub(super) fn names(files: &[Surveyed], pseudonyms: &Pseudonyms) -> Vec<PathBuf> {
    let mut taken: HashMap<PathBuf, u32> = HashMap::new();
    files
        .iter()
        .map(|file| {
            let [study, series, instance] = &file.uids;
            let folder = |uid: &str| if uid.is_empty() { "none".to_owned() } else { name(pseudonyms, uid) };
            let instance = match instance.as_str() {
                "" => file_instance(file, pseudonyms),
                uid => name(pseudonyms, uid),
            };
            let path = PathBuf::from(folder(study)).join(folder(series));
            let count = taken.entry(path.join(&instance)).or_default();
            *count += 1;
            let number = if *count > 1 { format!("-{count}") } else { String::new() };
            path.join(format!("{instance}{number}.dcm"))
        })
        .collect()
}

/// A UID for a file that has none: by where it was found.
pub(super) fn file_instance(file: &Surveyed, pseudonyms: &Pseudonyms) -> String {
    pseudonyms.uid(&format!("file:{}", file.found.path().display()))
}

/// UIDs of the standard stay as they are in files, but name nothing on disk.
fn name(pseudonyms: &Pseudonyms, uid: &str) -> String {
    let new = pseudonyms.uid(uid);
    if new == uid { pseudonyms.uid(&format!("name:{uid}")) } else { new }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_inside_of_the_input_nor_around_it() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("in");
        fs::create_dir_all(input.join("sub")).unwrap();
        fs::write(input.join("file"), "x").unwrap();
        let check = |out: &Path, root: &Path| OutFolder::check(out, &Roots::new([root.to_owned()]));
        assert!(matches!(check(&input.join("out/deep"), &input), Err(FolderError::InsideInput)));
        assert!(matches!(check(&input, &input), Err(FolderError::InsideInput)));
        assert!(matches!(check(folder.path(), &input), Err(FolderError::HoldsInput)));
        assert!(matches!(check(&input, &input.join("file")), Err(FolderError::HoldsInput)));
        assert!(check(&folder.path().join("out"), &input).is_ok());
        assert!(check(&folder.path().join("in-2"), &input).is_ok());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&input, folder.path().join("link")).unwrap();
            assert!(matches!(check(&folder.path().join("link/out"), &input), Err(FolderError::InsideInput)));
        }
    }

    #[test]
    fn a_run_goes_on_only_on_the_same_terms() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let run = OutFolder::begin(&out, "a").unwrap();
        let part = run.part(7).unwrap();
        std::mem::forget(part);
        assert!(matches!(OutFolder::begin(&out, "b"), Err(FolderError::OtherRun)));
        let run = OutFolder::begin(&out, "a").unwrap();
        assert_eq!(fs::read_dir(&out).unwrap().count(), 1, "parts are gone");
        drop(run.part(1).unwrap());
        run.keep(run.part(1).unwrap(), Path::new("x/y/z")).unwrap();
        run.end("{}").unwrap();
        assert!(matches!(OutFolder::begin(&out, "a"), Err(FolderError::NotEmpty)));
        assert_eq!(fs::read_dir(&out).unwrap().count(), 2);
    }
}
