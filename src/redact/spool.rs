use crate::{dicom::Vr, library::Aside};
use std::{
    fs::File,
    io::{self, Read, Write},
};

/// A value that is too long for memory, in a file that goes when nobody needs it any more.
#[derive(Debug)]
pub struct Spool {
    /// Never kept.
    aside: Aside,
    vr: Vr,
    length: u32,
}

impl Spool {
    pub(super) fn new(aside: Aside) -> Self {
        Self { aside, vr: Vr::OB, length: 0 }
    }

    pub(super) fn file(&self) -> &File {
        self.aside.file()
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
        let mut file = File::open(self.aside.path())?.take(self.length.into());
        let copied = io::copy(&mut file, out)?;
        if copied == u64::from(self.length) { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

impl PartialEq for Spool {
    fn eq(&self, other: &Self) -> bool {
        self.aside.path() == other.aside.path()
    }
}

impl Eq for Spool {}
