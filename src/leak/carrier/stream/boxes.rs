use super::super::gather::Gather;
use super::{be16, be32, brotli, comment, exif, xmp};

const MOST_BOXES: usize = 1024;
const MOST_SEGMENTS: usize = 1024;

/// Reads boxes: JP2 and JPX (ITU-T T.800 annex I, T.801 annex M), JPEG XL containers (ISO/IEC 18181-2). Superboxes
/// are entered, not left: what they hold follows their header. Returns where the boxes end.
pub(in super::super) fn boxes(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    let mut at = 0;
    for _ in 0..MOST_BOXES {
        let (Some(length), Some(kind)) = (be32(bytes, at), bytes.get(at + 4..at + 8)) else { break };
        if !kind.iter().all(|b| b.is_ascii_graphic() || *b == b' ') {
            break;
        }
        let (header, length) = match length {
            // To the end; or a length of 64 bits.
            0 => (8, bytes.len() - at),
            1 => (16, (be32(bytes, at + 12)?).saturating_add(be32(bytes, at + 8)?.saturating_mul(1 << 32))),
            2..=7 => break,
            length => (8, length),
        };
        let end = at.saturating_add(length).min(bytes.len());
        let body = bytes.get(at + header..end).unwrap_or_default();
        match kind {
            b"asoc" | b"res " | b"jp2h" | b"ftbl" | b"jpch" | b"jplh" | b"uinf" => {
                at += header;
                continue;
            }
            b"jp2c" | b"jxlc" | b"jxlp" => {
                if codestream(body, gather).is_none() && length == bytes.len() - at {
                    comment(body, "text after an image", gather);
                }
            }
            b"brob" => brotli::packed_box(body, gather),
            b"jbrd" => brotli::reconstruction(body, gather),
            _ => content(kind, body, gather),
        }
        at = end;
        if at >= bytes.len() {
            break;
        }
    }
    (at > 0).then_some(at)
}

/// What a box holds that holds neither boxes nor an image.
pub(super) fn content(kind: &[u8], body: &[u8], gather: &mut Gather<'_, '_>) {
    match kind {
        b"xml " => xmp(body, gather),
        b"uuid" => uuid(body, gather),
        b"Exif" => exif::metadata(body.get(4..).unwrap_or_default(), gather),
        b"lbl " | b"url " => comment(body, "a label in an image", gather),
        b"jP  " | b"JXL " | b"ftyp" | b"ihdr" | b"colr" | b"pclr" | b"cmap" | b"cdef" | b"bpcc" | b"jxli"
        | b"jxll" => {}
        _ => comment(body, "a box in an image", gather),
    }
}

fn uuid(body: &[u8], gather: &mut Gather<'_, '_>) {
    let Some((id, body)) = body.split_at_checked(16) else { return };
    if id.starts_with(b"JpgTiffExif") {
        exif::metadata(body, gather);
    } else if id.starts_with(&[0xbe, 0x7a, 0xcf, 0xcb]) {
        xmp(body, gather);
    } else {
        comment(body, "a box in an image", gather);
    }
}

/// Comments in the main header of a JPEG 2000 codestream (ITU-T T.800 section A.9). Returns where it ends, which is
/// behind its last marker, where that is in sight.
pub(in super::super) fn codestream(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    if !bytes.starts_with(b"\xff\x4f\xff\x51") {
        return None;
    }
    let mut at = 2;
    for _ in 0..MOST_SEGMENTS {
        let (Some(&[0xff, marker]), Some(length)) = (bytes.get(at..at + 2), be16(bytes, at + 2)) else {
            break;
        };
        if marker == 0x90 || length < 2 {
            break;
        }
        let end = (at + 2 + length).min(bytes.len());
        if marker == 0x64 {
            // The registration in front says whether it is text or not; both are looked at.
            comment(bytes.get(at + 6..end).unwrap_or_default(), "a JPEG 2000 comment", gather);
        }
        at += 2 + length;
    }
    let tail = bytes.len().saturating_sub(4 << 10).max(2);
    let last = bytes.get(tail..)?.windows(2).rposition(|pair| pair == [0xff, 0xd9]);
    Some(last.map_or(bytes.len(), |last| tail + last + 2))
}
