use super::found::{FileId, Folder, Found};
use crate::text::StableHash;
use std::{
    ffi::OsStr,
    io::{self, Read},
    path::{Component, Path, PathBuf},
    sync::Arc,
};

/// The longest path that a list may hold, in bytes; Linux takes 4096.
const LONGEST_PATH: usize = 32 << 10;

/// What to scan: in path order, none of them twice, none inside of another.
#[derive(Debug, Clone, Default)]
pub struct Roots(pub(super) Vec<Root>);

#[derive(Debug, Clone)]
pub(super) struct Root {
    pub path: PathBuf,
    /// From a list of paths: more of it is judged, since a list names files where an argument names a folder.
    pub listed: bool,
}

/// Why a list of paths could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    #[error("the list of files cannot be read: {}", .0.kind())]
    Io(#[from] io::Error),
    #[error("path {0} of the list is longer than {LONGEST_PATH} bytes")]
    TooLong(usize),
    #[error("path {0} of the list is no text that this system takes for a path")]
    NotAPath(usize),
}

impl Roots {
    /// Files and folders that the user named.
    pub fn new(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        Self(Vec::new()).and(paths.into_iter().map(|path| Root { path, listed: false }))
    }

    /// Adds the paths of a list, separated by NUL where it holds one, by line ends otherwise.
    pub fn and_listed(self, list: impl Read) -> Result<Self, ListError> {
        let paths = parse(list)?;
        Ok(self.and(paths.into_iter().map(|path| Root { path, listed: true })))
    }

    /// The files and folders themselves.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().map(|root| root.path.as_path())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The file at `path`, as a scan of these roots would have found it under that number; `None` outside of them.
    pub(super) fn locate(&self, id: FileId, path: &Path) -> Option<Found> {
        let root = self.0.iter().find(|root| path.starts_with(&root.path))?;
        let folder = if path == root.path {
            root.parent()
        } else {
            let folder = root.as_folder();
            Folder { path: path.parent()?.to_owned(), unnamed: folder.unnamed.clone(), ..folder }
        };
        Some(Found { id, folder: Arc::new(folder), name: path.file_name()?.to_owned(), refusal: None })
    }

    /// A name of what is scanned that outlives a run, and does not tell the paths.
    pub fn key(&self) -> u64 {
        let whole = |root: &Root| root.path.canonicalize().unwrap_or_else(|_| root.path.clone());
        let paths = self.0.iter().map(whole);
        paths
            .fold(StableHash::default(), |hash, path| hash.part(path.as_os_str().as_encoded_bytes()))
            .finish()
    }

    fn and(mut self, more: impl Iterator<Item = Root>) -> Self {
        self.0.extend(more.map(|root| Root { path: root.path.components().collect(), ..root }));
        self.0.sort_by(|a, b| significant(&a.path).cmp(significant(&b.path)));
        let mut kept: Vec<Root> = Vec::with_capacity(self.0.len());
        for root in self.0 {
            // In this order, what is inside of a root follows it at once, but for `..` between `.` and the rest.
            let here = kept.first().filter(|root| significant(&root.path).next().is_none());
            if !kept.last().into_iter().chain(here).any(|known| is_inside(&root.path, &known.path)) {
                kept.push(root);
            }
        }
        Self(kept)
    }
}

impl Root {
    /// The folder that it is.
    pub fn as_folder(&self) -> Folder {
        let count = self.path.components().count();
        if self.listed && self.path.is_relative() {
            return Folder { path: self.path.clone(), top: 0, unjudged: 0, unnamed: None };
        }
        let named = matches!(self.path.components().next_back(), Some(Component::Normal(_)));
        let unnamed = if named { None } else { own_name(&self.path) };
        Folder { path: self.path.clone(), top: count, unjudged: count - usize::from(named), unnamed }
    }

    /// The folder that it is in, as far as the user named it.
    pub fn parent(&self) -> Folder {
        let parent = self.path.parent().unwrap_or(Path::new(""));
        let count = parent.components().count();
        let (top, unjudged) = match (self.listed, self.path.is_relative()) {
            (true, true) => (0, 0),
            (true, false) => (count, count.saturating_sub(1)),
            (false, _) => (count, count),
        };
        Folder { path: parent.to_owned(), top, unjudged, unnamed: None }
    }
}

/// The name that a folder has, however it was named.
fn own_name(folder: &Path) -> Option<Arc<OsStr>> {
    folder.canonicalize().ok()?.file_name().map(Arc::from)
}

/// The components that tell paths apart: `./a` is `a`.
fn significant(path: &Path) -> impl Iterator<Item = Component<'_>> {
    path.components().filter(|component| *component != Component::CurDir)
}

/// Whether `path` is `folder` or, by its text, in it.
fn is_inside(path: &Path, folder: &Path) -> bool {
    let mut way = significant(path);
    let same = significant(folder).all(|component| way.next() == Some(component));
    same && path.is_absolute() == folder.is_absolute() && way.next() != Some(Component::ParentDir)
}

fn parse(mut list: impl Read) -> Result<Vec<PathBuf>, ListError> {
    let mut bytes = Vec::new();
    list.read_to_end(&mut bytes)?;
    let zero = bytes.contains(&0);
    let mut paths = Vec::new();
    for (at, line) in bytes.split(|&byte| byte == if zero { 0 } else { b'\n' }).enumerate() {
        let line = if zero { line } else { line.strip_suffix(b"\r").unwrap_or(line) };
        if line.len() > LONGEST_PATH {
            return Err(ListError::TooLong(at + 1));
        }
        if !line.is_empty() {
            paths.push(path(line).ok_or(ListError::NotAPath(at + 1))?);
        }
    }
    Ok(paths)
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Some(std::ffi::OsStr::from_bytes(bytes).into())
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> Option<PathBuf> {
    std::str::from_utf8(bytes).ok().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(roots: &Roots) -> Vec<&str> {
        roots.0.iter().map(|root| root.path.to_str().unwrap()).collect()
    }

    #[test]
    fn in_order_and_none_twice() {
        let roots = Roots::new(["b", "a.dcm", "a//x", "./a/", "a", "/a", "b/../c"].map(PathBuf::from));
        assert_eq!(paths(&roots), ["/a", "./a", "a.dcm", "b", "b/../c"]);
        assert_eq!(paths(&Roots::new(["a", ".", "..", "../b"].map(PathBuf::from))), [".", ".."]);
    }

    #[test]
    fn lists_by_line_or_by_zero() {
        let list = |text: &str| Roots::default().and_listed(text.as_bytes()).unwrap();
        assert_eq!(paths(&list("b\r\na/x\n\na/x\n")), ["a/x", "b"]);
        assert_eq!(paths(&list("b\nc\0a\0")), ["a", "b\nc"]);
        assert!(Roots::default().and_listed(&vec![b'a'; 1 << 20][..]).is_err());
    }

    #[test]
    fn what_is_judged_of_a_path() {
        let judged = |path: &str, listed| {
            let root = Root { path: path.into(), listed };
            let part = |folder: Folder| super::super::found::skip(&folder.path, folder.unjudged).to_owned();
            (part(root.as_folder()), part(root.parent()))
        };
        let expect = |folder: &str, parent: &str| (PathBuf::from(folder), PathBuf::from(parent));
        assert_eq!(judged("/data/share", false), expect("share", ""));
        assert_eq!(judged("data/share", false), expect("share", ""));
        assert_eq!(judged("..", false), expect("", ""));
        assert_eq!(judged("data/share/x", true), expect("data/share/x", "data/share"));
        assert_eq!(judged("/data/share/x", true), expect("x", "share"));
    }
}
