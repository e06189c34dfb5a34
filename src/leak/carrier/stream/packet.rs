//! What video streams are packed in, and what that says beside them.

use super::super::gather::Gather;
use super::{be32, comment};

/// Bytes of a packet of a transport stream, and what each begins with (ISO/IEC 13818-1 section 2.4.3).
const PACKET: usize = 188;
const SYNC: u8 = 0x47;
/// Packets that are read, and tables among them that are looked into.
const MOST_PACKETS: usize = 8192;
const MOST_TABLES: usize = 64;
/// Boxes and chunks that are stepped over.
const MOST_BOXES: usize = 256;
/// Bytes at the beginning and the end of a Matroska file, where its tags are.
const MARGIN: usize = 64 << 10;

/// Hands over what the packets of a transport stream carry, and says what its tables do: names of services and
/// programs. False where `bytes` are none.
pub(super) fn transport(
    bytes: &[u8],
    payload: impl FnOnce(&[u8], &mut Gather<'_, '_>),
    gather: &mut Gather<'_, '_>,
) -> bool {
    if bytes.first() != Some(&SYNC) || bytes.get(PACKET) != Some(&SYNC) || !gather.spend(bytes.len()) {
        return false;
    }
    let mut carried = Vec::new();
    let mut tables = 0;
    for packet in bytes.chunks_exact(PACKET).take(MOST_PACKETS).filter(|packet| packet.first() == Some(&SYNC))
    {
        let [_, second, _, fourth, ..] = *packet else { continue };
        let has_field = fourth & 0x20 != 0;
        let field = if has_field { packet.get(4).map_or(0, |&length| 1 + usize::from(length)) } else { 0 };
        let Some(data) = packet.get(4 + field..).filter(|_| fourth & 0x10 != 0) else { continue };
        let begins = second & 0x40 != 0;
        if begins && !data.starts_with(b"\0\0\x01") && tables < MOST_TABLES {
            tables += 1;
            comment(data, "a table of a video", gather);
        } else {
            carried.extend_from_slice(data);
        }
    }
    payload(&carried, gather);
    true
}

/// Says what the headers of an MP4, AVI or Matroska file hold. False where `bytes` are none.
pub(super) fn file(bytes: &[u8], gather: &mut Gather<'_, '_>) -> bool {
    match bytes {
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => boxes(bytes, gather),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => chunks(bytes, gather),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => {
            comment(bytes.get(..MARGIN).unwrap_or(bytes), "tags of a video", gather);
            if let Some(start) = bytes.len().checked_sub(MARGIN).filter(|&start| start > MARGIN) {
                comment(bytes.get(start..).unwrap_or_default(), "tags of a video", gather);
            }
        }
        _ => return false,
    }
    true
}

/// All boxes of the top level but the data (ISO/IEC 14496-12 section 4.2).
fn boxes(bytes: &[u8], gather: &mut Gather<'_, '_>) {
    let mut at = 0;
    for _ in 0..MOST_BOXES {
        let (Some(length), Some(kind)) = (be32(bytes, at), bytes.get(at + 4..at + 8)) else { return };
        let length = match length {
            0 => bytes.len() - at,
            1 => be32(bytes, at + 12).unwrap_or(0).max(16),
            2..=7 => return,
            length => length,
        };
        let end = at.saturating_add(length).min(bytes.len());
        if !matches!(kind, b"mdat" | b"ftyp") {
            comment(bytes.get(at + 8..end).unwrap_or_default(), "a box of a video", gather);
        }
        at = end;
    }
}

/// All chunks of the top level but the frames and their index.
fn chunks(bytes: &[u8], gather: &mut Gather<'_, '_>) {
    let mut at = 12;
    for _ in 0..MOST_BOXES {
        let Some(header) = bytes.get(at..at + 8) else { return };
        let [a, b, c, d, length @ ..] = header else { return };
        let length = length.iter().rev().fold(0usize, |all, &byte| all << 8 | usize::from(byte));
        let body = bytes.get(at + 8..(at + 8).saturating_add(length).min(bytes.len())).unwrap_or_default();
        if !body.starts_with(b"movi") && [*a, *b, *c, *d] != *b"idx1" {
            comment(body, "a chunk of a video", gather);
        }
        // Chunks begin at even places.
        at = (at + 8).saturating_add(length).saturating_add(length % 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        let mut gather = Gather::new(&mut out);
        let read = transport(bytes, |data, gather| comment(data, "x", gather), &mut gather)
            || file(bytes, &mut gather);
        assert!(read, "{bytes:02x?}");
        out.into_iter().map(|passage| passage.text.into_owned() + "\n").collect()
    }

    #[test]
    fn what_videos_are_packed_in_is_read() {
        let text = b"patient: Erika Example";
        let boxed =
            |kind: &[u8], body: &[u8]| [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat();
        let mp4 = [
            boxed(b"ftyp", b"isom\0\0\x02\0"),
            boxed(b"mdat", &[7; 64]),
            boxed(b"moov", &boxed(b"udta", &boxed(b"\xa9nam", text))),
        ]
        .concat();
        let chunk = |kind: &[u8], body: &[u8]| [kind, &(body.len() as u32).to_le_bytes()[..], body].concat();
        let list = chunk(b"LIST", &[&b"INFO"[..], &chunk(b"INAM", text)].concat());
        let avi = [&b"RIFF\0\x01\0\0AVI "[..], &chunk(b"LIST", b"movi00dc"), &list].concat();
        let mkv = [&b"\x1a\x45\xdf\xa3\x84\0\0\0\0"[..], text].concat();
        let packet = |head: &[u8], data: &[u8]| {
            let mut packet = [head, data].concat();
            packet.resize(PACKET, 0xff);
            packet
        };
        let ts = [packet(b"\x47\x40\x11\x10", text), packet(b"\x47\x01\x00\x10", b"\0\0\x01\xe0")].concat();
        for file in [mp4, avi, mkv, ts] {
            assert!(said(&file).contains("Erika Example"), "{file:02x?}");
        }
    }

    #[test]
    fn cut_files_end() {
        for file in [
            &b"\0\0\0\x08ftyp\0\0\0\x01moov"[..],
            b"RIFF\0\0\0\0AVI LIST\xff\xff\xff\xff",
            b"\x1a\x45\xdf\xa3",
        ] {
            said(file);
        }
        said(&[SYNC; 4 * PACKET]);
    }
}
