//! Content items of structured reports, by their concept: PS3.15 Table E.3.4-1.

use super::{
    attribute::{AttributeRule, MOST_DESCRIPTOR},
    element::{Element, What},
    retained::let_stay,
    scene::Scene,
    worded::{Worded, worded},
};
use crate::{
    dicom::{Kind, Tag, Vr},
    leak::{Class, Severity, is_placeholder},
    standard::{ContentItem, ProfileOption, content_item},
};
use std::{borrow::Cow, fmt::Write};

const CONCEPT_NAME: Tag = Tag(0x0040, 0xa043);
const CONTENT: Tag = Tag(0x0040, 0xa730);

/// Judges the value of a content item; `false` where the element is none.
pub(super) fn judge(scene: &mut Scene<'_>, element: Element<'_>, rule: &'static AttributeRule) -> bool {
    if element.row.tag.0 != 0x0040 || !is_value(element.row.tag) || element.row.kind != Kind::Element {
        return false;
    }
    let Some(name) = element.sibling(CONCEPT_NAME) else { return false };
    let item = concept(name, element.row.vr);
    let (class, severity) = match item.and_then(meaning) {
        Some(known) => known,
        // A text of unlisted concept is a label or a remark as often as a report.
        None if rule.class == Class::FreeText => (Class::FreeText, Severity::Medium),
        None => (rule.class, rule.severity),
    };
    let text = element.text();
    let Some(mut severity) = said(&text, element.row.vr, class, severity) else { return true };
    // Where identity was replaced, a short remark in which nothing was recognised is what a reader measured.
    if class == Class::FreeText && scene.declared.replaced && text.chars().count() <= MOST_DESCRIPTOR {
        severity = severity.min(Severity::Low);
    }
    let mut why = format!("Content item {}", number(element));
    if let Some(item) = item {
        // Writing to a string does not fail.
        let _ = write!(why, " ({})", item.meaning);
    }
    let _ = write!(why, " of a report: {}.", reason(class));
    let lets = lets(scene, item, rule, class).filter(|_| severity > Severity::Info);
    let severity = match lets {
        Some(lets) => {
            let (severity, declared) = let_stay(lets, severity, "");
            why = format!("{}{why}", declared.trim_end().to_owned() + " ");
            severity
        }
        None => severity,
    };
    let finding = element.finding(What {
        class,
        severity,
        rule: rule.name,
        why: Cow::Owned(why),
        hipaa: rule.hipaa(class),
        ps315: item.map(|item| item.basic).or(rule.attribute.confidentiality.map(|row| row.basic)),
    });
    scene.report(finding);
    true
}

/// Text, date, time, name: what a content item says by itself. UIDs are judged as such.
fn is_value(tag: Tag) -> bool {
    matches!(tag.1, 0xa120 | 0xa121 | 0xa122 | 0xa123 | 0xa160)
}

/// The row of the concept in (0040,A043).
fn concept(name: Element<'_>, vr: Vr) -> Option<&'static ContentItem> {
    let value = |tag| name.inside(tag).map(|element| element.text());
    let code = value(Tag(0x0008, 0x0100))?;
    let scheme = value(Tag(0x0008, 0x0102)).unwrap_or(Cow::Borrowed("DCM"));
    let value_type = match vr {
        Vr::PN => "PNAME",
        Vr::DA => "DATE",
        Vr::DT => "DATETIME",
        Vr::TM => "TIME",
        _ => "TEXT",
    };
    content_item(code.trim(), scheme.trim(), value_type)
}

fn meaning(item: &ContentItem) -> Option<(Class, Severity)> {
    Some((Class::parse(item.class)?, item.severity.parse().ok()?))
}

/// The severity of what the value says; `None` where it says nothing.
fn said(text: &str, vr: Vr, class: Class, severity: Severity) -> Option<Severity> {
    if class == Class::FreeText {
        return match worded(text, class, false) {
            Worded::Nothing => None,
            Worded::Technical => Some(Severity::Info),
            Worded::Free => Some(severity),
        };
    }
    let many = matches!(vr, Vr::PN | Vr::DA | Vr::DT | Vr::TM);
    let says = if many {
        text.split('\\').any(|value| !is_placeholder(value, class))
    } else {
        !is_placeholder(text, class)
    };
    says.then_some(severity)
}

fn lets(
    scene: &Scene<'_>,
    item: Option<&ContentItem>,
    rule: &AttributeRule,
    class: Class,
) -> Option<(ProfileOption, crate::standard::Keep)> {
    let by_item = item.and_then(|item| {
        let declared = scene.declared;
        ProfileOption::ALL
            .into_iter()
            .find_map(|option| Some((option, item.under(option)?)).filter(|_| declared.has(option)))
    });
    let cleaned = class == Class::FreeText && scene.declared.has(ProfileOption::CleanStructuredContent);
    by_item
        .or_else(|| scene.declared.lets(rule.attribute.confidentiality))
        .or(cleaned.then_some((ProfileOption::CleanStructuredContent, crate::standard::Keep::Clean)))
}

/// The item's place in the tree, counted from 1 as PS3.3 section C.17.3.2.5 counts: `1.5.1`.
fn number(element: Element<'_>) -> String {
    let location = element.rows.location(element.id);
    let mut number = "1".to_owned();
    for step in location.0.iter().filter(|step| step.tag == CONTENT) {
        if let Some(item) = step.item {
            // Writing to a string does not fail.
            let _ = write!(number, ".{}", u64::from(item) + 1);
        }
    }
    number
}

/// What a value of the class tells, in a report.
fn reason(class: Class) -> &'static str {
    match class {
        Class::Name => "names the patient",
        Class::StaffName => "names or numbers a person who dealt with the patient",
        Class::BirthDate => "tells the patient's birth date",
        Class::PatientId => "tells the patient's number",
        Class::OtherId => "tells a number that can be looked up in hospital systems",
        Class::Date => "tells a date or time tied to the patient's care",
        Class::Institution | Class::Location => "tells where the patient was seen",
        Class::Device => "tells the device, which ties it to one site",
        Class::Age | Class::Demographic => "tells of the patient",
        _ => "text that a person wrote, which may name the patient and tells of their health",
    }
}
