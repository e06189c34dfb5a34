use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::{
    library::{ReviewState, TreeKind},
    text::{counted, number, width},
    tui::{
        keys::Action,
        state::{Model, Outline, Pane},
    },
};
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// The files by folder, or by patient, study and series.
///
/// ```text
/// ╭ Library · folders ───────── 394 files ╮
/// │ C ▾ share                8/394     212 │
/// │✓C   ▸ P001                  12      40 │
/// │~H     IM_0003.dcm                    3 │
/// ╰────────────────────────────────────────╯
/// ```
/// In front is how far the review is: `+` just arrived, `✓` done, `~` later, `·` seen; at folders how many files are done.
pub fn draw(model: &Model, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let library = &model.library;
    let focused = model.focus == Pane::Library
        || (model.focus == Pane::Tags && library.file().is_none() && model.areas.summary.is_empty());
    let height = usize::from(area.height.saturating_sub(2));
    let title = match library.kind {
        TreeKind::Folders => "Library",
        TreeKind::Patients => "Patients",
    };
    let filter = &library.filtered.filter;
    let remark = if filter.is_empty() {
        counted(library.catalog.tally().files as usize, "file")
    } else {
        let count = number(library.filtered.count);
        let long = format!("{count} with {}", filter.text());
        let fits = width::columns(&long) + 8 + width::columns(title) <= area.width.into();
        if fits {
            long
        } else {
            format!("{count} of {}", counted(library.catalog.tally().files as usize, "file"))
        }
    };
    let panel = Panel {
        title,
        remark: &remark,
        focused,
        scroll: Some((library.tree.top, height, library.rows.len())),
    };
    let inner = panel.draw(area, theme, buffer);
    if library.rows.is_empty() {
        let all = model.keymap.key(Action::ClearFilter);
        let text = match (model.progress.is_running(), filter.is_empty()) {
            (true, true) => "looking for files…".to_owned(),
            (true, false) => format!("none fits so far; {all} shows all"),
            (false, true) => "no files here".to_owned(),
            (false, false) => format!("no file fits; {all} shows all"),
        };
        Pen::new(buffer, inner, 0).skip(1).put(text, theme.of(Role::Dim));
    }
    for (row, at) in (0..inner.height).zip(library.tree.top..library.rows.len()) {
        line(model, at, inner, row, focused, theme, buffer);
    }
}

fn line(model: &Model, at: usize, area: Rect, row: u16, focused: bool, theme: &Theme, buffer: &mut Buffer) {
    let library = &model.library;
    let Some(item) = library.item(at, model.reveal.all()) else { return };
    let ground =
        (at == library.tree.cursor).then(|| theme.of(if focused { Role::Cursor } else { Role::CursorIdle }));
    if let Some(style) = ground {
        buffer.set_style(Rect { y: area.y + row, height: 1, ..area }.intersection(buffer.area), style);
    }
    let over = |style: Style| ground.map_or(style, |ground| style.patch(ground));
    let mut pen = Pen::new(buffer, area, row);
    let (sign, role) = match item.review {
        _ if item.fresh => ("+", Role::Key),
        ReviewState::Done => ("✓", Role::Good),
        ReviewState::Later => ("~", Role::Warning),
        ReviewState::Seen => ("·", Role::Dim),
        ReviewState::New => ("", Role::Dim),
    };
    pen.field(sign, 1, over(theme.of(role))).spare(1);
    let worst = item.counts.worst().filter(|severity| *severity >= model.floor);
    let badge = worst.map_or_else(|| item.sign.to_owned(), |severity| severity.letter().to_string());
    let badge_style = worst.map_or(theme.of(Role::Dim), |severity| theme.severity(severity));
    pen.field(&badge, 2, over(badge_style));
    pen.skip(2 * item.depth.min(10));
    let fold = match item.unfolded {
        Some(true) => "▾ ",
        Some(false) => "▸ ",
        None => "  ",
    };
    pen.put(fold, over(theme.of(Role::Dim)));
    let count = worst.map_or(String::new(), |severity| number(item.counts.of(severity) as usize));
    let files = match item.unfolded {
        None => String::new(),
        Some(_) if item.done > 0 => progress(item.done, item.files),
        Some(_) => number(item.files),
    };
    let wide = pen.left() > 24;
    let tail = 1 + 5 + if wide { 7 } else { 0 };
    let room = pen.left().saturating_sub(tail);
    let name_style = match item.unfolded {
        Some(_) => theme.of(Role::Folder),
        None if item.dim => theme.of(Role::Dim),
        None => theme.of(Role::Text),
    };
    let marked = if item.marked > 0 { format!(" *{}", number(item.marked)) } else { String::new() };
    let room = room.saturating_sub(marked.len());
    pen.cut(&item.name, room, over(name_style)).put(&marked, over(theme.of(Role::Key)));
    pen.skip(pen.left().saturating_sub(tail - 1));
    if wide {
        pen.put(format!("{files:>6} "), over(theme.of(Role::Dim)));
    }
    pen.put(format!("{count:>5}"), over(badge_style));
}

/// How many files somebody is done with, of how many, in six columns.
fn progress(done: usize, files: usize) -> String {
    let text = format!("{done}/{files}");
    if text.len() <= 6 { text } else { format!("{} %", 100 * done / files.max(1)) }
}
