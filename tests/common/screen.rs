//! The terminal program without a terminal: real files, a clock that is moved by hand, effects done at once.
#![allow(dead_code)]

mod cells;
pub mod copies;
mod fixed;

use cells::{styles, text};
use dcmleak::{
    demo,
    dicom::{Limits, Reader, frame},
    leak::{Inspector, PixelMode},
    library::{Event, Roots, Scan, ScanOptions},
    raster,
    tui::{
        keys::{Keymap, chord},
        state::{
            Effect, Hex, Keep, Model, Msg, Opened, Picture,
            hex::Peeked,
            pivot::{Gathered, values_at},
            update,
        },
        view::{
            self,
            theme::{Depth, Theme},
        },
    },
};
use ratatui::{buffer::Buffer, layout::Rect};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    time::Duration,
};

/// The demo's folder, written once for all tests of a program.
pub fn demo() -> &'static Path {
    static FOLDER: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    &FOLDER
        .get_or_init(|| {
            let temporary = tempfile::tempdir().unwrap();
            let path = temporary.path().join("demo");
            demo::write(&path).unwrap();
            (temporary, path)
        })
        .1
}

/// A dozen files of the demo, for tests that open it often.
pub fn few() -> &'static Path {
    static FOLDER: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    &FOLDER.get_or_init(|| part(&["CT_Head/CT00", "SR/", "cath_lab", "ECG", "sub-003", "README"])).1
}

/// An image of the demo that text is burned into.
pub fn ultrasound() -> &'static Path {
    static FOLDER: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    &FOLDER.get_or_init(|| part(&["US_20240221_2"])).1
}

/// The files of the demo whose paths hold one of these.
fn part(wanted: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let temporary = tempfile::tempdir().unwrap();
    let root = temporary.path().join("demo");
    for file in demo::compose().unwrap().files {
        if wanted.iter().any(|part| file.path.contains(part)) {
            let path = root.join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.bytes).unwrap();
        }
    }
    (temporary, root)
}

pub struct Session {
    pub model: Model,
    pub now: Duration,
    pub depth: Depth,
    /// What was to be done and a test looks at: what is copied, edited, quit.
    pub done: Vec<Effect>,
    /// What is kept for the next run.
    pub kept: Vec<Keep>,
    inspector: Arc<Inspector>,
    /// Whether findings come from a small table of tests rather than from the detectors, which learn.
    fixed: bool,
    /// Which images are looked at; it takes long in a build for tests.
    pixels: PixelMode,
    pub copies: copies::Copies,
}

impl Session {
    /// On a folder that was read to its end.
    pub fn open(path: &Path, size: (u16, u16)) -> Self {
        Self::new(size).read(path)
    }

    /// The same, with findings that stay as they are whatever the detectors learn.
    pub fn fixed(path: &Path, size: (u16, u16), depth: Depth) -> Self {
        let session = Self::new(size);
        Self { fixed: true, depth, ..session }.read(path)
    }

    /// The same, with images that are looked at.
    pub fn looking(path: &Path, size: (u16, u16)) -> Self {
        let session = Self::new(size);
        Self { pixels: PixelMode::Auto, ..session }.read(path)
    }

    pub fn read(self, path: &Path) -> Self {
        let mut session = self;
        (session.copies.root, session.copies.fixed) = (path.to_owned(), session.fixed);
        let options = ScanOptions {
            jobs: std::num::NonZeroUsize::new(1),
            pixels: session.pixels,
            ..ScanOptions::default()
        };
        let scan = Scan::start(Roots::new([path.to_owned()]), Arc::clone(&session.inspector), &options);
        session.model.progress.begin(Duration::ZERO);
        for mut event in scan.events.iter() {
            if let (Event::Reports(reports), true) = (&mut event, session.fixed) {
                reports.iter_mut().for_each(|(_, report)| fixed::report(report));
            }
            let last = matches!(event, Event::Finished);
            session.tell(Msg::Scanned(event));
            if last {
                break;
            }
        }
        session.wait(Duration::from_secs(10));
        session
    }

