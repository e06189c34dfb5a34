use super::table::{Index, key, parse_key, records};
use crate::dicom::Tag;
use std::sync::LazyLock;

/// What PS3.15 Table E.1-1 says of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confidentiality {
    /// As the table writes it: `00100010`, `60xx3000`, `50xxxxxx`.
    pub tag: &'static str,
    pub keyword: &'static str,
    /// The attribute's name in words.
    pub name: &'static str,
    pub retired: bool,
    /// Whether the attribute is in an IOD of a standard composite object.
    pub in_composite: bool,
    /// The action under the Basic Profile: `X`, `Z/D`, …
    pub basic: &'static str,
    options: [Option<Keep>; 10],
}

impl Confidentiality {
    /// What the option does instead; `None` where its column is empty.
    pub fn under(&self, option: ProfileOption) -> Option<Keep> {
        self.options[option as usize]
    }
}

/// What an option does with an attribute: keep it, or replace it by a value of like meaning that does not identify.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    Keep,
    Clean,
}

/// The options of PS3.15 section E.3 that keep or clean what the Basic Profile takes out, in the order of the
/// table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProfileOption {
    SafePrivate,
    Uids,
    DeviceIdentity,
    InstitutionIdentity,
    PatientCharacteristics,
    FullDates,
    ModifiedDates,
    CleanDescriptors,
    CleanStructuredContent,
    CleanGraphics,
}

impl ProfileOption {
    pub const ALL: [Self; 10] = [
        Self::SafePrivate,
        Self::Uids,
        Self::DeviceIdentity,
        Self::InstitutionIdentity,
        Self::PatientCharacteristics,
        Self::FullDates,
        Self::ModifiedDates,
        Self::CleanDescriptors,
        Self::CleanStructuredContent,
        Self::CleanGraphics,
    ];

    /// The code that declares it in (0012,0064): PS3.16 CID 7050, coding scheme DCM.
    pub fn code(self) -> &'static str {
        match self {
            Self::SafePrivate => "113111",
            Self::Uids => "113110",
            Self::DeviceIdentity => "113109",
            Self::InstitutionIdentity => "113112",
            Self::PatientCharacteristics => "113108",
            Self::FullDates => "113106",
            Self::ModifiedDates => "113107",
            Self::CleanDescriptors => "113105",
            Self::CleanStructuredContent => "113104",
            Self::CleanGraphics => "113103",
        }
    }

    /// The standard's name of it, without the word "Option".
    pub fn name(self) -> &'static str {
        match self {
            Self::SafePrivate => "Retain Safe Private",
            Self::Uids => "Retain UIDs",
            Self::DeviceIdentity => "Retain Device Identity",
            Self::InstitutionIdentity => "Retain Institution Identity",
            Self::PatientCharacteristics => "Retain Patient Characteristics",
            Self::FullDates => "Retain Longitudinal Temporal Information with Full Dates",
            Self::ModifiedDates => "Retain Longitudinal Temporal Information with Modified Dates",
            Self::CleanDescriptors => "Clean Descriptors",
            Self::CleanStructuredContent => "Clean Structured Content",
            Self::CleanGraphics => "Clean Graphics",
        }
    }

    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|option| option.code() == code)
    }
}

/// A set of options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProfileOptions(u16);

impl ProfileOptions {
    pub fn insert(&mut self, option: ProfileOption) {
        self.0 |= 1 << option as u16;
    }

    pub fn contains(self, option: ProfileOption) -> bool {
        self.0 & 1 << option as u16 != 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = ProfileOption> {
        ProfileOption::ALL.into_iter().filter(move |&option| self.contains(option))
    }
}

static RULES: LazyLock<Vec<Confidentiality>> = LazyLock::new(|| {
    records(include_str!("../../assets/standard/confidentiality.csv"))
        .map(|[tag, keyword, name, retired, in_composite, basic, options @ ..]: [_; 16]| Confidentiality {
            tag,
            keyword,
            name,
            retired: retired == "Y",
            in_composite: in_composite == "Y",
            basic,
            options: options.map(|keep| match keep {
                "K" => Some(Keep::Keep),
                "C" => Some(Keep::Clean),
                _ => None,
            }),
        })
        .collect()
});

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    Index::new((0u16..).zip(RULES.iter()).filter_map(|(at, rule)| Some((parse_key(rule.tag)?, at))))
});

