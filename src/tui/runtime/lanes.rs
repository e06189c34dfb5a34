use crate::{
    dicom::{
        self, Limits, Reader,
        frame::{self, Cancel, FrameLimits},
    },
    leak::{Finding, Inspector},
    library::FileId,
    raster::{self, Colours, Glyphs},
    tui::state::{Image, Msg, Opened, Picture, Sight},
};
use crossbeam_channel::Sender;
use std::{
    fs, io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// A thread that does one job at a time, and next the newest that was asked for: what was asked for between is
/// dropped.
#[derive(Debug)]
pub struct Lane<J> {
    slot: Arc<(Mutex<Slot<J>>, Condvar)>,
}

#[derive(Debug)]
struct Slot<J> {
    next: Option<J>,
    /// Cancels the job that runs.
    cancel: Cancel,
    over: bool,
}

impl<J: Send + 'static> Lane<J> {
    /// Bytes of stack, touched only as far as they are needed.
    const STACK: usize = 8 << 20;

    pub fn start(
        name: &str,
        mut work: impl FnMut(J, &Cancel) -> Msg + Send + 'static,
        send: Sender<Msg>,
    ) -> io::Result<Self> {
        let first = Slot { next: None, cancel: Cancel::new(), over: false };
        let slot = Arc::new((Mutex::new(first), Condvar::new()));
        let own = Arc::clone(&slot);
        thread::Builder::new().name(name.to_owned()).stack_size(Self::STACK).spawn(move || {
            while let Some((job, cancel)) = next(&own) {
                let done = catch_unwind(AssertUnwindSafe(|| work(job, &cancel)));
                // What panicked was told by the panic hook.
                if let Ok(msg) = done
                    && send.send(msg).is_err()
                {
                    return;
                }
            }
        })?;
        Ok(Self { slot })
    }

    /// Has this done next, and what runs cancelled.
    pub fn ask(&self, job: J) {
        let mut slot = lock(&self.slot.0);
        slot.cancel.cancel();
        slot.next = Some(job);
        self.slot.1.notify_one();
    }
}

impl<J> Drop for Lane<J> {
    fn drop(&mut self) {
        let mut slot = lock(&self.slot.0);
        slot.over = true;
        slot.cancel.cancel();
        self.slot.1.notify_one();
    }
}

fn next<J>((slot, changed): &(Mutex<Slot<J>>, Condvar)) -> Option<(J, Cancel)> {
    let mut slot = lock(slot);
    loop {
        if slot.over {
            return None;
        }
        if let Some(job) = slot.next.take() {
            slot.cancel = Cancel::new();
            return Some((job, slot.cancel.clone()));
        }
        slot = changed.wait(slot).unwrap_or_else(PoisonError::into_inner);
    }
}

fn lock<J>(slot: &Mutex<Slot<J>>) -> MutexGuard<'_, Slot<J>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file to read for the tag tree.
#[derive(Debug)]
pub struct ToRead {
    pub file: FileId,
    pub path: PathBuf,
    pub judged: PathBuf,
    pub known: Vec<Finding>,
}

/// Reads files, and keeps the last few.
pub struct Files {
    reader: Reader,
    inspector: Arc<Inspector>,
    /// The one used last at the end.
    kept: Vec<Kept>,
}

struct Kept {
    path: PathBuf,
    stamp: dicom::Stamp,
    reading: Arc<dicom::Reading>,
    findings: Vec<Finding>,
}

impl Files {
    const MOST: usize = 8;
    /// Bytes of all that is kept.
    const MEMORY: usize = 64 << 20;

    pub fn new(inspector: Arc<Inspector>) -> Self {
        Self { reader: Reader::new(Limits::default()), inspector, kept: Vec::new() }
    }

    pub fn read(&mut self, job: ToRead) -> Msg {
        let ToRead { file, path, judged, known } = job;
        let (reading, findings) = self.reading(&path, &judged);
        Msg::Opened { file, opened: Arc::new(Opened::new(path, reading, findings, known)) }
    }

    fn reading(&mut self, path: &Path, judged: &Path) -> (Arc<dicom::Reading>, Vec<Finding>) {
        let stamp = fs::metadata(path).as_ref().map(dicom::Stamp::of).unwrap_or_default();
        let kept = match self.kept.iter().position(|kept| kept.path == path && kept.stamp == stamp) {
            Some(at) => self.kept.remove(at),
            None => self.fresh(path, judged, stamp),
        };
        let answer = (Arc::clone(&kept.reading), kept.findings.clone());
        self.kept.retain(|other| other.path != path);
        self.kept.push(kept);
        let mut bytes: usize = self.kept.iter().map(|kept| kept.reading.rows.memory()).sum();
        while self.kept.len() > Self::MOST || (bytes > Self::MEMORY && self.kept.len() > 1) {
            bytes -= self.kept.remove(0).reading.rows.memory();
        }
        answer
    }

