//! Key scripts: a state, keys, a state. Every action of the table is in one.

#[path = "common/screen.rs"]
mod screen;

use dcmleak::{
    leak::Severity,
    library::{self, Event, Roots, TreeKind},
    tui::{
        keys::action::TABLE,
        state::{self, Effect, Keep, Msg, Order, Outline, Pane, View},
    },
};
use screen::Session;

type Check = fn(&Session) -> bool;

/// To the name of a patient, in the worst file and in one of a series.
const NAME: &str = "]f Tab / 0 0 1 0 , 0 0 1 0 Enter";
const MANY: &str = "s ]f ]f Tab / 0 0 1 0 , 0 0 1 0 Enter";

/// The marks of the open file.
fn marks(session: &Session) -> Vec<String> {
    let model = &session.model;
    let held = model.tags.as_ref().and_then(|tags| model.marking.of(&model.library.catalog, tags.file));
    let all = held.iter().flat_map(|held| held.marks.iter());
    all.map(|(spot, action)| format!("{action} {spot}")).collect()
}

/// The action that the script is about; the keys that lead to it; its keys; what is so afterwards and was not before.
type Script = (&'static str, &'static str, &'static str, Check);

const SCRIPTS: &[Script] = &[
    ("help", "", "?", |s| matches!(s.model.views[..], [View::Help { .. }])),
    ("quit", "", "q", |s| s.done.contains(&Effect::Quit)),
    ("blank", "", "b", |s| s.model.blank && s.screen().trim() == "b to come back"),
    ("suspend", "", "C-z", |s| s.done.contains(&Effect::Suspend)),
    ("redraw", "", "C-l", |s| s.done.contains(&Effect::Redraw)),
    ("next-file", "s", "]f", |s| s.line() == "RU-3317720.dcm"),
    ("previous-file", "s ]f ]f", "[f", |s| s.line() == "RU-3317720.dcm"),
    ("next-finding", "]f Tab gg", "]p", |s| {
        let tags = s.model.tags.as_ref().unwrap();
        tags.finding() == Some(1)
    }),
    ("previous-finding", "]f Tab gg", "[p", |s| s.tag() != "file name"),
    ("floor-info", "3 wait", "1 wait", |s| s.model.floor == Severity::Info),
    ("floor-low", "", "2 wait", |s| s.model.floor == Severity::Low),
    ("floor-medium", "", "3 wait", |s| s.model.floor == Severity::Medium),
    ("floor-high", "", "4 wait", |s| s.model.floor == Severity::High),
    ("floor-critical", "", "5 wait", |s| s.model.floor == Severity::Critical),
    ("reveal", "]f Tab", "x", |s| s.model.reveal.focused() && !s.model.reveal.all()),
    ("reveal-all", "]f", "X", |s| s.model.reveal.all()),
    ("summary", "]f", "S", |s| s.model.library.node().is_some() && s.screen().contains("Summary ·")),
    ("search", "]f Tab gg", "/ p a t i e n t b i r t h Enter", |s| s.tag().contains("0010,0030")),
    ("search-next", "]f Tab / p a t i e n t Enter gg", "n", |s| s.tag().contains("0010")),
    ("search-previous", "]f Tab / p a t i e n t Enter gg", "N", |s| s.tag() != "file name"),
    ("focus-next", "]f", "Tab", |s| s.model.focus == Pane::Tags),
    ("focus-previous", "]f", "S-Tab", |s| s.model.focus == Pane::Preview),
    ("zoom", "]f Tab", "Z", |s| s.model.areas.library.is_empty()),
    ("wider", "]f", "C-w >", |s| s.model.edges.library > 0),
    ("narrower", "]f", "C-w <", |s| s.model.edges.library < 0),
    ("taller", "]f Tab Tab", "C-w +", |s| s.model.edges.height > 0),
    ("shorter", "]f Tab Tab", "C-w -", |s| s.model.edges.height < 0),
    ("reset-layout", "C-w >", "C-w =", |s| s.model.edges.library == 0),
    ("copy-tag", "]f Tab / 0 0 1 0 , 0 0 1 0 Enter", "yt", |s| {
        s.done.contains(&Effect::Copy("(0010,0010)".into()))
    }),
    ("copy-keyword", "]f Tab / 0 0 1 0 , 0 0 1 0 Enter", "yk", |s| {
        s.done.contains(&Effect::Copy("PatientName".into()))
    }),
    ("copy-path", "]f", "yp", |s| matches!(&s.done[..], [Effect::Copy(path)] if path.contains("demo"))),
    (
        "copy-value",
        "]f Tab / 0 0 1 0 , 0 0 1 0 Enter",
        "yv y",
        |s| matches!(&s.done[..], [Effect::Copy(name)] if name.contains('^')),
    ),
    ("edit", "]f", "E", |s| {
        s.done.iter().any(|effect| matches!(effect, Effect::Edit(text) if text.contains("PatientName")))
    }),
    ("palette", "", ": f o l d - l e v e l", |s| s.screen().contains("fold all at this depth")),
    ("messages", "", "M", |s| matches!(s.model.views[..], [View::Messages { .. }])),
    ("theme", "", "T", |s| s.model.theme == 1),
    ("stop-scan", "", "C-x", |s| s.done.contains(&Effect::StopScan)),
    ("down", "gg", "j", |s| s.model.library.tree.cursor == 1),
    ("up", "G", "k", |s| s.model.library.tree.cursor + 2 == s.model.library.rows.len()),
    ("half-page-down", "]f Tab gg", "C-d", |s| s.model.tags.as_ref().unwrap().tree.cursor > 4),
    ("half-page-up", "]f Tab G", "C-u", |s| {
        let tags = s.model.tags.as_ref().unwrap();
        tags.tree.cursor + 4 < tags.opened.len()
    }),
    ("page-down", "]f Tab gg", "C-f", |s| s.model.tags.as_ref().unwrap().tree.cursor > 9),
    ("page-up", "]f Tab G", "C-b", |s| {
        let tags = s.model.tags.as_ref().unwrap();
        tags.tree.cursor + 9 < tags.opened.len()
    }),
    ("first", "G", "gg", |s| s.model.library.tree.cursor == 0),
    ("last", "gg", "G", |s| s.line() == "README.txt"),
    ("open", "]f", "Enter", |s| s.model.focus == Pane::Tags),
    ("leave", "j l j", "h", |s| s.line() == "PACS_Export"),
    ("enter", "j", "l", |s| s.model.library.rows.len() == 7),
    ("parent", "]f", "H", |s| s.model.library.node().is_some()),
    ("past-parent", "j l j", "L", |s| s.line() == "research_clean"),
    ("next-sibling", "j l", "J", |s| s.line() == "research_clean"),
    ("previous-sibling", "j l J", "K", |s| s.line() == "PACS_Export"),
    ("fold-level", "j l", "c", |s| s.model.library.rows.len() == 4),
    ("unfold-level", "j", "e", |s| s.model.library.rows.len() > 7),
    ("toggle-fold", "j", "o", |s| s.model.library.rows.len() == 7),
    ("center", "]f Tab gg 2 0 j zt", "zz", |s| {
        let tree = &s.model.tags.as_ref().unwrap().tree;
        tree.cursor > tree.top + 2
    }),
    ("cursor-to-top", "]f Tab gg 2 0 j", "zt", |s| {
        let tree = &s.model.tags.as_ref().unwrap().tree;
        tree.cursor <= tree.top + 2
    }),
    ("cursor-to-bottom", "]f Tab gg 3 0 j zt", "zb", |s| {
        let tree = &s.model.tags.as_ref().unwrap().tree;
        tree.cursor > tree.top + 2
    }),
    ("switch-tree", "", "t", |s| s.model.library.kind == TreeKind::Patients),
    ("sort", "", "s", |s| s.model.library.order == Order::Name),
    ("sort-reverse", "", "r", |s| s.model.library.reverse),
    ("filter", "", "f c l e a n Enter", |s| {
        s.model.library.filtered.count > 0 && s.model.library.filtered.count < s.model.library.catalog.len()
    }),
    ("clear-filter", "f C T Enter", "F", |s| s.model.library.filtered.filter.is_empty()),
    ("findings-only", "]f Tab", "i", |s| s.model.tags.as_ref().unwrap().tree.is_filtered()),
    ("wrap-values", "]f Tab", "w", |s| s.model.tags.as_ref().unwrap().wrapped),
    ("next-frame", "f r u n _ 0 1 Enter ]f Tab Tab", ".", |s| s.model.preview.frame == 1),
    ("previous-frame", "f r u n _ 0 1 Enter ]f Tab Tab . .", ",", |s| s.model.preview.frame == 1),
    ("play", "f r u n _ 0 1 Enter ]f Tab Tab", "p wait", |s| {
        s.model.preview.playing && s.model.preview.frame > 0
    }),
    ("next-window", "]f Tab Tab wait", "v", |s| s.model.preview.looks.window == Some(0)),
    ("previous-window", "]f Tab Tab wait", "V", |s| s.model.preview.looks.window == Some(1)),
    ("invert", "]f Tab Tab", "i", |s| s.model.preview.looks.invert),
    ("overlays", "]f Tab Tab", "o", |s| !s.model.preview.looks.overlays),
    ("enlarge", "]f Tab Tab", "+", |s| s.model.preview.looks.zoom > 1.2),
    ("reduce", "]f Tab Tab + + +", "- -", |s| s.model.preview.looks.zoom < 2.0),
    ("whole-image", "]f Tab Tab + + +", "=", |s| s.model.preview.looks.zoom == 1.0),
    ("pan-left", "]f Tab Tab + + +", "A-h", |s| s.model.preview.looks.center.0 < 0.5),
    ("pan-right", "]f Tab Tab + + +", "A-l", |s| s.model.preview.looks.center.0 > 0.5),
    ("pan-up", "]f Tab Tab + + +", "K", |s| s.model.preview.looks.center.1 < 0.5),
    ("pan-down", "]f Tab Tab + + +", "J", |s| s.model.preview.looks.center.1 > 0.5),
    ("portrait", "]f", "P", |s| {
        s.screen().contains("files together tell") && s.screen().contains("PatientName")
    }),
    ("next-same", "s ]f ]f Tab / 0 0 1 0 , 0 0 2 0 Enter", "]s", |s| {
        s.line() == "CT002.dcm" && s.tag() == "(0010,0020)"
    }),
    ("previous-same", "s ]f ]f ]f Tab / 0 0 1 0 , 0 0 2 0 Enter", "[s", |s| {
        s.line() == "CT001.dcm" && s.tag() == "(0010,0020)"
    }),
    ("hex", "]f Tab / 0 0 1 0 , 0 0 1 0 Enter", "gh", |s| {
        s.screen().contains("Bytes · (0010,0010) PatientName") && s.screen().contains("10 00 10 00 50 4e")
    }),
    ("compare", "s ]f ]f gc", "]f gc", |s| {
        s.screen().contains("Compare · CT001.dcm ↔ CT002.dcm") && s.screen().contains("≠ (0008,0018) SOPInst")
    }),
    ("pivot", "s ]f ]f Tab / 0 0 1 0 , 0 0 1 0 Enter", "gp", |s| s.screen().contains("one value in 9 files")),
    ("pivot-group", "s ]f ]f Tab / 0 0 1 0 , 0 0 1 0 Enter", "gP", |s| {
        s.screen().contains("PatientName, attribute.") && s.screen().contains("in 9 files")
    }),
    ("widen", "s ]f ]f Tab / 0 0 1 0 , 0 0 1 0 Enter gp", "H H H", |s| {
        s.screen().contains("values in 18 files")
    }),
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
        s.screen().contains("1 mark in 1 files") && s.screen().contains("(0010,0010) PatientName")
    }),
    ("close", "M", "q", |s| s.model.views.is_empty()),
];

