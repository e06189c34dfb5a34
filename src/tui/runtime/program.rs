use super::{
    Capabilities, Options, Settings, SettingsError, Unusable,
    answers::Answers,
    clipboard,
    crew::Crew,
    editor,
    guard::Guard,
    input::Input,
    lanes::ToRead,
    notebook::Notebook,
    peek::ToPeek,
    pictures::Pictures,
    screen::Screen,
    signals::{self, Signal},
};
use crate::{
    library::{Event, Roots},
    redact::Held,
    tui::{
        state::{Effect, Level, Model, Msg, Session, update},
        view::theme::Theme,
    },
};
use crossbeam_channel::{Receiver, bounded, never, select_biased, unbounded};
use ratatui::crossterm::{execute, style::Print, terminal};
use std::{
    io,
    path::Path,
    time::{Duration, Instant},
};

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The user left it.
    Left,
    /// A signal ended it, of that number.
    Signal(i32),
}

/// Why the program did not run, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    #[error(transparent)]
    Unusable(#[from] Unusable),
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error("the terminal failed: {}", .0.kind())]
    Terminal(#[from] io::Error),
}

/// How long messages are taken before the screen is drawn again: half of a frame.
const BUDGET: Duration = Duration::from_millis(6);
/// Between two drawings that only a scan calls for.
const SCAN_PACE: Duration = Duration::from_millis(90);

/// Runs the terminal program on what the user named, until it is left.
pub fn run(roots: Roots, options: &Options) -> Result<Ended, TuiError> {
    let can = Capabilities::detect()?;
    let settings = Settings::load(options.theme.as_deref(), can.depth)?;
    let Settings { keymap, themes, mouse, bell, images, .. } = settings;
    let (signal_send, signals) = unbounded();
    signals::listen(signal_send)?;
    let (defect_send, defects) = bounded(16);
    let guard = Guard::take(mouse, defect_send)?;
    let size = terminal::size()?;
    let mut model = Model::new(keymap, size);
    model.themes = themes.iter().map(|theme| theme.name.clone()).collect();
    model.progress.begin(Duration::ZERO);
    let mut notebook = if options.forget { Notebook::default() } else { Notebook::of(&roots) };
    remember(&mut notebook, &mut model);
    let mut program = Program {
        began: Instant::now(),
        screen: Screen::new(size, can.unicode),
        model,
        themes,
        can,
        guard,
        pictures: Pictures::new(images, &can),
        typed: Answers::default(),
        bell,
        notebook,
        drawn: None,
        urgent: true,
        lazy: false,
    };
    // Asked before anything is drawn: a terminal that shows the questions is drawn over.
    execute!(io::stdout(), Print(program.pictures.questions()))?;
    // The first screen comes before the first file.
    program.act(Msg::Shows(program.pictures.display()), None)?;
    program.draw()?;
    let ended = program.run(roots, options, &signals, &defects);
    // The terminal is given back before, should the disk not answer.
    program.guard.pause();
    let _ = program.notebook.keep_session(&Session::of(&program.model));
    ended
}

/// Has the model begin where it ended the last time.
fn remember(notebook: &mut Notebook, model: &mut Model) {
    let notes = notebook.read();
    model.library.catalog.remember(notes.reviews);
    model.library.catalog.acknowledge(notes.acknowledged);
    let count = |held: &Held| u32::try_from(held.marks.len()).unwrap_or(u32::MAX);
    model.library.catalog.remember_marks(notes.marks.files().map(|(key, held)| (key, count(held))));
    (model.marking.book, model.marking.kept_at) = (notes.marks, notes.marks_at);
    notes.session.begin(model);
    for trouble in notes.trouble {
        model.say(Level::Warning, trouble);
    }
}

struct Program {
    began: Instant,
    screen: Screen,
    model: Model,
    themes: Vec<Theme>,
    can: Capabilities,
    guard: Guard,
    pictures: Pictures,
    /// Tells the terminal's answers from keys.
    typed: Answers,
    /// Whether the user wants to hear it.
    bell: bool,
    notebook: Notebook,
    /// When the screen was drawn last.
    drawn: Option<Instant>,
    /// Whether something changed that somebody waits for, or only the state of the scan.
    urgent: bool,
    lazy: bool,
}

