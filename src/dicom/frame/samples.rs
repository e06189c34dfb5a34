/// What the samples of a pixel mean: (0028,0004), PS3.3 section C.7.6.3.1.2, as far as it still matters after
/// decompression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Photometric {
    /// The lowest value is white.
    Monochrome1,
    /// The lowest value is black.
    Monochrome2,
    Palette,
    Rgb,
    /// Luminance and chrominance, full range.
    YbrFull,
    /// Luminance and chrominance, studio range (retired).
    YbrPartial,
    /// Cyan, magenta, yellow, black (retired).
    Cmyk,
}

impl Photometric {
    /// Of the attribute's value. What is unknown is taken for grey or RGB.
    pub fn parse(text: &str, samples: u8) -> Self {
        match text.trim() {
            "MONOCHROME1" => Self::Monochrome1,
            "PALETTE COLOR" if samples == 1 => Self::Palette,
            _ if samples < 3 => Self::Monochrome2,
            "YBR_FULL" | "YBR_FULL_422" | "YBR_RCT" | "YBR_ICT" => Self::YbrFull,
            "YBR_PARTIAL_422" | "YBR_PARTIAL_420" => Self::YbrPartial,
            "CMYK" if samples == 4 => Self::Cmyk,
            _ => Self::Rgb,
        }
    }

    pub fn is_grey(self) -> bool {
        matches!(self, Self::Monochrome1 | Self::Monochrome2)
    }
}

/// Sample values in the narrowest type that holds them.
#[derive(Debug, Clone, PartialEq)]
pub enum Samples {
    U8(Vec<u8>),
    U16(Vec<u16>),
    I16(Vec<i16>),
    U32(Vec<u32>),
    I32(Vec<i32>),
    F32(Vec<f32>),
    F64(Vec<f64>),
}

impl Samples {
    pub fn len(&self) -> usize {
        match self {
            Self::U8(values) => values.len(),
            Self::U16(values) => values.len(),
            Self::I16(values) => values.len(),
            Self::U32(values) => values.len(),
            Self::I32(values) => values.len(),
            Self::F32(values) => values.len(),
            Self::F64(values) => values.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, index: usize) -> Option<f64> {
        match self {
            Self::U8(values) => values.get(index).map(|&v| v.into()),
            Self::U16(values) => values.get(index).map(|&v| v.into()),
            Self::I16(values) => values.get(index).map(|&v| v.into()),
            Self::U32(values) => values.get(index).map(|&v| v.into()),
            Self::I32(values) => values.get(index).map(|&v| v.into()),
            Self::F32(values) => values.get(index).map(|&v| v.into()),
            Self::F64(values) => values.get(index).copied(),
        }
    }

    /// Integers of `bits` bits, sign-extended where they are signed, in the narrowest type. Bits above are
    /// dropped.
    pub(super) fn of_words(words: impl Iterator<Item = u32>, bits: u8, signed: bool) -> Self {
        let bits = bits.clamp(1, 32);
        let mask = u32::MAX >> (32 - bits);
        let up = 32 - u32::from(bits);
        let extend = |word: u32| ((word << up) as i32) >> up;
        match (signed, bits) {
            (false, ..=8) => Self::U8(words.map(|word| (word & mask) as u8).collect()),
            (false, ..=16) => Self::U16(words.map(|word| (word & mask) as u16).collect()),
            (false, _) => Self::U32(words.map(|word| word & mask).collect()),
            (true, ..=16) => Self::I16(words.map(|word| extend(word) as i16).collect()),
            (true, _) => Self::I32(words.map(extend).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_masked_and_sign_extended() {
        assert_eq!(
            Samples::of_words([0xff12, 0x0fff].into_iter(), 12, false),
            Samples::U16(vec![0xf12, 0xfff])
        );
        assert_eq!(Samples::of_words([0x0fff, 0x07ff].into_iter(), 12, true), Samples::I16(vec![-1, 2047]));
        assert_eq!(Samples::of_words([0x80].into_iter(), 8, true), Samples::I16(vec![-128]));
        assert_eq!(Samples::of_words([u32::MAX].into_iter(), 32, true), Samples::I32(vec![-1]));
        assert_eq!(Samples::of_words([3].into_iter(), 1, false), Samples::U8(vec![1]));
    }
}
