//! Attributes that identify by what they are: the table of `assets/standard/attributes.csv`.

use super::{
    element::{Element, What},
    retained::let_stay,
    scene::Scene,
    structured, uid,
    worded::{Worded, worded},
};
use crate::{
    dicom::{Kind, Tag, Vr},
    leak::{
        Class, Finding, Severity, is_placeholder,
        placeholder::{is_generic_place, is_void},
    },
    standard::{self, Attribute},
};
use std::{borrow::Cow, sync::LazyLock};

/// A row of the table, ready for use.
#[derive(Debug)]
pub(super) struct AttributeRule {
    pub attribute: &'static Attribute,
    pub name: &'static str,
    pub class: Class,
    pub severity: Severity,
    pub way: Way,
}

/// How a value of the attribute is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Anything but a placeholder identifies.
    Value,
    /// Text that may be technical.
    Words,
    Uid,
    /// Identifies as a whole if it holds anything: a photograph, an icon.
    Whole,
    /// Says nothing by itself: what it holds is judged.
    Container,
    /// Judged elsewhere: pixels, documents, claims.
    Elsewhere,
}

static RULES: LazyLock<Vec<AttributeRule>> =
    LazyLock::new(|| standard::attributes().iter().filter_map(AttributeRule::of).collect());

/// Sequences whose codes identify as the sequence does: `CodeMeaning` of a diagnosis is the diagnosis.
const LENDING: [&str; 11] = [
    "other_person_id",
    "diagnosis",
    "sensitive_demographic",
    "insurance",
    "institution",
    "institution_location",
    "device_name",
    "device_id",
    "patient_name",
    "demographic",
    "id_issuer",
];

impl AttributeRule {
    fn of(attribute: &'static Attribute) -> Option<Self> {
        Some(Self {
            attribute,
            name: format!("attribute.{}", snake_case(attribute.keyword)).leak(),
            class: Class::parse(attribute.class)?,
            severity: attribute.severity.parse().ok()?,
            way: way(attribute),
        })
    }

    pub fn hipaa(&self, class: Class) -> Option<char> {
        letter(self.attribute.hipaa, class)
    }

    /// Whether the codes in this sequence mean what it means.
    fn lends(&self) -> bool {
        LENDING.contains(&self.attribute.kind)
    }
}

/// The rule of an attribute; `None` where the table has none.
pub(super) fn rule(tag: Tag) -> Option<&'static AttributeRule> {
    RULES.get(standard::attribute(tag)?)
}

fn way(attribute: &Attribute) -> Way {
    match attribute.kind {
        "free_text" | "descriptor" | "label_text" | "file_path" => Way::Words,
        "graphics_overlay" => match attribute.keyword {
            "OverlayData" | "CurveData" | "GraphicAnnotationSequence" => Way::Elsewhere,
            _ => Way::Words,
        },
        "uid" => Way::Uid,
        "patient_photo" => Way::Whole,
        "pixel_thumbnail" | "pixel_data" | "waveform_data" | "embedded_document" | "deid_status"
        | "padding" => Way::Elsewhere,
        "technical" if attribute.confidentiality.is_none() => Way::Elsewhere,
        "structured_content" if attribute.keyword == "TextValue" => Way::Words,
        "structured_content" | "reference_sequence" | "prior_values" | "patient_link" => Way::Container,
        _ => Way::Value,
    }
}

/// Judges an element of the table.
pub(super) fn judge(scene: &mut Scene<'_>, element: Element<'_>, rule: &'static AttributeRule) {
    if structured::judge(scene, element, rule) {
        return;
    }
    match rule.way {
        Way::Elsewhere | Way::Container => {}
        Way::Uid => uid::judge(scene, element, Some(rule)),
        Way::Whole => {
            if element.row.kind == Kind::Sequence && element.rows.children(Some(element.id)).next().is_some()
            {
                report(scene, element, rule, rule.class, rule.severity);
            }
        }
        Way::Value | Way::Words if element.row.kind == Kind::Element => {
            let class = class_in_context(element, rule);
            if let Some(severity) = severity(scene, element, rule, class) {
                report(scene, element, rule, class, severity);
            }
        }
        Way::Value | Way::Words => {}
    }
}

