use super::{Drawing, Opened};
use crate::{
    leak::{Region, Severity},
    library::FileId,
    raster::{self, Canvas, CellPixels, Glyphs, Protocol},
    redact::Rectangle,
    tui::mark,
};
use std::{sync::Arc, time::Duration};

/// Which frame of a file is to be drawn, how, and how large.
#[derive(Debug, Clone)]
pub struct Sight {
    pub file: FileId,
    pub opened: Arc<Opened>,
    pub frame: u32,
    pub looks: Looks,
    /// What is framed: the findings in the pixels of this frame.
    pub boxes: Vec<(Region, Severity)>,
    /// What is marked in this frame, and what is drawn, which is told apart.
    pub rectangles: Vec<(Rectangle, bool)>,
    pub columns: u16,
    pub rows: u16,
    pub display: Display,
}

/// What is known of what the terminal shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Display {
    /// More characters than every terminal has.
    pub glyphs: Option<Glyphs>,
    /// How it takes pictures, besides.
    pub sending: Option<Sending>,
}

/// How the terminal takes pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sending {
    pub protocol: Protocol,
    /// Pixels to send for a cell.
    pub cell: CellPixels,
    /// Whether the link carries them while frames are played.
    pub plays: bool,
}

/// A picture as the terminal takes it, for the cells of a canvas that show it too.
#[derive(Debug, PartialEq, Eq)]
pub struct Image {
    pub protocol: Protocol,
    pub bytes: Vec<u8>,
}

impl Sight {
    /// What is framed in the picture: findings, rectangles, and the probed pixel above all.
    pub fn marks(&self) -> Vec<raster::Mark> {
        let found = self.boxes.iter().map(|&(region, severity)| mark::found(region, severity));
        let drawn = self.rectangles.iter().map(|&(rectangle, drawn)| mark::rectangle(rectangle, drawn));
        let probed = self.looks.probe.map(mark::probed);
        found.chain(drawn).chain(probed).collect()
    }
}

/// How a picture is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Looks {
    /// Which of the windows that there are for the frame; the usual one where none is chosen.
    pub window: Option<usize>,
    pub invert: bool,
    pub overlays: bool,
    pub zoom: f64,
    /// What is in the middle, as shares of width and height.
    pub center: (f64, f64),
    /// The pixel whose value is told.
    pub probe: Option<(u32, u32)>,
}

impl Default for Looks {
    fn default() -> Self {
        Self { window: None, invert: false, overlays: true, zoom: 1.0, center: (0.5, 0.5), probe: None }
    }
}

impl Looks {
    /// The largest zoom.
    pub const MOST: f64 = 64.0;

    pub fn zoom(&mut self, by: f64) {
        self.zoom = (self.zoom * by).clamp(1.0, Self::MOST);
        if self.zoom == 1.0 {
            self.center = (0.5, 0.5);
        }
    }

    /// Looks at a part of the picture.
    pub fn look_at(&mut self, (zoom, center): (f64, (f64, f64))) {
        (self.zoom, self.center) = (zoom.clamp(1.0, Self::MOST), center);
        // Inside of the picture, from where it is panned.
        self.pan(0.0, 0.0);
    }

    /// Moves the probed pixel, inside of a picture of that size, and what is seen with it.
    pub fn move_probe(&mut self, right: i64, down: i64, (columns, rows): (u32, u32)) {
        let Some((x, y)) = self.probe else { return };
        let moved = |at: u32, by: i64, most: u32| {
            (i64::from(at) + by).clamp(0, i64::from(most.saturating_sub(1))) as u32
        };
        let (x, y) = (moved(x, right, columns), moved(y, down, rows));
        self.probe = Some((x, y));
        let share = |at: u32, of: u32| (f64::from(at) + 0.5) / f64::from(of.max(1));
        let half = 0.5 / self.zoom;
        let follow = |center: f64, at: f64| if (at - center).abs() > 0.9 * half { at } else { center };
        self.center = (follow(self.center.0, share(x, columns)), follow(self.center.1, share(y, rows)));
        self.pan(0.0, 0.0);
    }

