use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::{
    leak::{Counts, Severity},
    library::Tally,
    text::{number, width},
    tui::state::{Block, Model, Pane, Survey, Target, Topic, survey},
};
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// What is wrong with a folder: the sentence that matters, the worst files, and what leaks where. Every line can be
/// opened.
///
/// ```text
/// ╭ Summary · share ─────────────────────────────────────── 394 files ╮
/// │ 41 of 394 files identify a patient on their own.                  │
/// │                                                                   │
/// │ Worst files                    │ What leaks        C   H   M   L  │
/// │  C 12  CT_Head › CT001.dcm     │  name            12   3   ·   ·  │
/// │  C 11  CT_Head › CT014.dcm     │  identifier       9   4   2   ·  │
/// ╰───────────────────────────────────────────────────────────────────╯
/// ```
pub fn draw(model: &Model, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let survey = &model.surveyor.survey;
    let name = model.library.way(model.reveal.all()).pop();
    let title = name.map_or_else(|| "Summary".to_owned(), |name| format!("Summary · {name}"));
    let focused = model.focus != Pane::Library;
    let blocks = survey.blocks();
    let inner =
        Rect::new(area.x + 1, area.y + 1, area.width.saturating_sub(2), area.height.saturating_sub(2));
    let sheet = Sheet::new(blocks, inner.width);
    let head = headline(survey, inner.width.saturating_sub(2).into());
    let body = Rect {
        y: inner.y + head.len() as u16 + 1,
        height: inner.height.saturating_sub(head.len() as u16 + 1),
        ..inner
    };
    let top = sheet.top(model.summary_cursor.0, body.height.into());
    let panel = Panel {
        title: &title,
        remark: if model.surveyor.is_behind() { "counting…" } else { "" },
        focused,
        scroll: Some((top, body.height.into(), sheet.height)),
    };
    panel.draw(area, theme, buffer);
    for (row, (text, role)) in (0..).zip(&head) {
        Pen::new(buffer, inner, row).skip(1).put(text, theme.of(*role));
    }
    for part in &sheet.parts {
        let Some(row) = part.row.checked_sub(top).and_then(|row| u16::try_from(row).ok()) else { continue };
        let place = Rect { x: body.x + part.x, width: part.width, ..body };
        match part.what {
            What::Title(topic) => {
                Pen::new(buffer, place, row).skip(1).put(topic.title(), theme.of(Role::Title));
                heads(topic, place, row, theme, buffer);
            }
            What::Line(at, target) => {
                let cursor = (focused && at == model.summary_cursor.0).then_some(model.summary_cursor.1);
                Line { model, survey, target, cursor, theme }.draw(place, row, buffer);
            }
        }
    }
}

/// What matters most, in a sentence or two.
fn headline(survey: &Survey, columns: usize) -> Vec<(String, Role)> {
    let tally = &survey.tally;
    let files = number(tally.files as usize);
    let critical = tally.files_at(Severity::Critical) as usize;
    let high = tally.files_at(Severity::High) as usize;
    let (text, role) = match (tally.files, tally.reported(), critical, high) {
        (0, ..) => ("Nothing here.".to_owned(), Role::Dim),
        (_, 0, ..) => (format!("{files} files, none read yet."), Role::Dim),
        (1, _, 1.., _) => ("The file identifies its patient.".to_owned(), Role::Critical),
        (_, _, 1.., _) => {
            let verb = if critical == 1 { "identifies" } else { "identify" };
            (
                format!("{}{} of {files} files {verb} a patient.", so_far(tally), number(critical)),
                Role::Critical,
            )
        }
        (_, _, 0, 1..) => (
            format!(
                "{}{} of {files} files hold what is strongly tied to a patient.",
                so_far(tally),
                number(high)
            ),
            Role::High,
        ),
        _ if tally.reported() < tally.files => {
            (format!("Nothing severe so far in {files} files."), Role::Text)
        }
        _ => (format!("Nothing severe in {files} files."), Role::Good),
    };
    let mut lines: Vec<(String, Role)> =
        width::wrap(&text, columns, 2).into_iter().map(|line| (line, role)).collect();
    if tally.false_claims > 0 {
        let (subject, verb) =
            if tally.false_claims == 1 { ("file claims", "is") } else { ("files claim", "are") };
        let text =
            format!("{} {subject} to be de-identified and {verb} not.", number(tally.false_claims as usize));
        lines.extend(width::wrap(&text, columns, 2).into_iter().map(|line| (line, Role::Warning)));
    }
    if tally.done + tally.later > 0 {
        let later = if tally.later > 0 {
            format!(", {} for later", number(tally.later as usize))
        } else {
            String::new()
        };
        let text = format!("Reviewed: {} of {files} done{later}.", number(tally.done as usize));
        lines.extend(width::wrap(&text, columns, 2).into_iter().map(|line| (line, Role::Text)));
    }
    if tally.acknowledged > 0 {
        let (subject, verb) = if tally.acknowledged == 1 { ("finding", "is") } else { ("findings", "are") };
        let text =
            format!("{} {subject} {verb} acknowledged and not counted.", number(tally.acknowledged as usize));
        lines.extend(width::wrap(&text, columns, 2).into_iter().map(|line| (line, Role::Dim)));
    }
    lines
}

