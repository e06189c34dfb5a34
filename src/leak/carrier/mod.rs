//! Text out of what is not text: blobs, documents, image streams, preamble and trailer into passages.
//!
//! [`blob`] tells what bytes are and hands them to whoever reads them; [`written`] does the same with text. Both may
//! find one in the other, to a depth. [`gather`] takes in what is found, and bounds it.

mod blob;
mod csa;
pub mod document;
mod encoded;
mod gather;
mod inflate;
mod letters;
mod markup;
mod nested;
mod protocol;
mod runs;
mod stream;
mod wide;
mod written;

use super::{Passage, Place, Subject};
use crate::dicom::{Kind, Preamble, Row, RowId, Rows, Tag, Vr, value};
use gather::{Gather, Site};

const ICON: Tag = Tag(0x0088, 0x0200);
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
        element(&reading.rows, id, row, place, &mut gather);
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

fn element(rows: &Rows, id: RowId, row: &Row, place: Place, gather: &mut Gather<'_, '_>) {
    if row.length < 3 || !matches!(row.kind, Kind::Element | Kind::Fragment) {
        return;
    }
    // A fragment stands for the element that it is part of.
    let holder = if row.kind == Kind::Fragment { rows.parent(id).unwrap_or(id) } else { id };
    let bytes = rows.bytes(id);
    gather.site = Site { place, row: Some(holder), vr: rows.get(holder).map(|row| row.vr) };
    gather.charset = *rows.charset(id);
    match row.vr {
        vr if value::is_text(vr) => written::element(&rows.text(id), bytes, vr, gather),
        Vr::SQ | Vr::AT => {}
        _ => blob::look(bytes, "text in binary data", gather),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        demo,
        dicom::{Limits, Reader},
    };
    use std::path::Path;

    fn said(bytes: &[u8]) -> Vec<(String, &'static str, String)> {
        let reading = Reader::new(Limits::default()).read_bytes(bytes);
        let mut out = Vec::new();
        passages(&Subject { reading: &reading, name: Path::new("a.dcm") }, &mut out);
        let at = |passage: &Passage<'_>| match passage.row {
            Some(row) => reading.rows.location(row).to_string(),
            None => passage.place.name().to_owned(),
        };
        out.iter().map(|passage| (at(passage), passage.carrier, passage.text.to_string())).collect()
    }

    /// Disguises of the demo's answer key, what of each must be carried, and where it does not say.
    const DISGUISES: [(&str, &str); 15] = [
        ("UN text", "PAT: Erika Example"),
        ("UTF-16", "Erika Example"),
        ("base64", "patient: Erika Example"),
        ("XML", "patient name: Erika Example"),
        ("JSON", "subject email: erika@example.org"),
        ("CSA header", "Patient Name: Yamada^Tarou"),
        ("CSA protocol text", "t Patient Name: YAMADA_TAROU_19750505"),
        ("PDF stream, compressed", "Patient: Testcase, Tina|Signed: Jonathan Q. Sampleton"),
        ("PDF information", "Title: Letter about Tina Testcase"),
        ("CDA", "name: Tina Testcase|birth Time: 19910823|telecom: tel:+442079460321"),
        ("JPEG comment", "Max Mueller-Muster, born 2 Nov 1958"),
        ("preamble text", "Mueller-Muster_Max_19581102"),
        ("after the data set", "Erika Example, MRN EX-0012345"),
        ("trailing padding", "Muster, Max; born 02.11.1958"),
        ("meta group", "queued for YAMADA^TAROU"),
    ];

    #[test]
    fn the_demos_disguises_are_seen_through() {
        let folder = demo::compose().unwrap();
        for (disguise, texts) in DISGUISES {
            let mut seen = 0;
            for planted in folder.planted.iter().filter(|planted| planted.disguise == disguise) {
                if planted.at == "(0002,0016)" {
                    continue;
                }
                seen += 1;
                let file = folder.files.iter().find(|file| file.path == planted.file).unwrap();
                let said = said(&file.bytes);
                let found = texts.split('|').any(|text| {
                    said.iter().any(|(at, _, passage)| *at == planted.at && passage.contains(text))
                });
                assert!(found, "{disguise} at {} of {}: {said:#?}", planted.at, planted.file);
            }
            assert!(seen > 0, "{disguise} is in no answer key");
        }
    }
}
