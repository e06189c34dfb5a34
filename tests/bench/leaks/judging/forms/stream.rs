//! Words in the streams of images and videos.
use crate::all::{
    garden::at,
    wrap,
    wrap::stream::{self, bx},
};
use dcmleak::demo::encode::{DataSet, Syntax};

const PIXELS: u32 = 0x7FE0_0010;
const J2K: Syntax = Syntax::Other("1.2.840.10008.1.2.4.90");
const MPEG4: Syntax = Syntax::Other("1.2.840.10008.1.2.4.102");

/// The set with its image, or an icon, holding the text.
pub fn compressed(form: &str, text: &str, set: DataSet) -> (DataSet, Syntax, String) {
    let framed = |frames: Vec<Vec<u8>>| set.clone().without(&[PIXELS]).join(DataSet::new().frames(frames));
    let segments =
        |all: &[(u8, Vec<u8>)]| (framed(vec![stream::jpeg(all)]), Syntax::JpegBaseline, at(PIXELS));
    let jpeg = |marker: u8, content: Vec<u8>| segments(&[(marker, content)]);
    let jp2 = |kind: &[u8; 4], content: Vec<u8>| {
        (framed(vec![stream::jp2(&[bx(kind, &content)])]), J2K, at(PIXELS))
    };
    let other = |syntax: Syntax, bytes: Vec<u8>| (framed(vec![bytes]), syntax, at(PIXELS));
    match form {
        "com second" => segments(&[(0xfe, b"Lavc60.3.100".to_vec()), (0xfe, text.as_bytes().to_vec())]),
        "com utf16be" => jpeg(0xfe, [b"\xfe\xff".to_vec(), wrap::utf16(text, true)].concat()),
        "com last frame" => {
            let mut frames = vec![stream::jpeg(&[]); 11];
            frames.push(stream::jpeg(&[(0xfe, text.as_bytes().to_vec())]));
            (framed(frames).is(0x0028_0008, "12"), Syntax::JpegBaseline, at(PIXELS))
        }
        "exif host" => jpeg(0xe1, stream::exif(0x013c, 2, text.as_bytes())),
        "exif document" => jpeg(0xe1, stream::exif(0x010d, 2, text.as_bytes())),
        "exif owner" => jpeg(0xe1, below(0xa430, 2, text.as_bytes())),
        "exif maker" => jpeg(0xe1, below(0x927c, 7, &[b"MOCK\0".as_slice(), text.as_bytes()].concat())),
        "exif thumbnail" => jpeg(0xe1, second(text)),
        "app2 profile" => jpeg(0xe2, profile(text)),
        "app3 meta" => jpeg(0xe3, [b"Meta\0\0II*\0".to_vec(), text.as_bytes().to_vec()].concat()),
        "app12 picture" => {
            jpeg(0xec, format!("[picture info]\r\nTimeDate=0\r\n{text}\r\n[end]\r\n").into_bytes())
        }
        "xmp creator" => {
            jpeg(0xe1, xmp(&format!("<dc:creator><rdf:Seq><rdf:li>{text}</rdf:li></rdf:Seq></dc:creator>")))
        }
        "xmp title" => jpeg(
            0xe1,
            xmp(&format!(
                "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li></rdf:Alt></dc:title>"
            )),
        ),
        "xmp property" => jpeg(0xe1, xmp(text)),
        "iptc keyword" => jpeg(0xed, iptc(&[(0x19, "radiology"), (0x19, text)])),
        "iptc headline" => jpeg(0xed, iptc(&[(0x69, text), (0x5a, "Mockford")])),
        "between frames" => {
            // A still inside an MJPEG stream that goes on.
            let mut bytes = stream::jpeg(&[]);
            bytes.extend(stream::jpeg(&[(0xfe, text.as_bytes().to_vec())]));
            other(Syntax::JpegBaseline, bytes)
        }
        "j2k binary" => {
            let mut bytes = stream::j2k(Some(text));
            let mark = bytes.windows(2).position(|w| w == b"\xff\x64").unwrap();
            bytes[mark + 5] = 0;
            other(J2K, bytes)
        }
        "j2k tail" => other(J2K, [stream::j2k(None), text.as_bytes().to_vec()].concat()),
        "jp2 url" => jp2(b"url ", [b"\0\0\0\0".to_vec(), text.as_bytes().to_vec(), vec![0]].concat()),
        "jp2 label" => jp2(b"asoc", bx(b"lbl ", text.as_bytes())),
        "jp2 rights" => jp2(b"jp2i", text.as_bytes().to_vec()),
        "jxl xmp" => other(
            Syntax::Other("1.2.840.10008.1.2.4.110"),
            stream::jxl(&[bx(b"xml ", stream::packet(text).as_bytes())]),
        ),
        "jls app" => {
            let mut bytes = stream::jls("jls");
            let segment = [
                b"\xff\xe8".to_vec(),
                (text.len() as u16 + 2).to_be_bytes().to_vec(),
                text.as_bytes().to_vec(),
            ];
            bytes.splice(2..2, segment.concat());
            other(Syntax::Other("1.2.840.10008.1.2.4.80"), bytes)
        }
        "mp4 title" => {
            let name = bx(
                b"\xa9nam",
                &[(text.len() as u16).to_be_bytes().to_vec(), b"\x15\xc7".to_vec(), text.as_bytes().to_vec()]
                    .concat(),
            );
            let movie = bx(b"moov", &bx(b"udta", &name));
            other(
                MPEG4,
                [bx(b"ftyp", b"isom\0\0\0\0isom"), movie, bx(b"mdat", b"\0\0\0\x01\x65\x88")].concat(),
            )
        }
        "mp4 subtitle" => {
            let sample = [(text.len() as u16).to_be_bytes().to_vec(), text.as_bytes().to_vec()].concat();
            other(MPEG4, [bx(b"ftyp", b"isom\0\0\0\0isom"), bx(b"mdat", &sample)].concat())
        }
        "hevc sei" => {
            let mut bytes = b"\0\0\0\x01\x40\x01\x0c\0\0\0\x01\x4e\x01\x05".to_vec();
            bytes.push((16 + text.len()).min(254) as u8);
            bytes.extend(b"\x2c\xa2\xde\x09\xb5\x17\x47\xdb\xbb\x55\xa4\xfe\x7f\xc2\xfc\x4e");
            bytes.extend(text.bytes());
            bytes.extend(b"\x80\0\0\0\x01\x26\x01\xaf");
            other(Syntax::Other("1.2.840.10008.1.2.4.107"), bytes)
        }
        "rle header" => {
            // One segment of 64 equal pixels; the rest of the header ought to be zeros.
            let mut frame = [1u32.to_le_bytes(), 64u32.to_le_bytes()].concat();
            frame.extend(text.bytes().take(56));
            frame.resize(64, 0);
            frame.extend([0xc1, 0x40]);
            (framed(vec![frame]), Syntax::Rle, at(PIXELS))
        }
        "icon iptc" => icon(set, stream::jpeg(&[(0xed, iptc(&[(0x78, text)]))]), true),
        "icon xmp title" => {
            icon(set, stream::jpeg(&[(0xe1, xmp(&format!("<dc:title>{text}</dc:title>")))]), true)
        }
        "icon tail" => icon(set, [vec![0x55; 64], text.as_bytes().to_vec()].concat(), false),
        "image icon" => {
            // The icon of an item of another sequence.
            let inner = DataSet::new().us(0x0028_0010, &[8]).us(0x0028_0011, &[8]).us(0x0028_0100, &[8]);
            let inner = inner.frames(vec![stream::jpeg(&[(0xfe, text.as_bytes().to_vec())])]);
            let set = set.seq(0x0008_1140, vec![DataSet::new().seq(0x0088_0200, vec![inner])]);
            (set, Syntax::JpegBaseline, format!("(0008,1140)[0].(0088,0200)[0].{}", at(PIXELS)))
        }
        other => panic!("no form is called {other}"),
    }
}

