use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::{
    dicom::dictionary,
    redact::{Action, Spot},
    text::{counted, number},
    tui::state::{Entry, MarkList, Model, Shelf},
};
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// All marks, each once, and in how many files it is.
///
/// ```text
/// ╭ Marks ──────────────────────────────────────── 3 marks in 15 files ╮
/// │  Z      15  (0010,0010) PatientName                   CT001.dcm …  │
/// │  X       1  pixels 12,8,230,18 all                    US004.dcm    │
/// │ dcmleak redact … --marks ~/.local/state/dcmleak/…/marks --out DIR  │
/// ╰────────────────────────────────────────────────────────────────────╯
/// ```
pub fn draw(model: &Model, list: &MarkList, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let shelf = Shelf::new(&model.library.catalog, model.library.kind);
    let height = usize::from(area.height.saturating_sub(3));
    let top = (list.cursor + 1).saturating_sub(height);
    let panel = Panel {
        title: "Marks",
        remark: &remark(list),
        focused: true,
        scroll: Some((top, height, list.lines.len())),
    };
    super::clear(area, buffer);
    let inner = panel.draw(area, theme, buffer);
    if list.lines.is_empty() {
        let key = model.keymap.key(crate::tui::keys::Action::Mark);
        let text = format!("nothing is marked; {key} marks");
        Pen::new(buffer, inner, 0).skip(1).put(text, theme.of(Role::Dim));
    }
    let rows = inner.height.saturating_sub(1);
    for (row, (at, (spot, action, files))) in (0..rows).zip(list.lines.iter().enumerate().skip(top)) {
        let ground = if at == list.cursor { theme.of(Role::Cursor) } else { Style::default() };
        let line = Rect { y: inner.y + row, height: 1, ..inner };
        buffer.set_style(line.intersection(buffer.area), ground);
        let of = |role| theme.of(role).patch(ground);
        let mut pen = Pen::new(buffer, inner, row);
        let letter = if *spot == Spot::Profile { "P".to_owned() } else { action.to_string() };
        pen.skip(1).put(letter, of(Role::Key));
        pen.put(format!("{:>8}  ", number(files.len())), of(Role::Strong));
        let room = pen.left() * 2 / 3;
        pen.field(&text(spot, *action), room, of(Role::Text));
        let first = files.first().map(|&file| shelf.name(Entry::File(file), model.reveal.all()));
        let more = if files.len() > 1 { " …" } else { "" };
        pen.skip(1).put(first.unwrap_or_default(), of(Role::Dim)).put(more, of(Role::Dim));
    }
    if let Some(path) = &model.marking.kept_at {
        let text = format!("dcmleak redact … --out DIR --marks {}", path.to_string_lossy());
        Pen::new(buffer, inner, rows).skip(1).put(text, theme.of(Role::Dim));
    }
}

fn text(spot: &Spot, action: Action) -> String {
    match spot {
        Spot::Profile => "by the Basic Profile".to_owned(),
        Spot::Element(at) => {
            let keyword = at.0.last().and_then(|step| dictionary::keyword(step.tag)).unwrap_or("");
            let kept = if action == Action::Keep { " stays" } else { "" };
            format!("{at} {keyword}{kept}")
        }
        Spot::Pixels(area, frames) => {
            format!("{}×{} pixels at {},{}, {frames} frames", area.w, area.h, area.x, area.y)
        }
    }
}

fn remark(list: &MarkList) -> String {
    let mut text = format!("{} in {}", counted(list.lines.len(), "mark"), counted(list.files, "file"));
    if list.changed > 0 {
        text += &format!(" · {} changed since", number(list.changed));
    }
    if list.missing > 0 {
        text += &format!(" · {} not here", number(list.missing));
    }
    text
}
