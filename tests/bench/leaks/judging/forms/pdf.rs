//! PDF documents of other layouts (ISO 32000-1) than those of the other parts.
use crate::all::{
    rehearsal::forms::pdf::{document, helvetica, stream},
    wrap::{
        flate,
        pdf::{Pdf, escaped, line, text_string},
    },
};

/// A document that says `text`, made in that way.
pub fn pdf(way: &str, text: &str) -> Vec<u8> {
    let page = |content: &str| stream("/Filter /FlateDecode", &flate(content.as_bytes()));
    let shown = |content: &str| document(page(content), helvetica(), vec![]);
    let with = |object: String| {
        document(page("BT /F1 11 Tf 72 720 Td (Imaging) Tj ET\n"), helvetica(), vec![object.into()])
    };
    let tj = format!("BT /F1 11 Tf 72 700 Td ({}) Tj ET\n", escaped(text));
    match way {
        "asciihex" => {
            let hex: String = tj.bytes().map(|byte| format!("{byte:02x}")).collect();
            document(stream("/Filter /ASCIIHexDecode", format!("{hex}>").as_bytes()), helvetica(), vec![])
        }
        "runlength" => {
            document(stream("/Filter /RunLengthDecode", &run_length(tj.as_bytes())), helvetica(), vec![])
        }
        "quotes" => shown(&format!("BT /F1 11 Tf 14 TL 72 700 Td (Imaging) ' ({}) ' ET\n", escaped(text))),
        "continued" => {
            let letters: Vec<char> = text.chars().collect();
            let parts: Vec<String> =
                letters.chunks(6).map(|part| escaped(&String::from_iter(part))).collect();
            shown(&format!("BT /F1 11 Tf 72 700 Td ({}) Tj ET\n", parts.join("\\\n")))
        }
        "actual text" => shown(&format!(
            "/Span << /ActualText {} >> BDC BT /F1 11 Tf 72 700 Td (\\001\\002\\003) Tj ET EMC\n",
            text_string(text)
        )),
        // Each letter at its own place.
        "letters" => {
            let place = |(n, c): (usize, char)| {
                format!("1 0 0 1 {} 700 Tm ({}) Tj\n", 72 + n * 6, escaped(&c.to_string()))
            };
            let all: String = text.chars().enumerate().map(place).collect();
            shown(&format!("BT /F1 11 Tf\n{all}ET\n"))
        }
        "widget" => with(format!(
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T (f1) /V {} /Rect [72 600 300 620] >>",
            text_string(text)
        )),
        "tooltip" => with(format!(
            "<< /Type /Annot /Subtype /Widget /FT /Btn /T (b) /TU {} /Rect [72 600 90 620] >>",
            text_string(text)
        )),
        "sticky" => with(format!(
            "<< /Type /Annot /Subtype /Text /T (reader) /Contents {} /Rect [9 9 20 20] >>",
            text_string(text)
        )),
        "author of note" => with(format!(
            "<< /Type /Annot /Subtype /Text /T {} /Contents (see above) /Rect [9 9 20 20] >>",
            text_string(text)
        )),
        "link" => with(format!(
            "<< /Type /Annot /Subtype /Link /Rect [9 9 20 20] /A << /S /URI /URI ({}) >> >>",
            escaped(text)
        )),
        "script" => with(format!("<< /S /JavaScript /JS ({}) >>", escaped(text))),
        "layer" => with(format!("<< /Type /OCG /Name {} >>", text_string(text))),
        "label" => with(format!("<< /Nums [0 << /S /D /P {} >>] >>", text_string(text))),
        "structure" => with(format!("<< /Type /StructElem /S /Figure /Alt {} >>", text_string(text))),
        "subject" => {
            let info = format!("<< /Producer (example) /Subject {} >>", text_string(text));
            Pdf::new(&line("nothing"), true).info(&info).bytes("")
        }
        "custom info" => {
            let (key, value) = text.split_once('=').unwrap();
            Pdf::new(&line("nothing"), true).info(&format!("<< /{key} {} >>", text_string(value))).bytes("")
        }
        "property" => {
            let xmp = format!(
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description xmlns:pdfx=\"http://ns.adobe.com/pdfx/1.3/\">{text}</rdf:Description></rdf:RDF></x:xmpmeta>"
            );
            Pdf::new(&line("nothing"), false)
                .stream("/Type /Metadata /Subtype /XML", xmp.as_bytes())
                .bytes("")
        }
        "attached xml" => {
            let file = stream(
                "/Type /EmbeddedFile /Subtype /text#2Fxml /Filter /FlateDecode",
                &flate(text.as_bytes()),
            );
            document(page("BT /F1 11 Tf 72 720 Td (Invoice) Tj ET\n"), helvetica(), vec![file])
        }
        // Cut off in front of the table of objects, as a failed download leaves it.
        "cut" => {
            let mut out = shown(&tj);
            let at = out.windows(5).rposition(|w| w == b"xref\n").unwrap();
            out.truncate(at);
            out
        }
        "range" => {
            let units: String = text.encode_utf16().map(|unit| format!("<{unit:04X}> ")).collect();
            let count = text.encode_utf16().count();
            let glyphs: String = (0..count).map(|n| format!("{:04X}", n + 0x20)).collect();
            let cmap = format!(
                "begincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n1 beginbfrange\n<0020> <{:04X}> [{units}]\nendbfrange\nendcmap\n",
                0x1f + count
            );
            let font = "<< /Type /Font /Subtype /Type0 /BaseFont /MOCKFF+Sans /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 6 0 R >>";
            let inner = "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /MOCKFF+Sans /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>";
            let content = page(&format!("BT /F1 10 Tf 72 700 Td <{glyphs}> Tj ET\n"));
            document(content, font.into(), vec![stream("", cmap.as_bytes()), inner.into()])
        }
        "differences" => {
            let names: String = text.chars().map(glyph).collect();
            let codes: String = (1..=text.chars().count()).map(|n| format!("{n:02X}")).collect();
            let font = format!(
                "<< /Type /Font /Subtype /Type1 /BaseFont /MOCKGG+Serif /Encoding << /Type /Encoding /Differences [1 {names}] >> >>"
            );
            document(page(&format!("BT /F1 10 Tf 72 700 Td <{codes}> Tj ET\n")), font.into(), vec![])
        }
        other => panic!("no way of making a PDF is called {other}"),
    }
}

/// Literal runs of up to 128 bytes (7.4.5).
pub fn run_length(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in bytes.chunks(128) {
        out.push(part.len() as u8 - 1);
        out.extend(part);
    }
    out.push(128);
    out
}

/// A character's name in Adobe's glyph list.
fn glyph(c: char) -> String {
    const DIGITS: [&str; 10] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let name = match c {
        ' ' => "space".to_owned(),
        ':' => "colon".to_owned(),
        '.' => "period".to_owned(),
        ',' => "comma".to_owned(),
        '-' => "hyphen".to_owned(),
        '/' => "slash".to_owned(),
        '0'..='9' => DIGITS[c as usize - '0' as usize].to_owned(),
        c if c.is_ascii_alphabetic() => c.to_string(),
        c => format!("uni{:04X}", c as u32),
    };
    format!("/{name} ")
}
