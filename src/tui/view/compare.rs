use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::{
    dicom::RowId,
    text::mask,
    tui::state::{
        Comparison, Model, Opened,
        compare::{Pair, Verdict},
        label,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Two files side by side, by tag: what differs, or all.
///
/// ```text
/// ╭ Compare · CT001.dcm ↔ CT002.dcm ────── 4 differ · 1 only left · q back ╮
/// │ ≠ (0008,0018) SOPInstanceUID      •.9••.•           •.9••.•            │
/// │ < (0010,0010) PatientName         E••••••^E••••                        │
/// ╰────────────────────────────────────────────────────────────────────────╯
/// ```
/// Narrow, the right value stands below the left one.
pub fn draw(model: &Model, comparison: &Comparison, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let height = usize::from(area.height.saturating_sub(2));
    let count = comparison.lines().count();
    let tall = if area.width < 90 { 2 } else { 1 };
    let seen = (height / tall).max(1);
    let top = comparison.top.min(count.saturating_sub(seen));
    let [left, right] = [&comparison.left, &comparison.right].map(|opened| {
        let name = opened.path.file_name().unwrap_or_default().to_string_lossy();
        if opened.is_plain(0) || model.reveal.all() { name.into_owned() } else { mask(&name) }
    });
    let panel = Panel {
        title: &format!("Compare · {left} ↔ {right}"),
        remark: &remark(comparison),
        focused: true,
        scroll: Some((top, seen, count)),
    };
    super::clear(area, buffer);
    let inner = panel.draw(area, theme, buffer);
    if count == 0 {
        Pen::new(buffer, inner, 0).skip(1).put("no element differs", theme.of(Role::Good));
    }
    let sheet = Sheet { model, comparison, theme, area: inner, tall };
    for (at, pair) in comparison.lines().skip(top).take(seen).enumerate() {
        sheet.line(pair, u16::try_from(at * tall).unwrap_or(u16::MAX), buffer);
    }
}

fn remark(comparison: &Comparison) -> String {
    let count = |verdict| comparison.count(verdict);
    let mut parts = vec![format!("{} differ", count(Verdict::Other))];
    parts.extend(
        [
            (Verdict::OnlyLeft, "only left"),
            (Verdict::OnlyRight, "only right"),
            (Verdict::Alike, "not read whole"),
        ]
        .into_iter()
        .filter(|(verdict, _)| count(*verdict) > 0)
        .map(|(verdict, words)| format!("{} {words}", count(verdict))),
    );
    parts.push(if comparison.all { "Enter differences".to_owned() } else { "Enter all".to_owned() });
    parts.join(" · ")
}

struct Sheet<'a> {
    model: &'a Model,
    comparison: &'a Comparison,
    theme: &'a Theme,
    area: Rect,
    /// Lines of a pair.
    tall: usize,
}

impl Sheet<'_> {
    fn line(&self, pair: &Pair, row: u16, buffer: &mut Buffer) {
        let Self { model, comparison, theme, area, tall } = *self;
        let (sign, role) = match pair.verdict {
            Verdict::Same => (" ", Role::Dim),
            Verdict::Alike => ("?", Role::Dim),
            Verdict::Other => ("≠", Role::Warning),
            Verdict::Inside => (" ", Role::Text),
            Verdict::OnlyLeft => ("<", Role::Warning),
            Verdict::OnlyRight => (">", Role::Warning),
        };
        let mut pen = Pen::new(buffer, area, row);
        pen.skip(1).put(sign, theme.of(role)).skip(1 + 2 * usize::from(pair.depth.min(8)));
        let opened = if pair.left.is_some() { &comparison.left } else { &comparison.right };
        let name = pair.left.or(pair.right).map(|id| name(opened, id)).unwrap_or_default();
        let wide = usize::from(area.width);
        let column = if tall == 1 { wide * 36 / 100 } else { wide / 2 };
        let room = column.saturating_sub(pen.used() + 1);
        pen.cut(&name, room, theme.of(if role == Role::Dim { Role::Dim } else { Role::Keyword })).to(column);
        let share = if tall == 1 { (wide - column) / 2 } else { wide - column };
        let (left, left_role) = value(model, &comparison.left, pair.left);
        let (right, right_role) = value(model, &comparison.right, pair.right);
        pen.field(&left, share.saturating_sub(1), theme.of(left_role)).skip(1);
        if tall == 1 {
            pen.put(&right, theme.of(right_role));
        } else {
            Pen::new(buffer, area, row + 1).to(column).put(&right, theme.of(right_role));
        }
    }
}

fn name(opened: &Opened, id: RowId) -> String {
    let rows = &opened.reading.rows;
    if let Some(number) = rows.number(id) {
        return format!("item {number}");
    }
    let tag = rows.get(id).map(|row| format!("({:04X},{:04X})", row.tag.0, row.tag.1)).unwrap_or_default();
    format!("{tag} {}", label::keyword(opened, id))
}

fn value(model: &Model, opened: &Opened, id: Option<RowId>) -> (String, Role) {
    let Some(id) = id else { return (String::new(), Role::Dim) };
    let at = opened.at_row(id);
    let text = label::value(opened, at, 256);
    if opened.is_plain(at) {
        (text, Role::Text)
    } else if model.reveal.all() {
        (text, Role::Revealed)
    } else {
        (mask(&text), Role::Masked)
    }
}
