//! Words in the streams of images and videos.
use crate::all::{garden::at, judging, wrap, wrap::stream};
use dcmleak::demo::encode::{DataSet, Syntax};

const PIXELS: u32 = 0x7FE0_0010;
const J2K: Syntax = Syntax::Other("1.2.840.10008.1.2.4.91");

/// The set with its image holding the text.
pub fn compressed(form: &str, text: &str, set: DataSet) -> (DataSet, Syntax, String) {
    let replaced = |frame: Vec<u8>| set.clone().without(&[PIXELS]).join(DataSet::new().frames(vec![frame]));
    let jpeg = |marker: u8, content: Vec<u8>| {
        (replaced(stream::jpeg(&[(marker, content)])), Syntax::JpegBaseline, at(PIXELS))
    };
    let jp2 = |kind: &[u8; 4], content: Vec<u8>| {
        (replaced(stream::jp2(&[stream::bx(kind, &content)])), J2K, at(PIXELS))
    };
    let other = |uid, bytes: Vec<u8>| (replaced(bytes), Syntax::Other(uid), at(PIXELS));
    match form {
        "exif many" => jpeg(
            0xe1,
            directory(&[(0x010f, "Example Optics"), (0x0110, "FC-7"), (0x0131, "3.1"), (0x010e, text)]),
        ),
        "exif copyright" => jpeg(0xe1, directory(&[(0x010f, "Example Optics"), (0x8298, text)])),
        "exif big" => jpeg(0xe1, big_endian(text)),
        "exif xp" => jpeg(0xe1, stream::exif(0x9c9d, 1, &wrap::utf16(text, false))),
        "exif comment" => jpeg(0xe1, ascii_comment(text)),
        "iptc byline" => jpeg(0xed, iptc(0x50, text)),
        "app11 json" => jpeg(0xeb, [b"JP\0\x01\0\0\0\x01".to_vec(), text.as_bytes().to_vec()].concat()),
        "com extended" => {
            let (set, _, place) = jpeg(0xfe, text.as_bytes().to_vec());
            (set, Syntax::Other("1.2.840.10008.1.2.4.51"), place)
        }
        "jp2 xmp" => {
            let uuid = b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";
            jp2(b"uuid", [uuid.to_vec(), stream::packet(text).into_bytes()].concat())
        }
        "jp2 exif" => jp2(
            b"uuid",
            [b"JpgTiffExif->JP2".to_vec(), stream::exif(0x010e, 2, text.as_bytes())[6..].to_vec()].concat(),
        ),
        "htj2k com" => other("1.2.840.10008.1.2.4.201", stream::j2k(Some(text))),
        "mpeg user" => {
            let head = b"\0\0\x01\xb3\x14\x00\xf0\x13\xff\xff\xe0\x18\0\0\x01\xb2";
            other(
                "1.2.840.10008.1.2.4.100",
                [head.to_vec(), text.as_bytes().to_vec(), b"\0\0\x01\xb8\0\x08\0\0".to_vec()].concat(),
            )
        }
        "h264 sei" => other("1.2.840.10008.1.2.4.102", sei(text)),
        "rle tail" => {
            let mut frame = 1u32.to_le_bytes().to_vec();
            frame.extend(64u32.to_le_bytes());
            frame.resize(64, 0);
            // 64 pixels as a run, then what is none.
            frame.extend([0xc1, 0x40]);
            frame.extend(text.bytes());
            (replaced(frame), Syntax::Rle, at(PIXELS))
        }
        "native tail" => {
            let pixels = [vec![0x33; 64], text.as_bytes().to_vec()].concat();
            (set.without(&[PIXELS]).ob(PIXELS, pixels), Syntax::ExplicitLe, at(PIXELS))
        }
        "icon xmp" => {
            let inner = DataSet::new().us(0x0028_0010, &[8]).us(0x0028_0011, &[8]).us(0x0028_0100, &[8]);
            let inner = inner.frames(vec![stream::jpeg(&[(0xe1, stream::xmp(text))])]);
            (
                set.seq(0x0088_0200, vec![inner]),
                Syntax::JpegBaseline,
                format!("(0088,0200)[0].{}", at(PIXELS)),
            )
        }
        other => judging::forms::compressed(other, text, set),
    }
}

/// A TIFF directory of text tags, little endian (EXIF 2.3, 4.5.2).
fn directory(tags: &[(u16, &str)]) -> Vec<u8> {
    let mut out = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    out.extend((tags.len() as u16).to_le_bytes());
    let mut offset = 8 + 2 + 12 * tags.len() as u32 + 4;
    for (tag, text) in tags {
        // Four bytes and less would stand in the directory itself.
        let count = text.len().max(4) as u32 + 1;
        out.extend([tag.to_le_bytes(), 2u16.to_le_bytes()].concat());
        out.extend([count.to_le_bytes(), offset.to_le_bytes()].concat());
        offset += count;
    }
    out.extend([0; 4]);
    for (_, text) in tags {
        out.extend(text.bytes());
        out.resize(out.len() + 1 + 4usize.saturating_sub(text.len()), 0);
    }
    out
}

/// An image's description, big endian.
fn big_endian(text: &str) -> Vec<u8> {
    let mut out = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x0e\0\x02".to_vec();
    out.extend((text.len() as u32 + 1).to_be_bytes());
    out.extend(26u32.to_be_bytes());
    out.extend([0; 4]);
    out.extend(text.bytes());
    out.push(0);
    out
}

/// UserComment in the Exif directory, "ASCII".
fn ascii_comment(text: &str) -> Vec<u8> {
    let mut out = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0".to_vec();
    out.extend(b"\x01\0\x86\x92\x07\0");
    out.extend((text.len() as u32 + 8).to_le_bytes());
    out.extend(44u32.to_le_bytes());
    out.extend([0; 4]);
    out.extend(b"ASCII\0\0\0");
    out.extend(text.bytes());
    out
}

/// Photoshop's resource 0404 with one record 2 data set.
fn iptc(number: u8, text: &str) -> Vec<u8> {
    let mut record = vec![0x1c, 2, number];
    record.extend((text.len() as u16).to_be_bytes());
    record.extend(text.bytes());
    let mut out = b"Photoshop 3.0\x008BIM\x04\x04\0\0".to_vec();
    out.extend((record.len() as u32).to_be_bytes());
    out.extend(record);
    out
}

/// An SEI of unregistered user data (H.264 D.1.6) in front of a slice that is none.
fn sei(text: &str) -> Vec<u8> {
    let mut out = b"\0\0\0\x01\x67\x42\0\x1e\xab\0\0\0\x01\x06\x05".to_vec();
    let mut size = 16 + text.len();
    while size >= 255 {
        out.push(255);
        size -= 255;
    }
    out.push(size as u8);
    out.extend(b"\xdc\x45\xe9\xbd\xe6\xd9\x48\xb7\x96\x2c\xd8\x20\xd9\x23\xee\xef");
    out.extend(text.bytes());
    out.extend(b"\x80\0\0\0\x01\x65\x88\x84");
    out
}
