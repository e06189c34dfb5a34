//! DICOM within DICOM: a file or a data set as the value of a private element or after the end of another.

use super::blob;
use super::gather::{Gather, Lines, is_measure};
use crate::dicom::{Kind, Limits, Reader, Status, Vr, dictionary, value};
use std::time::Duration;

const LIMITS: Limits = Limits {
    depth: 16,
    rows: 10_000,
    text_bytes: 64 << 10,
    blob_bytes: 256 << 10,
    head_bytes: 1 << 10,
    arena_bytes: 2 << 20,
    document_bytes: 256 << 10,
    header_bytes: 4 << 10,
    tail_bytes: 0,
    blob_tail_bytes: 0,
    trailer_bytes: 0,
    inflated_bytes: 4 << 20,
    time: Duration::from_secs(2),
};

/// Whether bytes may be a file or a data set: by prefix, or by a first element of group 0002 or 0008.
pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.get(128..132) == Some(b"DICM")
        || (bytes.len() >= 24 && matches!(bytes, [2 | 8, 0, _, 0..=0x30, ..] | [0, 2 | 8, 0..=0x30, _, ..]))
}

/// Says the text of its elements, with their names. Returns where it ends, or `None` if it is none.
pub(super) fn read(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    if !gather.spend(bytes.len()) {
        return None;
    }
    let reading = Reader::new(LIMITS).read_bytes(bytes);
    let sound = match reading.status {
        Status::Ok => true,
        Status::Partial => reading.rows.len() >= 3,
        _ => false,
    };
    if !sound {
        return None;
    }
    let mut lines = Lines::new("a data set within");
    for (id, row) in reading.rows.iter() {
        if row.kind != Kind::Element || matches!(row.vr, Vr::UI | Vr::CS | Vr::TM) {
            continue;
        }
        if value::is_text(row.vr) {
            let text = reading.rows.text(id);
            if !is_measure(&text) {
                lines.value(dictionary::keyword(row.tag).unwrap_or_default(), &text);
            }
        } else if matches!(row.vr, Vr::OB | Vr::UN) {
            let held = reading.rows.bytes(id);
            gather.deeper(held.len(), |gather| blob::look(held, "text in a data set within", gather));
        }
    }
    lines.say(gather);
    Some(reading.trailer.map_or(bytes.len(), |trailer| trailer.offset as usize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::encode::{DataSet, FileBuilder, Syntax};

    #[test]
    fn a_file_and_a_bare_data_set_are_read() {
        let set =
            DataSet::new().ui(0x0008_0016, "1.2.3").lo(0x0008_1030, "HEAD").pn(0x0010_0010, "Example^Erika");
        let whole = FileBuilder::new("1.2.3", Syntax::ExplicitLe).data(set.clone());
        let bare =
            |syntax| FileBuilder::new("1.2.3", syntax).no_meta().no_preamble().data(set.clone()).to_bytes();
        for bytes in [whole.to_bytes(), bare(Syntax::ExplicitLe), bare(Syntax::ImplicitLe)] {
            let mut out = Vec::new();
            blob::look(&bytes, "x", &mut Gather::new(&mut out));
            let said: String = out.iter().map(|passage| passage.text.as_ref()).collect();
            assert!(said.contains("Patient Name: Example^Erika"), "{said}");
        }
    }
}
