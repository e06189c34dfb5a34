//! Text in wraps: encodings, vendors' headers, documents, image streams.
use super::rng::Rng;
use flate2::{Compression, read::ZlibEncoder};
use std::io::Read;

pub fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

/// RFC 4648, with padding; over lines of 76 where `lines`.
pub fn base64(bytes: &[u8], lines: bool) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().enumerate().fold(0u32, |w, (i, b)| w | u32::from(*b) << (16 - 8 * i));
        for digit in 0..4 {
            let letter = char::from(ALPHABET[(word >> (18 - 6 * digit) & 63) as usize]);
            out.push(if digit <= chunk.len() { letter } else { '=' });
        }
    }
    if !lines {
        return out;
    }
    out.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned() + "\r\n").collect()
}

pub fn flate(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    ZlibEncoder::new(bytes, Compression::default()).read_to_end(&mut out).unwrap();
    out
}

/// Bytes as a vendor's structure has them: counters and floats, no runs of letters.
pub fn binary(count: usize, rng: &mut Rng) -> Vec<u8> {
    (0..count).flat_map(|at| [at as u8 & 3, 0x80 | rng.next() as u8, 0, 0xf0]).collect()
}

/// Text between binary numbers.
pub fn amid(text: &[u8], rng: &mut Rng) -> Vec<u8> {
    [binary(12, rng), text.to_vec(), vec![0, 0, 0], binary(9, rng)].concat()
}

/// A header in the shape of Siemens' CSA: `second` with "SV10" in front.
pub fn csa(tags: &[(&str, &str)], second: bool) -> Vec<u8> {
    let mut out = if second { b"SV10\x04\x03\x02\x01".to_vec() } else { Vec::new() };
    out.extend((tags.len() as u32).to_le_bytes());
    out.extend(77u32.to_le_bytes());
    for (name, value) in tags {
        let mut field = name.as_bytes().to_vec();
        field.resize(64, 0);
        out.extend(field);
        out.extend(1u32.to_le_bytes());
        out.extend(b"LO\0\0");
        for word in [19u32, 1, 77] {
            out.extend(word.to_le_bytes());
        }
        let length = value.len() as u32 + 1;
        for word in [length, length, 77, length] {
            out.extend(word.to_le_bytes());
        }
        out.extend(value.as_bytes());
        out.resize((out.len() + 1).next_multiple_of(4), 0);
    }
    out
}

/// The technical tags that a real CSA header has around.
pub fn csa_around(name: &str, value: &str, second: bool) -> Vec<u8> {
    let tags = [
        ("EchoLinePosition", "64"),
        ("UsedChannelMask", "1"),
        ("SequenceName", "*tfl3d1_16ns"),
        (name, value),
        ("CoilString", "t:HEA;HEP;NE1"),
        ("MrProtocol", "sProtConsistencyInfo.tBaselineString = \"N4_VD13A\""),
    ];
    csa(&tags, second)
}

/// The ASCII part of a Siemens protocol.
pub fn phoenix(line: &str) -> Vec<u8> {
    let text = format!(
        "<XProtocol>\n{{\n <Name> \"PhoenixMetaProtocol\"\n}}\n### ASCCONV BEGIN ###\nulVersion = 0x1421cf5\n\
         tSequenceFileName = \"\"%SiemensSeq%\\tfl\"\"\n{line}\nalTR[0] = 2300000\nlContrasts = 1\n### ASCCONV END ###\n"
    );
    text.into_bytes()
}

/// PDF documents (ISO 32000-1).
pub mod pdf {
    use super::flate;

    pub struct Pdf {
        objects: Vec<Vec<u8>>,
        info: String,
    }

