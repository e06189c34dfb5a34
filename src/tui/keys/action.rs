//! The one table of what can be done. Help, palette, keymap and README read it.

/// Where an action makes sense, and the section of the keymap that its keys stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// In every pane and every view.
    Always,
    /// In every pane.
    All,
    /// In all that has lines: library, tags and views.
    List,
    /// In trees: library and tags.
    Tree,
    Library,
    Tags,
    Preview,
    /// In what lies over the panes: summary, portrait, help, messages.
    View,
}

/// What takes keys. Each looks into some sections of the keymap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    Library,
    Tags,
    Preview,
    /// The summary of a folder, in the place of tags and preview.
    Summary,
    View,
}

impl Scope {
    pub const ALL: [Self; 8] = [
        Self::Always,
        Self::All,
        Self::List,
        Self::Tree,
        Self::Library,
        Self::Tags,
        Self::Preview,
        Self::View,
    ];

    /// The section's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::All => "all",
            Self::List => "list",
            Self::Tree => "tree",
            Self::Library => "library",
            Self::Tags => "tags",
            Self::Preview => "preview",
            Self::View => "view",
        }
    }

    /// Its heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Always => "Everywhere",
            Self::All => "In every pane",
            Self::List => "Moving",
            Self::Tree => "Trees",
            Self::Library => "Library",
            Self::Tags => "Tags",
            Self::Preview => "Preview",
            Self::View => "Views",
        }
    }

    /// Whether keys of this section may be bound to an action of that scope: its own, or a wider one.
    pub fn allows(self, action: Self) -> bool {
        let contexts = |scope: Self| Context::ALL.into_iter().filter(move |c| c.scopes().contains(&scope));
        contexts(self).all(|context| contexts(action).any(|other| other == context))
    }
}

impl Context {
    pub const ALL: [Self; 5] = [Self::Library, Self::Tags, Self::Preview, Self::Summary, Self::View];

    /// The sections whose keys work here.
    pub fn scopes(self) -> &'static [Scope] {
        use Scope::*;
        match self {
            Self::Library => &[Always, All, List, Tree, Library],
            Self::Tags => &[Always, All, List, Tree, Tags],
            Self::Preview => &[Always, All, List, Preview],
            Self::Summary => &[Always, All, List, Tree],
            Self::View => &[Always, List, View],
        }
    }
}

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

