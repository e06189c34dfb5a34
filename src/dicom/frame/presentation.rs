//! How stored values become grey or colour: PS3.3 sections C.11.1, C.11.2 and C.7.9.

use super::{
    Layout, Lut,
    attributes::{all, functional_groups, group_item, number_in},
    store::Store,
};
use crate::dicom::{Reading, RowId, Rows, Tag};

/// Bytes of a look-up table: 65,536 entries of two bytes.
const MOST_TABLE: u64 = 128 << 10;
/// Windows and tables that are kept of one frame.
const MOST_VIEWS: usize = 32;

/// What a file says of how a frame is to be shown.
#[derive(Debug, Clone, Default)]
pub struct Presentation {
    pub modality: Modality,
    /// In the file's order; the first is the file's choice.
    pub windows: Vec<Window>,
    pub luts: Vec<VoiLut>,
    pub palette: Option<Palette>,
    /// Whether (2050,0020) asks for inversion.
    pub inverse: bool,
    /// Stored values, from and to, that stand for "no pixel": (0028,0120) and (0028,0121).
    pub padding: Option<(f64, f64)>,
    /// (0008,0060), as it is written.
    pub kind: String,
}

/// Stored values into the modality's own, as Hounsfield units.
#[derive(Debug, Clone, PartialEq)]
pub enum Modality {
    Rescale { slope: f64, intercept: f64 },
    Lut(Lut),
}

impl Default for Modality {
    fn default() -> Self {
        Self::Rescale { slope: 1.0, intercept: 0.0 }
    }
}

impl Modality {
    /// The modality's value of a stored one.
    pub fn apply(&self, stored: f64) -> f64 {
        match self {
            Self::Rescale { slope, intercept } => stored * slope + intercept,
            Self::Lut(lut) => lut.at(stored).into(),
        }
    }
}

/// A range of the modality's values to be shown: (0028,1050) to (0028,1056).
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    pub center: f64,
    /// At least 1 for [`Function::Linear`], more than 0 for the others.
    pub width: f64,
    pub function: Function,
    /// (0028,1055); foreign text, often empty.
    pub name: String,
}

/// PS3.3 section C.11.2.1.2 and .3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Function {
    #[default]
    Linear,
    LinearExact,
    Sigmoid,
}

impl Window {
    /// Where a value is between black, 0, and white, 1.
    pub fn share(&self, value: f64) -> f64 {
        let share = match self.function {
            Function::Linear if self.width <= 1.0 => f64::from(u8::from(value > self.center - 0.5)),
            Function::Linear => (value - (self.center - 0.5)) / (self.width - 1.0) + 0.5,
            Function::LinearExact => (value - self.center) / self.width + 0.5,
            Function::Sigmoid => 1.0 / (1.0 + (-4.0 * (value - self.center) / self.width).exp()),
        };
        share.clamp(0.0, 1.0)
    }
}

/// An item of the VOI LUT Sequence (0028,3010).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoiLut {
    pub lut: Lut,
    /// (0028,3003); foreign text, often empty.
    pub name: String,
}

/// Red, green and blue for each stored value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette(pub [Lut; 3]);

pub(super) fn read(reading: &Reading, store: &mut Store<'_>, number: u32, layout: &Layout) -> Presentation {
    let rows = &reading.rows;
    if layout.is_icon(reading) {
        return Presentation { palette: palette(rows, rows.parent(layout.row), store), ..Default::default() };
    }
    let groups = functional_groups(rows, number);
    let transform = group_item(rows, &groups, Tag(0x0028, 0x9145));
    let voi = group_item(rows, &groups, Tag(0x0028, 0x9132));
    let padding = number_in(rows, None, Tag(0x0028, 0x0120)).map(|value| {
        let limit = number_in(rows, None, Tag(0x0028, 0x0121)).unwrap_or(value);
        (value.min(limit), value.max(limit))
    });
    let mut windows = windows(rows, voi);
    if windows.is_empty() && voi.is_some() {
        windows = self::windows(rows, None);
    }
    Presentation {
        modality: modality(rows, store, transform, layout.signed),
        windows,
        luts: voi_luts(rows, store),
        palette: palette(rows, None, store),
        inverse: reading.text(Tag(0x2050, 0x0020)).trim() == "INVERSE",
        padding,
        kind: reading.text(Tag(0x0008, 0x0060)).trim().to_owned(),
    }
}

fn modality(rows: &Rows, store: &mut Store<'_>, transform: Option<RowId>, signed: bool) -> Modality {
    let sequence = rows.find(Tag(0x0028, 0x3000));
    let item = sequence.and_then(|id| rows.children(Some(id)).next()).map(|(id, _)| id);
    if let Some(lut) = item.and_then(|item| item_lut(rows, store, item, signed)) {
        return Modality::Lut(lut);
    }
    let number = |tag| {
        let own = transform.and_then(|item| number_in(rows, Some(item), tag));
        own.or_else(|| number_in(rows, None, tag)).filter(|number| number.is_finite())
    };
    Modality::Rescale {
        slope: number(Tag(0x0028, 0x1053)).filter(|&slope| slope != 0.0).unwrap_or(1.0),
        intercept: number(Tag(0x0028, 0x1052)).unwrap_or(0.0),
    }
}