/// The code of a sequence that lends its meaning to it.
pub(super) fn judge_code(scene: &mut Scene<'_>, element: Element<'_>) {
    let Some(rule) =
        element.sequence().and_then(|sequence| rule(sequence.row.tag)).filter(|rule| rule.lends())
    else {
        return;
    };
    // The meaning tells what the code says; the code alone counts where it numbers a person, or stands alone.
    let is_meaning = element.row.tag == CODE_MEANING;
    let numbers =
        matches!(rule.attribute.kind, "other_person_id" | "insurance" | "device_id" | "institution");
    if !is_meaning && !numbers && element.sibling(CODE_MEANING).is_some() {
        return;
    }
    if let Some(severity) = severity(scene, element, rule, rule.class) {
        report(scene, element, rule, rule.class, severity);
    }
}

const WAVEFORM_ANNOTATION: Tag = Tag(0x0040, 0xb020);
const CODE_MEANING: Tag = Tag(0x0008, 0x0104);

/// An ID means another's where it stands in a list of other IDs.
fn class_in_context(element: Element<'_>, rule: &AttributeRule) -> Class {
    let in_others = |element: Element<'_>| {
        element.sequence().is_some_and(|sequence| sequence.row.tag == Tag(0x0010, 0x1002))
    };
    if rule.class == Class::PatientId && element.row.depth > 0 && in_others(element) {
        Class::OtherId
    } else {
        rule.class
    }
}

/// `None` where the value gives nothing away.
fn severity(scene: &Scene<'_>, element: Element<'_>, rule: &AttributeRule, class: Class) -> Option<Severity> {
    if !element.is_text() {
        return (!element.is_blank() && !is_unknown_status(element)).then_some(rule.severity);
    }
    let text = element.text();
    if text.is_empty() {
        return None;
    }
    let many = !matches!(element.row.vr, Vr::LT | Vr::ST | Vr::UT | Vr::UR);
    if rule.way == Way::Words {
        return match worded(&text, class, many) {
            Worded::Nothing => None,
            Worded::Technical => Some(Severity::Info),
            Worded::Free if scene.declared.replaced && is_descriptor(element, rule, &text) => {
                Some(rule.severity.min(Severity::Low))
            }
            Worded::Free => Some(rule.severity),
        };
    }
    let mut values = if many { text.split('\\') } else { text.split('\u{0}') };
    let says = |value: &str| {
        !is_placeholder(value, class) && !is_no_number(value, class) && !is_own_name(value, rule.attribute)
    };
    let worst = values.find(|value| says(value))?;
    if rule.attribute.kind == "free_text_patient" && is_void(&text) {
        return Some(Severity::Info);
    }
    let declared = scene.declared;
    let is_of_no_patient =
        |value: &str| is_placeholder(value, class) || declared.is_of_no_patient(class, value);
    let is_harmless = |value: &str| is_placeholder(value, class) || declared.is_pseudonym(class, value);
    Some(match class {
        Class::Age if is_over_89(worst) => rule.severity.max(Severity::High),
        _ if all_values(&text, many, is_of_no_patient) => rule.severity.min(Severity::Low),
        _ if all_values(&text, many, is_harmless) => rule.severity.min(Severity::Low),
        Class::OtherId | Class::Account if is_short(worst) => rule.severity.min(Severity::Low),
        Class::Institution if declared.replaced && all_values(&text, many, is_generic_place) => {
            rule.severity.min(Severity::Low)
        }
        _ => rule.severity,
    })
}

/// Whether a text is one of those that nearly always describe the image. Where a file's identity was replaced, words
/// that nobody knows are no sign of it; what content and other files recognise in them still is.
fn is_descriptor(element: Element<'_>, rule: &AttributeRule, text: &str) -> bool {
    // What is written on a curve is its rhythm, most often; what is written on an image, anything.
    let on_curve = || element.sequence().is_some_and(|sequence| sequence.row.tag == WAVEFORM_ANNOTATION);
    matches!(rule.attribute.kind, "descriptor" | "free_text")
        && text.chars().count() <= MOST_DESCRIPTOR
        && (rule.severity <= Severity::Medium || on_curve())
}

/// Characters of a text that describes and does not tell.
pub(super) const MOST_DESCRIPTOR: usize = 64;

fn all_values(text: &str, many: bool, are: impl Fn(&str) -> bool) -> bool {
    if many { text.split('\\').all(are) } else { are(text) }
}

