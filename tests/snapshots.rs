//! Every view as text and as a grid of styles, at three sizes, in colour and without. The findings are those of a
//! table in the test: what the detectors learn changes nothing here.

#[path = "common/screen.rs"]
mod screen;

use dcmleak::tui::view::theme::Depth;
use screen::Session;

/// A view, and the keys that lead to it. A space is written as it is in a keymap.
const VIEWS: &[(&str, &str)] = &[
    ("summary", ""),
    ("summary_focused", "Tab j j j j j j j j l"),
    ("library_unfolded", "j l j l j l"),
    ("file", "]f"),
    ("tags_finding", "]f Tab ]p ]p"),
    ("tags_revealed", "]f Tab X"),
    ("tags_findings_only", "]f Tab i 4 wait"),
    ("tags_search", "]f Tab / s t u d y"),
    ("tags_wrapped", "]f Tab / s t u d y d e s c Enter w x"),
    ("finding_zoomed", "]f Tab Tab Z"),
    ("sequences", "f r e p o r t Enter ]f Tab G"),
    ("not_dicom", "G"),
    ("patients", "t j l j l"),
    ("portrait", "]f P"),
    ("filter", "f h i g h Enter"),
    ("filter_prompt", "f"),
    ("help", "?"),
    ("palette", ": f i n d"),
    ("which_key", "]f y"),
    ("messages", "T 3 wait M"),
    ("question", "]f Tab yv"),
    ("let_stand", "]f Tab / 0010,0010 Enter a a Space phantom Enter wait wait wait wait wait wait"),
    ("reason", "]f Tab A"),
    ("reviewed", "]f D Rl ]f wait wait S"),
    ("comment", "]f Rc ask Space the Space sender Enter wait wait wait wait wait wait"),
    ("hex", "]f Tab / 0010,0010 Enter gh"),
    ("hex_revealed", "]f Tab / 0010,0010 Enter gh x"),
    ("compare", "s ]f ]f gc ]f gc"),
    ("compare_all", "s ]f ]f gc ]f gc Enter C-f"),
    ("pivot", "s ]f ]f Tab / 0010,0010 Enter gp H H H j"),
    ("pivot_group", "s ]f ]f Tab / 0010,0010 Enter gP"),
    ("marked", "]f Tab / 0010,0010 Enter mx j Space j mk k k v j j"),
    ("marks", "]f Tab / 0010,0010 Enter mx j Space j mk gm j"),
    ("marked_library", "gg ma y j l ]f Tab j j mk S"),
    ("rectangle", "s ]f ]f Tab Tab d Enter Z d l l j L K"),
    ("plan", "]f Tab / 0010,0010 Enter mx j Space gr"),
    ("plan_options", "]f Tab / 0010,0010 Enter mx j Space gr j j Enter j j Space"),
    ("plan_out", "]f Tab / 0010,0010 Enter mx j Space gr w out"),
    ("copies_written", "]f Tab / 0010,0010 Enter mx j Space gr hold w out Enter"),
    ("copies_result", "]f Tab / 0010,0010 Enter mx j Space gr w out Enter"),
    ("blank", "]f b"),
];

fn check(size: (u16, u16), depth: Depth) {
    let (name, form) =
        (format!("{}x{}", size.0, size.1), if depth == Depth::None { "mono" } else { "colour" });
    for (view, keys) in VIEWS {
        let mut session = Session::fixed(screen::few(), size, depth);
        session.keys(keys);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("{view}_{name}_{form}"), session.picture());
        });
    }
}

#[test]
fn at_80x24() {
    check((80, 24), Depth::True);
    check((80, 24), Depth::None);
}

#[test]
fn at_120x40() {
    check((120, 40), Depth::True);
    check((120, 40), Depth::None);
}

#[test]
fn at_40x12() {
    check((40, 12), Depth::True);
    check((40, 12), Depth::None);
}

#[test]
fn below_the_least_size() {
    let session = Session::new((39, 11));
    insta::assert_snapshot!("too_small", session.picture());
}

/// Other themes and depths change styles, never the text.
#[test]
fn themes_change_no_text() {
    let mut session = Session::fixed(screen::few(), (100, 30), Depth::True);
    session.keys("]f Tab");
    let text = session.screen();
    for depth in [Depth::Ansi, Depth::Indexed, Depth::None] {
        for theme in 0..session.model.themes.len() {
            (session.depth, session.model.theme) = (depth, theme);
            assert_eq!(session.screen(), text);
        }
    }
}

/// No view shows what names the patients, unless it was asked for.
#[test]
fn values_are_masked_unless_revealed() {
    for (view, keys) in
        VIEWS.iter().filter(|(view, _)| !["tags_revealed", "tags_wrapped", "hex_revealed"].contains(view))
    {
        let mut session = Session::fixed(screen::few(), (160, 60), Depth::True);
        let screen = session.keys(keys).screen();
        for value in ["Erika", "19620317", "Example", "Примеров", "Synthetic"] {
            assert!(!screen.contains(value), "{view} shows {value}:\n{screen}");
        }
    }
}