    /// Goes to a point, in shares of width and height, unless it is well inside of what is seen.
    pub fn keep_in_sight(&mut self, x: f64, y: f64) {
        let half = 0.5 / self.zoom;
        let follow = |center: f64, at: f64| if (at - center).abs() > 0.7 * half { at } else { center };
        self.center = (follow(self.center.0, x), follow(self.center.1, y));
        self.pan(0.0, 0.0);
    }

    /// Moves by quarters of what is seen, inside of the picture.
    pub fn pan(&mut self, right: f64, down: f64) {
        let half = 0.5 / self.zoom;
        let moved = |at: f64, by: f64| (at + by * half / 2.0).clamp(half, 1.0 - half);
        self.center = (moved(self.center.0, right), moved(self.center.1, down));
    }
}

impl PartialEq for Sight {
    fn eq(&self, other: &Self) -> bool {
        let key = |s: &Self| (s.file, s.frame, s.looks, s.columns, s.rows, s.display);
        key(self) == key(other)
            && self.boxes == other.boxes
            && self.rectangles == other.rectangles
            && Arc::ptr_eq(&self.opened.reading, &other.opened.reading)
    }
}

/// A frame as cells, or the reason why there is none.
#[derive(Debug, Clone)]
pub struct Picture {
    pub sight: Sight,
    pub canvas: Result<Arc<Canvas>, String>,
    pub image: Option<Arc<Image>>,
    /// The names of the windows that can be chosen.
    pub windows: Arc<[String]>,
    /// The value of the probed pixel.
    pub probe: Option<String>,
}

/// The preview: what is asked for, and what is there.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    pub display: Display,
    pub frame: u32,
    pub looks: Looks,
    /// What is to be seen; asked for once it has been so for a while.
    pub wanted: Option<Sight>,
    pub picture: Option<Picture>,
    /// Which of the texts in the image, and which part of its border, was looked at last.
    pub text: Option<usize>,
    pub edge: Option<usize>,
    /// When the cursor will have rested long enough.
    pub due: Option<Duration>,
    /// A rectangle that is drawn.
    pub drawing: Option<Drawing>,
    /// Whether the frames are played, and when the next one is due.
    pub playing: bool,
    pub next_frame: Option<Duration>,
}

impl Preview {
    /// How long the cursor rests before a picture is asked for.
    pub const REST: Duration = Duration::from_millis(60);

    /// What is drawn for: pictures only while the link carries them.
    pub fn display(&self) -> Display {
        let sending = self.display.sending.filter(|sending| sending.plays || !self.playing);
        Display { sending, ..self.display }
    }

    /// The picture of that file, while it is not outdated.
    pub fn of(&self, file: FileId) -> Option<&Picture> {
        self.picture.as_ref().filter(|picture| picture.sight.file == file)
    }

    /// Another file is looked at.
    pub fn begin(&mut self) {
        (self.frame, self.looks) = (0, Looks { overlays: self.looks.overlays, ..Looks::default() });
        (self.playing, self.next_frame) = (false, None);
        (self.text, self.edge, self.drawing) = (None, None, None);
    }

    /// Takes the next of `count` windows, or the one before; after the last comes the usual one.
    pub fn next_window(&mut self, forward: bool) {
        let count = self.picture.as_ref().map_or(0, |picture| picture.windows.len());
        let at = self.looks.window.map_or(0, |window| window + 1);
        let next = if forward { at + 1 } else { at + count };
        self.looks.window = (next % (count + 1)).checked_sub(1);
    }

    /// The name of the window in use.
    pub fn window(&self) -> Option<&str> {
        let picture = self.picture.as_ref()?;
        picture.windows.get(picture.sight.looks.window?).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pans_inside_of_the_picture() {
        let mut looks = Looks::default();
        looks.pan(1.0, 1.0);
        assert_eq!(looks.center, (0.5, 0.5));
        looks.zoom(4.0);
        (0..99).for_each(|_| looks.pan(1.0, -1.0));
        assert_eq!(looks.center, (0.875, 0.125));
        looks.zoom(0.1);
        assert_eq!((looks.zoom, looks.center), (1.0, (0.5, 0.5)));
    }
}
