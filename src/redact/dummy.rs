//! Values that say nothing and are valid for their VR: PS3.5 table 6.2-1.

use super::encode;
use crate::dicom::{Coding, Kind, RowId, Rows, Tag, Vr, dictionary};

/// Bytes that a dummy takes of a long binary value's length; the longer become two zero bytes.
const MOST_ZEROS: u32 = 1 << 16;
const CONTENT: Tag = Tag(0x0040, 0xa730);
const DOCUMENT: Tag = Tag(0x0042, 0x0011);
const MIME_TYPE: Tag = Tag(0x0042, 0x0012);
const GRAPHIC_ANNOTATION: Tag = Tag(0x0070, 0x0001);
pub(super) const NAME: &[u8] = b"ANONYMOUS";
pub(super) const TEXT: &[u8] = b"REMOVED";

/// A document of one page that says that it was removed.
const PDF: &[u8] = include_bytes!("../../assets/removed.pdf");

/// The dummy of an element that is no sequence, of even length.
pub(super) fn value(rows: &Rows, id: RowId) -> Vec<u8> {
    let Some(row) = rows.get(id) else { return Vec::new() };
    if row.tag == DOCUMENT {
        return encode::padded(Vr::OB, document(rows, rows.parent(id)).to_vec());
    }
    of_vr(effective_vr(row.tag, row.vr), row.length)
}

/// The VR that a value is to be read by: the dictionary's where the file lost it.
pub(super) fn effective_vr(tag: Tag, vr: Vr) -> Vr {
    if vr == Vr::UN { dictionary::vr(tag).unwrap_or(Vr::UN) } else { vr }
}

/// The dummy of a VR, in place of a value of that length.
pub(super) fn of_vr(vr: Vr, length: u32) -> Vec<u8> {
    let text: &[u8] = match vr {
        Vr::PN => NAME,
        Vr::LO | Vr::SH | Vr::ST | Vr::LT | Vr::UT | Vr::UC | Vr::CS | Vr::AE => TEXT,
        Vr::AS => b"000Y",
        Vr::DA => b"19000101",
        Vr::DT => b"19000101000000",
        Vr::TM => b"000000",
        Vr::DS | Vr::IS => b"0",
        Vr::UR => b"about:blank",
        Vr::UI => b"2.25.0",
        _ => {
            let zeros = if length <= MOST_ZEROS { length.next_multiple_of(2) } else { 2 };
            return vec![0; zeros as usize];
        }
    };
    encode::padded(vr, text.to_vec())
}

fn document(rows: &Rows, parent: Option<RowId>) -> &'static [u8] {
    let kind = rows.find_in(parent, MIME_TYPE).map(|id| rows.text(id).trim().to_ascii_lowercase());
    match kind.as_deref() {
        Some("application/pdf") => PDF,
        Some("text/xml" | "application/xml") => b"<removed/>",
        _ => b"\0\0",
    }
}

/// One item in place of all that a sequence holds, encoded. `coding` is that of the items.
pub(super) fn items(rows: &Rows, id: RowId, coding: Coding) -> Vec<u8> {
    let Some(row) = rows.get(id) else { return Vec::new() };
    let mut content = Vec::new();
    match row.tag {
        CONTENT => content_item(&mut content, coding),
        GRAPHIC_ANNOTATION => annotation(&mut content, coding),
        tag if dictionary::keyword(tag).is_some_and(|keyword| keyword.ends_with("CodeSequence")) => {
            code(&mut content, coding, ["REMOVED", "99DCMLEAK", "Removed"]);
        }
        _ => like_first_item(&mut content, rows, id, coding),
    }
    let mut out = Vec::new();
    encode::item(&mut out, coding, &content);
    out
}

fn content_item(out: &mut Vec<u8>, coding: Coding) {
    encode::element(out, coding, Tag(0x0040, 0xa010), Vr::CS, b"CONTAINS");
    encode::element(out, coding, Tag(0x0040, 0xa040), Vr::CS, b"TEXT");
    let (mut name, mut concept) = (Vec::new(), Vec::new());
    code(&mut name, coding, ["121106", "DCM", "Comment"]);
    encode::item(&mut concept, coding, &name);
    encode::element(out, coding, Tag(0x0040, 0xa043), Vr::SQ, &concept);
    encode::element(out, coding, Tag(0x0040, 0xa160), Vr::UT, TEXT);
}

fn annotation(out: &mut Vec<u8>, coding: Coding) {
    encode::element(out, coding, Tag(0x0070, 0x0002), Vr::CS, TEXT);
    let (mut text, mut item) = (Vec::new(), Vec::new());
    encode::element(&mut text, coding, Tag(0x0070, 0x0003), Vr::CS, b"PIXEL");
    encode::element(&mut text, coding, Tag(0x0070, 0x0006), Vr::ST, TEXT);
    let one = encode::u32(coding, 1f32.to_bits()).repeat(2);
    encode::element(&mut text, coding, Tag(0x0070, 0x0010), Vr::FL, &one);
    encode::element(&mut text, coding, Tag(0x0070, 0x0011), Vr::FL, &one);
    encode::element(&mut text, coding, Tag(0x0070, 0x0012), Vr::CS, b"LEFT");
    encode::item(&mut item, coding, &text);
    encode::element(out, coding, Tag(0x0070, 0x0008), Vr::SQ, &item);
}

/// Appends code value, scheme and meaning.
pub(super) fn code(out: &mut Vec<u8>, coding: Coding, [value, scheme, meaning]: [&str; 3]) {
    encode::element(out, coding, Tag(0x0008, 0x0100), Vr::SH, value.as_bytes());
    encode::element(out, coding, Tag(0x0008, 0x0102), Vr::SH, scheme.as_bytes());
    encode::element(out, coding, Tag(0x0008, 0x0104), Vr::LO, meaning.as_bytes());
}

/// The elements of the first item with dummies for values; sequences empty, private elements left out.
fn like_first_item(out: &mut Vec<u8>, rows: &Rows, id: RowId, coding: Coding) {
    let Some((item, _)) = rows.children(Some(id)).next() else { return };
    let mut last = Tag(0, 0);
    for (id, row) in rows.children(Some(item)) {
        // Group lengths and what stands twice or out of order are no part of what an item must have.
        if row.is_private() || row.tag.1 == 0 || row.tag <= last || dictionary::keyword(row.tag).is_none() {
            continue;
        }
        last = row.tag;
        let vr = effective_vr(row.tag, row.vr);
        let value = match row.kind {
            Kind::Element if row.length > 0 && vr != Vr::SQ => value(rows, id),
            _ => Vec::new(),
        };
        encode::element(out, coding, row.tag, vr, &value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leak::{Class, is_placeholder};

    #[test]
    fn dummies_are_valid_and_known_as_such() {
        for (vr, class) in [
            (Vr::PN, Class::Name),
            (Vr::LO, Class::Institution),
            (Vr::DA, Class::Date),
            (Vr::DT, Class::BirthDate),
            (Vr::TM, Class::Date),
            (Vr::AS, Class::Age),
            (Vr::AE, Class::Device),
            (Vr::UI, Class::Uid),
        ] {
            let value = of_vr(vr, 40);
            let text = String::from_utf8(value.clone()).unwrap();
            assert!(is_placeholder(text.trim_end_matches([' ', '\0']), class), "{text}");
            assert!(value.len().is_multiple_of(2) && value.len() <= 16);
        }
        assert_eq!(of_vr(Vr::FD, 8), [0; 8]);
        assert_eq!(of_vr(Vr::OB, u32::MAX), [0; 2]);
    }
}
