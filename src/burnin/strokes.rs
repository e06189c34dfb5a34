use super::plane::Plane;

/// Strokes of letters up to 24 pixels, bold ones too, are thinner.
const THICKEST: usize = 9;
/// How far around the strongest stroke is looked for, which the others are measured by.
const AROUND: usize = 15;
/// Runs longer than that are lines.
const LONGEST: u8 = 48;
/// The least contrast that counts, of 255.
const LEAST: u8 = 40;

/// The pixels of a plane that are strokes: brighter than what is around them, and thin.
pub(super) struct Strokes {
    pub width: usize,
    /// By how much each pixel stands out, where it is a stroke; 0 elsewhere.
    pub contrast: Vec<u8>,
    /// By how much each pixel stands out.
    pub hat: Vec<u8>,
}

impl Strokes {
    pub fn height(&self) -> usize {
        self.contrast.len() / self.width.max(1)
    }

    /// How much each pixel of a part of a row stands out, and as a stroke.
    pub fn span(&self, y: u32, left: u32, right: u32) -> impl Iterator<Item = (u8, u8)> {
        let from = y as usize * self.width + left as usize;
        let to = y as usize * self.width + (right as usize).min(self.width);
        let hat = self.hat.get(from..to).unwrap_or_default();
        let contrast = self.contrast.get(from..to).unwrap_or_default();
        hat.iter().copied().zip(contrast.iter().copied())
    }
}

pub(super) fn strokes(plane: &Plane) -> Strokes {
    let (width, height) = (plane.width, plane.height);
    let opened = plane.opened(THICKEST);
    let contrast: Vec<u8> =
        plane.values.iter().zip(&opened.values).map(|(own, thick)| own.saturating_sub(*thick)).collect();
    let hat = Plane { width, height, values: contrast };
    let strongest = hat.highest(AROUND);
    let kept = hat.values.iter().zip(&strongest.values).map(|(&own, &strongest)| {
        // Half of the strongest around is where the edge of a stroke runs.
        let is_stroke = (own >= LEAST) & (own > strongest / 2);
        if is_stroke { own } else { 0 }
    });
    let mut contrast: Vec<u8> = kept.collect();
    drop_upright_lines(&mut contrast, width);
    Strokes { width, contrast, hat: hat.values }
}

/// Clears what runs straight down for longer than a letter is high: rulers, frames, axes.
fn drop_upright_lines(contrast: &mut [u8], width: usize) {
    let mut lengths = vec![0u8; contrast.len()];
    let mut above = vec![0u8; width];
    for (row, own) in contrast.chunks_exact(width).zip(lengths.chunks_exact_mut(width)) {
        for ((length, above), value) in own.iter_mut().zip(&mut above).zip(row) {
            let longer = above.saturating_add(1);
            *above = if *value > 0 { longer } else { 0 };
            *length = *above;
        }
    }
    // From below, a line is known by its length where it ends. All ones where one goes on.
    let mut below = vec![0u8; width];
    for (row, own) in contrast.chunks_exact_mut(width).zip(lengths.chunks_exact(width)).rev() {
        for ((value, length), below) in row.iter_mut().zip(own).zip(&mut below) {
            let begins = if *length > LONGEST { u8::MAX } else { 0 };
            let goes_on = if *length > 0 { *below } else { 0 };
            *below = begins | goes_on;
            *value &= !*below;
        }
    }
}
