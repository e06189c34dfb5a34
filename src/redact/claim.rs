//! One run at a time in an output folder.

use crate::library::{Access, create_new, is_at};
use std::{
    fs::{self, File, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

/// Bytes of what a claim says; ours are shorter.
const MOST_SAID: u64 = 64 << 10;

/// A file that says what goes on in its folder, held by one process alone. The system's lock on it goes with the
/// process, however that ends; the file and what it says stay.
#[derive(Debug)]
pub(super) struct Claim {
    path: PathBuf,
    file: File,
    /// Whether it was not there before. What was is never written to.
    made: bool,
}

impl Claim {
    /// `None` where another process holds it. A file system that gives no locks keeps nobody away.
    pub fn take(path: &Path) -> io::Result<Option<Self>> {
        loop {
            let (file, made) = match create_new(path, Access::Usual) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match opened(path)? {
                    Some(file) => (file, false),
                    None => continue,
                },
                file => (file?, true),
            };
            if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
                return Ok(None);
            }
            // Whoever held it may have taken it away since it was opened: then this is a file without a name.
            if is_at(&file, path)? {
                return Ok(Some(Self { path: path.to_owned(), file, made }));
            }
        }
    }

    /// One that says nothing yet; where it is not new, another takes its place.
    pub fn renewed(self) -> io::Result<Option<Self>> {
        if self.made {
            return Ok(Some(self));
        }
        self.give_up()?;
        Self::take(&self.path)
    }

    /// What it says; empty where nobody said anything yet.
    pub fn text(&self) -> io::Result<String> {
        let (mut file, mut bytes) = (&self.file, Vec::new());
        file.rewind()?;
        file.take(MOST_SAID).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Says it in a new claim, and has it on the disk.
    pub fn say(&self, text: &str) -> io::Result<()> {
        let mut file = &self.file;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    /// Takes the file away; the lock is kept until the claim is dropped.
    pub fn give_up(&self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}

/// The file, to be read; `None` where it has gone. A link would be followed elsewhere, where no run is.
fn opened(path: &Path) -> io::Result<Option<File>> {
    let gone = |error: io::Error| if error.kind() == io::ErrorKind::NotFound { Ok(None) } else { Err(error) };
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => Err(io::ErrorKind::AlreadyExists.into()),
        Ok(_) => File::open(path).map(Some).or_else(gone),
        Err(error) => gone(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_alone_holds_it_and_it_is_free_when_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claim");
        let first = Claim::take(&path).unwrap().unwrap();
        assert_eq!(first.text().unwrap(), "");
        first.say("mine").unwrap();
        assert!(Claim::take(&path).unwrap().is_none());
        drop(first);
        let second = Claim::take(&path).unwrap().unwrap();
        assert_eq!(second.text().unwrap(), "mine");
        second.give_up().unwrap();
        assert!(!is_at(&second.file, &path).unwrap(), "a file without a name is no claim");
        assert_eq!(Claim::take(&path).unwrap().unwrap().text().unwrap(), "", "another file of that name");
        assert!(!is_at(&second.file, &path).unwrap());
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_no_claim() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(folder.path().join("elsewhere"), folder.path().join("claim")).unwrap();
        assert!(Claim::take(&folder.path().join("claim")).is_err());
    }
}
