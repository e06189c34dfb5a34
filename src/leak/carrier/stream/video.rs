use super::super::gather::Gather;
use super::comment;

/// Units of one stream that are looked at: text stands at its beginning.
const MOST_UNITS: usize = 4096;
const START: &[u8] = b"\0\0\x01";
/// Of MPEG-2 (ISO/IEC 13818-2 section 6.3.4.1).
const USER_DATA: u8 = 0xb2;
/// `user_data_unregistered` (ISO/IEC 14496-10 section D.1.7), its size and a UUID before it.
const UNREGISTERED: u8 = 5;
const UUID: usize = 16;

/// Says the user data in a video stream: MPEG-2, H.264 (ISO/IEC 14496-10), HEVC (ISO/IEC 23008-2). False where
/// `bytes` begin as none.
pub(in super::super) fn video(bytes: &[u8], gather: &mut Gather<'_, '_>) -> bool {
    if !bytes.starts_with(START) && !bytes.starts_with(b"\0\0\0\x01") {
        return false;
    }
    let starts = memchr::memmem::find_iter(bytes, START).map(|at| at + START.len());
    let starts: Vec<usize> = starts.take(MOST_UNITS).collect();
    for (number, &start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).map_or(bytes.len(), |next| next - START.len());
        if let Some(text) = bytes.get(start..end).and_then(user_data) {
            comment(text, "user data of a video", gather);
        }
    }
    true
}

fn user_data(unit: &[u8]) -> Option<&[u8]> {
    let (&kind, rest) = unit.split_first()?;
    if kind == USER_DATA {
        return Some(rest);
    }
    let message = match kind {
        kind if kind & 0x9f == 6 => rest,
        kind if matches!(kind >> 1, 39 | 40) => rest.get(1..)?,
        _ => return None,
    };
    let (&payload, rest) = message.split_first()?;
    let longer = rest.iter().take_while(|&&size| size == 0xff).count();
    (payload == UNREGISTERED).then(|| rest.get(longer + 1 + UUID..)).flatten()
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
        assert_eq!(said(b"\0\0\x01\xb3\x14\0\xf0\x13\0\0\x01\x01Erika Example"), "");
    }

    #[test]
    fn cut_streams_end() {
        let stream = b"\0\0\0\x01\x06\x05\xff\xff\0\0\x01\xb2\0\0\x01";
        (0..stream.len()).for_each(|at| _ = said(&stream[..at]));
    }
}
