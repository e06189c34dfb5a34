use crate::text::is_plain;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

/// Writes JSON on one line, without anything that acts on a terminal: what does is escaped, which is the same JSON.
pub(super) fn line<W: Write + ?Sized>(value: &impl Serialize, out: &mut W) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Safe))?;
    Ok(())
}

/// A formatter whose strings are safe.
struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        // Most are, and need no look at each character.
        if fragment.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return out.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some(at) = rest.find(|c| !is_plain(c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            let Some(c) = rest[at..].chars().next() else { break };
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_escaped_and_nothing_is_lost() {
        let text = "a\x1b[31m\u{202e}\u{9b}\u{7f}\n\"\u{e0001}ü山";
        let mut out = Vec::new();
        line(&[text], &mut out).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert_eq!(json, "[\"a\\u001b[31m\\u202e\\u009b\\u007f\\n\\\"\\udb40\\udc01ü山\"]");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), [text]);
    }
}
