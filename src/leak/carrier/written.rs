//! Text that is text as a whole: which it is, and what it says beyond the letter when it is markup, records or
//! encoded.

use super::gather::Gather;
use super::runs::{self, Decoder};
use super::{blob, encoded, markup, protocol, wide};
use crate::dicom::Vr;
use std::borrow::Cow;

/// Half bits of evidence beyond the usual, for runs in what was decoded on suspicion.
const DOUBT: i32 = 16;
/// Bytes of a short value.
const LEAST_SHORT: usize = 6;
const MOST_SHORT: usize = 1024;

/// The text that `bytes` are from beginning to end, if they are that and no likely chance.
pub(super) fn whole<'b>(bytes: &'b [u8], gather: &mut Gather<'_, '_>) -> Option<Cow<'b, str>> {
    let text = decoded(bytes, gather)?;
    runs::reads(&text).then_some(text)
}

fn decoded<'b>(bytes: &'b [u8], gather: &mut Gather<'_, '_>) -> Option<Cow<'b, str>> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.strip_suffix(b"\0").unwrap_or(bytes);
    // A number or two of four bytes look like a word with an accent.
    if bytes.iter().any(|&b| is_control(b)) || (bytes.len() < 8 && std::str::from_utf8(bytes).is_err()) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let escapes = bytes.contains(&0x1b);
        return Some(if escapes { gather.charset.decode(bytes) } else { Cow::Borrowed(text) });
    }
    let own = gather.take_own();
    let decoder = own.as_ref().unwrap_or(&Decoder::Usual);
    let mut at = 0;
    while let Some((_, width)) = decoder.next(bytes, at) {
        at += width;
    }
    let text = (at >= bytes.len()).then(|| Cow::Owned(decoder.text(bytes, 0..bytes.len())));
    gather.give_back(own);
    text
}

fn is_control(b: u8) -> bool {
    (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)) || b == 0x7f
}

fn utf16<'b>(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Cow<'b, str>> {
    let fits = |unit: u16| matches!(unit, 0xd800..=0xdfff) || wide::character(Some(unit.into())).is_some();
    let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(unit);
    let units: Vec<u16> = units.take_while(|&unit| unit != 0).collect();
    if !units.iter().all(|&unit| fits(unit)) {
        return None;
    }
    Some(Cow::Owned(char::decode_utf16(units).collect::<Result<_, _>>().ok()?))
}

/// Says a short value all of which is text in the data set's character set, even where it cannot be told from chance:
/// what it gives away has a form that chance has not.
pub(super) fn short(bytes: &[u8], carrier: &'static str, gather: &mut Gather<'_, '_>) {
    if !(LEAST_SHORT..=MOST_SHORT).contains(&bytes.len()) {
        return;
    }
    let bytes = bytes.trim_ascii_end();
    let text = gather.charset.decode(bytes.strip_suffix(b"\0").unwrap_or(bytes));
    let plain = |c: char| (!c.is_control() || c.is_whitespace()) && c != char::REPLACEMENT_CHARACTER;
    let letters = text.chars().filter(|c| c.is_alphanumeric() || *c == ' ').count();
    if text.chars().all(plain) && letters * 10 >= text.chars().count() * 7 {
        say(&text, carrier, gather);
    }
}

/// Says a text: as what it reads, if it is of a kind with a form of its own, else as it is; and what it holds
/// encoded.
pub(super) fn say(text: &str, carrier: &'static str, gather: &mut Gather<'_, '_>) {
    if !structured(text, gather) {
        gather.say(carrier, text);
        encoded(text, gather);
    }
}

/// Says what a text reads as, where it is markup or records. False where it is neither.
pub(super) fn structured(text: &str, gather: &mut Gather<'_, '_>) -> bool {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let count = gather.count();
    let read = match text.as_bytes() {
        _ if protocol::read(text, gather) => true,
        [b'<', ..] => markup::xml(text, gather),
        [b'{', b'\\', b'r', b't', b'f', ..] => markup::rtf(text, gather),
        // Settings begin with a section in brackets.
        [b'{' | b'[', ..] => markup::json(text, gather) || markup::pairs(text, gather),
        _ if markup::is_hl7(text) => markup::hl7(text, gather),
        _ => markup::pairs(text, gather) || markup::sql(text, gather) || markup::table(text, gather),
    };
    read && gather.count() > count
}

/// Looks into what a text holds in base64 and the like.
pub(super) fn encoded(text: &str, gather: &mut Gather<'_, '_>) {
    encoded::find(text, |bytes, carrier| {
        gather.deeper(bytes.len(), |gather| {
            // Digests and keys decode as well, to chance.
            let doubt = std::mem::replace(&mut gather.doubt, DOUBT);
            blob::look(&bytes, carrier, gather);
            gather.doubt = doubt;
        });
    });
}

/// The value of a text element, which is a passage as it is: only what it reads as beyond that is said.
pub(super) fn element(text: &str, bytes: &[u8], vr: Vr, gather: &mut Gather<'_, '_>) {
    if !matches!(vr, Vr::LO | Vr::LT | Vr::PN | Vr::SH | Vr::ST | Vr::UC | Vr::UR | Vr::UT)
        || bytes.len() < 12
    {
        return;
    }
    if bytes.iter().filter(|&&b| b == 0).take(4).count() > 3 {
        blob::look(bytes, "text among zeros", gather);
    } else if !(is_suspect(bytes) && structured(text, gather)) && bytes.len() >= encoded::LEAST {
        encoded(text, gather);
    }
}

/// A quick look whether a text may have a form of its own.
fn is_suspect(bytes: &[u8]) -> bool {
    matches!(bytes.iter().find(|b| !b.is_ascii_whitespace()), Some(b'<' | b'{' | b'['))
        || bytes.iter().filter(|b| matches!(b, b'=' | b'|' | b';' | b'\t')).take(2).count() == 2
        || bytes.iter().filter(|b| matches!(b, b'\n' | b':')).take(2).count() == 2
}
