/// Value noise from a seed: the same number at the same place, always.
#[derive(Clone, Copy, Debug)]
pub struct Noise(u64);

impl Noise {
    pub fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    /// Uniform in 0..1 at a lattice point.
    pub fn unit(self, x: i32, y: i32, z: i32) -> f32 {
        let key = u64::from(x.cast_unsigned())
            ^ u64::from(y.cast_unsigned()).rotate_left(24)
            ^ u64::from(z.cast_unsigned()).rotate_left(48);
        (mix(self.0 ^ mix(key)) >> 40) as f32 / (1u64 << 24) as f32
    }

    /// About normal, mean 0, deviation 1, at a pixel: scanner grain.
    pub fn grain(self, x: i32, y: i32, z: i32) -> f32 {
        let sum: f32 = (0..3).map(|k| self.unit(x, y, z.wrapping_mul(4).wrapping_add(k))).sum();
        (sum - 1.5) * 2.0
    }

    /// Smooth in 0..1, with features about one unit wide.
    pub fn smooth(self, x: f32, y: f32, layer: i32) -> f32 {
        let (x0, y0) = (x.floor(), y.floor());
        let (fx, fy) = (ease(x - x0), ease(y - y0));
        let (ix, iy) = (x0 as i32, y0 as i32);
        let at = |dx: i32, dy: i32| self.unit(ix.wrapping_add(dx), iy.wrapping_add(dy), layer);
        let top = at(0, 0) + (at(1, 0) - at(0, 0)) * fx;
        let bottom = at(0, 1) + (at(1, 1) - at(0, 1)) * fx;
        top + (bottom - top) * fy
    }

    /// Three octaves of `smooth`, in 0..1.
    pub fn cloud(self, x: f32, y: f32, layer: i32) -> f32 {
        let octave =
            |k: i32, scale: f32| self.smooth(x * scale, y * scale, layer.wrapping_mul(3).wrapping_add(k));
        (octave(0, 1.0) * 4.0 + octave(1, 2.1) * 2.0 + octave(2, 4.3)) / 7.0
    }
}

fn ease(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