/// As long as files are left to read, more may be found.
fn so_far(tally: &Tally) -> &'static str {
    if tally.reported() < tally.files { "So far " } else { "" }
}

/// The blocks placed: in one column, or two where there is room.
struct Sheet {
    parts: Vec<Part>,
    height: usize,
}

struct Part {
    row: usize,
    x: u16,
    width: u16,
    what: What,
}

enum What {
    Title(Topic),
    /// With its number among all lines.
    Line(usize, Target),
}

impl Sheet {
    fn new(blocks: Vec<Block>, width: u16) -> Self {
        let two = width >= 76;
        let half = if two { width / 2 } else { width };
        let mut rows = [0, 0];
        let mut parts = Vec::new();
        let mut number = 0;
        for block in blocks {
            // What leaks stands beside the files that do.
            let column = usize::from(two && matches!(block.topic, Topic::Facets | Topic::Sources));
            let x = if column == 1 { half } else { 0 };
            let row = &mut rows[column];
            parts.push(Part { row: *row, x, width: half, what: What::Title(block.topic) });
            *row += 1;
            for target in block.targets {
                parts.push(Part { row: *row, x, width: half, what: What::Line(number, target) });
                number += 1;
                *row += 1;
            }
            *row += 1;
        }
        Self { parts, height: rows.into_iter().max().unwrap_or(0).saturating_sub(1) }
    }

    /// The first row to show, so that the line with the cursor is seen with the heading above it.
    fn top(&self, cursor: usize, height: usize) -> usize {
        let row = self.parts.iter().find_map(|part| match part.what {
            What::Line(at, _) if at == cursor => Some(part.row),
            _ => None,
        });
        let row = row.unwrap_or(0);
        (row + 2).saturating_sub(height).min(self.height.saturating_sub(height))
    }
}

/// Columns of a count in the matrix.
const COUNT: usize = 5;

/// What the columns under a heading mean.
fn heads(topic: Topic, area: Rect, row: u16, theme: &Theme, buffer: &mut Buffer) {
    let mut pen = Pen::new(buffer, area, row);
    let room = pen.left();
    match topic {
        Topic::Files | Topic::Severities | Topic::Odd => {}
        Topic::Facets => {
            pen.skip(room.saturating_sub(5 * COUNT + 2));
            for severity in Severity::ALL.into_iter().rev() {
                pen.put(format!("{:>COUNT$}", severity.letter()), theme.severity(severity));
            }
        }
        Topic::Sources => {
            let heads = format!("{:>9}{:>9}", "findings", "values");
            pen.skip(room.saturating_sub(18 + 2)).put(heads, theme.of(Role::Dim));
        }
    }
}

struct Line<'a> {
    model: &'a Model,
    survey: &'a Survey,
    target: Target,
    /// The column that is picked of it, where the cursor is on it.
    cursor: Option<usize>,
    theme: &'a Theme,
}

