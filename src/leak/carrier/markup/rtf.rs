use super::super::gather::Gather;
use encoding_rs::{Encoding, WINDOWS_1252};

/// Destinations whose text is not the document's; information on it is.
const SILENT: [&str; 8] =
    ["fonttbl", "colortbl", "stylesheet", "pict", "themedata", "datastore", "listtable", "latentstyles"];

/// Says the text of a Rich Text Format document (version 1.9.1), without its layout.
pub(in super::super) fn rtf(text: &str, gather: &mut Gather<'_, '_>) -> bool {
    let mut out = String::new();
    let mut bytes = Vec::new();
    let mut encoding = WINDOWS_1252;
    let mut depth = 0usize;
    let mut silent = None;
    let mut skip = 0u32;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut after = rest.get(c.len_utf8()..).unwrap_or_default();
        let speaks = silent.is_none_or(|level| depth < level);
        if speaks {
            silent = None;
        }
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '\\' => {
                let (word, number, tail) = control(after);
                after = tail;
                match word {
                    "'" => {
                        if skip > 0 {
                            skip -= 1;
                        } else if speaks {
                            bytes.extend(number.map(|byte| byte as u8));
                        }
                        rest = after;
                        continue;
                    }
                    "u" => {
                        flush(&mut bytes, encoding, &mut out);
                        let code = number.map(|code| (code & 0xffff) as u32);
                        out.extend(code.filter(|_| speaks).and_then(char::from_u32));
                        skip = 1;
                        rest = after;
                        continue;
                    }
                    "ansicpg" => encoding = code_page(number.unwrap_or(1252)),
                    "par" | "line" | "row" | "sect" | "page" => push(&mut bytes, encoding, &mut out, '\n'),
                    "tab" | "cell" | "~" => push(&mut bytes, encoding, &mut out, ' '),
                    "\\" | "{" | "}" if speaks => {
                        push(&mut bytes, encoding, &mut out, word.chars().next().unwrap_or(' '))
                    }
                    word if SILENT.contains(&word) && speaks => silent = Some(depth),
                    _ => {}
                }
                flush(&mut bytes, encoding, &mut out);
            }
            '\r' | '\n' => {}
            // Stands for a character that is there already.
            _ if skip > 0 => {}
            c if speaks => push(&mut bytes, encoding, &mut out, c),
            _ => {}
        }
        skip = 0;
        rest = after;
    }
    flush(&mut bytes, encoding, &mut out);
    gather.say("RTF", &out);
    true
}

fn push(bytes: &mut Vec<u8>, encoding: &'static Encoding, out: &mut String, c: char) {
    flush(bytes, encoding, out);
    out.push(c);
}

fn flush(bytes: &mut Vec<u8>, encoding: &'static Encoding, out: &mut String) {
    if !bytes.is_empty() {
        out.push_str(&encoding.decode_without_bom_handling(bytes).0);
        bytes.clear();
    }
}

/// A control word or symbol after its backslash: its name, its number, and what follows.
fn control(text: &str) -> (&str, Option<i32>, &str) {
    if let Some(hex) = text.strip_prefix('\'') {
        let number = hex.get(..2).and_then(|hex| i32::from_str_radix(hex, 16).ok());
        let after = if number.is_some() { hex.get(2..) } else { Some(hex) };
        return ("'", number, after.unwrap_or_default());
    }
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    if end == 0 {
        let width = text.chars().next().map_or(0, char::len_utf8);
        let (symbol, after) = text.split_at(width);
        return (symbol, None, after);
    }
    let (word, rest) = text.split_at(end);
    let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(rest.len());
    let (number, rest) = rest.split_at(digits);
    (word, number.parse().ok(), rest.strip_prefix(' ').unwrap_or(rest))
}

fn code_page(number: i32) -> &'static Encoding {
    match number {
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        65001 => encoding_rs::UTF_8,
        _ => WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_goes_and_text_stays() {
        let text = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\author Sam Sonographer}}\f0\fs24 Patient: M\'fcller, Max\par Born: {\b 2} Nov 1958\line \u1055?\u1088?}";
        let mut out = Vec::new();
        assert!(rtf(text, &mut Gather::new(&mut out)));
        let said = &out[0].text;
        for wanted in ["Patient: Müller, Max\n", "Born: 2 Nov 1958\n", "Sam Sonographer", "Пр"] {
            assert!(said.contains(wanted), "{wanted} in {said}");
        }
        assert!(!said.contains("Arial"), "{said}");
    }
}
