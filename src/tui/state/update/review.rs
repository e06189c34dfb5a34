use super::finding;
use crate::{
    library::{FileId, Review, ReviewState, Reviews},
    tui::{
        keys::Action,
        state::{Chore, Effect, Field, Keep, Level, Model, Pane, Prompt},
    },
};
use std::time::Duration;

/// Files that are taken in one step.
const STEP: usize = 1000;

/// How long a file is on the screen until it was seen.
const SEEN: Duration = Duration::from_millis(1000);

/// Sets how far the review of the file or node under the cursor is.
pub fn set(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    model.touched = true;
    let state = match action {
        Action::Later => ReviewState::Later,
        Action::Seen => ReviewState::Seen,
        Action::New => ReviewState::New,
        _ => ReviewState::Done,
    };
    if let Some(file) = model.library.file() {
        review(model, file, state, effects);
        model.library.recounted();
        if action == Action::DoneNext {
            finding::step_undone(model);
        } else {
            model.say(Level::Done, state.name());
        }
        return;
    }
    let Some(node) = model.library.node() else { return };
    let tree = model.library.catalog.tree(model.library.kind);
    let count = tree.tally(node).files;
    if model.agreed != Some(action) {
        let question = format!("Set the review of {count} files to {}? y/n", state.name());
        model.prompt = Some(Prompt::Ask { question, action });
        return;
    }
    let mut files: Vec<FileId> = tree.files_under(node).collect();
    files.reverse();
    model.chores.push_back(Chore::Review(files, state));
    model.say(Level::Done, format!("{count} files {}", state.name()));
    if action == Action::DoneNext {
        finding::step_undone(model);
    }
}

fn review(model: &mut Model, file: FileId, state: ReviewState, effects: &mut Vec<Effect>) {
    let review = Review { state, ..model.library.catalog.review(file) };
    effects.push(Effect::Keep(Keep::Reviews(put(model, file, review))));
}

/// Takes it in, and returns the line to keep.
fn put(model: &mut Model, file: FileId, review: Review) -> String {
    let catalog = &mut model.library.catalog;
    let line = Reviews::line(catalog.key(file), &review);
    catalog.set_review(file, review);
    model.library.reviewed(file);
    line
}

/// Asks what is to be said of the file.
pub fn ask(model: &mut Model) {
    match model.library.file() {
        Some(file) => {
            let field = Field::new(&model.library.catalog.review(file).comment);
            model.prompt = Some(Prompt::Comment { field });
        }
        None => model.say(Level::Note, "a comment is of one file"),
    }
}

/// Takes what is said of the file; nothing takes it away.
pub fn say(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    let Some(file) = model.library.file() else { return };
    let comment = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let review = Review { comment: comment.into(), ..model.library.catalog.review(file) };
    effects.push(Effect::Keep(Keep::Reviews(put(model, file, review))));
}

/// The file has been on the screen for a while.
pub fn rested(model: &mut Model, effects: &mut Vec<Effect>) {
    let file = model.tags.as_ref().map(|tags| tags.file);
    let due = model.seen_due.filter(|(_, due)| *due <= model.now);
    let Some((seen, _)) = due else { return };
    model.seen_due = None;
    let new = model.library.catalog.file(seen).is_some_and(|file| file.review == ReviewState::New);
    if file == Some(seen) && new {
        review(model, seen, ReviewState::Seen, effects);
    }
}

/// Begins to wait for that: where somebody went to a file, and not where the cursor stands by itself.
pub fn rest(model: &mut Model) {
    let gone = model.touched || model.focus != Pane::Library;
    let file = model.tags.as_ref().map(|tags| tags.file).filter(|_| gone);
    if file != model.waited {
        model.waited = file;
        model.seen_due = file.map(|file| (file, model.now + SEEN));
    }
}

/// Does some of what takes long.
pub fn work(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(chore) = model.chores.front_mut() else { return };
    let (files, state) = match chore {
        Chore::Recount(files) => (files, None),
        Chore::Review(files, state) => (files, Some(*state)),
    };
    let some = files.split_off(files.len().saturating_sub(STEP));
    if files.is_empty() {
        model.chores.pop_front();
    }
    let mut lines = String::new();
    for file in some.into_iter().rev() {
        match state {
            None => {
                model.library.catalog.recount(file);
                model.library.reviewed(file);
            }
            Some(state) => {
                let review = Review { state, ..model.library.catalog.review(file) };
                lines += &put(model, file, review);
            }
        }
    }
    model.library.recounted();
    if !lines.is_empty() {
        effects.push(Effect::Keep(Keep::Reviews(lines)));
    }
}
