use super::{FrameError, Stream, ZIGZAG, bits::Bits, damaged, huffman::Table};
use crate::dicom::frame::limits::Budget;

/// One scan: section B.2.3.
pub(super) struct Scan {
    parts: Vec<Part>,
    /// Spectral selection, in zigzag order.
    first: usize,
    last: usize,
    /// Successive approximation: the bits below which earlier scans, and this one, leave off.
    high: u32,
    low: u32,
}

#[derive(Clone, Copy)]
struct Part {
    component: usize,
    dc: usize,
    ac: usize,
}

/// What decoding carries from block to block.
struct State {
    predictions: [i32; 4],
    /// Blocks that end of band still covers.
    skipped: u32,
}

impl Scan {
    pub fn parse(body: &[u8], stream: &Stream) -> Result<Self, FrameError> {
        let cut = || damaged("a scan's header is impossible");
        let count = usize::from(*body.first().ok_or_else(cut)?);
        let chosen = body.get(1..1 + 2 * count).ok_or_else(cut)?;
        let &[first, last, bits] = body.get(1 + 2 * count..).and_then(<[u8]>::first_chunk).ok_or_else(cut)?;
        let part = |&[id, tables]: &[u8; 2]| {
            let component = stream.components.iter().position(|component| component.id == id)?;
            Some(Part { component, dc: usize::from(tables >> 4), ac: usize::from(tables & 15) })
        };
        let parts: Vec<Part> =
            chosen.as_chunks().0.iter().map(part).collect::<Option<_>>().ok_or_else(cut)?;
        let (first, last, high, low) = if stream.progressive {
            (first.into(), last.into(), u32::from(bits >> 4), u32::from(bits & 15))
        } else {
            (0, 63, 0, 0)
        };
        let band = first == 0 || parts.len() == 1;
        let sound =
            parts.iter().all(|part| part.dc < 4 && part.ac < 4) && last < 64 && first <= last && low < 14;
        if parts.is_empty()
            || parts.len() > 4
            || !band
            || !sound
            || (stream.progressive && first == 0 && last != 0)
        {
            return Err(cut());
        }
        Ok(Self { parts, first, last, high, low })
    }

    /// Decodes the scan into the stream's blocks; returns the bytes it took. What cannot be decoded stays as it
    /// was.
    pub fn run(&self, stream: &mut Stream, bytes: &[u8], budget: &Budget<'_>) -> Result<usize, FrameError> {
        let mut bits = Bits::new(bytes);
        let mut state = State { predictions: [0; 4], skipped: 0 };
        let single = self.parts.len() == 1;
        let (across, down) = match self.parts.first().and_then(|part| stream.components.get(part.component)) {
            Some(component) if single => (component.columns, component.rows),
            _ => (stream.columns.div_ceil(8 * stream.across), stream.rows.div_ceil(8 * stream.down)),
        };
        for unit in 0..across * down {
            if unit % 4096 == 0 {
                budget.check()?;
            }
            if stream.restart > 0 && unit > 0 && unit % stream.restart == 0 {
                if !bits.restart() {
                    break;
                }
                state = State { predictions: [0; 4], skipped: 0 };
            }
            let (x, y) = (unit % across, unit / across);
            let done = if single {
                self.block(stream, 0, (x, y), &mut bits, &mut state)
            } else {
                self.unit(stream, (x, y), &mut bits, &mut state)
            };
            if done.is_none() || bits.missing > 64 {
                break;
            }
        }
        Ok(bits.taken())
    }

    /// The blocks of all components in one unit: section A.2.3.
    fn unit(
        &self,
        stream: &mut Stream,
        (x, y): (usize, usize),
        bits: &mut Bits<'_>,
        state: &mut State,
    ) -> Option<()> {
        for at in 0..self.parts.len() {
            let component = stream.components.get(self.parts[at].component)?;
            let (across, down) = (component.across, component.down);
            for row in 0..down {
                for column in 0..across {
                    self.block(stream, at, (x * across + column, y * down + row), bits, state)?;
                }
            }
        }
        Some(())
    }

