//! Siemens CSA headers, of both forms that are known from the field: "SV10" (CSA2), and plain (CSA1). No standard
//! describes them; the layout is the one that readers agree on.

use super::gather::{Gather, Lines, is_measure};
use super::protocol;

/// Tags of a header at most; real ones have about a hundred.
const MOST_TAGS: u32 = 1024;
/// Values of a tag.
const MOST_ITEMS: u32 = 4096;
/// Bytes of a tag's own header: name, multiplicity, VR, type, count, mark.
const TAG: usize = 84;
const ITEM: usize = 16;

/// Whether bytes begin as a plain header does: a number of tags, 77, and a name.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let name = || bytes.get(8..12).is_some_and(|name| name.iter().all(u8::is_ascii_alphabetic));
    word(bytes, 0).is_some_and(|count| (1..=128).contains(&count)) && word(bytes, 4) == Some(77) && name()
}

/// Reads names and values of the header's tags. Returns where it ends.
pub(super) fn read(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    let newer = bytes.starts_with(b"SV10");
    let lengths: &[Length] = if newer { &[Length::Second] } else { &[Length::FirstLess, Length::Second] };
    // Of the older form two layouts are met: the one that yields more tags is it.
    let header =
        lengths.iter().filter_map(|&length| Header::read(bytes, length)).max_by_key(|read| read.tags)?;
    let mut lines = Lines::new("a CSA header");
    for (name, value) in &header.values {
        said(&until_zero(name, gather), value, &mut lines, gather);
    }
    lines.say(gather);
    Some(header.end.min(bytes.len()))
}

/// Where an item says how long its value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    /// In its first word, plus what the first tag has of items.
    FirstLess,
    Second,
}

struct Header<'b> {
    values: Vec<(&'b [u8], &'b [u8])>,
    tags: u32,
    end: usize,
}

impl<'b> Header<'b> {
    fn read(bytes: &'b [u8], length: Length) -> Option<Self> {
        let start = if bytes.starts_with(b"SV10") { 8 } else { 0 };
        let count = word(bytes, start).filter(|&count| count <= MOST_TAGS)?;
        let mut header = Self { values: Vec::new(), tags: 0, end: start + 8 };
        let mut first = None;
        for _ in 0..count {
            let at = header.end;
            let Some(tag) = bytes.get(at..at + TAG) else { break };
            let name = tag.get(..64).unwrap_or_default();
            let items = word(tag, 76).filter(|&items| items <= MOST_ITEMS);
            let Some(items) = items.filter(|_| name.first().is_some_and(u8::is_ascii_graphic)) else { break };
            let first = *first.get_or_insert(items);
            header.end += TAG;
            header.tags += 1;
            for _ in 0..items {
                let at = header.end;
                let length = match length {
                    Length::FirstLess => word(bytes, at).map(|length| length.saturating_sub(first)),
                    Length::Second => word(bytes, at + 4),
                };
                let Some(length) = length.map(|length| length as usize) else { break };
                let from = at + ITEM;
                let Some(value) = from.checked_add(length).and_then(|end| bytes.get(from..end)) else {
                    break;
                };
                header.values.push((name, value));
                header.end = from + length.next_multiple_of(4);
            }
        }
        Some(header)
    }
}

fn said(name: &str, value: &[u8], lines: &mut Lines, gather: &mut Gather<'_, '_>) {
    let value = until_zero(value, gather);
    if is_measure(&value) {
        return;
    }
    if value.len() < 64 || !protocol::read(&value, gather) {
        lines.value(name, &value);
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Text up to its first zero, in UTF-8 or the data set's character set.
fn until_zero(bytes: &[u8], gather: &Gather<'_, '_>) -> String {
    let bytes = bytes.split(|&b| b == 0).next().unwrap_or_default();
    match std::str::from_utf8(bytes) {
        Ok(text) if !bytes.contains(&0x1b) => text.trim().to_owned(),
        _ => gather.charset.decode(bytes).trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::blob;
    use super::*;

    fn header(newer: bool, tags: &[(&str, &str)]) -> Vec<u8> {
        let mut out = if newer { b"SV10\x04\x03\x02\x01".to_vec() } else { Vec::new() };
        out.extend((tags.len() as u32).to_le_bytes());
        out.extend(77u32.to_le_bytes());
        for (name, value) in tags {
            let mut field = name.as_bytes().to_vec();
            field.resize(64, 0);
            out.extend(field);
            out.extend(
                [1u32.to_le_bytes(), *b"PN\0\0", [0; 4], 1u32.to_le_bytes(), 77u32.to_le_bytes()].concat(),
            );
            let length = value.len() as u32 + 1;
            let first = if newer { length } else { length + 1 };
            out.extend([first, length, 77, length].into_iter().flat_map(u32::to_le_bytes));
            out.extend(value.bytes());
            out.resize((out.len() + 1).next_multiple_of(4), 0);
        }
        out
    }

    fn said(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        blob::look(bytes, "x", &mut Gather::new(&mut out));
        out.iter().map(|passage| format!("[{}] {}\n", passage.carrier, passage.text)).collect()
    }

    #[test]
    fn both_forms_name_their_values() {
        for newer in [true, false] {
            let bytes =
                header(newer, &[("EchoLine", "128"), ("PatientName", "Yamada^Tarou"), ("Thick", "4.0")]);
            assert_eq!(said(&bytes), "[a CSA header] Patient Name: Yamada^Tarou\n", "newer: {newer}");
        }
    }

    #[test]
    fn the_protocol_within_is_read_and_what_follows_the_header() {
        let text = "<XProtocol> { <ParamString.\"tPatientName\"> { \"YAMADA TAROU\" } }\n### ASCCONV BEGIN ###\nulVersion = 0x14\n\
                    sPat.tPatientID = \"JP-8830156\"\nflWeight = 71.0\n### ASCCONV END ###";
        let bytes = header(true, &[("MrPhoenixProtocol", text)]);
        let found = said(&[&bytes[..], b"\0\0\0after the header\0"].concat());
        for wanted in ["t Patient Name: YAMADA TAROU", "t Patient ID: JP-8830156", "after the header"] {
            assert!(found.contains(wanted), "{wanted} in {found}");
        }
        assert!(!found.contains("71.0"), "{found}");
    }

    #[test]
    fn lengths_are_not_believed() {
        let mut bytes = header(true, &[("PatientName", "Yamada^Tarou"), ("B", "Erika Example")]);
        for at in 0..bytes.len() {
            let was = std::mem::replace(&mut bytes[at], 0xff);
            said(&bytes);
            bytes[at] = was;
        }
    }
}
