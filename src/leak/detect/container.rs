//! What a file holds around its data set, and how its elements are laid out: PS3.10 section 7.

use super::{element::Element, scene::Scene};
use crate::{
    dicom::{Preamble, Row, RowId, Tag, Trailer, Vr},
    leak::{Facet, Finding, Place, Site, rule},
};

/// Letters in a row by which bytes are taken for text.
const TEXT: usize = 6;
/// Bytes that checksums and odd paddings take at most.
const REMAINDER: u64 = 16;
/// Oddities of layout told of one file.
const MOST_ODDITIES: usize = 8;

const PROGRAMS: [&[u8]; 8] = [
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
];
const FILES: [&[u8]; 15] = [
    b"II*\0",
    b"MM\0*",
    b"II+\0",
    b"MM\0+",
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BZh",
    b"<?xml",
    b"{\\rtf",
];

fn is_program(bytes: &[u8]) -> bool {
    PROGRAMS.iter().any(|magic| bytes.starts_with(magic))
}

fn is_file(bytes: &[u8]) -> bool {
    FILES.iter().any(|magic| bytes.starts_with(magic))
}

/// Judges the 128 bytes in front of the prefix.
pub(super) fn preamble(scene: &mut Scene<'_>) {
    let Preamble::Bytes(bytes) = &scene.reading.preamble else { return };
    let name = match &bytes[..] {
        bytes if is_program(bytes) => "container.magic_program",
        bytes if is_file(bytes) => "container.magic_file",
        bytes if has_text(bytes) => "container.preamble_text",
        _ => "container.preamble",
    };
    outside(scene, Place::Preamble, name, &bytes[..]);
}

/// Judges what follows the data set.
pub(super) fn trailer(scene: &mut Scene<'_>) {
    let Some(Trailer { bytes, length, .. }) = &scene.reading.trailer else { return };
    let start = bytes.iter().position(|&byte| !matches!(byte, 0 | b' ')).unwrap_or(bytes.len());
    let rest = &bytes[start..];
    let name = if rest.is_empty() && *length <= bytes.len() as u64 {
        "container.trailer_padding"
    } else if is_program(rest) || is_file(rest) || bytes.get(128..132) == Some(b"DICM") {
        "container.trailer_file"
    } else if has_text(rest) {
        "container.trailer_text"
    } else if *length <= REMAINDER {
        "container.trailer_remainder"
    } else {
        "container.trailer"
    };
    outside(scene, Place::Trailer, name, rest);
}

fn has_text(bytes: &[u8]) -> bool {
    let letter =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'-' | b'^' | b'.' | b'/');
    bytes.split(|byte| !letter(byte)).any(|run| run.len() >= TEXT && run.iter().any(u8::is_ascii_alphabetic))
}

fn outside(scene: &mut Scene<'_>, place: Place, name: &str, bytes: &[u8]) {
    let Some(rule) = rule::find(name) else { return };
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(Finding::MOST_VALUE)]);
    let found = rule.finding(Site::outside(place), 95, text.trim_matches(['\0', ' ']));
    scene.report(Finding { facet: Facet::Container, ..found });
}

/// (FFFC,FFFC): bytes without meaning; zero by those who use it as meant.
pub(super) fn padding(scene: &mut Scene<'_>, element: Element<'_>) {
    if !element.is_blank() || !element.row.is_whole() {
        report(scene, element, "container.padding");
    }
}

/// (0002,0013).
pub(super) fn implementation(scene: &mut Scene<'_>, element: Element<'_>) {
    if element.row.length > 0 {
        report(scene, element, "container.implementation");
    }
}

fn report(scene: &mut Scene<'_>, element: Element<'_>, name: &str) {
    if let Some(rule) = rule::find(name) {
        let mut finding = element.finding_of(rule);
        finding.ps315 = crate::standard::confidentiality(element.row.tag).map(|row| row.basic);
        scene.report(finding);
    }
}

/// Follows the elements of each data set and item, and notices what is out of place.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// By depth: the greatest tag so far of the item that is open, and where it ends.
    levels: Vec<(RowId, Tag)>,
    /// A group length of the data set: its row, its group, where the group should end.
    group: Option<(RowId, u16, u64)>,
    oddities: usize,
}

impl Layout {
    /// Takes the next row, which is no item.
    pub fn next(&mut self, scene: &mut Scene<'_>, element: Element<'_>) {
        let Row { tag, depth, .. } = *element.row;
        let end = element.rows.parent(element.id).map_or(RowId::MAX, |parent| element.rows.end(parent));
        // Two levels of depth, sequence and item, make one here.
        let level = usize::from(depth / 2);
        self.levels.truncate(level + 1);
        while self.levels.len() <= level {
            self.levels.push((end, Tag(0, 0)));
        }
        let Some((open, greatest)) = self.levels.get_mut(level) else { return };
        if *open != end {
            (*open, *greatest) = (end, Tag(0, 0));
        }
        let last = *greatest;
        *greatest = last.max(tag);
        if depth == 0 {
            self.group_length(scene, element);
        }
        if tag <= last && last != Tag(0, 0) && self.oddities < MOST_ODDITIES {
            self.misplaced(scene, element, tag == last);
        }
    }

    fn misplaced(&mut self, scene: &mut Scene<'_>, element: Element<'_>, same: bool) {
        self.oddities += 1;
        let first = element.rows.find_in(element.rows.parent(element.id), element.row.tag);
        let twice = same || first.is_some_and(|first| first != element.id);
        report(scene, element, if twice { "container.duplicate" } else { "container.order" });
    }

    /// Whether the group that an element (gggg,0000) opens is as long as it says: PS3.5 section 7.2.
    fn group_length(&mut self, scene: &mut Scene<'_>, element: Element<'_>) {
        let Row { tag, vr, offset, header, length, .. } = *element.row;
        if let Some((row, group, end)) = self.group
            && group != tag.0
        {
            self.group = None;
            let start = offset.saturating_sub(header.into());
            if start != end
                && self.oddities < MOST_ODDITIES
                && let Some(group) = Element::at(element.rows, row)
            {
                self.oddities += 1;
                report(scene, group, "container.group_length");
            }
        }
        // The offsets of the meta information and of an inflated data set count from different points.
        if tag.1 == 0 && vr == Vr::UL && !scene.reading.syntax.deflated {
            let says = element.rows.numbers(element.id).first().copied().unwrap_or(0.0) as u64;
            self.group = Some((element.id, tag.0, offset.saturating_add(length.into()).saturating_add(says)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_letters_in_a_row() {
        assert!(has_text(b"\0\0\x01Smith_John\0"));
        assert!(!has_text(b"\x01\x02ab\x03cd\xff\xfe12345678\0"));
        assert!(is_program(b"MZ\x90\0") && is_file(b"II*\0\x08") && !is_file(b"\0\0\0\0"));
    }
}
