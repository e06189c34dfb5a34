//! Text in blobs.
use super::file;
use crate::all::{
    rehearsal::forms::{gzip, zip::zip},
    rng::Rng,
    wrap,
};
use dcmleak::demo::encode::Charset;

/// The text in that form; what writes in an old character set takes `charset`.
pub fn blob(form: &str, text: &str, charset: Charset, rng: &mut Rng) -> Vec<u8> {
    let pair = || text.split_once('=').unwrap();
    match form {
        "mllp" => [b"\x0b".to_vec(), text.as_bytes().to_vec(), b"\x1c\r".to_vec()].concat(),
        "charset ini" => charset.encode(&format!("[Setup]\r\nMode=2\r\n{text}\r\nGain=1.5\r\n")),
        "hexdump" => hexdump(text).into_bytes(),
        "utf16 record" => record(text),
        "utf16be xml" => {
            let head = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>";
            [b"\xfe\xff".to_vec(), wrap::utf16(&format!("{head}{text}"), true)].concat()
        }
        "utf32" => text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect(),
        "utf8 bom" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        "csv utf16" => [b"\xff\xfe".to_vec(), wrap::utf16(&format!("sep=;\r\n{text}\r\n"), false)].concat(),
        "registry" => {
            let lines = format!(
                "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Mock]\r\n{text}\r\n"
            );
            [b"\xff\xfe".to_vec(), wrap::utf16(&lines, false)].concat()
        }
        "data uri" => {
            format!("{{\"note\":\"data:text/plain;charset=utf-8;base64,{}\"}}", base64(text)).into_bytes()
        }
        "base64 json" => {
            format!("{{\"v\":3,\"enc\":\"base64\",\"payload\":\"{}\"}}", base64(text)).into_bytes()
        }
        "base64 pem" => {
            let lines: Vec<String> = base64(text)
                .as_bytes()
                .chunks(64)
                .map(|line| String::from_utf8_lossy(line).into_owned())
                .collect();
            format!("-----BEGIN RECORD-----\n{}\n-----END RECORD-----\n", lines.join("\n")).into_bytes()
        }
        "base64 utf16be" => wrap::base64(&wrap::utf16(text, true), false).into_bytes(),
        "base64 twice" => wrap::base64(base64(text).as_bytes(), false).into_bytes(),
        "base64 in ini" => format!("[Blob]\r\nVersion=2\r\nData={}\r\n", base64(text)).into_bytes(),
        "zip" => zip(&[("manifest.txt", "version 1".to_owned()), ("export.csv", text.to_owned())]),
        "gzip late" => [wrap::binary(8, rng), gzip(text.as_bytes())].concat(),
        "properties" => escaped(text).into_bytes(),
        "pickle" => {
            let (name, value) = pair();
            [
                b"\x80\x04\x95\x40\0\0\0\0\0\0\0}\x94(".to_vec(),
                short(0x8c, name),
                short(0x8c, value),
                b"\x94u.".to_vec(),
            ]
            .concat()
        }
        "protobuf" => {
            let (name, value) = pair();
            [b"\x08\x96\x01".to_vec(), short(0x12, name), short(0x1a, value), b"\x25\0\0\x80\x3f".to_vec()]
                .concat()
        }
        "bson" => {
            let (name, value) = pair();
            let mut out = b"\x40\0\0\0\x10n\0\x04\0\0\0\x02".to_vec();
            out.extend(name.bytes().chain([0]));
            out.extend((value.len() as u32 + 1).to_le_bytes());
            out.extend(value.bytes().chain([0, 0]));
            out
        }
        "msgpack" => {
            let (name, value) = pair();
            [b"\x82\xa3kvp\x78".to_vec(), short(0xd9, name), short(0xd9, value)].concat()
        }
        "pascal" => {
            let (name, value) = pair();
            let field = |text: &str, width: usize| {
                let mut out = vec![text.len() as u8];
                out.extend(text.bytes());
                out.resize(width + 1, 0);
                out
            };
            [field("MOCKREC", 15), field(name, 31), field(value, 63), vec![0x40, 0x1c, 0, 0]].concat()
        }
        "sqlite" => [
            b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20".to_vec(),
            vec![0; 76],
            b"CREATE TABLE patient(name TEXT, id TEXT, born TEXT)".to_vec(),
            vec![0; 40],
            text.as_bytes().to_vec(),
            vec![0; 20],
        ]
        .concat(),
        other => file::file(other, text).unwrap_or_else(|| panic!("no form is called {other}")),
    }
}

fn base64(text: &str) -> String {
    wrap::base64(text.as_bytes(), false)
}

/// A mark, a length of one byte, the text.
fn short(mark: u8, text: &str) -> Vec<u8> {
    [vec![mark, text.len() as u8], text.as_bytes().to_vec()].concat()
}

/// As `hexdump -C` prints it: offset, bytes, and what of them is ASCII.
fn hexdump(text: &str) -> String {
    let line = |(n, bytes): (usize, &[u8])| {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x} ")).collect();
        let shown = |byte: &u8| if (0x20..0x7f).contains(byte) { char::from(*byte) } else { '.' };
        format!("{:08x}  {hex:<48} |{}|\n", n * 16, bytes.iter().map(shown).collect::<String>())
    };
    text.as_bytes().chunks(16).enumerate().map(line).collect()
}

/// Fields of fixed width, 16 and 40 units of UTF-16.
fn record(text: &str) -> Vec<u8> {
    let (name, value) = text.split_once('=').unwrap();
    let mut out = 2u32.to_le_bytes().to_vec();
    for (label, value) in [(name, value), ("FieldOfView", "320"), ("Mode", "B")] {
        for (part, width) in [(label, 16), (value, 40)] {
            let mut field = wrap::utf16(part, false);
            field.resize(width * 2, 0);
            out.extend(field);
        }
    }
    out
}

/// Java's properties: beyond Latin-1 as `\u`.
fn escaped(text: &str) -> String {
    let one = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\u{:04X}", c as u32) };
    format!("#Thu Jan 01 00:00:00 UTC 1970\nviewer.zoom=1.0\n{}\n", text.chars().map(one).collect::<String>())
}
