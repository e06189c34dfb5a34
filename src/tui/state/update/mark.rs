//! Marking: what is to be done to elements, pixels and files.

use crate::{
    dicom::{Kind, Tag},
    leak::{Finding, Place, Region, Severity},
    library::{FileId, FileKey, NodeId, TreeKind},
    redact::{self, Action as Code, Change, Frames, REDO, Rectangle, Spot, Step, Target, UNDO},
    text::counted,
    tui::{
        keys::Action,
        state::{Effect, Keep, Level, Line, MarkList, Model, Pane, Prompt, View},
    },
};

pub fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    use Action::*;
    match action {
        MarkUndo => back(model, true, effects),
        MarkRedo => back(model, false, effects),
        MarkRange => range(model),
        Marks => {
            model.views.push(View::Marks(Box::new(MarkList::new(&model.marking, &model.library.catalog))))
        }
        MarkFindings => findings(model, effects),
        MarkProfile => profile(model, effects),
        MarkSeries | MarkStudy | MarkPatient | MarkFolder => same(model, action, effects),
        _ if model.focus == Pane::Library || model.tags.is_none() => match action {
            Mark => findings(model, effects),
            Unmark => unmark_files(model, effects),
            _ => model.say(Level::Note, "an action is chosen for an element: open a file first"),
        },
        Mark if model.focus == Pane::Preview => text(model, effects),
        Mark => one(model, None, effects),
        MarkRemove => one(model, Some(Code::Remove), effects),
        MarkEmpty => one(model, Some(Code::Empty), effects),
        MarkDummy => one(model, Some(Code::Dummy), effects),
        MarkClean => one(model, Some(Code::Clean), effects),
        MarkUid => one(model, Some(Code::Uid), effects),
        MarkKeep => one(model, Some(Code::Keep), effects),
        _ => unmark(model, effects),
    }
}

/// Begins or leaves a range.
fn range(model: &mut Model) {
    let Some(tags) = &model.tags else { return };
    model.marking.from = match model.marking.from {
        Some(_) => None,
        None => Some(tags.tree.cursor),
    };
}

/// The lines that are marked together: the range, or what is under the cursor.
fn lines(model: &mut Model) -> Vec<usize> {
    let Some(tags) = &model.tags else { return Vec::new() };
    let cursor = tags.tree.cursor;
    let Some(from) = model.marking.from.take() else { return vec![cursor] };
    let (first, last) = (from.min(cursor), from.max(cursor));
    tags.tree.lines(first, &*tags.opened).take_while(|&line| line <= last).collect()
}

/// What stands in a line can be marked, or why not.
fn spot(model: &Model, line: usize) -> Result<Spot, &'static str> {
    let Some(tags) = &model.tags else { return Err("no file is open") };
    let rows = &tags.opened.reading.rows;
    match tags.opened.line(line) {
        Some(Line::Row(id)) if rows.is_meta(id) => Err("each copy gets file meta information of its own"),
        Some(Line::Row(id)) if rows.get(id).is_some_and(|row| row.kind == Kind::Fragment) => {
            Err("fragments go with the pixels: mark a rectangle, or the pixel data")
        }
        Some(Line::Row(id)) => Ok(Spot::Element(rows.location(id))),
        Some(Line::Path) => Err("each copy gets a name of its own"),
        _ => Err("no copy holds this: nothing needs to be marked"),
    }
}

/// Marks the lines, each as the profile would, or with one action; takes marks away that are so already.
fn one(model: &mut Model, wanted: Option<Code>, effects: &mut Vec<Effect>) {
    let lines = lines(model);
    let alone = lines.len() == 1;
    let Some(file) = model.tags.as_ref().map(|tags| tags.file) else { return };
    let held = model.marking.of(&model.library.catalog, file).map(|held| held.marks.clone());
    let mut changes = Vec::new();
    for line in lines {
        let spot = match spot(model, line) {
            Ok(spot) => spot,
            Err(why) if alone => return model.say(Level::Note, why),
            Err(_) => continue,
        };
        let Some(action) = wanted.or_else(|| usual(model, line)) else {
            if alone {
                return text(model, effects);
            }
            continue;
        };
        let now = held.as_ref().and_then(|held| held.get(&spot));
        let takes_away = alone && (now == Some(action) || (wanted.is_none() && now.is_some()));
        changes.push(Change { spot, action: (!takes_away).then_some(action) });
    }
    commit(model, vec![(file, changes)], effects);
}

