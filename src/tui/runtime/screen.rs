use super::thrift::thrifty;
use crate::tui::{
    state::{Image, Model},
    view::{self, theme::Theme},
};
use ratatui::{
    backend::{Backend, CrosstermBackend},
    buffer::{Buffer, CellDiffOption},
    crossterm::{
        cursor::MoveTo,
        queue,
        style::{Print, ResetColor},
        terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate},
    },
    layout::Rect,
};
use std::{
    io::{self, Write},
    sync::Arc,
};

/// The terminal as it is, and what is written to make it what it should be: only the cells that differ, in one
/// write, between the marks of a synchronised update. Nothing where nothing differs.
pub struct Screen {
    shown: Buffer,
    next: Buffer,
    /// The picture over cells, and where.
    image: Option<(Rect, Arc<Image>)>,
    /// Whether what is on the terminal is not known.
    unknown: bool,
    bytes: Vec<u8>,
    unicode: bool,
}

impl Screen {
    pub fn new(size: (u16, u16), unicode: bool) -> Self {
        let area = Rect::new(0, 0, size.0, size.1);
        let empty = Buffer::empty(area);
        Self { shown: empty.clone(), next: empty, image: None, unknown: true, bytes: Vec::new(), unicode }
    }

    /// Has every cell written the next time.
    pub fn forget(&mut self) {
        self.unknown = true;
    }

    /// Shows the model; returns how many bytes that took.
    pub fn show(&mut self, model: &Model, theme: &Theme, out: &mut impl Write) -> io::Result<usize> {
        let area = Rect::new(0, 0, model.size.0, model.size.1);
        if self.shown.area != area {
            self.unknown = true;
        }
        self.next.resize(area);
        self.next.reset();
        view::draw(model, theme, self.unicode, &mut self.next);
        let lingering = if self.unknown { Vec::new() } else { view::lingering(model) };
        for position in lingering.iter().flat_map(|area| area.positions()) {
            self.next[position] = self.shown[position].clone();
        }
        let lingers =
            self.image.as_ref().filter(|(place, _)| lingering.iter().any(|area| area.intersects(*place)));
        let image = lingers.cloned().or_else(|| self.uncovered(model));
        let former = self.image.take_if(|former| self.unknown || Some(&*former) != image.as_ref());
        if self.unknown {
            self.shown = Buffer::empty(area);
        }
        let changes = self.shown.diff(&self.next);
        if changes.is_empty() && !self.unknown && self.image == image {
            return Ok(0);
        }
        self.bytes.clear();
        queue!(self.bytes, BeginSynchronizedUpdate)?;
        if let Some((_, former)) = former {
            queue!(self.bytes, Print(former.protocol.graphics().erase()))?;
        }
        if self.unknown {
            queue!(self.bytes, ResetColor, Clear(ClearType::All), MoveTo(0, 0))?;
        }
        let changes = thrifty(&changes, &self.next);
        let cells = changes.iter().map(|(x, y, cell)| (*x, *y, cell));
        CrosstermBackend::new(&mut self.bytes).draw(cells)?;
        if let Some((place, image)) = image.as_ref().filter(|image| self.image.as_ref() != Some(image)) {
            queue!(self.bytes, MoveTo(place.x, place.y))?;
            self.bytes.extend(&image.bytes);
        }
        queue!(self.bytes, EndSynchronizedUpdate)?;
        out.write_all(&self.bytes)?;
        out.flush()?;
        self.image = image;
        self.unknown = false;
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(self.bytes.len())
    }

    /// The picture that is to be seen, if all of its cells are left to it. If not, they are written.
    fn uncovered(&mut self, model: &Model) -> Option<(Rect, Arc<Image>)> {
        let (place, image) = view::image(model)?;
        let is_left = |position| self.next[position].diff_option == CellDiffOption::Skip;
        if place.positions().all(is_left) {
            return Some((place, Arc::clone(image)));
        }
        view::cover(place, CellDiffOption::None, &mut self.next);
        None
    }
}
