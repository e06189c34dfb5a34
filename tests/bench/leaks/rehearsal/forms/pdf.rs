//! PDF documents as office programs, report generators and browsers write them (ISO 32000-1).
use crate::all::{
    judging,
    wrap::{flate, pdf::escaped},
};

/// A document that says `text`, made in that way.
pub fn pdf(way: &str, text: &str) -> Vec<u8> {
    let page = |content: &str| stream("/Filter /FlateDecode", &flate(content.as_bytes()));
    let blank = || page("BT /F1 11 Tf 72 720 Td (Radiology) Tj ET\n");
    match way {
        // Glyph numbers in two bytes and a table that says what they mean, as office programs have it.
        "unicode" => {
            let glyphs: String = (0..text.chars().count()).map(|n| format!("{:04X}", n + 3)).collect();
            let content = page(&format!("BT /F1 11 Tf 72 700 Td <{glyphs}> Tj ET\n"));
            let cmap = stream("/Filter /FlateDecode", &flate(to_unicode(text, 3, 4).as_bytes()));
            let font = "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Calibri /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 6 0 R >>";
            let inner = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Calibri /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>";
            document(content, font.into(), vec![cmap, inner.into()])
        }
        // Codes from 1 on in one byte, as a subset font of a typesetter has them.
        "subset" => {
            let distinct: Vec<char> = text.chars().fold(Vec::new(), |mut all, c| {
                if !all.contains(&c) {
                    all.push(c);
                }
                all
            });
            let code = |c: char| distinct.iter().position(|d| *d == c).unwrap() + 1;
            let codes: String = text.chars().map(|c| format!("{:02x}", code(c))).collect();
            let content = page(&format!("BT /F1 9.96 Tf 72 700 Td [<{codes}>] TJ ET\n"));
            let table: String = distinct.iter().collect();
            let cmap = stream("/Filter /FlateDecode", &flate(to_unicode(&table, 1, 2).as_bytes()));
            let font = "<< /Type /Font /Subtype /TrueType /BaseFont /QWERTZ+LMRoman10 /FirstChar 1 /LastChar 90 /ToUnicode 6 0 R >>";
            document(content, font.into(), vec![cmap])
        }
        "ascii85" => {
            let content = format!("BT /F1 11 Tf 72 700 Td ({}) Tj ET\n", escaped(text));
            let packed = ascii85(&flate(content.as_bytes()));
            document(stream("/Filter [/ASCII85Decode /FlateDecode]", packed.as_bytes()), helvetica(), vec![])
        }
        "octal" => {
            let octal: String = escaped(text)
                .chars()
                .map(|c| if c.is_ascii() { c.to_string() } else { format!("\\{:03o}", c as u32 & 0xff) })
                .collect();
            document(page(&format!("BT /F1 11 Tf 72 700 Td ({octal}) Tj ET\n")), helvetica(), vec![])
        }
        // Every word on its own, as layout engines place them.
        "words" => {
            let place =
                |(n, word): (usize, &str)| format!("1 0 0 1 {} 700 Tm ({}) Tj\n", 72 + n * 60, escaped(word));
            let content: String = text.split(' ').enumerate().map(place).collect();
            document(page(&format!("BT /F1 11 Tf\n{content}ET\n")), helvetica(), vec![])
        }
        "xobject" => {
            let form = format!("BT /F1 11 Tf 72 700 Td ({}) Tj ET\n", escaped(text));
            let dictionary = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Filter /FlateDecode";
            let object = stream(dictionary, &flate(form.as_bytes()));
            document(page("q /Fm0 Do Q\n"), helvetica(), vec![object])
        }
        "annotation" => {
            let note = format!(
                "<< /Type /Annot /Subtype /FreeText /Rect [72 600 300 640] /Contents ({}) >>",
                escaped(text)
            );
            document(blank(), helvetica(), vec![note.into()])
        }
        "attachment" => {
            let file = stream("/Type /EmbeddedFile /Filter /FlateDecode", &flate(text.as_bytes()));
            let spec = b"<< /Type /Filespec /F (note.txt) /EF << /F 6 0 R >> >>".to_vec();
            document(blank(), helvetica(), vec![file, spec])
        }
        "outline" => {
            let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            document(
                blank(),
                helvetica(),
                vec![format!("<< /Title <FEFF{units}> /Dest [3 0 R /Fit] >>").into()],
            )
        }
        // The old page is still in the file after a newer one took its place.
        "superseded" => {
            let old = format!("BT /F1 11 Tf 72 700 Td ({}) Tj ET\n", escaped(text));
            let mut out = document(page(&old), helvetica(), vec![]);
            let at = out.len();
            out.extend(b"4 0 obj\n");
            out.extend(blank());
            out.extend(b"\nendobj\n");
            let start = out.len();
            out.extend(format!("xref\n4 1\n{at:010} 00000 n \n").bytes());
            out.extend(format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
            out
        }
        other => judging::forms::pdf::pdf(other, text),
    }
}

pub fn helvetica() -> Vec<u8> {
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec()
}

pub fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<< {dictionary} /Length {} >>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

/// What the codes of `text`'s characters mean, from `first` on, in `width` hexadecimal digits.
fn to_unicode(text: &str, first: usize, width: usize) -> String {
    let mut units = [0; 2];
    let mut pairs = Vec::new();
    for (n, c) in text.chars().enumerate() {
        let to: String = c.encode_utf16(&mut units).iter().map(|unit| format!("{unit:04X}")).collect();
        pairs.push(format!("<{:0width$X}> <{to}>\n", n + first));
    }
    let blocks: String =
        pairs.chunks(100).map(|c| format!("{} beginbfchar\n{}endbfchar\n", c.len(), c.concat())).collect();
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n1 begincodespacerange\n<{:0width$X}> <{}>\nendcodespacerange\n{blocks}endcmap\nend\nend\n",
        0,
        "F".repeat(width)
    )
}

/// Four bytes as five characters (7.4.3).
pub fn ascii85(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(4) {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        let mut value = u32::from_be_bytes(word);
        if value == 0 && chunk.len() == 4 {
            out.push('z');
            continue;
        }
        let mut digits = [0u8; 5];
        for digit in digits.iter_mut().rev() {
            *digit = b'!' + (value % 85) as u8;
            value /= 85;
        }
        out.extend(digits[..=chunk.len()].iter().map(|digit| char::from(*digit)));
    }
    out + "~>"
}

/// A page, its content, its font, and whatever else there is from object 6 on.
pub fn document(content: Vec<u8>, font: Vec<u8>, more: Vec<Vec<u8>>) -> Vec<u8> {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /Fm0 6 0 R >> >> >>";
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        page.into(),
        content,
        font,
    ];
    objects.extend(more);
    let mut out = b"%PDF-1.7\n%\xb5\xed\xae\xfb\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(table.bytes());
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}