impl Line<'_> {
    fn draw(&self, area: Rect, row: u16, buffer: &mut Buffer) {
        let ground = self.cursor.map(|_| self.theme.of(Role::Cursor)).unwrap_or_default();
        let line = Rect {
            x: area.x + 1,
            y: area.y.saturating_add(row),
            width: area.width.saturating_sub(2),
            height: 1,
        };
        if row >= area.height {
            return;
        }
        buffer.set_style(line.intersection(buffer.area), ground);
        let mut pen = Pen::new(buffer, line, 0);
        pen.skip(1).spare(1);
        let of = |role: Role| self.theme.of(role).patch(ground);
        let severe = |severity: Severity| self.theme.severity(severity).patch(ground);
        match self.target {
            Target::File(file) => {
                let counts =
                    self.model.library.catalog.file(file).map(|file| file.counts).unwrap_or_default();
                self.badge(counts, &mut pen, ground);
                let (name, parent) =
                    survey::file_name(&self.model.library.shelf(), file, self.model.reveal.all());
                pen.put(name, of(Role::Text)).skip(2).put(parent, of(Role::Dim));
            }
            Target::Severity(severity) => {
                let count = self.survey.tally.files_at(severity) as usize;
                pen.field(severity.name(), 9, severe(severity))
                    .put(format!("{:>7} ", number(count)), of(Role::Text));
                bar(count, self.survey.tally.files as usize, severe(severity), &mut pen);
            }
            Target::Facet(facet) => self.facet(self.survey.facet(facet), facet.name(), &mut pen, ground),
            Target::Source(source) => {
                pen.field(&source.severity.letter().to_string(), 2, severe(source.severity));
                let room = pen.left().saturating_sub(18);
                pen.field(&survey::source_name(&source), room, of(Role::Keyword));
                let (found, values) = (number(source.findings as usize), number(source.values as usize));
                pen.put(format!("{found:>9}{values:>9}"), of(Role::Dim));
            }
            Target::FalseClaims => self.odd(
                "!",
                if self.survey.tally.false_claims == 1 {
                    "false claim to be de-identified"
                } else {
                    "false claims to be de-identified"
                },
                self.survey.tally.false_claims,
                Role::Warning,
                &mut pen,
                ground,
            ),
            Target::Unreadable => {
                let count = self.survey.tally.unreadable + self.survey.tally.partial;
                self.odd("!", "not read, or only in part", count, Role::Warning, &mut pen, ground);
            }
            Target::NotDicom => {
                self.odd("·", "not DICOM", self.survey.tally.not_dicom, Role::Dim, &mut pen, ground)
            }
        }
    }

    fn badge(&self, counts: Counts, pen: &mut Pen<'_>, ground: Style) {
        let Some(worst) = counts.worst() else { return };
        let text = format!("{} {}", worst.letter(), number(counts.of(worst) as usize));
        pen.field(&text, 6, self.theme.severity(worst).patch(ground));
    }

    fn facet(&self, counts: Counts, name: &str, pen: &mut Pen<'_>, ground: Style) {
        let room = pen.left().saturating_sub(5 * COUNT);
        pen.field(name, room, self.theme.of(Role::Text).patch(ground));
        for (column, severity) in (1..).zip(Severity::ALL.into_iter().rev()) {
            let count = counts.of(severity) as usize;
            let text = if count == 0 { "·".to_owned() } else { number(count) };
            let picked = self.cursor == Some(column);
            let style = match (picked, count) {
                (true, _) => self.theme.of(Role::Match),
                (_, 0) => self.theme.of(Role::Dim).patch(ground),
                _ => self.theme.severity(severity).patch(ground),
            };
            pen.skip(COUNT.saturating_sub(width::columns(&text))).put(&text, style);
        }
    }

    fn odd(&self, sign: &str, text: &str, count: u32, role: Role, pen: &mut Pen<'_>, ground: Style) {
        let style = self.theme.of(role).patch(ground);
        pen.field(sign, 2, style).put(format!("{} ", number(count as usize)), style).put(text, style);
    }
}

/// A bar as long as `count` is of `all`; something where there is something.
fn bar(count: usize, all: usize, style: Style, pen: &mut Pen<'_>) {
    let room = pen.left();
    let eighths = (8 * room * count).div_ceil(all.max(1));
    let last = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"].get(eighths % 8).copied().unwrap_or_default();
    pen.put("█".repeat(eighths / 8), style).put(last, style);
}
