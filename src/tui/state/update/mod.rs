//! The one writer of the model.

mod act;
mod draw;
mod film;
mod finding;
mod image;
mod key;
mod mark;
mod mouse;
mod moves;
mod redaction;
mod review;
mod settle;
mod stand;
mod views;

use super::{Effect, Field, Model, Msg, Standing, Tags, View, messages::Level};
use crate::library::{Event, Found, WatchEvent};
pub use key::palette;
use std::time::Duration;

/// Takes what happened at `now`, and says what is to be done.
pub fn update(model: &mut Model, now: Duration, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    model.now = model.now.max(now);
    let typed = matches!(
        msg,
        Msg::Pressed(_) | Msg::Pasted(_) | Msg::Clicked(..) | Msg::Wheeled { .. } | Msg::Resized(..)
    );
    if typed || model.linger.is_some_and(|until| until <= model.now) {
        model.linger = None;
    }
    match msg {
        Msg::Pressed(chord) => key::press(model, chord, &mut effects),
        Msg::Pasted(text) => {
            if let Some(field) = model.prompt.as_mut().and_then(super::Prompt::field) {
                field.insert(&text);
                key::edited(model);
            }
        }
        Msg::Clicked(x, y) => mouse::click(model, x, y, &mut effects),
        Msg::Wheeled { x, y, down } => mouse::wheel(model, x, y, down),
        Msg::Resized(width, height) => model.size = (width, height),
        Msg::Shows(display) => model.preview.display = display,
        Msg::Scanned(event) => scanned(model, event, &mut effects),
        Msg::Watched(event) => watched(model, event, &mut effects),
        Msg::Opened { file, opened } if model.library.file() == Some(file) => {
            let standing = Standing::of(&model.library.catalog, file, &opened);
            let mut tags = match model.tags.take() {
                Some(tags) if tags.file == file => tags.renewed(opened, standing, model.floor),
                _ => Tags::new(file, opened, standing, model.floor),
            };
            tags.search(&model.pattern);
            model.tags = Some(tags);
            model.library.look_at(file);
            finding::follow(model);
            model.same_due = Some(model.now);
        }
        Msg::Opened { .. } => {}
        Msg::Drawn(picture) => {
            if model.preview.wanted.as_ref() == Some(&picture.sight) {
                model.preview.picture = Some(picture);
            }
        }
        Msg::Peeked(peeked) => {
            if let Some(View::Hex(hex)) = model.views.last_mut() {
                hex.take(peeked);
            }
        }
        Msg::Gathered(gathered) => {
            if let Some(View::Pivot(pivot)) = model.views.last_mut() {
                pivot.take(gathered);
            }
        }
        Msg::Redacting { number, progress } => redaction::progressed(model, number, progress),
        Msg::Redacted { number, result } => redaction::ended(model, number, result),
        Msg::Measured(measured) => draw::measured(model, measured, &mut effects),
        Msg::Paired(pair) => redaction::paired(model, pair),
        Msg::Browsed(Ok(())) => effects.push(Effect::Redraw),
        Msg::Browsed(Err(why)) => {
            effects.push(Effect::Redraw);
            model.say(Level::Warning, format!("the copies could not be opened: {why}"));
        }
        Msg::Failed(place) => model.say(Level::Warning, format!("a defect of the program, at {place}")),
        Msg::Copied(Ok(())) => model.say(Level::Done, "copied"),
        Msg::Copied(Err(why)) => model.say(Level::Warning, format!("not copied: {why}")),
        Msg::Edited(Ok(())) => effects.push(Effect::Redraw),
        Msg::Edited(Err(why)) => {
            effects.push(Effect::Redraw);
            model.say(Level::Warning, format!("the editor could not be used: {why}"));
        }
        Msg::Unkept(why) => model.say(Level::Warning, format!("not kept for the next time: {why}")),
        Msg::Continued => effects.push(Effect::Redraw),
        Msg::Woken => {}
    }
    woken(model, &mut effects);
    settle::settle(model, &mut effects);
    review::rest(model);
    effects
}