    /// On nothing yet.
    pub fn new(size: (u16, u16)) -> Self {
        let mut model = Model::new(Keymap::load(None).unwrap(), size);
        model.themes = view::theme::BUILT_IN.map(|(name, _)| name.to_owned()).to_vec();
        let (now, inspector) = (Duration::ZERO, Arc::new(Inspector::new()));
        let (depth, done) = (Depth::True, Vec::new());
        let mut session = Self {
            model,
            now,
            depth,
            done,
            kept: Vec::new(),
            inspector,
            fixed: false,
            pixels: PixelMode::Off,
            copies: copies::Copies::default(),
        };
        session.tell(Msg::Woken);
        session
    }

    pub fn demo(size: (u16, u16)) -> Self {
        Self::open(demo(), size)
    }

    /// Presses keys, as they are written in a keymap; `wait` lets a second pass, `hold` has orders for copies go on
    /// until `go`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for word in keys.split_whitespace() {
            match word {
                "wait" => {
                    self.wait(Duration::from_secs(1));
                }
                "hold" => self.copies.held = true,
                "go" => {
                    let done = self.copies.go_on(&self.inspector);
                    done.into_iter().for_each(|msg| self.tell(msg));
                }
                _ => chord::sequence(word).unwrap().into_iter().for_each(|key| self.tell(Msg::Pressed(key))),
            }
        }
        self.wait(Duration::from_millis(100));
        self
    }

    /// Types a text as it is.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let key = dcmleak::tui::keys::Key::Char(c);
            self.tell(Msg::Pressed(dcmleak::tui::keys::Chord::plain(key)));
        }
        self
    }

    /// Lets time pass, waking the model when it asks to be woken.
    pub fn wait(&mut self, time: Duration) -> &mut Self {
        let end = self.now + time;
        let mut steps = 0;
        while let Some(due) = self.model.deadline().filter(|&due| due <= end) {
            self.now = self.now.max(due);
            self.tell(Msg::Woken);
            steps += 1;
            assert!(steps < 100_000, "the model never rests");
        }
        self.now = end;
        self
    }

    pub fn tell(&mut self, msg: Msg) {
        let mut effects = update(&mut self.model, self.now, msg);
        while let Some(effect) = effects.pop() {
            if let Some(msg) = self.effect(effect) {
                effects.extend(update(&mut self.model, self.now, msg));
            }
        }
    }

    fn effect(&mut self, effect: Effect) -> Option<Msg> {
        match effect {
            Effect::Read { file, path, judged, known } => {
                let reading = Arc::new(Reader::new(Limits::default()).read(&path));
                let findings = match self.fixed {
                    true => fixed::findings(&reading, &path),
                    false => self.inspector.inspect(&reading, &path, &judged).findings,
                };
                Some(Msg::Opened { file, opened: Arc::new(Opened::new(path, reading, findings, known)) })
            }
            Effect::Draw(sight) => {
                let opened = &sight.opened;
                let limits = frame::FrameLimits::default();
                let frame =
                    frame::decode(&opened.path, &opened.reading, sight.frame, &limits, &frame::Cancel::new());
                let size = raster::Size { columns: sight.columns, rows: sight.rows };
                let colours = match self.depth {
                    Depth::None => raster::Colours::Mono,
                    Depth::Ansi => raster::Colours::Indexed16,
                    Depth::Indexed => raster::Colours::Indexed256,
                    Depth::True => raster::Colours::True,
                };
                let style = raster::Style { colours, ..raster::Style::default() };
                let probe = sight.looks.probe.zip(frame.as_ref().ok());
                let probe = probe.and_then(|((x, y), frame)| frame.probe(x, y));
                let canvas = frame
                    .map(|frame| {
                        Arc::new(raster::render(
                            &frame,
                            &raster::View { marks: sight.marks(), ..raster::View::default() },
                            size,
                            &style,
                        ))
                    })
                    .map_err(|error| error.to_string());
                let windows = ["brain".to_owned(), "bone".to_owned()].into();
                Some(Msg::Drawn(Picture { sight, canvas, image: None, windows, probe }))
            }
            Effect::Copy(text) => {
                self.done.push(Effect::Copy(text));
                Some(Msg::Copied(Ok(())))
            }
            Effect::Edit(text) => {
                self.done.push(Effect::Edit(text));
                Some(Msg::Edited(Ok(())))
            }
            Effect::Peek { path, from } => {
                let all = std::fs::read(&path).unwrap();
                let end = all.len().min(from as usize + Hex::WINDOW as usize);
                let bytes = Ok(all.get(from as usize..end).unwrap_or_default().into());
                Some(Msg::Peeked(Peeked { path, from, size: all.len() as u64, bytes }))
            }
            Effect::Gather { node, at, files } => {
                let mut reader = Reader::new(Limits::default());
                let values =
                    files.into_iter().map(|(id, path)| (id, values_at(&reader.read(&path), &at))).collect();
                Some(Msg::Gathered(Gathered { node, at, values }))
            }
            Effect::Redact(order) => {
                let looks = self.pixels != PixelMode::Off;
                self.copies.take(*order, &self.inspector, looks)
            }
            Effect::StopRedaction => {
                self.done.push(Effect::StopRedaction);
                self.copies.stop(&self.inspector)
            }
            Effect::Measure(measure) => {
                let mut reader = Reader::new(Limits::default());
                Some(Msg::Measured(measure.done(|path| Some(reader.read(path)))))
            }
            Effect::Pair { original, copy } => Some(self.copies.pair(&original, &copy)),
            Effect::Prioritise(_) => None,
            Effect::Keep(what) => {
                self.kept.push(what);
                None
            }
            other => {
                self.done.push(other);
                None
            }
        }
    }

    /// What all files add up to.
    pub fn tally(&self) -> dcmleak::library::Tally {
        self.model.library.catalog.tally()
    }

    pub fn buffer(&self) -> Buffer {
        let theme = Theme::built_in(&self.model.themes[self.model.theme], self.depth).unwrap();
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.model.size.0, self.model.size.1));
        view::draw(&self.model, &theme, true, &mut buffer);
        if self.fixed {
            self.hide_picture(&mut buffer);
        }
        buffer
    }

    /// Pictures have tests of their own.
    fn hide_picture(&self, buffer: &mut Buffer) {
        let drawn = self.model.preview.picture.as_ref().is_some_and(|picture| picture.canvas.is_ok());
        let over = !self.model.views.is_empty() || self.model.blank || !drawn;
        let area = self.model.areas.image;
        for y in area.y + 1..(area.y + area.height).saturating_sub(1) {
            for x in area.x + 1..(area.x + area.width).saturating_sub(1) {
                let cell = &mut buffer[(x, y)];
                // What lies over the picture stays.
                if !over
                    && !cell.symbol().chars().all(|c| c.is_ascii_graphic() || "╭╮╰╯┌┐└┘│─┃•…".contains(c))
                {
                    cell.set_symbol("▒").set_style(ratatui::style::Style::reset());
                }
            }
        }
    }

    /// The text of the screen.
    pub fn screen(&self) -> String {
        text(&self.buffer())
    }

    /// The text of the screen, and under it the styles of its cells.
    pub fn picture(&self) -> String {
        let buffer = self.buffer();
        format!("{}\n{}", text(&buffer), styles(&buffer))
    }

    /// The name on the library's line with the cursor.
    pub fn line(&self) -> String {
        let library = &self.model.library;
        library.item(library.tree.cursor, true).map(|item| item.name).unwrap_or_default()
    }

    /// The tag or part on the tag tree's line with the cursor.
    pub fn tag(&self) -> String {
        let tags = self.model.tags.as_ref().expect("a file is open");
        match tags.opened.row(tags.tree.cursor) {
            Some(row) => tags.opened.reading.rows.location(row).to_string(),
            None => dcmleak::tui::state::label::part(tags.opened.line(tags.tree.cursor)).to_owned(),
        }
    }
}
