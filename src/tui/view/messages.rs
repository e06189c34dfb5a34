use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::tui::state::{Level, Model};
use ratatui::{buffer::Buffer, layout::Rect};

/// What the program said so far, the newest first.
///
/// ```text
/// ╭ Messages ─────────────────────────────────────────╮
/// │  0:12  394 files read                             │
/// │  0:03  theme light                                │
/// ╰───────────────────────────────────────────────────╯
/// ```
pub fn draw(model: &Model, top: usize, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let height = usize::from(area.height.saturating_sub(2));
    let count = model.messages.len();
    let top = top.min(count.saturating_sub(height));
    let panel =
        Panel { title: "Messages", remark: "q back", focused: true, scroll: Some((top, height, count)) };
    super::clear(area, buffer);
    let inner = panel.draw(area, theme, buffer);
    if model.messages.is_empty() {
        Pen::new(buffer, inner, 0).skip(1).put("nothing was said yet", theme.of(Role::Dim));
    }
    for (row, message) in (0..inner.height).zip(model.messages.iter().rev().skip(top)) {
        let seconds = message.at.as_secs();
        let role = match message.level {
            Level::Done => Role::Good,
            Level::Note => Role::Text,
            Level::Warning => Role::Warning,
        };
        let time = format!("{:>4}:{:02}", seconds / 60, seconds % 60);
        let mut pen = Pen::new(buffer, inner, row);
        pen.put(time, theme.of(Role::Dim)).skip(2).put(&message.text, theme.of(role));
    }
}
