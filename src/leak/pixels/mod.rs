//! Text in pixels into findings: in the image, on overlay planes, in the icon.
//!
//! Every place of text is one finding of class `image_text`, with what was read as its value: `info` where that is a
//! setting or the like; `high` where it may be anything or could not be read; `low` where it may be a scale or a side
//! mark. What a line says of the patient is told besides, by the rules of `cross` and `text`. Text that stays in its
//! place from frame to frame is told once, in the first of the frames looked at. What was
//! not looked at, or not in time, is said.

mod frames;
mod harmless;
mod said;
mod seen;

pub use frames::PixelMode;
pub(super) use said::spellings;

use super::{Finding, Place, Region, Site, rule};
use crate::{
    burnin,
    dicom::{
        Reading, RowId,
        frame::{self, Cancel, FrameError, FrameLimits, Layout, Overlay},
    },
    raster::{Picture, Pixels, Tone},
    standard::{pixel_kind, pixel_regions},
};
use said::Known;
use seen::{Seen, SeenLine};
use std::{
    path::Path,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Samples of a frame from which on only one is looked at at a time, whatever the number of lanes: memory.
const LARGE: u64 = 8 << 20;

/// Looks at pixels. One serves all files and lanes.
#[derive(Debug, Default)]
pub struct PixelSearch {
    mode: PixelMode,
    reader: burnin::TextReader,
    large: Mutex<()>,
}

/// One file that is looked at.
struct Look<'a> {
    path: &'a Path,
    reading: &'a Reading,
    cancel: &'a Cancel,
    deadline: Instant,
    findings: Vec<Finding>,
    known: Option<Known>,
}

/// Letters and digits that a line needs to be more than a mark where its box alone may be anything.
const LEAST_READ: usize = 5;
/// Letters that large shapes are read as.
const FEW: usize = 3;

impl PixelSearch {
    pub(super) fn by(mode: PixelMode, reader: burnin::TextReader) -> Self {
        Self { mode, reader, ..Self::default() }
    }

    /// What the pixels of the file at `path` give away, of which `reading` was read. Takes the time of the frames
    /// that [`PixelMode`] says, at most [`PixelMode::time`]; what was found until then is kept.
    pub fn findings(&self, path: &Path, reading: &Reading, cancel: &Cancel) -> Vec<Finding> {
        let time = self.mode.time();
        let deadline = Instant::now() + time;
        let mut look = Look { path, reading, cancel, deadline, findings: Vec::new(), known: None };
        if self.mode != PixelMode::Off && !reading.rows.is_empty() {
            self.overlays(&mut look);
            let risky = pixel_kind(reading).is_some() || !pixel_regions(reading).is_empty();
            if risky || self.mode != PixelMode::Auto {
                self.image(&mut look, risky);
                self.icon(&mut look);
            }
        }
        look.findings
    }

    fn image(&self, look: &mut Look<'_>, risky: bool) {
        let Some(row) = look.reading.pixel_data() else { return };
        let layout = match Layout::of(look.reading) {
            Ok(layout) => layout,
            Err(error) => return look.unseen(row, risky, &error),
        };
        for region in pixel_regions(look.reading) {
            look.device_region(row, region, &layout);
        }
        let (mut seen, mut failed, mut looked) = (Seen::by(&self.reader), None, 0);
        for number in self.mode.frames(layout.frames) {
            match self.picture(look, &layout, number) {
                Ok(picture) => seen.add(number, &picture, &|| look.goes_on()),
                Err(error @ (FrameError::Cancelled | FrameError::TooSlow)) => {
                    failed = Some(error);
                    break;
                }
                Err(error) => {
                    failed.get_or_insert(error);
                    continue;
                }
            }
            looked += 1;
        }
        look.report(row, Place::Pixels, seen);
        match failed {
            Some(FrameError::Cancelled) => {}
            Some(error) if looked == 0 => look.unseen(row, risky, &error),
            // Who asks for one frame knows that it is one.
            failed if !matches!(self.mode, PixelMode::Only(_)) => {
                look.in_part(row, looked, layout.frames, failed.as_ref());
            }
            _ => {}
        }
    }

