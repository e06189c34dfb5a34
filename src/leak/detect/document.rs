//! Encapsulated documents (PS3.3 section C.24.2): opaque, unless their text could be read.

use super::{element::Element, scene::Scene};
use crate::{
    dicom::{Row, RowId, Tag},
    leak::rule,
    standard,
};

const DOCUMENT: Tag = Tag(0x0042, 0x0011);

/// Judges the document; `understood` says whether all that a person would read in it could be read as text.
pub(super) fn judge(scene: &mut Scene<'_>, understood: &dyn Fn(RowId) -> bool) {
    let rows = &scene.reading.rows;
    let Some(element) = rows.find(DOCUMENT).and_then(|id| Element::at(rows, id)) else { return };
    let Row { length, .. } = *element.row;
    if length == 0 || element.is_blank() && element.row.is_whole() {
        return;
    }
    if let Some(rule) = rule::find(if understood(element.id) { "document.read" } else { "document.opaque" }) {
        let mut finding = element.finding_of(rule);
        finding.ps315 = standard::confidentiality(DOCUMENT).map(|row| row.basic);
        scene.report(finding);
    }
}
