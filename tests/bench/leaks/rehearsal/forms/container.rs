//! Around and inside the data set: certificates, what was changed, sequences that hide as UN, elements of no dictionary.
use crate::all::{
    garden::{at, tag},
    judging,
    plant::Spot,
};
use dcmleak::demo::encode::{Charset, DataSet, FileBuilder};

/// The file with that text at that place.
pub fn built(
    place: &str,
    text: &str,
    set: DataSet,
    file: impl Fn(DataSet) -> FileBuilder,
) -> (Vec<Spot>, FileBuilder) {
    let tail = |bytes: Vec<u8>, set: DataSet| {
        let padding = vec![0; bytes.len() % 2];
        (vec![Spot::Place("trailer")], file(set).trailer([bytes, padding].concat()))
    };
    match place {
        "trailer gzip" => tail(super::blob::gzip(text.as_bytes()), set),
        "trailer after zeros" => tail([vec![0; 512], text.as_bytes().to_vec()].concat(), set),
        "preamble late" => (
            vec![Spot::Place("preamble")],
            file(set).preamble([vec![0; 48], text.bytes().take(80).collect()].concat()),
        ),
        "certificate" => {
            let item = DataSet::new()
                .us(0x0400_0005, &[1])
                .cs(0x0400_0110, "X509_1993_SIG")
                .ob(0x0400_0115, certificate(text));
            let spot = format!("(FFFA,FFFA)[0].{}", at(0x0400_0115));
            (vec![Spot::At(spot)], file(set.seq(0xFFFA_FFFA, vec![item])))
        }
        _ if judging::forms::is_around(place) => judging::forms::built(place, text, set, file),
        // "path VR": any element, in items of sequences where the path has dots.
        _ => {
            let (path, vr) = place.split_once(' ').unwrap();
            let (extra, spot) = deep(path, vr, text);
            (vec![Spot::At(spot)], file(set.replace(extra).sorted()))
        }
    }
}

/// "MODALITY path VR": an element of graphics.
pub fn drawn<'a>(place: &'a str, text: &str) -> (&'a str, DataSet, String) {
    let (modality, element) = place.split_once(' ').unwrap();
    let (path, vr) = element.split_once(' ').unwrap();
    let (extra, spot) = deep(path, vr, text);
    (modality, extra, spot)
}

/// "UNSQ:tag:VR": a sequence that its writer knew nothing of, so that it is UN of undefined length, its items in
/// implicit little endian (PS3.5 6.2.2 note 2); "SQSQ:tag:VR": in an item in an item.
pub fn private(form: &str, element: u32, text: &str, charset: Charset) -> (DataSet, String) {
    let parts: Vec<&str> = form.split(':').collect();
    let [way, inner, vr] = parts[..] else { panic!("no form is called {form}") };
    if matches!(way, "SET3" | "FILE") {
        return judging::forms::private(form, element, text);
    }
    let inner_tag = tag(inner);
    let leaf = DataSet::new().text(inner_tag, &vr.as_bytes().try_into().unwrap(), text);
    if way == "SQSQ" {
        let set = DataSet::new().seq(element, vec![DataSet::new().seq(0x0040_A730, vec![leaf])]);
        return (set, format!("{}[0].(0040,A730)[0].{}", at(element), at(inner_tag)));
    }
    let mut value = charset.encode(text);
    value.resize(value.len().next_multiple_of(2), b' ');
    let mut bytes = b"\xfe\xff\0\xe0\xff\xff\xff\xff".to_vec();
    bytes.extend([((inner_tag >> 16) as u16).to_le_bytes(), (inner_tag as u16).to_le_bytes()].concat());
    bytes.extend((value.len() as u32).to_le_bytes());
    bytes.extend(value);
    bytes.extend(b"\xfe\xff\x0d\xe0\0\0\0\0\xfe\xff\xdd\xe0\0\0\0\0");
    (
        DataSet::new().declared(element, b"UN", 0xffff_ffff, bytes),
        format!("{}[0].{}", at(element), at(inner_tag)),
    )
}

/// The element at the end of a path of tags, and its location.
fn deep(path: &str, vr: &str, text: &str) -> (DataSet, String) {
    let tags: Vec<u32> = path.split('.').map(tag).collect();
    let (last, outer) = tags.split_last().unwrap();
    let leaf = DataSet::new().text(*last, &vr.as_bytes().try_into().unwrap(), text);
    let set = outer.iter().rev().fold(leaf, |inner, tag| DataSet::new().seq(*tag, vec![inner]));
    let spot: String = outer.iter().map(|tag| format!("{}[0].", at(*tag))).collect();
    (set, spot + &at(*last))
}

/// The part of an X.509 certificate that has the holder's common name (DER; the rest is left out).
fn certificate(name: &str) -> Vec<u8> {
    let wrap = |kind: u8, inner: Vec<u8>| {
        let length = inner.len();
        let head = if length < 128 { vec![kind, length as u8] } else { vec![kind, 0x81, length as u8] };
        [head, inner].concat()
    };
    let text = wrap(0x0c, name.as_bytes().to_vec());
    let pair = wrap(0x30, [b"\x06\x03\x55\x04\x03".to_vec(), text].concat());
    let subject = wrap(0x30, wrap(0x31, pair));
    let serial = b"\x02\x04\x13\x37\x20\x24".to_vec();
    wrap(0x30, wrap(0x30, [serial, subject].concat()))
}