impl Program {
    fn run(
        &mut self,
        roots: Roots,
        options: &Options,
        signals: &Receiver<Signal>,
        defects: &Receiver<String>,
    ) -> Result<Ended, TuiError> {
        let crew = Crew::start(roots.clone(), options, &self.can)?;
        if crew.watch.is_some() {
            self.model.arrivals.begin(roots);
        }
        let mut events = crew.scan.events.clone();
        let mut changes = crew.watch.as_ref().map_or_else(never, |watch| watch.events.clone());
        // What cannot be read yet waits where it is.
        let full = never();
        loop {
            let wait = self.wait();
            let wake = wait.map_or_else(never, crossbeam_channel::after);
            select_biased! {
                recv(crew.keyboard.batches) -> batch => {
                    // The thread is gone with the terminal.
                    let batch = batch.unwrap_or_else(|_| vec![Input::Gone]);
                    if let Some(ended) = self.input(batch, &crew)? {
                        return Ok(ended);
                    }
                    crew.keyboard.more();
                }
                recv(signals) -> signal => {
                    if let Ok(signal) = signal && let Some(ended) = self.signal(signal)? {
                        return Ok(ended);
                    }
                }
                recv(crew.answers) -> msg => {
                    if let Ok(msg) = msg {
                        self.act(msg, Some(&crew))?;
                    }
                }
                recv(defects) -> place => {
                    if let Ok(place) = place {
                        self.act(Msg::Failed(place), Some(&crew))?;
                    }
                }
                recv(if crew.arrivals.takes_more() { &changes } else { &full }) -> event => match event {
                    Ok(event) => {
                        self.act(Msg::Watched(event), Some(&crew))?;
                    }
                    Err(_) => changes = never(),
                },
                recv(crew.arrivals.events) -> event => if let Ok(event) = event {
                    self.act(Msg::Scanned(event), Some(&crew))?;
                },
                recv(events) -> event => match event {
                    Ok(event) => self.scanned(event, &mut events, &crew)?,
                    Err(_) => events = never(),
                },
                recv(wake) -> _ => {}
            }
            let due = self.model.deadline().is_some_and(|due| due <= self.began.elapsed());
            if due && self.act(Msg::Woken, Some(&crew))?.is_some() {
                return Ok(Ended::Left);
            }
            if self.next_drawing().is_some_and(|at| at <= Instant::now()) {
                self.draw()?;
            }
        }
    }

    /// How long there is nothing to do by itself; `None` for ever.
    fn wait(&self) -> Option<Duration> {
        let drawing = self.next_drawing().map(|at| at.saturating_duration_since(Instant::now()));
        let deadline = self.model.deadline().map(|due| due.saturating_sub(self.began.elapsed()));
        drawing.into_iter().chain(deadline).min()
    }

    /// When the screen is to be drawn; `None` where nothing changed.
    fn next_drawing(&self) -> Option<Instant> {
        let pace = match (self.urgent, self.lazy) {
            (true, _) => self.can.pace(),
            (false, true) => self.can.pace().max(SCAN_PACE),
            (false, false) => return None,
        };
        Some(self.drawn.map_or_else(Instant::now, |drawn| drawn + pace))
    }

    fn draw(&mut self) -> io::Result<()> {
        if let Some(theme) = self.themes.get(self.model.theme) {
            self.screen.show(&self.model, theme, &mut io::stdout().lock())?;
        }
        (self.urgent, self.lazy) = (false, false);
        self.drawn = Some(Instant::now());
        Ok(())
    }

    fn input(&mut self, batch: Vec<Input>, crew: &Crew) -> io::Result<Option<Ended>> {
        let (batch, answers) = match self.pictures.asks() {
            true => self.typed.take_out(batch, self.began.elapsed()),
            false => (batch, Vec::new()),
        };
        if !answers.is_empty() {
            answers.iter().for_each(|answer| self.pictures.hear(answer));
            self.act(Msg::Shows(self.pictures.display()), Some(crew))?;
        }
        for input in batch {
            let msg = match input {
                Input::Key(chord) => Msg::Pressed(chord),
                Input::Paste(text) => Msg::Pasted(text),
                Input::Click(x, y) => Msg::Clicked(x, y),
                Input::Wheel { x, y, down } => Msg::Wheeled { x, y, down },
                Input::Resize(width, height) => {
                    // What was cut off meanwhile is gone, even where the size is what it was.
                    self.screen.forget();
                    // The letters may be as much larger or smaller as the window.
                    self.act(Msg::Shows(self.pictures.display()), Some(crew))?;
                    Msg::Resized(width, height)
                }
                Input::Gone => return Ok(Some(Ended::Left)),
            };
            if let Some(ended) = self.act(msg, Some(crew))? {
                return Ok(Some(ended));
            }
        }
        Ok(None)
    }

    fn signal(&mut self, signal: Signal) -> io::Result<Option<Ended>> {
        match signal {
            Signal::End(number) => return Ok(Some(Ended::Signal(number))),
            Signal::Stop => self.suspend()?,
            Signal::Continue => {
                self.guard.resume()?;
                self.continued()?;
            }
        }
        Ok(None)
    }

