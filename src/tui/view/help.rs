use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::{
    text::width,
    tui::{
        keys::{Context, Scope, action::TABLE},
        state::Model,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// The keys that work in a pane, from the keymap that is in use.
///
/// ```text
/// ╭ Keys in the tags ──────────────────────── your keymap may change them ╮
/// │ In every pane                                                         │
/// │   ]f            next file with findings                               │
/// │   ]p            next finding                                          │
/// ╰───────────────────────────────────────────────────────────────────────╯
/// ```
pub fn draw(model: &Model, top: usize, of: Context, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let height = usize::from(area.height.saturating_sub(2));
    let columns = if area.width >= 110 { 2 } else { 1 };
    let width = usize::from(area.width.saturating_sub(2)) / columns;
    let lines = lines(model, of, width.saturating_sub(LEFT + 1));
    let rows = lines.len().div_ceil(columns);
    let top = top.min(rows.saturating_sub(height));
    let title = match of {
        Context::Library => "Keys · library",
        Context::Tags => "Keys · tags",
        Context::Preview => "Keys · image and finding",
        Context::Rectangle => "Keys · rectangle",
        Context::Summary => "Keys · summary",
        Context::View => "Keys · views",
        Context::Redaction => "Keys · redaction",
    };
    let panel = Panel { title, remark: "q back", focused: true, scroll: Some((top, height, rows)) };
    super::clear(area, buffer);
    let inner = panel.draw(area, theme, buffer);
    let width = inner.width / columns as u16;
    for column in 0..columns {
        let place = Rect { x: inner.x + width * column as u16, width, ..inner };
        let part = lines.iter().skip(rows * column).take(rows).skip(top);
        for (row, line) in (0..inner.height).zip(part) {
            let mut pen = Pen::new(buffer, place, row);
            match line {
                Line::Title(title) => {
                    pen.skip(1).put(title, theme.of(Role::Strong));
                }
                Line::Key { keys, doc } => {
                    pen.skip(2).field(keys, KEYS, theme.of(Role::Key)).skip(1);
                    pen.put(doc, theme.of(Role::Text));
                }
                Line::Empty => {}
            }
        }
    }
}

enum Line {
    Title(&'static str),
    /// A line of an action's doc, the first with its keys.
    Key {
        keys: String,
        doc: String,
    },
    Empty,
}

/// The room for keys, and what is left of the docs with the space around it.
const KEYS: usize = 15;
const LEFT: usize = KEYS + 3;

/// What is of this pane first, then what works in every pane; how to move last, since that is as elsewhere.
fn lines(model: &Model, of: Context, columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let late = |scope: &Scope| match scope {
        Scope::All => 1,
        Scope::Always => 2,
        Scope::Tree => 3,
        Scope::List => 4,
        _ => 0,
    };
    let mut scopes: Vec<&Scope> = of.scopes().iter().collect();
    scopes.sort_by_key(|scope| late(scope));
    for &scope in scopes {
        if !lines.is_empty() {
            lines.push(Line::Empty);
        }
        lines.push(Line::Title(scope.title()));
        for entry in TABLE.iter().filter(|entry| entry.scope == scope) {
            let keys: Vec<String> = model.keymap.keys_in(of, entry.action).collect();
            let docs = width::wrap(entry.doc, columns, 4).into_iter();
            let keys = std::iter::once(keys.join("  ")).chain(std::iter::repeat(String::new()));
            lines.extend(keys.zip(docs).map(|(keys, doc)| Line::Key { keys, doc }));
        }
    }
    lines
}

/// What may follow the keys that were pressed, above the status line.
///
/// ```text
/// ╭ y… ─────────────────────────────────────╮
/// │ k  copy the keyword   p  copy the path  │
/// ╰─────────────────────────────────────────╯
/// ```
pub fn hints(model: &Model, body: Rect, theme: &Theme, buffer: &mut Buffer) {
    let hints = model.pending.hints(model.context(), &model.keymap);
    if hints.is_empty() {
        return;
    }
    let widest = hints.iter().map(|(key, doc)| key.len() + doc.len() + 4).max().unwrap_or(0);
    let columns = (usize::from(body.width.saturating_sub(4)) / widest.max(1)).clamp(1, hints.len());
    let rows = hints.len().div_ceil(columns);
    let height = u16::try_from(rows + 2).unwrap_or(u16::MAX).min(body.height);
    let area = Rect { y: body.bottom() - height, height, ..body };
    super::clear(area, buffer);
    let title = format!("{}…", model.pending.text());
    let panel = Panel { title: &title, remark: "Esc back", focused: true, scroll: None };
    let inner = panel.draw(area, theme, buffer);
    for (at, (key, doc)) in hints.iter().enumerate() {
        let (column, row) = (at / rows, u16::try_from(at % rows).unwrap_or(u16::MAX));
        let mut pen = Pen::new(buffer, inner, row);
        pen.skip(1 + column * widest).put(key, theme.of(Role::Key)).skip(2).cut(
            doc,
            widest,
            theme.of(Role::Text),
        );
    }
}
