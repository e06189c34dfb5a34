use super::{fail, output::print};
use crate::{
    dicom::{Tag, dictionary},
    leak::rule::{self, Rule},
    standard::{self, Attribute, Confidentiality, EDITION, Keep, ProfileOption},
    text::Shown,
};
use std::{
    io::{self, Write},
    process::ExitCode,
};

const TABLE: &str = "PS3.15 Table E.1-1, edition";

/// Prints the rule table, or all that is known of one rule.
pub(super) fn run(what: Option<&str>) -> ExitCode {
    match what.map(|what| (what, Subject::find(what))) {
        None => print(ExitCode::SUCCESS, |mut out| table(&mut out)),
        Some((_, Some(subject))) => print(ExitCode::SUCCESS, |mut out| subject.explain(&mut out)),
        Some((what, None)) => {
            fail(format!("{}: no attribute and no rule of that name", Shown::short(what, 64)))
        }
    }
}

/// What a word on the command line stands for.
enum Subject {
    Attribute(Tag, Option<&'static Attribute>),
    Rule(&'static Rule),
}

impl Subject {
    /// By tag, as `(0010,0010)`, `0010,0010` or `00100010`; by keyword or a rule's name, in any case.
    fn find(what: &str) -> Option<Self> {
        if let Some(tag) = tag(what) {
            return Some(Self::Attribute(tag, attribute(tag)));
        }
        let name = what.strip_prefix("attribute.").map(|name| name.replace('_', ""));
        let keyword = name.as_deref().unwrap_or(what);
        let row = standard::attributes().iter().find(|row| row.keyword.eq_ignore_ascii_case(keyword));
        if let Some(row) = row {
            return Some(Self::Attribute(representative(row)?, Some(row)));
        }
        let by_rule = || rule::all().find(|rule| rule.name.eq_ignore_ascii_case(what)).map(Self::Rule);
        let by_keyword = dictionary::by_keyword(what).map(|tag| Self::Attribute(tag, None));
        by_keyword.or_else(by_rule)
    }

    fn explain(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Rule(rule) => {
                writeln!(out, "{}", rule.name)?;
                fact(out, "class", rule.class)?;
                fact(out, "severity", rule.severity)?;
                fact(out, "why", rule.why)?;
                hipaa(out, &rule.hipaa.map(String::from).unwrap_or_default())?;
                fact(out, "source", "a detector of this program; no table of the standard lists it")
            }
            Self::Attribute(tag, row) => explain(*tag, *row, out),
        }
    }
}

fn attribute(tag: Tag) -> Option<&'static Attribute> {
    standard::attributes().get(standard::attribute(tag)?)
}

/// A tag that the row holds for: that of its keyword, or the first of a repeating group.
fn representative(row: &Attribute) -> Option<Tag> {
    if row.tag.ends_with("private") {
        return Some(Tag(0x0009, 0x1000));
    }
    tag(&row.tag.replace('x', "0")).or_else(|| dictionary::by_keyword(row.keyword))
}

fn tag(text: &str) -> Option<Tag> {
    let text: String = text.trim().trim_start_matches('(').trim_end_matches(')').replace(',', "");
    if text.len() != 8 || !text.chars().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(&text, 16).ok()?;
    Some(Tag((number >> 16) as u16, number as u16))
}

/// Attributes in the order of their tags, then the detectors' rules by name.
fn table(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# {TABLE} {EDITION}, and attributes that it misses")?;
    writeln!(out, "# tag       keyword  severity  class  HIPAA  action under the Basic Profile")?;
    for row in standard::attributes() {
        let action = row.confidentiality.map_or("-", |rule| rule.basic);
        let hipaa = if row.hipaa.is_empty() { "-" } else { row.hipaa };
        writeln!(out, "{:<10} {} {} {} {hipaa} {action}", row.tag, row.keyword, row.severity, row.class)?;
    }
    writeln!(out, "# What values say, wherever they stand")?;
    for rule in rule::all() {
        let hipaa = rule.hipaa.map_or("-".to_owned(), String::from);
        writeln!(out, "{} {} {} {hipaa} {}", rule.name, rule.severity, rule.class, rule.why)?;
    }
    Ok(())
}

