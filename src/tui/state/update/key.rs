use super::{act, redaction, review, stand};
use crate::tui::{
    keys::{Action, Chord, Key, Outcome, action},
    state::{Edit, Effect, Filter, Model, Pane, Pattern, Prompt, fuzzy},
};
use std::time::Duration;

/// How long a digit waits for what it counts.
const COUNT_WAITS: Duration = Duration::from_millis(450);

/// Takes a key press.
pub fn press(model: &mut Model, chord: Chord, effects: &mut Vec<Effect>) {
    model.reveal.touch(model.now);
    if model.blank {
        blanked(model, chord, effects);
    } else if model.prompt.is_some() {
        prompt(model, chord, effects);
    } else {
        command(model, chord, effects);
    }
}

/// On a blank screen only what leaves it, or the program, has a meaning.
fn blanked(model: &mut Model, chord: Chord, effects: &mut Vec<Effect>) {
    let context = model.context();
    match model.pending.press(chord, context, &model.keymap) {
        Outcome::Do(action @ (Action::Blank | Action::Quit | Action::Suspend | Action::Redraw), count) => {
            act::act(model, action, count, effects);
        }
        _ if chord.key == Key::Esc => model.blank = false,
        _ => {}
    }
}

fn command(model: &mut Model, chord: Chord, effects: &mut Vec<Effect>) {
    let context = model.context();
    let begun = !model.pending.is_empty();
    let outcome = model.pending.press(chord, context, &model.keymap);
    model.pending_until = model.pending.may_expire().then(|| model.now + COUNT_WAITS);
    match outcome {
        Outcome::Do(action, count) => act::act(model, action, count, effects),
        Outcome::Wait => {}
        // What Esc leaves where it means nothing else: the search, then the zoom.
        Outcome::Nothing if chord.key == Key::Esc && !begun => {
            if !model.pattern.is_empty() {
                model.pattern = Pattern::default();
                search(model);
            } else if model.zoomed {
                model.zoomed = false;
            } else {
                model.focus = Pane::Library;
            }
        }
        Outcome::Nothing => {}
    }
}

fn prompt(model: &mut Model, chord: Chord, effects: &mut Vec<Effect>) {
    if let Some(Prompt::Ask { action, .. }) = model.prompt {
        model.prompt = None;
        if chord.key == Key::Char('y') {
            model.agreed = Some(action);
            act::act(model, action, None, effects);
            model.agreed = None;
        }
        return;
    }
    if palette_moved(model, chord) {
        return;
    }
    let Some(edit) = model.prompt.as_mut().and_then(Prompt::field).map(|field| field.press(chord)) else {
        return;
    };
    match edit {
        Edit::Kept => {}
        Edit::Changed => edited(model),
        Edit::Cancelled => cancel(model),
        Edit::Accepted => accept(model, effects),
    }
}

/// What is typed takes effect while it is typed.
pub fn edited(model: &mut Model) {
    match &mut model.prompt {
        Some(Prompt::Search { field, from }) => {
            model.pattern = Pattern::new(field.text());
            let from = *from;
            search(model);
            if let Some(tags) = &mut model.tags
                && model.focus != Pane::Library
            {
                match tags.next_match(from.saturating_sub(1), true) {
                    Some(line) if !model.pattern.is_empty() => tags.go(line),
                    _ => tags.go(from),
                }
            }
        }
        Some(Prompt::Palette { cursor, .. }) => *cursor = 0,
        Some(_) | None => {}
    }
}

fn cancel(model: &mut Model) {
    if let Some(Prompt::Search { from, .. }) = model.prompt.take() {
        model.pattern = Pattern::default();
        search(model);
        if let Some(tags) = &mut model.tags
            && model.focus != Pane::Library
        {
            tags.go(from);
        }
    }
}

fn accept(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.prompt.take() {
        Some(Prompt::Search { field, .. }) => {
            model.pattern = Pattern::new(field.text());
            search(model);
            if model.focus == Pane::Library {
                act::act(model, Action::SearchNext, None, effects);
            }
        }
        Some(Prompt::Filter { field }) => {
            let filter = Filter::parse(field.text());
            model.library.filter(filter);
        }
        Some(Prompt::Palette { field, cursor }) => {
            let actions = palette(model, field.text());
            if let Some(action) = actions.get(cursor).copied() {
                act::act(model, action, None, effects);
            }
        }
        Some(Prompt::Reason { field, group }) => stand::accept(model, field.text(), group, effects),
        Some(Prompt::Comment { field }) => review::say(model, field.text(), effects),
        Some(Prompt::Out { field, write }) => redaction::accept_out(model, field.text(), write, effects),
        Some(Prompt::Key { field }) => redaction::accept_key(model, field.text()),
        Some(Prompt::Ask { .. }) | None => {}
    }
}

/// Looks for the pattern in the open file.
pub fn search(model: &mut Model) {
    if let Some(tags) = &mut model.tags {
        tags.search(&model.pattern);
    }
}

fn palette_moved(model: &mut Model, chord: Chord) -> bool {
    let Some(Prompt::Palette { field, cursor }) = &model.prompt else { return false };
    let (text, at) = (field.text().to_owned(), *cursor);
    let count = palette(model, &text).len();
    let Some(Prompt::Palette { cursor, .. }) = &mut model.prompt else { return false };
    match (chord.key, chord.ctrl) {
        (Key::Down, _) | (Key::Char('n' | 'j'), true) | (Key::Tab, false) => {
            *cursor = (at + 1).min(count.saturating_sub(1));
        }
        (Key::Up, _) | (Key::Char('p' | 'k'), true) => *cursor = at.saturating_sub(1),
        _ => return false,
    }
    true
}

/// The actions that make sense where the palette was opened and match what was typed, the best first.
pub fn palette(model: &Model, typed: &str) -> Vec<Action> {
    let scopes = model.context().scopes();
    let fits =
        action::TABLE.iter().filter(|entry| scopes.contains(&entry.scope) && entry.action != Action::Palette);
    let scored = fits.filter_map(|entry| {
        let name = fuzzy(typed, entry.name).map(|score| score + 200);
        let doc = fuzzy(typed, entry.doc).filter(|_| entry.doc.contains(typed.trim()));
        name.max(doc).map(|score| (score, entry.action))
    });
    let mut scored: Vec<(u32, Action)> = scored.collect();
    if !typed.trim().is_empty() {
        scored.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
    }
    scored.into_iter().map(|(_, action)| action).collect()
}
