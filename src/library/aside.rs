use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

/// Names that are tried for a file that is being written.
const MOST_TRIES: u32 = 100;

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Its owner alone.
    Owner,
    /// Whom the user's settings let.
    Usual,
}

/// Creates a file for writing; an error where there is anything of that name, a symbolic link too, so that nothing
/// that exists is written to.
pub fn create_new(path: &Path, access: Access) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(
        &mut options,
        if access == Access::Owner { 0o600 } else { 0o666 },
    );
    #[cfg(not(unix))]
    let _ = access;
    options.open(path)
}

/// Whether an open file is still the one of that name. Where files have no numbers: whether there is one.
///
/// # Errors
/// When the system does not say.
pub fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let named = match fs::metadata(path) {
        Ok(named) => named,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let own = file.metadata()?;
        Ok((own.dev(), own.ino()) == (named.dev(), named.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        Ok(named.is_file())
    }
}

/// A file that is being written under another name than it will have. It takes its name at once when it is complete,
/// and goes when it is dropped before.
#[derive(Debug)]
pub struct Aside {
    path: PathBuf,
    file: File,
    kept: bool,
}

impl Aside {
    /// At `path`, where nothing is yet.
    pub fn create(path: PathBuf, access: Access) -> io::Result<Self> {
        let file = create_new(&path, access)?;
        Ok(Self { path, file, kept: false })
    }

    /// In the folder of `name`, which it will have, hidden.
    pub fn beside(name: &Path, access: Access) -> io::Result<Self> {
        let mut number = 0;
        loop {
            let mut hidden = OsString::from(".");
            hidden.push(name.file_name().unwrap_or_default());
            hidden.push(format!(".{}-{number}.part", std::process::id()));
            match Self::create(name.with_file_name(hidden), access) {
                // Of another thread, or left by a process that was killed and had the same number.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < MOST_TRIES => {
                    number += 1;
                }
                done => return done,
            }
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn file(&self) -> &File {
        &self.file
    }

    /// Gives it its name, once its bytes are on the disk. Of what had the name before, all stays as it was or nothing.
    pub fn keep(mut self, name: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, name)?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_has_its_name_when_it_is_complete_or_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let (name, read) =
            (folder.path().join("name"), |path: &Path| fs::read_to_string(path).unwrap_or_default());
        fs::write(&name, "before").unwrap();
        let aside = Aside::beside(&name, Access::Owner).unwrap();
        aside.file().write_all(b"half").unwrap();
        let other = Aside::beside(&name, Access::Owner).unwrap();
        assert_ne!(aside.path(), other.path());
        drop((aside, other));
        assert_eq!((read(&name), fs::read_dir(folder.path()).unwrap().count()), ("before".to_owned(), 1));
        let aside = Aside::beside(&name, Access::Owner).unwrap();
        aside.file().write_all(b"after").unwrap();
        aside.keep(&name).unwrap();
        assert_eq!((read(&name), fs::read_dir(folder.path()).unwrap().count()), ("after".to_owned(), 1));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&name).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn nothing_that_exists_is_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let original = folder.path().join("original");
        fs::write(&original, "mine").unwrap();
        assert!(create_new(&original, Access::Usual).is_err());
        #[cfg(unix)]
        {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink(&original, &link).unwrap();
            assert!(Aside::create(link.clone(), Access::Usual).is_err());
            Aside::beside(&link, Access::Usual).unwrap().keep(&link).unwrap();
        }
        assert_eq!(fs::read_to_string(original).unwrap(), "mine");
    }
}
