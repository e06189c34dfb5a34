use std::time::Duration;

/// Which files' pixels are looked at, and which of their frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PixelMode {
    /// Kinds of images that text is often burned into ([`crate::standard::pixel_kind`]), and those of devices that are
    /// known to ([`crate::standard::pixel_regions`]): of up to five frames all, else the first, the last, and three
    /// evenly between. Overlay planes of all files.
    #[default]
    Auto,
    /// All images and frames; of more than a thousand frames so many, evenly.
    All,
    /// One frame of any image, from 0.
    Only(u32),
    Off,
}

impl PixelMode {
    /// The most time for one file: what was found until then is kept.
    pub fn time(self) -> Duration {
        Duration::from_secs(if self == Self::All { 600 } else { 20 })
    }

    /// The frames to be looked at of `count`, in order.
    pub(super) fn frames(self, count: u32) -> impl Iterator<Item = u32> {
        let (first, count, most) = match self {
            Self::Off => (0, count, 0),
            Self::Only(number) => (number, count.saturating_sub(number), 1),
            Self::Auto => (0, count, 5),
            Self::All => (0, count, 1000),
        };
        let taken = count.min(most);
        let (last, steps) = (u64::from(count.saturating_sub(1)), u64::from(taken.saturating_sub(1)).max(1));
        (0..taken).map(move |at| first + (u64::from(at) * last / steps) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_taken_evenly() {
        let of = |count| PixelMode::Auto.frames(count).collect::<Vec<_>>();
        assert_eq!(of(1), [0]);
        assert_eq!(of(5), [0, 1, 2, 3, 4]);
        assert_eq!(of(100), [0, 24, 49, 74, 99]);
        assert_eq!(of(u32::MAX).last(), Some(&(u32::MAX - 1)));
        assert_eq!(PixelMode::Only(7).frames(9).collect::<Vec<_>>(), [7]);
        assert_eq!(PixelMode::Only(9).frames(9).count(), 0);
        assert_eq!(PixelMode::All.frames(30).count(), 30);
        assert_eq!(PixelMode::All.frames(u32::MAX).count(), 1000);
        assert_eq!(PixelMode::Off.frames(3).count(), 0);
    }
}
