use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::{
    leak::{Finding, Place},
    standard::{self, Keep, ProfileOption},
    text::{Shown, mask, width},
    tui::state::{Evidence, Model, Pane, Tags, label},
};
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};

/// What the finding under the cursor is, why it is one, and what is to be done.
///
/// ```text
/// ╭ Finding 3 of 41 ─────────────────────── 98 % sure ╮
/// │ CRITICAL  name                                    │
/// │ (0010,0010) PatientName                           │
/// │                                                   │
/// │ value   S••••^J•••                                │
/// │ why     The patient's full name.                  │
/// │ do      Z: replace with an empty value            │
/// │ hipaa   A: Names                                  │
/// │ rule    attribute.patient_name                    │
/// ╰───────────────────────────────────────────────────╯
/// ```
/// Where no finding is, the element itself.
pub fn draw(model: &Model, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let Some(tags) = &model.tags else {
        let panel =
            Panel { title: "Finding", remark: "", focused: model.focus == Pane::Preview, scroll: None };
        panel.draw(area, theme, buffer);
        return;
    };
    let finding = tags.finding().and_then(|at| tags.opened.findings.get(at).map(|finding| (at, finding)));
    let (title, remark) = match finding {
        Some((at, finding)) => (
            format!("Finding {} of {}", at + 1, tags.opened.findings.len()),
            format!("{} % sure", finding.confidence),
        ),
        None => ("Element".to_owned(), String::new()),
    };
    let height = usize::from(area.height.saturating_sub(2));
    let lines = match finding {
        Some((at, finding)) => {
            let room = Room { width: area.width.saturating_sub(4).into(), height };
            about(model, tags, at, finding, theme, room)
        }
        None => element(model, tags, theme, area.width.saturating_sub(4).into()),
    };
    let top = model.finding_top.min(lines.len().saturating_sub(height));
    let panel = Panel {
        title: &title,
        remark: &remark,
        focused: model.focus == Pane::Preview,
        scroll: Some((top, height, lines.len())),
    };
    let inner = panel.draw(area, theme, buffer);
    for (row, line) in (0..inner.height).zip(lines.iter().skip(top)) {
        let mut pen = Pen::new(buffer, inner, row);
        pen.skip(1);
        for (text, style) in line {
            pen.put(text, *style);
        }
    }
}

type Line = Vec<(String, Style)>;

/// Columns of the words at the left.
const LABEL: usize = 8;

/// Inside of the pane.
#[derive(Clone, Copy)]
struct Room {
    width: usize,
    height: usize,
}

fn about(model: &Model, tags: &Tags, at: usize, finding: &Finding, theme: &Theme, room: Room) -> Vec<Line> {
    let Room { width, height } = room;
    let severity = format!(" {} ", finding.severity.name().to_uppercase());
    let mut head = vec![
        (severity, theme.severity(finding.severity).add_modifier(Modifier::REVERSED)),
        (format!("  {}", finding.class.name().replace('_', " ")), theme.of(Role::Strong)),
    ];
    if finding.facet.name() != finding.class.name() {
        head.push((format!(" · {}", finding.facet), theme.of(Role::Dim)));
    }
    let mut lines = vec![head];
    // Where there is room for a few lines only, they are for what the tags do not say.
    if height > 3 {
        lines.push(match finding.place {
            // The file's own name may well be innocent.
            Place::Path => vec![("file or folder name".to_owned(), theme.of(Role::Keyword))],
            _ => place(tags, theme),
        });
    }
    if height > 9 {
        lines.push(Vec::new());
    }
    let found = Evidence::of(&tags.opened, finding);
    if !found.is_empty() && height > 3 {
        let shown = model.reveal.focused();
        let style = theme.of(if shown { Role::Revealed } else { Role::Masked });
        evidence(&mut lines, found.parts(shown), style, width, theme);
    }
    let mut say =
        |word: &str, text: &str, style: Style| labelled(&mut lines, word, text, style, width, theme);
    if let Some(reason) = tags.standing.reason(at) {
        say("stands", reason, theme.of(Role::Good));
    }
    say("why", &finding.why, theme.of(Role::Text));
    if let Some(action) = finding.ps315 {
        say("do", &format!("{action}: {}", meaning(action)), theme.of(Role::Text));
    }
    if let Some(letter) = finding.hipaa {
        let meaning = standard::hipaa(letter).map_or("", |identifier| identifier.category);
        say("hipaa", &format!("{letter}: {meaning}"), theme.of(Role::Text));
    }
    if let Some(region) = finding.region {
        let text =
            format!("frame {}, {} × {} at {}, {}", region.frame + 1, region.w, region.h, region.x, region.y);
        say("pixels", &text, theme.of(Role::Text));
    }
    if let Some((count @ 2.., at)) = model.same {
        let keys = model.keymap.key(crate::tui::keys::Action::NextSame);
        say(
            "also",
            &format!("in {count} files of this patient, this is {at}; {keys} next"),
            theme.of(Role::Text),
        );
    }
    say("rule", &finding.rule, theme.of(Role::Dim));
    options(&mut lines, finding, width, theme);
    lines
}

