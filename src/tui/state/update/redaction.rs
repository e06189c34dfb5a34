//! Planning copies, writing them, and going to what came of it.

use crate::{
    library::{FileId, TreeKind},
    redact::{self, Choice},
    text::counted,
    tui::{
        keys::Action,
        state::{
            Account, Basis, Effect, Entry, Field, Level, Model, Opened, Prompt, Redaction, Stage, Terms,
            View, Whose,
            redaction::{Line, Run},
        },
    },
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Redact => show(model, effects),
        Action::WriteCopies => write(model, effects),
        Action::StopCopies => stop(model, effects),
        _ => match model.redaction.as_deref().map(|redaction| &redaction.stage) {
            Some(Stage::Written(_, out)) => effects.push(Effect::Browse(out.clone())),
            _ => model.say(Level::Note, "there are no copies yet"),
        },
    }
}

/// What is being written, or was, as it stands; else a new plan.
fn show(model: &mut Model, effects: &mut Vec<Effect>) {
    let stage = model.redaction.as_deref().map(|redaction| &redaction.stage);
    if !matches!(stage, Some(Stage::Writing(..) | Stage::Written(..))) {
        model.redaction = Some(Box::new(begun(model)));
        plan(model, effects);
    }
    model.views.push(View::Redaction);
}

fn begun(model: &Model) -> Redaction {
    let catalog = &model.library.catalog;
    let tally = catalog.tally();
    let (marked, all) = (tally.marked as usize, tally.files as usize);
    let shelf = model.library.shelf();
    let entry = model.library.entry();
    let here = entry.map(|entry| (shelf.name(entry, false), shelf.name(entry, true), shelf.files(entry)));
    let (whose, basis) = match (marked, entry) {
        (1.., _) => (Whose::Marked, Basis::Marks),
        (0, Some(_)) => (Whose::Here, Basis::Profile),
        (0, None) => (Whose::All, Basis::Profile),
    };
    let new = Terms { whose, basis, words: Vec::new(), key: String::new(), out: String::new() };
    // What was set before is set again, but for whose files are meant.
    let before = model.redaction.as_ref().map(|before| before.terms.clone());
    let terms = before.map_or(new.clone(), |before| Terms { whose, basis, ..before });
    Redaction {
        terms,
        unfolded: false,
        cursor: 0,
        stage: Stage::Failed,
        here: here.unwrap_or_default(),
        here_choice: entry.map_or(Choice::All, |entry| choice(model, entry)),
        marked,
        all,
        book: Arc::new(model.marking.book.clone()),
        number: 0,
        error: None,
    }
}

fn choice(model: &Model, entry: Entry) -> Choice {
    let catalog = &model.library.catalog;
    match entry {
        Entry::File(file) => Choice::These(Arc::new([catalog.path(file)].into())),
        Entry::Node(node) => match model.library.kind {
            TreeKind::Folders => Choice::Below(catalog.tree(TreeKind::Folders).path(node)),
            kind => {
                let files = catalog.tree(kind).files_under(node);
                Choice::These(Arc::new(files.map(|file| catalog.path(file)).collect()))
            }
        },
    }
}

/// Gives an order, as the terms are now.
fn order(model: &mut Model, out: Option<String>, effects: &mut Vec<Effect>) {
    model.orders += 1;
    let Some(redaction) = &mut model.redaction else { return };
    (redaction.number, redaction.error) = (model.orders, None);
    effects.push(Effect::Redact(Box::new(redaction.order(out))));
}

fn plan(model: &mut Model, effects: &mut Vec<Effect>) {
    let now = model.now;
    if let Some(redaction) = &mut model.redaction {
        redaction.stage = Stage::Planning(Run::begin(now));
    }
    order(model, None, effects);
}

/// Writes what is planned, once somebody said where to.
fn write(model: &mut Model, effects: &mut Vec<Effect>) {
    let now = model.now;
    let Some(redaction) = &mut model.redaction else { return };
    let account = match &redaction.stage {
        Stage::Planned(account) => Arc::clone(account),
        Stage::Planning(_) => return model.say(Level::Note, "the plan is not complete yet"),
        Stage::Writing(..) => return model.say(Level::Note, "the copies are being written"),
        Stage::Written(..) => {
            return begins_anew(model);
        }
        Stage::Failed => return model.say(Level::Note, "there is no plan: change what is set above"),
    };
    if account.summary.done == 0 {
        return model.say(Level::Note, "there is nothing to write");
    }
    let out = redaction.terms.out.clone();
    if out.is_empty() {
        model.prompt = Some(Prompt::Out { field: Field::default(), write: true });
        return;
    }
    redaction.stage = Stage::Writing(Run::begin(now), account);
    redaction.cursor = 0;
    order(model, Some(out), effects);
}

fn begins_anew(model: &mut Model) {
    let (leave, again) = (model.keymap.key(Action::Close), model.keymap.key(Action::Redact));
    model.say(Level::Note, format!("these copies are written; {leave}, then {again} for another plan"));
}

fn stop(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(run) = model.redaction.as_mut().and_then(|redaction| redaction.run_mut()) else {
        return model.say(Level::Note, "nothing is planned or written now");
    };
    run.stopping = true;
    effects.push(Effect::StopRedaction);
}

/// The view was left: what is planned for it alone is called off.
pub fn closed(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(redaction) = &mut model.redaction else { return };
    match redaction.stage {
        Stage::Planning(_) => effects.push(Effect::StopRedaction),
        Stage::Writing(..) => {
            let key = model.keymap.key(Action::Redact);
            return model.say(Level::Note, format!("the copies are written on; {key} shows how far"));
        }
        // The folder holds copies now.
        Stage::Written(..) => redaction.terms.out.clear(),
        Stage::Planned(_) | Stage::Failed => {}
    }
    redaction.stage = Stage::Failed;
}

