use crate::leak::Severity;
use crate::tui::{
    keys::Action,
    state::{Model, Outline, Pane, Target, Tree, View},
};
use std::sync::Arc;

/// Moves in what takes the keys.
pub fn step(model: &mut Model, action: Action, count: Option<u32>) {
    if let Some(view) = model.views.last_mut() {
        let page = usize::from(model.areas.body.height.saturating_sub(4)).max(1);
        match view {
            View::Help { top, .. } | View::Messages { top } | View::Portrait { top, .. } => {
                scroll(top, action, count, page)
            }
            View::Compare(comparison) => {
                scroll(&mut comparison.top, action, count, page);
                comparison.top = comparison.top.min(comparison.lines().count().saturating_sub(1));
            }
            View::Marks(list) => {
                scroll(&mut list.cursor, action, count, page);
                list.cursor = list.cursor.min(list.lines.len().saturating_sub(1));
            }
            View::Redaction => {
                let Some(redaction) = &mut model.redaction else { return };
                scroll(&mut redaction.cursor, action, count, page);
                redaction.cursor = redaction.cursor.min(redaction.lines().len().saturating_sub(1));
            }
            View::Pivot(pivot) => {
                scroll(&mut pivot.cursor, action, count, page);
                pivot.cursor = pivot.cursor.min(pivot.values.len().saturating_sub(1));
            }
            View::Hex(hex) => {
                // Lines of the screen; the last one of the file stays in sight.
                let per = crate::tui::state::hex::per_line(model.areas.body.width);
                let mut line = usize::try_from(hex.top / per).unwrap_or(usize::MAX);
                scroll(&mut line, action, count, page);
                let last = hex.size.saturating_sub(1) / per;
                hex.top = (line as u64).min(last) * per;
            }
        }
        return;
    }
    match model.focus {
        Pane::Library => library(model, action, count),
        Pane::Tags if model.library.file().is_none() => summary(model, action, count),
        Pane::Tags => tags(model, action, count),
        Pane::Preview => {
            let page = usize::from(model.areas.finding.height.saturating_sub(2)).max(1);
            scroll(&mut model.finding_top, action, count, page);
        }
    }
}

/// Folds or unfolds under the cursor.
pub fn toggle(model: &mut Model) {
    step(model, Action::ToggleFold, None);
}

/// Moves a window that has no cursor; what is drawn knows where it ends.
fn scroll(top: &mut usize, action: Action, count: Option<u32>, page: usize) {
    let times = count.map_or(1, |count| count as usize);
    *top = match action {
        Action::Down => top.saturating_add(times),
        Action::Up => top.saturating_sub(times),
        Action::HalfPageDown => top.saturating_add(times * page.div_ceil(2)),
        Action::HalfPageUp => top.saturating_sub(times * page.div_ceil(2)),
        Action::PageDown => top.saturating_add(times * page),
        Action::PageUp => top.saturating_sub(times * page),
        Action::First => count.map_or(0, |count| count.saturating_sub(1) as usize),
        Action::Last => count.map_or(usize::MAX, |count| count.saturating_sub(1) as usize),
        _ => *top,
    };
}

fn library(model: &mut Model, action: Action, count: Option<u32>) {
    model.touched = true;
    let height = usize::from(model.areas.library.height.saturating_sub(2)).max(1);
    let library = &mut model.library;
    match action {
        Action::Leave => library.leave(),
        Action::Enter if library.file().is_some() => model.focus = Pane::Tags,
        Action::Enter => {
            library.enter();
        }
        Action::ToggleFold => library.toggle(),
        Action::FoldLevel => library.set_level(false),
        Action::UnfoldLevel => library.set_level(true),
        _ => tree(&mut library.tree, action, count, height, &library.rows),
    }
}

/// In the summary lines are moved over, and in the matrix columns.
fn summary(model: &mut Model, action: Action, count: Option<u32>) {
    let targets = model.surveyor.survey.targets();
    let page = usize::from(model.areas.body.height.saturating_sub(4)).max(1);
    let (line, column) = &mut model.summary_cursor;
    match action {
        Action::Enter => *column = (*column + 1).min(Severity::ALL.len()),
        Action::Leave if *column > 0 => *column -= 1,
        Action::Leave => model.focus = Pane::Library,
        _ => scroll(line, action, count, page),
    }
    let (line, column) = &mut model.summary_cursor;
    *line = (*line).min(targets.len().saturating_sub(1));
    if !matches!(targets.get(*line), Some(Target::Facet(_))) {
        *column = 0;
    }
}

fn tags(model: &mut Model, action: Action, count: Option<u32>) {
    let height = usize::from(model.areas.tags.height.saturating_sub(2)).max(1);
    let Some(tags) = &mut model.tags else { return };
    let opened = Arc::clone(&tags.opened);
    match action {
        Action::Leave => {
            // Nothing is further out than the top level but the library.
            let folds = tags.tree.holds(tags.tree.cursor, &*opened) && !tags.tree.is_folded(tags.tree.cursor);
            if !folds && opened.parent(tags.tree.cursor).is_none() {
                model.focus = Pane::Library;
            } else {
                tags.tree.leave(&*opened);
            }
        }
        Action::Enter => tags.tree.enter(&*opened),
        Action::ToggleFold => tags.tree.toggle(&*opened),
        Action::FoldLevel => tags.tree.set_level(true, &*opened),
        Action::UnfoldLevel => tags.tree.set_level(false, &*opened),
        _ => tree(&mut tags.tree, action, count, height, &*opened),
    }
}

/// The moves that library and tags share.
fn tree(tree: &mut Tree, action: Action, count: Option<u32>, height: usize, outline: &impl Outline) {
    let times = count.map_or(1, |count| count as usize).min(outline.len().max(1));
    let repeat = |tree: &mut Tree, step: fn(&mut Tree, &_)| (0..times).for_each(|_| step(tree, outline));
    match action {
        Action::Down => tree.down(times, outline),
        Action::Up => tree.up(times, outline),
        Action::HalfPageDown => tree.down(times.saturating_mul(height.div_ceil(2)), outline),
        Action::HalfPageUp => tree.up(times.saturating_mul(height.div_ceil(2)), outline),
        Action::PageDown => tree.down(times.saturating_mul(height), outline),
        Action::PageUp => tree.up(times.saturating_mul(height), outline),
        Action::First | Action::Last if count.is_some() => {
            tree.nth(count.map_or(0, |count| count.saturating_sub(1) as usize), outline);
        }
        Action::First => tree.nth(0, outline),
        Action::Last => tree.to_last(outline),
        Action::Parent => repeat(tree, Tree::parent),
        Action::PastParent => repeat(tree, Tree::past_parent),
        Action::NextSibling => repeat(tree, Tree::next_sibling),
        Action::PreviousSibling => repeat(tree, Tree::previous_sibling),
        Action::Center => tree.scroll_to(height / 2, outline),
        Action::CursorToTop => tree.scroll_to(0, outline),
        Action::CursorToBottom => tree.scroll_to(height.saturating_sub(1), outline),
        _ => {}
    }
}
