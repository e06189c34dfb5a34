//! Drawings on top of images: overlays (PS3.3 section C.9), curves, icons. Their labels are in the table of attributes.

use super::{
    element::Element,
    scene::Scene,
    worded::{Worded, worded},
};
use crate::{
    dicom::{Kind, Tag, value},
    leak::{Severity, rule},
    standard::{self, ProfileOption},
};

/// Judges an element of groups 50xx and 60xx, or an icon; `false` where it is none of these.
pub(super) fn judge(scene: &mut Scene<'_>, element: Element<'_>) -> bool {
    match element.row.tag {
        Tag(0x6000..=0x60ff, 0x3000) => overlay(scene, element),
        Tag(0x6000..=0x60ff, 0x0102) => overlay_in_pixels(scene, element),
        Tag(0x5000..=0x50ff, _) => curve(scene, element),
        Tag(0x0088, 0x0200) => icon(scene, element),
        _ => return false,
    }
    true
}

/// A plane on which nothing is drawn shows nothing.
fn overlay(scene: &mut Scene<'_>, element: Element<'_>) {
    let drawn = element.row.kind == Kind::Encapsulated
        || element.bytes().iter().any(|&byte| byte != 0)
        || !element.row.is_whole();
    if drawn {
        report(scene, element, "graphics.overlay");
    }
}

/// Overlay Bit Position, of an overlay without data of its own: retired, PS3.5 section 8.1.2.
fn overlay_in_pixels(scene: &mut Scene<'_>, element: Element<'_>) {
    let at = element.rows.numbers(element.id).first().copied().unwrap_or(0.0);
    let own = Tag(element.row.tag.0, 0x3000);
    if at > 0.0 && element.rows.find_in(element.rows.parent(element.id), own).is_none() {
        report(scene, element, "graphics.overlay_in_pixels");
    }
}

fn curve(scene: &mut Scene<'_>, element: Element<'_>) {
    if element.row.kind != Kind::Element {
        return;
    }
    if element.row.tag.1 == 0x3000 && !element.is_blank() {
        report(scene, element, "graphics.curve_data");
    } else if value::is_text(element.row.vr) {
        let text = element.text();
        if rule::find("graphics.curve").is_some_and(|rule| worded(&text, rule.class, true) == Worded::Free) {
            report(scene, element, "graphics.curve");
        }
    }
}

fn icon(scene: &mut Scene<'_>, element: Element<'_>) {
    let pixels = element.inside(Tag(0x7fe0, 0x0010));
    if pixels.is_some_and(|pixels| pixels.row.kind == Kind::Encapsulated || pixels.row.length > 0) {
        report(scene, element, "graphics.icon");
    }
}

fn report(scene: &mut Scene<'_>, element: Element<'_>, name: &str) {
    let Some(rule) = rule::find(name) else { return };
    let mut finding = element.finding_of(rule);
    finding.ps315 = standard::confidentiality(element.row.tag).map(|row| row.basic);
    let option = if element.row.tag == Tag(0x0088, 0x0200) {
        scene.declared.pixels_cleaned.then_some("Clean Pixel Data")
    } else {
        let option = ProfileOption::CleanGraphics;
        scene.declared.has(option).then(|| option.name())
    };
    if let Some(option) = option {
        finding.severity = finding.severity.min(Severity::Low);
        finding.why = format!("Cleaned under the option {option}, as the file declares. {}", rule.why).into();
    }
    scene.report(finding);
}
