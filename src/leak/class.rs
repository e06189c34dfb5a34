use std::fmt;

/// What kind of thing a value is, in machine output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Name,
    RelativeName,
    StaffName,
    PatientId,
    OtherId,
    BirthDate,
    Date,
    Age,
    Address,
    Location,
    Phone,
    Email,
    Web,
    Ip,
    Insurance,
    Account,
    Device,
    Uid,
    Institution,
    Physique,
    Demographic,
    Health,
    FreeText,
    Private,
    ImageText,
    Payload,
}

/// A part of the portrait that the values of a patient's files add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    Name,
    Identifier,
    Contact,
    Birth,
    Date,
    Demographic,
    Physique,
    Health,
    People,
    Place,
    Device,
    Uid,
    Text,
    Private,
    Image,
    Document,
    Container,
}

impl Class {
    pub const ALL: [Self; 26] = [
        Self::Name,
        Self::RelativeName,
        Self::StaffName,
        Self::PatientId,
        Self::OtherId,
        Self::BirthDate,
        Self::Date,
        Self::Age,
        Self::Address,
        Self::Location,
        Self::Phone,
        Self::Email,
        Self::Web,
        Self::Ip,
        Self::Insurance,
        Self::Account,
        Self::Device,
        Self::Uid,
        Self::Institution,
        Self::Physique,
        Self::Demographic,
        Self::Health,
        Self::FreeText,
        Self::Private,
        Self::ImageText,
        Self::Payload,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::RelativeName => "relative_name",
            Self::StaffName => "staff_name",
            Self::PatientId => "patient_id",
            Self::OtherId => "other_id",
            Self::BirthDate => "birth_date",
            Self::Date => "date",
            Self::Age => "age",
            Self::Address => "address",
            Self::Location => "location",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Web => "web",
            Self::Ip => "ip",
            Self::Insurance => "insurance",
            Self::Account => "account",
            Self::Device => "device",
            Self::Uid => "uid",
            Self::Institution => "institution",
            Self::Physique => "physique",
            Self::Demographic => "demographic",
            Self::Health => "health",
            Self::FreeText => "free_text",
            Self::Private => "private",
            Self::ImageText => "image_text",
            Self::Payload => "payload",
        }
    }

    /// Whether a value of this class names a person.
    pub fn is_person(self) -> bool {
        matches!(self, Self::Name | Self::RelativeName | Self::StaffName)
    }

    /// Whether a value of this class says where something is.
    pub fn is_place(self) -> bool {
        matches!(self, Self::Institution | Self::Address | Self::Location)
    }

    /// The facet that a value of this class belongs to, wherever it stands.
    pub fn facet(self) -> Facet {
        match self {
            Self::Name => Facet::Name,
            Self::RelativeName | Self::StaffName => Facet::People,
            Self::PatientId | Self::OtherId | Self::Insurance | Self::Account => Facet::Identifier,
            Self::BirthDate => Facet::Birth,
            Self::Date => Facet::Date,
            Self::Age | Self::Demographic => Facet::Demographic,
            Self::Address | Self::Phone | Self::Email | Self::Web => Facet::Contact,
            Self::Location | Self::Institution => Facet::Place,
            Self::Ip | Self::Device => Facet::Device,
            Self::Uid => Facet::Uid,
            Self::Physique => Facet::Physique,
            Self::Health => Facet::Health,
            Self::FreeText => Facet::Text,
            Self::Private => Facet::Private,
            Self::ImageText => Facet::Image,
            Self::Payload => Facet::Document,
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }
}

impl Facet {
    pub const ALL: [Self; 17] = [
        Self::Name,
        Self::Identifier,
        Self::Contact,
        Self::Birth,
        Self::Date,
        Self::Demographic,
        Self::Physique,
        Self::Health,
        Self::People,
        Self::Place,
        Self::Device,
        Self::Uid,
        Self::Text,
        Self::Private,
        Self::Image,
        Self::Document,
        Self::Container,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Identifier => "identifier",
            Self::Contact => "contact",
            Self::Birth => "birth",
            Self::Date => "date",
            Self::Demographic => "demographic",
            Self::Physique => "physique",
            Self::Health => "health",
            Self::People => "people",
            Self::Place => "place",
            Self::Device => "device",
            Self::Uid => "uid",
            Self::Text => "text",
            Self::Private => "private",
            Self::Image => "image",
            Self::Document => "document",
            Self::Container => "container",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