/// Every action once, in the order of the help.
pub const TABLE: &[Entry] = {
    use Action as A;
    use Scope as S;
    const fn entry(action: A, name: &'static str, scope: S, doc: &'static str) -> Entry {
        Entry { action, name, doc, scope }
    }
    &[
        entry(A::Help, "help", S::Always, "show the keys that work here"),
        entry(A::Quit, "quit", S::Always, "quit"),
        entry(
            A::Blank,
            "blank",
            S::Always,
            "blank the screen at once and hide every value; again to come back",
        ),
        entry(A::Suspend, "suspend", S::Always, "suspend to the shell; fg comes back"),
        entry(A::Redraw, "redraw", S::Always, "draw the screen anew"),
        entry(A::NextFile, "next-file", S::All, "next file with findings"),
        entry(A::PreviousFile, "previous-file", S::All, "previous file with findings"),
        entry(A::NextFinding, "next-finding", S::All, "next finding"),
        entry(A::PreviousFinding, "previous-finding", S::All, "previous finding"),
        entry(A::FloorInfo, "floor-info", S::All, "show findings of every severity"),
        entry(A::FloorLow, "floor-low", S::All, "show findings of low severity and above"),
        entry(A::FloorMedium, "floor-medium", S::All, "show findings of medium severity and above"),
        entry(A::FloorHigh, "floor-high", S::All, "show findings of high severity and above"),
        entry(A::FloorCritical, "floor-critical", S::All, "show critical findings only"),
        entry(A::Reveal, "reveal", S::Always, "show or mask the focused value"),
        entry(A::RevealAll, "reveal-all", S::Always, "show all values until idle for a minute, or mask them"),
        entry(A::Summary, "summary", S::All, "summary of the folder or patient above; again goes further up"),
        entry(A::Portrait, "portrait", S::All, "portrait: what an attacker learns of this patient"),
        entry(A::NextSame, "next-same", S::All, "next file of this patient with the same finding"),
        entry(
            A::PreviousSame,
            "previous-same",
            S::All,
            "previous file of this patient with the same finding",
        ),
        entry(A::Compare, "compare", S::All, "compare this file with the next that this is pressed on"),
        entry(A::Pivot, "pivot", S::All, "pivot: the values of this element in all files beside this one"),
        entry(
            A::PivotGroup,
            "pivot-group",
            S::All,
            "pivot: all findings like this one in the files beside this one",
        ),
        entry(A::Hex, "hex", S::All, "the element's bytes, and the file around it"),
        entry(A::DoneNext, "done-next", S::All, "mark the file as done, and on to the next with findings"),
        entry(A::Done, "done", S::All, "mark the file as done, or all files of the folder or patient"),
        entry(A::Later, "later", S::All, "mark to come back to later"),
        entry(A::Seen, "seen", S::All, "mark as seen only"),
        entry(A::New, "new", S::All, "mark as new, as if nobody had looked at it"),
        entry(A::Comment, "comment", S::All, "write a comment on the file; kept with its review"),
        entry(
            A::Acknowledge,
            "acknowledge",
            S::All,
            "acknowledge the finding: let it stand, with a reason; again to have it count",
        ),
        entry(
            A::AcknowledgeGroup,
            "acknowledge-group",
            S::All,
            "acknowledge all findings of this rule at this place, in all files",
        ),
        entry(
            A::Mark,
            "mark",
            S::All,
            "mark what is under the cursor, as the Basic Profile would; again takes it away",
        ),
        entry(A::MarkRemove, "mark-remove", S::All, "mark X: it goes, with all that it holds"),
        entry(A::MarkEmpty, "mark-empty", S::All, "mark Z: it stays without a value"),
        entry(A::MarkDummy, "mark-dummy", S::All, "mark D: a value that says nothing takes its place"),
        entry(
            A::MarkClean,
            "mark-clean",
            S::All,
            "mark C: what identifies goes out of the text, the rest stays",
        ),
        entry(A::MarkUid, "mark-uid", S::All, "mark U: another UID takes its place, the same everywhere"),
        entry(A::MarkKeep, "mark-keep", S::All, "mark K: it stays, whatever a profile says"),
        entry(A::Unmark, "unmark", S::All, "take marks away: of the element, image, file or folder"),
        entry(A::MarkSeries, "mark-series", S::All, "mark the same in all files of the series"),
        entry(A::MarkStudy, "mark-study", S::All, "mark the same in all files of the study"),
        entry(A::MarkPatient, "mark-patient", S::All, "mark the same in all files of the patient"),
        entry(A::MarkFolder, "mark-folder", S::All, "mark the same in all files of the folder"),
        entry(
            A::MarkFindings,
            "mark-findings",
            S::All,
            "mark all findings of the file, folder or patient, from the severity on that is shown",
        ),
        entry(
            A::MarkProfile,
            "mark-profile",
            S::All,
            "mark the file, folder or patient for the Basic Profile",
        ),
        entry(A::MarkUndo, "mark-undo", S::All, "take the last marking back"),
        entry(A::MarkRedo, "mark-redo", S::All, "do it again"),
        entry(A::Marks, "marks", S::All, "all marks; Enter goes to the files"),
        entry(A::NextBox, "next-box", S::All, "next text in the image, as large as can be read"),
        entry(A::PreviousBox, "previous-box", S::All, "previous text in the image"),
        entry(A::Search, "search", S::All, "search; lower case finds either case"),
        entry(A::SearchNext, "search-next", S::All, "next match"),
        entry(A::SearchPrevious, "search-previous", S::All, "previous match"),
        entry(A::FocusNext, "focus-next", S::All, "focus the next pane"),
        entry(A::FocusPrevious, "focus-previous", S::All, "focus the previous pane"),
        entry(A::Zoom, "zoom", S::All, "give the focused pane the whole screen, or put it back"),
        entry(A::Wider, "wider", S::All, "make the focused pane wider"),
        entry(A::Narrower, "narrower", S::All, "make the focused pane narrower"),
        entry(A::Taller, "taller", S::All, "make the focused pane taller"),
        entry(A::Shorter, "shorter", S::All, "make the focused pane shorter"),
        entry(A::ResetLayout, "reset-layout", S::All, "put all panes back to their sizes"),
        entry(A::CopyTag, "copy-tag", S::All, "copy the tag"),
        entry(A::CopyKeyword, "copy-keyword", S::All, "copy the keyword"),
        entry(A::CopyPath, "copy-path", S::All, "copy the file's path"),
        entry(A::CopyValue, "copy-value", S::All, "copy the value; asks once"),
        entry(A::Edit, "edit", S::All, "open the file's dump, masked, in $EDITOR"),
        entry(A::Palette, "palette", S::All, "find an action by name"),
        entry(A::Messages, "messages", S::All, "the messages so far"),
        entry(A::Theme, "theme", S::All, "next theme"),
        entry(A::StopScan, "stop-scan", S::All, "stop reading; what was read stays"),
        entry(A::Down, "down", S::List, "down"),
        entry(A::Up, "up", S::List, "up"),
        entry(A::HalfPageDown, "half-page-down", S::List, "down half a page"),
        entry(A::HalfPageUp, "half-page-up", S::List, "up half a page"),
        entry(A::PageDown, "page-down", S::List, "down a page"),
        entry(A::PageUp, "page-up", S::List, "up a page"),
        entry(A::First, "first", S::List, "to the first line, or to line COUNT"),
        entry(A::Last, "last", S::List, "to the last line, or to line COUNT"),
        entry(A::Open, "open", S::List, "open what is under the cursor"),
        entry(A::Leave, "leave", S::Tree, "fold, or go to the parent"),
        entry(A::Enter, "enter", S::Tree, "unfold, or go to the first child"),
        entry(A::Parent, "parent", S::Tree, "to the parent, leaving it unfolded"),
        entry(A::PastParent, "past-parent", S::Tree, "to what follows the parent"),
        entry(A::NextSibling, "next-sibling", S::Tree, "next sibling"),
        entry(A::PreviousSibling, "previous-sibling", S::Tree, "previous sibling"),
        entry(A::FoldLevel, "fold-level", S::Tree, "fold all at this depth"),
        entry(A::UnfoldLevel, "unfold-level", S::Tree, "unfold all at this depth"),
        entry(A::ToggleFold, "toggle-fold", S::Tree, "fold or unfold"),
        entry(A::Center, "center", S::Tree, "scroll the cursor's line to the middle"),
        entry(A::CursorToTop, "cursor-to-top", S::Tree, "scroll the cursor's line to the top"),
        entry(A::CursorToBottom, "cursor-to-bottom", S::Tree, "scroll the cursor's line to the bottom"),
        entry(A::SwitchTree, "switch-tree", S::Library, "by folder, or by patient, study and series"),
        entry(A::Sort, "sort", S::Library, "sort by the next: severity, name, findings, date"),
        entry(A::SortReverse, "sort-reverse", S::Library, "turn the order round"),
        entry(
            A::Filter,
            "filter",
            S::Library,
            "show only files that fit: a severity, facet, modality, review, or text",
        ),
        entry(A::ClearFilter, "clear-filter", S::Library, "show all files again"),
        entry(A::FindingsOnly, "findings-only", S::Tags, "show only elements with findings, or all"),
        entry(A::WrapValues, "wrap-values", S::Tags, "show the focused value in full, or on one line"),
        entry(
            A::MarkRange,
            "mark-range",
            S::Tags,
            "begin a range: what is marked next goes from here to the cursor",
        ),
        entry(A::NextFrame, "next-frame", S::Preview, "next frame"),
        entry(A::PreviousFrame, "previous-frame", S::Preview, "previous frame"),
        entry(A::Play, "play", S::Preview, "play the frames, or stop"),
        entry(
            A::NextWindow,
            "next-window",
            S::Preview,
            "next window: which values are black and which white",
        ),
        entry(A::PreviousWindow, "previous-window", S::Preview, "previous window"),
        entry(A::Invert, "invert", S::Preview, "invert: black as white"),
        entry(A::Overlays, "overlays", S::Preview, "show or hide overlay planes"),
        entry(A::Enlarge, "enlarge", S::Preview, "enlarge the image"),
        entry(A::Reduce, "reduce", S::Preview, "reduce it"),
        entry(A::WholeImage, "whole-image", S::Preview, "the whole image, as the file says to show it"),
        entry(
            A::NextEdge,
            "next-edge",
            S::Preview,
            "walk round the border at full resolution, where text is burned in most often",
        ),
        entry(A::Probe, "probe", S::Preview, "probe: a pixel's stored value; the pan keys move it by pixels"),
        entry(A::PanLeft, "pan-left", S::Preview, "left in the enlarged image"),
        entry(A::PanRight, "pan-right", S::Preview, "right in the enlarged image"),
        entry(A::PanUp, "pan-up", S::Preview, "up in the enlarged image"),
        entry(A::PanDown, "pan-down", S::Preview, "down in the enlarged image"),
        entry(A::Widen, "widen", S::View, "the same over the files of the folder or patient above"),
        entry(A::Close, "close", S::View, "back"),
    ]
};

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

    #[test]
    fn a_wider_action_may_stand_in_a_narrower_section() {
        assert!(Scope::Tags.allows(Scope::Always) && Scope::Tags.allows(Scope::Tree));
        assert!(Scope::View.allows(Scope::List) && !Scope::View.allows(Scope::All));
        assert!(!Scope::All.allows(Scope::Tags) && !Scope::Library.allows(Scope::Tags));
    }
}
