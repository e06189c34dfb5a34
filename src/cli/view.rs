use super::{
    args::{Colors, GlyphSet, View},
    fail,
    output::print,
    terminal_graphics,
};
use crate::{
    dicom::{
        Limits, Reader, Reading, Status,
        frame::{self, Frame},
    },
    leak::{Class, Inspector, PixelMode, Place, Region, Severity},
    raster::{self, Choice, Colours, Glyphs, Picture, Protocol, Raster, Size, Stage, Style, Tone},
    text::{Shown, mask},
    tui,
};
use ratatui::crossterm::{terminal, tty::IsTty};
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Characters of a recognised line that are shown.
const MOST_VALUE: usize = 120;
/// What is filled where no size is asked for and no terminal tells its own.
const SIZE: Size = Size { columns: 80, rows: 24 };

pub(super) fn run(args: &View, inspector: &Inspector) -> ExitCode {
    let name = Shown::path(&args.file);
    let reading = Reader::new(Limits::default()).read(&args.file);
    match (reading.status, &reading.error) {
        (Status::NotDicom, _) => return fail(format!("{name}: is not a DICOM file")),
        (Status::Error, Some(error)) => return fail(format!("{name}: {error}")),
        _ => {}
    }
    let (limits, cancel) = (frame::FrameLimits::default(), frame::Cancel::new());
    let frame = match frame::decode(&args.file, &reading, args.frame - 1, &limits, &cancel) {
        Ok(frame) => frame,
        Err(error) => return fail(format!("{name}: {error}")),
    };
    let Some(window) = window(&frame, args.window.as_deref()) else {
        let names: Vec<String> = raster::presets(&frame).into_iter().map(|preset| preset.name).collect();
        return fail(format!("no such window; expected center/width or one of: {}", names.join(", ")));
    };
    let tone = Tone { window, invert: args.invert, overlays: !args.no_overlays };
    let places =
        if args.boxes || args.text.is_some() { places(args, &reading, inspector) } else { Vec::new() };
    let mut sheet = Sheet {
        picture: Picture::new(&frame, &tone),
        view: raster::View { tone, zoom: args.zoom, ..raster::View::default() },
        size: args.size.unwrap_or_else(size),
        style: style(args),
        protocol: match terminal_graphics::choose(args.protocol) {
            Ok(protocol) => protocol,
            Err(why) => return fail(why),
        },
    };
    if args.boxes {
        sheet.view.marks =
            places.iter().map(|place| tui::mark::found(place.region, place.severity)).collect();
    }
    if let Some(number) = args.text {
        let Some(place) = places.get(number as usize - 1) else {
            return fail(format!(
                "{name}: no text {number}: the places seen in this frame are {}",
                places.len()
            ));
        };
        let Region { x, y, w, h, .. } = place.region;
        (sheet.view.zoom, sheet.view.center) = sheet.stage().onto([x, y, w, h]);
    }
    let told = args.text.and_then(|number| places.get(number as usize - 1)).filter(|_| !args.boxes);
    let status = if frame.whole { ExitCode::SUCCESS } else { ExitCode::from(3) };
    print(status, |mut out| {
        sheet.print(args.edges, &mut out)?;
        if let Some(place) = told {
            writeln!(out, "{}", place.line)?;
        }
        if args.boxes {
            list(&places, &mut out)?;
        }
        args.probe.map_or(Ok(()), |at| probe(&frame, at, &mut out))
    })
}

/// Text that is seen in the frame.
struct Text {
    severity: Severity,
    region: Region,
    /// What was read, for the eyes.
    line: Shown,
}

fn places(args: &View, reading: &Reading, inspector: &Inspector) -> Vec<Text> {
    let search = inspector.pixel_search(PixelMode::Only(args.frame - 1));
    let found = search.findings(&args.file, reading, &frame::Cancel::new()).into_iter();
    // An icon has pixels of its own.
    let here = found.filter(|finding| finding.place != Place::Icon);
    let mut places: Vec<Text> = Vec::new();
    for finding in here {
        let Some(region) = finding.region else { continue };
        let of_text = finding.class == Class::ImageText;
        let own = if of_text { finding.value.expose().as_str() } else { "" };
        match places.iter_mut().find(|place| place.region == region) {
            // Of one place the worst counts, and what was read there as a whole is told.
            Some(place) => place.severity = place.severity.max(finding.severity),
            None => places.push(Text { severity: finding.severity, region, line: line(args, own) }),
        }
    }
    // What was seen, before what the device's kind lets expect.
    places.sort_by_key(|place| std::cmp::Reverse(place.severity));
    places
}

