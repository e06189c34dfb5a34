//! The plain text of elements, for content and cross-reference.

use super::element::Element;
use crate::{
    dicom::{Kind, Row, Tag, Vr, value},
    leak::{Passage, Place, Subject},
};
use std::borrow::Cow;

/// Texts of one file at most. An image of many frames has tens of thousands.
const MOST_PASSAGES: usize = 200_000;

/// Appends the text of every element that holds any. Values that are what their VR promises, a date, a time, a
/// number, say nothing more than their attribute does, and are left out.
pub(super) fn passages<'a>(subject: &Subject<'a>, out: &mut Vec<Passage<'a>>) {
    let rows = &subject.reading.rows;
    for (id, row) in rows.iter() {
        if row.kind != Kind::Element
            || row.length == 0
            || !value::is_text(row.vr)
            || is_regular(row, rows.bytes(id))
        {
            continue;
        }
        let element = Element { rows, id, row };
        let text = element.text();
        if text.is_empty() {
            continue;
        }
        if out.len() >= MOST_PASSAGES {
            return;
        }
        if row.tag == TEXT_VALUE
            && text.len() <= MOST_NAMED
            && let Some(name) = concept(element)
        {
            // What an item is called announces what it says, as a label does.
            let text = Cow::Owned(format!("{}: {}", name.trim(), text.trim_start()));
            let place = Place::DataSet;
            out.push(Passage { place, row: Some(id), vr: Some(row.vr), carrier: "a content item", text });
        }
        let place = if rows.is_meta(id) { Place::Meta } else { Place::DataSet };
        out.push(Passage { place, row: Some(id), vr: Some(row.vr), carrier: "", text });
    }
}

/// Bytes of the longest text that its item's name is put in front of; a longer one tells by itself.
const MOST_NAMED: usize = 512;
/// Text of a content item, its concept's name, and the words of it: PS3.3 section C.17.3.
const TEXT_VALUE: Tag = Tag(0x0040, 0xa160);
const CONCEPT_NAME: Tag = Tag(0x0040, 0xa043);
const CODE_MEANING: Tag = Tag(0x0008, 0x0104);

/// The name of the content item that the element is the text of.
fn concept(element: Element<'_>) -> Option<Cow<'_, str>> {
    let name = element.sibling(CONCEPT_NAME)?.inside(CODE_MEANING)?.text();
    (!name.is_empty() && name.len() <= MOST_NAMED).then_some(name)
}

/// Whether a value is of the form that its VR promises: PS3.5 table 6.2-1.
fn is_regular(row: &Row, bytes: &[u8]) -> bool {
    let only = |more: &[u8]| bytes.iter().all(|byte| byte.is_ascii_digit() || more.contains(byte));
    match row.vr {
        Vr::DA => bytes.len() <= 20 && only(b" .-\\\0"),
        Vr::TM => bytes.len() <= 32 && only(b" .:-\\\0"),
        Vr::DT => bytes.len() <= 54 && only(b" .+-\\\0"),
        Vr::AS => bytes.len() <= 4,
        Vr::IS => only(b" +-\\\0"),
        Vr::DS => only(b" +-.eE\\\0"),
        Vr::UI => bytes.starts_with(b"1.2.840.10008.") || row.tag == SOP_CLASS,
        Vr::CS => bytes.len() <= 2,
        _ => bytes.len() <= 2,
    }
}

const SOP_CLASS: Tag = Tag(0x0008, 0x0016);
