//! What panes and views come to, beyond a single key.

use crate::screen::{self, Session};
use dcmleak::{
    library::{self, Event, Roots},
    tui::{
        keys::chord,
        state::{self, Msg, Outline, Pane, update},
        view,
    },
};

/// What is alone in a folder is unfolded, and what only seemed alone is not: however many files come at once, the lines
/// are the same in the end.
#[test]
fn lines_do_not_depend_on_how_files_come() {
    let files = library::list(Roots::new([screen::few().to_owned()]));
    let lines = |cut: usize| {
        let mut session = Session::new((100, 30));
        let (first, rest) = files.split_at(cut);
        for part in [first, rest].into_iter().filter(|part| !part.is_empty()) {
            session.tell(Msg::Scanned(Event::Found(part.to_vec())));
        }
        session.tell(Msg::Scanned(Event::Crawled));
        session.keys("wait");
        session.screen()
    };
    let all = lines(files.len());
    assert!(all.contains("▾ demo") && all.contains("▸ PACS_Export"), "{all}");
    for cut in 1..files.len() {
        assert_eq!(lines(cut), all, "{cut} files come first");
    }
}

/// What somebody unfolded stays so, whatever is found beside it.
#[test]
fn what_was_unfolded_by_hand_is_not_folded_again() {
    let files = library::list(Roots::new([screen::few().to_owned()]));
    let mut session = Session::new((100, 30));
    session.tell(Msg::Scanned(Event::Found(files[..1].to_vec())));
    session.keys("j h l");
    session.tell(Msg::Scanned(Event::Found(files[1..].to_vec())));
    session.keys("wait");
    assert!(session.screen().contains("▾ PACS_Export"), "{}", session.screen());
}

/// A line of the summary that counts files by their worst finding opens as many.
#[test]
fn the_summary_opens_the_files_that_it_counts() {
    let mut session = Session::open(screen::few(), (100, 60));
    session.keys("Tab");
    let severity =
        |session: &Session| match session.model.surveyor.survey.targets().get(session.model.summary_cursor.0)
        {
            Some(state::Target::Severity(severity)) => Some(*severity),
            _ => None,
        };
    let mut opened = 0;
    for line in 0..session.model.surveyor.survey.targets().len() {
        session.model.summary_cursor = (line, 0);
        let Some(severity) = severity(&session) else { continue };
        let counted = session.tally().files_at(severity) as usize;
        session.keys("Enter");
        assert_eq!(session.model.library.filtered.count, counted, "{severity}");
        session.keys("F gg Tab");
        opened += 1;
    }
    assert!(opened > 1);
}

/// Where somebody was is found again: file or folder, tree, order, filter, floor.
#[test]
fn a_session_is_taken_up_again() {
    for keys in
        ["s r ]f ]f", "t j l j", "f high Enter j l j", "3 wait j", "t ]f f S m i t h Space high Enter"]
    {
        let mut session = Session::open(screen::few(), (100, 30));
        session.keys(keys).keys("wait");
        let kept = state::Session::of(&session.model).text();
        assert!(!kept.contains("Smith") && !kept.contains("CT0"), "{kept}");
        let mut again = Session::new((100, 30));
        state::Session::parse(&kept).begin(&mut again.model);
        let mut again = again.read(screen::few());
        again.keys("wait");
        let place = |session: &Session| {
            let library = &session.model.library;
            (library.kind, library.order, library.reverse, session.model.floor, session.line())
        };
        if !keys.contains("S m") {
            assert_eq!(place(&again), place(&session), "{keys}");
        }
    }
}

/// In the hex view no byte of a value that names a patient is seen unless it was asked for.
#[test]
fn bytes_are_masked_unless_revealed() {
    let mut session = Session::open(screen::few(), (100, 30));
    session.keys("]f Tab / 0 0 1 0 , 0 0 1 0 Enter gh");
    let shown = |session: &Session| {
        session.screen().contains("Example^Erika") || session.screen().contains("78 61 6d")
    };
    assert!(!shown(&session), "{}", session.screen());
    session.keys("x");
    assert!(shown(&session), "{}", session.screen());
    session.keys("G");
    session.keys("gg Enter q");
    assert!(session.model.views.is_empty());
}

/// From a pivot one goes to a file that has the value.
#[test]
fn a_pivot_leads_to_its_files() {
    let mut session = Session::open(screen::few(), (100, 30));
    session.keys("s ]f ]f Tab / 0 0 1 0 , 0 0 1 0 Enter gp H H H G Enter");
    assert!(session.model.views.is_empty());
    assert!(session.line() != "CT001.dcm" && session.model.focus == Pane::Tags, "{}", session.line());
    session.keys("/ s o p i n s t a n c e u i d Enter gp");
    let screen = session.screen();
    let title = screen.lines().find(|line| line.contains("SOPInstanceUID ·")).unwrap_or_default();
    assert!(title.contains(" values in ") || title.contains("1 value in 1 file "), "{screen}");
}

/// Items are called by what they hold: what a code means, what a content item is of.
#[test]
fn items_are_labelled() {
    let mut session = Session::open(screen::few(), (160, 60));
    session.keys("f r e p o r t Enter ]f Tab");
    let tags = session.model.tags.as_ref().unwrap();
    let label = |at: usize| state::label::value(&tags.opened, at, 99);
    let labels: Vec<String> = (0..tags.opened.len()).map(label).collect();
    assert!(labels.iter().any(|label| label.ends_with(" · TEXT") && !label.contains(',')), "{labels:?}");
}

#[test]
fn panes_stay_until_the_next_file_is_read_or_is_late() {
    let mut session = Session::open(screen::few(), (80, 24));
    session.keys("]f");
    let first = session.model.library.file();
    let press = |session: &mut Session, keys: &str| {
        for key in chord::sequence(keys).unwrap() {
            // What is to be read is not read.
            drop(update(&mut session.model, session.now, Msg::Pressed(key)));
        }
    };
    press(&mut session, "j");
    assert_ne!(session.model.library.file(), first);
    let areas = &session.model.areas;
    assert_eq!(view::lingering(&session.model), [areas.tags, areas.finding, areas.image]);
    session.wait(std::time::Duration::from_millis(250));
    assert_eq!(view::lingering(&session.model), []);
    assert!(session.screen().contains("reading…"));
    // Once it is read, nothing of the one before is left, and its picture comes.
    session.keys("k");
    assert_eq!(view::lingering(&session.model), []);
    // Nothing stays where the user does something else, or had a value revealed.
    press(&mut session, "j");
    session.keys("b");
    assert_eq!(view::lingering(&session.model), []);
    session.keys("b k Tab x");
    assert!(session.model.reveal.focused());
    press(&mut session, "]f");
    assert_eq!(view::lingering(&session.model), []);
}
