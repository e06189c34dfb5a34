//! The colours that a terminal has, and the nearest of them.

use super::Colour;

/// How many colours a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colours {
    /// 24 bit.
    True,
    /// The cube of 6 × 6 × 6 and the ramp of 24 greys.
    Indexed256,
    /// The first 16, whose values are the terminal's own; those of xterm are assumed.
    Indexed16,
    /// None: foreground on background.
    Mono,
}

const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// xterm's first 16.
pub(super) const FIRST: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

impl Colours {
    /// What the environment says that the terminal shows: `NO_COLOR`, `COLORTERM`, `TERM`.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name| variable(name).unwrap_or_default();
        let term = value("TERM");
        if !value("NO_COLOR").is_empty() || term == "dumb" {
            return Self::Mono;
        }
        if matches!(value("COLORTERM").as_str(), "truecolor" | "24bit") || term.ends_with("-direct") {
            return Self::True;
        }
        if term.contains("256color") { Self::Indexed256 } else { Self::Indexed16 }
    }

    pub(super) fn is_dithered(self) -> bool {
        matches!(self, Self::Indexed16 | Self::Mono)
    }

    /// The nearest colour to red, green and blue, and what it looks like.
    pub fn nearest(self, rgb: [u8; 3]) -> (Colour, [u8; 3]) {
        match self {
            Self::True => (Colour::Rgb(rgb[0], rgb[1], rgb[2]), rgb),
            Self::Indexed256 => {
                let index = nearest_256(rgb);
                (Colour::Indexed(index), value(index))
            }
            Self::Indexed16 => {
                let nearest = (0..16u8).min_by_key(|&at| distance(FIRST[usize::from(at)], rgb)).unwrap_or(0);
                (Colour::Indexed(nearest), value(nearest))
            }
            Self::Mono => (Colour::Default, if grey(rgb) < 128 { [0; 3] } else { [255; 3] }),
        }
    }
}

/// Red, green and blue of one of the 256 colours.
pub(super) fn value(index: u8) -> [u8; 3] {
    match index {
        0..=15 => FIRST[usize::from(index)],
        16..=231 => {
            let at = usize::from(index - 16);
            [CUBE[at / 36], CUBE[at / 6 % 6], CUBE[at % 6]]
        }
        _ => [8 + 10 * (index - 232); 3],
    }
}

fn nearest_256(rgb: [u8; 3]) -> u8 {
    let level = |v: u8| match v {
        0..=47 => 0,
        48..=114 => 1,
        _ => (u16::from(v) - 35) / 40,
    };
    let [r, g, b] = rgb.map(level);
    let cube = (16 + 36 * r + 6 * g + b) as u8;
    let ramp = 232 + (i32::from(grey(rgb)) - 3).clamp(0, 239) as u8 / 10;
    if distance(value(ramp), rgb) < distance(value(cube), rgb) { ramp } else { cube }
}

/// The mean, which is nearest to a colour of all greys.
pub(super) fn grey(rgb: [u8; 3]) -> u8 {
    (rgb.iter().map(|&v| u16::from(v)).sum::<u16>() / 3) as u8
}

pub(super) fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(&a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_of_256_is_nearest() {
        for step in 0..4096u32 {
            let rgb = [step * 7 % 256, step * 13 % 256, step * 29 % 256].map(|v| v as u8);
            let rgb = if step % 3 == 0 { [rgb[0]; 3] } else { rgb };
            let best = (16..=255).map(|at| distance(value(at), rgb)).min().unwrap();
            let (colour, looks) = Colours::Indexed256.nearest(rgb);
            assert_eq!(distance(looks, rgb), best, "{rgb:?} {colour:?}");
        }
    }
}
