use super::{
    Pen,
    theme::{Role, Theme},
};
use crate::{
    leak::Severity,
    text::width,
    tui::state::{Model, Pane},
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Where one is, and how bad all of it is.
///
/// ```text
///  dcmleak  share › P001 › CT head › IM_0003.dcm             C 212  H 1,040  M 88   ≥ medium
/// ```
pub fn draw(model: &Model, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let ground = theme.of(Role::Header);
    buffer.set_style(area, ground);
    let mut pen = Pen::new(buffer, area, 0);
    pen.put(" dcmleak ", ground.patch(theme.of(Role::TitleFocus))).spare(1);
    let badges = badges(model);
    let tail: usize = badges.iter().map(|(text, _)| width::columns(text) + 2).sum();
    let floor = match model.floor {
        Severity::Info => String::new(),
        floor => format!("≥ {floor}"),
    };
    let floor_width = if floor.is_empty() { 0 } else { width::columns(&floor) + 2 };
    let narrow = model.areas.narrow.then(|| tabs(model));
    let room = pen.left().saturating_sub(tail + floor_width + narrow.as_ref().map_or(0, |t| t.len() + 1));
    let way = model.library.way(model.reveal.all());
    pen.cut(&crumbs(&way, room), room, ground);
    let column = pen.left().saturating_sub(tail + floor_width + narrow.as_ref().map_or(0, |t| t.len() + 1));
    pen.skip(column);
    if let Some(tabs) = narrow {
        pen.put(&tabs, ground.patch(theme.of(Role::Key))).skip(1);
    }
    for (text, severity) in badges {
        pen.skip(2).put(&text, ground.patch(theme.severity(severity)));
    }
    if !floor.is_empty() {
        pen.skip(2).put(&floor, ground.patch(theme.of(Role::Warning)));
    }
}

/// How many findings there are of each severity; the least ones only where nothing is worse.
fn badges(model: &Model) -> Vec<(String, Severity)> {
    let counts = model.library.catalog.tally().counts;
    let some = Severity::ALL.into_iter().rev().filter(|&severity| counts.of(severity) > 0);
    let least = if model.areas.header.width < 70 { 2 } else { 3 };
    some.take(least)
        .map(|severity| {
            (format!("{} {}", severity.letter(), crate::text::number(counts.of(severity) as usize)), severity)
        })
        .collect()
}

/// The way to where one is, from its end as far as there is room.
fn crumbs(way: &[String], room: usize) -> String {
    let mut out = String::new();
    for part in way.iter().rev() {
        let longer = if out.is_empty() { part.clone() } else { format!("{part} › {out}") };
        if width::columns(&longer) > room && !out.is_empty() {
            return format!("… › {out}");
        }
        out = longer;
    }
    out
}

/// Which pane is seen of the three, where only one is.
fn tabs(model: &Model) -> String {
    let name = |pane| match pane {
        Pane::Library => "lib",
        Pane::Tags => "tags",
        Pane::Preview => "view",
    };
    format!("[{}]", name(model.focus))
}
