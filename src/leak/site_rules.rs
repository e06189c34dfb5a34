//! What a site adds to the rules: `rules.toml` in the user's settings.

use super::{Class, Finding, Passage, Severity, rule};
use crate::{
    dicom::Rows,
    text::{Sensitive, line_number},
};
use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use std::{borrow::Cow, collections::BTreeMap, fmt};

/// Bytes that one compiled pattern may take.
const MOST_MEMORY: usize = 4 << 20;
/// Matches of one pattern that a check tells.
const MOST_CHECKED: usize = 1000;
/// Findings of one pattern in one text.
const MOST_HITS: usize = 16;
/// How sure a site's own pattern is, in per cent.
const CONFIDENCE: u8 = 90;

/// Patterns of its own numbers, values that are no leak here, and severities that it sees otherwise.
#[derive(Debug, Default)]
pub struct SiteRules {
    patterns: Vec<Pattern>,
    allowed: Vec<Regex>,
    severities: BTreeMap<String, Severity>,
}

#[derive(Debug)]
struct Pattern {
    rule: String,
    class: Class,
    severity: Severity,
    value: Regex,
}

/// What a pattern matches, and on which line from 1; not the text itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    pub rule: String,
    pub severity: Severity,
    pub line: usize,
}

/// Why site rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SiteRulesError {
    #[error("line {line}: {why}")]
    Form { line: usize, why: String },
    #[error("[[pattern]] {0}: no class has that name")]
    Class(String),
    #[error("{0}: no severity has that name")]
    Severity(String),
    #[error("{0}: no rule has that name")]
    Rule(String),
    #[error("{0}: the pattern cannot be used")]
    Pattern(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    pattern: Vec<Entry>,
    /// Expressions that a whole value has to match.
    #[serde(default)]
    allow: Vec<String>,
    /// By rule, as `text.age`.
    #[serde(default)]
    severity: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    value: String,
    class: String,
    severity: String,
}

impl SiteRules {
    /// Reads the text of a `rules.toml`.
    pub fn parse(text: &str) -> Result<Self, SiteRulesError> {
        let file: File = toml::from_str(text).map_err(|error| SiteRulesError::Form {
            line: line_number(text, error.span().map_or(0, |span| span.start)),
            why: error.message().to_owned(),
        })?;
        let severity =
            |of: &str, name: &str| name.parse().map_err(|_| SiteRulesError::Severity(of.to_owned()));
        let patterns = file.pattern.into_iter().map(|entry| {
            let class =
                Class::parse(&entry.class).ok_or_else(|| SiteRulesError::Class(entry.name.clone()))?;
            let severity = severity(&entry.name, &entry.severity)?;
            let value = compiled(&entry.value, &entry.name)?;
            Ok(Pattern { rule: format!("site.{}", entry.name), class, severity, value })
        });
        let allowed = file.allow.iter().map(|value| compiled(&format!("^(?:{value})$"), "allow"));
        let severities = file.severity.into_iter().map(|(name, value)| {
            let own = name.starts_with("site.") || name.starts_with("attribute.");
            if !own && rule::find(&name).is_none() {
                return Err(SiteRulesError::Rule(name));
            }
            let value = severity(&name, &value)?;
            Ok((name, value))
        });
        Ok(Self {
            patterns: patterns.collect::<Result<_, SiteRulesError>>()?,
            allowed: allowed.collect::<Result<_, _>>()?,
            severities: severities.collect::<Result<_, SiteRulesError>>()?,
        })
    }

    /// What the patterns match in `text`, in order: `rules --check`. At most [`MOST_CHECKED`] matches of each.
    pub fn check(&self, text: &str) -> Vec<Matched> {
        let found = self.patterns.iter().flat_map(|pattern| {
            let hits = pattern.value.find_iter(text).filter(|found| !found.is_empty()).take(MOST_CHECKED);
            hits.map(|found| Matched {
                rule: pattern.rule.clone(),
                severity: pattern.severity,
                line: line_number(text, found.start()),
            })
        });
        let mut found: Vec<Matched> = found.collect();
        found.sort_by_key(|matched| matched.line);
        found
    }

