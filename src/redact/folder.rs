use super::{
    Spool,
    claim::Claim,
    directory,
    names::{self, Naming},
};
use crate::{
    library::{Access, Aside, Roots},
    text::system_error,
};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

/// Says in an output folder that a run has begun there and not ended, and how it was to be.
const UNFINISHED: &str = ".dcmleak-unfinished";
/// How names of files begin and end that are being written.
const PART: (&str, &str) = (".dcmleak-", ".part");
pub(super) const MANIFEST: &str = "dcmleak-manifest.json";

/// Why the output folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("the output folder is inside of what is to be read: choose one beside it")]
    InsideInput,
    #[error("what is to be read is inside of the output folder: choose another")]
    HoldsInput,
    #[error("the output must be a folder, and this is a file")]
    NotAFolder,
    #[error("the output folder is not empty: choose another, or empty it")]
    NotEmpty,
    #[error("the key must not lie in the output folder: whoever gets the copies would get it too")]
    HoldsKey,
    #[error(
        "the output folder holds an unfinished run with another key, profile or version: empty it, or choose another"
    )]
    OtherRun,
    #[error("another run is writing into the output folder: wait until it has ended, or choose another")]
    Busy,
    #[error("the output folder cannot be used: {}", system_error(.0.kind()))]
    Io(#[from] io::Error),
}

/// Where copies go. A file has its final name when it is complete, and not before.
#[derive(Debug)]
pub(super) struct OutFolder {
    path: PathBuf,
    /// Whether it was not there before.
    made: bool,
    /// Keeps other runs away.
    claim: Claim,
}

/// Checks that copies of what is below `roots` can go to `out`, a folder neither inside of it nor around it, that is
/// empty or holds an unfinished run; and that `key`, where there will be one, does not lie there. Changes nothing.
pub fn usable(out: &Path, key: Option<&Path>, roots: &Roots) -> Result<(), FolderError> {
    let folder = resolved(out)?;
    let found = fs::metadata(&folder).ok();
    if found.as_ref().is_some_and(|found| !found.is_dir()) {
        return Err(FolderError::NotAFolder);
    }
    for root in roots.paths().filter_map(|root| root.canonicalize().ok()) {
        if folder.starts_with(&root) && root.is_dir() {
            return Err(FolderError::InsideInput);
        }
        if root.starts_with(&folder) {
            return Err(FolderError::HoldsInput);
        }
    }
    if let Some(key) = key
        && resolved(key)?.starts_with(&folder)
    {
        return Err(FolderError::HoldsKey);
    }
    // What is not there can be made, as far as can be told.
    found.map_or(Ok(()), |_| is_fresh(&folder).map(drop))
}

/// Whether the folder is empty; where it is not, it holds an unfinished run, or cannot be used.
fn is_fresh(folder: &Path) -> Result<bool, FolderError> {
    let mut names = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).peekable();
    if names.peek().is_none() {
        return Ok(true);
    }
    for name in names {
        if name? == UNFINISHED {
            return Ok(false);
        }
    }
    Err(FolderError::NotEmpty)
}

