//! What opens views over the panes, and what is done in them.

use super::finding;
use crate::{
    library::{FileId, GroupId, NodeId},
    tui::{
        keys::Action,
        state::{
            Comparison, Effect, Entry, Hex, Level, Model, Opened, Pane, Pivot, View, pivot::What, standing,
        },
    },
};
use std::{borrow::Cow, sync::Arc};

/// The bytes of the element under the cursor.
pub fn hex(model: &mut Model) {
    match Hex::of(model) {
        Ok(hex) => model.views.push(View::Hex(Box::new(hex))),
        Err(why) => model.say(Level::Note, why),
    }
}

/// Keeps the open file to be compared, or compares it with the one that was kept.
pub fn compare(model: &mut Model) {
    let Some(tags) = &model.tags else { return model.say(Level::Note, "no file is open") };
    let key = model.keymap.key(Action::Compare);
    let here = (tags.file, Arc::clone(&tags.opened));
    match model.compared.take() {
        Some((file, left)) if file != here.0 => {
            side_by_side(model, left, here.1);
        }
        _ => {
            model.compared = Some(here);
            model.say(Level::Note, format!("{key} on another file compares it with this one"));
        }
    }
}

pub fn side_by_side(model: &mut Model, left: Arc<Opened>, right: Arc<Opened>) {
    model.views.push(View::Compare(Box::new(Comparison::new(left, right))));
}

/// The element under the cursor, or the findings like the one there, over the files beside this one.
pub fn pivot(model: &mut Model, group: bool, effects: &mut Vec<Effect>) {
    let Some(what) = what(model, group) else {
        return model.say(
            Level::Note,
            if group { "no finding under the cursor" } else { "no element under the cursor" },
        );
    };
    let parent = model.library.file().and_then(|file| model.library.shelf().parent(Entry::File(file)));
    begin(model, parent.unwrap_or(NodeId::ROOT), what, effects);
}

fn what(model: &Model, group: bool) -> Option<What> {
    let tags = model.tags.as_ref()?;
    if group {
        let catalog = &model.library.catalog;
        let (_, kept) = standing::identified(catalog, tags.file, &tags.opened, tags.finding()?)?;
        let (at, rule) = (kept.shape.at.clone(), kept.shape.rule.clone());
        return Some(What::Group { name: GroupId::of(kept.shape), at, rule });
    }
    Some(What::Element(tags.opened.reading.rows.location(tags.opened.row(tags.tree.cursor)?)))
}

fn begin(model: &mut Model, node: NodeId, what: What, effects: &mut Vec<Effect>) {
    let catalog = &model.library.catalog;
    let pivot = Pivot::new(catalog, model.library.kind, node, what);
    if let What::Element(at) = &pivot.what {
        let files = pivot.ids(catalog).into_iter().map(|id| (id, catalog.path(id))).collect();
        effects.push(Effect::Gather { node, at: at.clone(), files });
    }
    model.views.push(View::Pivot(Box::new(pivot)));
}

/// The same over the files of the node above.
pub fn widen(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(View::Pivot(pivot)) = model.views.last() else { return };
    let Some(above) = model.library.catalog.tree(pivot.kind).parent(pivot.node) else {
        return model.say(Level::Note, "these are all files");
    };
    let what = pivot.what.clone();
    model.views.pop();
    begin(model, above, what, effects);
}

/// What Enter does in a view.
pub fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.views.last_mut() {
        Some(View::Hex(hex)) => hex.top = hex.header,
        Some(View::Compare(comparison)) => comparison.all = !comparison.all,
        Some(View::Pivot(_)) => go(model),
        Some(View::Marks(_)) => super::mark::go(model),
        Some(View::Redaction) => super::redaction::open(model, effects),
        _ => {}
    }
}

/// To the next file that has the value under the cursor.
fn go(model: &mut Model) {
    let Some(View::Pivot(pivot)) = model.views.last() else { return };
    let here = model.library.file();
    let next = pivot.values.get(pivot.cursor).and_then(|value| after(&value.files, here));
    let Some(file) = next else { return };
    model.follow = Some(match &pivot.what {
        What::Element(at) => (at.clone(), Cow::Borrowed("")),
        What::Group { at, rule, .. } => (at.clone(), rule.clone()),
    });
    model.views.pop();
    model.touched = true;
    if here == Some(file) {
        finding::follow(model);
    }
    model.library.go(file);
    model.focus = Pane::Tags;
}

/// The file after `here`, or the first.
fn after(files: &[FileId], here: Option<FileId>) -> Option<FileId> {
    let next = here.and_then(|here| files.iter().find(|&&file| file > here));
    next.or(files.first()).copied()
}
