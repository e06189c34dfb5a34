use super::{
    Form, Patch, RowId,
    bytes::{Bytes, Part},
};
use std::io::Cursor;

/// The stream as it is when all is overwritten, cut into fragments of that length.
fn overwritten(stream: &[u8], length: usize) -> Vec<u8> {
    let mut parts = Vec::new();
    for (row, start) in (0..stream.len()).step_by(length).enumerate() {
        let length = length.min(stream.len() - start) as u64;
        parts.push(Part { row, offset: start as u64, length });
    }
    let mut bytes = Bytes::new(Cursor::new(stream), &parts);
    let _ = Form::of(stream).unwrap().follow(&mut bytes);
    patched(stream, &parts, &bytes.patches)
}

pub(super) fn patched(stream: &[u8], parts: &[Part], patches: &[(RowId, Patch)]) -> Vec<u8> {
    let mut out = stream.to_vec();
    for (row, patch) in patches {
        let start = (parts[*row].offset + patch.offset) as usize;
        assert!(patch.offset + patch.bytes.len() as u64 <= parts[*row].length);
        out[start..start + patch.bytes.len()].copy_from_slice(&patch.bytes);
    }
    out
}

/// What is there, and what takes its place, however the stream is cut into fragments.
fn check(pieces: &[(&[u8], &[u8])]) {
    check_in(pieces, &[usize::MAX, 7, 2, 1]);
}

/// The same of a stream in one piece, since nothing of the next is behind an end.
fn check_whole(pieces: &[(&[u8], &[u8])]) {
    check_in(pieces, &[usize::MAX]);
}

fn check_in(pieces: &[(&[u8], &[u8])], lengths: &[usize]) {
    let stream: Vec<u8> = pieces.iter().flat_map(|(before, _)| before.to_vec()).collect();
    let wanted: Vec<u8> = pieces.iter().flat_map(|(_, after)| after.to_vec()).collect();
    for &length in lengths {
        let length = length.min(stream.len());
        let found = overwritten(&stream, length);
        assert_eq!(
            found.escape_ascii().to_string(),
            wanted.escape_ascii().to_string(),
            "in pieces of {length}"
        );
    }
    for end in 0..stream.len() {
        if Form::of(&stream[..end]).is_some() {
            overwritten(&stream[..end], 3);
        }
    }
}

fn same(bytes: &[u8]) -> (&[u8], &[u8]) {
    (bytes, bytes)
}