/// What was found, underlined in what stands around it.
fn evidence(lines: &mut Vec<Line>, parts: [String; 3], style: Style, width: usize, theme: &Theme) {
    let [before, matched, after] = parts;
    let alone = before.is_empty() && after.is_empty();
    let marked = if alone { style } else { style.add_modifier(Modifier::UNDERLINED | Modifier::BOLD) };
    let columns = width.saturating_sub(LABEL).max(8);
    let (mut line, mut left): (Line, usize) = (Vec::new(), columns);
    let mut wrapped = Vec::new();
    for (text, style) in [(before, style), (matched, marked), (after, style)] {
        let text = Shown::new(&text);
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (fits, used) = width::fit(rest, left);
            if !fits.is_empty() {
                line.push((fits.to_owned(), style));
            }
            rest = rest.get(fits.len()..).unwrap_or_default();
            left -= used;
            if !rest.is_empty() {
                wrapped.push(std::mem::take(&mut line));
                left = columns;
            }
        }
    }
    wrapped.push(line);
    for (at, mut line) in wrapped.into_iter().take(8).enumerate() {
        let word = if at == 0 { "value" } else { "" };
        line.insert(0, (format!("{word:LABEL$}"), theme.of(Role::Dim)));
        lines.push(line);
    }
}

/// What the options of PS3.15 do with the attribute instead.
fn options(lines: &mut Vec<Line>, finding: &Finding, width: usize, theme: &Theme) {
    let Some(rule) = finding.tag().and_then(standard::confidentiality) else { return };
    let mut word = "unless";
    for option in ProfileOption::ALL {
        let keep = match rule.under(option) {
            Some(Keep::Keep) => "keep",
            Some(Keep::Clean) => "clean",
            None => continue,
        };
        labelled(lines, word, &format!("{}: {keep}", option.name()), theme.of(Role::Dim), width, theme);
        word = "";
    }
}

fn place(tags: &Tags, theme: &Theme) -> Line {
    let at = tags.tree.cursor;
    match tags.opened.row(at) {
        Some(id) => {
            let location = tags.opened.reading.rows.location(id).to_string();
            vec![
                (format!("{location} "), theme.of(Role::Tag)),
                (label::keyword(&tags.opened, id), theme.of(Role::Keyword)),
            ]
        }
        None => vec![(label::part(tags.opened.line(at)).to_owned(), theme.of(Role::Keyword))],
    }
}

fn element(model: &Model, tags: &Tags, theme: &Theme, width: usize) -> Vec<Line> {
    let at = tags.tree.cursor;
    let mut lines = vec![place(tags, theme), Vec::new()];
    let mut say =
        |word: &str, text: &str, style: Style| labelled(&mut lines, word, text, style, width, theme);
    let text = label::value(&tags.opened, at, 4096);
    if !text.is_empty() {
        let plain = tags.opened.is_plain(at);
        let shown = plain || model.reveal.focused();
        let role = match (plain, shown) {
            (true, _) => Role::Text,
            (_, true) => Role::Revealed,
            _ => Role::Masked,
        };
        say("value", &if shown { text } else { mask(&text) }, theme.of(role));
    }
    if let Some(row) = tags.opened.row(at).and_then(|id| tags.opened.reading.rows.get(id)) {
        let length = match row.length {
            u32::MAX => "undefined length".to_owned(),
            length => format!("{} bytes", crate::text::number(length as usize)),
        };
        say("holds", &format!("{}, {length} at byte {}", row.vr, row.offset), theme.of(Role::Dim));
    }
    let standing = &tags.standing;
    let worst = standing.under(&tags.opened, at).filter(|_| standing.own(&tags.opened, at).is_none());
    match worst {
        Some(worst) => say("inside", &format!("the worst finding is {worst}"), theme.severity(worst)),
        None => say("", "nothing known to give anybody away", theme.of(Role::Good)),
    }
    lines
}

fn labelled(lines: &mut Vec<Line>, word: &str, text: &str, style: Style, width: usize, theme: &Theme) {
    for (at, part) in width::wrap(text, width.saturating_sub(LABEL).max(8), 12).into_iter().enumerate() {
        let word = if at == 0 { word } else { "" };
        lines.push(vec![(format!("{word:LABEL$}"), theme.of(Role::Dim)), (part, style)]);
    }
}

/// The actions of PS3.15 Table E.1-1a in words.
fn meaning(action: &str) -> &'static str {
    match action {
        "X" => "remove the attribute",
        "Z" => "replace with an empty value or a dummy",
        "D" => "replace with a dummy value",
        "C" => "replace with a cleaned value of like meaning",
        "U" => "replace with a new UID, the same in all files",
        "K" => "keep",
        "Z/D" => "empty it, or a dummy where a value is required",
        "X/Z" => "remove it, or empty where the attribute is required",
        "X/D" => "remove it, or a dummy where a value is required",
        "X/Z/D" => "remove, empty or a dummy, as the object's definition requires",
        "X/Z/U*" => "remove, empty, or replace the UIDs in it",
        _ => "as the standard says",
    }
}
