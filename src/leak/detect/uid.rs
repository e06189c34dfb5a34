//! UIDs: whose they are, and what they hold besides.

use super::{
    attribute::{self, AttributeRule},
    element::Element,
    scene::Scene,
};
use crate::{
    dicom::dictionary,
    leak::{
        Class, Severity,
        day::{FIRST_YEAR, LAST_YEAR, year_of_day},
        rule,
    },
};

/// Roots of UIDs that stand in a standard, the same in every file.
const STANDARD: &str = "1.2.840.10008.";
/// UIDs made from a UUID, as de-identification makes them: PS3.5 section B.2.
const UUID: &str = "2.25.";

/// Judges the UIDs of an element; of an attribute that the table misses, only what they hold besides.
pub(super) fn judge(scene: &mut Scene<'_>, element: Element<'_>, rule: Option<&'static AttributeRule>) {
    let text = element.text();
    let mut worst: Option<(Severity, &'static str)> = None;
    let mut original = false;
    for uid in text.split('\\').map(str::trim).filter(|uid| !uid.is_empty() && !uid.starts_with(STANDARD)) {
        original |= !uid.starts_with(UUID);
        if let Some(holds) = holds(uid, &scene.birth_date, scene.declared.identity_removed) {
            let severity = rule::find(holds).map_or(Severity::Low, |rule| rule.severity);
            if worst.is_none_or(|(known, _)| severity > known) {
                worst = Some((severity, holds));
            }
        }
    }
    if let Some(rule) = worst.and_then(|(_, name)| rule::find(name))
        && !(element.row.depth > 0 && scene.is_repeated(element.row.tag, rule.severity))
    {
        let mut finding = element.finding_of(rule);
        finding.ps315 = crate::standard::confidentiality(element.row.tag).map(|row| row.basic);
        scene.report(finding);
    }
    if original {
        judge_origin(scene, element, rule);
    }
}

fn judge_origin(scene: &mut Scene<'_>, element: Element<'_>, rule: Option<&'static AttributeRule>) {
    if element.row.depth > 0 && scene.is_repeated(element.row.tag, Severity::Low) {
        return;
    }
    let finding = match rule {
        Some(rule) => attribute::finding(scene, element, rule, Class::Uid, rule.severity),
        None if names_a_kind(element) => return,
        None => match rule::find("uid.origin") {
            Some(rule) => element.finding_of(rule),
            None => return,
        },
    };
    scene.report(finding);
}

/// Whether the attribute names a class, a syntax or a scheme, which many files share, and no instance.
fn names_a_kind(element: Element<'_>) -> bool {
    const KINDS: [&str; 9] = [
        "SOPClass",
        "TransferSyntax",
        "CodingScheme",
        "ContextUID",
        "ContextGroup",
        "MappingResource",
        "Implementation",
        "CreatorVersion",
        "HomeCommunity",
    ];
    let keyword = dictionary::keyword(element.row.tag).unwrap_or_default();
    element.row.is_private() || KINDS.iter().any(|kind| keyword.contains(kind))
}

/// The rule of what a UID holds besides being one. `claimed`: the file says that it was de-identified.
fn holds(uid: &str, birth_date: &str, claimed: bool) -> Option<&'static str> {
    if let Some(number) = uid.strip_prefix(UUID) {
        return is_time_based(number).then_some("uid.mac");
    }
    if !birth_date.is_empty() && uid.contains(birth_date) {
        return Some("uid.birth_date");
    }
    // The root is registered; what follows is the maker's own.
    let mut dated = false;
    for part in uid.split('.').skip(3).filter(|part| part.len() >= 8 && part.starts_with(['1', '2'])) {
        if is_day_of_old(part) {
            return Some("uid.birth_date_likely");
        }
        dated |= is_time_stamp(part);
    }
    match (dated, claimed) {
        (false, _) => (uid.contains("192.168.") && has_private_ip(uid)).then_some("uid.ip"),
        (true, false) => Some("uid.date"),
        (true, true) => Some("uid.date_kept"),
    }
}

