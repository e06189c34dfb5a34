use crate::{
    library::{Access, Acknowledged, Aside, Reviews, Roots, home},
    redact::{JournalError, MarkBook, read_marks},
    tui::state::{Keep, Session},
};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, Write},
    path::{Path, PathBuf},
};

/// What is kept of a folder between runs: reviews, what is let stand, and where one was. No value of a patient is in it;
/// only the user can read it. The folder for it is made when there is something to keep.
#[derive(Debug, Default)]
pub struct Notebook {
    /// `None` where nothing is kept.
    folder: Option<PathBuf>,
    /// Whether what is let stand could not be understood: then it is not written over.
    frozen: bool,
    /// The same of the marks.
    marks_frozen: bool,
}

/// What was kept.
#[derive(Debug, Default)]
pub struct Notes {
    pub reviews: Reviews,
    pub acknowledged: Acknowledged,
    pub marks: MarkBook,
    /// Where marks are kept.
    pub marks_at: Option<PathBuf>,
    pub session: Session,
    /// What could not be read, for people.
    pub trouble: Vec<String>,
}

const REVIEWS: &str = "reviews";
/// As `scan --acknowledged` reads it.
const ACKNOWLEDGED: &str = "acknowledged";
/// As `redact --marks` reads it.
const MARKS: &str = "marks";
const SESSION: &str = "session.toml";

impl Notebook {
    pub fn of(roots: &Roots) -> Self {
        Self::at(home::state().map(|state| state.join(format!("{:016x}", roots.key()))))
    }

    fn at(folder: Option<PathBuf>) -> Self {
        Self { folder, frozen: false, marks_frozen: false }
    }

    pub fn read(&mut self) -> Notes {
        let mut notes = Notes::default();
        let Some(folder) = &self.folder else { return notes };
        let mut said = |name: &str, why: String| {
            notes.trouble.push(format!("{} was not read: {why}", folder.join(name).to_string_lossy()));
        };
        match existing(&folder.join(REVIEWS))
            .and_then(|file| file.map_or(Ok(None), |file| reviews(file).map(Some)))
        {
            Ok(reviews) => notes.reviews = reviews.unwrap_or_default(),
            Err(error) => said(REVIEWS, error.kind().to_string()),
        }
        match existing(&folder.join(ACKNOWLEDGED)) {
            Ok(None) => {}
            Ok(Some(file)) => match Acknowledged::read(BufReader::new(file)) {
                Ok(acknowledged) => notes.acknowledged = acknowledged,
                Err(error) => {
                    self.frozen = true;
                    said(ACKNOWLEDGED, error.to_string());
                }
            },
            Err(error) => {
                self.frozen = true;
                said(ACKNOWLEDGED, error.kind().to_string());
            }
        }
        notes.marks_at = Some(folder.join(MARKS));
        let marks = existing(&folder.join(MARKS)).map_err(JournalError::from);
        match marks.and_then(|file| file.map(|file| read_marks(BufReader::new(file))).transpose()) {
            Ok(None) => {}
            Ok(Some((marks, cut))) => {
                notes.marks = marks;
                if cut > 0 {
                    said(MARKS, format!("{cut} markings were cut off; all before and after count"));
                }
            }
            Err(error) => {
                self.marks_frozen = true;
                said(MARKS, error.to_string());
            }
        }
        notes.session = Session::parse(&fs::read_to_string(folder.join(SESSION)).unwrap_or_default());
        notes
    }

    pub fn keep(&self, what: Keep) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        create(folder)?;
        match what {
            Keep::Reviews(lines) => append(&folder.join(REVIEWS), lines.as_bytes()),
            Keep::Marks(_) if self.marks_frozen => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the kept marks are not understood, and are left as they are",
            )),
            Keep::Marks(lines) => append(&folder.join(MARKS), lines.as_bytes()),
            Keep::Acknowledged(_) if self.frozen => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the kept list of acknowledged findings is not understood, and is left as it is",
            )),
            Keep::Acknowledged(acknowledged) => {
                let mut text = Vec::new();
                acknowledged.write(&mut text)?;
                replace(&folder.join(ACKNOWLEDGED), &text)
            }
        }
    }

    pub fn keep_session(&self, session: &Session) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        create(folder)?;
        replace(&folder.join(SESSION), session.text().as_bytes())
    }
}

fn existing(path: &Path) -> io::Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn reviews(file: File) -> io::Result<Reviews> {
    Reviews::read(BufReader::new(file))
}

fn create(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.create(true).append(true).open(path)?.write_all(bytes)
}

/// Puts the file there whole, or leaves the old one.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = Aside::beside(path, Access::Owner)?;
    aside.file().write_all(bytes)?;
    aside.keep(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        leak::FindingId,
        library::{FileKey, Review, ReviewState},
    };

    #[test]
    fn what_is_kept_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let at = || Notebook::at(Some(folder.path().join("state/here")));
        assert!(at().read().reviews.is_empty() && !folder.path().join("state").exists());
        let review = |state| Review { state, comment: "".into() };
        let lines = |state| Keep::Reviews(Reviews::line(FileKey(7), &review(state)));
        at().keep(lines(ReviewState::Seen)).unwrap();
        at().keep(lines(ReviewState::Done)).unwrap();
        let mut acknowledged = Acknowledged::default();
        acknowledged.insert(FindingId(3), "a phantom");
        at().keep(Keep::Acknowledged(acknowledged.clone())).unwrap();
        let notes = at().read();
        assert_eq!(notes.reviews.get(FileKey(7)), Some(&review(ReviewState::Done)));
        assert_eq!((notes.acknowledged, notes.trouble.len()), (acknowledged, 0));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |name: &str| {
                fs::metadata(folder.path().join("state/here").join(name)).unwrap().permissions().mode()
                    & 0o777
            };
            assert_eq!([mode(""), mode(REVIEWS), mode(ACKNOWLEDGED)], [0o700, 0o600, 0o600]);
        }
    }

    #[test]
    fn what_is_not_understood_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(ACKNOWLEDGED);
        fs::write(&path, "nonsense\n").unwrap();
        let mut notebook = Notebook::at(Some(folder.path().to_owned()));
        assert!(notebook.read().trouble[0].contains("line 1 is neither"));
        assert!(notebook.keep(Keep::Acknowledged(Acknowledged::default())).is_err());
        assert_eq!(fs::read_to_string(path).unwrap(), "nonsense\n");
    }
}