    fn icon(&self, look: &mut Look<'_>) {
        let Some(layout) = frame::icon(look.reading) else { return };
        let picture = layout.and_then(|layout| Ok((layout.row, self.picture(look, &layout, 0)?)));
        match picture {
            Ok((row, picture)) => {
                let mut seen = Seen::by(&self.reader);
                seen.add(0, &picture, &|| look.goes_on());
                look.report(row, Place::Icon, seen);
            }
            Err(FrameError::Cancelled) => {}
            Err(error) => {
                let row = frame::icon_row(look.reading);
                row.into_iter().for_each(|row| look.say(row, Place::Icon, "pixels.icon_unseen", &error));
            }
        }
    }

    /// Overlay planes, which are cheap to look at, of every kind of image.
    fn overlays(&self, look: &mut Look<'_>) {
        let rows = &look.reading.rows;
        let planes: Vec<(u16, RowId)> = rows
            .children(None)
            .filter(|(_, row)| matches!(row.tag.0, 0x6000..=0x601e) && row.tag.1 == 0x3000)
            .map(|(id, row)| (row.tag.0, id))
            .collect();
        if planes.is_empty() {
            return;
        }
        let frames = Layout::of(look.reading).map_or(1, |layout| layout.frames);
        let mut seen: Vec<Seen<'_>> = planes.iter().map(|_| Seen::by(&self.reader)).collect();
        for number in self.mode.frames(frames) {
            let Ok(limits) = look.limits() else { break };
            let found = frame::overlays(look.path, look.reading, number, &limits).unwrap_or_default();
            for (seen, (group, _)) in seen.iter_mut().zip(&planes) {
                for plane in found.iter().filter(|plane| plane.group == *group) {
                    seen.add_at(number, &picture_of(plane), (plane.x, plane.y), &|| look.goes_on());
                }
            }
        }
        for (seen, (_, row)) in seen.into_iter().zip(planes) {
            look.report(row, Place::Overlay, seen);
        }
    }

    fn picture(&self, look: &Look<'_>, layout: &Layout, number: u32) -> Result<Picture, FrameError> {
        let limits = look.limits()?;
        let samples = u64::from(layout.columns) * u64::from(layout.rows) * u64::from(layout.samples);
        let large = || self.large.lock().unwrap_or_else(PoisonError::into_inner);
        let _one = (samples > LARGE).then(large);
        let frame = frame::decode_at(look.path, look.reading, layout, number, &limits, look.cancel)?;
        Ok(Picture::new(&frame, &Tone { overlays: false, ..Tone::default() }))
    }
}

/// An overlay plane, white on black.
fn picture_of(plane: &Overlay) -> Picture {
    let (columns, rows) = (plane.columns, plane.rows);
    let mut values = vec![0; columns as usize * rows as usize];
    for (x, y) in plane.pixels() {
        let (x, y) = (x - i64::from(plane.x), y - i64::from(plane.y));
        if let Some(value) = values.get_mut(y as usize * columns as usize + x as usize) {
            *value = u8::MAX;
        }
    }
    Picture { columns, rows, aspect: 1.0, pixels: Pixels::Grey(values) }
}

