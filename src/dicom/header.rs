use super::{Coding, Tag, Vr, dictionary};

/// An element's or item's header as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub tag: Tag,
    pub vr: Vr,
    /// `u32::MAX` is "undefined".
    pub length: u32,
    /// Bytes of the header itself: 8 or 12.
    pub size: u8,
    /// Whether the VR was stated.
    pub explicit: bool,
}

pub(super) const ITEM: Tag = Tag(0xfffe, 0xe000);
pub(super) const ITEM_DELIMITER: Tag = Tag(0xfffe, 0xe00d);
pub(super) const SEQUENCE_DELIMITER: Tag = Tag(0xfffe, 0xe0dd);

/// The longest header.
pub(super) const LONGEST: usize = 12;

impl Header {
    /// The header at the beginning of `bytes` (PS3.5 section 7.1), or `None` when there is none: too few
    /// bytes, or no VR where one must be. An element without a VR in an explicit data set is taken as
    /// implicit when `bytes` allow it, since real files hold such.
    pub fn parse(bytes: &[u8], coding: Coding) -> Option<Self> {
        let tag = tag(bytes, coding)?;
        if tag.0 == 0xfffe || !coding.explicit {
            return Self::implicit(tag, bytes, coding);
        }
        let letters = [*bytes.get(4)?, *bytes.get(5)?];
        let Some(vr) = stated_vr(letters) else {
            let header = Self::implicit(tag, bytes, coding)?;
            let known = tag.0 % 2 == 1 || dictionary::vr(tag).is_some();
            // Two printable letters would make a length of half a gigabyte.
            return (known && header.length < 1 << 24).then_some(header);
        };
        if has_long_length(vr) {
            let length = coding.u32(bytes.get(8..12)?.try_into().ok()?);
            return Some(Self { tag, vr, length, size: 12, explicit: true });
        }
        let length = coding.u16(bytes.get(6..8)?.try_into().ok()?).into();
        Some(Self { tag, vr, length, size: 8, explicit: true })
    }

    fn implicit(tag: Tag, bytes: &[u8], coding: Coding) -> Option<Self> {
        let length = coding.u32(bytes.get(4..8)?.try_into().ok()?);
        let vr = dictionary::vr(tag).unwrap_or(Vr::UN);
        Some(Self { tag, vr, length, size: 8, explicit: false })
    }

    pub fn is_undefined(&self) -> bool {
        self.length == u32::MAX
    }
}

pub(super) fn tag(bytes: &[u8], coding: Coding) -> Option<Tag> {
    let group = coding.u16(bytes.get(..2)?.try_into().ok()?);
    let element = coding.u16(bytes.get(2..4)?.try_into().ok()?);
    Some(Tag(group, element))
}

/// The VR of two letters. Letters that no edition knows are a VR of the future, read as `UN` with a long
/// length, as PS3.5 section 6.2 asks.
fn stated_vr(letters: [u8; 2]) -> Option<Vr> {
    letters.iter().all(u8::is_ascii_uppercase).then(|| Vr::from_binary(letters).unwrap_or(Vr::UN))
}

/// Whether the two bytes are the letters of a VR that the standard knows.
pub(super) fn is_known_vr(letters: &[u8]) -> bool {
    matches!(letters, [a, b] if Vr::from_binary([*a, *b]).is_some())
}

/// VRs with two reserved bytes and a 32-bit length: PS3.5 table 7.1-1.
fn has_long_length(vr: Vr) -> bool {
    use Vr::*;
    matches!(vr, OB | OD | OF | OL | OV | OW | SQ | SV | UC | UN | UR | UT | UV)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_coding() {
        let name = Tag(0x0010, 0x0010);
        for (bytes, coding, vr, length, size) in [
            (&b"\x10\0\x10\0PN\x04\0AAAA"[..], Coding::EXPLICIT, Vr::PN, 4, 8),
            (b"\0\x10\0\x10PN\0\x04AAAA", Coding::EXPLICIT_BIG, Vr::PN, 4, 8),
            (b"\x10\0\x10\0\x04\0\0\0AAAA", Coding::IMPLICIT, Vr::PN, 4, 8),
            (b"\x10\0\x10\0UN\0\0\x04\0\0\0", Coding::EXPLICIT, Vr::UN, 4, 12),
            (b"\x10\0\x10\0ZZ\0\0\x04\0\0\0", Coding::EXPLICIT, Vr::UN, 4, 12),
            (b"\x10\0\x10\0\x04\0\0\0AAAA", Coding::EXPLICIT, Vr::PN, 4, 8),
        ] {
            let header = Header::parse(bytes, coding).unwrap();
            assert_eq!((header.tag, header.vr, header.length, header.size), (name, vr, length, size));
        }
    }

    #[test]
    fn no_header_in_noise() {
        assert_eq!(Header::parse(b"\x10\0\x10\0\0\0\0\xff", Coding::EXPLICIT), None);
        assert_eq!(Header::parse(b"\x08\0\x99\x99\x04\0\0\0", Coding::EXPLICIT), None);
        assert_eq!(Header::parse(b"\x10\0\x10", Coding::EXPLICIT), None);
    }
}
