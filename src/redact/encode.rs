//! Elements and items as bytes: PS3.5 section 7.

use crate::dicom::{Coding, Tag, Vr};

pub(super) const ITEM: Tag = Tag(0xfffe, 0xe000);
pub(super) const ITEM_END: Tag = Tag(0xfffe, 0xe00d);
pub(super) const SEQUENCE_END: Tag = Tag(0xfffe, 0xe0dd);
/// A length that a delimiter ends.
pub(super) const UNDEFINED: u32 = u32::MAX;

/// VRs with two reserved bytes and a 32-bit length: table 7.1-1.
pub(super) fn has_long_length(vr: Vr) -> bool {
    use Vr::*;
    matches!(vr, OB | OD | OF | OL | OV | OW | SQ | SV | UC | UN | UR | UT | UV)
}

/// Whether values of the VR are filled up with a blank, and not with a zero byte: table 6.2-1.
pub(super) fn is_padded_with_blank(vr: Vr) -> bool {
    use Vr::*;
    matches!(vr, AE | AS | CS | DA | DS | DT | IS | LO | LT | PN | SH | ST | TM | UC | UR | UT)
}

/// Appends the header of an element; `explicit` where it states its VR. An item has none to state.
pub(super) fn header(out: &mut Vec<u8>, coding: Coding, explicit: bool, tag: Tag, vr: Vr, length: u32) {
    out.extend(u16(coding, tag.0));
    out.extend(u16(coding, tag.1));
    if !explicit || tag.0 == 0xfffe {
        return out.extend(u32(coding, length));
    }
    out.extend(vr.to_bytes());
    if has_long_length(vr) {
        out.extend([0, 0]);
        out.extend(u32(coding, length));
    } else {
        // What we write under a short length is short.
        out.extend(u16(coding, u16::try_from(length).unwrap_or(u16::MAX - 1)));
    }
}

/// Appends an element with its value, filled up to even length.
pub(super) fn element(out: &mut Vec<u8>, coding: Coding, tag: Tag, vr: Vr, value: &[u8]) {
    let length = value.len().next_multiple_of(2);
    header(out, coding, coding.explicit, tag, vr, u32::try_from(length).unwrap_or(UNDEFINED - 1));
    out.extend_from_slice(value);
    if length > value.len() {
        out.push(if is_padded_with_blank(vr) { b' ' } else { 0 });
    }
}

/// Appends an item that holds `content`, encoded already.
pub(super) fn item(out: &mut Vec<u8>, coding: Coding, content: &[u8]) {
    let length = u32::try_from(content.len()).unwrap_or(UNDEFINED - 1);
    header(out, coding, false, ITEM, Vr::UN, length);
    out.extend_from_slice(content);
}

/// A value filled up to even length.
pub(super) fn padded(vr: Vr, mut value: Vec<u8>) -> Vec<u8> {
    if value.len() % 2 == 1 {
        value.push(if is_padded_with_blank(vr) { b' ' } else { 0 });
    }
    value
}

pub(super) fn u16(coding: Coding, value: u16) -> [u8; 2] {
    if coding.big_endian { value.to_be_bytes() } else { value.to_le_bytes() }
}

pub(super) fn u32(coding: Coding, value: u32) -> [u8; 4] {
    if coding.big_endian { value.to_be_bytes() } else { value.to_le_bytes() }
}