fn explain(tag: Tag, row: Option<&Attribute>, out: &mut impl Write) -> io::Result<()> {
    let rule = standard::confidentiality(tag);
    let keyword = row.map(|row| row.keyword).or_else(|| dictionary::keyword(tag)).unwrap_or("unknown");
    writeln!(out, "({:04X},{:04X}) {keyword}", tag.0, tag.1)?;
    if let Some(rule) = rule {
        fact(out, "name", rule.name)?;
    }
    if let Some(vr) = dictionary::vr(tag) {
        fact(out, "VR", vr)?;
    }
    match row {
        Some(row) => {
            fact(out, "class", row.class)?;
            fact(out, "severity", row.severity)?;
            fact(out, "why", row.reason)?;
            hipaa(out, row.hipaa)?;
        }
        None => fact(
            out,
            "judged",
            "by its VR and by what its value says; the attribute alone gives nothing away",
        )?,
    }
    match rule {
        Some(rule) => actions(rule, out),
        None => fact(out, "source", "this program; the standard's table does not list it"),
    }
}

fn actions(rule: &Confidentiality, out: &mut impl Write) -> io::Result<()> {
    let retired = if rule.retired { ", retired" } else { "" };
    fact(out, "source", format!("{TABLE} {EDITION}, row {}{retired}", rule.tag))?;
    writeln!(out, "  what is to be done with it:")?;
    writeln!(out, "    {:<62}{:<8}{}", "Basic Profile", rule.basic, words(rule.basic))?;
    for option in ProfileOption::ALL {
        let (action, words) = match rule.under(option) {
            None => ("", "as without it"),
            Some(Keep::Keep) => ("K", "keep"),
            Some(Keep::Clean) => ("C", "replace by a value of like meaning that does not identify"),
        };
        writeln!(out, "    {:<62}{action:<8}{words}", option.name())?;
    }
    Ok(())
}

/// What an action's code means: PS3.15 Table E.1-1a.
fn words(action: &str) -> &'static str {
    match action {
        "D" => "replace by a dummy value",
        "Z" => "empty, or replace by a dummy value",
        "X" => "remove",
        "K" => "keep",
        "C" => "replace by a value of like meaning that does not identify",
        "U" => "replace by another UID, the same one in all files",
        "Z/D" => "empty, or dummy where the object's definition wants a value",
        "X/Z" => "remove, or empty where the object's definition wants it",
        "X/D" => "remove, or dummy where the object's definition wants a value",
        "X/Z/D" => "remove, or empty or dummy as the object's definition wants it",
        "X/Z/U*" => "remove, or empty, or replace the UIDs in it, as the object's definition wants it",
        _ => "",
    }
}

fn hipaa(out: &mut impl Write, letters: &str) -> io::Result<()> {
    for letter in letters.split('/').filter_map(|letter| letter.chars().next()) {
        let category = standard::hipaa(letter).map_or("", |identifier| identifier.category);
        fact(out, "HIPAA", format!("45 CFR 164.514(b)(2)(i)({letter}): {category}"))?;
    }
    Ok(())
}

fn fact(out: &mut impl Write, name: &str, value: impl std::fmt::Display) -> io::Result<()> {
    writeln!(out, "  {name:<10}{value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_found_however_it_is_written() {
        for what in
            ["(0010,0010)", "0010,0010", "00100010", "PatientName", "patientname", "attribute.patient_name"]
        {
            assert!(
                matches!(Subject::find(what), Some(Subject::Attribute(Tag(0x10, 0x10), Some(_)))),
                "{what}"
            );
        }
        assert!(matches!(Subject::find("claim.burned_in"), Some(Subject::Rule(_))));
        assert!(matches!(Subject::find("Rows"), Some(Subject::Attribute(Tag(0x28, 0x10), None))));
        assert!(Subject::find("nonsense").is_none());
    }

    #[test]
    fn every_row_can_be_explained() {
        for row in standard::attributes() {
            let Some(Subject::Attribute(tag, Some(found))) = Subject::find(row.keyword) else {
                panic!("{} is not found", row.keyword)
            };
            let mut out = Vec::new();
            explain(tag, Some(found), &mut out).unwrap();
            let action = row.confidentiality.map_or("D", |rule| rule.basic);
            assert!(!words(action).is_empty(), "{action}");
        }
    }
}