    /// Takes what the scan says, as far as there is time before a frame is due.
    fn scanned(&mut self, event: Event, events: &mut Receiver<Event>, crew: &Crew) -> io::Result<()> {
        let began = Instant::now();
        let urgent = self.urgent;
        let mut next = Some(event);
        while let Some(event) = next {
            let last = matches!(event, Event::Finished);
            self.act(Msg::Scanned(event), Some(crew))?;
            if last {
                *events = never();
                break;
            }
            let time = began.elapsed() < BUDGET && crew.keyboard.batches.is_empty();
            next = if time { events.try_recv().ok() } else { None };
        }
        self.urgent = urgent;
        self.lazy = true;
        Ok(())
    }

    /// Tells the model what happened, and does what it says.
    fn act(&mut self, msg: Msg, crew: Option<&Crew>) -> io::Result<Option<Ended>> {
        self.urgent = true;
        let mut effects = update(&mut self.model, self.began.elapsed(), msg);
        while !effects.is_empty() {
            let mut more = Vec::new();
            for effect in effects {
                if effect == Effect::Quit {
                    return Ok(Some(Ended::Left));
                }
                if let Some(msg) = self.effect(effect, crew)? {
                    more.extend(update(&mut self.model, self.began.elapsed(), msg));
                }
            }
            effects = more;
        }
        Ok(None)
    }

    /// Does it; returns what came of it, where that is known at once.
    fn effect(&mut self, effect: Effect, crew: Option<&Crew>) -> io::Result<Option<Msg>> {
        match (effect, crew) {
            (Effect::Read { file, path, judged, known }, Some(crew)) => {
                crew.files.ask(ToRead { file, path, judged, known });
            }
            (Effect::Draw(sight), Some(crew)) => crew.frames.ask(sight),
            (Effect::Peek { path, from }, Some(crew)) => crew.peeks.ask(ToPeek::Bytes { path, from }),
            (Effect::Gather { node, at, files }, Some(crew)) => {
                crew.peeks.ask(ToPeek::Element { node, at, files });
            }
            (Effect::Measure(measure), Some(crew)) => crew.devices.ask(ToPeek::Devices(measure)),
            (Effect::Pair { original, copy }, Some(crew)) => crew.peeks.ask(ToPeek::Pair { original, copy }),
            (Effect::Redact(order), Some(crew)) => {
                let number = order.number;
                if let Err(error) = crew.copies.borrow_mut().begin(*order) {
                    return Ok(Some(Msg::Redacted { number, result: Err(error.kind().to_string()) }));
                }
            }
            (Effect::StopRedaction, Some(crew)) => crew.copies.borrow().stop(),
            (Effect::Browse(folder), _) => return self.browse(&folder).map(Some),
            (Effect::Prioritise(files), Some(crew)) => crew.scan.prioritise(&files),
            (Effect::StopScan, Some(crew)) => crew.scan.cancel(),
            (Effect::Follow(known), Some(crew)) => {
                if let Some(watch) = &crew.watch {
                    watch.begin(known);
                }
            }
            (Effect::ReadArrived(files), Some(crew)) => crew.arrivals.read(files),
            (Effect::Copy(text), _) => {
                let done = clipboard::copy(&text, self.can.tmux, &mut io::stdout().lock());
                return Ok(Some(Msg::Copied(done.map_err(|error| error.kind().to_string()))));
            }
            (Effect::Edit(text), _) => {
                self.guard.pause();
                let done = editor::open(&text);
                self.guard.resume()?;
                self.resized()?;
                return Ok(Some(Msg::Edited(done.map_err(|error| error.kind().to_string()))));
            }
            (Effect::Ring, _) if self.bell => execute!(io::stdout(), Print('\u{7}'))?,
            (Effect::Suspend, _) => self.suspend()?,
            (Effect::Redraw, _) => self.screen.forget(),
            (Effect::Keep(what), _) => {
                return Ok(self.notebook.keep(what).err().map(|error| Msg::Unkept(error.to_string())));
            }
            (Effect::Quit | Effect::Ring, _) | (_, None) => {}
        }
        Ok(None)
    }

    /// Hands the terminal to another instance of the program.
    fn browse(&mut self, folder: &Path) -> io::Result<Msg> {
        self.guard.pause();
        let done = editor::browse(folder, self.themes.get(self.model.theme).map(|theme| theme.name.as_str()));
        self.guard.resume()?;
        self.resized()?;
        Ok(Msg::Browsed(done.map_err(|error| error.kind().to_string())))
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.guard.pause();
        signals::stop();
        self.guard.resume()?;
        self.continued()
    }

    fn continued(&mut self) -> io::Result<()> {
        self.resized()?;
        self.screen.forget();
        update(&mut self.model, self.began.elapsed(), Msg::Continued);
        Ok(())
    }

    /// Nobody told of a new size while the terminal was not ours.
    fn resized(&mut self) -> io::Result<()> {
        let (width, height) = terminal::size()?;
        update(&mut self.model, self.began.elapsed(), Msg::Resized(width, height));
        self.screen.forget();
        self.urgent = true;
        Ok(())
    }
}
