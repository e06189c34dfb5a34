/// A transfer syntax: how elements are laid out, and the UID that says so (PS3.5 Annex A).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    ImplicitLe,
    ExplicitLe,
    ExplicitBe,
    /// Explicit little endian, deflated after the meta group.
    Deflated,
    Rle,
    JpegBaseline,
    /// Explicit little endian under any other UID.
    Other(&'static str),
}

impl Syntax {
    pub fn uid(self) -> &'static str {
        match self {
            Self::ImplicitLe => "1.2.840.10008.1.2",
            Self::ExplicitLe => "1.2.840.10008.1.2.1",
            Self::ExplicitBe => "1.2.840.10008.1.2.2",
            Self::Deflated => "1.2.840.10008.1.2.1.99",
            Self::Rle => "1.2.840.10008.1.2.5",
            Self::JpegBaseline => "1.2.840.10008.1.2.4.50",
            Self::Other(uid) => uid,
        }
    }

    pub(super) fn is_big_endian(self) -> bool {
        self == Self::ExplicitBe
    }

    pub(super) fn is_implicit(self) -> bool {
        self == Self::ImplicitLe
    }
}
