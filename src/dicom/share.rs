//! What of a value is kept: its beginning, more of it where that is cut within an image's header, and its end.

use super::{
    Limits, Row, Rows, Tag, Vr,
    header::{Header, ITEM},
};

const DOCUMENT: Tag = Tag(0x0042, 0x0011);
/// Native pixel data whose size is computed; a file has one, and some for icons.
pub(super) const MOST_COMPUTED: u32 = 32;

/// Bytes of an icon's pixels that are kept whole: among so few, text can be told from chance.
pub(super) const ICON: u32 = 16 << 10;

/// Bytes of a value to keep at its beginning.
pub(super) fn head(header: &Header, limits: &Limits) -> u32 {
    match header.vr {
        _ if header.tag == ITEM => limits.head_bytes,
        _ if header.tag.0 == 0x7fe0 => 0,
        _ if header.tag == DOCUMENT => limits.document_bytes,
        Vr::US | Vr::SS | Vr::UL | Vr::SL | Vr::UV | Vr::SV | Vr::FL | Vr::FD | Vr::OF | Vr::OD => {
            limits.head_bytes
        }
        vr if is_binary(vr) || vr == Vr::SQ => limits.blob_bytes,
        _ => limits.text_bytes,
    }
}

/// Bytes to keep at the end of a value whose beginning alone is kept.
pub(super) fn tail(header: &Header, limits: &Limits) -> u32 {
    match header.vr {
        _ if header.tag == ITEM || header.tag.0 == 0x7fe0 => limits.tail_bytes,
        vr if is_binary(vr) => limits.blob_tail_bytes,
        Vr::UT | Vr::UC | Vr::LT | Vr::ST | Vr::LO => limits.blob_tail_bytes,
        _ => limits.tail_bytes,
    }
}

/// VRs whose value is bytes of no stated meaning.
pub(super) fn is_binary(vr: Vr) -> bool {
    matches!(vr, Vr::OB | Vr::OW | Vr::OL | Vr::OV | Vr::OF | Vr::OD | Vr::UN)
}

/// Where the header segments of a JPEG stream end (ITU-T T.81 annex B), as far as `bytes` tell: `Ok` behind the first
/// start of scan, `Err` with how many bytes it takes to see further. Other streams end at 0.
pub(super) fn jpeg_header(bytes: &[u8]) -> Result<usize, usize> {
    if !bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Ok(0);
    }
    let mut at = 2;
    loop {
        match bytes.get(at..at + 4) {
            Some(&[0xff, 0xda, ..]) => return Ok(at),
            Some(&[0xff, 0xff, ..]) => at += 1,
            Some(&[0xff, _, high, low]) => at += 2 + usize::from(u16::from_be_bytes([high, low])).max(2),
            Some(_) => return Ok(at),
            None => return Err(at + 4),
        }
    }
}

/// Bytes that the pixels of a native pixel data element take by what the elements beside it say (PS3.5 section 8.1.1);
/// `None` where they do not say. `first` is the first row beside it.
pub(super) fn pixel_bytes(rows: &Rows, first: usize, tag: Tag) -> Option<u64> {
    let (mut size, mut samples, mut frames, mut bits) = ([None; 2], 1, 1, None);
    let mut next = first;
    while let Some(row) = rows.get(next) {
        match row.tag {
            Tag(0x0028, 0x0010) => size[0] = number(rows, next, row),
            Tag(0x0028, 0x0011) => size[1] = number(rows, next, row),
            Tag(0x0028, 0x0002) => samples = number(rows, next, row)?,
            Tag(0x0028, 0x0100) => bits = number(rows, next, row),
            Tag(0x0028, 0x0008) => frames = number(rows, next, row)?,
            // Two samples for every pixel.
            Tag(0x0028, 0x0004) if rows.text(next).ends_with("_422") => samples = 2,
            _ => {}
        }
        next = rows.end(next);
    }
    let bits = match tag.1 {
        0x0008 => 32,
        0x0009 => 64,
        _ => bits?,
    };
    let pixels = size[0]?.checked_mul(size[1]?)?.checked_mul(samples)?.checked_mul(frames.max(1))?;
    Some(pixels.checked_mul(bits)?.div_ceil(8))
}

fn number(rows: &Rows, id: usize, row: &Row) -> Option<u64> {
    if row.vr == Vr::IS {
        return rows.text(id).trim().parse().ok();
    }
    let bytes = rows.bytes(id).get(..2)?.try_into().ok()?;
    Some(rows.value_coding().u16(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_of_a_jpeg_is_walked() {
        let header = [
            &[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xfe, 0, 6, 1, 2, 3, 4, 0xff, 0xda, 0, 8][..],
            &[0; 9],
        ]
        .concat();
        assert_eq!(jpeg_header(&header), Ok(16));
        assert_eq!(jpeg_header(&header[..12]), Err(20));
        assert_eq!(jpeg_header(b"\xff\x4f\xff\x51"), Ok(0));
    }
}
