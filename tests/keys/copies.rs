//! Copies: planned, written, stopped, looked at.

use crate::{
    Script,
    screen::{self, Session},
};
use dcmleak::tui::state::{Basis, Effect, Prompt, Redaction, Stage, View, Whose, redaction::Line};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

pub const SCRIPTS: &[Script] = &[
    ("redact", "]f", "gr", |s| {
        matches!(s.model.views[..], [View::Redaction]) && s.screen().contains("1 planned, nothing written")
    }),
    ("write-copies", "]f gr", "w out Enter", |s| {
        matches!(stage(s), Some(Stage::Written(..))) && s.screen().contains("1 written and verified")
    }),
    ("stop-copies", "]f hold gr", "C-x", |s| {
        s.done.contains(&Effect::StopRedaction) && s.screen().contains("the plan was stopped")
    }),
    ("open-copies", "]f gr w out Enter", "o", |s| s.done == [Effect::Browse("out".into())]),
];

fn redaction(session: &Session) -> &Redaction {
    session.model.redaction.as_deref().unwrap()
}

fn stage(session: &Session) -> Option<&Stage> {
    session.model.redaction.as_deref().map(|redaction| &redaction.stage)
}

/// What every file below a folder holds.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

/// Puts the cursor on the first line that is such a one.
fn to(session: &mut Session, is: fn(Line) -> bool) {
    let at = redaction(session).lines().into_iter().position(is).unwrap();
    session.keys("gg");
    for _ in 0..at {
        session.keys("j");
    }
    assert!(redaction(session).line().is_some_and(is));
}

/// Of all files, by the profile: originals stay as they are, copies hold nothing of the patient, and each can be
/// compared with its original.
#[test]
fn a_folder_is_planned_and_written() {
    let mut session = Session::open(screen::few(), (120, 50));
    let before = bytes(screen::few());
    session.keys("gg gr");
    assert!(session.screen().contains("the Basic Profile"), "{}", session.screen());
    session.keys("w out Enter");
    let Some(Stage::Written(account, _)) = stage(&session) else { panic!("{}", session.screen()) };
    assert!(account.summary.done > 8 && account.copies.len() == account.summary.done);
    assert_eq!(account.summary.failed, account.troubles.len());
    assert_eq!(bytes(screen::few()), before);
    let written = bytes(&session.copies.place("out"));
    assert_eq!(written.len(), redaction(&session).account().unwrap().copies.len() + 1, "and the manifest");
    for (path, bytes) in &written {
        let has = |value: &str| bytes.windows(value.len()).any(|part| part == value.as_bytes());
        assert!(!has("Erika") && !has("19620317"), "{}", path.display());
    }
    to(&mut session, |line| matches!(line, Line::Copy(_)));
    session.keys("Enter");
    assert!(matches!(session.model.views[..], [View::Redaction, View::Compare(_)]));
    assert!(session.screen().contains("≠ (0010,0010) PatientName"), "{}", session.screen());
    assert!(!session.screen().contains("Erika"));
    // What is written is seen again until another plan is made.
    session.keys("q q gr");
    assert!(matches!(stage(&session), Some(Stage::Planned(_))));
    session.keys("w out Enter");
    assert!(session.screen().contains("not empty"), "{}", session.screen());
    assert!(matches!(stage(&session), Some(Stage::Planned(_))));
}

/// Marked files, by their marks.
#[test]
fn marked_files_are_copied_as_they_are_marked() {
    let mut session = Session::open(screen::few(), (120, 50));
    session.keys("]f Tab / 0 0 1 0 , 0 0 1 0 Enter mz j mx gr");
    assert_eq!(
        (redaction(&session).terms.whose, redaction(&session).terms.basis),
        (Whose::Marked, Basis::Marks)
    );
    let screen = session.keys("w out Enter").screen();
    assert!(
        screen.contains("(0010,0010) PatientName") && screen.contains("1 written and verified"),
        "{screen}"
    );
    let [copied] = &redaction(&session).account().unwrap().copies[..] else { panic!("{screen}") };
    let (original, copy) = (copied.path.clone(), copied.copy.clone());
    let copy = session.copies.place(&copy.to_string_lossy());
    let text = |path: &Path, tag| {
        let reading = dcmleak::dicom::Reader::new(Default::default()).read(path);
        reading.rows.find(tag).map(|_| reading.text(tag).into_owned())
    };
    let [name, id, uid] = [(0x0010, 0x0010), (0x0010, 0x0020), (0x0020, 0x000d)]
        .map(|(group, element)| dcmleak::dicom::Tag(group, element));
    assert!(text(&copy, name).is_some() && text(&copy, name) != text(&original, name));
    assert!(text(&copy, id).is_none() && text(&original, id).is_some());
    assert_eq!(text(&copy, uid), text(&original, uid));
}