    pub fn escaped(text: &str) -> String {
        text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)")
    }

    /// `(...) Tj`
    pub fn line(text: &str) -> String {
        format!("BT /F1 12 Tf 60 760 Td 14 TL (Department of Radiology) Tj T* ({}) Tj T* ET\n", escaped(text))
    }

    /// `[(Pa) -20 (tient)] TJ`
    pub fn kerned(text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let parts: Vec<String> =
            letters.chunks(3).map(|c| format!("({})", escaped(&String::from_iter(c)))).collect();
        format!("BT /F1 12 Tf 60 700 Td [{}] TJ ET\n", parts.join(" -14 "))
    }

    /// `<5061> Tj`
    pub fn hex(text: &str) -> String {
        let hex: String = text.bytes().map(|b| format!("{b:02X}")).collect();
        format!("BT /F1 12 Tf 60 700 Td <{hex}> Tj ET\n")
    }

    pub fn text_string(text: &str) -> String {
        if text.is_ascii() {
            return format!("({})", escaped(text));
        }
        let hex: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        format!("<FEFF{hex}>")
    }

    impl Pdf {
        pub fn new(content: &str, compressed: bool) -> Self {
            let stream = if compressed { flate(content.as_bytes()) } else { content.as_bytes().to_vec() };
            let filter = if compressed { " /Filter /FlateDecode" } else { "" };
            let mut page = format!("<< /Length {}{filter} >>\nstream\n", stream.len()).into_bytes();
            page.extend(stream);
            page.extend(b"\nendstream");
            let objects = vec![
                b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
                page,
                b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
            ];
            Self { objects, info: "<< /Producer (example) >>".to_owned() }
        }

        pub fn info(mut self, info: &str) -> Self {
            self.info = info.to_owned();
            self
        }

        /// Adds a stream that nothing on the page uses.
        pub fn stream(mut self, dictionary: &str, bytes: &[u8]) -> Self {
            let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", bytes.len()).into_bytes();
            object.extend(bytes);
            object.extend(b"\nendstream");
            self.objects.push(object);
            self
        }

        pub fn bytes(mut self, trailer: &str) -> Vec<u8> {
            self.objects.push(self.info.into_bytes());
            let count = self.objects.len();
            let mut out = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n".to_vec();
            let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", count + 1);
            for (number, object) in (1..).zip(&self.objects) {
                table.push_str(&format!("{:010} 00000 n \n", out.len()));
                out.extend(format!("{number} 0 obj\n").bytes());
                out.extend(object);
                out.extend(b"\nendobj\n");
            }
            let start = out.len();
            out.extend(table.bytes());
            let trailer =
                format!("trailer\n<< /Size {} /Root 1 0 R /Info {count} 0 R {trailer}>>", count + 1);
            out.extend(format!("{trailer}\nstartxref\n{start}\n%%EOF\n").bytes());
            out
        }
    }
}