/// Pregnancy Status 4 is "unknown": PS3.3 table C.7-4a.
fn is_unknown_status(element: Element<'_>) -> bool {
    element.row.tag == Tag(0x0010, 0x21c0) && element.rows.numbers(element.id) == [4.0]
}

/// The attribute's name in place of a value: `PatientName`, as some programs write it.
fn is_own_name(value: &str, attribute: &Attribute) -> bool {
    value.len() <= 2 * attribute.keyword.len() && letters(value).eq(letters(attribute.keyword))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Zero is no measure of a body.
fn is_no_number(value: &str, class: Class) -> bool {
    class == Class::Physique && value.trim().parse().is_ok_and(|number: f64| number == 0.0)
}

/// A number so short is nobody's alone: many systems count a patient's studies from 1.
fn is_short(value: &str) -> bool {
    value.chars().filter(|c| c.is_alphanumeric()).count() <= 3
}

/// Ages over 89 count as identifying: 45 CFR 164.514(b)(2)(i)(C).
fn is_over_89(value: &str) -> bool {
    let years = value.trim().strip_suffix(['Y', 'y']).and_then(|years| years.parse::<u16>().ok());
    years.is_some_and(|years| years > 89)
}

fn report(
    scene: &mut Scene<'_>,
    element: Element<'_>,
    rule: &'static AttributeRule,
    class: Class,
    severity: Severity,
) {
    let finding = finding(scene, element, rule, class, severity);
    scene.report(finding);
}

/// The finding, lower where the file declares that the value was to stay.
pub(super) fn finding(
    scene: &Scene<'_>,
    element: Element<'_>,
    rule: &'static AttributeRule,
    class: Class,
    severity: Severity,
) -> Finding {
    let reason = rule.attribute.reason;
    let (severity, why) = match scene.declared.lets(rule.attribute.confidentiality) {
        Some(lets) if severity > Severity::Info => let_stay(lets, severity, reason),
        _ => (severity, Cow::Borrowed(reason)),
    };
    element.finding(What {
        class,
        severity,
        rule: rule.name,
        why,
        hipaa: rule.hipaa(class),
        ps315: rule.attribute.confidentiality.map(|row| row.basic),
    })
}

/// The letter that fits the class, of several that the table gives: `B/D/F`.
fn letter(letters: &str, class: Class) -> Option<char> {
    let mut all = letters.chars().filter(char::is_ascii_uppercase);
    let wanted = match class {
        Class::Phone => 'D',
        Class::Email => 'F',
        _ => return all.next(),
    };
    all.clone().find(|&letter| letter == wanted).or_else(|| all.next())
}

/// `PatientName` as `patient_name`; acronyms stay together: `SOPInstanceUID`, `OtherPatientIDsSequence`.
fn snake_case(keyword: &str) -> String {
    let chars: Vec<char> = keyword.chars().collect();
    let upper = |at: usize| chars.get(at).is_some_and(char::is_ascii_uppercase);
    let mut out = String::with_capacity(keyword.len() + 8);
    for (at, &c) in chars.iter().enumerate() {
        let plural = chars.get(at + 1) == Some(&'s') && (upper(at + 2) || at + 2 == chars.len());
        let begins = !upper(at.wrapping_sub(1)) || (chars.get(at + 1).is_some() && !upper(at + 1) && !plural);
        if at > 0 && upper(at) && begins {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_rule() {
        assert_eq!(RULES.len(), standard::attributes().len());
        for (rule, attribute) in RULES.iter().zip(standard::attributes()) {
            assert_eq!(rule.attribute, attribute);
        }
    }

    #[test]
    fn names_of_rules() {
        for (keyword, name) in [
            ("PatientName", "patient_name"),
            ("SOPInstanceUID", "sop_instance_uid"),
            ("OtherPatientIDsSequence", "other_patient_ids_sequence"),
            ("OtherPatientIDs", "other_patient_ids"),
            ("XRayDetectorID", "x_ray_detector_id"),
            ("GPSLatitude", "gps_latitude"),
            ("PatientID", "patient_id"),
            ("UID", "uid"),
            ("ROICreatorSequence", "roi_creator_sequence"),
        ] {
            assert_eq!(snake_case(keyword), name);
        }
    }

    #[test]
    fn the_letter_that_fits() {
        assert_eq!(letter("B/D/F", Class::Phone), Some('D'));
        assert_eq!(letter("B/D/F", Class::Address), Some('B'));
        assert_eq!(letter("", Class::Uid), None);
    }
}