/// What Enter does on a line.
pub fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(redaction) = &mut model.redaction else { return };
    let Some(line) = redaction.line() else { return };
    if line == Line::Words {
        redaction.unfolded = !redaction.unfolded;
        return;
    }
    if line.is_term() {
        return match redaction.stage {
            Stage::Writing(..) => model.say(Level::Note, "the copies are being written as it stands here"),
            Stage::Written(..) => begins_anew(model),
            _ => set(model, line, effects),
        };
    }
    match line {
        Line::Trouble(at) => {
            let path = redaction.account().and_then(|account| account.troubles.get(at));
            if let Some(path) = path.map(|trouble| trouble.path.clone()) {
                go(model, &path);
            }
        }
        Line::Copy(at) => {
            let copied = redaction.account().and_then(|account| account.copies.get(at));
            effects.extend(
                copied.map(|own| Effect::Pair { original: own.path.clone(), copy: own.copy.clone() }),
            );
        }
        _ => {}
    }
}

/// Changes what is set in a line, and plans anew where the plan is another then.
fn set(model: &mut Model, line: Line, effects: &mut Vec<Effect>) {
    let Some(redaction) = &mut model.redaction else { return };
    match line {
        Line::Files => redaction.terms.whose = redaction.next_whose(),
        Line::Basis => {
            redaction.terms.basis = match redaction.terms.basis {
                Basis::Marks => Basis::Both,
                Basis::Both => Basis::Profile,
                Basis::Profile if redaction.marked > 0 => Basis::Marks,
                Basis::Profile => return model.say(Level::Note, "no file is marked"),
            }
        }
        Line::Word(word) => redaction.terms.toggle(word),
        Line::Key => {
            model.prompt = Some(Prompt::Key { field: Field::new(&redaction.terms.key) });
            return;
        }
        _ => {
            model.prompt = Some(Prompt::Out { field: Field::new(&redaction.terms.out), write: false });
            return;
        }
    }
    plan(model, effects);
}

/// Takes the folder that was typed, and writes where that was asked for.
pub fn accept_out(model: &mut Model, text: &str, and_write: bool, effects: &mut Vec<Effect>) {
    let Some(redaction) = &mut model.redaction else { return };
    text.trim().clone_into(&mut redaction.terms.out);
    if and_write && redaction.terms.out.is_empty() {
        model.say(Level::Note, "not written: it takes a folder");
    } else if and_write {
        write(model, effects);
    }
}

pub fn accept_key(model: &mut Model, text: &str) {
    if let Some(redaction) = &mut model.redaction {
        text.trim().clone_into(&mut redaction.terms.key);
    }
}

/// To a file of the plan; the view is come back to by its key.
fn go(model: &mut Model, path: &Path) {
    let catalog = &model.library.catalog;
    let name = path.file_name().unwrap_or_default();
    let is = |file: &FileId| catalog.name(*file) == name && catalog.path(*file) == path;
    let Some(file) = catalog.files().find(is) else {
        return model.say(Level::Note, "the file is not in the library any more");
    };
    model.views.clear();
    model.touched = true;
    model.library.go(file);
}

pub fn progressed(model: &mut Model, number: u64, progress: redact::Progress) {
    let now = model.now;
    let own = model.redaction.as_mut().filter(|redaction| redaction.number == number);
    if let Some(run) = own.and_then(|redaction| redaction.run_mut()) {
        run.take(progress, now);
    }
}

/// The plan is made, or the copies are written, or neither could be.
pub fn ended(model: &mut Model, number: u64, result: Result<(Arc<Account>, Option<PathBuf>), String>) {
    let Some(redaction) = model.redaction.as_mut().filter(|redaction| redaction.number == number) else {
        return;
    };
    let stopped = redaction.run().is_some_and(|run| run.stopping);
    match (std::mem::replace(&mut redaction.stage, Stage::Failed), result) {
        (Stage::Planning(_), Ok(_)) if stopped => redaction.error = Some("the plan was stopped".to_owned()),
        (Stage::Planning(_), Ok((account, _))) => redaction.stage = Stage::Planned(account),
        (Stage::Writing(..), Ok((account, Some(out)))) => {
            let (done, failed) = (account.summary.done, account.summary.failed);
            redaction.stage = Stage::Written(account, out);
            told(model, done, failed);
        }
        (Stage::Writing(_, plan), Err(why)) => {
            redaction.stage = Stage::Planned(plan);
            redaction.error = Some(why.clone());
            model.say(Level::Warning, why);
        }
        (_, Err(why)) => redaction.error = Some(why),
        (stage, Ok(_)) => redaction.stage = stage,
    }
}

fn told(model: &mut Model, done: usize, failed: usize) {
    let mut text = format!("{} written and verified", counted(done, "copy"));
    if failed > 0 {
        text += &format!(", {} without one", counted(failed, "file"));
    }
    if !model.views.iter().any(|view| matches!(view, View::Redaction)) {
        text += &format!("; {} shows them", model.keymap.key(Action::Redact));
    }
    model.say(if failed == 0 { Level::Done } else { Level::Warning }, text);
}

/// A file and its copy were read.
pub fn paired(model: &mut Model, pair: Result<(Arc<Opened>, Arc<Opened>), String>) {
    if !matches!(model.views.last(), Some(View::Redaction)) {
        return;
    }
    match pair {
        Ok((original, copy)) => super::views::side_by_side(model, original, copy),
        Err(why) => model.say(Level::Warning, format!("not compared: {why}")),
    }
}
