use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::{
    dicom::{Kind, Status},
    leak::Severity,
    redact::{Action, Marks, Spot},
    text::{mask, width},
    tui::state::{Model, Opened, Outline, Pane, Tags, label},
};
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// The tag tree of the file under the library's cursor.
///
/// ```text
/// ╭ Tags · IM_0003.dcm ─────────────────── 41 findings · 132 elements ╮
/// │ H    file name             •••••••• 12 characters                 │
/// │ C    (0010,0010) PN  PatientName            S••••^J•••            ┃
/// │ m  ▾ (0040,0275) SQ  RequestAttributesSeq…  1 item                │
/// │ M      (0040,0007) LO  ScheduledProcedureS…  C•• h•••             │
/// ╰───────────────────────────────────────────────────────────────────╯
/// ```
/// The badge is a capital where the line itself gives something away, small where something below it does.
pub fn draw(model: &Model, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let Some(tags) = &model.tags else {
        let panel = Panel { title: "Tags", remark: "", focused: model.focus == Pane::Tags, scroll: None };
        let inner = panel.draw(area, theme, buffer);
        let text = if model.library.file().is_some() { "reading…" } else { "" };
        Pen::new(buffer, inner, 0).skip(1).put(text, theme.of(Role::Dim));
        return;
    };
    let opened = &*tags.opened;
    let height = usize::from(area.height.saturating_sub(2));
    let panel = Panel {
        title: if tags.findings_only { "Tags · findings only" } else { "Tags" },
        remark: &remark(model, tags),
        focused: model.focus == Pane::Tags,
        scroll: Some((tags.tree.top, height.min(opened.len()), opened.len())),
    };
    let inner = panel.draw(area, theme, buffer);
    if let Some(error) = opened.reading.error.as_ref().filter(|_| !opened.reading.rows.is_empty()) {
        // Below the tree, so that the lines keep their places.
        let text = format!("read in part: {error}");
        Pen::new(buffer, area, area.height.saturating_sub(1))
            .skip(2)
            .spare(2)
            .put(&text, theme.of(Role::Warning));
    }
    let columns = Columns::new(inner.width);
    let marks = model.marking.of(&model.library.catalog, tags.file).map(|held| &*held.marks);
    let mut row = 0;
    for at in tags.tree.lines(tags.tree.top, opened) {
        if row >= inner.height {
            break;
        }
        let line = LineOf { model, tags, marks, at, theme };
        line.draw(inner, row, columns, buffer);
        row += 1;
        if at == tags.tree.cursor {
            row += line.unfolded(inner, row, buffer);
        }
    }
    if opened.reading.rows.is_empty() {
        let text = match (opened.reading.status, &opened.reading.error) {
            (Status::NotDicom, None) => "not a DICOM file".to_owned(),
            (_, Some(error)) => format!("this file {error}"),
            _ => "no elements".to_owned(),
        };
        for (at, line) in (row + 1..).zip(width::wrap(&text, usize::from(inner.width).saturating_sub(2), 4)) {
            Pen::new(buffer, inner, at).skip(1).put(line, theme.of(Role::Dim));
        }
    } else if row == 0 {
        let text = if tags.findings_only { "no findings at this severity" } else { "no elements" };
        Pen::new(buffer, inner, 0).skip(1).put(text, theme.of(Role::Dim));
    }
}

fn remark(model: &Model, tags: &Tags) -> String {
    if !model.pattern.is_empty() {
        let at = tags.matches.partition_point(|&line| line < tags.tree.cursor);
        let here = tags.matches.get(at) == Some(&tags.tree.cursor);
        return match (tags.matches.len(), here) {
            (0, _) => "no match".to_owned(),
            (count, true) => format!("match {} of {count}", at + 1),
            (count, false) => format!("{count} matches"),
        };
    }
    let findings = tags.opened.findings.iter().enumerate();
    let counts = |at: usize, severity| severity >= model.floor && tags.standing.reason(at).is_none();
    let findings = findings.filter(|(at, finding)| counts(*at, finding.severity)).count();
    let stand = match tags.standing.count() {
        0 => String::new(),
        count => format!(" · {count} acknowledged"),
    };
    let held = model.marking.of(&model.library.catalog, tags.file);
    let changed = if model.marking.is_changed(&model.library.catalog, tags.file) {
        " · changed since it was marked"
    } else {
        ""
    };
    let marks = held.map_or(String::new(), |held| format!(" · {} marked{changed}", held.marks.len()));
    format!("{findings} findings{stand}{marks} · {} elements", tags.opened.reading.rows.len())
}

/// How a line shares its width.
#[derive(Clone, Copy)]
struct Columns {
    tag: bool,
    vr: bool,
    /// Columns before the value.
    value: usize,
}

impl Columns {
    fn new(width: u16) -> Self {
        let width = usize::from(width);
        let (tag, vr) = (width >= 46, width >= 60);
        let lead = 5 + if tag { 12 } else { 0 } + if vr { 3 } else { 0 };
        let keyword = ((width.saturating_sub(lead)) * 11 / 20).clamp(8, 34);
        Self { tag, vr, value: lead + keyword }
    }
}

struct LineOf<'a> {
    model: &'a Model,
    tags: &'a Tags,
    marks: Option<&'a Marks>,
    at: usize,
    theme: &'a Theme,
}