    fn block(
        &self,
        stream: &mut Stream,
        at: usize,
        (x, y): (usize, usize),
        bits: &mut Bits<'_>,
        state: &mut State,
    ) -> Option<()> {
        let part = *self.parts.get(at)?;
        let (dc, ac) = (stream.dc.get(part.dc)?, stream.ac.get(part.ac)?);
        let component = stream.components.get_mut(part.component)?;
        let block = component.blocks.get_mut(y * component.stride + x)?;
        let prediction = state.predictions.get_mut(at)?;
        if !stream.progressive {
            first_coefficient(block, dc, prediction, 0, bits)?;
            return all_others(block, ac, bits);
        }
        match (self.first, self.high) {
            (0, 0) => first_coefficient(block, dc, prediction, self.low, bits),
            (0, _) => {
                block[0] |= (bits.take(1) << self.low) as i32;
                Some(())
            }
            (_, 0) => self.band(block, ac, bits, &mut state.skipped),
            _ => self.refine(block, ac, bits, &mut state.skipped),
        }
    }

    /// Section G.1.2.2, first scan of a band.
    fn band(
        &self,
        block: &mut [i32; 64],
        table: &Table,
        bits: &mut Bits<'_>,
        skipped: &mut u32,
    ) -> Option<()> {
        if *skipped > 0 {
            *skipped -= 1;
            return Some(());
        }
        let mut at = self.first;
        while at <= self.last {
            let symbol = table.symbol(bits)?;
            let (run, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
            if size == 0 && run < 15 {
                *skipped = (1 << run) - 1 + bits.take(run);
                return Some(());
            }
            at += run as usize;
            if size > 0 {
                *block.get_mut(usize::from(*ZIGZAG.get(at)?))? = bits.signed(size) << self.low;
            }
            at += 1;
        }
        Some(())
    }

    /// Section G.1.2.3, one more bit for a band.
    fn refine(
        &self,
        block: &mut [i32; 64],
        table: &Table,
        bits: &mut Bits<'_>,
        skipped: &mut u32,
    ) -> Option<()> {
        let step = 1 << self.low;
        let mut at = self.first;
        if *skipped == 0 {
            while at <= self.last {
                let symbol = table.symbol(bits)?;
                let (mut run, size) = (u32::from(symbol >> 4), symbol & 15);
                let mut value = 0;
                if size == 0 && run < 15 {
                    *skipped = (1 << run) + bits.take(run);
                    break;
                } else if size > 0 {
                    value = if bits.take(1) == 1 { step } else { -step };
                }
                while at <= self.last {
                    let place = block.get_mut(usize::from(*ZIGZAG.get(at)?))?;
                    at += 1;
                    if *place != 0 {
                        correct(place, step, bits);
                    } else if run == 0 {
                        *place = value;
                        break;
                    } else {
                        run -= 1;
                    }
                }
            }
        }
        if *skipped > 0 {
            for zigzag in ZIGZAG.get(at..=self.last).unwrap_or_default() {
                let place = block.get_mut(usize::from(*zigzag))?;
                if *place != 0 {
                    correct(place, step, bits);
                }
            }
            *skipped -= 1;
        }
        Some(())
    }
}

fn correct(place: &mut i32, step: i32, bits: &mut Bits<'_>) {
    if bits.take(1) == 1 && *place & step == 0 {
        *place += step * place.signum();
    }
}

/// Section F.2.2.1.
fn first_coefficient(
    block: &mut [i32; 64],
    table: &Table,
    prediction: &mut i32,
    low: u32,
    bits: &mut Bits<'_>,
) -> Option<()> {
    let size = u32::from(table.symbol(bits)?);
    if size > 16 {
        return None;
    }
    *prediction = prediction.wrapping_add(bits.signed(size)).clamp(-(1 << 17), 1 << 17);
    block[0] = *prediction << low;
    Some(())
}

/// Section F.2.2.2.
fn all_others(block: &mut [i32; 64], table: &Table, bits: &mut Bits<'_>) -> Option<()> {
    let mut at = 1;
    while at < 64 {
        let symbol = table.symbol(bits)?;
        let (run, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
        if size == 0 {
            if run < 15 {
                return Some(());
            }
            at += 16;
            continue;
        }
        at += run;
        *block.get_mut(usize::from(*ZIGZAG.get(at)?))? = bits.signed(size);
        at += 1;
    }
    Some(())
}