/// Image streams with room for words.
pub mod stream {
    /// A grey JPEG of 8×8 with these segments (marker, content) after SOI.
    pub fn jpeg(segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
        let mut plain = Vec::new();
        let pixels: Vec<u8> = (0..64).collect();
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut plain, 60)
            .encode(&pixels, 8, 8, image::ExtendedColorType::L8)
            .unwrap();
        let mut out = plain[..2].to_vec();
        for (marker, content) in segments {
            out.extend([0xff, *marker]);
            out.extend((content.len() as u16 + 2).to_be_bytes());
            out.extend(content);
        }
        out.extend(&plain[2..]);
        out
    }

    /// A TIFF directory of one text tag, little endian (EXIF 2.3, 4.5.2).
    pub fn exif(tag: u16, kind: u16, text: &[u8]) -> Vec<u8> {
        let mut out = b"Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend((text.len() as u32 + 1).to_le_bytes());
        out.extend(26u32.to_le_bytes());
        out.extend([0; 4]);
        out.extend(text);
        out.push(0);
        out
    }

    /// UserComment in the Exif directory, "UNICODE".
    pub fn exif_user(text: &str) -> Vec<u8> {
        let wide = super::utf16(text, false);
        let mut out = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0".to_vec();
        out.extend(b"\x01\0\x86\x92\x07\0");
        out.extend((wide.len() as u32 + 8).to_le_bytes());
        out.extend(44u32.to_le_bytes());
        out.extend([0; 4]);
        out.extend(b"UNICODE\0");
        out.extend(wide);
        out
    }

    pub fn xmp(inner: &str) -> Vec<u8> {
        let mut out = b"http://ns.adobe.com/xap/1.0/\0".to_vec();
        out.extend(packet(inner).bytes());
        out
    }

    pub fn packet(inner: &str) -> String {
        format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF \
             xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
             <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{inner}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF>\
             </x:xmpmeta><?xpacket end=\"w\"?>"
        )
    }

    /// Photoshop's resource 0404, an IPTC caption.
    pub fn app13(text: &str) -> Vec<u8> {
        let mut iptc = b"\x1c\x02\x78".to_vec();
        iptc.extend((text.len() as u16).to_be_bytes());
        iptc.extend(text.bytes());
        let mut out = b"Photoshop 3.0\x008BIM\x04\x04\0\0".to_vec();
        out.extend((iptc.len() as u32).to_be_bytes());
        out.extend(iptc);
        out
    }

    /// A JPEG 2000 codestream (T.800 Annex A) of which only the main header means something.
    pub fn j2k(comment: Option<&str>) -> Vec<u8> {
        let mut out = b"\xff\x4f\xff\x51\0\x29\0\0\0\0\0\x08\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0\x08\0\0\0\0\0\0\0\0\0\x01\x07\x01\x01".to_vec();
        out.extend(b"\xff\x52\0\x0c\0\0\0\x01\0\0\x04\x04\0\x01\xff\x5c\0\x04\x40\x40");
        if let Some(text) = comment {
            out.extend(b"\xff\x64");
            out.extend((text.len() as u16 + 4).to_be_bytes());
            out.extend(b"\0\x01");
            out.extend(text.bytes());
        }
        out.extend(b"\xff\x90\0\x0a\0\0\0\0\0\x10\0\x01\xff\x93\x80\x80\xff\xd9");
        out
    }

    pub fn bx(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let mut out = (content.len() as u32 + 8).to_be_bytes().to_vec();
        out.extend(kind);
        out.extend(content);
        out
    }

    pub fn jp2(boxes: &[Vec<u8>]) -> Vec<u8> {
        let mut out = bx(b"jP  ", b"\r\n\x87\n");
        out.extend(bx(b"ftyp", b"jp2 \0\0\0\0jp2 "));
        let header =
            [bx(b"ihdr", b"\0\0\0\x08\0\0\0\x08\0\x01\x07\x07\0\0"), bx(b"colr", b"\x01\0\0\0\0\0\x11")]
                .concat();
        out.extend(bx(b"jp2h", &header));
        out.extend(boxes.concat());
        out.extend(bx(b"jp2c", &j2k(None)));
        out
    }

    /// A JPEG XL container (18181-2) around a codestream that is none.
    pub fn jxl(boxes: &[Vec<u8>]) -> Vec<u8> {
        let mut out = bx(b"JXL ", b"\r\n\x87\n");
        out.extend(bx(b"ftyp", b"jxl \0\0\0\0jxl "));
        out.extend(boxes.concat());
        out.extend(bx(b"jxlc", b"\xff\x0a\x38\x38\x08\x10"));
        out
    }

    /// A JPEG-LS stream's header (T.87) with a comment.
    pub fn jls(text: &str) -> Vec<u8> {
        let mut out = b"\xff\xd8\xff\xfe".to_vec();
        out.extend((text.len() as u16 + 2).to_be_bytes());
        out.extend(text.bytes());
        out.extend(
            b"\xff\xf7\0\x0b\x08\0\x08\0\x08\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\0\0\x12\x34\x56\xff\xd9",
        );
        out
    }
}
