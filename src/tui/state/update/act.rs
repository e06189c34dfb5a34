use super::{draw, field, finding, image, mark, moves, redaction, review, stand, views};
use crate::{
    leak::Severity,
    library::TreeKind,
    tui::{
        keys::Action,
        state::{self, Edges, Effect, Model, Pane, Prompt, Sitting, Target, View, messages::Level},
    },
};

/// Does an action; `count` is how often, or which line.
pub fn act(model: &mut Model, action: Action, count: Option<u32>, effects: &mut Vec<Effect>) {
    use Action::*;
    let times = count.map_or(1, |count| count as usize);
    match action {
        Quit => quit(model, effects),
        Suspend => effects.push(Effect::Suspend),
        Redraw => effects.push(Effect::Redraw),
        StopScan => effects.push(Effect::StopScan),
        Blank => blank(model),
        Close => close(model, effects),
        Help | Messages | Portrait => view(model, action),
        Redact | WriteCopies | StopCopies | OpenCopies => redaction::act(model, action, effects),
        NextSame => finding::step_same(model, true, times),
        PreviousSame => finding::step_same(model, false, times),
        Hex => views::hex(model),
        Compare => views::compare(model),
        Pivot => views::pivot(model, false, effects),
        PivotGroup => views::pivot(model, true, effects),
        Widen => views::widen(model, effects),
        Acknowledge => stand::toggle(model, false, effects),
        AcknowledgeGroup => stand::toggle(model, true, effects),
        DoneNext | Done | Later | Seen | New => review::set(model, action, effects),
        Comment => review::ask(model),
        Mark | MarkRemove | MarkEmpty | MarkDummy | MarkClean | MarkUid | MarkKeep | Unmark | MarkRange
        | MarkSeries | MarkStudy | MarkPatient | MarkFolder | MarkFindings | MarkProfile | MarkUndo
        | MarkRedo | Marks => mark::act(model, action, effects),
        Summary => summary(model),
        Palette => model.prompt = Some(Prompt::Palette { field: field(), cursor: 0 }),
        Search => {
            let from = model.tags.as_ref().map_or(0, |tags| tags.tree.cursor);
            model.prompt = Some(Prompt::Search { field: field(), from });
        }
        Filter => {
            model.prompt = Some(Prompt::Filter { field: model.library.filtered.filter.field() });
        }
        ClearFilter => model.library.filter(state::Filter::default()),
        FocusNext => focus(model, times),
        FocusPrevious => focus(model, 2 * times),
        Zoom => model.zoomed = !model.zoomed,
        Wider | Narrower | Taller | Shorter => resize(model, action, times),
        ResetLayout => (model.edges, model.zoomed) = (Edges::default(), false),
        FloorInfo => floor(model, Severity::Info),
        FloorLow => floor(model, Severity::Low),
        FloorMedium => floor(model, Severity::Medium),
        FloorHigh => floor(model, Severity::High),
        FloorCritical => floor(model, Severity::Critical),
        Reveal => model.reveal.toggle_one(),
        RevealAll => {
            model.reveal.toggle_all(model.now);
            if model.reveal.all() {
                model.say(Level::Note, "all values are shown until nothing is pressed for a minute");
            }
        }
        NextFinding => finding::step(model, true, times),
        PreviousFinding => finding::step(model, false, times),
        NextFile => finding::step_file(model, true, times),
        PreviousFile => finding::step_file(model, false, times),
        SearchNext => finding::step_match(model, true, times),
        SearchPrevious => finding::step_match(model, false, times),
        CopyTag | CopyKeyword | CopyPath | CopyValue => copy(model, action, effects),
        Edit => effects.extend(finding::dump(model).map(Effect::Edit)),
        Theme => {
            model.theme = (model.theme + times) % model.themes.len().max(1);
            let name = model.themes.get(model.theme).cloned().unwrap_or_default();
            model.say(Level::Note, format!("theme {name}"));
            effects.push(Effect::Redraw);
        }
        SwitchTree => model.library.switch(),
        Sort => {
            let order = model.library.order.next();
            model.library.reorder(order, model.library.reverse);
        }
        SortReverse => {
            let reverse = !model.library.reverse;
            model.library.reorder(model.library.order, reverse);
        }
        FindingsOnly => {
            let floor = model.floor;
            model.tags.iter_mut().for_each(|tags| tags.toggle_findings_only(floor));
        }
        WrapValues => model.tags.iter_mut().for_each(|tags| tags.wrapped = !tags.wrapped),
        NextFrame | PreviousFrame | Play | NextWindow | PreviousWindow | Invert | Overlays | Enlarge
        | Reduce | WholeImage | PanLeft | PanRight | PanUp | PanDown | NextBox | PreviousBox | NextEdge
        | Probe => image::act(model, action, count),
        Draw | RectangleLeft | RectangleRight | RectangleUp | RectangleDown | RectangleWider
        | RectangleNarrower | RectangleTaller | RectangleShorter | RectangleStep | RectangleFrames
        | RectangleUntil | RectangleNext | RectanglePrevious | RectangleSet | RectangleSeries
        | RectangleDrop | RectangleLeave => draw::act(model, action, count, effects),
        Open => open(model, effects),
        _ => moves::step(model, action, count),
    }
}

/// What is being written would be lost.
fn quit(model: &mut Model, effects: &mut Vec<Effect>) {
    let writing = model.redaction.as_ref().is_some_and(|redaction| redaction.is_writing());
    if writing && model.agreed != Some(Action::Quit) {
        let question = "Copies are being written. Stop that, and quit? y/n".to_owned();
        model.prompt = Some(Prompt::Ask { question, action: Action::Quit });
        return;
    }
    effects.push(Effect::Quit);
}

