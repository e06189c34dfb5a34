use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::tui::state::{Field, Model, palette};
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// The actions whose names are like what is typed.
///
/// ```text
/// ╭ Do ──────────────────────────────────────────────╮
/// │ : find▏                                          │
/// │ next-finding      next finding               ]p  │
/// │ previous-finding  previous finding           [p  │
/// ╰──────────────────────────────────────────────────╯
/// ```
pub fn draw(model: &Model, field: &Field, cursor: usize, body: Rect, theme: &Theme, buffer: &mut Buffer) {
    let actions = palette(model, field.text());
    let area = super::middle(body, 72, 16, buffer);
    let rows = usize::from(area.height.saturating_sub(3));
    let top = (cursor + 1).saturating_sub(rows);
    let panel = Panel {
        title: "Do",
        remark: "Enter does it · Esc back",
        focused: true,
        scroll: Some((top, rows, actions.len())),
    };
    let inner = panel.draw(area, theme, buffer);
    let mut pen = Pen::new(buffer, inner, 0);
    pen.skip(1).put(": ", theme.of(Role::Key)).put(field.before(), theme.of(Role::Strong));
    pen.put("▏", theme.of(Role::Key));
    pen.put(field.text().get(field.before().len()..).unwrap_or_default(), theme.of(Role::Strong));
    for (row, (at, action)) in (1..inner.height).zip(actions.iter().enumerate().skip(top)) {
        let entry = action.entry();
        let ground = if at == cursor { theme.of(Role::Cursor) } else { Style::default() };
        buffer.set_style(Rect { y: inner.y + row, height: 1, ..inner }, ground);
        let mut pen = Pen::new(buffer, inner, row);
        pen.skip(1).field(entry.name, 18, theme.of(Role::Keyword).patch(ground)).skip(1);
        let keys = model.keymap.key(*action);
        let room = pen.left().saturating_sub(keys.len() + 3);
        pen.field(entry.doc, room, theme.of(Role::Dim).patch(ground)).skip(1);
        pen.put(&keys, theme.of(Role::Key).patch(ground));
    }
}
