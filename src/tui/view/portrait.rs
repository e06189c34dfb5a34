use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::{
    leak::Source,
    library::TreeKind,
    text::{counted, number, width},
    tui::state::{Entry, Model, Shelf, Sitting},
};
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// What somebody who holds all files of a patient knows of the patient.
///
/// ```text
/// ╭ Portrait · E••••••^E•••• ─────────────────────── 15 files · q back ╮
/// │ 15 files together tell the patient's name, the birth date and      │
/// │ where to reach the patient; besides age, sex or origin.            │
/// │                                                                    │
/// │ C name                        15 files                             │
/// │     PatientName               15 files  E••••••^E••••              │
/// │     file and folder names      3 files  E••••••_E••••              │
/// ╰────────────────────────────────────────────────────────────────────╯
/// ```
pub fn draw(model: &Model, sitting: &Sitting, top: usize, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let shelf = Shelf::new(&model.library.catalog, TreeKind::Patients);
    let name = shelf.name(Entry::Node(sitting.node), model.reveal.all());
    let columns = usize::from(area.width).saturating_sub(4);
    let lines = lines(sitting, columns, theme);
    let height = usize::from(area.height.saturating_sub(2));
    let top = top.min(lines.len().saturating_sub(height));
    let files = number(sitting.portrait.files() as usize);
    let panel = Panel {
        title: &format!("Portrait · {name}"),
        remark: &if sitting.is_behind() {
            "looking…".to_owned()
        } else {
            format!("{files} files · q back")
        },
        focused: true,
        scroll: Some((top, height, lines.len())),
    };
    super::clear(area, buffer);
    let inner = panel.draw(area, theme, buffer);
    for (row, line) in (0..inner.height).zip(lines.iter().skip(top)) {
        let mut pen = Pen::new(buffer, inner, row);
        pen.skip(1).spare(1);
        for (text, columns, style) in line {
            match columns {
                0 => pen.put(text, *style),
                _ => pen.field(text, *columns, *style),
            };
        }
    }
}

/// Texts with the columns that they take (0: as many as they are long) and their styles.
type Line = Vec<(String, usize, Style)>;

fn lines(sitting: &Sitting, columns: usize, theme: &Theme) -> Vec<Line> {
    let of = |role| theme.of(role);
    let mut lines: Vec<Line> = width::wrap(&sitting.portrait.sentence(), columns, 6)
        .into_iter()
        .map(|line| vec![(line, 0, of(Role::Strong))])
        .collect();
    let name = (columns * 2 / 5).clamp(12, 34);
    let mut facets: Vec<_> = sitting.portrait.facets().collect();
    facets.sort_by_key(|known| std::cmp::Reverse((known.worst, known.files)));
    for known in facets {
        lines.push(Vec::new());
        let severe = theme.severity(known.worst);
        lines.push(vec![
            (known.worst.letter().to_string(), 2, severe),
            (known.facet.name().to_owned(), name, severe),
            (counted(known.files as usize, "file"), 12, of(Role::Dim)),
            (known.facet.words().to_owned(), 0, of(Role::Dim)),
        ]);
        let mut sources: Vec<_> = known.sources.iter().collect();
        sources.sort_by_key(|(source, (files, worst))| (std::cmp::Reverse((*worst, *files)), **source));
        for (source, (count, worst)) in sources {
            let values = sitting.values.get(&(known.facet, *source));
            let more = values.map_or(0, |values| values.count().saturating_sub(values.masks.len()));
            let mut text = values.map(|values| values.masks.join(", ")).unwrap_or_default();
            if more > 0 {
                text += &format!(" and {more} more");
            }
            lines.push(vec![
                (worst.letter().to_string(), 2, theme.severity(*worst)),
                (format!("  {}", source_name(source)), name, of(Role::Keyword)),
                (counted(*count as usize, "file"), 12, of(Role::Dim)),
                (text, 0, of(Role::Masked)),
            ]);
        }
    }
    lines
}

fn source_name(source: &Source) -> String {
    match source {
        Source::Place(crate::leak::Place::Path) => "file and folder names".to_owned(),
        other => other.to_string(),
    }
}