/// The same, on an image with text.
const ON_TEXT: &[Script] = &[
    ("next-box", "]f", "]b", |s| {
        let looks = s.model.preview.looks;
        looks.zoom > 1.5 && looks.center.1 < 0.3 && s.screen().contains("text 1 of 2")
    }),
    ("previous-box", "]f", "[b", |s| s.model.preview.text == Some(1) && s.model.preview.looks.zoom > 1.5),
    ("next-edge", "]f Tab Tab", "2 s", |s| {
        let looks = s.model.preview.looks;
        looks.zoom > 1.5 && looks.center.1 < 0.5 && s.model.preview.edge == Some(1)
    }),
    ("probe", "]f Tab Tab wait", "c L wait", |s| {
        let told = |(x, y)| s.screen().contains(&format!("{x},{y}: ")) && !s.screen().contains(": …");
        s.model.preview.looks.probe.is_some_and(told)
    }),
];

#[test]
fn every_action_does_what_it_says() {
    play(SCRIPTS, || Session::open(screen::few(), (100, 30)));
}

#[test]
fn every_action_on_text_in_images_does_what_it_says() {
    play(ON_TEXT, || Session::looking(screen::ultrasound(), (100, 30)));
}

fn play(scripts: &[Script], open: fn() -> Session) {
    let run = |(name, before, keys, check): &Script| {
        let mut session = open();
        session.keys(before);
        session.done.clear();
        if check(&session) {
            return Some(format!("{name} is so before its keys"));
        }
        session.keys(keys);
        (!check(&session)).then(|| format!("{name}: {before} | {keys}\n{}", session.screen()))
    };
    let failures: Vec<String> = std::thread::scope(|scope| {
        let parts = scripts.chunks(scripts.len().div_ceil(4));
        let threads: Vec<_> =
            parts.map(|part| scope.spawn(move || part.iter().filter_map(run).collect::<Vec<_>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_action_has_a_script() {
    let missing: Vec<&str> = TABLE
        .iter()
        .map(|entry| entry.name)
        .filter(|name| SCRIPTS.iter().chain(ON_TEXT).all(|(known, ..)| known != name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

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
    assert!(title.contains(" values in ") || title.contains("one value in 1 file "), "{screen}");
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