/// The rows for all elements of a repeating group, and for all private attributes.
static CURVES: LazyLock<Option<&'static Confidentiality>> = LazyLock::new(|| by_mask("50xxxxxx"));
static PRIVATE: LazyLock<Option<&'static Confidentiality>> = LazyLock::new(|| by_mask("ggggeeee private"));

fn by_mask(mask: &str) -> Option<&'static Confidentiality> {
    RULES.iter().find(|rule| rule.tag == mask)
}

/// Every row of the table, in its order.
pub fn rules() -> &'static [Confidentiality] {
    &RULES
}

/// What the table says of `tag`; `None` where it says nothing. Private attributes have one row for all.
pub fn confidentiality(tag: Tag) -> Option<&'static Confidentiality> {
    match tag.0 {
        group if group % 2 == 1 => *PRIVATE,
        0x5000..=0x50fe => *CURVES,
        _ => INDEX.get(key(tag)).map(|at| &RULES[at]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!(rules().len(), 657);
        let count = |option| rules().iter().filter(|rule| rule.under(option).is_some()).count();
        let counts = ProfileOption::ALL.map(count);
        assert_eq!(counts, [1, 60, 59, 10, 19, 169, 169, 141, 4, 4]);
        for action in [("X", 417), ("D", 93), ("U", 55), ("Z", 42), ("X/D", 23), ("X/Z", 11), ("X/Z/U*", 2)] {
            assert_eq!(rules().iter().filter(|rule| rule.basic == action.0).count(), action.1, "{action:?}");
        }
        for rule in rules().iter().filter(|rule| parse_key(rule.tag).is_some()) {
            let key = parse_key(rule.tag).unwrap();
            let tag = Tag((key >> 16) as u16, key as u16);
            assert_eq!(confidentiality(tag), Some(rule));
        }
    }

    #[test]
    fn rows_as_the_standard_has_them() {
        let row = |group, element| confidentiality(Tag(group, element)).unwrap();
        let name = row(0x0010, 0x0010);
        assert_eq!((name.keyword, name.name, name.basic), ("PatientName", "Patient's Name", "Z"));
        assert!(ProfileOption::ALL.iter().all(|&option| name.under(option).is_none()));
        let study = row(0x0008, 0x1030);
        assert_eq!(study.under(ProfileOption::CleanDescriptors), Some(Keep::Clean));
        let date = row(0x0008, 0x0020);
        assert_eq!(date.under(ProfileOption::FullDates), Some(Keep::Keep));
        assert_eq!(date.under(ProfileOption::ModifiedDates), Some(Keep::Clean));
        assert_eq!(row(0x0010, 0x0040).under(ProfileOption::PatientCharacteristics), Some(Keep::Keep));
        assert_eq!(row(0x6004, 0x3000).under(ProfileOption::CleanGraphics), Some(Keep::Clean));
        assert_eq!(row(0x5002, 0x0022).keyword, "CurveData");
        assert_eq!(row(0x0029, 0x1010).under(ProfileOption::SafePrivate), Some(Keep::Clean));
        assert_eq!(confidentiality(Tag(0x0028, 0x0010)), None);
    }

    #[test]
    fn options_by_their_code() {
        for option in ProfileOption::ALL {
            assert_eq!(ProfileOption::by_code(option.code()), Some(option));
        }
        assert_eq!(ProfileOption::by_code("113100"), None);
        let mut options = ProfileOptions::default();
        options.insert(ProfileOption::Uids);
        assert!(options.contains(ProfileOption::Uids) && !options.contains(ProfileOption::FullDates));
        assert_eq!(options.iter().collect::<Vec<_>>(), [ProfileOption::Uids]);
    }
}
