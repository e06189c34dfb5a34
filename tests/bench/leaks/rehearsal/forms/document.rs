//! Encapsulated documents.
use super::{blob, mail, pdf, zip::zip};
use crate::all::{garden::Garden, judging, wrap};
use dcmleak::demo::encode::Charset;

/// The document of that form that says `text`, and its MIME type.
pub fn document(form: &str, text: &str, charset: Charset, garden: &mut Garden) -> (Vec<u8>, &'static str) {
    if let Some(way) = form.strip_prefix("pdf ") {
        return (pdf::pdf(way, text), "application/pdf");
    }
    let office = |name, content: String| {
        zip(&[
            ("[Content_Types].xml", "<Types/>".to_owned()),
            ("_rels/.rels", "<Relationships/>".to_owned()),
            (name, content),
        ])
    };
    match form {
        "rtf" => (rtf(text), "application/rtf"),
        "docx" => {
            let runs: String = text
                .split_inclusive(' ')
                .map(|run| format!("<w:r><w:t xml:space=\"preserve\">{run}</w:t></w:r>"))
                .collect();
            (
                office(
                    "word/document.xml",
                    format!("<w:document><w:body><w:p>{runs}</w:p></w:body></w:document>"),
                ),
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            )
        }
        "xlsx" => {
            let cells: String = text.split('\t').map(|cell| format!("<si><t>{cell}</t></si>")).collect();
            (
                office("xl/sharedStrings.xml", format!("<sst>{cells}</sst>")),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            )
        }
        "odt" => {
            let body = format!(
                "<office:document-content><office:text><text:p>{text}</text:p></office:text></office:document-content>"
            );
            let members =
                [("mimetype", "application/vnd.oasis.opendocument.text".to_owned()), ("content.xml", body)];
            (zip(&members), "application/vnd.oasis.opendocument.text")
        }
        "doc" => {
            let head = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 504]].concat();
            (
                [head, garden.rng.bytes(128), wrap::utf16(text, false), vec![0; 128]].concat(),
                "application/msword",
            )
        }
        "tiff" => ([b"II*\0\x08\0\0\0\0\0".to_vec(), garden.rng.bytes(200)].concat(), "image/tiff"),
        "gzip" => (blob::gzip(text.as_bytes()), "application/gzip"),
        "mail" => (mail::message(text, "8bit"), "message/rfc822"),
        "mail quoted" => (mail::message(text, "quoted-printable"), "message/rfc822"),
        "txt" => (text.as_bytes().to_vec(), "text/plain"),
        "txt native" => (charset.encode(text), "text/plain"),
        "txt utf16" => ([b"\xff\xfe".to_vec(), wrap::utf16(text, false)].concat(), "text/plain"),
        "csv" => (text.as_bytes().to_vec(), "text/csv"),
        "json" => (text.as_bytes().to_vec(), "application/json"),
        "html table" => {
            let entity = |c: char| if c.is_ascii() { c.to_string() } else { format!("&#x{:x};", c as u32) };
            let (label, value) = text.split_once('\t').unwrap();
            let value: String = value.chars().map(entity).collect();
            (format!("<html><body><table><tr><td class=\"l\">{label}</td><td>{value}</td></tr></table></body></html>").into_bytes(), "text/html")
        }
        "cda base64" => {
            let body = wrap::base64(text.as_bytes(), false);
            (format!("<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"><component><nonXMLBody><text mediaType=\"text/plain\" representation=\"B64\">{body}</text></nonXMLBody></component></ClinicalDocument>").into_bytes(), "text/XML")
        }
        "stl" | "obj" => mesh(form, text),
        other => judging::forms::document(other, text, charset, garden),
    }
}

/// A surface with words in its header.
pub fn mesh(form: &str, text: &str) -> (Vec<u8>, &'static str) {
    match form {
        "stl" => {
            // A header of 80 bytes, one triangle.
            let mut out: Vec<u8> = text.bytes().take(80).collect();
            out.resize(80, b' ');
            out.extend(1u32.to_le_bytes());
            out.extend([0x42; 50]);
            (out, "model/stl")
        }
        "obj" => (
            format!("# Segmentation export\n# {text}\ng skull\nv 0.1 0.2 0.3\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")
                .into_bytes(),
            "model/obj",
        ),
        other => panic!("no form is called {other}"),
    }
}

/// Rich text (1.9): bold labels, what ANSI has as `\'`, the rest as `\u`.
fn rtf(text: &str) -> Vec<u8> {
    let escaped = |c: char| match c {
        '\\' | '{' | '}' => format!("\\{c}"),
        c if c.is_ascii() => c.to_string(),
        c if (c as u32) < 0x100 => format!("\\'{:02x}", c as u32),
        c => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{}?", unit.cast_signed())).collect(),
    };
    let body: String = text.chars().map(escaped).collect();
    let (label, rest) = body.split_once(": ").unwrap_or(("", &body));
    let label = if label.is_empty() { String::new() } else { format!("{{\\b {label}:}} ") };
    format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fswiss Arial;}}}}\\viewkind4\\uc1\\pard\\f0\\fs20 Report\\par\n{label}{rest}\\par\n}}\n").into_bytes()
}
