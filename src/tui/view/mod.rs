//! The model on the screen: [`draw`] reads, and changes nothing. One file a panel, with a sketch of it. Only the
//! lines that are in sight are looked at. All text goes through [`Pen`], and so through [`crate::text::Shown`].

mod ascii;
mod compare;
mod finding;
mod header;
mod help;
mod hex;
mod image;
mod library;
mod marks;
mod messages;
mod palette;
mod panel;
mod pen;
mod pivot;
mod portrait;
mod redaction;
mod status;
mod summary;
mod tags;
pub mod theme;

pub use image::{cover, image};
pub use panel::Panel;
pub use pen::Pen;

use crate::tui::state::{LEAST, Model, Prompt, View};
use ratatui::{buffer::Buffer, layout::Rect};
use theme::{Role, Theme};

/// Draws the model on an empty buffer. `unicode` is whether the terminal shows more than ASCII.
pub fn draw(model: &Model, theme: &Theme, unicode: bool, buffer: &mut Buffer) {
    let area = buffer.area;
    buffer.set_style(area, theme.of(Role::Text));
    if model.blank {
        blank(model, area, theme, buffer);
    } else if model.areas.body.is_empty() {
        let text = format!("dcmleak needs {} columns and {} lines", LEAST.0, LEAST.1);
        Pen::new(buffer, area, area.height / 2).put(text, theme.of(Role::Dim));
    } else {
        panes(model, theme, buffer);
    }
    if !unicode {
        ascii::fold(buffer);
    }
}

/// Where what is on the screen of the file before may stay, since the next one's is not there yet: else a move would
/// send the panes twice.
pub fn lingering(model: &Model) -> Vec<Rect> {
    let areas = &model.areas;
    let Some(file) = model.library.file().filter(|_| model.linger.is_some()) else { return Vec::new() };
    let tags = model.tags.is_none().then_some([areas.tags, areas.finding]);
    let image = model.preview.of(file).is_none().then_some(areas.image);
    tags.into_iter().flatten().chain(image).filter(|area| !area.is_empty()).collect()
}

/// Draws a panel.
type Draw = fn(&Model, Rect, &Theme, &mut Buffer);

fn panes(model: &Model, theme: &Theme, buffer: &mut Buffer) {
    let areas = &model.areas;
    header::draw(model, areas.header, theme, buffer);
    match model.views.last() {
        Some(View::Help { top, of }) => help::draw(model, *top, *of, areas.body, theme, buffer),
        Some(View::Portrait { top, sitting }) => {
            portrait::draw(model, sitting, *top, areas.body, theme, buffer)
        }
        Some(View::Hex(hex)) => hex::draw(model, hex, areas.body, theme, buffer),
        Some(View::Compare(comparison)) => compare::draw(model, comparison, areas.body, theme, buffer),
        Some(View::Marks(list)) => marks::draw(model, list, areas.body, theme, buffer),
        Some(View::Redaction) => redaction::draw(model, areas.body, theme, buffer),
        Some(View::Pivot(pivot)) => pivot::draw(model, pivot, areas.body, theme, buffer),
        Some(View::Messages { top }) => messages::draw(model, *top, areas.body, theme, buffer),
        None => {
            let panels: [(Rect, Draw); 5] = [
                (areas.library, library::draw),
                (areas.tags, tags::draw),
                (areas.image, image::draw),
                (areas.finding, finding::draw),
                (areas.summary, summary::draw),
            ];
            for (area, draw) in panels {
                if !area.is_empty() {
                    draw(model, area, theme, buffer);
                }
            }
        }
    }
    status::draw(model, areas.status, theme, buffer);
    if let Some(Prompt::Palette { field, cursor }) = &model.prompt {
        palette::draw(model, field, *cursor, areas.body, theme, buffer);
    } else {
        help::hints(model, areas.body, theme, buffer);
    }
}

/// Nothing of what the program is about.
fn blank(model: &Model, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let key = model.keymap.key(crate::tui::keys::Action::Blank);
    Pen::new(buffer, area, area.height.saturating_sub(1))
        .skip(1)
        .put(format!("{key} to come back"), theme.of(Role::Dim));
}

/// A box in the middle of `area`, on cleared ground; at most as large as `area`.
fn middle(area: Rect, width: u16, height: u16, buffer: &mut Buffer) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    let rect =
        Rect::new(area.x + (area.width - width) / 2, area.y + (area.height - height) / 2, width, height);
    clear(rect, buffer);
    rect
}

fn clear(rect: Rect, buffer: &mut Buffer) {
    use ratatui::widgets::{Clear, Widget};
    Clear.render(rect, buffer);
}
