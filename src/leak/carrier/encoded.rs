//! Text that stands for bytes: base64 (RFC 4648), hexadecimal digits, percent-encoding (RFC 3986), quoted-printable
//! (RFC 2045).

/// Characters that an encoded stretch has at least.
pub(super) const LEAST: usize = 20;
/// Stretches looked at in one text.
const MOST: usize = 1024;

/// Hands every stretch that may be encoded to `each`, decoded once, with what to call its text. Takes time
/// linear in the text's length. What comes out may be chance; whoever takes it judges.
pub(super) fn find(text: &str, mut each: impl FnMut(Vec<u8>, &'static str)) {
    let bytes = text.as_bytes();
    if bytes.len() < 12 {
        return;
    }
    let mut left = MOST;
    let mut at = 0;
    while at < bytes.len() && left > 0 {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = stretch(rest);
        if length >= LEAST
            && let Some(stretch) = rest.get(..length)
        {
            left -= 1;
            if let Some(plain) = hexadecimal(stretch) {
                each(plain, "hexadecimal text");
            } else if let Some(plain) = base64(stretch) {
                each(plain, "base64 text");
            }
        }
        at += length + 1;
    }
    if let Some(plain) = percent(bytes) {
        each(plain, "percent-encoded text");
    }
    if let Some(plain) = quoted_printable(bytes) {
        each(plain, "quoted-printable text");
    }
}

const fn digit(b: u8) -> Option<u8> {
    match b {
        b'A'..=b'Z' => Some(b - b'A'),
        b'a'..=b'z' => Some(b - b'a' + 26),
        b'0'..=b'9' => Some(b - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

/// Length of the stretch of base64 digits at the beginning. A line break goes on if what is before it is long.
fn stretch(bytes: &[u8]) -> usize {
    let mut at = 0;
    let mut line = 0;
    while let Some(&b) = bytes.get(at) {
        if digit(b).is_some() || b == b'=' {
            at += 1;
            line += 1;
        } else if matches!(b, b'\r' | b'\n') && line >= LEAST {
            let ahead = bytes.get(at..).unwrap_or_default();
            let gap = ahead.iter().take(4).take_while(|b| b.is_ascii_whitespace()).count();
            if ahead.get(gap).is_none_or(|&b| digit(b).is_none()) {
                break;
            }
            at += gap;
            line = 0;
            // The last line may be short.
            let last =
                bytes.get(at..).unwrap_or_default().iter().take_while(|&&b| digit(b).is_some()).count();
            if last < LEAST {
                at += last;
                at += bytes.get(at..).unwrap_or_default().iter().take(2).take_while(|&&b| b == b'=').count();
                break;
            }
        } else {
            break;
        }
    }
    at
}

fn base64(text: &[u8]) -> Option<Vec<u8>> {
    // A word or a path has no reason for both cases or digits within; base64 of text nearly always has.
    let mixed = text.iter().any(u8::is_ascii_lowercase) && text.iter().any(u8::is_ascii_uppercase);
    if !mixed {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut word, mut bits) = (0u32, 0);
    for &b in text {
        let Some(digit) = digit(b) else {
            if b == b'=' {
                (word, bits) = (0, 0);
            }
            continue;
        };
        word = word << 6 | u32::from(digit);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((word >> bits) as u8);
        }
    }
    Some(out)
}

fn hexadecimal(text: &[u8]) -> Option<Vec<u8>> {
    let clean: Vec<u8> = text.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
    let clean = clean.strip_prefix(b"0x").unwrap_or(&clean);
    if clean.len() % 2 == 1 || !clean.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let value = |b: u8| char::from(b).to_digit(16).map(|value| value as u8);
    clean.chunks_exact(2).map(|pair| Some(value(*pair.first()?)? << 4 | value(*pair.get(1)?)?)).collect()
}

/// The whole text without its percent signs, where it has several.
fn percent(bytes: &[u8]) -> Option<Vec<u8>> {
    let escape = |at: usize| escaped(bytes, at, b'%');
    memchr::memchr(b'%', bytes)?;
    (0..bytes.len()).filter(|&at| escape(at).is_some()).nth(1)?;
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        match escape(at) {
            Some(plain) => {
                out.push(plain);
                at += 3;
            }
            None => {
                out.push(if b == b'+' { b' ' } else { b });
                at += 1;
            }
        }
    }
    Some(out)
}

/// The whole text of a mail, where it has characters beyond ASCII or lines that go on (RFC 2045 section 6.7): `x=10`
/// alone is a setting.
fn quoted_printable(bytes: &[u8]) -> Option<Vec<u8>> {
    let escape = |at: usize| escaped(bytes, at, b'=');
    let goes_on = |at: usize| {
        let rest = bytes.get(at..).filter(|rest| rest.first() == Some(&b'='))?;
        let end =
            rest.get(1..3).filter(|end| *end == b"\r\n").or(rest.get(1..2).filter(|end| *end == b"\n"))?;
        Some(1 + end.len())
    };
    memchr::memchr(b'=', bytes)?;
    let tells = |at: &usize| escape(*at).is_some_and(|plain| plain >= 0x80) || goes_on(*at).is_some();
    (0..bytes.len()).filter(tells).nth(1)?;
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        if let Some(width) = goes_on(at) {
            at += width;
        } else if let Some(plain) = escape(at) {
            out.push(plain);
            at += 3;
        } else {
            out.push(b);
            at += 1;
        }
    }
    Some(out)
}

/// The byte that an escape of two hexadecimal digits at `at` stands for.
fn escaped(bytes: &[u8], at: usize, sign: u8) -> Option<u8> {
    bytes.get(at).filter(|&&b| b == sign)?;
    let text = std::str::from_utf8(bytes.get(at + 1..at + 3)?).ok()?;
    u8::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        find(text, |bytes, _| out.push(String::from_utf8_lossy(&bytes).into_owned()));
        out
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        for text in [
            "cGF0aWVudD1FcmlrYSBFeGFtcGxlO2lkPUVYLTAwMTIzNDU=",
            "data:text/plain;base64,cGF0aWVudD1FcmlrYSBFeGFtcGxlO2lkPUVYLTAwMTIzNDU",
            "cGF0aWVudD1FcmlrYSBF\r\neGFtcGxlO2lkPUVYLTAwMTIzNDU=",
            "70617469656e743d4572696b61204578616d706c653b69643d45582d30303132333435",
            "patient%3DErika%20Example%3Bid%3DEX-0012345",
            "patient=3DErika Exa=\r\nmple;=\r\nid=3DEX-0012345",
        ] {
            assert!(
                all(text).iter().any(|plain| plain == "patient=Erika Example;id=EX-0012345"),
                "{text}: {:?}",
                all(text)
            );
        }
    }

    #[test]
    fn plain_text_is_left_alone() {
        for text in [
            "spool/archive/incoming/case",
            "a sentence of several words",
            "UPPERCASEWORDSWITHOUTSPACE",
            "50% of 20%",
        ] {
            assert!(all(text).is_empty(), "{text}: {:?}", all(text));
        }
    }
}
