use super::{
    confidentiality::{Confidentiality, confidentiality},
    table::{Index, key, parse_key, records},
};
use crate::dicom::Tag;
use std::sync::LazyLock;

/// An attribute that gives away, by what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// As `00100010`, `60xx3000`.
    pub tag: &'static str,
    pub keyword: &'static str,
    /// What sort of value it is, finer than `class`: `free_text`, `descriptor`, `other_person_id`, …
    pub kind: &'static str,
    /// A word of the machine output.
    pub class: &'static str,
    /// A word of the machine output.
    pub severity: &'static str,
    /// The letters of 45 CFR 164.514(b)(2)(i), with `/` between them where it may be one or the other.
    pub hipaa: &'static str,
    /// One sentence.
    pub reason: &'static str,
    /// Its row of PS3.15 Table E.1-1, where there is one.
    pub confidentiality: Option<&'static Confidentiality>,
}

static ATTRIBUTES: LazyLock<Vec<Attribute>> = LazyLock::new(|| {
    records(include_str!("../../assets/standard/attributes.csv"))
        .map(|[tag, keyword, _vr, kind, class, severity, hipaa, reason]: [_; 8]| Attribute {
            tag,
            keyword,
            kind,
            class,
            severity,
            hipaa,
            reason,
            confidentiality: representative(tag).and_then(confidentiality),
        })
        .collect()
});

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let keys = (0u16..).zip(ATTRIBUTES.iter());
    Index::new(keys.filter_map(|(at, attribute)| Some((parse_key(attribute.tag)?, at))))
});

static CURVES: LazyLock<Option<usize>> =
    LazyLock::new(|| ATTRIBUTES.iter().position(|attribute| attribute.tag == "50xxxxxx"));

/// A tag that the row holds for.
fn representative(tag: &str) -> Option<Tag> {
    let key = match tag {
        "50xxxxxx" => 0x5000_3000,
        "ggggeeee private" => 0x0009_1000,
        tag => parse_key(tag)?,
    };
    Some(Tag((key >> 16) as u16, key as u16))
}

/// Every row, in the table's order.
pub fn attributes() -> &'static [Attribute] {
    &ATTRIBUTES
}

/// The place in [`attributes`] of what `tag` gives away by what it is; `None` where it is no reason for concern, and
/// for private attributes.
pub fn attribute(tag: Tag) -> Option<usize> {
    match tag.0 {
        group if group % 2 == 1 => None,
        0x5000..=0x50fe => *CURVES,
        _ => INDEX.get(key(tag)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{hipaa, rules};
    use super::*;

    fn row(group: u16, element: u16) -> &'static Attribute {
        &attributes()[attribute(Tag(group, element)).unwrap()]
    }

    #[test]
    fn every_row_is_read_and_every_rule_has_one() {
        assert_eq!(attributes().len(), 731);
        for rule in rules() {
            let row = attributes().iter().find(|attribute| attribute.tag == rule.tag);
            assert_eq!(row.and_then(|row| row.confidentiality), Some(rule), "{}", rule.tag);
        }
        let missed = attributes().iter().filter(|attribute| attribute.confidentiality.is_none()).count();
        assert_eq!(missed, 731 - 657);
        for attribute in attributes() {
            assert!(attribute.reason.ends_with('.'), "{}", attribute.keyword);
            for letter in attribute.hipaa.split('/').filter(|letter| !letter.is_empty()) {
                assert!(hipaa(letter.chars().next().unwrap()).is_some(), "{}", attribute.keyword);
            }
        }
    }

    #[test]
    fn keywords_are_those_of_the_dictionary() {
        for attribute in attributes().iter().filter(|attribute| !attribute.tag.contains('x')) {
            let Some(tag) = representative(attribute.tag).filter(|_| !attribute.tag.starts_with('g')) else {
                continue;
            };
            if let Some(keyword) = crate::dicom::dictionary::keyword(tag) {
                let plain = |text: &str| text.replace("TrialRetired", "Trial").to_ascii_lowercase();
                assert_eq!(plain(keyword), plain(attribute.keyword));
            }
        }
    }

    #[test]
    fn rows_as_the_source_has_them() {
        let name = row(0x0010, 0x0010);
        assert_eq!(
            (name.keyword, name.class, name.severity, name.hipaa),
            ("PatientName", "name", "critical", "A")
        );
        assert_eq!(row(0x0008, 0x0050).class, "other_id");
        assert_eq!(row(0x0010, 0x0033).class, "birth_date");
        assert_eq!(row(0x6002, 0x1500).keyword, "OverlayLabel");
        assert_eq!(row(0x5000, 0x3000).keyword, "CurveData");
        assert_eq!(row(0x0010, 0x2154).class, "phone");
        assert_eq!(attribute(Tag(0x0029, 0x1010)), None);
        assert_eq!(attribute(Tag(0x0028, 0x0010)), None);
    }
}
