use super::{
    Panel, Pen,
    status::number,
    theme::{Role, Theme},
};
use crate::{
    library::TreeKind,
    tui::state::{Model, Outline, Pane},
};
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// The files by folder, or by patient, study and series.
///
/// ```text
/// ╭ Library · folders ───────── 394 files ╮
/// │ C ▾ share                  394   C 212 │
/// │ C   ▸ P001                  12   C  40 │
/// │ H     IM_0003.dcm                H   3 │
/// ╰────────────────────────────────────────╯
/// ```
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
        format!("{} files", number(model.progress.found))
    } else {
        format!("{} with {}", number(library.filtered.count), filter.text())
    };
    let panel = Panel {
        title,
        remark: &remark,
        focused,
        scroll: Some((library.tree.top, height, library.rows.len())),
    };
    let inner = panel.draw(area, theme, buffer);
    if library.rows.is_empty() {
        let text = match (model.progress.is_running(), filter.is_empty()) {
            (true, _) => "looking for files…",
            (false, true) => "no files here",
            (false, false) => "no file fits the filter",
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
    pen.skip(1).spare(1);
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
    let files = item.unfolded.map_or(String::new(), |_| number(item.files));
    let wide = pen.left() > 24;
    let tail = 1 + 5 + if wide { 7 } else { 0 };
    let room = pen.left().saturating_sub(tail);
    let name_style = match item.unfolded {
        Some(_) => theme.of(Role::Folder),
        None if item.dim => theme.of(Role::Dim),
        None => theme.of(Role::Text),
    };
    pen.field(&item.name, room, over(name_style)).skip(1);
    if wide {
        pen.put(format!("{files:>6} "), over(theme.of(Role::Dim)));
    }
    pen.put(format!("{count:>5}"), over(badge_style));
}
