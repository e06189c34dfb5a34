//! Marks.

use crate::{
    Script,
    screen::{self, Session},
};
use dcmleak::{
    leak::Severity,
    tui::state::{Keep, Pane},
};

/// To the name of a patient, in the worst file and in one of a series.
const NAME: &str = "]f Tab / 0 0 1 0 , 0 0 1 0 Enter";
const MANY: &str = "s ]f ]f Tab / 0 0 1 0 , 0 0 1 0 Enter";

/// The marks of the open file.
pub fn marks(session: &Session) -> Vec<String> {
    let model = &session.model;
    let held = model.tags.as_ref().and_then(|tags| model.marking.of(&model.library.catalog, tags.file));
    let all = held.iter().flat_map(|held| held.marks.iter());
    all.map(|(spot, action)| format!("{action} {spot}")).collect()
}

pub const SCRIPTS: &[Script] = &[
    ("mark", NAME, "Space", |s| marks(s) == ["D (0010,0010)"] || marks(s) == ["Z (0010,0010)"]),
    ("mark-remove", NAME, "mx", |s| marks(s) == ["X (0010,0010)"] && s.screen().contains("│XC")),
    ("mark-empty", NAME, "mz", |s| marks(s) == ["Z (0010,0010)"] && s.screen().contains("│ZC")),
    ("mark-dummy", NAME, "md", |s| marks(s) == ["D (0010,0010)"]),
    ("mark-clean", NAME, "mc", |s| marks(s) == ["C (0010,0010)"]),
    ("mark-uid", "]f Tab / 0 0 0 8 , 0 0 1 8 Enter", "mu", |s| marks(s) == ["U (0008,0018)"]),
    ("mark-keep", NAME, "mk", |s| marks(s) == ["K (0010,0010)"]),
    ("unmark", "]f Tab / 0 0 1 0 , 0 0 1 0 Enter mx", "mn", |s| marks(s).is_empty() && s.kept.len() == 2),
    ("mark-range", NAME, "v j j mx", |s| marks(s).len() == 3 && marks(s)[0] == "X (0010,0010)"),
    ("mark-series", MANY, "ms y", |s| s.tally().marked > 3),
    ("mark-study", MANY, "mt y", |s| s.tally().marked > 3),
    ("mark-patient", MANY, "mp y", |s| s.tally().marked > 3),
    ("mark-folder", MANY, "mf y", |s| s.tally().marked > 3 && s.screen().contains(" *")),
    ("mark-findings", "gg", "ma y", |s| s.tally().marked > 8),
    ("mark-profile", "gg", "mb y", |s| s.tally().marked as usize == s.model.library.catalog.len()),
    ("mark-undo", "]f Tab / 0 0 1 0 , 0 0 1 0 Enter mx mz", "u", |s| {
        marks(s) == ["X (0010,0010)"]
            && matches!(&s.kept[..], [.., Keep::Marks(line)] if line.trim() == "undo")
    }),
    ("mark-redo", "]f Tab / 0 0 1 0 , 0 0 1 0 Enter mx mz u", "C-r", |s| marks(s) == ["Z (0010,0010)"]),
    ("marks", "]f Tab / 0 0 1 0 , 0 0 1 0 Enter mx", "gm", |s| {
        s.screen().contains("1 mark in 1 file") && s.screen().contains("(0010,0010) PatientName")
    }),
];

/// Marks are what the journal says, whatever was done and taken back; no value is in it, and nothing of a path.
#[test]
fn the_journal_of_marks_holds_them_and_no_value() {
    let mut session = Session::open(screen::few(), (100, 30));
    session.keys(MANY).keys("ms y j Space mz u v j j Space C-r u u S-Tab gg ma y");
    let lines: String = session
        .kept
        .iter()
        .map(|keep| match keep {
            Keep::Marks(lines) => lines.as_str(),
            _ => "",
        })
        .collect();
    for value in ["Example", "Erika", "PACS", "CT0", ".dcm"] {
        assert!(!lines.contains(value), "{lines}");
    }
    let (book, cut) = dcmleak::redact::read_marks(lines.as_bytes()).unwrap();
    assert_eq!((cut, book.sum()), (0, session.model.marking.book.sum()));
    assert!(book.len() > 8 && book.len() == session.tally().marked as usize);
    // Only marked ones are shown, and the list leads to them.
    session.keys("f marked Enter");
    assert_eq!(session.model.library.filtered.count, book.len());
    session.keys("F gm j j Enter");
    assert!(session.model.views.is_empty() && session.model.focus != Pane::Library);
}

/// What no copy holds cannot be marked, and it is said why.
#[test]
fn what_cannot_be_marked_says_so() {
    let mut session = Session::open(screen::few(), (100, 30));
    session.keys("]f Tab gg Space");
    assert!(session.screen().contains("each copy gets a name of its own"), "{}", session.screen());
    session.keys("/ 0 0 0 2 , 0 0 1 0 Enter Space");
    assert!(session.screen().contains("meta information of its own") && marks(&session).is_empty());
}

/// Text that was found in an image is marked as a rectangle: what is looked at, or all.
#[test]
fn found_text_becomes_marks() {
    let mut session = Session::looking(screen::ultrasound(), (100, 30));
    session.keys("]f Tab Tab ]b Space");
    let one = marks(&session);
    assert!(one.len() == 1 && one[0].starts_with("X pixels ") && one[0].ends_with(" all"), "{one:?}");
    session.keys("u S-Tab / 7 f e 0 , 0 0 1 0 Enter Space");
    // Of one place there may be more than one finding: that text is there, and what it says.
    let tags = session.model.tags.as_ref().unwrap();
    let places: std::collections::BTreeSet<_> = tags.opened.texts(Severity::Info).into_iter().collect();
    assert!(places.len() > 1);
    assert_eq!(marks(&session).len(), places.len(), "{}", session.screen());
    session.keys("Space");
    assert!(marks(&session).is_empty());
}
