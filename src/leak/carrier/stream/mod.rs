//! Text in image streams, read without decoding a pixel: comments, application segments, tags, chunks, boxes. What
//! follows an image's end is left to the caller.

mod boxes;
mod brotli;
mod exif;
mod jpeg;
mod packet;
mod photoshop;
mod png;
mod video;

pub(super) use boxes::{boxes, codestream};
pub(super) use exif::tiff;
pub(super) use jpeg::{continued, jpeg};
pub(super) use photoshop::profile;
pub(super) use png::{gif, png};
pub(super) use video::video;

use super::gather::Gather;
use super::{blob, markup};

/// XMP or other XML in an image.
fn xmp(bytes: &[u8], gather: &mut Gather<'_, '_>) {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_matches(['\0', ' ', '\n', '\r', '\t', '\u{feff}']);
    if !markup::xml(text, gather) {
        gather.say("XMP metadata", text);
    }
}

/// A comment, in whatever encoding it is.
fn comment(bytes: &[u8], carrier: &'static str, gather: &mut Gather<'_, '_>) {
    gather.deeper(bytes.len(), |gather| blob::look(bytes, carrier, gather));
}

fn be16(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?).into())
}

fn be32(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize)
}

#[cfg(test)]
pub(in super::super) mod tests {
    use super::super::gather::Gather;
    use super::*;

