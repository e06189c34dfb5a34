use super::fail;
use crate::{
    library::{Access, Aside, is_at},
    text::{Shown, system_error},
};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Lets `write` write to stdout; returns `status`, or 2 where that failed, which is said on stderr.
pub(super) fn print(status: ExitCode, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> ExitCode {
    printed(status, Output::Stdout.write(write))
}

/// `status`, or 2 where stdout took no more. A reader that went away has seen enough.
pub(super) fn printed(status: ExitCode, written: io::Result<()>) -> ExitCode {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => cannot_write(None, &error),
        _ => status,
    }
}

/// Says where nothing could be written; status 2.
pub(super) fn cannot_write(path: Option<&Path>, error: &io::Error) -> ExitCode {
    let path = path.map_or_else(|| Shown::new("stdout"), Shown::path);
    fail(format!("{path}: cannot be written: {}", system_error(error.kind())))
}

/// Says a line on stderr, as long as anybody reads that.
pub(super) fn say(line: impl std::fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "dcmleak: {line}");
}

/// Where a report goes: stdout, or a file that is complete or not there.
#[derive(Debug)]
pub(super) enum Output {
    Stdout,
    /// Written aside, then renamed.
    File {
        path: PathBuf,
        access: Access,
    },
    /// A device or pipe, which cannot be replaced.
    Stream(PathBuf),
}

impl Output {
    /// Checks what can be checked before the work is done.
    pub fn new(path: Option<&Path>, access: Access) -> io::Result<Self> {
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
        Ok(Self::File { path, access })
    }

    /// Lets `write` write all of it. A file takes its name when that is done, and not at all when it fails.
    pub fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        match self {
            Self::Stdout => through(io::stdout().lock(), write).map(drop),
            Self::Stream(path) => through(OpenOptions::new().write(true).open(path)?, write).map(drop),
            Self::File { path, access } => {
                let aside = Aside::beside(path, *access)?;
                through(aside.file(), write)?;
                aside.keep(path)
            }
        }
    }
}

/// Where lines follow a report.
pub(super) enum Appending<'o> {
    Stdout,
    Stream(File),
    File { path: &'o Path, access: Access, file: File },
}

impl Output {
    /// Takes lines after what was written.
    pub fn append(&self) -> io::Result<Appending<'_>> {
        Ok(match self {
            Self::Stdout => Appending::Stdout,
            Self::Stream(path) => Appending::Stream(OpenOptions::new().write(true).open(path)?),
            Self::File { path, access } => {
                Appending::File { path, access: *access, file: appended(path, *access)? }
            }
        })
    }
}

impl Appending<'_> {
    /// Writes whole lines at once. A file that was moved away, as logs are, is begun anew under its name.
    pub fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        match self {
            Self::Stdout => {
                let mut out = io::stdout().lock();
                out.write_all(lines)?;
                out.flush()
            }
            Self::Stream(file) => file.write_all(lines),
            Self::File { path, access, file } => {
                if !is_at(file, path).unwrap_or(false) {
                    *file = appended(path, *access)?;
                }
                file.write_all(lines)
            }
        }
    }
}

fn appended(path: &Path, access: Access) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    if access == Access::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    options.open(path)
}

fn through<W: Write>(out: W, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<W> {
    let mut out = BufWriter::with_capacity(64 << 10, out);
    write(&mut out)?;
    // Stdout keeps what follows the last end of a line.
    out.flush()?;
    out.into_inner().map_err(io::IntoInnerError::into_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_complete_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report");
        fs::write(&path, "before").unwrap();
        let output = Output::new(Some(&path), Access::Owner).unwrap();
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
        assert!(Output::new(Some(folder.path()), Access::Usual).is_err());
        assert!(Output::new(Some(&folder.path().join("nowhere/report")), Access::Usual).is_err());
    }
}