fn icon(set: DataSet, bytes: Vec<u8>, encapsulated: bool) -> (DataSet, Syntax, String) {
    let inner = DataSet::new().us(0x0028_0010, &[8]).us(0x0028_0011, &[8]).us(0x0028_0100, &[8]);
    let inner = if encapsulated { inner.frames(vec![bytes]) } else { inner.ob(PIXELS, bytes) };
    let syntax = if encapsulated { Syntax::JpegBaseline } else { Syntax::ExplicitLe };
    (set.seq(0x0088_0200, vec![inner]), syntax, format!("(0088,0200)[0].{}", at(PIXELS)))
}

/// One tag in the Exif directory (EXIF 2.3, 4.6.3).
fn below(tag: u16, kind: u16, content: &[u8]) -> Vec<u8> {
    let mut out = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0\x01\0".to_vec();
    out.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
    out.extend((content.len() as u32 + 1).to_le_bytes());
    out.extend(44u32.to_le_bytes());
    out.extend([0; 4]);
    out.extend(content);
    out.push(0);
    out
}

/// A description in the second directory, that of the thumbnail.
fn second(text: &str) -> Vec<u8> {
    let mut out =
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x01\0\0\0\x1a\0\0\0\x01\0\x0e\x01\x02\0"
            .to_vec();
    out.extend((text.len() as u32 + 1).to_le_bytes());
    out.extend(44u32.to_le_bytes());
    out.extend([0; 4]);
    out.extend(text.bytes());
    out.push(0);
    out
}

/// A colour profile whose description says the text (ICC.1 10.18, of version 2).
fn profile(text: &str) -> Vec<u8> {
    let mut description = b"desc\0\0\0\0".to_vec();
    description.extend((text.len() as u32 + 1).to_be_bytes());
    description.extend(text.bytes().chain([0]));
    let mut out = vec![0; 128];
    out[36..40].copy_from_slice(b"acsp");
    out.extend(1u32.to_be_bytes());
    out.extend(b"desc");
    out.extend(144u32.to_be_bytes());
    out.extend((description.len() as u32).to_be_bytes());
    out.extend(description);
    let size = out.len() as u32;
    out[..4].copy_from_slice(&size.to_be_bytes());
    [b"ICC_PROFILE\0\x01\x01".to_vec(), out].concat()
}

fn xmp(inner: &str) -> Vec<u8> {
    format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:m=\"http://mock.example/\">{inner}</rdf:Description></rdf:RDF></x:xmpmeta>").into_bytes()
}

/// Photoshop's resource 0404 of these data sets of record 2.
fn iptc(sets: &[(u8, &str)]) -> Vec<u8> {
    let mut record = Vec::new();
    for (number, text) in sets {
        record.extend([0x1c, 2, *number]);
        record.extend((text.len() as u16).to_be_bytes());
        record.extend(text.bytes());
    }
    let mut out = b"Photoshop 3.0\x008BIM\x04\x04\0\0".to_vec();
    out.extend((record.len() as u32).to_be_bytes());
    out.extend(record);
    out
}
