use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::{
    dicom::dictionary,
    text::{counted, mask, number},
    tui::state::{Entry, Model, Pivot, Shelf, pivot::What},
};
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// One element over many files, or the findings of one group: each different value, and in how many files it is.
///
/// ```text
/// ╭ PatientName · P001 ───────────────── 3 values in 15 files · H wider ╮
/// │      12  E••••••^E••••            CT001.dcm …                       │
/// │       2  E••••••^E••••^^•••       CT013.dcm …                       │
/// │       1  not there                report.dcm                        │
/// ╰─────────────────────────────────────────────────────────────────────╯
/// ```
pub fn draw(model: &Model, pivot: &Pivot, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let shelf = Shelf::new(&model.library.catalog, pivot.kind);
    let place = shelf.name(Entry::Node(pivot.node), model.reveal.all());
    let height = usize::from(area.height.saturating_sub(2));
    let top = (pivot.cursor + 1).saturating_sub(height);
    let panel = Panel {
        title: &format!("{} · {place}", title(pivot)),
        remark: &remark(model, pivot),
        focused: true,
        scroll: Some((top, height, pivot.values.len())),
    };
    super::clear(area, buffer);
    let inner = panel.draw(area, theme, buffer);
    if pivot.values.is_empty() {
        let text = if pivot.waits { "reading…" } else { "nowhere in these files" };
        Pen::new(buffer, inner, 0).skip(1).put(text, theme.of(Role::Dim));
    }
    for (row, (at, value)) in (0..inner.height).zip(pivot.values.iter().enumerate().skip(top)) {
        let ground = if at == pivot.cursor { theme.of(Role::Cursor) } else { Style::default() };
        let line = Rect { y: inner.y + row, height: 1, ..inner };
        buffer.set_style(line.intersection(buffer.area), ground);
        let of = |role| theme.of(role).patch(ground);
        let mut pen = Pen::new(buffer, inner, row);
        pen.put(format!("{:>8}  ", number(value.files.len())), of(Role::Strong));
        let room = pen.left() * 2 / 3;
        match &value.text {
            None => pen.field("not there", room, of(Role::Dim)),
            Some(text) if text.is_empty() => pen.field("empty", room, of(Role::Dim)),
            Some(text) if pivot.is_masked() => pen.field(text, room, of(Role::Masked)),
            Some(text) if model.reveal.all() => pen.field(text, room, of(Role::Revealed)),
            Some(text) => pen.field(&mask(text), room, of(Role::Masked)),
        };
        let first = value.files.first().map(|&file| shelf.name(Entry::File(file), model.reveal.all()));
        let more = if value.files.len() > 1 { " …" } else { "" };
        pen.skip(1).put(first.unwrap_or_default(), of(Role::Dim)).put(more, of(Role::Dim));
    }
}

fn title(pivot: &Pivot) -> String {
    let at = match &pivot.what {
        What::Element(at) => at,
        What::Group { at, rule, .. } => {
            if at.0.is_empty() {
                return rule.to_string();
            }
            at
        }
    };
    let keyword = at.0.last().and_then(|step| dictionary::keyword(step.tag));
    let element = keyword.map_or_else(|| at.to_string(), str::to_owned);
    match &pivot.what {
        What::Element(_) => element,
        What::Group { rule, .. } => format!("{element}, {rule}"),
    }
}

fn remark(model: &Model, pivot: &Pivot) -> String {
    let values = match pivot.values.len() {
        _ if pivot.waits => format!("reading {}", counted(pivot.files, "file")),
        count => counted(count, "value"),
    };
    let of = if pivot.looked < pivot.files {
        format!("the first {} of ", number(pivot.looked))
    } else {
        String::new()
    };
    let files = if pivot.waits { String::new() } else { format!(" in {of}{}", counted(pivot.files, "file")) };
    let widen = model.keymap.key(crate::tui::keys::Action::Widen);
    format!("{values}{files} · {widen} wider")
}
