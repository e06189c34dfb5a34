//! Overlay planes (PS3.3 section C.9.2): what is drawn on one cannot be told from text, so that it goes with all that
//! describes it, unless nothing is drawn.

use super::{Action, Edit, Plan, Profile, encode, plan::Why};
use crate::{
    dicom::{Coding, Kind, Reading, Row, RowId, Rows, Tag},
    leak::Finding,
    standard::ProfileOption,
};

const DATA: u16 = 0x3000;

/// Whether the attribute is part of an overlay.
pub(super) fn is_part(tag: Tag) -> bool {
    matches!(tag.0, 0x6000..=0x60ff) && tag.0.is_multiple_of(2)
}

/// Whether the overlay that the row is part of stays: with Clean Graphics, where nothing is drawn. Its texts go.
pub(super) fn stays(rows: &Rows, id: RowId, row: &Row, profile: &Profile) -> bool {
    let text = matches!(row.tag.1, 0x0022 | 0x1500 | 0x4000);
    if text || !profile.has(ProfileOption::CleanGraphics) {
        return false;
    }
    let data = rows.find_in(rows.parent(id), Tag(row.tag.0, DATA));
    data.is_some_and(|data| {
        let whole = rows.get(data).is_some_and(|data| data.kind == Kind::Element && data.is_whole());
        whole && rows.bytes(data).iter().all(|&byte| byte == 0)
    })
}

/// Clears the bits of native pixels that are none of theirs, where an overlay was found in them: PS3.5 section 8.1.2.
pub(super) fn mask_pixels(reading: &Reading, findings: &[Finding], plan: &mut Plan) {
    if !findings.iter().any(|finding| finding.rule == "graphics.overlay_in_pixels") {
        return;
    }
    let number = |element| {
        reading.rows.find(Tag(0x0028, element)).and_then(|id| reading.rows.numbers(id).first().copied())
    };
    let (Some(allocated), Some(stored), Some(high)) = (number(0x0100), number(0x0101), number(0x0102)) else {
        return;
    };
    let native =
        reading.pixel_data().filter(|&id| reading.rows.get(id).is_some_and(|row| row.kind == Kind::Element));
    if let (Some(id), Some(mask)) = (native, mask(allocated, stored, high, reading.syntax.coding)) {
        plan.act(id, Action::Clean, Why::Overlay, Edit::Mask(mask));
    }
}

/// The bits of a pixel that are its own, as they lie in the file.
fn mask(allocated: f64, stored: f64, high: f64, coding: Coding) -> Option<Vec<u8>> {
    let (stored, high) = (stored as u32, high as u32);
    if !(1..=16).contains(&stored) || high > 15 || high + 1 < stored {
        return None;
    }
    let bits = ((1u32 << stored) - 1) << (high + 1 - stored);
    match allocated as u32 {
        8 => u8::try_from(bits).ok().map(|bits| vec![bits]),
        16 => u16::try_from(bits).ok().map(|bits| encode::u16(coding, bits).to_vec()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_hold_the_bits_of_the_pixels() {
        assert_eq!(mask(16.0, 12.0, 11.0, Coding::EXPLICIT), Some(vec![0xff, 0x0f]));
        assert_eq!(mask(16.0, 12.0, 11.0, Coding::EXPLICIT_BIG), Some(vec![0x0f, 0xff]));
        assert_eq!(mask(16.0, 12.0, 15.0, Coding::EXPLICIT), Some(vec![0xf0, 0xff]));
        assert_eq!(mask(8.0, 7.0, 6.0, Coding::EXPLICIT), Some(vec![0x7f]));
        assert_eq!(mask(16.0, 0.0, 11.0, Coding::EXPLICIT), None);
        assert_eq!(mask(16.0, 12.0, 9.0, Coding::EXPLICIT), None);
    }
}
