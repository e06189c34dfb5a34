//! Text out of what is not text: blobs, documents, image streams, preamble and trailer into passages.
//!
//! [`blob`] tells what bytes are and hands them to whoever reads them; [`written`] does the same with text. Both may
//! find one in the other, to a depth. [`gather`] takes in what is found, and bounds it.

mod blob;
mod csa;
pub mod document;
mod encoded;
mod fields;
mod gather;
mod glyph;
mod inflate;
mod label;
mod letters;
mod markup;
mod nested;
mod protocol;
mod runs;
mod stream;
mod wide;
mod written;

use super::{Passage, Place, Subject};
use crate::dicom::{Kind, Preamble, Reading, Row, RowId, Rows, Tag, Vr, frame::Layout, value};
use gather::{Gather, Site};

const ICON: Tag = Tag(0x0088, 0x0200);
/// Half bits of evidence beyond the usual, for a run among compressed data.
const DOUBT: i32 = 20;
const DOCUMENT: Tag = Tag(0x0042, 0x0011);

/// Appends every piece of text that the file holds outside of its text elements. Takes time linear in the bytes
/// held, and no more memory than a few mebibytes beyond them.
pub fn passages<'a>(subject: &Subject<'a>, out: &mut Vec<Passage<'a>>) {
    let reading = subject.reading;
    let mut gather = Gather::new(out);
    if let Preamble::Bytes(bytes) = &reading.preamble {
        gather.site = Site { place: Place::Preamble, row: None, vr: None };
        blob::look(&bytes[..], "text in the preamble", &mut gather);
    }
    let mut icon_end = 0;
    for (id, row) in reading.rows.iter() {
        if row.tag == ICON {
            icon_end = reading.rows.end(id);
        }
        let place = if id < icon_end { Place::Icon } else { place(&reading.rows, id, row) };
        element(reading, id, row, place, &mut gather);
        if gather.is_full() {
            break;
        }
    }
    if let Some(trailer) = &reading.trailer {
        gather.site = Site { place: Place::Trailer, row: None, vr: None };
        blob::look(&trailer.bytes, "text after the data set", &mut gather);
    }
}

fn place(rows: &Rows, id: RowId, row: &Row) -> Place {
    match row.tag {
        _ if rows.is_meta(id) => Place::Meta,
        DOCUMENT => Place::Encapsulated,
        Tag(0x6000..=0x60ff, _) => Place::Overlay,
        _ => Place::DataSet,
    }
}

fn element(reading: &Reading, id: RowId, row: &Row, place: Place, gather: &mut Gather<'_, '_>) {
    let rows = &reading.rows;
    if row.length < 3 || !matches!(row.kind, Kind::Element | Kind::Fragment) {
        return;
    }
    // A fragment stands for the element that it is part of.
    let holder = if row.kind == Kind::Fragment { rows.parent(id).unwrap_or(id) } else { id };
    gather.site = Site { place, row: Some(holder), vr: rows.get(holder).map(|row| row.vr) };
    gather.charset = *rows.charset(id);
    let (head, tail) = (rows.bytes(id), rows.tail(id));
    match row.vr {
        _ if row.kind == Kind::Fragment => {
            blob::stream(head, gather);
            doubting(gather, |gather| after_image(tail, gather));
        }
        _ if row.tag.0 == 0x7fe0 => {
            blob::whole(head, "text in place of pixels", gather);
            if place == Place::Icon {
                blob::look(head, "text among pixels", gather);
            }
            doubting(gather, |gather| blob::look(tail, "text after the pixels", gather));
            blob::look(beyond_frames(reading, id, head), "text after the pixels", gather);
        }
        vr if value::is_text(vr) => {
            written::element(&rows.text(id), head, vr, gather);
            if !tail.is_empty() {
                written::say(&gather.charset.decode(tail), "the end of a long text", gather);
            }
        }
        Vr::SQ | Vr::AT => {}
        _ => {
            if matches!(row.vr, Vr::UN | Vr::OB) {
                written::short(head, "text in binary data", gather);
            }
            blob::look(head, "text in binary data", gather);
            blob::look(tail, "text in binary data", gather);
        }
    }
}

/// What of uncompressed pixel data no frame has room for.
fn beyond_frames<'r>(reading: &Reading, id: RowId, bytes: &'r [u8]) -> &'r [u8] {
    let length = Layout::at(reading, id).ok().map(|layout| layout.native_length());
    let length = length.and_then(|length| usize::try_from(length).ok());
    length.and_then(|length| bytes.get(length..)).unwrap_or_default()
}

/// Compressed data are like chance, and there are many of them.
fn doubting(gather: &mut Gather<'_, '_>, look: impl FnOnce(&mut Gather<'_, '_>)) {
    gather.doubt = DOUBT;
    look(gather);
    gather.doubt = 0;
}

/// What follows the last end of an image; all of `tail` where none is in it.
fn after_image(tail: &[u8], gather: &mut Gather<'_, '_>) {
    match tail.windows(2).rposition(|pair| pair == [0xff, 0xd9]) {
        Some(end) => blob::look(tail.get(end + 2..).unwrap_or_default(), "text after an image", gather),
        None => blob::ending(tail, "text after an image", gather),
    }
}

#[cfg(test)]
mod tests;