/// Whether a component begins with a date of the time in which there are DICOM files, and is that alone, or goes on
/// with a time of day. Hashes begin so about once in 100,000.
fn is_time_stamp(part: &str) -> bool {
    if !matches!(year_of_day(part), Some(FIRST_YEAR..=LAST_YEAR)) {
        return false;
    }
    let number = |range: std::ops::Range<usize>| part.get(range).and_then(|part| part.parse::<u32>().ok());
    match part.len() {
        8 => true,
        9..12 => false,
        _ => {
            number(8..10).is_some_and(|hour| hour < 24)
                && number(10..12).is_some_and(|minute| minute < 60)
                && (part.len() < 14 || number(12..14).is_some_and(|second| second < 60))
        }
    }
}

/// Whether a component is a day from before there were DICOM files: no time stamp, but somebody's birth date. Other
/// numbers of eight digits are so about once in 4,000.
fn is_day_of_old(part: &str) -> bool {
    part.len() == 8 && matches!(year_of_day(part), Some(1900..FIRST_YEAR))
}

/// Whether four components are an address of a private network: dcm4che and others write their host's.
fn has_private_ip(uid: &str) -> bool {
    let mut parts = ["", "", ""];
    for part in uid.split('.') {
        match (parts, part) {
            (["192", "168", c], d) if is_octet(c) && is_octet(d) => return true,
            _ => parts = [parts[1], parts[2], part],
        }
    }
    false
}

fn is_octet(part: &str) -> bool {
    part.len() <= 3 && part.parse::<u8>().is_ok()
}

/// Whether the decimal number is a UUID of version 1 (RFC 9562 section 5.1) with the address of a real card.
fn is_time_based(number: &str) -> bool {
    let Ok(uuid) = number.parse::<u128>() else { return false };
    let version = uuid >> 76 & 0xf;
    let variant = uuid >> 62 & 0b11;
    // A made-up node has the multicast bit set.
    let real_card = uuid >> 40 & 1 == 0;
    version == 1 && variant == 0b10 && real_card
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_uids_hold() {
        for (uid, birth, claimed, held) in [
            ("1.2.840.113619.2.55.3.20240514103015.7", "", false, Some("uid.date")),
            ("1.2.840.113619.2.55.3.20240514103015.7", "", true, Some("uid.date_kept")),
            ("1.2.276.0.20240514.1", "", false, Some("uid.date")),
            ("1.2.276.0.19620317.1", "19620317", false, Some("uid.birth_date")),
            ("1.2.276.0.5.19620317001", "19620317", false, Some("uid.birth_date")),
            ("1.3.6.1.4.1.14519.5.2.1.7777.201234567890123456789", "", true, None),
            ("1.2.276.0.19620317.1", "", false, Some("uid.birth_date_likely")),
            ("1.2.276.0.17620317.1", "", false, None),
            ("1.2.276.0.20241314.1", "", false, None),
            ("2.25.20240514", "", false, None),
            ("1.2.40.0.13.1.192.168.3.17.5", "", false, Some("uid.ip")),
            ("1.2.40.0.13.1.192.168.3000.17.5", "", false, None),
        ] {
            assert_eq!(holds(uid, birth, claimed), held, "{uid}");
        }
    }

    #[test]
    fn uuids_with_a_card_address() {
        // f81d4fae-7dec-11d0-a765-00a0c91e6bf6, the example of PS3.5 section B.2.
        assert_eq!(holds("2.25.329800735698586629295641978511506172918", "", false), Some("uid.mac"));
        // Version 4.
        assert_eq!(holds("2.25.113059749145936325402354257176981405696", "", false), None);
        assert_eq!(holds("2.25.999999999999999999999999999999999999999999999", "", false), None);
    }
}
