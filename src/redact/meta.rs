//! The preamble and file meta information of a copy: ours, and nothing of the original's (PS3.10 section 7.1).

use super::{Action, Edit, Edits, Plan, encode, plan::Why, pseudonym::is_of_standard};
use crate::dicom::{Coding, Kind, Reading, Tag, TransferSyntax, Vr, value};

/// Names the program as the writer: a UUID of ours, PS3.7 annex D.3.3.2.
const IMPLEMENTATION: &str = "2.25.249187035571026983177018523690462173841";
const IMPLEMENTATION_NAME: &str = concat!("DCMLEAK_", env!("CARGO_PKG_VERSION"));
/// GE's private syntax: implicit little endian, with pixels in big endian.
const GE_PRIVATE: &str = "1.2.840.113619.5.2";
const SOP_INSTANCE: Tag = Tag(0x0008, 0x0018);

/// Preamble, prefix and meta information of the copy of `reading`. `instance` is its SOP Instance UID, `syntax` what
/// [`transfer_syntax`] said.
pub(super) fn header(reading: &Reading, instance: &str, syntax: &str) -> Vec<u8> {
    header_of(sop_class(reading).as_deref(), instance, syntax)
}

/// The same for a file of that SOP class.
pub(super) fn header_of(class: Option<&str>, instance: &str, syntax: &str) -> Vec<u8> {
    let mut meta = Vec::new();
    let mut put = |element, vr, value: &[u8]| {
        encode::element(&mut meta, Coding::EXPLICIT, Tag(0x0002, element), vr, value);
    };
    put(0x0001, Vr::OB, &[0, 1]);
    if let Some(class) = class {
        put(0x0002, Vr::UI, class.as_bytes());
    }
    put(0x0003, Vr::UI, instance.as_bytes());
    put(0x0010, Vr::UI, syntax.as_bytes());
    put(0x0012, Vr::UI, IMPLEMENTATION.as_bytes());
    put(0x0013, Vr::SH, IMPLEMENTATION_NAME.as_bytes());
    let mut out = vec![0; 128];
    out.extend(b"DICM");
    let length = u32::try_from(meta.len()).unwrap_or(0).to_le_bytes();
    encode::element(&mut out, Coding::EXPLICIT, Tag(0x0002, 0x0000), Vr::UL, &length);
    out.extend(meta);
    out
}

/// The SOP Instance UID that the edits leave the data set; `None` where it has none.
pub(super) fn instance(reading: &Reading, edits: &Edits) -> Option<String> {
    let row = reading.rows.find(SOP_INSTANCE)?;
    let uid = match edits.get(row) {
        Some(Edit::Value(uid)) => value::uid(uid),
        Some(_) => return None,
        None => reading.rows.text(row).trim().to_owned(),
    };
    is_uid(&uid).then_some(uid)
}

/// Gives the data set of a copy the SOP Instance UID that its meta information says it has, where it has none: it must
/// have one there too (PS3.3 section C.12.1).
pub(super) fn put_instance(reading: &Reading, uid: &str, plan: &mut Plan) {
    if !plan.by_profile || instance(reading, &plan.edits).is_some() {
        return;
    }
    let row = reading.rows.find(SOP_INSTANCE).filter(|&row| !plan.covers(reading, row));
    match row.and_then(|id| Some((id, reading.rows.get(id)?))) {
        Some((id, row)) if row.length == 0 => {
            let value = encode::padded(Vr::UI, uid.as_bytes().to_vec());
            plan.act(id, Action::Uid, Why::Table, Edit::Value(value));
        }
        // Whatever it is, it is kept.
        Some(_) => {}
        None => {
            let mut element = Vec::new();
            encode::element(&mut element, reading.syntax.coding, SOP_INSTANCE, Vr::UI, uid.as_bytes());
            plan.edits.insert(SOP_INSTANCE, element);
        }
    }
}

fn sop_class(reading: &Reading) -> Option<String> {
    let stated = [Tag(0x0008, 0x0016), Tag(0x0002, 0x0002)].map(|tag| reading.text(tag).trim().to_owned());
    stated.into_iter().find(|uid| is_uid(uid))
}

fn is_uid(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// The transfer syntax of the copy: the original's where it is known and true, else the one in which the data set
/// could be read. `None` for compressed pixels of which nobody says how. `decoded`: of a copy whose pixels are not
/// compressed any more.
pub(super) fn transfer_syntax(reading: &Reading, decoded: bool) -> Option<String> {
    let (coding, deflated) = (reading.syntax.coding, reading.syntax.deflated);
    if decoded {
        return (coding == Coding::EXPLICIT && !deflated).then(|| "1.2.840.10008.1.2.1".to_owned());
    }
    // Retired ones are in no dictionary.
    let stated = reading.syntax.uid.as_deref().filter(|uid| *uid == GE_PRIVATE || is_of_standard(uid));
    let true_to = |uid: &&str| {
        let syntax = TransferSyntax::stated(Some(uid));
        syntax.coding == coding && syntax.deflated == deflated
    };
    if let Some(uid) = stated.filter(true_to) {
        return Some(uid.to_owned());
    }
    let encapsulated = reading
        .pixel_data()
        .and_then(|id| reading.rows.get(id))
        .is_some_and(|row| row.kind == Kind::Encapsulated);
    if encapsulated {
        return stated.filter(|_| !deflated).map(str::to_owned);
    }
    let uid = match coding {
        _ if deflated => "1.2.840.10008.1.2.1.99",
        Coding::IMPLICIT => "1.2.840.10008.1.2",
        Coding::EXPLICIT_BIG => "1.2.840.10008.1.2.2",
        _ => "1.2.840.10008.1.2.1",
    };
    Some(uid.to_owned())
}
