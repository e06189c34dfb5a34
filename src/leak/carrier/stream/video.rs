use super::super::gather::Gather;
use super::{comment, packet};
use std::borrow::Cow;

/// Units of one stream that are looked at: text stands at its beginning.
const MOST_UNITS: usize = 4096;
const START: &[u8] = b"\0\0\x01";
/// Of MPEG-2 (ISO/IEC 13818-2 section 6.3.4.1).
const USER_DATA: u8 = 0xb2;
/// `user_data_unregistered` (ISO/IEC 14496-10 section D.1.7), its size and a UUID before it.
const UNREGISTERED: u8 = 5;
const UUID: usize = 16;

/// `user_data_registered_itu_t_t35` (section D.1.6).
const REGISTERED: u8 = 4;
/// Private streams of a program stream (ISO/IEC 13818-1 table 2-22).
const PRIVATE: [u8; 2] = [0xbd, 0xbf];
/// SEI messages of one unit.
const MOST_MESSAGES: usize = 64;

/// Says the user data in a video stream: MPEG-2, H.264 (ISO/IEC 14496-10), HEVC (ISO/IEC 23008-2), alone or in what
/// such streams are packed in: transport and program streams (ISO/IEC 13818-1), MP4 (ISO/IEC 14496-12), AVI, Matroska.
/// False where `bytes` begin as none.
pub(in super::super) fn video(bytes: &[u8], gather: &mut Gather<'_, '_>) -> bool {
    if packet::transport(bytes, units, gather) {
        return true;
    }
    if packet::file(bytes, gather) {
        return true;
    }
    if !bytes.starts_with(START) && !bytes.starts_with(b"\0\0\0\x01") {
        return false;
    }
    units(bytes, gather);
    true
}

fn units(bytes: &[u8], gather: &mut Gather<'_, '_>) {
    let starts = memchr::memmem::find_iter(bytes, START).map(|at| at + START.len());
    let starts: Vec<usize> = starts.take(MOST_UNITS).collect();
    for (number, &start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).map_or(bytes.len(), |next| next - START.len());
        if let Some(unit) = bytes.get(start..end) {
            user_data(unit, gather);
        }
    }
}

fn user_data(unit: &[u8], gather: &mut Gather<'_, '_>) {
    let Some((&kind, rest)) = unit.split_first() else { return };
    let messages = match kind {
        USER_DATA => return comment(rest, CARRIER, gather),
        kind if PRIVATE.contains(&kind) => {
            return comment(rest.get(2..).unwrap_or_default(), CARRIER, gather);
        }
        kind if kind & 0x9f == 6 => rest,
        kind if matches!(kind >> 1, 39 | 40) => rest.get(1..).unwrap_or_default(),
        _ => return,
    };
    let plain = without_emulation(messages);
    let mut rest = plain.as_ref();
    for _ in 0..MOST_MESSAGES {
        let Some((kind, after)) = number(rest) else { return };
        let Some((size, after)) = number(after) else { return };
        let body = after.get(..size.min(after.len())).unwrap_or_default();
        match u8::try_from(kind) {
            Ok(UNREGISTERED) => comment(body.get(UUID..).unwrap_or_default(), CARRIER, gather),
            Ok(REGISTERED) => comment(body.get(1..).unwrap_or_default(), CARRIER, gather),
            _ => {}
        }
        rest = after.get(size..).unwrap_or_default();
        // The stop bit and what fills the byte up.
        if rest.len() < 2 {
            return;
        }
    }
}

const CARRIER: &str = "user data of a video";

/// A number in bytes of 255 and a last one, and what follows.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let full = bytes.iter().take_while(|&&byte| byte == 0xff).count();
    let last = *bytes.get(full)?;
    Some((full.saturating_mul(255).saturating_add(last.into()), bytes.get(full + 1..)?))
}

/// Without the bytes that keep start codes out of the data (ISO/IEC 14496-10 section 7.4.1.1).
fn without_emulation(bytes: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memmem::find(bytes, b"\0\0\x03").is_none() {
        return Cow::Borrowed(bytes);
    }
    let mut zeros = 0;
    let kept = bytes.iter().copied().filter(|&byte| {
        let inserted = zeros >= 2 && byte == 3;
        zeros = if byte == 0 { zeros + 1 } else { 0 };
        !inserted
    });
    Cow::Owned(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        video(bytes, &mut Gather::new(&mut out));
        out.into_iter().map(|passage| passage.text.into_owned() + "\n").collect()
    }

    #[test]
    fn user_data_is_said() {
        let text = b"PATIENT=Erika Example";
        let uuid = [0x3c; UUID];
        let mpeg2 = [
            &b"\0\0\x01\xb3\x14\x00\xf0\x13\xff\xff\xe0\x18\0\0\x01\xb2"[..],
            text,
            b"\0\0\x01\xb8\0\x08\0\0",
        ];
        let h264 =
            [&b"\0\0\0\x01\x67\x42\0\x1e\0\0\x01\x06\x05\x25"[..], &uuid, text, b"\x80\0\0\x01\x65\x88"];
        let hevc = [&b"\0\0\0\x01\x40\x01\x0c\0\0\x01\x4e\x01\x05\x25"[..], &uuid, text, b"\x80"];
        for stream in [mpeg2.concat(), h264.concat(), hevc.concat()] {
            assert!(said(&stream).contains("Erika Example"), "{stream:02x?}");
        }
        // A message in front, and bytes that keep start codes out; a registered one; private data of a program stream.
        let second = [
            &b"\0\0\0\x01\x06\x01\x02\x10\x20\x05\x28"[..],
            &uuid,
            b"\0\0\x03\x01",
            text,
            b"\x80\0\0\x01\x65",
        ]
        .concat();
        let registered = [&b"\0\0\0\x01\x06\x04\x16\xb5"[..], text, b"\x80\0\0\x01\x65"].concat();
        let program = [&b"\0\0\x01\xba\x44\0\x04\0\x04\x01\0\0\0\xf8\0\0\x01\xbf\0\x15"[..], text].concat();
        for stream in [second, registered, program] {
            assert!(said(&stream).contains("Erika Example"), "{stream:02x?}");
        }
        assert_eq!(said(b"\0\0\x01\xb3\x14\0\xf0\x13\0\0\x01\x01Erika Example"), "");
    }

    #[test]
    fn cut_streams_end() {
        let stream = b"\0\0\0\x01\x06\x05\xff\xff\0\0\x01\xb2\0\0\x01";
        (0..stream.len()).for_each(|at| _ = said(&stream[..at]));
    }
}
