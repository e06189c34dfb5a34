//! Around the data set, and in private elements that are data sets themselves.
use super::file;
use crate::all::{
    garden::{at, tag},
    plant::Spot,
    wrap,
};
use dcmleak::demo::encode::{Charset, DataSet, FileBuilder, Syntax};

/// Whether a place is one of this part's.
pub fn is_around(place: &str) -> bool {
    place.starts_with("tail ")
        || place.starts_with("head ")
        || place.starts_with("meta ")
        || place.starts_with("late ")
}

/// The file with that text at that place.
pub fn built(
    place: &str,
    text: &str,
    set: DataSet,
    file: impl Fn(DataSet) -> FileBuilder,
) -> (Vec<Spot>, FileBuilder) {
    let tail = |mut bytes: Vec<u8>| {
        bytes.resize(bytes.len().next_multiple_of(2), 0);
        (vec![Spot::Place("trailer")], file(set.clone()).trailer(bytes))
    };
    let head = |bytes: Vec<u8>| {
        let bytes: Vec<u8> = bytes.into_iter().take(128).collect();
        (vec![Spot::Place("preamble")], file(set.clone()).preamble(bytes))
    };
    let meta = |element: u32, extra: DataSet| (vec![Spot::At(at(element))], file(set.clone()).meta(extra));
    match place {
        "tail plain" => tail(text.as_bytes().to_vec()),
        "tail utf16be" => tail([b"\xfe\xff".to_vec(), wrap::utf16(text, true)].concat()),
        "tail noise" => tail([vec![0x9c; 300], text.as_bytes().to_vec(), vec![0x9c; 33]].concat()),
        "tail base64 pem" => {
            tail(super::blob("base64 pem", text, Charset::Utf8, &mut crate::all::rng::Rng::new(7)))
        }
        "tail set" => {
            let more = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe)
                .data(DataSet::new().charset(Charset::Utf8).lo(0x0008_0070, "MOCK").lt(0x0010_4000, text));
            tail(more.to_bytes())
        }
        "head json" => head(format!("{{\"v\":1,{text}}}").into_bytes()),
        "head end" => head([vec![0; 128 - text.len().min(100)], text.bytes().take(100).collect()].concat()),
        "head utf16be" => head(wrap::utf16(text, true)),
        "head base64" => head(wrap::base64(text.as_bytes(), false).into_bytes()),
        "head gif" => head(b"GIF89a\x10\0\x10\0\x80\0\0".to_vec()),
        "head rar" => head(b"Rar!\x1a\x07\x01\0\x33\x92\xb5\xe5".to_vec()),
        "head java" => head(b"\xca\xfe\xba\xbe\0\0\0\x34\0\x1d\x0a\0\x06".to_vec()),
        "head 7z" => head(b"7z\xbc\xaf\x27\x1c\0\x04\x8d\x9b".to_vec()),
        "meta information" => {
            let bytes = wrap::utf16(text, false);
            meta(0x0002_0102, DataSet::new().ui(0x0002_0100, "2.999.12").ob(0x0002_0102, bytes))
        }
        "meta unknown" => meta(0x0002_0099, DataSet::new().lo(0x0002_0099, text)),
        // Behind the pixels: a whole group that ought to come first.
        "late text" => (vec![Spot::At(at(0x0010_4000))], file(set.clone().lt(0x0010_4000, text))),
        "late private" => {
            let extra = set.clone().lo(0x0009_0010, "MOCKWARE LATE").lo(0x0009_1001, text);
            (vec![Spot::At(at(0x0009_1001))], file(extra))
        }
        "late padding" => {
            let bytes = [vec![0; 64], text.as_bytes().to_vec(), vec![0; 64]].concat();
            (vec![Spot::At(at(0xFFFC_FFFC))], file(set.clone().ob(0xFFFC_FFFC, bytes)))
        }
        _ => match place.split_once(' ').and_then(|(_, form)| file::file(form, text)) {
            Some(bytes) => tail(bytes),
            None => panic!("no place is called {place}"),
        },
    }
}

/// "SET3:tag:VR": three items deep, in the second item each time; "FILE:tag:VR": OB that is a data set of explicit
/// little endian.
pub fn private(form: &str, element: u32, text: &str) -> (DataSet, String) {
    let parts: Vec<&str> = form.split(':').collect();
    let [way, inner, vr] = parts[..] else { panic!("no form is called {form}") };
    let inner_tag = tag(inner);
    let leaf = DataSet::new().text(inner_tag, &vr.as_bytes().try_into().unwrap(), text);
    if way == "FILE" {
        let set = DataSet::new()
            .charset(Charset::Utf8)
            .ui(0x0008_0016, "1.2.840.10008.5.1.4.1.1.7")
            .join(leaf)
            .sorted();
        let file = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set);
        return (DataSet::new().ob(element, file.no_preamble().no_meta().to_bytes()), at(element));
    }
    let other = || DataSet::new().lo(0x0008_0104, "baseline");
    let deep = [0x0040_A730, 0x0040_A043]
        .into_iter()
        .fold(leaf, |inner, tag| DataSet::new().seq(tag, vec![other(), inner]));
    let set = DataSet::new().seq(element, vec![other(), deep]);
    (set, format!("{}[1].(0040,A043)[1].(0040,A730)[1].{}", at(element), at(inner_tag)))
}
