use ratatui::layout::{Constraint, Layout, Rect};

/// What takes the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Pane {
    #[default]
    Library,
    Tags,
    /// The picture and the finding.
    Preview,
}

impl Pane {
    pub const ALL: [Self; 3] = [Self::Library, Self::Tags, Self::Preview];
}

/// The least screen that is drawn on.
pub const LEAST: (u16, u16) = (40, 12);

/// How the user moved the edges, in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edges {
    pub library: i16,
    pub preview: i16,
    /// Of the picture, or of what is above the finding.
    pub height: i16,
}

impl Edges {
    pub const STEP: i16 = 4;
    pub const MOST: i16 = 24;
}

/// How the panes share the screen.
///
/// ```text
/// wide                       middling              narrow
/// ┌ header ────────────────┐ ┌ header ──────────┐ ┌ header ──┐
/// │ library │ tags │ image │ │ library │ tags   │ │ the pane │
/// │         │      │───────│ │─────────│────────│ │ in focus │
/// │         │      │finding│ │ image   │ finding│ │          │
/// └ status ────────────────┘ └ status ──────────┘ └ status ──┘
/// ```
///
/// Where a folder is selected, its summary stands in place of tags, image and finding. An area of no size is not
/// drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    pub header: Rect,
    pub library: Rect,
    pub tags: Rect,
    pub image: Rect,
    pub finding: Rect,
    pub summary: Rect,
    pub status: Rect,
    /// Everything between header and status.
    pub body: Rect,
    /// Whether only the focused pane is seen for lack of room.
    pub narrow: bool,
}

impl Areas {
    /// Shares `width` × `height`; nothing where that is less than [`LEAST`].
    pub fn new((width, height): (u16, u16), focus: Pane, zoomed: bool, folder: bool, edges: Edges) -> Self {
        if width < LEAST.0 || height < LEAST.1 {
            return Self::default();
        }
        let whole = Rect::new(0, 0, width, height);
        let [header, body, status] =
            vertical([Constraint::Length(1), Constraint::Min(1), Constraint::Length(1)], whole);
        let mut areas = Self { header, body, status, narrow: width < 70 || height < 18, ..Self::default() };
        if zoomed || areas.narrow {
            areas.alone(focus, folder);
        } else if width < 110 {
            areas.middling(folder, edges);
        } else {
            areas.wide(folder, edges);
        }
        areas
    }

    fn alone(&mut self, focus: Pane, folder: bool) {
        match focus {
            Pane::Library => self.library = self.body,
            _ if folder => self.summary = self.body,
            Pane::Tags => {
                // The finding is what the tags are read for: it stays in sight.
                let tall = finding_height(self.body.height);
                [self.tags, self.finding] =
                    vertical([Constraint::Min(3), Constraint::Length(tall)], self.body);
            }
            Pane::Preview if self.body.width >= 90 => {
                [self.image, self.finding] =
                    horizontal([Constraint::Min(20), Constraint::Length(40)], self.body);
            }
            Pane::Preview => {
                let tall = finding_height(self.body.height);
                [self.image, self.finding] =
                    vertical([Constraint::Min(3), Constraint::Length(tall)], self.body);
            }
        }
    }

    fn middling(&mut self, folder: bool, edges: Edges) {
        let left = moved(self.body.width * 2 / 5, edges.library, 16, self.body.width - 24);
        let [left, right] = horizontal([Constraint::Length(left), Constraint::Min(24)], self.body);
        if folder {
            (self.library, self.summary) = (left, right);
            return;
        }
        let half = self.body.height / 2;
        let image = moved(half, edges.height, 4, self.body.height - 5);
        [self.library, self.image] = vertical([Constraint::Min(4), Constraint::Length(image)], left);
        let finding = moved(half - 1, edges.height, 4, self.body.height - 5);
        [self.tags, self.finding] = vertical([Constraint::Min(4), Constraint::Length(finding)], right);
    }

    fn wide(&mut self, folder: bool, edges: Edges) {
        let width = self.body.width;
        let left = moved((width * 27 / 100).min(48), edges.library, 16, width - 60);
        if folder {
            [self.library, self.summary] =
                horizontal([Constraint::Length(left), Constraint::Min(30)], self.body);
            return;
        }
        let right = moved((width * 31 / 100).min(72), edges.preview, 20, width - left - 30);
        let [library, tags, right] =
            horizontal([Constraint::Length(left), Constraint::Min(30), Constraint::Length(right)], self.body);
        (self.library, self.tags) = (library, tags);
        let image = moved(right.height / 2, edges.height, 4, right.height - 6);
        [self.image, self.finding] = vertical([Constraint::Length(image), Constraint::Min(4)], right);
    }
}

fn finding_height(body: u16) -> u16 {
    (body / 3).clamp(4, 14)
}

fn moved(length: u16, by: i16, least: u16, most: u16) -> u16 {
    length.saturating_add_signed(by).clamp(least.min(most), most.max(least))
}

fn vertical<const N: usize>(parts: [Constraint; N], area: Rect) -> [Rect; N] {
    Layout::vertical(parts).areas(area)
}

fn horizontal<const N: usize>(parts: [Constraint; N], area: Rect) -> [Rect; N] {
    Layout::horizontal(parts).areas(area)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn areas_are_on_the_screen_and_apart(
            (width, height) in (0u16..400, 0u16..200),
            focus in 0usize..3,
            (zoomed, folder) in any::<(bool, bool)>(),
            (library, preview, edge) in (-24i16..24, -24i16..24, -24i16..24),
        ) {
            let edges = Edges { library, preview, height: edge };
            let areas = Areas::new((width, height), Pane::ALL[focus], zoomed, folder, edges);
            let screen = Rect::new(0, 0, width, height);
            let all = [areas.header, areas.library, areas.tags, areas.image, areas.finding, areas.summary, areas.status];
            let all: Vec<Rect> = all.into_iter().filter(|area| !area.is_empty()).collect();
            for (at, area) in all.iter().enumerate() {
                prop_assert_eq!(area.intersection(screen), *area);
                prop_assert!(all[at + 1..].iter().all(|other| !area.intersects(*other)), "{areas:?}");
            }
            let sum: u32 = all.iter().map(|area| area.area()).sum();
            prop_assert!(sum == 0 || sum == screen.area(), "{areas:?}");
        }
    }
}