fn scanned(model: &mut Model, event: Event, effects: &mut Vec<Effect>) {
    let mut read = Vec::new();
    match &event {
        Event::Found(files) => {
            model.progress.found(files.len());
            model.arrivals.found(files);
        }
        Event::Crawled => {
            model.progress.crawled = true;
            effects.extend(model.arrivals.known().map(Effect::Follow));
        }
        Event::Reports(reports) => {
            model.progress.read(reports.len(), model.now);
            read.extend(reports.iter().map(|(file, _)| *file));
        }
        Event::Finished => {
            model.progress.finish(model.now);
            let read = model.progress.read;
            model.say(Level::Done, format!("{read} files read"));
        }
    }
    let is_over = matches!(event, Event::Finished);
    let first = model.library.rows.get(0).is_none();
    let known = model.library.catalog.len();
    model.library.take(event);
    let arrived = model.arrivals.read(read.into_iter(), &model.library.catalog);
    // What is on the screen is of the file as it was.
    if model.asked.is_some_and(|(asked, _)| arrived.contains(&asked)) {
        model.asked = None;
    }
    // What somebody has seen folded or unfolded and moved over stays so.
    if !model.touched {
        model.library.unfold_alone();
    }
    if first {
        model.library.lay_out();
    }
    if is_over {
        let read = model.arrivals.scanned(&mut model.library.catalog, model.now);
        read_arrived(model, read, effects);
    }
    resume(model, known);
}

fn read_arrived(model: &mut Model, files: Vec<Found>, effects: &mut Vec<Effect>) {
    if files.is_empty() {
        return;
    }
    if model.progress.is_running() {
        model.progress.found(files.len());
    }
    effects.push(Effect::ReadArrived(files));
}

fn watched(model: &mut Model, event: WatchEvent, effects: &mut Vec<Effect>) {
    match event {
        WatchEvent::State(state) => {
            let before = model.arrivals.state.replace(state.clone());
            // It is listed, where somebody expects events.
            if before.is_none_or(|before| before.means != state.means) && !state.why.is_empty() {
                model.say(Level::Note, state.to_string());
            }
        }
        WatchEvent::Changes(changes) => {
            let (read, gone) = model.arrivals.apply(changes, &mut model.library.catalog, model.now);
            model.library.left(&gone);
            read_arrived(model, read, effects);
        }
    }
}

/// Goes to where somebody was the last time, as soon as it is there. `known` files were looked at for it.
fn resume(model: &mut Model, known: usize) {
    let Some(mut place) = model.resume.take() else { return };
    let is_all = !model.progress.is_running() && !model.library.filtered.is_behind(&model.library.catalog);
    if !place.go(model, known) && !is_all {
        model.resume = Some(place);
    }
}

/// Does what was waiting for this time.
fn woken(model: &mut Model, effects: &mut Vec<Effect>) {
    let now = model.now;
    if model.pending_until.is_some_and(|due| due <= now) {
        model.pending_until = None;
        let context = model.context();
        if let Some(action) = model.pending.expire(context, &model.keymap) {
            act::act(model, action, None, effects);
        }
    }
    if model.reveal.expire(now) {
        model.say(Level::Note, "values are masked again");
    }
    if model.same_due.is_some_and(|due| due <= now) {
        model.same_due = None;
        model.same = finding::same(model).map(|(files, at)| (files.len(), at + 1));
    }
    if let Some(said) = model.arrivals.said(now) {
        model.say(Level::Note, said.text);
        effects.extend(said.leaks.then_some(Effect::Ring));
    }
    review::rested(model, effects);
    review::work(model, effects);
    film::play(model);
    model.progress.wake(now);
    model.redaction.iter_mut().for_each(|redaction| redaction.wake(now));
    model.library.lay_out_in_time(now);
    resume(model, model.library.catalog.len());
}

/// A field that begins with what is searched for now.
fn field() -> Field {
    Field::default()
}
