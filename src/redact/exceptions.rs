//! What stays by somebody's will though the profile takes it out, and what a copy can still claim.

use super::{Action, Path, Plan, plan::Why};
use crate::dicom::{Reading, RowId, Vr};
use std::collections::BTreeMap;

/// What a copy has otherwise than its profile asks for, by a mark or by the user's own profile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exceptions {
    /// Attributes that were kept, or only cleaned, and how often.
    pub attributes: BTreeMap<(Path, Action), u32>,
    /// Whether something among it says who the patient is.
    pub identity: bool,
    pub(super) dates: Dates,
}

/// What became of dates that the profile takes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Dates {
    #[default]
    Gone,
    /// Some are moved.
    Moved,
    /// Some are those of the original.
    Kept,
}

impl Exceptions {
    pub fn is_empty(&self) -> bool {
        self.attributes.is_empty()
    }

    /// Of the rows that were `loosened`, those that did not go after all for what was found in them.
    pub(super) fn of(reading: &Reading, plan: &Plan, loosened: &BTreeMap<RowId, Action>) -> Self {
        let mut exceptions = Self::default();
        for (&row, &action) in loosened.iter().filter(|&(&row, _)| !is_gone(reading, plan, row)) {
            let path = Path::of(&reading.rows.location(row));
            *exceptions.attributes.entry((path, action)).or_default() += 1;
            let is_date = |vr| matches!(vr, Vr::DA | Vr::DT | Vr::TM);
            if reading.rows.get(row).is_some_and(|row| is_date(row.vr)) {
                let dates = if action == Action::Keep { Dates::Kept } else { Dates::Moved };
                exceptions.dates = exceptions.dates.max(dates);
            }
        }
        let mut identify =
            plan.stays.iter().filter(|stay| stay.identifies && loosened.contains_key(&stay.row));
        exceptions.identity = identify.any(|stay| !plan.covers(reading, stay.row));
        exceptions
    }
}

/// Whether nothing of the row's value is left, not even what cleaning leaves.
fn is_gone(reading: &Reading, plan: &Plan, row: RowId) -> bool {
    let act = plan.act_of(row);
    let cleaned = act.is_some_and(|act| act.action == Action::Clean && act.why != Why::Found);
    let parent = if cleaned { reading.rows.parent(row) } else { Some(row) };
    parent.is_some_and(|row| plan.covers(reading, row))
}

impl Plan {
    /// The word of (0028,0303) that is true of the copy, where the profile alone would make it `by_profile`.
    pub(super) fn dates_word(&self, full: bool, modified: bool) -> &'static str {
        match self.exceptions.dates {
            Dates::Kept => "UNMODIFIED",
            _ if full => "UNMODIFIED",
            Dates::Moved => "MODIFIED",
            Dates::Gone if modified => "MODIFIED",
            Dates::Gone => "REMOVED",
        }
    }
}