/// The table of one item of a LUT sequence.
fn item_lut(rows: &Rows, store: &mut Store<'_>, item: RowId, signed: bool) -> Option<Lut> {
    let descriptor = rows.find_in(Some(item), Tag(0x0028, 0x3002))?;
    let data = rows.find_in(Some(item), Tag(0x0028, 0x3006))?;
    let bytes = store.value(data, MOST_TABLE);
    Lut::parse(&all(rows, descriptor), &bytes, rows.value_coding().big_endian, signed)
}

fn windows(rows: &Rows, parent: Option<RowId>) -> Vec<Window> {
    let numbers = |tag| rows.find_in(parent, tag).map(|id| all(rows, id)).unwrap_or_default();
    let text = |tag| rows.find_in(parent, tag).map(|id| rows.text(id)).unwrap_or_default();
    let function = match text(Tag(0x0028, 0x1056)).trim() {
        "LINEAR_EXACT" => Function::LinearExact,
        "SIGMOID" => Function::Sigmoid,
        _ => Function::Linear,
    };
    let names = text(Tag(0x0028, 0x1055));
    let mut names = names.split('\\');
    let pairs = numbers(Tag(0x0028, 0x1050)).into_iter().zip(numbers(Tag(0x0028, 0x1051)));
    pairs
        .take(MOST_VIEWS)
        .map(|(center, width)| (center, width, names.next().unwrap_or_default().trim().to_owned()))
        .filter(|(center, width, _)| center.is_finite() && width.is_finite() && *width > 0.0)
        .map(|(center, width, name)| Window { center, width, function, name })
        .collect()
}

fn voi_luts(rows: &Rows, store: &mut Store<'_>) -> Vec<VoiLut> {
    let Some(sequence) = rows.find(Tag(0x0028, 0x3010)) else { return Vec::new() };
    let items = rows.children(Some(sequence)).map(|(id, _)| id).take(MOST_VIEWS);
    items
        .filter_map(|item| {
            // The input is what the modality's table yields, which may be negative.
            let lut = item_lut(rows, store, item, false)?;
            let name = rows.find_in(Some(item), Tag(0x0028, 0x3003)).map(|id| rows.text(id));
            Some(VoiLut { lut, name: name.unwrap_or_default().trim().to_owned() })
        })
        .collect()
}

fn palette(rows: &Rows, parent: Option<RowId>, store: &mut Store<'_>) -> Option<Palette> {
    let find = |element| rows.find_in(parent, Tag(0x0028, element));
    let big = rows.value_coding().big_endian;
    let mut table = |colour: u16| {
        let descriptor = all(rows, find(0x1101 + colour)?);
        let plain = find(0x1201 + colour).map(|id| store.value(id, MOST_TABLE));
        if let Some(bytes) = plain.filter(|bytes| !bytes.is_empty()) {
            return Lut::parse(&descriptor, &bytes, big, false);
        }
        let bytes = store.value(find(0x1221 + colour)?, MOST_TABLE);
        Lut::segmented(&descriptor, &bytes, big)
    };
    let [mut red, mut green, mut blue] = [table(0)?, table(1)?, table(2)?];
    // One scale for the three, or colours would shift.
    let bits = red.bits.max(green.bits).max(blue.bits);
    [&mut red, &mut green, &mut blue].into_iter().for_each(|lut| lut.bits = bits);
    Some(Palette([red, green, blue]))
}

/// Height of a pixel over its width: (0028,0034), or the pixel spacing of the frame or of the detector.
pub fn aspect(reading: &Reading, number: u32) -> f64 {
    let rows = &reading.rows;
    let measures = group_item(rows, &functional_groups(rows, number), Tag(0x0028, 0x9110));
    let found = [
        (None, Tag(0x0028, 0x0034)),
        (measures, Tag(0x0028, 0x0030)),
        (None, Tag(0x0028, 0x0030)),
        (None, Tag(0x0018, 0x1164)),
    ]
    .into_iter()
    .filter_map(|(parent, tag)| rows.find_in(parent, tag))
    .find_map(|id| match all(rows, id).as_slice() {
        &[vertical, horizontal, ..] if vertical > 0.0 && horizontal > 0.0 => Some(vertical / horizontal),
        _ => None,
    });
    found.filter(|aspect| (0.05..=20.0).contains(aspect)).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_as_the_standard_computes_them() {
        let share = |function, center, width, value| {
            Window { center, width, function, name: String::new() }.share(value)
        };
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} is not {b}");
        // The example of section C.11.2.1.2.1: center 2048, width 4096.
        for (value, expected) in [(-1.0, 0.0), (0.0, 0.0), (4095.0, 1.0), (4096.0, 1.0), (2047.5, 0.5)] {
            near(share(Function::Linear, 2048.0, 4096.0, value), expected);
        }
        // A width of 1 is a threshold.
        assert_eq!([99.0, 99.5, 100.0].map(|v| share(Function::Linear, 100.0, 1.0, v)), [0.0, 0.0, 1.0]);
        for (value, expected) in [(0.0, 0.0), (25.0, 0.25), (50.0, 0.5), (100.0, 1.0), (101.0, 1.0)] {
            near(share(Function::LinearExact, 50.0, 100.0, value), expected);
        }
        near(share(Function::Sigmoid, 50.0, 100.0, 50.0), 0.5);
        near(share(Function::Sigmoid, 50.0, 100.0, 75.0), 1.0 / (1.0 + (-1f64).exp()));
        near(share(Function::Sigmoid, 50.0, 100.0, 0.0), 1.0 / (1.0 + 2f64.exp()));
    }
}
