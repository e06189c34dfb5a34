//! E-mails (RFC 5322, RFC 2045).
use crate::all::wrap;

/// A message whose body says `text`, in that transfer encoding; 8bit leaves it as it is.
pub fn message(text: &str, encoding: &str) -> Vec<u8> {
    let body = match encoding {
        "quoted-printable" => quoted(text),
        "base64" => wrap::base64(text.as_bytes(), true),
        _ => text.to_owned(),
    };
    format!(
        "MIME-Version: 1.0\r\nSubject: images\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n"
    )
    .into_bytes()
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for byte in text.bytes() {
        let piece = match byte {
            b' '..=b'~' if byte != b'=' => char::from(byte).to_string(),
            b'\r' | b'\n' => char::from(byte).to_string(),
            _ => format!("={byte:02X}"),
        };
        width = if byte == b'\n' { 0 } else { width + piece.len() };
        if width > 72 {
            out.push_str("=\r\n");
            width = piece.len();
        }
        out.push_str(&piece);
    }
    out
}
