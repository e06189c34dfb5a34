//! Panes, trees, views and the image.

use crate::Script;
use dcmleak::{
    leak::Severity,
    library::TreeKind,
    tui::state::{Effect, Order, Outline, Pane, View},
};

pub const SCRIPTS: &[Script] = &[
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
    ("pivot", "s ]f ]f Tab / 0 0 1 0 , 0 0 1 0 Enter", "gp", |s| s.screen().contains("1 value in 9 files")),
    ("pivot-group", "s ]f ]f Tab / 0 0 1 0 , 0 0 1 0 Enter", "gP", |s| {
        s.screen().contains("PatientName, attribute.") && s.screen().contains("in 9 files")
    }),
    ("widen", "s ]f ]f Tab / 0 0 1 0 , 0 0 1 0 Enter gp", "H H H", |s| {
        s.screen().contains("values in 18 files")
    }),
    ("close", "M", "q", |s| s.model.views.is_empty()),
];

/// The same, on an image with text.
pub const ON_TEXT: &[Script] = &[
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