fn close(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(View::Redaction) = model.views.pop() {
        redaction::closed(model, effects);
    }
}

fn blank(model: &mut Model) {
    model.blank = !model.blank;
    model.prompt = None;
    model.reveal.mask_all();
}

/// The summary of what holds the line under the cursor.
fn summary(model: &mut Model) {
    model.touched = true;
    let shown = model.library.node().is_some() && model.focus == Pane::Tags;
    if model.library.file().is_some() || shown {
        model.library.tree.parent(&model.library.rows);
    }
    model.focus = Pane::Tags;
}

fn view(model: &mut Model, action: Action) {
    let view = match action {
        Action::Help => View::Help { top: 0, of: model.context() },
        Action::Messages => View::Messages { top: 0 },
        _ => match patient(model) {
            Some(sitting) => View::Portrait { top: 0, sitting: Box::new(sitting) },
            None => return model.say(Level::Note, "no patient here: choose a file or a patient"),
        },
    };
    // The key that opens a view closes it, too.
    let same = |open: &View| std::mem::discriminant(open) == std::mem::discriminant(&view);
    if model.views.last().is_some_and(same) {
        model.views.pop();
    } else {
        model.views.retain(|open| !same(open));
        model.views.push(view);
    }
}

/// Who the file or node under the cursor is of.
fn patient(model: &Model) -> Option<Sitting> {
    let catalog = &model.library.catalog;
    let node = match (model.library.file(), model.library.kind) {
        (Some(file), _) => catalog.node(TreeKind::Patients, file)?,
        (None, TreeKind::Patients) => model.library.node()?,
        (None, TreeKind::Folders) => {
            // A folder that holds one patient only speaks for that patient.
            let files = catalog.tree(TreeKind::Folders).files_under(model.library.node()?).take(5000);
            let mut patients = files
                .filter_map(|file| Sitting::patient(catalog, catalog.node(TreeKind::Patients, file)?))
                .collect::<Vec<_>>();
            patients.dedup();
            match patients.as_slice() {
                [only] => *only,
                _ => return None,
            }
        }
    };
    Some(Sitting::new(catalog, Sitting::patient(catalog, node)?))
}

fn focus(model: &mut Model, steps: usize) {
    let panes: &[Pane] = match model.library.file() {
        Some(_) => &Pane::ALL,
        None => &[Pane::Library, Pane::Tags],
    };
    let at = panes.iter().position(|pane| *pane == model.focus).unwrap_or(0);
    let steps = if panes.len() == 2 { steps % 2 } else { steps };
    model.focus = panes.get((at + steps) % panes.len()).copied().unwrap_or_default();
}

/// Moves the edge of the focused pane that gives it the room.
fn resize(model: &mut Model, action: Action, times: usize) {
    let step = Edges::STEP * i16::try_from(times.min(10)).unwrap_or(1);
    let edges = &mut model.edges;
    let (edge, by) = match (action, model.focus) {
        (Action::Wider, Pane::Library) => (&mut edges.library, step),
        (Action::Narrower, Pane::Library) => (&mut edges.library, -step),
        (Action::Wider, Pane::Preview) => (&mut edges.preview, step),
        (Action::Narrower, Pane::Preview) => (&mut edges.preview, -step),
        (Action::Wider, Pane::Tags) => (&mut edges.library, -step),
        (Action::Narrower, Pane::Tags) => (&mut edges.library, step),
        (Action::Taller, Pane::Preview) => (&mut edges.height, step / 2),
        (Action::Taller, _) => (&mut edges.height, -step / 2),
        (_, Pane::Preview) => (&mut edges.height, -step / 2),
        (_, _) => (&mut edges.height, step / 2),
    };
    *edge = (*edge + by).clamp(-Edges::MOST, Edges::MOST);
}

fn floor(model: &mut Model, floor: Severity) {
    model.floor = floor;
    model.tags.iter_mut().for_each(|tags| tags.refilter(floor));
    let text = match floor {
        Severity::Info => "findings of every severity".to_owned(),
        Severity::Critical => "critical findings only".to_owned(),
        floor => format!("findings of {floor} severity and above"),
    };
    model.say(Level::Note, text);
}

fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    if !model.views.is_empty() {
        return views::open(model, effects);
    }
    model.touched = true;
    if model.focus == Pane::Tags && model.library.file().is_none() {
        return drill(model);
    }
    if model.focus != Pane::Library {
        return moves::toggle(model);
    }
    if !model.library.enter() && model.library.file().is_some() {
        model.focus = Pane::Tags;
    }
}

/// Shows the files behind a line of the summary.
fn drill(model: &mut Model) {
    let targets = model.surveyor.survey.targets();
    let (line, column) = model.summary_cursor;
    let Some(target) = targets.get(line).copied() else { return };
    if let Target::File(file) = target {
        model.library.go(file);
        model.focus = Pane::Tags;
    } else if let Some(filter) = target.filter(column) {
        model.library.filter(state::Filter::parse(&filter));
        model.focus = Pane::Library;
        model.say(Level::Note, format!("only files with {filter}; F shows all again"));
    } else {
        model.say(Level::Note, "nothing to open here");
    }
}

fn copy(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    if action == Action::CopyValue && !model.may_copy {
        if model.agreed != Some(action) {
            let question =
                "The clipboard keeps the patient's value. Copy values in this session? y/n".to_owned();
            model.prompt = Some(Prompt::Ask { question, action });
            return;
        }
        model.may_copy = true;
    }
    match finding::to_copy(model, action) {
        Some(text) if !text.is_empty() => effects.push(Effect::Copy(text)),
        _ => model.say(Level::Note, "nothing to copy here"),
    }
}