/// A recognised line as it may be shown.
fn line(args: &View, text: &str) -> Shown {
    if args.show_values { Shown::short(text, MOST_VALUE) } else { Shown::new(&mask(text)) }
}

fn list(places: &[Text], out: &mut impl Write) -> io::Result<()> {
    for (number, place) in (1..).zip(places) {
        let (severity, region) = (place.severity.name(), place.region.to_string());
        writeln!(out, "{number:3}  {severity:<8}  {region:<24}  {}", place.line)?;
    }
    if places.is_empty() { writeln!(out, "no text is seen in this frame") } else { Ok(()) }
}

fn probe(frame: &Frame, (x, y): (u32, u32), out: &mut impl Write) -> io::Result<()> {
    match frame.probe(x, y) {
        Some(value) => writeln!(out, "{x},{y}: {value}"),
        None => writeln!(out, "{x},{y} lies outside of the {} × {} pixels", frame.columns, frame.rows),
    }
}

/// What is printed.
struct Sheet {
    picture: Picture,
    view: raster::View,
    size: Size,
    style: Style,
    /// How it is sent; as cells where there is none.
    protocol: Option<Protocol>,
}

impl Sheet {
    fn stage(&self) -> Stage {
        let Picture { columns, rows, aspect, .. } = self.picture;
        Stage { columns, rows, aspect, size: self.size, cell_aspect: self.style.cell_aspect }
    }

    fn print(&mut self, edges: bool, out: &mut impl Write) -> io::Result<()> {
        if !edges {
            return self.draw(out);
        }
        let stage = self.stage();
        for [x, y, width, height] in stage.edges() {
            if self.picture.is_even([x, y, width, height]) {
                continue;
            }
            writeln!(out, "{width}×{height} at {x},{y}")?;
            (self.view.zoom, self.view.center) = stage.part([x, y, width, height]);
            self.draw(out)?;
        }
        Ok(())
    }

    fn draw(&self, out: &mut impl Write) -> io::Result<()> {
        if let Some(protocol) = self.protocol {
            let cell = protocol.pixels(tui::cell_pixels()).unwrap_or_default();
            let raster = Raster::new(&self.picture, &self.view, self.size, self.style.cell_aspect, cell);
            protocol.graphics().write(&raster, out)?;
            return writeln!(out);
        }
        raster::emit(&raster::draw(&self.picture, &self.view, self.size, &self.style), out)
    }
}

/// The window that was asked for; `None` where it is neither numbers nor a name.
fn window(frame: &Frame, asked: Option<&str>) -> Option<Choice> {
    let Some(asked) = asked else { return Some(Choice::File) };
    if let Some((center, width)) = asked.split_once('/') {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        return Some(Choice::window(number(center)?, number(width).filter(|&width| width > 0.0)?));
    }
    let presets = raster::presets(frame);
    let mut named = presets.into_iter().filter(|preset| preset.name.eq_ignore_ascii_case(asked));
    named.next().map(|preset| preset.choice)
}

/// The terminal's size, less the line that the prompt takes.
fn size() -> Size {
    let known = io::stdout().is_tty().then(terminal::size).and_then(Result::ok);
    known.map_or(SIZE, |(columns, rows)| Size { columns: columns.max(1), rows: rows.max(2) - 1 })
}

fn style(args: &View) -> Style {
    let colours = match args.colors {
        Some(Colors::Truecolor) => Colours::True,
        Some(Colors::Indexed256) => Colours::Indexed256,
        Some(Colors::Indexed16) => Colours::Indexed16,
        Some(Colors::Mono) => Colours::Mono,
        None => Colours::of_environment(|name| std::env::var(name).ok()),
    };
    let glyphs = match args.glyphs {
        GlyphSet::Ascii => Glyphs::Ascii,
        GlyphSet::Half => Glyphs::Half,
        GlyphSet::Quad | GlyphSet::Auto => Glyphs::Quadrants,
        GlyphSet::Sextant => Glyphs::Sextants,
        GlyphSet::Octant => Glyphs::Octants,
    };
    Style { glyphs, colours, ..Style::default() }
}