impl Look<'_> {
    fn limits(&self) -> Result<FrameLimits, FrameError> {
        if self.cancel.is_cancelled() {
            return Err(FrameError::Cancelled);
        }
        match self.deadline.saturating_duration_since(Instant::now()) {
            Duration::ZERO => Err(FrameError::TooSlow),
            time => Ok(FrameLimits { time, ..FrameLimits::default() }),
        }
    }

    /// Whether there is time for more.
    fn goes_on(&self) -> bool {
        !self.cancel.is_cancelled() && Instant::now() < self.deadline
    }

    fn report(&mut self, row: RowId, place: Place, seen: Seen<'_>) {
        let [text, mark] = match place {
            Place::Overlay => ["pixels.overlay_text", "pixels.overlay_mark"],
            Place::Icon => ["pixels.icon_text", "pixels.icon_mark"],
            _ => ["pixels.text", "pixels.mark"],
        };
        let site = self.site(row, place);
        let reading = self.reading;
        // Beside text, what could not be read is text too.
        let beside =
            seen.lines.iter().any(|line| line.place.is_sure() && !is_harmless(line) && !is_drawing(line));
        for line in &seen.lines {
            let value = line.line.text.expose().as_str();
            let said = self.known.get_or_insert_with(|| Known::of(reading)).said_by(line, &site);
            let value = if line.line.is_sure() || !said.is_empty() { value } else { "" };
            let letters = value.chars().filter(|c| c.is_alphanumeric()).count();
            let name = if !said.is_empty() || line.place.is_sure() && !is_harmless(line) && !is_drawing(line)
            {
                text
            } else if is_harmless(line) {
                "pixels.harmless"
            } else if is_drawing(line) {
                mark
            } else if letters >= LEAST_READ || beside && !line.line.is_sure() {
                text
            } else {
                mark
            };
            self.findings.extend(said::of_rule(name, site.clone(), line, value));
            self.findings.extend(said);
        }
    }

    fn site(&self, row: RowId, place: Place) -> Site {
        let rows = &self.reading.rows;
        Site { place, at: rows.location(row), row: Some(row), vr: rows.get(row).map(|row| row.vr) }
    }

    fn device_region(&mut self, row: RowId, region: &crate::standard::PixelRegion, layout: &Layout) {
        let (w, h) = (layout.columns.saturating_sub(region.x), layout.rows.saturating_sub(region.y));
        let (w, h) = (w.min(region.width), h.min(region.height));
        let own = Region { frame: 0, x: region.x, y: region.y, w, h };
        let known = self.findings.iter().any(|finding| finding.region == Some(own));
        if w > 0 && h > 0 && !known {
            self.finding(row, Place::Pixels, "pixels.device_region", Some(own), 60);
        }
    }

    /// Says of a kind of image that is worth a look that it got none.
    fn unseen(&mut self, row: RowId, risky: bool, error: &FrameError) {
        if risky {
            self.say(row, Place::Pixels, "pixels.unseen", error);
        }
    }

    /// Says that not all frames were looked at, where that is so.
    fn in_part(&mut self, row: RowId, looked: u32, frames: u32, failed: Option<&FrameError>) {
        if looked >= frames {
            return;
        }
        let why = failed.map_or(String::new(), |error| format!("; of another: {error}"));
        self.say(row, Place::Pixels, "pixels.in_part", &format!("{looked} of {frames} frames were{why}"));
    }

    /// A finding without a place in the image, and what there is to say besides its reason.
    fn say(&mut self, row: RowId, place: Place, name: &str, more: &dyn std::fmt::Display) {
        if self.finding(row, place, name, None, 90)
            && let Some(finding) = self.findings.last_mut()
        {
            finding.why = format!("{} {more}.", finding.why).into();
        }
    }

    fn finding(&mut self, row: RowId, place: Place, name: &str, region: Option<Region>, sure: u8) -> bool {
        let Some(rule) = rule::find(name) else { return false };
        let site = self.site(row, place);
        self.findings.push(Finding { region, ..rule.finding(site, sure, "") });
        true
    }
}

fn is_harmless(seen: &SeenLine) -> bool {
    seen.line.is_sure() && harmless::is_harmless(seen.line.text.expose())
}

/// Whether what looked like a line of many letters was read as equal strokes, or as two or three: the letters of every
/// script are read as something, each.
fn is_drawing(seen: &SeenLine) -> bool {
    let text = seen.line.text.expose();
    let read = text.chars().filter(|c| !c.is_whitespace()).count();
    let few = (1..=FEW).contains(&read) && read * 4 <= usize::from(seen.place.letters);
    few || harmless::is_strokes(text)
}