/// Removes copies, parts of files, a DICOMDIR and a manifest that an unfinished run left, and folders that are empty then.
fn clear(folder: &Path, naming: Naming) -> io::Result<()> {
    let entries = WalkDir::new(folder).min_depth(1).max_depth(names::DEPTH).contents_first(true);
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy();
        let part = name.starts_with(PART.0) && name.ends_with(PART.1) || name == MANIFEST;
        let directory = naming == Naming::Media && name == directory::NAME;
        let part = entry.depth() == 1 && (part || directory);
        let copy = entry.path().strip_prefix(folder).is_ok_and(|path| naming.is_copy(path));
        if entry.file_type().is_dir() {
            // It may hold what is not ours.
            let _ = fs::remove_dir(entry.path());
        } else if part || copy {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

impl OutFolder {
    /// Begins a run, or once more one of the same `terms`: profile, key and version. What that left is removed, so that
    /// in the end nothing is there but what the manifest lists. While a run goes on, no other begins there.
    pub fn begin(path: &Path, terms: &str, naming: Naming) -> Result<Self, FolderError> {
        let made = !path.exists();
        fs::create_dir_all(path)?;
        is_fresh(path)?;
        let claim = Claim::take(&path.join(UNFINISHED))?.ok_or(FolderError::Busy)?;
        match claim.text()? {
            // Nothing was begun, or a run was killed before it said what it is.
            said if said.is_empty() => {
                if fs::read_dir(path)?.count() > 1 {
                    claim.give_up()?;
                    return Err(FolderError::NotEmpty);
                }
                let claim = claim.renewed()?.ok_or(FolderError::Busy)?;
                claim.say(terms)?;
                Ok(Self { path: path.to_owned(), made, claim })
            }
            said if said == terms => {
                clear(path, naming)?;
                Ok(Self { path: path.to_owned(), made, claim })
            }
            _ => Err(FolderError::OtherRun),
        }
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

    /// Writes the DICOMDIR of the copies.
    pub fn put_directory(&self, bytes: &[u8]) -> io::Result<()> {
        let part = self.aside("directory")?;
        part.file().write_all(bytes)?;
        self.keep(part, directory::NAME.as_ref())
    }

    /// Where a copy is.
    pub fn path_of(&self, name: &Path) -> PathBuf {
        self.path.join(name)
    }

    /// Ends the run: writes the manifest, and takes away what says that it is not ended.
    pub fn end(&self, manifest: &str) -> io::Result<()> {
        let part = self.aside("manifest")?;
        part.file().write_all(manifest.as_bytes())?;
        self.keep(part, MANIFEST.as_ref())?;
        self.claim.give_up()
    }

    /// Leaves the folder as it was before a run in which nothing was written.
    pub fn abandon(&self) {
        // Either may stay: a run of the same terms begins again there.
        let _ = self.claim.give_up();
        if self.made {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_inside_of_the_input_nor_around_it() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("in");
        fs::create_dir_all(input.join("sub")).unwrap();
        fs::write(input.join("file"), "x").unwrap();
        let check = |out: &Path, root: &Path| usable(out, None, &Roots::new([root.to_owned()]));
        assert!(matches!(check(&input.join("out/deep"), &input), Err(FolderError::InsideInput)));
        assert!(matches!(check(&input, &input), Err(FolderError::InsideInput)));
        assert!(matches!(check(folder.path(), &input), Err(FolderError::HoldsInput)));
        assert!(matches!(check(&input, &input.join("file")), Err(FolderError::HoldsInput)));
        assert!(matches!(check(&input.join("file"), &input.join("file")), Err(FolderError::NotAFolder)));
        assert!(check(&folder.path().join("out"), &input).is_ok());
        assert!(check(&folder.path().join("in-2"), &input).is_ok());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&input, folder.path().join("link")).unwrap();
            assert!(matches!(check(&folder.path().join("link/out"), &input), Err(FolderError::InsideInput)));
            std::os::unix::fs::symlink(folder.path().join("in-2"), folder.path().join("other")).unwrap();
            fs::create_dir(folder.path().join("in-2")).unwrap();
            let (out, key) = (folder.path().join("in-2"), folder.path().join("other/key"));
            let roots = Roots::new([input.clone()]);
            assert!(matches!(usable(&out, Some(&key), &roots), Err(FolderError::HoldsKey)));
        }
    }

    #[test]
    fn a_run_begins_again_only_on_the_same_terms() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let run = OutFolder::begin(&out, "a", Naming::Uids).unwrap();
        std::mem::forget(run.part(7).unwrap());
        fs::write(out.join(MANIFEST), "{}").unwrap();
        let copy = Path::new("2.25.1/2.25.2/2.25.3.dcm");
        run.keep(run.part(1).unwrap(), copy).unwrap();
        fs::write(out.join("2.25.1/mine"), "x").unwrap();
        assert!(
            matches!(OutFolder::begin(&out, "a", Naming::Uids), Err(FolderError::Busy)),
            "it still goes on"
        );
        drop(run);
        assert!(matches!(OutFolder::begin(&out, "b", Naming::Uids), Err(FolderError::OtherRun)));
        assert!(out.join(copy).exists());
        let run = OutFolder::begin(&out, "a", Naming::Uids).unwrap();
        let left = |folder: &Path| fs::read_dir(folder).unwrap().count();
        assert_eq!(
            (left(&out), left(&out.join("2.25.1"))),
            (2, 1),
            "what is not of a run stays, and no more"
        );
        drop(run.part(1).unwrap());
        run.keep(run.part(1).unwrap(), copy).unwrap();
        run.end("{}").unwrap();
        drop(run);
        assert!(matches!(OutFolder::begin(&out, "a", Naming::Uids), Err(FolderError::NotEmpty)));
        assert_eq!((left(&out), left(&out.join("2.25.1"))), (2, 2));
    }

    #[test]
    fn a_run_that_was_killed_before_it_said_what_it_is_can_begin_again() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(UNFINISHED), "").unwrap();
        drop(OutFolder::begin(folder.path(), "a", Naming::Uids).unwrap());
        assert_eq!(fs::read_to_string(folder.path().join(UNFINISHED)).unwrap(), "a");
        fs::write(folder.path().join(UNFINISHED), "").unwrap();
        fs::write(folder.path().join("mine"), "x").unwrap();
        assert!(matches!(OutFolder::begin(folder.path(), "a", Naming::Uids), Err(FolderError::NotEmpty)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_run_without_copies_leaves_things_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let new = folder.path().join("new");
        for (out, stays) in [(folder.path(), true), (&new, false)] {
            OutFolder::begin(out, "a", Naming::Uids).unwrap().abandon();
            assert_eq!(out.exists(), stays);
            assert!(!stays || fs::read_dir(out).unwrap().next().is_none());
        }
    }
}
