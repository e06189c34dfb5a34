use super::{
    confidentiality::{Keep, ProfileOption},
    table::records,
};
use std::{collections::HashMap, sync::LazyLock};

/// A content item of a structured report that identifies, by its concept: PS3.15 Table E.3.4-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentItem {
    pub meaning: &'static str,
    pub code: &'static str,
    /// Coding scheme designator.
    pub scheme: &'static str,
    /// Value type of (0040,A040), as `PNAME`.
    pub value_type: &'static str,
    /// The action under the Basic Profile.
    pub basic: &'static str,
    /// A word of the machine output.
    pub class: &'static str,
    /// A word of the machine output.
    pub severity: &'static str,
    options: [Option<Keep>; 7],
}

/// The options of the table's columns.
const OPTIONS: [ProfileOption; 7] = [
    ProfileOption::Uids,
    ProfileOption::DeviceIdentity,
    ProfileOption::InstitutionIdentity,
    ProfileOption::PatientCharacteristics,
    ProfileOption::FullDates,
    ProfileOption::ModifiedDates,
    ProfileOption::CleanDescriptors,
];

impl ContentItem {
    /// What the option does instead; `None` where its column is empty.
    pub fn under(&self, option: ProfileOption) -> Option<Keep> {
        OPTIONS.iter().position(|&column| column == option).and_then(|column| self.options[column])
    }
}

static ITEMS: LazyLock<Vec<ContentItem>> = LazyLock::new(|| {
    records(include_str!("../../assets/standard/content_items.csv"))
        .map(
            |[
                meaning,
                code,
                scheme,
                value_type,
                _,
                _,
                basic,
                o1,
                o2,
                o3,
                o4,
                o5,
                o6,
                o7,
                class,
                severity,
            ]| {
                ContentItem {
                    meaning,
                    code,
                    scheme,
                    value_type,
                    basic,
                    class,
                    severity,
                    options: [o1, o2, o3, o4, o5, o6, o7].map(|keep| match keep {
                        "K" => Some(Keep::Keep),
                        "C" => Some(Keep::Clean),
                        _ => None,
                    }),
                }
            },
        )
        .collect()
});

static INDEX: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut index: HashMap<_, Vec<_>> = HashMap::new();
    for (at, item) in ITEMS.iter().enumerate() {
        index.entry(item.code).or_default().push(at);
    }
    index
});

/// Every row, in the table's order.
pub fn content_items() -> &'static [ContentItem] {
    &ITEMS
}

/// The row of a concept; of several, the one with this value type before any other. SNOMED's designators `SRT` and
/// `SCT` mean one scheme here.
pub fn content_item(code: &str, scheme: &str, value_type: &str) -> Option<&'static ContentItem> {
    let same = |scheme: &str| if scheme == "SRT" { "SCT".to_owned() } else { scheme.to_owned() };
    let rows = INDEX.get(code)?.iter().filter_map(|&at| ITEMS.get(at));
    let mut rows = rows.filter(|item| same(item.scheme) == same(scheme));
    let first = rows.next()?;
    Some(std::iter::once(first).chain(rows).find(|item| item.value_type == value_type).unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!(content_items().len(), 214);
        let of = |kind| content_items().iter().filter(|item| item.value_type == kind).count();
        assert_eq!(["TEXT", "DATETIME", "PNAME", "UIDREF"].map(of), [93, 31, 10, 21]);
    }

    #[test]
    fn by_code_scheme_and_type() {
        let item = content_item("121029", "DCM", "PNAME").unwrap();
        assert_eq!(
            (item.meaning, item.class, item.severity, item.basic),
            ("Subject Name", "name", "critical", "D")
        );
        assert_eq!(content_item("121080", "DCM", "WAVEFORM").unwrap().value_type, "WAVEFORM");
        assert_eq!(content_item("121080", "DCM", "IMAGE").unwrap().value_type, "IMAGE");
        let sex = content_item("121032", "DCM", "CODE").unwrap();
        assert_eq!(sex.under(ProfileOption::PatientCharacteristics), Some(Keep::Keep));
        assert_eq!(sex.under(ProfileOption::SafePrivate), None);
        assert_eq!(content_item("121029", "99EX", "PNAME"), None);
        assert!(content_item("371524004", "SRT", "TEXT").is_some());
    }
}
