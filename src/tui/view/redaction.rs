use super::{
    Panel, Pen,
    status::{pace, turn},
    theme::{Role, Theme},
};
use crate::{
    dicom::dictionary,
    redact::Path as Attribute,
    text::{counted, number},
    tui::state::{
        Account, Model, Redaction, Stage, Whose,
        redaction::{Head, Line, Run},
    },
};
use ratatui::{buffer::Buffer, layout::Rect, style::Style};
use std::path::Path;

/// Copies: how they are to be made, what the plan says, how far the writing is, what came of it.
///
/// ```text
/// ╭ Redact ──────────────────────────────────────────────── planned ╮
/// │ files    the 3 marked files                                     │
/// │ by       the Basic Profile, and the marks on top                │
/// │ options  ▸ retain uids                                          │
/// │ key      of this run alone                                      │
/// │ to       not chosen yet                                         │
/// │                                                                 │
/// │ 3 planned, nothing written                                      │
/// │                                                                 │
/// │ action  files  times  why      attribute                        │
/// │ Z           3      3  table    (0010,0010) PatientName          │
/// ╰─────────────────────────────────────────────────────────────────╯
/// ```
pub fn draw(model: &Model, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let Some(redaction) = &model.redaction else { return };
    let lines = redaction.lines();
    let height = usize::from(area.height.saturating_sub(2));
    let top = (redaction.cursor + 1).saturating_sub(height);
    let panel = Panel {
        title: "Redact",
        remark: remark(&redaction.stage),
        focused: true,
        scroll: Some((top, height, lines.len())),
    };
    super::clear(area, buffer);
    let inner = panel.draw(area, theme, buffer);
    for (row, (at, line)) in (0..inner.height).zip(lines.into_iter().enumerate().skip(top)) {
        let ground = if at == redaction.cursor { theme.of(Role::Cursor) } else { Style::default() };
        let place = Rect { y: inner.y + row, height: 1, ..inner };
        buffer.set_style(place.intersection(buffer.area), ground);
        let mut pen = Pen::new(buffer, inner, row);
        pen.skip(1);
        Sheet { model, redaction, theme, ground }.line(line, &mut pen);
    }
}

fn remark(stage: &Stage) -> &'static str {
    match stage {
        Stage::Planning(_) => "planning",
        Stage::Planned(_) => "planned",
        Stage::Writing(..) => "writing",
        Stage::Written(..) => "written",
        Stage::Failed => "no plan",
    }
}

/// Columns of the names of what can be set.
const NAME: usize = 9;
/// From this width on there is room for every column.
const WIDE: usize = 60;

struct Sheet<'a> {
    model: &'a Model,
    redaction: &'a Redaction,
    theme: &'a Theme,
    ground: Style,
}

