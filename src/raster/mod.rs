//! Pixels into terminal cells, in three steps that may each be kept and done again alone:
//! a [`Frame`](crate::dicom::frame::Frame) and a [`Tone`] make a [`Picture`] of 8 bit; a part of it, chosen by a
//! [`View`], is averaged down to the dots of the cells; the best glyph and two colours for the dots of each cell
//! make a [`Canvas`], which a program draws or [`emit()`] writes as escape sequences.
//!
//! ```no_run
//! use dcmleak::{dicom::{self, frame}, raster};
//! let path = std::path::Path::new("image.dcm");
//! let reading = dicom::Reader::default().read(path);
//! let frame = frame::decode(path, &reading, 0, &frame::FrameLimits::default(), &frame::Cancel::new())?;
//! let size = raster::Size { columns: 60, rows: 30 };
//! let canvas = raster::render(&frame, &raster::View::default(), size, &raster::Style::default());
//! # Ok::<(), frame::FrameError>(())
//! ```
//! Uses `text` and `dicom`.

mod canvas;
mod dither;
mod emit;
mod fit;
mod glyphs;
mod graphics;
mod mark;
mod palette;
mod picture;
mod resample;
mod stage;
mod style;
mod view;
mod window;

pub use canvas::{Canvas, Cell, Colour};
pub use emit::emit;
pub use glyphs::{Glyphs, dots};
pub use graphics::{CellPixels, Graphics, Iterm2, Kitty, Protocol, Raster, Sixel};
pub use mark::Mark;
pub use palette::Colours;
pub use picture::{Picture, Pixels};
pub use resample::Dots;
pub use stage::Stage;
pub use style::Style;
pub use view::{Placement, Size, View};
pub use window::{Choice, Preset, Tone, presets};

use crate::dicom::frame::Frame;

/// A frame as cells. Of a picture that is shown more than once, keep [`Picture::new`] and use [`draw`].
pub fn render(frame: &Frame, view: &View, size: Size, style: &Style) -> Canvas {
    draw(&Picture::new(frame, &view.tone), view, size, style)
}

/// The part of a picture that a view shows, as cells: always `size` of them, those beside the picture blank.
pub fn draw(picture: &Picture, view: &View, size: Size, style: &Style) -> Canvas {
    let place = Placement::new(picture, view, size, style.cell_aspect);
    let dots = Dots::of(picture, &place);
    let mut canvas = Canvas::blank(size, place);
    if style.colours.is_dithered() || style.glyphs == Glyphs::Ascii {
        dither::fill(&mut canvas, &dots, style);
    } else {
        fit::fill(&mut canvas, &dots, style);
    }
    for mark in &view.marks {
        mark.draw(&mut canvas, style);
    }
    canvas
}
