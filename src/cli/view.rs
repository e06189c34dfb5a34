use super::{
    args::{Colors, GlyphSet, View},
    fail,
};
use crate::{
    dicom::{
        Limits, Reader, Status,
        frame::{self, Frame},
    },
    raster::{self, Choice, Colours, Glyphs, Size, Style, Tone},
    text::Shown,
};
use ratatui::crossterm::{terminal, tty::IsTty};
use std::{
    io::{self, BufWriter, Write},
    process::ExitCode,
};

/// What is filled where no size is asked for and no terminal tells its own.
const SIZE: Size = Size { columns: 80, rows: 24 };

pub(super) fn run(args: &View) -> ExitCode {
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
    let view = raster::View { tone, zoom: args.zoom, ..raster::View::default() };
    let canvas = raster::render(&frame, &view, args.size.unwrap_or_else(size), &style(args));
    let mut out = BufWriter::new(io::stdout().lock());
    if raster::emit(&canvas, &mut out).and_then(|()| out.flush()).is_err() {
        // The reader of our output went away: nothing is left to do.
        return ExitCode::from(2);
    }
    if frame.whole { ExitCode::SUCCESS } else { ExitCode::from(3) }
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