#[test]
fn jpeg_before_between_and_behind_scans() {
    check(&[
        same(b"\xff\xd8\xff\xe0\0\x14JFIF\0\x01\x02\0\0\x01\0\x01"),
        (b"\x01\x01name", b"\0\0\0\0\0\0"),
        same(b"\xff\xfe\0\x06"),
        (b"name", b"\0\0\0\0"),
        same(b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0"),
        same(b"\xff\xdb\0\x04qq\xff\xda\0\x04xx\x12\xff\0\x34\xff\xd3\x56\xff\x7f\x01\xff\xff\xfe\0\x06"),
        (b"late", b"\0\0\0\0"),
        same(b"\xff\xda\0\x04xx\x12\xff\xe5\0\x05"),
        (b"app", b"\0\0\0"),
        same(b"\xff\xd9"),
    ]);
    check_whole(&[same(b"\xff\xd8\xff\xda\0\x04xx\x12\xff\xd9\0"), (b"behind", b"\0\0\0\0\0\0")]);
    check(&[same(b"\xff\xd8\xff\xda\0\x04xx\x12\xff\xd9\0\0\xff\0")]);
}

#[test]
fn jpeg_ls_keeps_how_colours_were_transformed() {
    check(&[same(b"\xff\xd8\xff\xe8\0\x07mrfx\x01\xff\xf7\0\x04qq\xff\xda\0\x04xx\x12\xff\x7f\xff\xd9")]);
}

#[test]
fn another_image_behind_the_first_is_followed() {
    check(&[
        same(b"\xff\xd8\xff\xda\0\x04xx\x12\xff\xd9\xff\xd8\xff\xfe\0\x06"),
        (b"name", b"\0\0\0\0"),
        same(b"\xff\xda\0\x04xx\x12\xff\xd9"),
    ]);
}

#[test]
fn what_only_begins_like_another_image_goes() {
    check_whole(&[same(b"\xff\xd8\xff\xda\0\x04xx\x12\xff\xd9"), (b"\xff\xd8name", b"\0\0\0\0\0\0")]);
}

#[test]
fn any_number_of_images_behind_each_other_is_followed() {
    let stream = [&b"\xff\xd8\xff\xd9"[..]; 100_000].concat();
    assert_eq!(overwritten(&stream, 1 << 16), stream);
    let begun = b"\xff\xd8\xff\xd9\xff\xd8\xff\xfe\0\x04ab\0name";
    assert_eq!(overwritten(begun, 64), [&begun[..4], &[0; 13]].concat());
}

#[test]
fn codestreams_in_the_main_header_and_in_tile_parts() {
    // The first tile-part says how long it is, the second goes to the end.
    check(&[
        same(b"\xff\x4f\xff\x51\0\x04zz\xff\x64\0\x08\0\x01"),
        (b"name", b"    "),
        same(b"\xff\x90\0\x0a\0\0\0\0\0\x1c\0\x02\xff\x64\0\x08\0\x01"),
        (b"late", b"    "),
        same(b"\xff\x93\x01\xff\x64\0"),
        same(b"\xff\x90\0\x0a\0\x01\0\0\0\0\0\x02\xff\x64\0\x07\0\x01"),
        (b"end", b"   "),
        same(b"\xff\x93data\xff\x7f\xff\xd9"),
    ]);
    check_whole(&[same(b"\xff\x4f\xff\x51\0\x04zz\xff\xd9"), (b"behind", b"\0\0\0\0\0\0")]);
}

#[test]
fn boxes_around_them() {
    let code = b"\xff\x4f\xff\x51\0\x04zz\xff\x64\0\x08\0\x01";
    let length = (8 + code.len() + 4 + 2) as u8;
    check(&[
        same(b"\0\0\0\x0cjP  \x0d\x0a\x87\x0a\0\0\0\x0c"),
        (b"xml <a/>", b"free\0\0\0\0"),
        same(&[0, 0, 0, length]),
        same(b"jp2c"),
        same(code),
        (b"name", b"    "),
        same(b"\xff\xd9"),
        same(b"\0\0\0\x01"),
        (b"uuid", b"free"),
        same(b"\0\0\0\0\0\0\0\x15"),
        (b"after", b"\0\0\0\0\0"),
    ]);
}

#[test]
fn boxes_that_no_image_is_made_of_and_what_is_no_box() {
    let image = b"\0\0\0\x0cJXL \x0d\x0a\x87\x0a\0\0\0\x0cftypjxl \0\0\0\x0ajxlc\xff\x0a\0\0\0\x0c";
    for behind in [&b"short"[..], b"name of a patient", b"\0\0\0\x07name", b"\0\0\0\x40nameof a patient"] {
        let nothing = vec![0; behind.len()];
        check_whole(&[
            same(image),
            (b"jbrdname", b"free\0\0\0\0"),
            same(b"\0\0\0\x0c"),
            (b"acmename", b"free\0\0\0\0"),
            (behind, &nothing),
        ]);
    }
}

#[test]
fn boxes_within_others() {
    for (inner, after) in [
        (&b"\0\0\0\x0cxml name"[..], &b"\0\0\0\x0cfree\0\0\0\0"[..]),
        (b"\0\0\0\x14res \0\0\0\x0cnamename", b"\0\0\0\x14res \0\0\0\x0cfree\0\0\0\0"),
        (b"\0\0\0\x40xml name", &[0; 12]),
        (b"name", &[0; 4]),
    ] {
        let length = 8 + 12 + inner.len() as u8;
        check(&[
            same(b"\0\0\0\x0cjP  \x0d\x0a\x87\x0a"),
            same(&[0, 0, 0, length, b'j', b'p', b'2', b'h']),
            same(b"\0\0\0\x0ccdef\0\x01\x02\x03"),
            (inner, after),
            same(b"\0\0\0\x0cftypjp2 "),
        ]);
    }
}

#[test]
fn boxes_within_others_without_end() {
    let deep = b"\0\0\0\0jp2h".repeat(100);
    let whole = [&b"\0\0\0\x0cjP  \x0d\x0a\x87\x0a"[..], &deep, b"name"].concat();
    let cleaned = overwritten(&whole, whole.len());
    assert!(cleaned.ends_with(&[0; 4]) && cleaned.starts_with(&whole[..12]));
}

#[test]
fn more_than_an_image_has_is_told_and_takes_no_memory() {
    // A box that says to be longer than anything, and is cut off by the end of its file.
    let stream =
        [&b"\0\0\0\x0cjP  \x0d\x0a\x87\x0a"[..], b"\0\0\0\x01uuid\x0f\xff\xff\xff\xff\xff\xff\xff"].concat();
    let length = u64::MAX / 4;
    let parts = [Part { row: 0, offset: 0, length }];
    let mut bytes = Bytes::new(Cursor::new(&stream), &parts);
    let _ = Form::of(&stream).unwrap().follow(&mut bytes);
    assert!(bytes.is_too_much());
}
