//! Text in blobs.
use super::mail;
use crate::all::{garden::in_charset, judging, person::Person, rng::Rng, wrap};
use dcmleak::demo::encode::{Charset, DataSet, FileBuilder, Syntax};
use flate2::{Compression, read::GzEncoder};
use std::io::Read;

/// The ground of a blob whose text is in the data set's character set: it says which one that is.
pub fn declared(form: &str, ground: DataSet, person: &Person, text: &str) -> DataSet {
    if form == "native" { in_charset(ground, person, text) } else { ground }
}

/// The text in that form; what writes in an old character set takes `charset`.
pub fn blob(form: &str, text: &str, charset: Charset, rng: &mut Rng) -> Vec<u8> {
    if let Some(element) = form.strip_prefix("dicom ") {
        return nested(element, text);
    }
    match form {
        "native" => wrap::amid(&charset.encode(text), rng),
        "gzip" => gzip(text.as_bytes()),
        "zlib" => wrap::flate(text.as_bytes()),
        "protocol" => {
            let all =
                format!("set PSDNAME \"fse-xl\"\nset TE \"85\"\n{text}\nset NEX \"2\"\nset PLANE \"9\"\n");
            let packed = gzip(all.as_bytes());
            [(packed.len() as u32).to_le_bytes().to_vec(), packed].concat()
        }
        "json ascii" => escaped_json(text).into_bytes(),
        "url" => percent(text).into_bytes(),
        "mail quoted" => mail::message(text, "quoted-printable"),
        "mail base64" => mail::message(text, "base64"),
        "ini utf16" => {
            let lines = format!("[System]\r\nLanguage=1033\r\n{text}\r\n[Window]\r\nLeft=12\r\nTop=40\r\n");
            [b"\xff\xfe".to_vec(), wrap::utf16(&lines, false)].concat()
        }
        "base64 utf16" => wrap::base64(&wrap::utf16(text, false), false).into_bytes(),
        "base64 gzip" => wrap::base64(&gzip(text.as_bytes()), false).into_bytes(),
        "xml entities" => {
            let plain = |c: char| if c.is_ascii() { c.to_string() } else { format!("&#{};", c as u32) };
            let body: String = text.chars().map(plain).collect();
            format!("<?xml version=\"1.0\" encoding=\"us-ascii\"?><root>{body}</root>").into_bytes()
        }
        "record" => record(text),
        "java" => {
            let (name, value) = text.split_once('=').unwrap();
            [b"\xac\xed\x00\x05".to_vec(), prefixed("kvp"), prefixed("120"), prefixed(name), prefixed(value)]
                .concat()
        }
        other => judging::forms::blob(other, text, charset, rng),
    }
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    GzEncoder::new(bytes, Compression::default()).read_to_end(&mut out).unwrap();
    out
}

/// Everything beyond ASCII as `\u`, the way many libraries write JSON.
fn escaped_json(text: &str) -> String {
    let mut units = [0; 2];
    let unit = |u: &u16| format!("\\u{u:04x}");
    text.chars()
        .map(
            |c| {
                if c.is_ascii() {
                    c.to_string()
                } else {
                    c.encode_utf16(&mut units).iter().map(unit).collect()
                }
            },
        )
        .collect()
}

/// As a browser sends a form.
fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b' ' => "+".to_owned(),
            b if b.is_ascii_alphanumeric() || b"-_./?&=:".contains(&b) => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}

/// A structure of fields of fixed width: a label of 16 bytes, a value of 64.
fn record(text: &str) -> Vec<u8> {
    let (name, value) = text.split_once('=').unwrap();
    let mut out = 3u32.to_le_bytes().to_vec();
    for (label, value) in [("TABLE_POS", "412.5"), (name, value), ("SCAN_FOV", "250")] {
        for (part, width) in [(label, 16), (value, 64)] {
            let mut field = part.as_bytes().to_vec();
            field.resize(width, 0);
            out.extend(field);
        }
    }
    out
}

/// As Java's DataOutput writes a string.
fn prefixed(text: &str) -> Vec<u8> {
    [(text.len() as u16).to_be_bytes().to_vec(), text.as_bytes().to_vec()].concat()
}

/// A whole DICOM file, or its data set alone (`bare`), with one more element.
fn nested(element: &str, text: &str) -> Vec<u8> {
    let (element, bare) = element.strip_suffix(" bare").map_or((element, false), |element| (element, true));
    let (hex, vr) = element.split_once(' ').unwrap();
    let tag = u32::from_str_radix(hex, 16).unwrap();
    let set = DataSet::new()
        .charset(Charset::Utf8)
        .ui(0x0008_0016, "1.2.840.10008.5.1.4.1.1.7")
        .cs(0x0008_0060, "OT")
        .text(tag, &vr.as_bytes().try_into().unwrap(), text)
        .us(0x0028_0010, &[4])
        .sorted();
    let file = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set);
    if bare { file.no_preamble().no_meta().to_bytes() } else { file.to_bytes() }
}