    /// What a blob says, a line a passage, with its carrier.
    pub fn said(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        blob::look(bytes, "plain", &mut Gather::new(&mut out));
        out.iter().map(|passage| format!("[{}] {}\n", passage.carrier, passage.text)).collect()
    }

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        [&[0xff, marker][..], &(body.len() as u16 + 2).to_be_bytes(), body].concat()
    }

    fn jpeg_with(segments: &[Vec<u8>], after: &[u8]) -> Vec<u8> {
        let scan = [
            &segment(0xda, &[1, 1, 0, 0, 63, 0])[..],
            &[0x12, 0xff, 0, 0x34, 0xff, 0xd3, 0x56],
            &[0xff, 0xd9],
        ]
        .concat();
        [&[0xff, 0xd8][..], &segments.concat(), &scan, after].concat()
    }

    /// TIFF structure of some ASCII tags, of either byte order.
    fn tiff_of(tags: &[(u16, &str)], big: bool) -> Vec<u8> {
        let w16 = |n: u16| if big { n.to_be_bytes() } else { n.to_le_bytes() };
        let w32 = |n: u32| if big { n.to_be_bytes() } else { n.to_le_bytes() };
        let mut out = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
        out.extend(w32(8));
        out.extend(w16(tags.len() as u16));
        let mut text = Vec::new();
        let base = 8 + 2 + 12 * tags.len() + 4;
        for (tag, value) in tags {
            out.extend(
                [&w16(*tag)[..], &w16(2), &w32(value.len() as u32 + 1), &w32((base + text.len()) as u32)]
                    .concat(),
            );
            text.extend(value.bytes().chain([0]));
        }
        out.extend(w32(0));
        out.extend(text);
        out
    }

    #[test]
    fn every_segment_of_a_jpeg() {
        let iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x12\x1c\x02\x50\0\x0dErika Example";
        let xmp =
            b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><dc:creator>Sam Sonographer</dc:creator></x:xmpmeta>";
        let exif =
            [&b"Exif\0\0"[..], &tiff_of(&[(0x13b, "Max Muster"), (0x10e, "Hand of Tina Testcase")], true)]
                .concat();
        for (segment, wanted) in [
            (
                segment(0xfe, b"Scanned for Max Mueller-Muster, born 2 Nov 1958"),
                "[a JPEG comment] Scanned for Max Mueller-Muster",
            ),
            (segment(0xe1, &exif), "Artist: Max Muster"),
            (segment(0xe1, &exif), "Image Description: Hand of Tina Testcase"),
            (segment(0xe1, xmp), "creator: Sam Sonographer"),
            (segment(0xed, iptc), "Erika Example"),
            (segment(0xec, b"Ducky Erika Example"), "Erika Example"),
        ] {
            let found = said(&jpeg_with(&[segment], b""));
            assert!(found.contains(wanted), "{wanted} in {found}");
        }
    }

    #[test]
    fn a_jpeg_ends_where_it_says_and_the_rest_is_read() {
        let found = said(&jpeg_with(&[], b"\0\0left for Erika Example\0"));
        assert!(found.contains("[plain] left for Erika Example"), "{found}");
        assert_eq!(said(&jpeg_with(&[segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")], b"")), "");
    }

    #[test]
    fn a_tiff_of_either_order() {
        for big in [true, false] {
            let found = said(&tiff_of(&[(0x8298, "Erika Example"), (0x13c, "WS-17 ward 3")], big));
            assert!(
                found.contains("Copyright: Erika Example") && found.contains("Host Computer: WS-17"),
                "{found}"
            );
        }
    }

    #[test]
    fn chunks_of_a_png() {
        let chunk = |kind: &[u8; 4], body: &[u8]| {
            [&(body.len() as u32).to_be_bytes()[..], kind, body, &[0; 4]].concat()
        };
        let packed = {
            use std::io::Write;
            let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
            out.write_all(b"born 17 March 1962").unwrap();
            out.finish().unwrap()
        };
        let png = [
            b"\x89PNG\r\n\x1a\n".to_vec(),
            chunk(b"IHDR", &[0; 13]),
            chunk(b"tEXt", b"Author\0Erika Example"),
            chunk(b"zTXt", &[&b"Comment\0\0"[..], &packed].concat()),
            chunk(b"iTXt", "Title\0\0\0\0\0Müller-Muster".as_bytes()),
            chunk(b"IEND", b""),
            b"after the end".to_vec(),
        ]
        .concat();
        let found = said(&png);
        for wanted in
            ["Author: Erika Example", "Comment: born 17 March 1962", "Title: Müller-Muster", "after the end"]
        {
            assert!(found.contains(wanted), "{wanted} in {found}");
        }
    }

    #[test]
    fn comments_of_a_codestream_and_boxes_around_it() {
        let code = [
            &b"\xff\x4f\xff\x51\0\x29"[..],
            &[0; 39],
            b"\xff\x64\0\x12\0\x01Erika Example.",
            b"\xff\x90\0\x0a\0\0\0\0\0\0\0\0",
        ]
        .concat();
        assert!(said(&code).contains("[a JPEG 2000 comment] Erika Example"), "{}", said(&code));
        let boxed =
            |kind: &[u8; 4], body: &[u8]| [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat();
        let label = boxed(
            b"asoc",
            &[boxed(b"lbl ", b"Max Muster"), boxed(b"xml ", b"<a><Name>Tina Testcase</Name></a>")].concat(),
        );
        let jp2 = [b"\0\0\0\x0cjP  \r\n\x87\n".to_vec(), label, boxed(b"jp2c", &code)].concat();
        let found = said(&jp2);
        for wanted in ["Max Muster", "Name: Tina Testcase", "Erika Example"] {
            assert!(found.contains(wanted), "{wanted} in {found}");
        }
        let exif = [&[0u8; 4][..], &tiff_of(&[(0x13b, "Max Muster")], false)].concat();
        let jxl =
            [b"\0\0\0\x0cJXL \r\n\x87\n".to_vec(), boxed(b"Exif", &exif), boxed(b"jxlc", &[0xff, 0x0a])]
                .concat();
        assert!(said(&jxl).contains("Artist: Max Muster"), "{}", said(&jxl));
    }

    #[test]
    fn cut_and_flipped_streams_end() {
        let jpeg = jpeg_with(
            &[
                segment(0xfe, b"Erika Example"),
                segment(0xe1, &[&b"Exif\0\0"[..], &tiff_of(&[(0x13b, "Max")], true)].concat()),
            ],
            b"tail",
        );
        let streams = [jpeg, tiff_of(&[(0x13b, "Max Muster"), (0x8769, "x")], false)];
        for stream in &streams {
            for at in 0..stream.len() {
                said(&stream[..at]);
                let mut flipped = stream.clone();
                flipped[at] ^= 0xff;
                said(&flipped);
            }
        }
    }
}
