use encoding_rs::{
    EUC_KR, Encoding, GB18030, ISO_2022_JP, ISO_8859_2, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8,
    WINDOWS_874, WINDOWS_1252, WINDOWS_1254,
};

/// How text values become bytes, and what (0008,0005) says about it (PS3.3 C.12.1.1.2).
/// A character that the set does not have becomes `?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// ISO_IR 6, the default; (0008,0005) is written empty.
    Ascii,
    /// ISO_IR 100
    Latin1,
    /// ISO_IR 101
    Latin2,
    /// ISO_IR 144
    Cyrillic,
    /// ISO_IR 126
    Greek,
    /// ISO_IR 127
    Arabic,
    /// ISO_IR 138
    Hebrew,
    /// ISO_IR 148: Latin alphabet No. 5
    Turkish,
    /// ISO_IR 166
    Thai,
    /// GB18030
    Gb18030,
    /// ISO_IR 192
    Utf8,
    /// `\ISO 2022 IR 87`: JIS X 0208 by escape sequences.
    Japanese,
    /// `\ISO 2022 IR 149`: KS X 1001 by escape sequences.
    Korean,
}

impl Charset {
    /// The value of Specific Character Set.
    pub fn term(self) -> &'static str {
        match self {
            Self::Ascii => "",
            Self::Latin1 => "ISO_IR 100",
            Self::Latin2 => "ISO_IR 101",
            Self::Cyrillic => "ISO_IR 144",
            Self::Greek => "ISO_IR 126",
            Self::Arabic => "ISO_IR 127",
            Self::Hebrew => "ISO_IR 138",
            Self::Turkish => "ISO_IR 148",
            Self::Thai => "ISO_IR 166",
            Self::Gb18030 => "GB18030",
            Self::Utf8 => "ISO_IR 192",
            Self::Japanese => "\\ISO 2022 IR 87",
            Self::Korean => "\\ISO 2022 IR 149",
        }
    }

    /// The bytes of `text`.
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Ascii => text.chars().map(|c| if c.is_ascii() { c as u8 } else { b'?' }).collect(),
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Latin1 => each(WINDOWS_1252, text),
            Self::Latin2 => each(ISO_8859_2, text),
            Self::Cyrillic => each(ISO_8859_5, text),
            Self::Greek => each(ISO_8859_7, text),
            Self::Arabic => each(ISO_8859_6, text),
            Self::Hebrew => each(ISO_8859_8, text),
            Self::Turkish => each(WINDOWS_1254, text),
            Self::Thai => each(WINDOWS_874, text),
            Self::Gb18030 => each(GB18030, text),
            Self::Japanese => ISO_2022_JP.encode(text).0.into_owned(),
            Self::Korean => korean(text),
        }
    }
}

fn each(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        let mut utf8 = [0; 4];
        let (bytes, _, lost) = encoding.encode(c.encode_utf8(&mut utf8));
        if lost { out.push(b'?') } else { out.extend_from_slice(&bytes) }
    }
    out
}

/// The designation of KS X 1001 ends at every delimiter of a name, so it is repeated before each run.
fn korean(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut designated = false;
    for c in text.chars() {
        if "^=\\\r\n\t".contains(c) {
            designated = false;
        } else if !c.is_ascii() && !designated {
            out.extend_from_slice(b"\x1b$)C");
            designated = true;
        }
        out.extend(each(EUC_KR, c.encode_utf8(&mut [0; 4])));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_the_examples_of_ps3_5_annexes_h_and_i() {
        let hex = |bytes: Vec<u8>| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
        assert_eq!(hex(Charset::Japanese.encode("山田^太郎")), "1b24423b3345441b28425e1b244242404f3a1b2842");
        assert_eq!(hex(Charset::Korean.encode("김^희")), "1b242943b1e85e1b242943c8f1");
        assert_eq!(hex(Charset::Greek.encode("Διο")), "c4e9ef");
    }

    #[test]
    fn replaces_what_a_set_does_not_have() {
        assert_eq!(Charset::Ascii.encode("Jörg"), b"J?rg");
        assert_eq!(Charset::Latin1.encode("Jörg Д"), b"J\xf6rg ?");
    }
}
