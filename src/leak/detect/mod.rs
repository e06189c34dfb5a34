//! What elements, meta information and container give away by what they are. One detector a file; each
//! appends what it finds.
//!
//! | detector | judges |
//! | --- | --- |
//! | `attribute` | attributes of PS3.15 Table E.1-1, and those that it misses, by tag |
//! | `vr` | every other name, date, age, address and text, by value representation |
//! | `uid` | UIDs: their root, and what they hold besides |
//! | `private` | private elements: safe list, numbers, everything else |
//! | `structured` | content items of reports, by concept |
//! | `graphics` | overlays, curves, icons |
//! | `document` | encapsulated documents |
//! | `container` | preamble, meta, trailer, padding, layout |
//! | `path` | names of folders and file |

mod attribute;
mod container;
mod document;
mod element;
mod graphics;
mod path;
mod private;
mod retained;
mod scene;
mod structured;
#[cfg(test)]
mod tests;
mod text;
mod uid;
mod vr;
mod worded;

use super::{Finding, Passage, Subject, rule};
use crate::dicom::{Kind, RowId, Tag};
use element::Element;
use private::Blocks;
use scene::Scene;

/// Runs every detector. `understood` says of an encapsulated document whether all of it could be read as text.
pub fn all(subject: &Subject<'_>, understood: &dyn Fn(RowId) -> bool, findings: &mut Vec<Finding>) {
    let mut scene = Scene::new(subject, findings);
    let rows = &subject.reading.rows;
    let mut blocks = Blocks::default();
    let mut layout = container::Layout::default();
    container::preamble(&mut scene);
    for (id, row) in rows.iter() {
        if matches!(row.kind, Kind::Item | Kind::Fragment) {
            continue;
        }
        let element = Element { rows, id, row };
        layout.next(&mut scene, element);
        if row.kind == Kind::Element && row.length == 0 || row.tag.1 == 0 {
            continue;
        }
        if row.is_private() {
            blocks.judge(&mut scene, element);
        } else {
            standard_element(&mut scene, element);
        }
    }
    blocks.report(&mut scene, rows);
    document::judge(&mut scene, understood);
    container::trailer(&mut scene);
}

fn standard_element(scene: &mut Scene<'_>, element: Element<'_>) {
    match element.row.tag {
        Tag(0x0008, 0x0100 | 0x0104 | 0x0119 | 0x0120) if element.row.depth > 0 => {
            return attribute::judge_code(scene, element);
        }
        Tag(0x0002, 0x0013) => return container::implementation(scene, element),
        Tag(0x0028, 0x0301) => return stated(scene, element, "claim.burned_in_stated"),
        Tag(0x0028, 0x0302) => return stated(scene, element, "claim.recognizable_stated"),
        Tag(0xfffc, 0xfffc) => return container::padding(scene, element),
        _ => {}
    }
    if graphics::judge(scene, element) {
        return;
    }
    match attribute::rule(element.row.tag) {
        Some(rule) => attribute::judge(scene, element, rule),
        None => vr::judge(scene, element),
    }
}

/// What the file itself says is wrong with its pixels.
fn stated(scene: &mut Scene<'_>, element: Element<'_>, name: &str) {
    if let Some(rule) = rule::find(name)
        && element.text().trim() == "YES"
    {
        scene.report(element.finding_of(rule));
    }
}

/// Appends the text of every text element, and of the path.
pub fn passages<'a>(subject: &Subject<'a>, out: &mut Vec<Passage<'a>>) {
    path::passages(subject, out);
    text::passages(subject, out);
}
