use crate::{
    dicom::frame,
    raster::{Size, Stage, Style},
    text::mask,
    tui::{
        keys::Action,
        state::{Looks, Model, messages::Level},
    },
};
use std::sync::Arc;

/// Looks at the picture in another way.
pub fn act(model: &mut Model, action: Action, count: Option<u32>) {
    let preview = &mut model.preview;
    let times = count.unwrap_or(1);
    let steps = f64::from(times.min(100));
    match action {
        Action::NextFrame => preview.frame = preview.frame.saturating_add(times),
        Action::PreviousFrame => preview.frame = preview.frame.saturating_sub(times),
        Action::Play => {
            preview.playing = !preview.playing;
            preview.next_frame = preview.playing.then_some(model.now);
        }
        Action::NextWindow | Action::PreviousWindow => window(model, action == Action::NextWindow),
        Action::Invert => preview.looks.invert = !preview.looks.invert,
        Action::Overlays => preview.looks.overlays = !preview.looks.overlays,
        Action::Enlarge => preview.looks.zoom(1.5f64.powf(steps)),
        Action::Reduce => preview.looks.zoom(1.5f64.powf(-steps)),
        Action::PanLeft => pan(model, -1.0, 0.0, steps),
        Action::PanRight => pan(model, 1.0, 0.0, steps),
        Action::PanUp => pan(model, 0.0, -1.0, steps),
        Action::PanDown => pan(model, 0.0, 1.0, steps),
        Action::NextBox => text(model, true, times as usize),
        Action::PreviousBox => text(model, false, times as usize),
        Action::NextEdge => edge(model, times as usize),
        Action::Probe => probe(model),
        _ => {
            preview.looks = Looks::default();
            (preview.text, preview.edge) = (None, None);
        }
    }
}

fn window(model: &mut Model, forward: bool) {
    model.preview.next_window(forward);
    let names = model.preview.picture.as_ref().map(|picture| Arc::clone(&picture.windows));
    let name = model.preview.looks.window.and_then(|at| names?.get(at).cloned());
    model.say(Level::Note, format!("window: {}", name.unwrap_or_else(|| "as the file says".to_owned())));
}

/// The probed pixel where there is one, else what is seen.
fn pan(model: &mut Model, right: f64, down: f64, steps: f64) {
    let looks = &mut model.preview.looks;
    let extent = model.tags.as_ref().and_then(|tags| tags.opened.extent());
    match extent.filter(|_| looks.probe.is_some()) {
        Some(extent) => looks.move_probe((right * steps) as i64, (down * steps) as i64, extent),
        None => looks.pan(right * steps, down * steps),
    }
}

/// The picture that is looked at, and the cells that it has.
fn stage(model: &Model) -> Option<Stage> {
    let opened = &model.tags.as_ref()?.opened;
    let (columns, rows) = opened.extent()?;
    let area = model.areas.image;
    let size = Size { columns: area.width.checked_sub(2)?, rows: area.height.checked_sub(2)? };
    let aspect = frame::aspect(&opened.reading, model.preview.frame);
    let stage = Stage { columns, rows, aspect, size, cell_aspect: Style::default().cell_aspect };
    (size.columns > 0 && size.rows > 0).then_some(stage)
}

/// Pixels that a cell shows, across and down; at least one.
pub fn cell(model: &Model) -> (i64, i64) {
    let Some(stage) = stage(model) else { return (1, 1) };
    let (across, down) = stage.cells_a_pixel(model.preview.looks.zoom);
    let pixels = |cells: f64| ((1.0 / cells.max(1e-6)).round() as i64).max(1);
    (pixels(across), pixels(down))
}

/// To the next text in the image, whatever its frame, round and round.
fn text(model: &mut Model, forward: bool, times: usize) {
    let texts = model.tags.as_ref().map(|tags| tags.opened.texts(model.floor)).unwrap_or_default();
    let Some(count) = texts.len().checked_sub(1).map(|last| last + 1) else {
        return model.say(Level::Note, "no text is seen in this image");
    };
    let times = times % count;
    let at = match (model.preview.text, forward) {
        (None, true) => times.saturating_sub(1),
        (None, false) => (count - times) % count,
        (Some(at), true) => (at + times) % count,
        (Some(at), false) => (at + count - times) % count,
    };
    let Some(region) = texts.get(at) else { return };
    (model.preview.text, model.preview.frame) = (Some(at), region.frame);
    if let Some(stage) = stage(model) {
        model.preview.looks.look_at(stage.onto([region.x, region.y, region.w, region.h]));
        let read = model.tags.as_ref().map(|tags| mask(tags.opened.read_at(*region))).unwrap_or_default();
        let said = if read.is_empty() { String::new() } else { format!(": {read}") };
        model.say(Level::Note, format!("text {} of {count}: {region}{said}", at + 1));
    } else {
        model.say(Level::Note, "the image is not on the screen; zoom its pane");
    }
}

fn edge(model: &mut Model, times: usize) {
    let Some(stage) = stage(model) else { return };
    let edges = stage.edges();
    let at = model.preview.edge.map_or(times.saturating_sub(1), |at| at + times) % edges.len().max(1);
    let Some(part) = edges.get(at) else { return };
    model.preview.edge = Some(at);
    model.preview.looks.look_at(stage.part(*part));
    model.say(Level::Note, format!("border, part {} of {}", at + 1, edges.len()));
}

/// Begins in the middle of what is seen.
fn probe(model: &mut Model) {
    let extent = model.tags.as_ref().and_then(|tags| tags.opened.extent());
    let looks = &mut model.preview.looks;
    let at = |share: f64, of: u32| ((share * f64::from(of)) as u32).min(of.saturating_sub(1));
    looks.probe = match (looks.probe, extent) {
        (None, Some((columns, rows))) => Some((at(looks.center.0, columns), at(looks.center.1, rows))),
        _ => None,
    };
}