/// What is set changes the plan.
#[test]
fn terms_are_set_and_planned_anew() {
    let mut session = Session::open(screen::few(), (120, 50));
    session.keys("]f Tab / 0 0 1 0 , 0 0 1 0 Enter mz gr");
    session.keys("gg Enter");
    assert_eq!(redaction(&session).terms.whose, Whose::Here);
    session.keys("Enter");
    assert_eq!(redaction(&session).terms.whose, Whose::All);
    session.keys("j Enter");
    assert_eq!(redaction(&session).terms.basis, Basis::Both);
    session.keys("gg Enter j j Enter");
    to(&mut session, |line| matches!(line, Line::Word(word) if word.text() == "retain uids"));
    let uid = |session: &Session| {
        let edits = &redaction(session).account().unwrap().summary.edits;
        edits.iter().any(|((path, ..), _)| path.to_string() == "(0020,000D)")
    };
    assert!(uid(&session));
    session.keys("Space");
    assert!(!uid(&session) && session.screen().contains("[x] retain uids"));
    to(&mut session, |line| line == Line::Key);
    session.keys("Enter");
    assert!(matches!(session.model.prompt, Some(Prompt::Key { .. })));
    session.keys("a/key Enter");
    assert_eq!(redaction(&session).terms.key, "a/key");
    // What was set is so in the next plan.
    session.keys("q gr");
    assert_eq!((redaction(&session).terms.key.as_str(), redaction(&session).terms.words.len()), ("a/key", 1));
}

/// An image that text is seen in is not let out, and it is said why, until its pixels are cleaned.
#[test]
fn a_file_that_would_be_withheld_is_named_with_the_reason() {
    let mut session = Session::looking(screen::ultrasound(), (160, 60));
    session.keys("]f gr");
    let screen = session.screen();
    assert!(screen.contains("1 would be withheld") && screen.contains("text is seen in images"), "{screen}");
    assert!(screen.contains("no edit takes out: (7FE0,0010) pixels.text"), "{screen}");
    session.keys("w");
    assert!(session.model.prompt.is_none() && session.screen().contains("there is nothing to write"));
    to(&mut session, |line| matches!(line, Line::Trouble(_)));
    session.keys("Enter");
    assert!(session.model.views.is_empty());
    session.keys("gr gg j j Enter");
    to(&mut session, |line| matches!(line, Line::Word(word) if word.text() == "clean pixels"));
    session.keys("Space");
    let screen = session.keys("w out Enter").screen();
    assert!(screen.contains("1 written and verified"), "{screen}");
}

/// Where copies may not go nothing is written, and it is said why.
#[test]
fn a_folder_that_cannot_be_used_says_so() {
    let mut session = Session::open(screen::few(), (160, 50));
    let before = bytes(screen::few());
    session.keys("]f gr w Enter");
    assert!(session.screen().contains("not written: it takes a folder"), "{}", session.screen());
    let inside = screen::few().join("out");
    session.keys("w").text(&inside.to_string_lossy()).keys("Enter");
    assert!(session.screen().contains("inside"), "{}", session.screen());
    assert!(matches!(stage(&session), Some(Stage::Planned(_))) && bytes(screen::few()) == before);
    // Another can be chosen.
    to(&mut session, |line| line == Line::Out);
    session.keys("Enter C-u out Enter w");
    assert!(session.screen().contains("1 written and verified"), "{}", session.screen());
}

/// What is written goes on while something else is looked at, and is not left unasked.
#[test]
fn quitting_while_copies_are_written_is_asked() {
    let mut session = Session::open(screen::few(), (120, 50));
    session.keys("gg gr hold w out Enter");
    assert!(session.screen().contains("writing 120 of 1,234"), "{}", session.screen());
    assert!(session.screen().contains("7 withheld"));
    session.keys("q");
    assert!(session.model.views.is_empty() && redaction(&session).is_writing());
    session.keys("wait wait wait wait wait wait wait wait");
    assert!(session.screen().contains("writing 120 of 1,234"), "{}", session.screen());
    session.keys("q n");
    assert!(!session.done.contains(&Effect::Quit) && redaction(&session).is_writing());
    session.keys("gr go");
    assert!(session.screen().contains("written and verified"));
    session.keys("q gr hold w again Enter q q");
    assert!(session.screen().contains("Copies are being written. Stop that, and quit?"));
    session.keys("y");
    assert!(session.done.contains(&Effect::Quit));
}

/// What was written before it was stopped stays, and is named.
#[test]
fn writing_is_stopped() {
    let mut session = Session::open(screen::few(), (120, 50));
    session.keys("gg gr hold w out Enter C-x");
    let Some(Stage::Written(account, _)) = stage(&session) else { panic!("{}", session.screen()) };
    assert!(account.summary.done >= 1 && account.summary.cancelled > 3 && account.manifest.is_none());
    assert!(session.screen().contains("what was written stays"), "{}", session.screen());
}
