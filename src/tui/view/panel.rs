use super::{
    Pen,
    theme::{Role, Theme},
};
use crate::text::width;
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    widgets::{Block, BorderType, Widget},
};

/// A frame with a title at the left, a remark at the right, and a place in the right border that tells where one is.
///
/// ```text
/// ╭ Title ───────────── remark ╮
/// │                            ┃
/// │                            │
/// ╰────────────────────────────╯
/// ```
pub struct Panel<'a> {
    pub title: &'a str,
    pub focused: bool,
    /// Parts with ` · ` between them: the last are left out where there is no room.
    pub remark: &'a str,
    /// The first line in sight, how many are, and how many there are.
    pub scroll: Option<(usize, usize, usize)>,
}

impl Panel<'_> {
    /// Draws it; returns what is inside.
    pub fn draw(&self, area: Rect, theme: &Theme, buffer: &mut Buffer) -> Rect {
        let style = theme.of(if self.focused { Role::BorderFocus } else { Role::Border });
        let block = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(style)
            .style(theme.of(Role::Text));
        let inner = block.inner(area);
        block.render(area, buffer);
        let title = theme.of(if self.focused { Role::TitleFocus } else { Role::Title });
        let mut pen = Pen::new(buffer, area, 0);
        pen.skip(2).spare(2);
        pen.put(" ", title).put(self.title, title).put(" ", title);
        let remark = fitting(self.remark, pen.left().saturating_sub(4));
        if !remark.is_empty() {
            pen.right(&format!(" {remark} "), theme.of(Role::Dim));
        }
        self.thumb(area, theme, buffer);
        inner
    }

    fn thumb(&self, area: Rect, theme: &Theme, buffer: &mut Buffer) {
        let Some((first, seen, all)) = self.scroll.filter(|&(_, seen, all)| all > seen) else { return };
        let track = usize::from(area.height.saturating_sub(2));
        let length = (track * seen / all.max(1)).clamp(1, track.max(1));
        let most = all - seen;
        let start = (track - length.min(track)) * first.min(most) / most.max(1);
        for row in start..(start + length).min(track) {
            let row = u16::try_from(row).unwrap_or(0);
            let mut pen = Pen::new(buffer, area, row + 1);
            let at = usize::from(area.width.saturating_sub(1));
            pen.skip(at).put("┃", theme.of(if self.focused { Role::BorderFocus } else { Role::Dim }));
        }
    }
}

/// As many of the parts of a remark as fit, from the first.
fn fitting(remark: &str, columns: usize) -> &str {
    let mut fits = remark;
    while width::columns(fits) > columns {
        fits = fits.rsplit_once(" · ").map_or("", |(first, _)| first);
    }
    fits
}
