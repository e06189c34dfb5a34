//! What was looked at, and what is let stand.

use crate::{
    Script,
    screen::{self, Session},
};
use dcmleak::{leak::Severity, tui::state::Keep};

pub const SCRIPTS: &[Script] = &[
    ("acknowledge", "]f Tab / 0 0 1 0 , 0 0 1 0 Enter", "a ok Enter", |s| {
        let tags = s.model.tags.as_ref().unwrap();
        let kept = matches!(&s.kept[..], [.., Keep::Acknowledged(all)] if all.len() == 1);
        kept && tags.standing.count() == 1 && s.screen().contains("stands  ok")
    }),
    ("acknowledge-group", "]f Tab / 0 0 1 0 , 0 0 1 0 Enter", "A ok Enter", |s| {
        let stands = |id| s.model.library.catalog.file(id).unwrap().acknowledged == 1;
        s.model.library.catalog.files().filter(|&id| stands(id)).count() > 3
    }),
    ("done-next", "s ]f", "D", |s| s.tally().done == 1 && s.line() != "RU-3317720.dcm"),
    ("done", "gg", "Rd y", |s| s.tally().done as usize == s.model.library.catalog.len()),
    ("later", "]f", "Rl", |s| s.tally().later == 1 && s.screen().contains("│~")),
    ("seen", "gg", "Rs y", |s| s.tally().seen as usize == s.model.library.catalog.len()),
    ("new", "]f Rd", "Rn", |s| s.tally().done == 0 && s.kept.len() == 2),
    ("comment", "]f", "Rc why Enter wait wait wait wait wait wait", |s| s.screen().contains("“why”")),
];

/// What is let stand counts again when it is taken back, for one and for all of its kind.
#[test]
fn what_stands_can_be_taken_back() {
    let mut session = Session::open(screen::few(), (100, 30));
    let critical = |session: &Session| session.tally().counts.of(Severity::Critical);
    session.keys("]f Tab / 0 0 1 0 , 0 0 1 0 Enter");
    let before = critical(&session);
    session.keys("a ok Enter");
    assert_eq!(critical(&session), before - 1);
    session.keys("a");
    assert_eq!(critical(&session), before);
    session.keys("A ok Enter");
    let apart = session.tally().acknowledged;
    assert!(apart > 3 && critical(&session) == before - apart);
    session.keys("a");
    assert!(critical(&session) < before && session.screen().contains("acknowledged with all of its kind"));
    session.keys("A");
    assert_eq!((critical(&session), session.tally().acknowledged), (before, 0));
    session.keys("a Enter");
    assert!(session.screen().contains("it takes a reason"));
}

/// A file that was looked at for a while was seen, and `new` no longer shows it.
#[test]
fn what_rests_on_the_screen_is_seen() {
    let mut session = Session::open(screen::few(), (100, 30));
    session.keys("wait wait");
    assert_eq!(session.tally().seen, 0);
    session.keys("]f wait wait ]f wait wait");
    assert_eq!(session.tally().seen, 2);
    let all = session.model.library.catalog.len();
    session.keys("f new Enter");
    assert_eq!(session.model.library.filtered.count, all - 2);
    session.keys("f C-u ! new Space CT Enter");
    assert_eq!(session.model.library.filtered.filter.text(), "!new CT");
}

/// Done files are passed by what goes on to the next.
#[test]
fn a_review_goes_through_all_files_with_findings() {
    let mut session = Session::open(screen::few(), (100, 30));
    session.keys("]f");
    for _ in 0..20 {
        session.keys("D");
    }
    assert!(session.screen().contains("no other file with findings is left"));
    let left = session.model.library.catalog.files().filter(|&id| {
        let file = session.model.library.catalog.file(id).unwrap();
        file.worst.is_some() && file.review != dcmleak::library::ReviewState::Done
    });
    assert_eq!(left.count(), 0);
}
