use super::{
    Coding, Preamble,
    header::{Header, is_known_vr, tag},
    source::inflates,
};

/// Bytes that the recognition looks at.
pub(super) const LOOK: usize = 400;

/// Where a DICOM file's elements begin, from its first [`LOOK`] bytes, or `None` if it is not one.
///
/// A file is taken for DICOM by its prefix (PS3.10 section 7.1), or, where preamble or prefix are missing, by
/// a meta information or a data set that begins plausibly.
pub(super) fn recognise(bytes: &[u8]) -> Option<(Preamble, usize)> {
    if bytes.get(128..132) == Some(b"DICM") {
        return Some((preamble(bytes)?, 132));
    }
    if bytes.starts_with(b"DICM") && begins_plausibly(&bytes[4..]) {
        return Some((Preamble::Missing, 4));
    }
    if begins_plausibly(bytes) {
        return Some((Preamble::Missing, 0));
    }
    // A damaged prefix, a preamble of another length, a stray byte: elements that begin late.
    let start = (1..bytes.len()).find(|&start| begins_late(&bytes[start..]))?;
    Some((if start == 132 { preamble(bytes)? } else { Preamble::Missing }, start))
}

/// Whether elements begin here beyond doubt, where nothing says that they should.
fn begins_late(bytes: &[u8]) -> bool {
    bytes.get(4..6).is_some_and(is_known_vr)
        && [Coding::EXPLICIT, Coding::EXPLICIT_BIG].into_iter().any(|coding| runs(bytes, coding, 3))
}

fn preamble(bytes: &[u8]) -> Option<Preamble> {
    let bytes: [u8; 128] = bytes.get(..128)?.try_into().ok()?;
    Some(if bytes == [0; 128] { Preamble::Zero } else { Preamble::Bytes(Box::new(bytes)) })
}

/// Whether a file may begin so: two headers in ascending order, from the groups that files begin with.
fn begins_plausibly(bytes: &[u8]) -> bool {
    [Coding::EXPLICIT, Coding::IMPLICIT, Coding::EXPLICIT_BIG]
        .into_iter()
        .any(|coding| runs(bytes, coding, 2))
}

/// Whether `count` headers in ascending order follow each other at the beginning of `bytes`.
fn runs(mut bytes: &[u8], coding: Coding, count: usize) -> bool {
    let mut last = None;
    for at in 0..count {
        let Some(header) = Header::parse(bytes, coding) else { return false };
        let strict = header.explicit == coding.explicit;
        let group = matches!(header.tag.0, 0x0002 | 0x0004 | 0x0008) || (at > 0 && header.tag.0 <= 0x0040);
        let known = super::dictionary::keyword(header.tag).is_some() || header.tag.0 % 2 == 1;
        if !strict || !group || !known || last >= Some(header.tag) {
            return false;
        }
        last = Some(header.tag);
        let next = header.size as usize + header.length as usize;
        if header.is_undefined() || next >= bytes.len() {
            // The next header is out of sight: those before must do, and this one be short or a sequence.
            let seen = at > 0 || (header.explicit && count == 2);
            return seen && header.length < 1 << 20 || header.vr == super::Vr::SQ;
        }
        bytes = &bytes[next..];
    }
    true
}

/// The coding of a data set, from its first bytes; `None` where they fit none.
pub(super) fn sniff(bytes: &[u8]) -> Option<Coding> {
    let explicit = bytes.get(4..6).is_some_and(is_known_vr);
    let little = tag(bytes, Coding::IMPLICIT)?;
    let big = tag(bytes, Coding::EXPLICIT_BIG)?;
    match explicit {
        true if big.0 < little.0 && big.0 < 0x100 => Some(Coding::EXPLICIT_BIG),
        true => Some(Coding::EXPLICIT),
        false => {
            let length = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
            (little.0 < 0x100 && (length < 1 << 24 || length == u32::MAX)).then_some(Coding::IMPLICIT)
        }
    }
}

/// Whether `bytes` are a deflated data set.
pub(super) fn is_deflated(bytes: &[u8]) -> bool {
    inflates(bytes, 8).is_some_and(|plain| sniff(&plain).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_not_dicom() {
        for bytes in [
            &b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"[..],
            b"Patient list of the ward: nobody",
            b"",
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            b"PK\x03\x04\x14\0\x08\0\x08\0",
            &[0; 300],
            b"\x08\0",
        ] {
            assert_eq!(recognise(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn with_and_without_preamble() {
        let mut file = vec![0; 128];
        file.extend(b"DICM\x02\0\0\0UL\x04\0\0\0\0\0");
        assert_eq!(recognise(&file), Some((Preamble::Zero, 132)));
        assert_eq!(recognise(&file[132..]), Some((Preamble::Missing, 0)));
    }

    #[test]
    fn elements_that_begin_late() {
        let meta =
            b"\x02\0\x01\0OB\0\0\x02\0\0\0\0\x01\x02\0\x02\0UI\x04\x001.2\0\x02\0\x03\0UI\x04\x001.3\0";
        let late = |zeros: usize| [&vec![0; zeros][..], meta].concat();
        assert_eq!(recognise(&late(132)), Some((Preamble::Zero, 132)));
        for zeros in [1, 64, 127, 200] {
            assert_eq!(recognise(&late(zeros)), Some((Preamble::Missing, zeros)));
        }
        assert_eq!(recognise(&late(132)[..150]), None);
    }

    #[test]
    fn without_meta_information() {
        let implicit = b"\x08\0\x05\0\x0a\0\0\0ISO_IR 100\x08\0\x08\0\x02\0\0\0A ";
        assert_eq!(recognise(implicit), Some((Preamble::Missing, 0)));
        let big = b"\0\x08\0\x05CS\0\x0aISO_IR 100\0\x08\0\x08CS\0\x02A ";
        assert_eq!(recognise(big), Some((Preamble::Missing, 0)));
        assert_eq!(sniff(big), Some(Coding::EXPLICIT_BIG));
    }
}
