//! Rectangles in the picture: drawn, changed, proposed, marked.

use super::mark;
use crate::{
    library::{FileId, TreeKind},
    redact::{Action as Code, Change, Frames, Rectangle, Spot},
    standard::pixel_regions,
    text::counted,
    tui::{
        keys::Action,
        state::{
            Drawing, Effect, Level, Model,
            drawing::{Device, Measure, Measured, Offer, Source},
        },
    },
};

/// Files with rectangles that are looked at for those that are like this one.
const MOST: usize = 200;

pub fn act(model: &mut Model, action: Action, count: Option<u32>, effects: &mut Vec<Effect>) {
    let times = count.unwrap_or(1);
    if action == Action::Draw {
        return begin(model, effects);
    }
    if model.preview.drawing.is_none() {
        return model.say(Level::Note, "no rectangle is drawn");
    }
    match action {
        Action::RectangleStep => with(model, |drawing| drawing.fine = !drawing.fine),
        Action::RectangleFrames => {
            let now = model.preview.frame;
            with(model, |drawing| {
                drawing.frames =
                    if drawing.frames == Frames::All { Frames::Only(now, now) } else { Frames::All };
            });
        }
        Action::RectangleUntil => {
            let now = model.preview.frame;
            with(model, |drawing| {
                drawing.frames = match drawing.frames {
                    Frames::All => Frames::Only(now, now),
                    Frames::Only(first, last) => Frames::Only(first.min(now), last.max(now)),
                };
            });
        }
        Action::RectangleNext | Action::RectanglePrevious => {
            offer(model, action == Action::RectangleNext, times)
        }
        Action::RectangleSet => set(model, effects),
        Action::RectangleSeries => series(model, effects),
        Action::RectangleDrop => drop_mark(model, effects),
        Action::RectangleLeave => model.preview.drawing = None,
        _ => step(model, action, times),
    }
}

fn with(model: &mut Model, change: impl FnOnce(&mut Drawing)) {
    if let Some(drawing) = &mut model.preview.drawing {
        change(drawing);
    }
}

/// In the middle of what is seen, or round the text that is looked at.
fn begin(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some((extent, file)) = model.tags.as_ref().and_then(|tags| Some((tags.opened.extent()?, tags.file)))
    else {
        return model.say(Level::Note, "there is no image to draw in");
    };
    let looks = model.preview.looks;
    let part = |center: f64, of: u32| {
        let length = ((f64::from(of) / looks.zoom / 4.0) as u32).clamp(1, of.max(1));
        (((center * f64::from(of)) as u32).saturating_sub(length / 2).min(of.saturating_sub(length)), length)
    };
    let ((x, w), (y, h)) = (part(looks.center.0, extent.0), part(looks.center.1, extent.1));
    let mut drawing = Drawing::new(Rectangle { x, y, w, h });
    offers(model, &mut drawing, extent);
    if let (Some(tags), Some(at)) = (&model.tags, model.preview.text)
        && let Some(region) = tags.opened.texts(model.floor).get(at)
    {
        drawing.rectangle = Rectangle::around(*region);
        drawing.size(0, 0, extent);
    }
    let count = drawing.offers.len();
    model.preview.drawing = Some(drawing);
    let key = model.keymap.key(Action::RectangleNext);
    if count > 0 {
        model.say(Level::Note, format!("{}: {key}", counted(count, "proposal")));
    }
    let catalog = &model.library.catalog;
    let marked = model.marking.book.files().filter(|(_, held)| held.marks.rectangles().next().is_some());
    let mut files: Vec<_> =
        marked.filter_map(|(key, _)| catalog.marked_file(key)).filter(|id| *id != file).collect();
    files.sort_unstable();
    files.truncate(MOST);
    if !files.is_empty() {
        let files = files.into_iter().map(|id| (id, catalog.path(id))).collect();
        effects.push(Effect::Measure(Measure { files, of: file, changes: Vec::new() }));
    }
}

/// What is known at once.
fn offers(model: &Model, drawing: &mut Drawing, extent: (u32, u32)) {
    let Some(tags) = &model.tags else { return };
    let held = model.marking.of(&model.library.catalog, tags.file);
    for (rectangle, frames) in held.iter().flat_map(|held| held.marks.rectangles()) {
        drawing.offer(Offer { rectangle, frames, from: Source::Marked }, extent);
    }
    let frames = Frames::All;
    for region in tags.opened.texts(model.floor) {
        drawing.offer(Offer { rectangle: Rectangle::around(region), frames, from: Source::Text }, extent);
    }
    for region in pixel_regions(&tags.opened.reading) {
        let rectangle = Rectangle { x: region.x, y: region.y, w: region.width, h: region.height };
        drawing.offer(Offer { rectangle, frames, from: Source::Device }, extent);
    }
}

fn offer(model: &mut Model, forward: bool, times: u32) {
    let Some(drawing) = &mut model.preview.drawing else { return };
    let Some(offer) = drawing.take(forward, times as usize) else {
        return model.say(Level::Note, "nothing is proposed for this image");
    };
    let (at, count) = (drawing.offer.unwrap_or(0) + 1, drawing.offers.len());
    if let Frames::Only(first, _) = offer.frames
        && !offer.frames.has(model.preview.frame.into())
    {
        model.preview.frame = first;
    }
    model.say(Level::Note, format!("{at} of {count}: {}", offer.from.name()));
    follow(model);
}

