use super::{Class, Finding, Severity, Site};
use serde::Deserialize;
use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

/// What is said of a finding that does not come from the table of attributes. Written in `assets/rules/`,
/// one file a detector; its name there is the finding's `rule`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// As `text.phone`.
    pub name: &'static str,
    pub class: Class,
    pub severity: Severity,
    /// One sentence, without a value.
    pub why: &'static str,
    /// The letter of 45 CFR 164.514(b)(2)(i).
    pub hipaa: Option<char>,
}

/// The files of `assets/rules/`.
const SOURCES: &[&str] = &[
    include_str!("../../assets/rules/claim.toml"),
    include_str!("../../assets/rules/container.toml"),
    include_str!("../../assets/rules/cross.toml"),
    include_str!("../../assets/rules/document.toml"),
    include_str!("../../assets/rules/graphics.toml"),
    include_str!("../../assets/rules/pixels.toml"),
    include_str!("../../assets/rules/private.toml"),
    include_str!("../../assets/rules/text.toml"),
    include_str!("../../assets/rules/uid.toml"),
    include_str!("../../assets/rules/vr.toml"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    class: String,
    severity: String,
    why: String,
    hipaa: Option<char>,
}

static RULES: LazyLock<BTreeMap<&'static str, Rule>> = LazyLock::new(|| {
    let entries = SOURCES.iter().filter_map(|source| toml::from_str::<BTreeMap<String, Entry>>(source).ok());
    entries.flatten().filter_map(|(name, entry)| parse(name, entry)).map(|rule| (rule.name, rule)).collect()
});

impl Rule {
    /// The finding of this rule at `site`, of which `value` is what was found.
    pub fn finding(&self, site: Site, confidence: u8, value: &str) -> Finding {
        Finding {
            place: site.place,
            at: site.at,
            row: site.row,
            vr: site.vr,
            class: self.class,
            facet: self.class.facet(),
            severity: self.severity,
            confidence,
            rule: Cow::Borrowed(self.name),
            why: Cow::Borrowed(self.why),
            ps315: None,
            hipaa: self.hipaa,
            value: Finding::shortened(value),
            region: None,
        }
    }
}

/// Every rule, by name.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.values()
}

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.get(name)
}

fn parse(name: String, entry: Entry) -> Option<Rule> {
    Some(Rule {
        class: Class::parse(&entry.class)?,
        severity: entry.severity.parse().ok()?,
        name: name.leak(),
        why: entry.why.leak(),
        hipaa: entry.hipaa,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_every_file_is_a_rule() {
        let mut count = 0;
        for source in SOURCES {
            let entries: BTreeMap<String, Entry> = toml::from_str(source).unwrap();
            for (name, entry) in entries {
                count += 1;
                assert!(entry.why.ends_with('.') || !entry.why.is_empty(), "{name}");
                assert!(parse(name.clone(), entry).is_some(), "{name}");
            }
        }
        assert_eq!(all().count(), count, "two rules of one name");
    }
}
