use std::path::{Path, PathBuf};

use super::error::DemoError;
use super::patients::{ORDINARY, Patient};
use super::planted::{Leak, Place, Planted};
use super::scenes::SCENES;

/// What a file of the demo is there to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Valid DICOM with planted leaks.
    Leaky,
    /// Well de-identified DICOM: nothing of medium severity or above is in it.
    Clean,
    /// DICOM that breaks a rule of the standard on purpose, with planted leaks; strict readers may refuse it.
    Odd,
    /// DICOM that ends early.
    Truncated,
    /// No DICOM at all.
    Foreign,
}

/// A file of the demo, in memory.
#[derive(Clone, Debug)]
pub struct DemoFile {
    /// Relative, with `/` between the parts.
    pub path: String,
    pub kind: Kind,
    pub bytes: Vec<u8>,
}

/// The whole demo, in memory: its files, and the answer key of what is hidden in them.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    pub files: Vec<DemoFile>,
    pub planted: Vec<Planted>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub root: PathBuf,
    pub files: usize,
    pub bytes: u64,
    pub planted: usize,
    pub clean: usize,
}

/// Makes the demo in memory: the same bytes at every call. About 100 files, under 25 MB.
pub fn compose() -> Result<Folder, DemoError> {
    let mut folder = Folder::default();
    for scene in SCENES {
        scene(&mut folder)?;
    }
    folder.files.sort_by(|a, b| a.path.cmp(&b.path));
    folder.planted.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(folder)
}

/// Writes the demo into `dir`, which is created, or has to be empty.
pub fn write(dir: &Path) -> Result<Summary, DemoError> {
    let failed = |path: &Path, source| DemoError::Write { path: path.to_owned(), source };
    std::fs::create_dir_all(dir).map_err(|e| failed(dir, e))?;
    if std::fs::read_dir(dir).map_err(|e| failed(dir, e))?.next().is_some() {
        return Err(DemoError::NotEmpty(dir.to_owned()));
    }
    let folder = compose()?;
    for file in &folder.files {
        let path = dir.join(&file.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|e| failed(parent, e))?;
        }
        std::fs::write(&path, &file.bytes).map_err(|e| failed(&path, e))?;
    }
    Ok(Summary {
        root: dir.to_owned(),
        files: folder.files.len(),
        bytes: folder.files.iter().map(|f| f.bytes.len() as u64).sum(),
        planted: folder.planted.len(),
        clean: folder.clean().count(),
    })
}

impl Folder {
    /// The paths of the well de-identified files.
    pub fn clean(&self) -> impl Iterator<Item = &str> {
        self.files.iter().filter(|f| f.kind == Kind::Clean).map(|f| f.path.as_str())
    }

    pub(super) fn add(&mut self, path: &str, kind: Kind, bytes: Vec<u8>) {
        self.files.push(DemoFile { path: path.to_owned(), kind, bytes });
    }

    /// A file with these leaks and no others.
    pub(super) fn hide(&mut self, path: &str, kind: Kind, bytes: Vec<u8>, leaks: Vec<Leak>) {
        self.add(path, kind, bytes);
        self.planted.extend(leaks.into_iter().map(|leak| Planted {
            file: path.to_owned(),
            place: leak.place,
            at: leak.at,
            class: leak.class,
            disguise: leak.disguise,
            needle: leak.needle,
        }));
    }

    /// The file is compressed as a whole: what its elements give away is not in its bytes as such.
    pub(super) fn forget_needles(&mut self, path: &str) {
        for leak in self.planted.iter_mut().filter(|l| l.file == path && l.place == Place::Dataset) {
            leak.needle.clear();
        }
    }

    /// A file whose data set has the patient's whole header: what that and the path give away is added.
    pub(super) fn patient_file(
        &mut self,
        path: &str,
        patient: &Patient,
        kind: Kind,
        bytes: Vec<u8>,
        mut leaks: Vec<Leak>,
    ) {
        for (tag, class) in ORDINARY {
            let at = format!("({:04X},{:04X})", tag >> 16, tag & 0xFFFF);
            leaks.push(Leak::tag(&at, class, "attribute", patient.bytes_of(tag)));
        }
        leaks.extend(in_path(path, patient));
        self.hide(path, kind, bytes, leaks);
    }
}

fn in_path(path: &str, patient: &Patient) -> Vec<Leak> {
    let family = patient.name.split(['^', '=']).next().unwrap_or_default();
    let parts = [(family, "name"), (patient.id, "patient_id"), (patient.birth_date, "birth_date")];
    let parts = parts.into_iter().filter(|(part, _)| path.contains(part));
    parts.map(|(part, class)| Leak::other(Place::Path, class, "file name", part)).collect()
}
