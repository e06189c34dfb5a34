use super::super::gather::Gather;
use super::{be16, comment, exif, photoshop, xmp};

/// Segments of one stream.
const MOST_SEGMENTS: usize = 1024;

/// Reads the segments of a JPEG or JPEG-LS stream (ITU-T T.81 annex B, T.87) up to its end or to where it is cut.
/// Returns where it ends.
pub(in super::super) fn jpeg(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    let mut at = 2;
    for _ in 0..MOST_SEGMENTS {
        // Fill bytes may stand in front of a marker.
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let Some(&[0xff, marker]) = bytes.get(at..at + 2) else {
            // Not a stream, or cut within a segment.
            return (at > 4).then(|| at.min(bytes.len()));
        };
        match marker {
            0xd9 => return Some(at + 2),
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => {
                let length = be16(bytes, at + 2).filter(|&length| length >= 2)?;
                let end = (at + 2 + length).min(bytes.len());
                segment(marker, bytes.get(at + 4..end).unwrap_or_default(), gather);
                at = at + 2 + length;
                if marker == 0xda {
                    at = scan_end(bytes, at);
                }
            }
        }
        if at >= bytes.len() {
            return Some(bytes.len());
        }
    }
    Some(at)
}

/// Bytes of a later fragment in which segments are looked for.
const MOST_CONTINUED: usize = 8 << 10;

/// Reads the comments and application data of a JPEG stream that began in another fragment.
pub(in super::super) fn continued(bytes: &[u8], gather: &mut Gather<'_, '_>) {
    let head = bytes.get(..MOST_CONTINUED).unwrap_or(bytes);
    let mut from = 0;
    while let Some(at) = head.get(from..).and_then(|rest| memchr::memchr(0xff, rest)).map(|at| from + at) {
        from = at + 1;
        let (Some(&marker), Some(length)) = (bytes.get(at + 1), be16(bytes, at + 2)) else { return };
        if !matches!(marker, 0xe0..=0xef | 0xfe) || length < 4 {
            continue;
        }
        let Some(body) = bytes.get(at + 4..at + 2 + length) else { continue };
        segment(marker, body, gather);
        from = at + 2 + length;
    }
}

/// The marker after entropy-coded data.
fn scan_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|&b| b == 0xff)) {
        at += found;
        match bytes.get(at + 1) {
            // Stuffing, restarts, and what JPEG-LS stuffs, are data.
            Some(0x00..=0x7f | 0xd0..=0xd7) => at += 2,
            Some(0xff) => at += 1,
            Some(_) => return at,
            None => break,
        }
    }
    bytes.len()
}

fn segment(marker: u8, body: &[u8], gather: &mut Gather<'_, '_>) {
    match marker {
        0xfe => comment(body, "a JPEG comment", gather),
        0xe0 => {
            if let Some(rest) = body.strip_prefix(b"JFIF\0").and_then(|rest| rest.get(9..)) {
                // A thumbnail of raw pixels, and what may hide in its place.
                comment(rest, "a JPEG segment", gather);
            } else if !body.starts_with(b"JFXX") {
                comment(body, "a JPEG segment", gather);
            }
        }
        0xe1 if body.starts_with(b"Exif\0") => exif::metadata(body.get(6..).unwrap_or_default(), gather),
        0xe1 if body.starts_with(b"http://ns.adobe.com/x") => {
            let text = body.iter().position(|&b| b == b'<').and_then(|at| body.get(at..));
            xmp(text.unwrap_or_default(), gather);
        }
        0xe2 if body.starts_with(b"ICC_PROFILE\0") => {
            let _ = photoshop::profile(body.get(14..).unwrap_or_default(), gather);
        }
        0xed if body.starts_with(b"Photoshop 3.0\0") => {
            photoshop::resources(body.get(14..).unwrap_or_default(), gather);
        }
        0xee if body.starts_with(b"Adobe") && body.len() <= 12 => {}
        // Names of formats alone.
        0xe1..=0xef if body.len() <= 8 || body.starts_with(b"SPIFF") => {}
        0xe1..=0xef => comment(body, "a JPEG segment", gather),
        _ => {}
    }
}
