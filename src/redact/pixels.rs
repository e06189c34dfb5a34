//! Text seen in pixels, blacked out: PS3.15 section E.3.1.

use super::{
    Action, Edit, Fill, Frames, Marks, Plan, Rectangle, Spool, encode,
    plan::{Planner, Problem, Why},
};
use crate::{
    dicom::{
        Coding, Kind, Reading, RowId, Tag, Vr,
        frame::{self, Cancel, Frame, FrameError, FrameLimits, Layout, Photometric, Samples},
    },
    leak::{Finding, Place},
};
use std::{
    io::{self, Write},
    path::Path,
    sync::Arc,
};

/// Stands in place of a rule where marked pixels cannot be blacked out.
pub(super) const UNDONE_PIXELS: &str = "marks.pixels";
const BURNED_IN: Tag = Tag(0x0028, 0x0301);

/// Compressed pixels that are to be decoded, blacked out in part, and stored as they are then.
#[derive(Debug, Clone)]
pub(super) struct Transcode {
    layout: Layout,
    rectangles: Vec<(Rectangle, Frames)>,
}

/// Why compressed pixels could not be rewritten.
#[derive(Debug, thiserror::Error)]
pub(super) enum TranscodeError {
    #[error("frame {number} cannot be decoded: {error}")]
    Frame { number: u32, error: FrameError },
    #[error("frame {0} is stored in a form that cannot be written uncompressed")]
    Form(u32),
    #[error("its pixels are too large to be stored uncompressed")]
    TooLarge,
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Plans to black out what is marked, and in every frame where text was seen in one.
pub(super) fn plan(
    planner: &Planner,
    reading: &Reading,
    findings: &[Finding],
    marks: Option<&Marks>,
    plan: &mut Plan,
) {
    let cleans = plan.by_profile && planner.profile.cleans_pixels();
    let seen = findings.iter().filter(|finding| cleans && finding.place == Place::Pixels);
    let seen =
        seen.filter_map(|finding| finding.region).map(|region| (Rectangle::around(region), Frames::All));
    let rectangles: Vec<(Rectangle, Frames)> =
        seen.chain(marks.into_iter().flat_map(Marks::rectangles)).collect();
    let why = if cleans { Why::Found } else { Why::Mark };
    let Some(id) = reading.pixel_data() else { return };
    let Some(row) = reading.rows.get(id) else { return };
    if rectangles.is_empty() || matches!(plan.edits.get(id), Some(Edit::Remove | Edit::Mask(_))) {
        return;
    }
    let Ok(layout) = Layout::of(reading) else { return unmarkable(reading, id, marks, plan) };
    if row.kind == Kind::Encapsulated {
        // What takes its place is made when the file is written.
        plan.act(id, Action::Clean, why, Edit::Remove);
        plan.transcode = Some(Transcode { layout, rectangles });
    } else if let Some(fill) = Fill::new(&layout, reading.syntax.coding, rectangles) {
        plan.act(id, Action::Clean, why, Edit::Fill(fill));
    } else {
        return unmarkable(reading, id, marks, plan);
    }
    if plan.by_profile {
        state(reading, plan);
    }
}

/// What was marked and cannot be done must not be passed over.
fn unmarkable(reading: &Reading, id: RowId, marks: Option<&Marks>, plan: &mut Plan) {
    if marks.is_some_and(|marks| marks.rectangles().next().is_some()) {
        plan.problems.push(Problem { at: reading.rows.location(id), rule: UNDONE_PIXELS.to_owned() });
    }
}

/// Says that nothing is burned in any more.
fn state(reading: &Reading, plan: &mut Plan) {
    let no = encode::padded(Vr::CS, b"NO".to_vec());
    match reading.rows.find(BURNED_IN) {
        Some(row) => plan.act(row, Action::Dummy, Why::Marker, Edit::Value(no)),
        None => {
            let mut element = Vec::new();
            encode::element(&mut element, reading.syntax.coding, BURNED_IN, Vr::CS, b"NO");
            plan.edits.insert(BURNED_IN, element);
        }
    }
}

impl Transcode {
    /// Decodes frame by frame into `spool`, blacked out, and has the plan put that in the pixels' place, with the
    /// attributes that describe it.
    pub fn run(
        &self,
        path: &Path,
        reading: &Reading,
        spool: Spool,
        plan: &mut Plan,
        cancel: &Cancel,
    ) -> Result<(), TranscodeError> {
        let mut made: Option<(u8, u8, Photometric)> = None;
        let mut out = io::BufWriter::new(spool.file());
        let mut length = 0u64;
        for number in 0..self.layout.frames {
            let limits = FrameLimits::default();
            let frame = frame::decode_at(path, reading, &self.layout, number, &limits, cancel)
                .map_err(|error| TranscodeError::Frame { number: number + 1, error })?;
            let (mut bytes, allocated) = stored(&frame).ok_or(TranscodeError::Form(number + 1))?;
            let form = (allocated, frame.bits, frame.photometric);
            // One description holds for all frames.
            if made.is_some_and(|made| made != form) || !frame.whole {
                return Err(TranscodeError::Form(number + 1));
            }
            made = Some(form);
            let fill = self.fill(&frame, allocated, number).ok_or(TranscodeError::Form(number + 1))?;
            fill.apply(0, &mut bytes);
            out.write_all(&bytes)?;
            length += bytes.len() as u64;
        }
        out.write_all(&[0][..(length % 2) as usize])?;
        out.flush()?;
        drop(out);
        let length = u32::try_from(length.next_multiple_of(2)).ok().filter(|&length| length < u32::MAX);
        let (length, (allocated, bits, photometric)) = length.zip(made).ok_or(TranscodeError::TooLarge)?;
        let vr = if allocated == 8 { Vr::OB } else { Vr::OW };
        plan.act(self.layout.row, Action::Clean, Why::Found, Edit::Spool(Arc::new(spool.ended(vr, length))));
        self.describe(reading, plan, [allocated, bits], photometric);
        Ok(())
    }

