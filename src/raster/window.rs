//! Stored values into black to white, red, green and blue.

use super::picture::Pixels;
use crate::dicom::frame::{Frame, Function, Photometric, Samples, VoiLut, Window};

/// Values looked at for an automatic window of samples that no table can count.
const MOST_SAMPLED: usize = 1 << 18;
/// Share of the values that an automatic window leaves out at each end.
const TAIL: f64 = 0.005;
/// The share from which on values of one kind at an end are background.
const BACKGROUND: f64 = 0.02;

/// How a frame's values become brightness.
#[derive(Debug, Clone, PartialEq)]
pub struct Tone {
    pub window: Choice,
    pub invert: bool,
    pub overlays: bool,
}

impl Default for Tone {
    fn default() -> Self {
        Self { window: Choice::File, invert: false, overlays: true }
    }
}

/// Which values are black and which white. Does not matter to colour images.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// The first window or table of the file that shows something, else the full range of 8-bit images, else
    /// [`Choice::Auto`].
    File,
    /// All but the darkest and brightest half per cent of the values.
    Auto,
    /// The lowest value to the highest.
    Full,
    Window(Window),
    /// The file's table of that number.
    Lut(usize),
}

impl Choice {
    /// A plain linear window. The width is at least 1.
    pub fn window(center: f64, width: f64) -> Self {
        let width = width.max(1.0);
        Self::Window(Window { center, width, function: Function::Linear, name: String::new() })
    }
}

/// A choice to offer, with its name; the name of a file's own window is foreign text.
#[derive(Debug, Clone, PartialEq)]
pub struct Preset {
    pub name: String,
    pub choice: Choice,
}

/// Windows that are usual for CT, in Hounsfield units: name, center, width.
const CT: [(&str, f64, f64); 6] = [
    ("brain", 40.0, 80.0),
    ("mediastinum", 50.0, 350.0),
    ("abdomen", 60.0, 400.0),
    ("lung", -600.0, 1500.0),
    ("bone", 400.0, 1800.0),
    ("subdural", 80.0, 200.0),
];

/// What can be chosen for a frame: the file's windows and tables, the usual windows of its modality, and the
/// automatic ones. Empty for colour.
pub fn presets(frame: &Frame) -> Vec<Preset> {
    if !frame.photometric.is_grey() {
        return Vec::new();
    }
    let facts = &frame.presentation;
    let named = |name: &str, kind: &str, at: usize| {
        if name.is_empty() { format!("{kind} {}", at + 1) } else { name.to_owned() }
    };
    let preset = |name: String, choice| Preset { name, choice };
    let mut all = Vec::new();
    let windows = facts.windows.iter().enumerate();
    all.extend(windows.map(|(at, w)| preset(named(&w.name, "window", at), Choice::Window(w.clone()))));
    let luts = facts.luts.iter().enumerate();
    all.extend(luts.map(|(at, lut)| preset(named(&lut.name, "table", at), Choice::Lut(at))));
    if facts.kind == "CT" {
        let usual = CT.iter();
        all.extend(usual.map(|&(name, center, width)| preset(name.into(), Choice::window(center, width))));
    }
    all.push(preset("auto".into(), Choice::Auto));
    all.push(preset("full".into(), Choice::Full));
    all
}

/// A choice made definite for one frame.
enum Curve<'f> {
    Window(Window),
    Lut(&'f VoiLut),
    /// From black to white, both included.
    Range(f64, f64),
}

impl Curve<'_> {
    fn share(&self, value: f64) -> f64 {
        match self {
            Self::Window(window) => window.share(value),
            Self::Lut(lut) => lut.lut.share(value),
            Self::Range(from, to) if to > from => ((value - from) / (to - from)).clamp(0.0, 1.0),
            Self::Range(from, _) => f64::from(u8::from(value > *from)),
        }
    }
}

pub(super) fn apply(frame: &Frame, tone: &Tone) -> Pixels {
    match frame.photometric {
        Photometric::Monochrome1 | Photometric::Monochrome2 => Pixels::Grey(grey(frame, tone)),
        Photometric::Palette => palette(frame, tone),
        _ => Pixels::Rgb(colour(frame, tone)),
    }
}

