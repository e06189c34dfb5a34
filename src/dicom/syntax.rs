use super::dictionary;

/// How element headers are written: PS3.5 section 7.1 and annex A.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coding {
    pub explicit: bool,
    pub big_endian: bool,
}

impl Coding {
    pub const IMPLICIT: Self = Self { explicit: false, big_endian: false };
    pub const EXPLICIT: Self = Self { explicit: true, big_endian: false };
    pub const EXPLICIT_BIG: Self = Self { explicit: true, big_endian: true };

    pub(crate) fn u16(self, bytes: [u8; 2]) -> u16 {
        if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }
    }

    pub(crate) fn u32(self, bytes: [u8; 4]) -> u32 {
        if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    }
}

/// The transfer syntax that a file states, and the coding in which it could in fact be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferSyntax {
    /// (0002,0010) as stated.
    pub uid: Option<String>,
    /// The coding used for the data set.
    pub coding: Coding,
    pub deflated: bool,
    /// Whether the coding was guessed from the bytes, since nothing or something wrong was stated.
    pub guessed: bool,
}

impl TransferSyntax {
    pub(crate) fn stated(uid: Option<&str>) -> Self {
        let (coding, deflated) = match uid {
            Some("1.2.840.10008.1.2") => (Coding::IMPLICIT, false),
            // The GE private syntax has big-endian pixels in a little-endian data set.
            Some("1.2.840.113619.5.2") => (Coding::IMPLICIT, false),
            Some("1.2.840.10008.1.2.2") => (Coding::EXPLICIT_BIG, false),
            // Deflated explicit, and the JPIP syntaxes whose data set is deflated.
            Some("1.2.840.10008.1.2.1.99" | "1.2.840.10008.1.2.4.95" | "1.2.840.10008.1.2.4.205") => {
                (Coding::EXPLICIT, true)
            }
            Some(_) => (Coding::EXPLICIT, false),
            None => (Coding::IMPLICIT, false),
        };
        Self { uid: uid.map(str::to_owned), coding, deflated, guessed: uid.is_none() }
    }

    /// The registered name, or the UID itself, or that nothing was stated.
    pub fn name(&self) -> &str {
        match &self.uid {
            Some(uid) => dictionary::uid_name(uid).unwrap_or(uid),
            None => "not stated",
        }
    }
}
