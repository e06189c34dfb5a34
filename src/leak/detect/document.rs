//! Encapsulated documents (PS3.3 section C.24.2): opaque, unless their text could be read.

use super::{element::Element, scene::Scene};
use crate::{
    dicom::{Row, Tag},
    leak::{Passage, Place, rule},
    standard,
};

const DOCUMENT: Tag = Tag(0x0042, 0x0011);

/// Judges the document after its text was collected.
pub(super) fn judge(scene: &mut Scene<'_>, passages: &[Passage<'_>]) {
    let rows = &scene.reading.rows;
    let Some(element) = rows.find(DOCUMENT).and_then(|id| Element::at(rows, id)) else { return };
    let Row { length, .. } = *element.row;
    if length == 0 || element.is_blank() && element.row.is_whole() {
        return;
    }
    let read = passages.iter().any(|passage| {
        passage.place == Place::Encapsulated
            && passage.row == Some(element.id)
            && !passage.text.trim().is_empty()
    });
    if let Some(rule) = rule::find(if read { "document.read" } else { "document.opaque" }) {
        let mut finding = element.finding_of(rule);
        finding.ps315 = standard::confidentiality(DOCUMENT).map(|row| row.basic);
        scene.report(finding);
    }
}
