//! Values as text and numbers.

use super::{Kind, RowId, Rows, Tag, Vr};
use std::borrow::Cow;

/// Numbers of an array that are written out for the reader's eye.
const MOST_NUMBERS: usize = 64;

impl Rows {
    /// The text of a value in its character set, without the padding at its end; empty for binary values.
    pub fn text(&self, id: RowId) -> Cow<'_, str> {
        let Some(row) = self.get(id).filter(|row| is_text(row.vr)) else { return Cow::Borrowed("") };
        let bytes = self.bytes(id);
        let bytes = &bytes[..bytes.iter().rposition(|b| !matches!(b, 0 | b' ')).map_or(0, |at| at + 1)];
        if uses_character_set(row.vr) {
            self.charset(id).decode(bytes)
        } else {
            super::charset::Charset::DEFAULT.decode(bytes)
        }
    }

    /// The value as a person may read it: text, numbers, tags, or what kind of bytes there are. Not made safe
    /// for a terminal, and not masked.
    pub fn display(&self, id: RowId) -> Cow<'_, str> {
        let Some(row) = self.get(id) else { return Cow::Borrowed("") };
        match row.kind {
            Kind::Sequence => count(self.children(Some(id)).count(), "item"),
            Kind::Encapsulated => count(self.children(Some(id)).count(), "fragment"),
            Kind::Item => count(self.children(Some(id)).count(), "element"),
            Kind::Element if row.length == 0 => Cow::Borrowed(""),
            Kind::Element if is_text(row.vr) => self.text(id),
            Kind::Element if row.vr == Vr::AT => Cow::Owned(self.tags(id)),
            Kind::Element if is_number(row.vr) => Cow::Owned(self.number_list(id)),
            _ => count(row.length as usize, "byte"),
        }
    }

    /// The numbers of a binary numeric value, or of decimal and integer strings. Values that are none are
    /// left out.
    pub fn numbers(&self, id: RowId) -> Vec<f64> {
        let Some(row) = self.get(id) else { return Vec::new() };
        match row.vr {
            Vr::DS | Vr::IS => {
                self.text(id).split('\\').filter_map(|part| part.trim().parse().ok()).collect()
            }
            vr => self.binary_numbers(vr, id).collect(),
        }
    }

    fn binary_numbers(&self, vr: Vr, id: RowId) -> impl Iterator<Item = f64> {
        // Meta information is little endian, whatever the data set is.
        let big = self.value_coding().big_endian && !self.is_meta(id);
        self.bytes(id).chunks_exact(number_size(vr)).filter_map(move |bytes| number(vr, bytes, big))
    }

    fn number_list(&self, id: RowId) -> String {
        let Some(row) = self.get(id) else { return String::new() };
        let numbers: Vec<String> =
            self.binary_numbers(row.vr, id).take(MOST_NUMBERS).map(|n| n.to_string()).collect();
        let more = row.length as usize / number_size(row.vr) > numbers.len();
        numbers.join("\\") + if more { "\\…" } else { "" }
    }

    fn tags(&self, id: RowId) -> String {
        let coding = self.value_coding();
        let tags =
            self.bytes(id).chunks_exact(4).take(MOST_NUMBERS).filter_map(|b| super::header::tag(b, coding));
        tags.map(|Tag(group, element)| format!("({group:04X},{element:04X})")).collect::<Vec<_>>().join("\\")
    }
}

fn count(number: usize, thing: &str) -> Cow<'static, str> {
    Cow::Owned(format!("{number} {thing}{}", if number == 1 { "" } else { "s" }))
}

/// Whether the value is text.
pub fn is_text(vr: Vr) -> bool {
    use Vr::*;
    matches!(vr, AE | AS | CS | DA | DS | DT | IS | LO | LT | PN | SH | ST | TM | UC | UI | UR | UT)
}

/// Whether the text is in the character set of (0008,0005): PS3.5 section 6.1.2.2.
pub fn uses_character_set(vr: Vr) -> bool {
    matches!(vr, Vr::LO | Vr::LT | Vr::PN | Vr::SH | Vr::ST | Vr::UC | Vr::UT)
}

/// Whether the value is an array of numbers.
pub fn is_number(vr: Vr) -> bool {
    use Vr::*;
    matches!(vr, US | SS | UL | SL | UV | SV | FL | FD | OF | OD)
}

fn number_size(vr: Vr) -> usize {
    match vr {
        Vr::US | Vr::SS => 2,
        Vr::UV | Vr::SV | Vr::FD | Vr::OD => 8,
        _ => 4,
    }
}

fn number(vr: Vr, bytes: &[u8], big: bool) -> Option<f64> {
    let mut wide = [0u8; 8];
    let size = bytes.len();
    for (at, &byte) in bytes.iter().enumerate() {
        wide[if big { size - 1 - at } else { at }] = byte;
    }
    let raw = u64::from_le_bytes(wide);
    Some(match vr {
        Vr::US | Vr::UL | Vr::UV => raw as f64,
        Vr::SS => f64::from(raw as u16 as i16),
        Vr::SL => f64::from(raw as u32 as i32),
        Vr::SV => raw as i64 as f64,
        // The shortest decimal of the 32-bit value, not the long one of its 64-bit equal.
        Vr::FL | Vr::OF => f32::from_bits(raw as u32).to_string().parse().ok()?,
        Vr::FD | Vr::OD => f64::from_bits(raw),
        _ => return None,
    })
}

/// A UID without its padding. Bytes that are not ASCII are shown as U+FFFD.
pub fn uid(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_matches(['\0', ' ']).to_owned()
}
