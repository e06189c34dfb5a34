//! Content items of reports under Clean Structured Content: PS3.15 section E.3.4.

use super::{Action, Profile};
use crate::{
    dicom::{RowId, Rows, Tag},
    standard::content_item,
};

const VALUE_TYPE: Tag = Tag(0x0040, 0xa040);
const CONCEPT_NAME: Tag = Tag(0x0040, 0xa043);

/// Whether the items of the sequence are content items, or things that are said of a specimen or an acquisition in
/// the same way.
pub(super) fn holds_items(tag: Tag) -> bool {
    matches!(tag, Tag(0x0040, 0xa730 | 0x0555 | 0x0612 | 0xb020))
}

/// What becomes of one content item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub goes: bool,
    /// Of its value; `None` where the table does not list the concept.
    listed: Option<Action>,
}

impl Said {
    /// What becomes of the element `tag` of the item, where that is for the concept to say.
    pub fn action(&self, tag: Tag) -> Option<Action> {
        match (tag.0, tag.1) {
            // Text, date, time, name, UID, code, number.
            (0x0040, 0xa120..=0xa124 | 0xa160 | 0xa168 | 0xa30a) => match self.listed {
                Some(action) => Some(action),
                None if tag.1 == 0xa160 => Some(Action::Clean),
                None => None,
            },
            _ => None,
        }
    }
}

/// What becomes of the content item in that row.
pub(super) fn said(rows: &Rows, item: RowId, profile: &Profile) -> Said {
    let listed = concept(rows, item).map(|listed| profile.content_action(listed));
    Said { goes: listed == Some(Action::Remove), listed }
}

fn concept(rows: &Rows, item: RowId) -> Option<&'static crate::standard::ContentItem> {
    let text = |parent, tag| rows.find_in(Some(parent), tag).map(|id| rows.text(id).trim().to_owned());
    let name = rows.find_in(Some(item), CONCEPT_NAME)?;
    let (code, _) = rows.children(Some(name)).next()?;
    let scheme = text(code, Tag(0x0008, 0x0102)).unwrap_or_else(|| "DCM".to_owned());
    let value_type = text(item, VALUE_TYPE).unwrap_or_else(|| "TEXT".to_owned());
    content_item(&text(code, Tag(0x0008, 0x0100))?, &scheme, &value_type)
}