    fn fresh(&mut self, path: &Path, judged: &Path, stamp: dicom::Stamp) -> Kept {
        let reading = self.reader.read(path);
        let findings = self.inspector.inspect(&reading, path, judged).findings;
        Kept { path: path.to_owned(), stamp, reading: Arc::new(reading), findings }
    }
}

/// Draws frames, and keeps the last decoded one, so that another size or window costs no decoding.
pub struct Frames {
    style: raster::Style,
    frame: Option<(Sight, Arc<frame::Frame>, Arc<[String]>)>,
    picture: Option<(Sight, Arc<raster::Picture>)>,
}

impl Frames {
    pub fn new(colours: Colours, unicode: bool, remote: bool) -> Self {
        let glyphs = if unicode { Glyphs::Quadrants } else { Glyphs::Ascii };
        let lambda = if remote { raster::Style::remote(colours) } else { raster::Style::LOCAL };
        Self {
            style: raster::Style { glyphs, colours, lambda, ..raster::Style::default() },
            frame: None,
            picture: None,
        }
    }

    pub fn draw(&mut self, sight: Sight, cancel: &Cancel) -> Msg {
        let drawn = self.decoded(&sight, cancel).map(|(frame, windows)| {
            let tone = tone(&sight, &frame);
            let picture = self.toned(&sight, &frame, &tone);
            let (zoom, center) = (sight.looks.zoom, sight.looks.center);
            let view = raster::View { tone, zoom, center, marks: sight.marks() };
            let size = raster::Size { columns: sight.columns, rows: sight.rows };
            let told = sight.looks.probe.and_then(|(x, y)| frame.probe(x, y));
            let more = sight.display.glyphs.filter(|_| self.style.glyphs != Glyphs::Ascii);
            let style = raster::Style { glyphs: more.unwrap_or(self.style.glyphs), ..self.style.clone() };
            let canvas = Arc::new(raster::draw(&picture, &view, size, &style));
            (canvas, self.image(&sight, &picture, &view, size), windows, told)
        });
        Msg::Drawn(match drawn {
            Ok((canvas, image, windows, probe)) => {
                Picture { sight, canvas: Ok(canvas), image, windows, probe }
            }
            Err(why) => Picture { sight, canvas: Err(why), image: None, windows: [].into(), probe: None },
        })
    }

    /// The same as a picture, for a terminal that shows such.
    fn image(
        &self,
        sight: &Sight,
        picture: &raster::Picture,
        view: &raster::View,
        size: raster::Size,
    ) -> Option<Arc<Image>> {
        let sending = sight.display.sending?;
        let raster = raster::Raster::new(picture, view, size, self.style.cell_aspect, sending.cell);
        let mut bytes = Vec::new();
        sending.protocol.graphics().write(&raster, &mut bytes).ok()?;
        Some(Arc::new(Image { protocol: sending.protocol, bytes }))
    }

    fn decoded(
        &mut self,
        sight: &Sight,
        cancel: &Cancel,
    ) -> Result<(Arc<frame::Frame>, Arc<[String]>), String> {
        if let Some((_, frame, windows)) = self.frame.as_ref().filter(|(last, ..)| is_same_frame(last, sight))
        {
            return Ok((Arc::clone(frame), Arc::clone(windows)));
        }
        let opened = &sight.opened;
        let frame =
            frame::decode(&opened.path, &opened.reading, sight.frame, &FrameLimits::default(), cancel);
        let frame = Arc::new(frame.map_err(|error| error.to_string())?);
        let windows: Arc<[String]> = raster::presets(&frame).into_iter().map(|preset| preset.name).collect();
        self.frame = Some((sight.clone(), Arc::clone(&frame), Arc::clone(&windows)));
        Ok((frame, windows))
    }

    fn toned(&mut self, sight: &Sight, frame: &frame::Frame, tone: &raster::Tone) -> Arc<raster::Picture> {
        let key = |s: &Sight| (s.looks.window, s.looks.invert, s.looks.overlays);
        let same = |last: &Sight| is_same_frame(last, sight) && key(last) == key(sight);
        if let Some((_, picture)) = self.picture.as_ref().filter(|(last, _)| same(last)) {
            return Arc::clone(picture);
        }
        let picture = Arc::new(raster::Picture::new(frame, tone));
        self.picture = Some((sight.clone(), Arc::clone(&picture)));
        picture
    }
}

fn is_same_frame(a: &Sight, b: &Sight) -> bool {
    Arc::ptr_eq(&a.opened.reading, &b.opened.reading) && a.frame == b.frame
}

fn tone(sight: &Sight, frame: &frame::Frame) -> raster::Tone {
    let looks = &sight.looks;
    let chosen = looks.window.and_then(|at| raster::presets(frame).into_iter().nth(at));
    let window = chosen.map_or(raster::Choice::File, |preset| preset.choice);
    raster::Tone { window, invert: looks.invert, overlays: looks.overlays }
}