/// What the Basic Profile does with the element of a line; `None` where only a part of it would go.
fn usual(model: &Model, line: usize) -> Option<Code> {
    let opened = &model.tags.as_ref()?.opened;
    let id = opened.row(line)?;
    let row = opened.reading.rows.get(id)?;
    if row.tag == Tag(0x7fe0, 0x0010) {
        return None;
    }
    if row.kind == Kind::Item {
        return Some(Code::Remove);
    }
    let class = opened.reading.text(Tag(0x0008, 0x0016));
    Some(redact::usual(row.tag, Some(row.vr), class.trim(), row.depth > 0))
}

/// Takes the marks of the lines away.
fn unmark(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(file) = model.tags.as_ref().map(|tags| tags.file) else { return };
    let spots: Vec<Spot> = if model.focus == Pane::Preview {
        let held = model.marking.of(&model.library.catalog, file);
        let all = held.iter().flat_map(|held| held.marks.rectangles());
        all.map(|(rectangle, frames)| Spot::Pixels(rectangle, frames)).collect()
    } else {
        lines(model).into_iter().filter_map(|line| spot(model, line).ok()).collect()
    };
    let held = model.marking.of(&model.library.catalog, file);
    let marked = |spot: &Spot| held.is_some_and(|held| held.marks.get(spot).is_some());
    let changes: Vec<Change> =
        spots.into_iter().filter(marked).map(|spot| Change { spot, action: None }).collect();
    if changes.is_empty() {
        return model.say(Level::Note, "nothing is marked here");
    }
    commit(model, vec![(file, changes)], effects);
}

/// Marks the text that was found in the image: the one that is looked at, or all.
fn text(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(tags) = &model.tags else { return };
    let texts = tags.opened.texts(model.floor);
    let chosen = model.preview.text.filter(|_| model.focus == Pane::Preview).and_then(|at| texts.get(at));
    let chosen: Vec<Region> = chosen.map_or(texts.clone(), |region| vec![*region]);
    if chosen.is_empty() {
        return model.say(Level::Note, "no text is seen in this image");
    }
    let file = tags.file;
    let held = model.marking.of(&model.library.catalog, file).map(|held| held.marks.clone());
    let spots: Vec<Spot> = chosen.into_iter().map(pixels).collect();
    let all = spots.iter().all(|spot| held.as_ref().is_some_and(|held| held.get(spot).is_some()));
    let change = |spot| Change { spot, action: (!all).then_some(Code::Remove) };
    commit(model, vec![(file, spots.into_iter().map(change).collect())], effects);
}

/// Text stays where it is from frame to frame: it is marked in all.
fn pixels(region: Region) -> Spot {
    Spot::Pixels(Rectangle::around(region), Frames::All)
}

/// The files of the line under the library's cursor; `None` until somebody agreed, where they are many.
fn files(model: &mut Model, action: Action, what: &str) -> Option<Vec<FileId>> {
    if let Some(file) = model.library.file() {
        return Some(vec![file]);
    }
    let node = model.library.node()?;
    agreed(model, action, node, model.library.kind, what)
}

pub fn agreed(
    model: &mut Model,
    action: Action,
    node: NodeId,
    kind: TreeKind,
    what: &str,
) -> Option<Vec<FileId>> {
    let tree = model.library.catalog.tree(kind);
    if model.agreed != Some(action) {
        let question = format!("{what} {} files? y/n", tree.tally(node).files);
        model.prompt = Some(Prompt::Ask { question, action });
        return None;
    }
    Some(tree.files_under(node).collect())
}

