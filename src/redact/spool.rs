use crate::dicom::Vr;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// A value that is too long for memory, in a file that goes when nobody needs it any more.
#[derive(Debug)]
pub struct Spool {
    path: PathBuf,
    file: File,
    vr: Vr,
    length: u32,
}

impl Spool {
    pub(super) fn create(path: PathBuf) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&path)?;
        Ok(Self { path, file, vr: Vr::OB, length: 0 })
    }

    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// Of so many bytes, an even number, that are a value of that VR.
    pub(super) fn ended(mut self, vr: Vr, length: u32) -> Self {
        (self.vr, self.length) = (vr, length);
        self
    }

    pub(super) fn vr(&self) -> Vr {
        self.vr
    }

    pub(super) fn length(&self) -> u32 {
        self.length
    }

    pub(super) fn copy(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut file = File::open(&self.path)?.take(self.length.into());
        let copied = io::copy(&mut file, out)?;
        if copied == u64::from(self.length) { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl PartialEq for Spool {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for Spool {}

impl Drop for Spool {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.path());
    }
}
