use super::super::Class;

/// What of a patient's identity is found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Name,
    GivenName,
    RelativeName,
    StaffName,
    PatientId,
    OtherId,
    Insurance,
    BirthDate,
    Phone,
    Address,
}

impl Kind {
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::GivenName,
        Self::RelativeName,
        Self::StaffName,
        Self::PatientId,
        Self::OtherId,
        Self::Insurance,
        Self::BirthDate,
        Self::Phone,
        Self::Address,
    ];

    /// The last part of its rules' names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::GivenName => "given_name",
            Self::RelativeName => "relative_name",
            Self::StaffName => "staff_name",
            Self::PatientId => "patient_id",
            Self::OtherId => "other_id",
            Self::Insurance => "insurance",
            Self::BirthDate => "birth_date",
            Self::Phone => "phone",
            Self::Address => "address",
        }
    }

    pub fn class(self) -> Class {
        match self {
            Self::Name | Self::GivenName => Class::Name,
            Self::RelativeName => Class::RelativeName,
            Self::StaffName => Class::StaffName,
            Self::PatientId => Class::PatientId,
            Self::OtherId => Class::OtherId,
            Self::Insurance => Class::Insurance,
            Self::BirthDate => Class::BirthDate,
            Self::Phone => Class::Phone,
            Self::Address => Class::Address,
        }
    }

    pub fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::GivenName | Self::RelativeName | Self::StaffName)
    }
}

/// A set of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Kinds(u16);

impl Kinds {
    pub fn insert(&mut self, kind: Kind) {
        self.0 |= 1 << kind as u16;
    }

    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn contains(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u16) != 0
    }
}

impl FromIterator<Kind> for Kinds {
    fn from_iter<T: IntoIterator<Item = Kind>>(kinds: T) -> Self {
        let mut set = Self::default();
        kinds.into_iter().for_each(|kind| set.insert(kind));
        set
    }
}