impl LineOf<'_> {
    fn opened(&self) -> &Opened {
        &self.tags.opened
    }

    fn draw(&self, area: Rect, row: u16, columns: Columns, buffer: &mut Buffer) {
        let ground = self.ground();
        if let Some(style) = ground {
            let line = Rect { y: area.y + row, height: 1, ..area };
            buffer.set_style(line.intersection(buffer.area), style);
        }
        let over = |style: Style| ground.map_or(style, |ground| style.patch(ground));
        let of = |role| over(self.theme.of(role));
        let mut pen = Pen::new(buffer, area, row);
        pen.field(&self.mark(), 1, of(Role::Key));
        let (badge, severity) = self.badge();
        pen.field(&badge, 2, severity.map_or(of(Role::Dim), |s| over(self.theme.severity(s))));
        // Deep lines keep room for what they say.
        pen.skip(2 * self.opened().depth(self.at).min(8));
        let fold = match self.tags.tree.holds(self.at, self.opened()) {
            true if self.tags.tree.is_folded(self.at) => "▸ ",
            true => "▾ ",
            false => "  ",
        };
        pen.put(fold, of(Role::Dim));
        self.name(&mut pen, columns, severity, &over);
        pen.to(columns.value);
        let (value, role) = self.value();
        pen.put(&value, of(role));
    }

    /// The keyword, in front of the column of values, with what stands before it.
    fn name(
        &self,
        pen: &mut Pen<'_>,
        columns: Columns,
        severity: Option<Severity>,
        over: &impl Fn(Style) -> Style,
    ) {
        let of = |role| over(self.theme.of(role));
        let room = |pen: &Pen<'_>, value: usize| pen.left().min(value.saturating_sub(1)).max(6);
        let value = columns.value;
        let Some(id) = self.opened().row(self.at) else {
            let room = room(pen, value);
            pen.cut(label::part(self.opened().line(self.at)), room, of(Role::Strong))
                .put(" ", of(Role::Text));
            return;
        };
        let Some(row) = self.opened().reading.rows.get(id) else { return };
        if let Some(number) = self.opened().reading.rows.number(id) {
            let word = if row.kind == Kind::Item { "item" } else { "fragment" };
            pen.put(format!("{word} {number} "), of(Role::Dim));
            return;
        }
        if columns.tag {
            pen.put(format!("({:04X},{:04X}) ", row.tag.0, row.tag.1), of(Role::Tag));
        }
        if columns.vr {
            pen.put(row.vr.to_string(), of(Role::Dim)).put(" ", of(Role::Dim));
        }
        let room = value.saturating_sub(1 + pen.used()).max(8).min(pen.left());
        let own = self.tags.standing.own(self.opened(), self.at).filter(|_| severity.is_some());
        let matched = self.tags.matches.binary_search(&self.at).is_ok();
        let style = match (matched, own) {
            (true, _) => of(Role::Match),
            (_, Some(severity)) => over(self.theme.severity(severity)),
            _ if row.is_private() => of(Role::Private),
            _ => of(Role::Keyword),
        };
        pen.cut(&label::keyword(self.opened(), id), room, style).put(" ", of(Role::Text));
    }

    /// The letter of the action that it is marked for.
    fn mark(&self) -> String {
        let Some((marks, id)) = self.marks.zip(self.opened().row(self.at)) else { return String::new() };
        let rows = &self.opened().reading.rows;
        let pixels =
            rows.get(id).is_some_and(|row| row.tag.0 == 0x7fe0) && marks.rectangles().next().is_some();
        match marks.get(&Spot::Element(rows.location(id))) {
            Some(action) => action.to_string(),
            None if pixels => Action::Clean.to_string(),
            None => String::new(),
        }
    }

    fn ground(&self) -> Option<Style> {
        let focused = self.model.focus == Pane::Tags;
        let cursor = self.tags.tree.cursor;
        let from = self.model.marking.from.unwrap_or(cursor);
        let role = if focused && self.at == cursor { Role::Cursor } else { Role::CursorIdle };
        (from.min(cursor)..=from.max(cursor)).contains(&self.at).then(|| self.theme.of(role))
    }

    /// The letter, and the severity whose colour it has; what is below the floor has none.
    fn badge(&self) -> (String, Option<Severity>) {
        let over_floor = |severity: &Severity| *severity >= self.model.floor;
        let own = self.tags.standing.own(self.opened(), self.at).filter(over_floor);
        let under = self.tags.standing.under(self.opened(), self.at).filter(over_floor);
        match (own, under) {
            (Some(own), _) => (own.letter().to_string(), Some(own)),
            (None, Some(under)) => (under.letter().to_ascii_lowercase().to_string(), Some(under)),
            (None, None) if self.opened().own(self.at).is_some_and(|own| over_floor(&own)) => {
                ("✓".to_owned(), None)
            }
            (None, None) => (String::new(), None),
        }
    }

    fn value(&self) -> (String, Role) {
        let focused = self.at == self.tags.tree.cursor;
        let shown = self.model.reveal.all() || (focused && self.model.reveal.focused());
        let text = label::value(self.opened(), self.at, 512);
        if self.opened().is_plain(self.at) {
            (text, Role::Text)
        } else if shown {
            (text, Role::Revealed)
        } else {
            (mask(&text), Role::Masked)
        }
    }

    /// The whole value below the cursor's line, where that was asked for; returns how many lines it took.
    fn unfolded(&self, area: Rect, from: u16, buffer: &mut Buffer) -> u16 {
        let lines = label::unfolded(self.model, self.tags, area.width);
        for (row, line) in (from..).zip(&lines) {
            let (_, role) = self.value();
            let style = self.theme.of(role).patch(self.ground().unwrap_or_default());
            let whole = Rect { y: area.y.saturating_add(row), height: 1, ..area };
            buffer.set_style(whole.intersection(area).intersection(buffer.area), style);
            Pen::new(buffer, area, row).skip(5).put(line, style);
        }
        u16::try_from(lines.len()).unwrap_or(u16::MAX)
    }
}
