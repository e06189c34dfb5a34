//! Records of names and values in binary data: each after the other with control bytes or lengths between, as structures,
//! BSON and MessagePack have them, or all names first and their values behind them, as tables in columns do.

use super::gather::{Gather, Lines, is_measure};
use super::label::is_label;
use std::ops::RangeInclusive;

/// Bytes of a blob that are read so; records stand at its beginning.
const MOST_BYTES: usize = 256 << 10;
/// Fields of one blob.
const MOST_FIELDS: usize = 4096;
/// Bytes of a field; what is shorter is chance.
const FIELD: RangeInclusive<usize> = 2..=256;
/// Bytes of a name; shorter ones, and shorter values, are chance.
const LEAST_NAME: usize = 3;
const LEAST_VALUE: usize = 4;
/// Bytes between a name and its value.
const MOST_GAP: usize = 64;

/// Says the values whose names announce something.
pub(super) fn read(bytes: &[u8], gather: &mut Gather<'_, '_>) {
    let bytes = bytes.get(..MOST_BYTES).unwrap_or(bytes);
    let mut lines = Lines::new("a record in binary data");
    let mut names: Vec<&str> = Vec::new();
    let mut end = 0;
    let mut taken = 0;
    let fields = Fields { bytes, at: 0 };
    for (at, field) in fields.take(MOST_FIELDS) {
        if at > end + MOST_GAP {
            (names, taken) = (Vec::new(), 0);
        }
        end = at + field.len();
        let field = unprefixed(field);
        if field.len() >= LEAST_NAME && is_label(field) {
            if taken > 0 {
                (names, taken) = (Vec::new(), 0);
            }
            names.push(field);
        } else if let Some(name) = names.get(taken).filter(|_| field.len() >= LEAST_VALUE) {
            taken += 1;
            if !is_measure(field) {
                lines.value(name, field);
            }
        }
    }
    lines.say(gather);
}

/// Without a byte in front that is the field's length.
fn unprefixed(field: &str) -> &str {
    let is_length = |first: u8| usize::from(first) == field.len() - 1;
    field.get(1..).filter(|_| field.bytes().next().is_some_and(is_length)).unwrap_or(field)
}

/// Runs of text, with where they begin.
struct Fields<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Iterator for Fields<'b> {
    type Item = (usize, &'b str);

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.bytes.len() {
            let start = self.at;
            while let Some(width) = character(self.bytes.get(self.at..).unwrap_or_default()) {
                self.at += width;
            }
            let run = self.bytes.get(start..self.at).unwrap_or_default();
            self.at += usize::from(run.is_empty());
            if FIELD.contains(&run.len())
                && let Ok(text) = std::str::from_utf8(run)
            {
                return Some((start, text));
            }
        }
        None
    }
}

/// Bytes of the printable character at the beginning.
fn character(bytes: &[u8]) -> Option<usize> {
    match *bytes.first()? {
        b' '..=b'~' => Some(1),
        first @ 0xc3..=0xf4 => {
            let width = if first < 0xe0 { 2 } else { 3 + usize::from(first >= 0xf0) };
            let text = std::str::from_utf8(bytes.get(..width)?).ok()?;
            text.chars().all(|c| c.is_alphanumeric()).then_some(width)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        read(bytes, &mut Gather::new(&mut out));
        out.into_iter().map(|passage| passage.text.into_owned()).collect()
    }

    #[test]
    fn values_are_called_by_the_names_before_them() {
        for (bytes, expected) in [
            (&b"\x01\x02MRN\0\0\0\x004711882\0\0KVP\x00120\0"[..], "MRN: 4711882"),
            // BSON, MessagePack.
            (b"\x30\0\0\0\x02mrn\0\x08\0\0\x004711882\0\x10kvp\0\x78\0\0\0\0", "mrn: 4711882"),
            (b"\x82\xa3mrn\xa74711882\xa3kvp\x78", "mrn: 4711882"),
            (
                b"patient name\0mrn\0\0\0Erika Example\x004711882\0",
                "patient name: Erika Example\nmrn: 4711882",
            ),
        ] {
            assert_eq!(said(bytes), expected);
        }
        for bytes in [&b"kernel\0Br40\0slice\x001.5\0"[..], b"MRN\0", b"", b"\0\0\0", b"\xff\xfeMRN\xff\xff"]
        {
            assert_eq!(said(bytes), "");
        }
    }

    #[test]
    fn hostile_records_end() {
        said(&b"MRN\0".repeat(200_000));
        said(&b"MRN\x001\0".repeat(200_000));
        said(&[b'a'; 1 << 20]);
    }
}
