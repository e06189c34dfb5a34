use dcmleak::leak::{Class, Severity};

/// The categories of textual leaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    Text,
    Cross,
    Blob,
    Private,
    Structured,
    Document,
    Graphic,
    Stream,
    Container,
    Path,
    Uid,
    Claim,
}

impl Category {
    pub const ALL: [Self; 12] = [
        Self::Text,
        Self::Cross,
        Self::Blob,
        Self::Private,
        Self::Structured,
        Self::Document,
        Self::Graphic,
        Self::Stream,
        Self::Container,
        Self::Path,
        Self::Uid,
        Self::Claim,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text content",
            Self::Cross => "cross-reference",
            Self::Blob => "blobs",
            Self::Private => "private elements",
            Self::Structured => "structured reports",
            Self::Document => "documents",
            Self::Graphic => "graphics",
            Self::Stream => "image streams",
            Self::Container => "container",
            Self::Path => "path",
            Self::Uid => "UIDs",
            Self::Claim => "claims",
        }
    }

    /// The room whose detectors answer for it.
    pub fn owner(self) -> &'static str {
        match self {
            Self::Text => "content",
            Self::Cross => "cross",
            Self::Blob | Self::Document | Self::Stream => "carrier",
            _ => "core",
        }
    }
}

/// What kind of thing leaks; it says which classes a finding may have, and how severe it has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Name,
    Staff,
    Relative,
    Id,
    National,
    Birth,
    Date,
    Age,
    Phone,
    Email,
    Web,
    Ip,
    Address,
    Account,
    /// A value that only its being where it is makes suspect: text without any cue under a private tag, say.
    Suspect,
    /// A container that cannot be looked into.
    Opaque,
    /// Something in a packed container: it is found in there, or the container is named as one to beware of.
    Packed,
    /// A program, a picture or an archive where none belongs.
    Magic,
    /// An oddity of the container: anything that names it will do.
    Oddity,
    /// A date in a UID.
    UidDate,
    /// A device's number or the vendor's root in a UID.
    UidDevice,
    /// A claim that does not hold.
    Claim,
    Institution,
}

impl Kind {
    pub fn parse(name: &str) -> Self {
        match name {
            "name" => Self::Name,
            "staff" => Self::Staff,
            "relative" => Self::Relative,
            "id" => Self::Id,
            "national" => Self::National,
            "birth" => Self::Birth,
            "date" => Self::Date,
            "age" => Self::Age,
            "phone" => Self::Phone,
            "email" => Self::Email,
            "web" => Self::Web,
            "ip" => Self::Ip,
            "address" => Self::Address,
            "account" => Self::Account,
            "suspect" => Self::Suspect,
            "opaque" => Self::Opaque,
            "packed" => Self::Packed,
            "magic" => Self::Magic,
            "oddity" => Self::Oddity,
            "uiddate" => Self::UidDate,
            "uiddevice" => Self::UidDevice,
            "institution" => Self::Institution,
            other => panic!("no kind is called {other}"),
        }
    }

    /// The classes that a finding of it may have, each with the least severity.
    pub fn accepted(self) -> Vec<(Class, Severity)> {
        use Class::*;
        let at = |least: Severity, classes: &[Class]| {
            classes.iter().map(|class| (*class, least)).collect::<Vec<_>>()
        };
        let any = |least| at(least, &Class::ALL);
        match self {
            Self::Name | Self::Staff | Self::Relative => at(Severity::High, &[Name, RelativeName, StaffName]),
            Self::Id | Self::National | Self::Account => {
                at(Severity::High, &[PatientId, OtherId, Account, Insurance])
            }
            Self::Birth => at(Severity::High, &[BirthDate, Date]),
            Self::Date => at(Severity::Medium, &[Date, BirthDate]),
            Self::Age => at(Severity::Medium, &[Age, Demographic, BirthDate]),
            Self::Phone => at(Severity::High, &[Phone]),
            Self::Email => at(Severity::High, &[Email]),
            Self::Web => at(Severity::Low, &[Web]),
            Self::Ip => at(Severity::Low, &[Ip]),
            Self::Address => at(Severity::High, &[Address, Location]),
            Self::Institution => at(Severity::Medium, &[Institution, Location, Address]),
            Self::Suspect => any(Severity::Medium),
            Self::Opaque => at(Severity::High, &[Payload, Private, FreeText]),
            Self::Packed => any(Severity::High),
            Self::Magic => at(Severity::Medium, &[Payload, Private]),
            Self::Oddity => any(Severity::Info),
            Self::UidDate => [at(Severity::Low, &[Date, BirthDate]), any(Severity::Medium)].concat(),
            Self::UidDevice => at(Severity::Low, &Class::ALL),
            Self::Claim => any(Severity::Medium),
        }
    }

    /// Whether it identifies the patient directly.
    pub fn is_direct(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::Id
                | Self::National
                | Self::Birth
                | Self::Phone
                | Self::Email
                | Self::Address
                | Self::Account
        )
    }
}

/// Where a finding has to be to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// At this element, whatever the place is called.
    At(String),
    /// At the place of that name, outside of the elements.
    Place(&'static str),
}

/// A file of a plant.
#[derive(Debug, Clone)]
pub struct Planted {
    /// Relative to the plant's own folder, with `/`.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// One leak in one file, alone or among files of the same patient.
#[derive(Debug, Clone)]
pub struct Plant {
    pub name: String,
    pub category: Category,
    pub disguise: String,
    pub kind: Kind,
    /// The value, which nobody has.
    pub value: String,
    pub files: Vec<Planted>,
    /// Which of the files leaks.
    pub leaky: usize,
    pub spots: Vec<Spot>,
}
