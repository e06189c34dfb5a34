use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// Where a report goes: stdout, or a file that is complete or not there.
#[derive(Debug)]
pub(super) enum Output {
    Stdout,
    /// Written aside, then renamed.
    File {
        path: PathBuf,
        private: bool,
    },
    /// A device or pipe, which cannot be replaced.
    Stream(PathBuf),
}

impl Output {
    /// Checks what can be checked before the work is done. A `private` file is readable by its owner alone.
    pub fn new(path: Option<&Path>, private: bool) -> io::Result<Self> {
        let Some(path) = path else { return Ok(Self::Stdout) };
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(metadata) if !metadata.is_file() => return Ok(Self::Stream(path.to_owned())),
            _ => {}
        }
        // Through a symbolic link to what it names.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !fs::metadata(parent)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        if path.file_name().is_none() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Ok(Self::File { path, private })
    }

    /// Lets `write` write all of it. A file takes its name when that is done, and not at all when it fails.
    pub fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        match self {
            Self::Stdout => through(io::stdout().lock(), write).map(drop),
            Self::Stream(path) => through(OpenOptions::new().write(true).open(path)?, write).map(drop),
            Self::File { path, private } => {
                let aside = Aside::create(path, *private)?;
                let file = through(aside.file.try_clone()?, write)?;
                file.sync_all()?;
                aside.rename(path)
            }
        }
    }
}

fn through<W: Write>(out: W, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<W> {
    let mut out = BufWriter::with_capacity(64 << 10, out);
    write(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)
}

/// A file beside the one to be; removed unless renamed.
struct Aside {
    path: PathBuf,
    file: File,
    renamed: bool,
}

impl Aside {
    fn create(path: &Path, private: bool) -> io::Result<Self> {
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        let path = path.with_file_name(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, if private { 0o600 } else { 0o666 });
        #[cfg(not(unix))]
        let _ = private;
        let file = options.open(&path)?;
        Ok(Self { path, file, renamed: false })
    }

    fn rename(mut self, to: &Path) -> io::Result<()> {
        fs::rename(&self.path, to)?;
        self.renamed = true;
        Ok(())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        if !self.renamed {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_complete_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report");
        fs::write(&path, "before").unwrap();
        let output = Output::new(Some(&path), true).unwrap();
        let failed = output.write(|out| {
            out.write_all(&[b'x'; 1 << 20])?;
            Err(io::ErrorKind::Other.into())
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        output.write(|out| out.write_all(b"after")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "after");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn what_cannot_be_written_is_known_before() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Output::new(Some(folder.path()), false).is_err());
        assert!(Output::new(Some(&folder.path().join("nowhere/report")), false).is_err());
    }
}
