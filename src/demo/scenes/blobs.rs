//! Blobs that hold text in disguise, all of them Erika's.

use super::super::encode::DataSet;
use super::super::planted::Leak;

const CREATOR: &str = "EXAMPLE VENDOR 1.0";

fn blob(
    set: impl FnOnce(DataSet) -> DataSet,
    class: &'static str,
    disguise: &'static str,
    needle: &[u8],
) -> (DataSet, Vec<Leak>) {
    let set = set(DataSet::new().lo(0x0031_0010, CREATOR));
    (set, vec![Leak::tag("(0031,1001)", class, disguise, needle)])
}

pub fn unknown_text() -> (DataSet, Vec<Leak>) {
    let text = "\x01\x02OPER=ADMIN;PAT=Erika Example;DOB=17-Mar-1962;";
    blob(|s| s.un(0x0031_1001, text), "name", "UN text", b"PAT=Erika Example;DOB=17-Mar-1962")
}

pub fn utf_16() -> (DataSet, Vec<Leak>) {
    let wide: Vec<u8> = "Erika Example".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut bytes = vec![0x10, 0, 0, 0, 0xFF, 0xFE];
    bytes.extend(&wide);
    bytes.extend([0, 0, 0x7F, 0x03, 0x99, 0xE1]);
    blob(|s| s.ob(0x0031_1001, bytes), "name", "UTF-16", &wide)
}

pub fn base_64() -> (DataSet, Vec<Leak>) {
    let text = base64(b"patient=Erika Example;id=EX-0012345;phone=(212) 555-0142");
    blob(|s| s.ob(0x0031_1001, text.as_bytes()), "name", "base64", text.as_bytes())
}

pub fn xml() -> (DataSet, Vec<Leak>) {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<job><protocol>HeadRoutine</protocol><patient id=\"EX-0012345\">\
                <given>Erika</given><family>Example</family><birth>1962-03-17</birth></patient></job>\n";
    blob(|s| s.ob(0x0031_1001, text), "name", "XML", b"<family>Example</family>")
}

pub fn json() -> (DataSet, Vec<Leak>) {
    let text = r#"{"version":3,"dose":{"ctdi":51.2},"subject":{"name":"Example, Erika","email":"erika@example.org"}}"#;
    blob(|s| s.ob(0x0031_1001, text), "name", "JSON", b"erika@example.org")
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().enumerate().fold(0u32, |w, (i, b)| w | u32::from(*b) << (16 - 8 * i));
        for digit in 0..4 {
            let letter = char::from(ALPHABET[(word >> (18 - 6 * digit) & 63) as usize]);
            out.push(if digit <= chunk.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn encodes_the_vectors_of_rfc_4648() {
        assert_eq!(super::base64(b"fooba"), "Zm9vYmE=");
        assert_eq!(super::base64(b"foob"), "Zm9vYg==");
        assert_eq!(super::base64(b"foobar"), "Zm9vYmFy");
    }
}
