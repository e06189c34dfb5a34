//! Encapsulated documents.
use super::{file, pdf};
use crate::all::{garden::Garden, rehearsal::forms::zip::zip, wrap};
use dcmleak::demo::encode::Charset;

/// The document of that form that says `text`, and its MIME type.
pub fn document(form: &str, text: &str, charset: Charset, garden: &mut Garden) -> (Vec<u8>, &'static str) {
    if let Some(way) = form.strip_prefix("pdf ") {
        return (pdf::pdf(way, text), "application/pdf");
    }
    let packed = |names: &[&str], content: String| {
        let mut members: Vec<(&str, String)> = names.iter().map(|name| (*name, "<x/>".to_owned())).collect();
        if let Some(last) = members.last_mut() {
            last.1 = content;
        }
        zip(&members)
    };
    match form {
        "pptx" => (
            packed(&["[Content_Types].xml", "ppt/slides/slide1.xml"], format!("<p:sld><a:t>{text}</a:t></p:sld>")),
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        "docx comment" => (
            packed(
                &["[Content_Types].xml", "word/document.xml", "word/comments.xml"],
                format!("<w:comments><w:comment><w:t>{text}</w:t></w:comment></w:comments>"),
            ),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        "docx properties" => (
            packed(
                &["[Content_Types].xml", "docProps/core.xml"],
                format!("<cp:coreProperties><dc:subject>{text}</dc:subject></cp:coreProperties>"),
            ),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        "epub" => (
            packed(&["mimetype", "OEBPS/ch1.xhtml"], format!("<html><body><p>{text}</p></body></html>")),
            "application/epub+zip",
        ),
        "rtf info" => (
            format!("{{\\rtf1\\ansi{{\\info{{\\title {text}}}{{\\operator x}}}}\\pard Letter.\\par}}\n").into_bytes(),
            "application/rtf",
        ),
        "rtf table" => {
            let (label, value) = text.split_once('\t').unwrap();
            (
                format!("{{\\rtf1\\ansi\\trowd\\cellx3000\\cellx9000\\intbl {label}\\cell {value}\\cell\\row\\pard}}\n").into_bytes(),
                "text/rtf",
            )
        }
        "html meta" => (
            format!("<!doctype html><html><head><meta name=\"description\" content=\"{text}\"></head><body></body></html>")
                .into_bytes(),
            "text/html",
        ),
        "html comment" => {
            (format!("<html><body><!-- {text} --><p>See images.</p></body></html>").into_bytes(), "text/html")
        }
        "html list" => {
            let (label, value) = text.split_once('\t').unwrap();
            (
                format!("<html><body><dl><dt>{label}</dt><dd><b>{value}</b></dd></dl></body></html>").into_bytes(),
                "text/html",
            )
        }
        "html form" => {
            let (label, value) = text.split_once('\t').unwrap();
            (
                format!("<html><body><form><label>{label}</label><input type=text value=\"{value}\"></form></body></html>")
                    .into_bytes(),
                "text/html",
            )
        }
        "html native" => (
            charset.encode(&format!("<html><head><title>x</title></head><body>{text}</body></html>")),
            "text/html",
        ),
        "svg" => (
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text x=\"4\" y=\"12\">{text}</text></svg>").into_bytes(),
            "image/svg+xml",
        ),
        "postscript" => (
            format!("%!PS-Adobe-3.0\n%%Pages: 1\n/Times findfont 11 scalefont setfont\n72 720 moveto ({text}) show\nshowpage\n")
                .into_bytes(),
            "application/postscript",
        ),
        "postscript for" => {
            (format!("%!PS-Adobe-3.0\n%%For: {text}\n%%Pages: 1\nshowpage\n").into_bytes(), "application/postscript")
        }
        "latex" => (
            format!("\\documentclass{{article}}\n\\begin{{document}}\n{text}\n\\end{{document}}\n").into_bytes(),
            "application/x-tex",
        ),
        "multipart" => {
            let part = wrap::base64(text.as_bytes(), true);
            (format!("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{part}\r\n--b1--\r\n").into_bytes(), "message/rfc822")
        }
        "mail header" => (
            format!("MIME-Version: 1.0\r\n{text}\r\nContent-Type: text/plain\r\n\r\nImages attached.\r\n").into_bytes(),
            "message/rfc822",
        ),
        "mail encoded" => (
            format!(
                "MIME-Version: 1.0\r\nSubject: =?utf-8?B?{}?=\r\nContent-Type: text/plain\r\n\r\nImages attached.\r\n",
                wrap::base64(text.as_bytes(), false)
            )
            .into_bytes(),
            "message/rfc822",
        ),
        "markdown" | "yaml" | "hl7" | "tsv" => (text.as_bytes().to_vec(), "text/plain"),
        "txt utf16be" => ([b"\xfe\xff".to_vec(), wrap::utf16(text, true)].concat(), "text/plain"),
        "cda title" => (
            format!("<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>{text}</title><component/></ClinicalDocument>").into_bytes(),
            "text/XML",
        ),
        "cda header" => (
            format!("<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\">{text}<component/></ClinicalDocument>").into_bytes(),
            "text/XML",
        ),
        "cda utf16" => {
            let all = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\">{text}</ClinicalDocument>");
            ([b"\xff\xfe".to_vec(), wrap::utf16(&all, false)].concat(), "text/XML")
        }
        "ply" => (
            format!("ply\nformat ascii 1.0\ncomment {text}\nelement vertex 0\nend_header\n").into_bytes(),
            "model/ply",
        ),
        "mtl" => (format!("# {text}\nnewmtl bone\nKd 0.9 0.9 0.8\n").into_bytes(), "model/mtl"),
        "stl ascii" => (
            format!("solid {text}\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid\n").into_bytes(),
            "model/stl",
        ),
        "encrypted zip" => {
            let mut out = b"PK\x03\x04\x14\0\x01\0\x08\0\0\0\0\0\0\0\0\0\x40\0\0\0\x40\0\0\0\x08\0\0\0scan.dat".to_vec();
            out.extend(garden.rng.bytes(64));
            (out, "application/zip")
        }
        "xls" => {
            let mut out = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
            out.extend(vec![0; 504]);
            out.extend(garden.rng.bytes(256));
            (out, "application/vnd.ms-excel")
        }
        other => match file::file(other, text) {
            Some(bytes) => (bytes, "application/octet-stream"),
            None => panic!("no form is called {other}"),
        },
    }
}