fn grey(frame: &Frame, tone: &Tone) -> Vec<u8> {
    let facts = &frame.presentation;
    let curve = curve(frame, &tone.window);
    let inverted = (frame.photometric == Photometric::Monochrome1) ^ facts.inverse ^ tone.invert;
    let shade = |stored: f64| {
        let share = curve.share(facts.modality.apply(stored));
        let share = if inverted { 1.0 - share } else { share };
        (share * 255.0).round() as u8
    };
    let step = usize::from(frame.samples.max(1));
    match &frame.data {
        // Of two samples, as in images with an alpha channel, the first.
        Samples::U8(values) => {
            let table: Vec<u8> = (0..=u8::MAX).map(|value| shade(value.into())).collect();
            values.iter().step_by(step).map(|&v| table.get(usize::from(v)).copied().unwrap_or(0)).collect()
        }
        Samples::U16(values) => {
            let highest = values.iter().max().copied().unwrap_or(0);
            let table: Vec<u8> = (0..=highest).map(|value| shade(value.into())).collect();
            values.iter().step_by(step).map(|&v| table.get(usize::from(v)).copied().unwrap_or(0)).collect()
        }
        Samples::I16(values) => {
            let lowest = values.iter().min().copied().unwrap_or(0);
            let highest = values.iter().max().copied().unwrap_or(0);
            let table: Vec<u8> = (lowest..=highest).map(|value| shade(value.into())).collect();
            let index = |v: i16| (i32::from(v) - i32::from(lowest)) as usize;
            values.iter().step_by(step).map(|&v| table.get(index(v)).copied().unwrap_or(0)).collect()
        }
        other => (0..other.len()).step_by(step).map(|at| shade(other.get(at).unwrap_or(0.0))).collect(),
    }
}

fn curve<'f>(frame: &'f Frame, choice: &Choice) -> Curve<'f> {
    let facts = &frame.presentation;
    match choice {
        Choice::Window(window) => Curve::Window(window.clone()),
        Choice::Lut(at) => facts.luts.get(*at).map_or_else(|| automatic(frame), Curve::Lut),
        Choice::Auto => automatic(frame),
        Choice::Full => {
            let spread = Spread::of(frame);
            Curve::Range(spread.lowest, spread.highest)
        }
        Choice::File => {
            let windows = facts.windows.first().map(|window| Curve::Window(window.clone()));
            let stated = windows.into_iter().chain(facts.luts.first().map(Curve::Lut));
            let spread = Spread::of(frame);
            stated.into_iter().find(|curve| spread.shows(curve)).unwrap_or_else(|| {
                let plain = matches!(frame.data, Samples::U8(_)) && frame.bits == 8;
                if plain { full_byte(frame) } else { automatic(frame) }
            })
        }
    }
}

fn full_byte(frame: &Frame) -> Curve<'static> {
    let ends = [0.0, 255.0].map(|value| frame.presentation.modality.apply(value));
    Curve::Range(ends[0].min(ends[1]), ends[0].max(ends[1]))
}

fn automatic(frame: &Frame) -> Curve<'static> {
    let spread = Spread::of(frame);
    let (from, to) = (spread.at(TAIL), spread.at(1.0 - TAIL));
    if to > from { Curve::Range(from, to) } else { Curve::Range(spread.lowest, spread.highest) }
}

/// How a frame's values are spread, as the modality means them: in ascending order, with their number.
struct Spread {
    counts: Vec<(f64, u64)>,
    total: u64,
    lowest: f64,
    highest: f64,
}

impl Spread {
    fn of(frame: &Frame) -> Self {
        let mut counts = counts(&frame.data);
        if let Some((from, to)) = frame.presentation.padding {
            let outside = |&&(value, _): &&(f64, u64)| value < from || value > to;
            let kept: Vec<_> = counts.iter().filter(outside).copied().collect();
            if !kept.is_empty() {
                counts = kept;
            }
        }
        for (value, _) in &mut counts {
            *value = frame.presentation.modality.apply(*value);
        }
        counts.retain(|(value, _)| value.is_finite());
        counts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let lowest = counts.first().map_or(0.0, |first| first.0);
        let highest = counts.last().map_or(0.0, |last| last.0);
        let total = counts.iter().map(|(_, count)| count).sum();
        Self { counts, total, lowest, highest }
    }

    /// The value below which `share` of the others are, not counting one value at each end that is so frequent
    /// that it is background.
    fn at(&self, share: f64) -> f64 {
        let background = (self.total as f64 * BACKGROUND) as u64;
        let mut counts = self.counts.as_slice();
        if let [(_, count), rest @ ..] = counts
            && *count > background
            && rest.len() > 1
        {
            counts = rest;
        }
        if let [rest @ .., (_, count)] = counts
            && *count > background
            && rest.len() > 1
        {
            counts = rest;
        }
        let total: u64 = counts.iter().map(|(_, count)| count).sum();
        let wanted = (total as f64 * share) as u64;
        let mut seen = 0;
        let found = counts.iter().find(|(_, count)| {
            seen += count;
            seen > wanted
        });
        found.or(counts.last()).map_or(self.lowest, |(value, _)| *value)
    }

