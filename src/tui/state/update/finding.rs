use crate::{
    dicom::{Kind, dictionary},
    library::{FileId, Kept, TreeKind},
    text::{Shown, mask},
    tui::{
        keys::Action,
        state::{Level, Model, Outline, Pane, Sitting},
    },
};

/// To the next finding: of the open file, or of the next file that has some while the library is focused.
pub fn step(model: &mut Model, forward: bool, times: usize) {
    model.touched = true;
    let floor = model.floor;
    let Some(tags) = &mut model.tags else {
        return step_file(model, forward, times);
    };
    for _ in 0..times.min(tags.opened.findings.len().max(1)) {
        if !tags.step_finding(forward, floor) {
            let only = tags.finding().is_some();
            model.say(Level::Note, if only { "no other finding here" } else { "no findings here" });
            return;
        }
    }
    if model.focus == Pane::Library {
        model.focus = Pane::Tags;
    }
}

/// To the next file with findings.
pub fn step_file(model: &mut Model, forward: bool, times: usize) {
    model.touched = true;
    let most = model.library.rows.len().max(1000);
    for _ in 0..times.min(most) {
        if !model.library.step_file(forward, model.floor, false) {
            let way = if forward { "no file with findings follows" } else { "no file with findings before" };
            model.say(Level::Note, way);
            return;
        }
    }
}

/// To the next file with findings that nobody is done with.
pub fn step_undone(model: &mut Model) {
    let (floor, library) = (model.floor, &mut model.library);
    if library.step_file(true, floor, true) || library.step_file(false, floor, true) {
        return;
    }
    model.say(Level::Done, "no other file with findings is left to review");
}

/// To the next line that matches the search.
pub fn step_match(model: &mut Model, forward: bool, times: usize) {
    if model.pattern.is_empty() {
        return model.say(Level::Note, "nothing was searched for yet");
    }
    if model.focus == Pane::Library {
        model.touched = true;
        for _ in 0..times.min(1000) {
            if !model.library.step_match(&model.pattern, forward) {
                return model.say(Level::Note, "no match among the lines that are unfolded");
            }
        }
        return;
    }
    let Some(tags) = &mut model.tags else { return };
    for _ in 0..times.min(tags.matches.len().max(1)) {
        match tags.next_match(tags.tree.cursor, forward) {
            Some(line) => tags.go(line),
            None => return model.say(Level::Note, "no match"),
        }
    }
}

/// What the action copies of what is under the cursor.
pub fn to_copy(model: &Model, action: Action) -> Option<String> {
    if action == Action::CopyPath {
        return model.library.path().map(|path| path.to_string_lossy().into_owned());
    }
    let tags = model.tags.as_ref()?;
    let opened = &tags.opened;
    let id = opened.row(tags.tree.cursor)?;
    let row = opened.reading.rows.get(id)?;
    match action {
        Action::CopyTag => Some(opened.reading.rows.location(id).to_string()),
        Action::CopyKeyword => dictionary::keyword(row.tag).map(str::to_owned),
        _ => Some(opened.reading.rows.display(id).into_owned()),
    }
}

/// The open file's tags as lines of text, masked as they are on the screen.
pub fn dump(model: &Model) -> Option<String> {
    let tags = model.tags.as_ref()?;
    let opened = &tags.opened;
    let mut out = String::new();
    for (id, row) in opened.reading.rows.iter() {
        let indent = "  ".repeat(row.depth.into());
        if let Some(number) = opened.reading.rows.number(id) {
            let part = if row.kind == Kind::Item { "item" } else { "fragment" };
            out += &format!("{indent}{part} {number}\n");
            continue;
        }
        let at = opened.at_row(id);
        let text = opened.reading.rows.display(id);
        let shown = model.reveal.all() || opened.is_plain(at);
        let value = if shown { Shown::short(&text, 1024) } else { Shown::new(&mask(&text)) };
        let keyword = dictionary::keyword(row.tag).unwrap_or("-");
        let badge = opened.own(at).map_or(' ', |severity| severity.letter());
        out +=
            &format!("{badge} {indent}({:04X},{:04X}) {} {keyword} {value}\n", row.tag.0, row.tag.1, row.vr);
        for finding in opened.on_line(at).filter_map(|at| opened.findings.get(at)) {
            out += &format!("  {indent}  # {}: {}\n", finding.severity, Shown::new(&finding.why));
        }
    }
    Some(out)
}

/// To the next file of the patient in which the finding under the cursor is found again: the same value at the same
/// place.
pub fn step_same(model: &mut Model, forward: bool, times: usize) {
    let Some((files, at)) = same(model) else {
        return model.say(Level::Note, "no finding under the cursor");
    };
    if files.len() < 2 {
        return model.say(Level::Note, "found in no other file of this patient");
    }
    let step = times % files.len();
    let next = if forward { at + step } else { at + files.len() - step } % files.len();
    if let Some(&file) = files.get(next) {
        model.library.go(file);
    }
    model.follow = model.tags.as_ref().and_then(|tags| {
        let finding = tags.opened.findings.get(tags.finding()?)?;
        Some((finding.at.clone(), finding.rule.clone()))
    });
    model.say(Level::Note, format!("file {} of {} with the same value here", next + 1, files.len()));
}

/// The files of the patient that have the finding under the cursor, in path order, and which of them this one is.
pub fn same(model: &Model) -> Option<(Vec<FileId>, usize)> {
    let tags = model.tags.as_ref()?;
    let finding = tags.opened.findings.get(tags.finding()?)?;
    let catalog = &model.library.catalog;
    let is_same = |kept: &Kept<'_>| {
        (kept.shape.place, &kept.shape.at, &kept.shape.rule) == (finding.place, &finding.at, &finding.rule)
    };
    let key = catalog.findings(tags.file).find(is_same)?.key;
    let node = catalog.node(TreeKind::Patients, tags.file).and_then(|node| Sitting::patient(catalog, node));
    let files = node.map(|node| catalog.tree(TreeKind::Patients).files_under(node).take(MOST_SAME));
    let has = |file: &FileId| catalog.findings(*file).any(|kept| kept.key == key && is_same(&kept));
    let mut files: Vec<FileId> = files.into_iter().flatten().filter(has).collect();
    files.sort_unstable();
    let at = files.iter().position(|&file| file == tags.file)?;
    Some((files, at))
}

/// Files of a patient that are looked at for a finding.
const MOST_SAME: usize = 3000;

/// Goes to the place that was to be gone to once the file is open.
pub fn follow(model: &mut Model) {
    if let Some((at, rule)) = model.follow.take()
        && let Some(tags) = &mut model.tags
    {
        tags.follow(&at, &rule);
    }
}
