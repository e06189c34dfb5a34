use super::super::gather::{Gather, Lines, is_measure};
use super::super::written;
use super::xml::keyword;

/// Keys of open objects that are remembered.
const MOST_OPEN: usize = 64;

/// Reads JSON, whole or cut off: every text with the keys that lead to it. False if it has no key or no text.
pub(in super::super) fn json(text: &str, gather: &mut Gather<'_, '_>) -> bool {
    let mut lines = Lines::new("JSON");
    let mut keys: Vec<String> = Vec::new();
    let mut last: Option<String> = None;
    let mut announced = String::new();
    let (mut strings, mut named) = (0, 0);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if gather.is_full() {
            break;
        }
        match c {
            '"' => {
                let (value, after) = string(rest.get(1..).unwrap_or_default());
                rest = after;
                strings += 1;
                if let Some(tail) = rest.trim_start().strip_prefix(':') {
                    rest = tail;
                    named += 1;
                    last = Some(keyword(&value));
                } else {
                    beside(last.as_deref(), &value, &mut announced, &mut lines);
                    said(&keys, last.as_deref(), &value, &mut lines, gather);
                }
                continue;
            }
            '{' | '[' => {
                if keys.len() < MOST_OPEN {
                    keys.push(last.clone().unwrap_or_default());
                }
                if c == '{' {
                    last = None;
                }
            }
            '}' | ']' => last = keys.pop().filter(|_| c == ']'),
            ',' => {}
            c if c.is_ascii_digit() || c == '-' => {
                let end = rest
                    .find(|c: char| !matches!(c, '0'..='9' | '.' | '-' | '+' | 'e' | 'E'))
                    .unwrap_or(rest.len());
                let (number, after) = rest.split_at(end);
                said(&keys, last.as_deref(), number, &mut lines, gather);
                rest = after;
                continue;
            }
            _ => {}
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    let read = strings > 1 && (named > 0 || text.starts_with("[\"")) && !lines.is_empty();
    if read {
        lines.say(gather);
    }
    read
}

/// A label and the value beside it: `{"key": "MRN", "value": "…"}`, in either order of their neighbours.
fn beside(key: Option<&str>, value: &str, announced: &mut String, lines: &mut Lines) {
    const LABELS: [&str; 9] =
        ["key", "label", "name", "field", "tag", "title", "term", "question", "display"];
    const HOLDERS: [&str; 9] =
        ["value", "val", "v", "text", "data", "content", "answer", "valueString", "string"];
    let is_one =
        |names: &[&str]| key.is_some_and(|key| names.iter().any(|name| name.eq_ignore_ascii_case(key)));
    if is_one(&LABELS) && value.len() <= LONGEST_LABEL {
        value.clone_into(announced);
    } else if is_one(&HOLDERS) && !announced.is_empty() && !is_measure(value) {
        lines.value(&std::mem::take(announced), value);
    }
}

/// Bytes of the longest label.
const LONGEST_LABEL: usize = 64;

fn said(keys: &[String], last: Option<&str>, value: &str, lines: &mut Lines, gather: &mut Gather<'_, '_>) {
    if is_measure(value) {
        return;
    }
    // The nearest key, and one above it that is not of arrays or of DICOM's own frame.
    let plain = |key: &&str| !key.is_empty() && !matches!(*key, "Value" | "vr" | "value" | "Alphabetic");
    let own = last.filter(plain);
    let above = keys.iter().rev().map(String::as_str).find(|key| plain(key) && Some(*key) != own);
    let name = [above, own].into_iter().flatten().collect::<Vec<_>>().join(" ");
    lines.value(&name, value);
    if value.len() >= 24 {
        written::encoded(value, gather);
        if value.trim_start().starts_with(['<', '{', '[']) {
            gather.deeper(value.len(), |gather| {
                written::structured(value, gather);
            });
        }
    }
}

/// The string that begins after its quotation mark, unescaped, and what follows it.
fn string(text: &str) -> (String, &str) {
    let mut out = String::new();
    let mut chars = text.char_indices();
    let mut high = None;
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (out, text.get(at + 1..).unwrap_or_default()),
            '\\' => match chars.next().map(|(_, c)| c) {
                Some('n' | 'r' | 't') => out.push('\n'),
                Some('u') => {
                    let code = text.get(at + 2..at + 6).and_then(|hex| u16::from_str_radix(hex, 16).ok());
                    if code.is_some() {
                        chars.nth(3);
                    }
                    match (high.take(), code) {
                        (_, Some(code @ 0xd800..=0xdbff)) => high = Some(code),
                        (Some(high), Some(low @ 0xdc00..=0xdfff)) => {
                            out.extend(char::decode_utf16([high, low]).filter_map(Result::ok));
                        }
                        (_, Some(code)) => out.extend(char::from_u32(code.into())),
                        _ => {}
                    }
                }
                Some(c) => out.push(c),
                None => break,
            },
            c => out.push(c),
        }
    }
    (out, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> String {
        let mut out = Vec::new();
        json(text, &mut Gather::new(&mut out));
        out.into_iter().map(|passage| passage.text.into_owned() + "\n").collect()
    }

    #[test]
    fn keys_announce_values() {
        for (text, line) in [
            (r#"{"subject":{"name":"Example, Erika","n":3}}"#, "subject name: Example, Erika\n"),
            (r#"{"patient_id":40271183}"#, ""),
            (r#"{"a":"x1","patient_id":40271183}"#, "patient id: 40271183\n"),
            (
                r#"{"00100010":{"vr":"PN","Value":[{"Alphabetic":"Example^Erika"}]}}"#,
                "Patient Name: Example^Erika\n",
            ),
            (r#"{"00100020":{"vr":"LO","Value":["EX-0012345"]}}"#, "Patient ID: EX-0012345\n"),
            (r#"{"names":["Erika Example","Max Muster"]}"#, "names: Max Muster\n"),
            (r#"{"items":[{"key":"MRN","value":"4711882"}]}"#, "MRN: 4711882\n"),
            (r#"{"n":"M\u00fcller \ud83d\ude00","k":1}"#, "n: Müller 😀\n"),
            (r#"{"name":"Erika Exam"#, "name: Erika Exam\n"),
        ] {
            assert!(lines(text).contains(line), "{text}: {}", lines(text));
        }
    }

    #[test]
    fn hostile_json_ends() {
        for text in
            ["[".repeat(200_000), "{\"a\":".repeat(100_000), "\"\\u".repeat(50_000), "[-".repeat(50_000)]
        {
            lines(&text);
        }
    }
}
