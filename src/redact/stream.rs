//! Parts of compressed images that hold no image: comments and what applications put in.

use super::Patch;

/// Blanks for what is not image at the beginning of a compressed stream, as far as `bytes`, its beginning, show where
/// it ends: comment and application segments of JPEG (ITU-T T.81 annex B) and JPEG 2000 codestreams (ITU-T T.800
/// annex A), and boxes of text and metadata in the files that may be around codestreams (T.800 annex I, ISO/IEC
/// 18181-2). What decoders need stays: JFIF's and Adobe's segments. Lengths stay too. `length`: that of all of the
/// stream.
pub(super) fn blanked(bytes: &[u8], length: u32) -> Vec<Patch> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => segments(bytes, length, |marker, payload| match marker {
            0xfe => true,
            0xe0 => !payload.starts_with(b"JFIF\0"),
            0xee => !payload.starts_with(b"Adobe"),
            0xe1..=0xef => true,
            _ => false,
        }),
        [0xff, 0x4f, 0xff, 0x51, ..] => segments(bytes, length, |marker, _| marker == 0x64),
        [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => {
            boxes(bytes, length)
        }
        _ => Vec::new(),
    }
}

fn boxes(bytes: &[u8], length: u32) -> Vec<Patch> {
    let mut patches = Vec::new();
    let mut at = 0;
    while let Some([a, b, c, d, kind @ ..]) = bytes.get(at..at + 8) {
        let size = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let end = at.saturating_add(size);
        // The last box may have no length, and a long one may have it elsewhere: both hold the image.
        if size < 8 || end > length as usize {
            break;
        }
        if matches!(kind, b"xml " | b"uuid" | b"Exif" | b"jumb" | b"brob") {
            // A kind of box that every reader passes over.
            patches.push(Patch { offset: (at + 4) as u64, bytes: b"free".to_vec() });
            patches.push(Patch { offset: (at + 8) as u64, bytes: vec![0; size - 8] });
        }
        at = end;
    }
    patches
}

/// Bytes of a JPEG 2000 comment that say what it is made of.
const REGISTRATION: usize = 2;

fn segments(bytes: &[u8], length: u32, goes: impl Fn(u8, &[u8]) -> bool) -> Vec<Patch> {
    let mut patches = Vec::new();
    let mut at = 2;
    while let Some(&[0xff, marker, high, low]) = bytes.get(at..at + 4) {
        // Start of scan, start of tile: the image itself.
        if matches!(marker, 0xda | 0x90) {
            break;
        }
        if marker == 0xff {
            at += 1;
            continue;
        }
        let size = usize::from(u16::from_be_bytes([high, low]));
        let end = at + 2 + size.max(2);
        let shown = bytes.get(at + 4..end.min(bytes.len())).unwrap_or_default();
        let skipped = if marker == 0x64 { REGISTRATION } else { 0 };
        if goes(marker, shown) && end <= length as usize && size > 2 + skipped {
            let blank = if marker == 0x64 { b' ' } else { 0 };
            let bytes = vec![blank; size - 2 - skipped];
            patches.push(Patch { offset: (at + 4 + skipped) as u64, bytes });
        }
        at = end;
    }
    patches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_what_decoders_need_stays() {
        let jpeg = [
            &[0xff, 0xd8][..],
            b"\xff\xe0\0\x07JFIF\0",
            b"\xff\xfe\0\x06name",
            b"\xff\xe1\0\x05Exi",
            b"\xff\xdb\0\x04qq",
            b"\xff\xda\0\x04xx",
            b"\xff\xfe\0\x06name",
        ]
        .concat();
        let patches = blanked(&jpeg, jpeg.len() as u32);
        let at: Vec<_> = patches.iter().map(|patch| (patch.offset, patch.bytes.len())).collect();
        assert_eq!(at, [(15, 4), (23, 3)]);
        assert_eq!(blanked(&jpeg, 18), []);
        let codestream = b"\xff\x4f\xff\x51\0\x04zz\xff\x64\0\x08\0\x01name\xff\x90\0\0";
        assert_eq!(blanked(codestream, 30), [Patch { offset: 14, bytes: b"    ".to_vec() }]);
        let jp2 = b"\0\0\0\x0cjP  \x0d\x0a\x87\x0a\0\0\0\x0cxml <a/>\0\0\0\0jp2c";
        let patches = blanked(jp2, jp2.len() as u32);
        assert_eq!(
            patches,
            [Patch { offset: 16, bytes: b"free".to_vec() }, Patch { offset: 20, bytes: vec![0; 4] },]
        );
        assert_eq!(blanked(b"RIFF", 4), []);
    }
}