/// Marks all that was found, from the severity on that is shown, and medium at least.
fn findings(model: &mut Model, effects: &mut Vec<Effect>) {
    let floor = model.floor.max(Severity::Medium);
    let what = format!("Mark all findings of {floor} severity and above in");
    let Some(files) = files(model, Action::MarkFindings, &what) else { return };
    let catalog = &model.library.catalog;
    let changes = |file: FileId| {
        let class = catalog.file(file).and_then(|file| file.facts).map(|facts| facts.sop_class.clone());
        let class = class.unwrap_or_default();
        let found =
            catalog.findings(file).filter(|kept| kept.acknowledged.is_none() && kept.shape.severity >= floor);
        let mut changes: Vec<Change> =
            found.filter_map(|kept| change(&kept.to_finding(), class.trim())).collect();
        changes.sort_unstable();
        changes.dedup();
        (file, changes)
    };
    let all: Vec<_> = files.into_iter().map(changes).filter(|(_, changes)| !changes.is_empty()).collect();
    if all.is_empty() {
        return model.say(Level::Note, format!("no finding of {floor} severity and above here"));
    }
    commit(model, all, effects);
}

fn change(finding: &Finding, class: &str) -> Option<Change> {
    if let (Place::Pixels, Some(region)) = (finding.place, finding.region) {
        return Some(Change { spot: pixels(region), action: Some(Code::Remove) });
    }
    // What is outside of the data set is in no copy.
    let last = finding.at.0.last().filter(|_| finding.place != Place::Meta)?;
    let nested = finding.at.0.len() > 1;
    let action = match last.item {
        Some(_) => Code::Remove,
        None if last.tag == Tag(0x7fe0, 0x0010) => return None,
        None => redact::usual(last.tag, finding.vr, class, nested),
    };
    Some(Change { spot: Spot::Element(finding.at.clone()), action: Some(action) })
}

/// Marks files to be redacted by the profile.
fn profile(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(files) = files(model, Action::MarkProfile, "Mark by the Basic Profile") else { return };
    let change = |file| (file, vec![Change { spot: Spot::Profile, action: Some(Code::Clean) }]);
    commit(model, files.into_iter().map(change).collect(), effects);
}

/// Marks what is under the cursor in all files of the series, study, patient or folder, as it is marked here.
fn same(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some((file, line)) = model.tags.as_ref().map(|tags| (tags.file, tags.tree.cursor)) else {
        return model.say(Level::Note, "no file is open");
    };
    let changes = match changes_here(model, file, line) {
        Ok(changes) => changes,
        Err(why) => return model.say(Level::Note, why),
    };
    let catalog = &model.library.catalog;
    let (kind, levels) = match action {
        Action::MarkSeries => (TreeKind::Patients, 0),
        Action::MarkStudy => (TreeKind::Patients, 1),
        Action::MarkPatient => (TreeKind::Patients, 2),
        _ => (TreeKind::Folders, 0),
    };
    let mut node = catalog.node(kind, file);
    for _ in 0..levels {
        node = node.and_then(|node| catalog.tree(kind).parent(node));
    }
    let Some(node) = node else { return model.say(Level::Note, "the file has no place among patients yet") };
    let pixels = changes.iter().any(|change| matches!(change.spot, Spot::Pixels(..)));
    let what = if pixels {
        "Mark the same rectangles in all images as large as this one, of"
    } else {
        "Mark the same in"
    };
    let Some(files) = agreed(model, action, node, kind, what) else { return };
    if pixels {
        return super::draw::measure(model, files, file, changes, effects);
    }
    commit(model, files.into_iter().map(|file| (file, changes.clone())).collect(), effects);
}

fn changes_here(model: &Model, file: FileId, line: usize) -> Result<Vec<Change>, &'static str> {
    let held = model.marking.of(&model.library.catalog, file);
    if model.focus == Pane::Preview || usual(model, line).is_none() {
        let all = held.iter().flat_map(|held| held.marks.rectangles());
        let spots = all.map(|(rectangle, frames)| Spot::Pixels(rectangle, frames));
        let changes: Vec<Change> = spots.map(|spot| Change { spot, action: Some(Code::Remove) }).collect();
        if !changes.is_empty() {
            return Ok(changes);
        }
    }
    let spot = spot(model, line)?;
    let action = held.and_then(|held| held.marks.get(&spot)).or_else(|| usual(model, line));
    match action {
        Some(action) => Ok(vec![Change { spot, action: Some(action) }]),
        None => Err("no rectangle is marked in this image"),
    }
}

