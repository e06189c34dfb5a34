//! What can be done, and the one table of it. Help, palette, keymap and README read it.

pub use super::table::TABLE;

use super::Scope;

/// Something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    Quit,
    Help,
    Blank,
    Redraw,
    Suspend,
    Palette,
    Messages,
    FocusNext,
    FocusPrevious,
    Zoom,
    Wider,
    Narrower,
    Taller,
    Shorter,
    ResetLayout,
    Search,
    SearchNext,
    SearchPrevious,
    NextFinding,
    PreviousFinding,
    NextFile,
    PreviousFile,
    FloorInfo,
    FloorLow,
    FloorMedium,
    FloorHigh,
    FloorCritical,
    Reveal,
    RevealAll,
    Summary,
    CopyTag,
    CopyKeyword,
    CopyPath,
    CopyValue,
    Edit,
    Theme,
    StopScan,
    Down,
    Up,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    First,
    Last,
    Open,
    Leave,
    Enter,
    Parent,
    PastParent,
    NextSibling,
    PreviousSibling,
    FoldLevel,
    UnfoldLevel,
    ToggleFold,
    Center,
    CursorToTop,
    CursorToBottom,
    SwitchTree,
    Sort,
    SortReverse,
    Filter,
    ClearFilter,
    FindingsOnly,
    WrapValues,
    NextFrame,
    PreviousFrame,
    Play,
    NextWindow,
    PreviousWindow,
    Invert,
    Overlays,
    Enlarge,
    Reduce,
    PanLeft,
    PanRight,
    PanUp,
    PanDown,
    WholeImage,
    Portrait,
    NextSame,
    PreviousSame,
    Hex,
    Compare,
    Pivot,
    PivotGroup,
    Widen,
    Acknowledge,
    AcknowledgeGroup,
    Mark,
    MarkRemove,
    MarkEmpty,
    MarkDummy,
    MarkClean,
    MarkUid,
    MarkKeep,
    Unmark,
    MarkRange,
    MarkSeries,
    MarkStudy,
    MarkPatient,
    MarkFolder,
    MarkFindings,
    MarkProfile,
    MarkUndo,
    MarkRedo,
    Marks,
    DoneNext,
    Done,
    Later,
    Seen,
    New,
    Comment,
    NextBox,
    PreviousBox,
    NextEdge,
    Probe,
    Draw,
    RectangleLeft,
    RectangleRight,
    RectangleUp,
    RectangleDown,
    RectangleWider,
    RectangleNarrower,
    RectangleTaller,
    RectangleShorter,
    RectangleStep,
    RectangleFrames,
    RectangleUntil,
    RectangleNext,
    RectanglePrevious,
    RectangleSet,
    RectangleSeries,
    RectangleDrop,
    RectangleLeave,
    Redact,
    WriteCopies,
    StopCopies,
    OpenCopies,
    Close,
}

/// What is said of an action.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub action: Action,
    /// Its name in keymaps and the palette.
    pub name: &'static str,
    /// What it does, as a phrase.
    pub doc: &'static str,
    pub scope: Scope,
}

impl Action {
    /// What the table says of it.
    pub fn entry(self) -> &'static Entry {
        static FIRST: &Entry = &TABLE[0];
        TABLE.iter().find(|entry| entry.action == self).unwrap_or(FIRST)
    }

    pub fn name(self) -> &'static str {
        self.entry().name
    }

    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|entry| entry.name == name).map(|entry| entry.action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_action_once() {
        let mut seen: Vec<usize> = TABLE.iter().map(|entry| entry.action as usize).collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..=Action::Close as usize).collect::<Vec<_>>());
        let mut names: Vec<&str> = TABLE.iter().map(|entry| entry.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TABLE.len());
    }
}
