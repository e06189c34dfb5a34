//! Attributes that the table misses: what the value representation alone tells. PS3.15 section E.1.1 note 5 names
//! this approach for dates, and says that every `PN` is at risk.

use super::{
    element::Element,
    scene::Scene,
    uid,
    worded::{Worded, worded},
};
use crate::{
    dicom::{Kind, Tag, Vr, dictionary},
    leak::{is_placeholder, rule},
};

/// Judges an element of an even group that the table does not list.
pub(super) fn judge(scene: &mut Scene<'_>, element: Element<'_>) {
    if element.row.kind != Kind::Element {
        return;
    }
    let name = match element.row.vr {
        Vr::PN => "vr.pn",
        Vr::DA => "vr.da",
        Vr::DT => "vr.dt",
        Vr::TM => "vr.tm",
        Vr::AS => "vr.as",
        Vr::AE => "vr.ae",
        Vr::UR if element.row.tag != URN_CODE => "vr.ur",
        Vr::UI => return uid::judge(scene, element, None),
        Vr::LO | Vr::SH | Vr::CS if is_unknown(element.row.tag) => "vr.unknown",
        Vr::LT | Vr::ST | Vr::UT | Vr::UC if is_unknown(element.row.tag) => "vr.unknown",
        Vr::LT | Vr::ST | Vr::UT => "vr.text",
        Vr::UN | Vr::OB => return judge_bytes(scene, element),
        _ => return,
    };
    report(scene, element, name);
}

/// A code, not an address.
const URN_CODE: Tag = Tag(0x0008, 0x0120);

fn is_unknown(tag: Tag) -> bool {
    dictionary::keyword(tag).is_none()
}

/// A value whose VR was lost, or that was never known.
fn judge_bytes(scene: &mut Scene<'_>, element: Element<'_>) {
    let known = dictionary::vr(element.row.tag);
    let name = match known {
        Some(Vr::PN) => "vr.pn",
        Some(Vr::DA) => "vr.da",
        Some(Vr::DT) => "vr.dt",
        Some(Vr::LT | Vr::ST | Vr::UT) => "vr.text",
        Some(_) => return,
        None if element.is_blank() => return,
        None => "vr.unknown_bytes",
    };
    report(scene, element, name);
}

fn report(scene: &mut Scene<'_>, element: Element<'_>, name: &str) {
    let Some(rule) = rule::find(name) else { return };
    if name != "vr.unknown_bytes" {
        let text = element.text();
        let many = !matches!(element.row.vr, Vr::LT | Vr::ST | Vr::UT | Vr::UR);
        let says = match name {
            "vr.text" | "vr.unknown" => worded(&text, rule.class, many) == Worded::Free,
            _ => text.split('\\').any(|value| !is_placeholder(value, rule.class)),
        };
        if !says {
            return;
        }
    }
    if !scene.is_repeated(element.row.tag, rule.severity) {
        scene.report(element.finding_of(rule));
    }
}