/// Takes all marks of files away.
fn unmark_files(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(files) = files(model, Action::Unmark, "Take all marks away from") else { return };
    let catalog = &model.library.catalog;
    let all = files.into_iter().filter_map(|file| {
        let held = model.marking.of(catalog, file)?;
        let spots = held.marks.iter().map(|(spot, _)| Change { spot: spot.clone(), action: None });
        Some((file, spots.collect()))
    });
    let all: Vec<(FileId, Vec<Change>)> = all.collect();
    if all.is_empty() {
        return model.say(Level::Note, "nothing is marked here");
    }
    commit(model, all, effects);
}

/// Takes the marks in, and has them kept.
pub fn commit(model: &mut Model, all: Vec<(FileId, Vec<Change>)>, effects: &mut Vec<Effect>) {
    model.touched = true;
    let catalog = &model.library.catalog;
    let target = |id: FileId| Target {
        file: catalog.key(id),
        version: catalog.file(id).map_or_else(Default::default, |file| file.stamp.version),
    };
    let all: Vec<(FileId, Target, Vec<Change>)> =
        all.into_iter().map(|(id, changes)| (id, target(id), changes)).collect();
    let keys: Vec<(FileId, FileKey)> = all.iter().map(|(id, target, _)| (*id, target.file)).collect();
    let step = Step::of(all.into_iter().map(|(_, target, changes)| (target, changes)));
    if step.is_empty() {
        return;
    }
    let (set, gone) = sums(&step);
    effects.push(Effect::Keep(Keep::Marks(redact::line_of(&step))));
    model.marking.book.take(step);
    for (id, key) in keys {
        recount(model, id, key);
    }
    model.library.recounted();
    let text = match (set, gone) {
        (0, 1) => "mark taken away".to_owned(),
        (0, gone) => format!("{} taken away", counted(gone, "mark")),
        (1, _) => "marked".to_owned(),
        (set, _) => counted(set, "mark"),
    };
    model.say(Level::Done, text);
}

/// Marks that a step sets and takes away, over all files.
fn sums(step: &Step) -> (usize, usize) {
    step.parts.iter().fold((0, 0), |(set, gone), part| {
        let sets = part.changes.iter().filter(|change| change.action.is_some()).count();
        let files = part.files.len();
        (set + sets * files, gone + (part.changes.len() - sets) * files)
    })
}

fn recount(model: &mut Model, id: FileId, key: FileKey) {
    let marks = model.marking.book.get(key).map_or(0, |held| held.marks.len());
    model.library.catalog.set_marks(id, key, u32::try_from(marks).unwrap_or(u32::MAX));
    model.library.reviewed(id);
}

/// Takes the last step back, or does it again.
fn back(model: &mut Model, undo: bool, effects: &mut Vec<Effect>) {
    let book = &mut model.marking.book;
    let Some(files) = (if undo { book.undo() } else { book.redo() }) else {
        let text = if undo { "no mark to take back" } else { "nothing was taken back" };
        return model.say(Level::Note, text);
    };
    let count = files.len();
    for key in files {
        if let Some(id) = model.library.catalog.marked_file(key) {
            recount(model, id, key);
        }
    }
    model.library.recounted();
    effects.push(Effect::Keep(Keep::Marks(if undo { UNDO } else { REDO }.to_owned())));
    model.say(
        Level::Done,
        format!("marks of {} {}", counted(count, "file"), if undo { "as before" } else { "again" }),
    );
}

/// To the next file that has the mark under the cursor of the list.
pub fn go(model: &mut Model) {
    let Some(View::Marks(list)) = model.views.last() else { return };
    let here = model.library.file();
    let Some((spot, _, files)) = list.lines.get(list.cursor).cloned() else { return };
    let next = here.and_then(|here| files.iter().find(|&&file| file > here)).or(files.first());
    let Some(&file) = next else { return };
    if let Spot::Element(at) = &spot {
        model.follow = Some((at.clone(), "".into()));
    }
    model.views.pop();
    if here == Some(file) {
        super::finding::follow(model);
    }
    model.library.go(file);
    model.focus = if matches!(spot, Spot::Pixels(..)) { Pane::Preview } else { Pane::Tags };
}
