use super::{act, moves};
use crate::tui::{
    keys::Action,
    state::{Effect, Model, Pane},
};
use ratatui::layout::{Position, Rect};

/// Lines that a turn of the wheel moves.
const TURN: u32 = 3;

/// A click focuses what it is on and goes to the line there; on the line that the cursor is on already, it opens it.
pub fn click(model: &mut Model, x: u16, y: u16, effects: &mut Vec<Effect>) {
    model.reveal.touch(model.now);
    if model.blank || model.prompt.is_some() || !model.views.is_empty() {
        return;
    }
    let Some((pane, area)) = pane(model, x, y) else { return };
    model.touched = true;
    let focused = model.focus == pane;
    model.focus = pane;
    // On the frame there is no line.
    let Some(row) = y.checked_sub(area.y + 1).filter(|row| row + 2 < area.height).map(usize::from) else {
        return;
    };
    let moved = match pane {
        Pane::Library => library(model, row),
        Pane::Tags => tags(model, row),
        Pane::Preview => true,
    };
    if focused && !moved {
        act::act(model, Action::Open, None, effects);
    }
}

/// The wheel moves what it is turned over.
pub fn wheel(model: &mut Model, x: u16, y: u16, down: bool) {
    model.reveal.touch(model.now);
    if model.blank || model.prompt.is_some() {
        return;
    }
    if model.views.is_empty() {
        let Some((pane, _)) = pane(model, x, y) else { return };
        model.focus = pane;
    }
    moves::step(model, if down { Action::Down } else { Action::Up }, Some(TURN));
}

fn pane(model: &Model, x: u16, y: u16) -> Option<(Pane, Rect)> {
    let areas = &model.areas;
    let panes = [
        (Pane::Library, areas.library),
        (Pane::Tags, areas.tags),
        (Pane::Tags, areas.summary),
        (Pane::Preview, areas.image),
        (Pane::Preview, areas.finding),
    ];
    panes.into_iter().find(|(_, area)| area.contains(Position { x, y }))
}

/// To the line; whether it is another.
fn library(model: &mut Model, row: usize) -> bool {
    let library = &mut model.library;
    let line = library.tree.top + row;
    let moved = library.rows.get(line).is_some() && line != library.tree.cursor;
    if moved {
        library.tree.cursor = line;
    }
    // Below the last line there is nothing to open.
    moved || library.rows.get(line).is_none()
}

fn tags(model: &mut Model, row: usize) -> bool {
    let Some(tags) = &mut model.tags else { return true };
    let line = tags.tree.lines(tags.tree.top, &*tags.opened).nth(row);
    let moved = line.is_none_or(|line| line != tags.tree.cursor);
    if let Some(line) = line {
        tags.tree.cursor = line;
        if moved {
            tags.nth = 0;
        }
    }
    moved
}
