use super::{
    Areas, Arrivals, Chore, Edges, Library, Marking, Messages, Opened, Pane, Pattern, Place, Preview,
    Progress, Prompt, Redaction, Reveal, Surveyor, Tags, View, messages::Level,
};
use crate::{
    dicom::Location,
    leak::{Counts, Severity},
    library::{Catalog, FileId, NodeId},
    tui::keys::{Action, Context, Keymap, Pending},
};
use std::{borrow::Cow, collections::VecDeque, sync::Arc, time::Duration};

/// Everything that is on the screen follows from this.
#[derive(Debug)]
pub struct Model {
    /// Since the program began.
    pub now: Duration,
    pub size: (u16, u16),
    pub areas: Areas,
    pub library: Library,
    pub arrivals: Arrivals,
    /// The tag tree of the file under the library's cursor, once it is read.
    pub tags: Option<Tags>,
    pub preview: Preview,
    /// Until when what was shown of the file before stays on the screen where that of the next is not there yet.
    pub linger: Option<Duration>,
    pub focus: Pane,
    pub zoomed: bool,
    pub edges: Edges,
    pub views: Vec<View>,
    pub prompt: Option<Prompt>,
    pub keymap: Keymap,
    pub pending: Pending,
    /// When a count that stands alone does what its digit is bound to.
    pub pending_until: Option<Duration>,
    /// Findings below it are not shown and not stepped to.
    pub floor: Severity,
    pub pattern: Pattern,
    pub reveal: Reveal,
    /// Whether the screen shows nothing at all.
    pub blank: bool,
    /// Whether copying a value was agreed to.
    pub may_copy: bool,
    /// The file that another one is to be compared with.
    pub compared: Option<(FileId, Arc<Opened>)>,
    /// Where somebody was the last time, until it is found.
    pub resume: Option<Place>,
    /// What a question was just answered with yes for.
    pub(super) agreed: Option<Action>,
    /// What takes long and is done a few files at a time.
    pub chores: VecDeque<Chore>,
    /// The file on the screen, and when it was seen.
    pub(super) seen_due: Option<(FileId, Duration)>,
    /// The file that was waited for last.
    pub(super) waited: Option<FileId>,
    pub marking: Marking,
    /// Copies that are planned, being written or written.
    pub redaction: Option<Box<Redaction>>,
    /// Orders that were given for copies.
    pub(super) orders: u64,
    pub messages: Messages,
    pub progress: Progress,
    /// The names of the themes, and the place of the one in use.
    pub themes: Vec<String>,
    pub theme: usize,
    /// Whether the user has moved or opened anything.
    pub touched: bool,
    pub surveyor: Surveyor,
    /// The line of the summary that is picked, and the column.
    pub summary_cursor: (usize, usize),
    /// First line of the finding pane that is seen.
    pub finding_top: usize,
    /// In how many files of the patient the finding under the cursor is found again, and the place of this one; known
    /// after a moment.
    pub same: Option<(usize, usize)>,
    pub(super) same_due: Option<Duration>,
    /// The finding that is gone to once the next file is open: its place and rule.
    pub(super) follow: Option<(Location, Cow<'static, str>)>,
    /// The node that the summary is of.
    pub(super) surveyed: Option<NodeId>,
    /// The file that was asked for last.
    pub(super) asked: Option<(FileId, Counts)>,
    /// The files that were last told to the scan to read first.
    pub(super) prioritised: Vec<FileId>,
}

impl Model {
    pub fn new(keymap: Keymap, size: (u16, u16)) -> Self {
        Self {
            now: Duration::ZERO,
            size,
            areas: Areas::default(),
            library: Library::new(Catalog::default()),
            arrivals: Arrivals::default(),
            tags: None,
            preview: Preview::default(),
            linger: None,
            focus: Pane::Library,
            zoomed: false,
            edges: Edges::default(),
            views: Vec::new(),
            prompt: None,
            keymap,
            pending: Pending::default(),
            pending_until: None,
            floor: Severity::Info,
            pattern: Pattern::default(),
            reveal: Reveal::default(),
            blank: false,
            may_copy: false,
            compared: None,
            resume: None,
            agreed: None,
            chores: VecDeque::new(),
            seen_due: None,
            waited: None,
            marking: Marking::default(),
            redaction: None,
            orders: 0,
            messages: Messages::default(),
            progress: Progress::default(),
            themes: Vec::new(),
            theme: 0,
            touched: false,
            surveyor: Surveyor::default(),
            summary_cursor: (0, 0),
            finding_top: 0,
            same: None,
            same_due: None,
            follow: None,
            surveyed: None,
            asked: None,
            prioritised: Vec::new(),
        }
    }

    /// What takes the keys.
    pub fn context(&self) -> Context {
        match (self.views.is_empty(), self.focus) {
            (false, _) if matches!(self.views.last(), Some(View::Redaction)) => Context::Redaction,
            (false, _) => Context::View,
            (true, Pane::Library) => Context::Library,
            (true, Pane::Tags) if self.library.file().is_none() => Context::Summary,
            (true, Pane::Tags) => Context::Tags,
            (true, Pane::Preview) if self.preview.drawing.is_some() => Context::Rectangle,
            (true, Pane::Preview) => Context::Preview,
        }
    }

    pub fn say(&mut self, level: Level, text: impl Into<Cow<'static, str>>) {
        self.messages.say(self.now, level, text);
    }

    /// When something on the screen changes by itself; `None` where nothing will.
    pub fn deadline(&self) -> Option<Duration> {
        let times = [
            self.pending_until,
            self.reveal.deadline(),
            self.messages.deadline(self.now),
            self.preview.due,
            self.linger,
            self.preview.next_frame,
            self.same_due,
            self.seen_due.map(|(_, due)| due),
            (!self.chores.is_empty()).then_some(Duration::ZERO),
            self.library.deadline(),
            self.progress.deadline(),
            self.arrivals.deadline(),
            self.redaction.as_ref().and_then(|redaction| redaction.deadline()),
            self.surveyor.deadline(self.library.revision),
            self.views.last().and_then(View::deadline),
        ];
        times.into_iter().flatten().min()
    }
}
