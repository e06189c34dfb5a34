use super::{Atom, Atoms, Kinds};
use crate::{
    dicom::{Location, Tag, Vr},
    leak::{Place, Region},
};
use std::fmt;

/// A passage that no rule explains, without its text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Spot {
    pub place: Place,
    pub at: Location,
    pub vr: Option<Vr>,
    pub carrier: &'static str,
    /// What the file's own detectors have said of it already.
    pub explained: Kinds,
    pub atoms: Atoms,
    /// Where in the image, of text that was read there.
    pub region: Option<Region>,
}

impl Spot {
    pub fn tag(&self) -> Option<Tag> {
        self.at.0.last().map(|step| step.tag)
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        size_of::<Self>()
            + self.atoms.len() * size_of::<Atom>()
            + self.at.0.len() * size_of::<crate::dicom::Step>()
    }
}

impl fmt::Debug for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spot({} {} {})", self.place.name(), self.at, self.atoms.len())
    }
}
