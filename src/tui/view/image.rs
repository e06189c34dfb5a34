use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::{
    raster,
    text::width,
    tui::state::{Image, Model, Pane},
};
use ratatui::{
    buffer::{Buffer, CellDiffOption},
    layout::{Margin, Rect},
    style::{Color, Style},
};
use std::sync::Arc;

/// The frame that is looked at, as blocks.
///
/// ```text
/// ╭ Image ─────────────── frame 3 of 12 · CT ╮
/// │              ▗▄▄▄▖                       │
/// │            ▗▟█████▙▖                     │
/// ╰──────────────────────────────────────────╯
/// ```
pub fn draw(model: &Model, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let file = model.library.file();
    let frames = model.tags.as_ref().map_or(1, |tags| tags.opened.frames());
    let mut remarks = Vec::new();
    if frames > 1 {
        remarks.push(format!("{} of {frames}", model.preview.frame + 1));
    }
    remarks.extend(model.preview.window().map(str::to_owned));
    if model.preview.looks.zoom > 1.0 {
        remarks.push(format!("×{:.1}", model.preview.looks.zoom));
    }
    let picture = file.and_then(|file| model.preview.of(file));
    if let Some((x, y)) = model.preview.looks.probe {
        // Of another pixel than the one that the cursor is on by now, the value is not told.
        let told = picture.filter(|picture| picture.sight.looks.probe == Some((x, y)));
        let value = told.and_then(|picture| picture.probe.as_deref()).unwrap_or("…");
        remarks.push(format!("{x},{y}: {value}"));
    }
    if let Some(drawing) = &model.preview.drawing {
        let crate::redact::Rectangle { x, y, w, h } = drawing.rectangle;
        let step = if drawing.fine { "by pixels" } else { "by cells" };
        remarks = vec![format!("{x},{y} {w}×{h}"), step.to_owned()];
        if frames > 1 {
            remarks.insert(0, format!("{} of {frames}", model.preview.frame + 1));
            remarks.push(format!("frames {}", drawing.frames));
        }
    }
    let remark = remarks.join(" · ");
    let panel =
        Panel { title: "Image", remark: &remark, focused: model.focus == Pane::Preview, scroll: None };
    let inner = panel.draw(area, theme, buffer);
    match picture.map(|picture| &picture.canvas) {
        Some(Ok(canvas)) => paint(canvas, inner, buffer),
        Some(Err(why)) => say(why, inner, theme, buffer),
        None => {}
    }
    if let Some((place, _)) = image(model) {
        cover(place, CellDiffOption::Skip, buffer);
    }
}

/// The picture that the terminal is to show over the cells of its place, where it shows such. [`draw`] leaves these
/// cells out of what is written; where another panel takes one of them, it cannot be shown.
pub fn image(model: &Model) -> Option<(Rect, &Arc<Image>)> {
    let picture = model.preview.of(model.library.file()?)?;
    let (canvas, image) = (picture.canvas.as_ref().ok()?, picture.image.as_ref()?);
    let inner = model.areas.image.inner(Margin::new(1, 1));
    let raster::Placement { column, row, columns, rows, .. } = canvas.place;
    let place = Rect::new(inner.x + column, inner.y + row, columns, rows);
    (!place.is_empty() && inner.intersection(place) == place).then_some((place, image))
}

/// Says how the cells of a place are written.
pub fn cover(place: Rect, how: CellDiffOption, buffer: &mut Buffer) {
    for position in place.intersection(buffer.area).positions() {
        buffer[position].set_diff_option(how);
    }
}

/// Why there is no picture, in the middle of its place.
fn say(why: &str, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let lines = width::wrap(why, usize::from(area.width).saturating_sub(4), area.height.into());
    let first = (usize::from(area.height) - lines.len()) / 2;
    for (row, line) in (first..).zip(&lines) {
        let indent = (usize::from(area.width).saturating_sub(width::columns(line))) / 2;
        let row = u16::try_from(row).unwrap_or(u16::MAX);
        Pen::new(buffer, area, row).skip(indent).put(line, theme.of(Role::Dim));
    }
}

fn paint(canvas: &raster::Canvas, area: Rect, buffer: &mut Buffer) {
    for (row, line) in (area.y..area.bottom()).zip(canvas.lines()) {
        for (column, cell) in (area.x..area.right()).zip(line) {
            if let Some(own) = buffer.cell_mut((column, row)) {
                own.set_char(cell.glyph).set_style(Style::new().fg(color(cell.fg)).bg(color(cell.bg)));
            }
        }
    }
}

fn color(color: raster::Colour) -> Color {
    match color {
        raster::Colour::Default => Color::Reset,
        raster::Colour::Indexed(index) => Color::Indexed(index),
        raster::Colour::Rgb(r, g, b) => Color::Rgb(r, g, b),
    }
}
