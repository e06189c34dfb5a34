use crate::{
    dicom::{Kind, dictionary},
    text::{Shown, mask},
    tui::{
        keys::Action,
        state::{Level, Model, Outline, Pane},
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
        if !model.library.step_file(forward, model.floor) {
            let way = if forward { "no file with findings follows" } else { "no file with findings before" };
            model.say(Level::Note, way);
            return;
        }
    }
}

/// To the next line that matches the search.
pub fn step_match(model: &mut Model, forward: bool, times: usize) {
    if model.pattern.is_empty() {
        return model.say(Level::Note, "nothing was searched for yet");
    }
    if model.focus == Pane::Library {
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