    fn fill(&self, frame: &Frame, allocated: u8, number: u32) -> Option<Fill> {
        let layout = Layout {
            columns: frame.columns,
            rows: frame.rows,
            samples: frame.samples,
            photometric: frame.photometric,
            halved_chroma: false,
            planar: false,
            bits_allocated: allocated,
            bits_stored: frame.bits,
            high_bit: frame.bits.saturating_sub(1),
            signed: frame.signed,
            ..self.layout.clone()
        };
        // Each frame is the first of its own bytes.
        let here = self.rectangles.iter().filter(|(_, frames)| frames.has(number.into()));
        let here = here.map(|&(rectangle, _)| (rectangle, Frames::All)).collect();
        Fill::new(&layout, Coding::EXPLICIT, here)
    }

    fn describe(
        &self,
        reading: &Reading,
        plan: &mut Plan,
        [allocated, bits]: [u8; 2],
        photometric: Photometric,
    ) {
        let number = |value: u8| u16::from(value).to_le_bytes().to_vec();
        let word = match photometric {
            Photometric::Monochrome1 => "MONOCHROME1",
            Photometric::Monochrome2 => "MONOCHROME2",
            Photometric::Palette => "PALETTE COLOR",
            Photometric::YbrFull => "YBR_FULL",
            Photometric::YbrPartial => "YBR_PARTIAL_422",
            Photometric::Cmyk => "CMYK",
            Photometric::Rgb => "RGB",
        };
        let mut set = |tag, value: Option<Vec<u8>>| {
            let Some(row) = reading.rows.find(tag) else { return };
            let edit = value.map_or(Edit::Remove, Edit::Value);
            if !same(reading, row, &edit) {
                plan.act(row, Action::Clean, Why::Found, edit);
            }
        };
        set(Tag(0x0028, 0x0004), Some(encode::padded(Vr::CS, word.as_bytes().to_vec())));
        set(Tag(0x0028, 0x0006), Some(number(0)));
        set(Tag(0x0028, 0x0100), Some(number(allocated)));
        set(Tag(0x0028, 0x0101), Some(number(bits)));
        set(Tag(0x0028, 0x0102), Some(number(bits.saturating_sub(1))));
        // Tables of offsets into the compressed stream.
        set(Tag(0x7fe0, 0x0001), None);
        set(Tag(0x7fe0, 0x0002), None);
    }
}

fn same(reading: &Reading, row: RowId, edit: &Edit) -> bool {
    matches!(edit, Edit::Value(value) if value == reading.rows.bytes(row))
}

/// The frame's samples as they are stored, little endian, and bits allocated.
fn stored(frame: &Frame) -> Option<(Vec<u8>, u8)> {
    match &frame.data {
        Samples::U8(values) => Some((values.clone(), 8)),
        Samples::U16(values) => Some((values.iter().flat_map(|value| value.to_le_bytes()).collect(), 16)),
        Samples::I16(values) => Some((values.iter().flat_map(|value| value.to_le_bytes()).collect(), 16)),
        _ => None,
    }
}