    /// Whether more than one value in two hundred is neither black nor white, or both are there.
    fn shows(&self, curve: &Curve<'_>) -> bool {
        let (mut black, mut white) = (0, 0);
        for &(value, count) in &self.counts {
            let share = curve.share(value);
            black += if share <= 0.0 { count } else { 0 };
            white += if share >= 1.0 { count } else { 0 };
        }
        let most = self.total - self.total / 200;
        self.lowest == self.highest || (black <= most && white <= most)
    }
}

fn counts(data: &Samples) -> Vec<(f64, u64)> {
    fn tally(size: usize, first: f64, indices: impl Iterator<Item = usize>) -> Vec<(f64, u64)> {
        let mut counts = vec![0u64; size];
        indices.for_each(|index| counts[index % size] += 1);
        let all = counts.into_iter().enumerate();
        all.filter(|(_, count)| *count > 0).map(|(at, count)| (first + at as f64, count)).collect()
    }
    match data {
        Samples::U8(values) => tally(1 << 8, 0.0, values.iter().map(|&v| v.into())),
        Samples::U16(values) => tally(1 << 16, 0.0, values.iter().map(|&v| v.into())),
        Samples::I16(values) => {
            tally(1 << 16, -32768.0, values.iter().map(|&v| (i32::from(v) + 32768) as usize))
        }
        other => {
            let step = other.len().div_ceil(MOST_SAMPLED).max(1);
            (0..other.len()).step_by(step).filter_map(|at| other.get(at)).map(|value| (value, 1)).collect()
        }
    }
}

fn palette(frame: &Frame, tone: &Tone) -> Pixels {
    let Some(palette) = &frame.presentation.palette else { return Pixels::Grey(grey(frame, tone)) };
    let shade = |stored: f64| {
        let of = |at: usize| (palette.0[at].share(stored) * 255.0).round() as u8;
        let rgb = [of(0), of(1), of(2)];
        if tone.invert { rgb.map(|v| 255 - v) } else { rgb }
    };
    let table: Vec<[u8; 3]> = match frame.data {
        Samples::U8(_) => (0..=u8::MAX).map(|value| shade(value.into())).collect(),
        _ => Vec::new(),
    };
    let step = usize::from(frame.samples.max(1));
    Pixels::Rgb(match &frame.data {
        Samples::U8(values) => values
            .iter()
            .step_by(step)
            .map(|&v| table.get(usize::from(v)).copied().unwrap_or_default())
            .collect(),
        other => (0..other.len()).step_by(step).map(|at| shade(other.get(at).unwrap_or(0.0))).collect(),
    })
}

fn colour(frame: &Frame, tone: &Tone) -> Vec<[u8; 3]> {
    let bytes: Vec<u8> = match &frame.data {
        Samples::U8(values) => values.clone(),
        other => {
            let top = 2f64.powi(frame.bits.into()) - 1.0;
            let share = |at| other.get(at).unwrap_or(0.0) / top;
            (0..other.len()).map(|at| (share(at).clamp(0.0, 1.0) * 255.0).round() as u8).collect()
        }
    };
    let convert = |pixel: &[u8]| {
        let at = |index: usize| pixel.get(index).copied().unwrap_or(0);
        let rgb = match frame.photometric {
            Photometric::YbrFull => ybr_full(at(0), at(1), at(2)),
            Photometric::YbrPartial => ybr_partial(at(0), at(1), at(2)),
            Photometric::Cmyk => {
                [0, 1, 2].map(|i| (u16::from(255 - at(i)) * u16::from(255 - at(3)) / 255) as u8)
            }
            _ => [at(0), at(1), at(2)],
        };
        if tone.invert { rgb.map(|v| 255 - v) } else { rgb }
    };
    bytes.chunks_exact(usize::from(frame.samples.max(1))).map(convert).collect()
}

/// PS3.3 section C.7.6.3.1.2, solved for red, green and blue.
fn ybr_full(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let [y, cb, cr] = [f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0];
    let channels = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb];
    channels.map(|value| value.round().clamp(0.0, 255.0) as u8)
}

fn ybr_partial(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let [y, cb, cr] = [1.164_38 * (f32::from(y) - 16.0), f32::from(cb) - 128.0, f32::from(cr) - 128.0];
    let channels = [y + 1.596 * cr, y - 0.391_8 * cb - 0.813 * cr, y + 2.017 * cb];
    channels.map(|value| value.round().clamp(0.0, 255.0) as u8)
}