fn step(model: &mut Model, action: Action, times: u32) {
    let Some(extent) = model.tags.as_ref().and_then(|tags| tags.opened.extent()) else { return };
    let (across, down) = super::image::cell(model);
    let Some(drawing) = &mut model.preview.drawing else { return };
    let times = i64::from(times.min(10_000));
    let (across, down) = if drawing.fine { (times, times) } else { (across * times, down * times) };
    match action {
        Action::RectangleLeft => drawing.shift(-across, 0, extent),
        Action::RectangleRight => drawing.shift(across, 0, extent),
        Action::RectangleUp => drawing.shift(0, -down, extent),
        Action::RectangleDown => drawing.shift(0, down, extent),
        Action::RectangleWider => drawing.size(across, 0, extent),
        Action::RectangleNarrower => drawing.size(-across, 0, extent),
        Action::RectangleTaller => drawing.size(0, down, extent),
        _ => drawing.size(0, -down, extent),
    }
    follow(model);
}

/// Has what is seen go with the rectangle.
fn follow(model: &mut Model) {
    let extent = model.tags.as_ref().and_then(|tags| tags.opened.extent());
    let Some((Rectangle { x, y, w, h }, (columns, rows))) =
        model.preview.drawing.as_ref().map(|drawing| drawing.rectangle).zip(extent)
    else {
        return;
    };
    let share =
        |at: u32, length: u32, of: u32| (f64::from(at) + f64::from(length) / 2.0) / f64::from(of.max(1));
    model.preview.looks.keep_in_sight(share(x, w, columns), share(y, h, rows));
}

/// What marking it comes to: what it is in place of goes.
fn changes(drawing: &Drawing) -> Vec<Change> {
    let now = (drawing.rectangle, drawing.frames);
    let gone = drawing.before.filter(|before| *before != now);
    let gone = gone.map(|(rectangle, frames)| Change { spot: Spot::Pixels(rectangle, frames), action: None });
    let mark = Change { spot: Spot::Pixels(now.0, now.1), action: Some(Code::Remove) };
    gone.into_iter().chain([mark]).collect()
}

fn set(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(file) = model.tags.as_ref().map(|tags| tags.file) else { return };
    let Some(drawing) = model.preview.drawing.take() else { return };
    mark::commit(model, vec![(file, changes(&drawing))], effects);
}

/// Takes the mark away that is changed; what is only drawn is given up.
fn drop_mark(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(file) = model.tags.as_ref().map(|tags| tags.file) else { return };
    let Some((rectangle, frames)) = model.preview.drawing.take().and_then(|drawing| drawing.before) else {
        return;
    };
    let change = Change { spot: Spot::Pixels(rectangle, frames), action: None };
    mark::commit(model, vec![(file, vec![change])], effects);
}

/// Once somebody agreed, and it is known how large the images of the series are.
fn series(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(file) = model.tags.as_ref().map(|tags| tags.file) else { return };
    let catalog = &model.library.catalog;
    let Some(node) = catalog.node(TreeKind::Patients, file) else {
        return model.say(Level::Note, "the file has no place among patients yet");
    };
    let what = "Mark the rectangle in all images as large as this one, of";
    let Some(files) = mark::agreed(model, Action::RectangleSeries, node, TreeKind::Patients, what) else {
        return;
    };
    let Some(drawing) = model.preview.drawing.take() else { return };
    measure(model, files, file, changes(&drawing), effects);
}

/// Has the images looked at, so that those can be marked that are as large as one of them.
pub fn measure(
    model: &mut Model,
    files: Vec<FileId>,
    of: FileId,
    changes: Vec<Change>,
    effects: &mut Vec<Effect>,
) {
    let catalog = &model.library.catalog;
    let files = files.into_iter().map(|id| (id, catalog.path(id))).collect();
    effects.push(Effect::Measure(Measure { files, of, changes }));
    model.say(Level::Note, "looking how large the images are");
}

/// Images were looked at: those as large as the one that was drawn in are marked, or like ones propose their marks.
pub fn measured(model: &mut Model, measured: Measured, effects: &mut Vec<Effect>) {
    let Measured { files, asked, of, changes } = measured;
    if changes.is_empty() {
        return alike(model, of, files);
    }
    if files.len() < asked {
        return model.say(Level::Warning, "nothing marked: something else was read meanwhile; draw it again");
    }
    let own = files.iter().find(|(id, _)| *id == of).and_then(|(_, device)| device.clone());
    let Some(own) = own else {
        return model.say(Level::Warning, "nothing marked: the image cannot be read any more");
    };
    let all = files.len();
    let same =
        files.into_iter().filter(|(_, device)| device.as_ref().is_some_and(|other| own.is_as_large(other)));
    let marked: Vec<_> = same.map(|(id, _)| (id, changes.clone())).collect();
    let (count, others) = (marked.len(), all - marked.len());
    mark::commit(model, marked, effects);
    let mut text = format!("marked in {}", counted(count, "image"));
    if others > 0 {
        text += &format!("; {others} of another size, or no images");
    }
    model.say(Level::Done, text);
}

fn alike(model: &mut Model, of: FileId, files: Vec<(FileId, Option<Device>)>) {
    let Some(tags) = model.tags.as_ref().filter(|tags| tags.file == of) else { return };
    let (Some(own), Some(extent)) = (Device::of(&tags.opened.reading), tags.opened.extent()) else { return };
    let Some(drawing) = &mut model.preview.drawing else { return };
    let before = drawing.offers.len();
    for (id, _) in files.into_iter().filter(|(_, device)| device.as_ref() == Some(&own)) {
        let held = model.marking.of(&model.library.catalog, id);
        for (rectangle, frames) in held.iter().flat_map(|held| held.marks.rectangles()) {
            drawing.offer(Offer { rectangle, frames, from: Source::Alike }, extent);
        }
    }
    let count = drawing.offers.len();
    if count > before {
        let key = model.keymap.key(Action::RectangleNext);
        model.say(Level::Note, format!("{count} proposals, {} from like images: {key}", count - before));
    }
}