impl Sheet<'_> {
    fn of(&self, role: Role) -> Style {
        self.theme.of(role).patch(self.ground)
    }

    fn line(&self, line: Line, pen: &mut Pen<'_>) {
        let account = self.redaction.account();
        match line {
            Line::Files => self.term("files", &self.files(), pen),
            Line::Basis => self.term("by", self.redaction.terms.basis.name(), pen),
            Line::Words => self.term("options", &self.words(), pen),
            Line::Word(word) => {
                let set = self.redaction.terms.words.contains(&word);
                pen.skip(NAME).put(if set { "[x] " } else { "[ ] " }, self.of(Role::Key));
                pen.put(word.text(), self.of(if set { Role::Strong } else { Role::Text }));
            }
            Line::Key => {
                let key = &self.redaction.terms.key;
                self.term("key", if key.is_empty() { "of this run alone" } else { key }, pen);
            }
            Line::Out => {
                let out = &self.redaction.terms.out;
                self.term("to", if out.is_empty() { "not chosen yet" } else { out }, pen);
            }
            Line::State => self.state(pen),
            Line::Error => {
                pen.put(self.redaction.error.as_deref().unwrap_or_default(), self.of(Role::Warning));
            }
            Line::Manifest => {
                let path = account.and_then(|account| account.manifest.as_ref());
                let path = path.map(|path| path.to_string_lossy()).unwrap_or_default();
                self.term("manifest", &path, pen);
            }
            Line::Warning(at) => {
                let text = account.and_then(|account| account.warnings.get(at));
                pen.put(text.map_or("", String::as_str), self.of(Role::Warning));
            }
            Line::Head(head) => {
                pen.put(words(head, pen.left()), self.of(Role::Strong));
            }
            Line::Edit(at) => self.edit(at, pen),
            Line::Stay(at) => self.stay(at, pen),
            Line::Trouble(at) => self.trouble(at, pen),
            Line::Copy(at) => self.copy(at, pen),
            Line::Gap => {}
        }
    }

    fn term(&self, name: &str, text: &str, pen: &mut Pen<'_>) {
        pen.field(name, NAME, self.of(Role::Key)).put(text, self.of(Role::Text));
    }

    fn files(&self) -> String {
        let Redaction { terms, here: (masked, name, _), .. } = self.redaction;
        let count = self.redaction.count();
        let files = counted(count, "file");
        match terms.whose {
            Whose::Marked if count == 1 => "the marked file".to_owned(),
            Whose::Marked => format!("the {} marked files", number(count)),
            Whose::Here => {
                let name = if self.model.reveal.all() { name } else { masked };
                format!("under the cursor: {name}, {files}")
            }
            Whose::All => format!("all: {files}"),
        }
    }

    fn words(&self) -> String {
        let words: Vec<String> = self.redaction.terms.words.iter().map(|word| word.text()).collect();
        let sign = if self.redaction.unfolded { "▾ " } else { "▸ " };
        sign.to_owned() + &if words.is_empty() { "none".to_owned() } else { words.join(" · ") }
    }

    fn state(&self, pen: &mut Pen<'_>) {
        let redaction = self.redaction;
        if let Some(run) = redaction.run() {
            pen.put(turn(&run.progress), self.of(Role::Bar)).skip(1);
            pen.put(going(run, redaction.is_writing(), self.model.now), self.of(Role::Text));
        } else if let Some(account) = redaction.account() {
            let written = matches!(redaction.stage, Stage::Written(..));
            let role = if account.summary.failed > 0 { Role::Warning } else { Role::Good };
            pen.put(counts(account, written), self.of(role));
        } else {
            pen.put("there is no plan: change what is set above", self.of(Role::Dim));
        }
    }

    fn edit(&self, at: usize, pen: &mut Pen<'_>) {
        let edit = self.redaction.account().and_then(|account| account.summary.edits.iter().nth(at));
        let Some(((path, action, why), (files, times))) = edit else { return };
        let wide = pen.left() >= WIDE;
        pen.field(&action.to_string(), if wide { 6 } else { 1 }, self.of(Role::Key));
        pen.put(format!("{:>7}  ", number(*files as usize)), self.of(Role::Strong));
        if wide {
            pen.put(format!("{:>5}  ", number(*times as usize)), self.of(Role::Text));
            pen.field(why.name(), 14, self.of(Role::Dim));
        }
        self.attribute(path, pen);
    }

    fn stay(&self, at: usize, pen: &mut Pen<'_>) {
        let stay = self.redaction.account().and_then(|account| account.summary.stays.iter().nth(at));
        let Some(((path, keeper), count)) = stay else { return };
        pen.put(format!("{:>6}  ", number(*count as usize)), self.of(Role::Strong));
        self.attribute(path, pen);
        pen.put(": ", self.of(Role::Dim)).put(keeper.name(), self.of(Role::Warning));
    }

    fn attribute(&self, path: &Attribute, pen: &mut Pen<'_>) {
        let keyword = path.0.last().and_then(|&tag| dictionary::keyword(tag)).unwrap_or("");
        pen.put(path.to_string(), self.of(Role::Tag)).skip(1).put(keyword, self.of(Role::Keyword));
    }

    /// A path that gives away comes masked; here its name is shown, where all values are.
    fn name(&self, path: &Path, shown: &Path) -> String {
        let path = if self.model.reveal.all() { path } else { shown };
        path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn trouble(&self, at: usize, pen: &mut Pen<'_>) {
        let trouble = self.redaction.account().and_then(|account| account.troubles.get(at));
        let Some(trouble) = trouble else { return };
        let room = pen.left() / 3;
        pen.field(&self.name(&trouble.path, &trouble.shown), room, self.of(Role::Strong)).skip(1);
        pen.put(&trouble.why, self.of(Role::Warning));
    }

    fn copy(&self, at: usize, pen: &mut Pen<'_>) {
        let copied = self.redaction.account().and_then(|account| account.copies.get(at));
        let Some(copied) = copied else { return };
        let room = pen.left() / 3;
        pen.field(&self.name(&copied.path, &copied.shown), room, self.of(Role::Strong)).skip(1);
        pen.put(copied.name.to_string_lossy(), self.of(Role::Dim));
    }
}

fn words(head: Head, width: usize) -> &'static str {
    match head {
        Head::Edits if width >= WIDE => "action  files  times  why           attribute",
        Head::Edits => "   files  attribute",
        Head::Stays => "stays, and gives away",
        Head::Withheld => "would be withheld · Enter goes there",
        Head::Failed => "without a copy · Enter goes there",
        Head::Copies => "copies · Enter compares",
    }
}

/// How far it is: what is done now, how fast, and how many have no copy.
pub fn going(run: &Run, writes: bool, now: std::time::Duration) -> String {
    let word = match (run.reading, writes) {
        _ if run.stopping => "stopping",
        (true, _) => "reading",
        (false, true) => "writing",
        (false, false) => "planning",
    };
    let mut text = format!("{word} {}", pace(&run.progress, now));
    if run.failed > 0 {
        let what = if writes { "withheld" } else { "would be withheld" };
        text += &format!(" · {} {what}", number(run.failed));
    }
    text
}

/// What the files came to.
fn counts(account: &Account, written: bool) -> String {
    let summary = &account.summary;
    let [done, failed] = match written {
        true => ["written and verified", "without a copy"],
        false => ["planned, nothing written", "would be withheld"],
    };
    let parts = [
        (summary.done, done),
        (summary.failed, failed),
        (summary.unmarked, "not marked"),
        (summary.not_dicom, "not DICOM"),
        (summary.directories, "DICOMDIR"),
    ];
    let some = parts.into_iter().enumerate().filter(|(at, (count, _))| *at == 0 || *count > 0);
    some.map(|(_, (count, what))| format!("{} {what}", number(count))).collect::<Vec<_>>().join(" · ")
}
