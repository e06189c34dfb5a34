use super::{
    Panel, Pen,
    theme::{Role, Theme},
};
use crate::{
    text::number,
    tui::state::{
        Hex, Model,
        hex::{Sort, per_line},
    },
};
use ratatui::{buffer::Buffer, layout::Rect, style::Modifier};

/// The bytes of a file around an element, which is underlined. Bytes of values are masked as values are; zeros are not.
///
/// ```text
/// ╭ Bytes · (0010,0010) PatientName ────────── at 1,236 of 526,336 · q back ╮
/// │ 000004d0  10 00 10 00 50 4e 0e 00  ·· ·· ·· ·· ·· ·· ·· ··  ····PN··•••••••• │
/// ╰─────────────────────────────────────────────────────────────────────────╯
/// ```
pub fn draw(model: &Model, hex: &Hex, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let height = usize::from(area.height.saturating_sub(2));
    let per = per_line(area.width);
    let lines = usize::try_from(hex.size.div_ceil(per)).unwrap_or(usize::MAX);
    let top = hex.top / per;
    let length = number(usize::try_from(hex.value.end - hex.value.start).unwrap_or(usize::MAX));
    let size = number(usize::try_from(hex.size).unwrap_or(usize::MAX));
    let panel = Panel {
        title: &format!("Bytes · {}", hex.name),
        remark: &format!("{length} of {size} bytes · q back"),
        focused: true,
        scroll: Some((usize::try_from(top).unwrap_or(usize::MAX), height, lines)),
    };
    super::clear(area, buffer);
    let inner = panel.draw(area, theme, buffer);
    if let Some(error) = &hex.error {
        Pen::new(buffer, inner, 0).skip(1).put(format!("cannot be read: {error}"), theme.of(Role::Warning));
        return;
    }
    for row in 0..inner.height {
        let start = (top + u64::from(row)) * per;
        if start >= hex.size {
            break;
        }
        let mut pen = Pen::new(buffer, inner, row);
        pen.put(format!("{start:08x} "), theme.of(Role::Dim));
        let cells: Vec<Cell> = (start..start + per).map(|at| Cell::of(model, hex, at)).collect();
        for (at, cell) in cells.iter().enumerate() {
            if at == 8 {
                pen.skip(1);
            }
            pen.put(" ", theme.of(Role::Text)).put(&cell.digits, cell.style(theme));
        }
        pen.skip(2);
        for cell in &cells {
            pen.put(cell.letter.to_string(), cell.style(theme));
        }
    }
}

/// A byte on the screen.
struct Cell {
    digits: String,
    letter: char,
    role: Role,
    /// Whether it is of the value that was asked for.
    own: bool,
}

impl Cell {
    fn of(model: &Model, hex: &Hex, at: u64) -> Self {
        let own = hex.value.contains(&at);
        let Some(byte) = hex.byte(at) else {
            let text = if at < hex.size { ".." } else { "  " };
            return Self { digits: text.to_owned(), letter: ' ', role: Role::Dim, own: false };
        };
        let revealed = model.reveal.all() || (own && model.reveal.focused());
        let role = match hex.sort(at) {
            Sort::Header => Role::Tag,
            Sort::Plain => Role::Text,
            Sort::Masked if revealed => Role::Revealed,
            Sort::Masked if byte == 0 => Role::Dim,
            Sort::Masked => {
                return Self { digits: "••".to_owned(), letter: '•', role: Role::Masked, own };
            }
        };
        let letter = if byte.is_ascii_graphic() || byte == b' ' { char::from(byte) } else { '·' };
        Self { digits: format!("{byte:02x}"), letter, role, own }
    }

    fn style(&self, theme: &Theme) -> ratatui::style::Style {
        let style = theme.of(self.role);
        if self.own { style.add_modifier(Modifier::UNDERLINED) } else { style }
    }
}