    /// What the site's patterns find in a passage.
    pub(super) fn said(&self, passage: &Passage<'_>, rows: &Rows) -> Vec<Finding> {
        let hits = |pattern: &Pattern| -> Vec<Finding> {
            let found =
                pattern.value.find_iter(&passage.text).filter(|found| !found.is_empty()).take(MOST_HITS);
            found.map(|found| pattern.finding(passage, rows, found.as_str())).collect()
        };
        self.patterns.iter().flat_map(hits).collect()
    }

    /// Drops what the site allows, and sets its severities.
    pub(super) fn apply(&self, findings: &mut Vec<Finding>) {
        findings.retain(|finding| !self.allowed.iter().any(|value| value.is_match(finding.value.expose())));
        for finding in findings {
            if let Some(severity) = self.severities.get(finding.rule.as_ref()) {
                finding.severity = *severity;
            }
        }
    }
}

/// How many there are of each kind.
impl fmt::Display for SiteRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (patterns, allowed, severities) =
            (self.patterns.len(), self.allowed.len(), self.severities.len());
        write!(f, "{patterns} patterns, {allowed} allowed values, {severities} severities")
    }
}

impl Pattern {
    fn finding(&self, passage: &Passage<'_>, rows: &Rows, value: &str) -> Finding {
        let site = passage.site(rows);
        Finding {
            place: site.place,
            at: site.at,
            row: site.row,
            vr: site.vr,
            class: self.class,
            facet: self.class.facet(),
            severity: self.severity,
            confidence: CONFIDENCE,
            rule: Cow::Owned(self.rule.clone()),
            why: Cow::Borrowed("A pattern of this site's own rules."),
            ps315: None,
            hipaa: None,
            value: Sensitive::new(value.chars().take(Finding::MOST_VALUE).collect()),
            span: None,
            region: None,
        }
    }
}

fn compiled(value: &str, name: &str) -> Result<Regex, SiteRulesError> {
    let regex = RegexBuilder::new(value).size_limit(MOST_MEMORY).dfa_size_limit(MOST_MEMORY).build();
    regex.map_err(|_| SiteRulesError::Pattern(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dicom::Vr, leak::Place};

    const RULES: &str = r#"
allow = ["Samplesson|Example \\d+"]
[severity]
"text.age" = "low"
[[pattern]]
name = "mrn"
value = 'ZX-\d{4}'
class = "patient_id"
severity = "critical"
"#;

    fn passage(text: &str) -> Passage<'_> {
        Passage { place: Place::DataSet, row: None, vr: Some(Vr::LO), carrier: "", text: text.into() }
    }

    #[test]
    fn patterns_find_and_allowed_values_go() {
        let rules = SiteRules::parse(RULES).unwrap();
        let mut findings = rules.said(&passage("seen ZX-4711 and ZX-4712"), &Rows::default());
        let told: Vec<_> =
            findings.iter().map(|f| (f.rule.as_ref(), f.severity, f.value.expose().as_str())).collect();
        assert_eq!(
            told,
            [("site.mrn", Severity::Critical, "ZX-4711"), ("site.mrn", Severity::Critical, "ZX-4712")]
        );
        for (finding, value) in findings.iter_mut().zip(["Samplesson", "Samplesson junior"]) {
            finding.value = Sensitive::new(value.to_owned());
            finding.rule = "text.age".into();
        }
        rules.apply(&mut findings);
        let left: Vec<_> = findings.iter().map(|f| (f.severity, f.value.expose().as_str())).collect();
        assert_eq!(left, [(Severity::Low, "Samplesson junior")], "an allowed value is a whole one");
        let matched = rules.check("x\nZX-1234\n\nZX-1 ZX-2345");
        assert_eq!(matched.iter().map(|matched| matched.line).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, why) in [
            ("[severity]\n\"text.ago\" = \"low\"", "text.ago: no rule has that name"),
            ("[severity]\n\"text.age\" = \"lov\"", "text.age: no severity has that name"),
            ("allow = [\"(\"]", "allow: the pattern cannot be used"),
            ("\nalow = []", "line 2: unknown field `alow`"),
            (
                "[[pattern]]\nname = \"m\"\nvalue = \"x\"\nclass = \"mrn\"\nseverity = \"low\"",
                "m: no class has that name",
            ),
        ] {
            let error = SiteRules::parse(text).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
    }
}
