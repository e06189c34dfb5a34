use crate::{
    redact::{Held, Rectangle},
    tui::state::{Areas, Effect, Model, Pane, Preview, Sight, View, hex, label},
};
use std::{sync::Arc, time::Duration};

/// How long a file may take to be read before the panes say so.
const LINGER: Duration = Duration::from_millis(200);

/// Makes everything fit together after a change: what is in sight, and what has to be read for it.
pub fn settle(model: &mut Model, effects: &mut Vec<Effect>) {
    let file = model.library.file();
    if file.is_none() && model.focus == Pane::Preview {
        model.focus = Pane::Tags;
    }
    model.areas = Areas::new(model.size, model.focus, model.zoomed, file.is_none(), model.edges);
    let height = |area: ratatui::layout::Rect| usize::from(area.height.saturating_sub(2));
    let library = &mut model.library;
    library.tree.scroll(height(model.areas.library), 1, &library.rows);
    select(model, effects);
    survey(model);
    match model.views.last_mut() {
        Some(View::Portrait { sitting, .. }) => sitting.step(&model.library.catalog),
        Some(View::Hex(hex)) => {
            let length = hex::per_line(model.areas.body.width) * u64::from(model.areas.body.height);
            let wanted = hex.wanted(length);
            effects.extend(wanted.map(|from| Effect::Peek { path: hex.opened.path.clone(), from }));
        }
        _ => {}
    }
    scroll_tags(model);
    prioritise(model, effects);
    preview(model, effects);
}

/// Asks for the file under the cursor when it is another.
fn select(model: &mut Model, effects: &mut Vec<Effect>) {
    let file = model.library.file();
    if model.tags.as_ref().is_some_and(|tags| Some(tags.file) != file) {
        model.tags = None;
        model.marking.from = None;
        // What was revealed goes at once.
        let shown = model.reveal.focused() && !model.reveal.all();
        model.linger = (file.is_some() && !shown).then(|| model.now + LINGER);
        model.reveal.moved();
    }
    // What files beside it tell is known late.
    let counts = file.and_then(|file| model.library.catalog.file(file)).map(|file| file.counts);
    let wanted = file.zip(counts);
    if model.asked != wanted {
        if model.asked.map(|(asked, _)| asked) != file {
            model.finding_top = 0;
            model.preview.begin();
        }
        model.asked = wanted;
        effects.extend(file.and_then(|file| {
            let path = model.library.path()?;
            let catalog = &model.library.catalog;
            let known = catalog.findings(file).map(|kept| kept.to_finding()).collect();
            Some(Effect::Read { file, path, judged: catalog.judged(file).into(), known })
        }));
    }
}

/// Counts on for the summary while one is to be seen.
fn survey(model: &mut Model) {
    match model.library.node() {
        Some(node) => {
            let (catalog, revision) = (&model.library.catalog, model.library.revision);
            model.surveyor.step(catalog, revision, (model.library.kind, node), model.now);
        }
        None => model.surveyor.leave(),
    }
    if model.surveyed != model.library.node() {
        model.surveyed = model.library.node();
        model.summary_cursor = (0, 0);
    }
}

fn scroll_tags(model: &mut Model) {
    let width = model.areas.tags.width.saturating_sub(2);
    let height = usize::from(model.areas.tags.height.saturating_sub(2));
    let Some(tags) = &model.tags else { return };
    let tall = 1 + label::unfolded(model, tags, width).len();
    let opened = Arc::clone(&tags.opened);
    if let Some(tags) = &mut model.tags {
        let before = tags.seen;
        tags.tree.scroll(height, tall, &*opened);
        let now = (tags.tree.cursor, tags.nth);
        if before != now {
            tags.seen = now;
            model.finding_top = 0;
            model.same = None;
            model.same_due = Some(model.now + Preview::REST * 3);
            if before.0 != now.0 {
                model.reveal.moved();
            }
        }
    }
}

/// Tells the scan which files are in sight.
fn prioritise(model: &mut Model, effects: &mut Vec<Effect>) {
    if !model.progress.is_running() {
        return;
    }
    let files = model.library.files_in_sight(usize::from(model.areas.library.height));
    if files != model.prioritised {
        model.prioritised.clone_from(&files);
        effects.push(Effect::Prioritise(files));
    }
}

/// What is marked in the frame that is looked at, but for what is changed, and what is drawn.
fn rectangles(preview: &Preview, held: Option<&Held>) -> Vec<(Rectangle, bool)> {
    let frame = u64::from(preview.frame);
    let drawing = preview.drawing.as_ref();
    let marked = held.iter().flat_map(|held| held.marks.rectangles());
    let marked =
        marked.filter(|own| own.1.has(frame) && drawing.is_none_or(|drawing| drawing.before != Some(*own)));
    let drawn = drawing.map(|drawing| (drawing.rectangle, true));
    marked.map(|(rectangle, _)| (rectangle, false)).chain(drawn).collect()
}

/// Asks for the picture once the cursor has rested.
fn preview(model: &mut Model, effects: &mut Vec<Effect>) {
    let area = model.areas.image;
    let wanted = model.tags.as_ref().filter(|_| area.width > 4 && area.height > 3).map(|tags| {
        let last = tags.opened.frames().saturating_sub(1);
        model.preview.frame = model.preview.frame.min(last);
        Sight {
            file: tags.file,
            opened: Arc::clone(&tags.opened),
            frame: model.preview.frame,
            looks: model.preview.looks,
            boxes: tags.opened.boxes(model.preview.frame, model.floor),
            rectangles: rectangles(&model.preview, model.marking.of(&model.library.catalog, tags.file)),
            columns: area.width - 2,
            rows: area.height - 2,
            display: model.preview.display(),
        }
    });
    if wanted != model.preview.wanted {
        // What the user changes about a picture that is there is not waited for.
        let same = model.preview.wanted.as_ref().zip(wanted.as_ref()).is_some_and(|(a, b)| a.file == b.file);
        let rest = if same { Duration::ZERO } else { Preview::REST };
        model.preview.due = wanted.is_some().then(|| model.now + rest);
        model.preview.wanted.clone_from(&wanted);
    }
    if model.preview.due.is_some_and(|due| due <= model.now) {
        model.preview.due = None;
        effects.extend(wanted.map(Effect::Draw));
    }
}
