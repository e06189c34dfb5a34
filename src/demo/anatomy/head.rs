use super::Noise;
use super::Picture;
use super::shape::{ellipse, line, path};

#[derive(Clone, Copy, PartialEq)]
enum Tissue {
    Air,
    Scalp,
    Fat,
    Bone,
    Marrow,
    Csf,
    Grey,
    White,
    Deep,
    Falx,
    Eye,
}

/// An axial slice of a head in Hounsfield units; `level` 0 is the skull base, 1 the vertex.
pub fn head_ct(seed: u64, size: u16, level: f32) -> Picture<i16> {
    let noise = Noise::new(seed);
    let slice = (level * 1000.0) as i32;
    let value = |tissue| match tissue {
        Tissue::Air => -1000.0,
        Tissue::Scalp => 30.0,
        Tissue::Fat => -80.0,
        Tissue::Bone => 1150.0,
        Tissue::Marrow => 620.0,
        Tissue::Csf => 6.0,
        Tissue::Grey => 39.0,
        Tissue::White => 28.0,
        Tissue::Deep => 36.0,
        Tissue::Falx => 62.0,
        Tissue::Eye => 14.0,
    };
    slice_of(noise, size, level, |tissue, x, y, u, v| {
        let grain = noise.grain(x, y, slice) * if tissue == Tissue::Air { 9.0 } else { 4.0 };
        // The headrest: a thin bright arc under the head.
        let rest = (ellipse(u, v, (0.0, 0.25), (0.62, 0.70)) - 1.0).abs() < 0.016 && v > 0.45;
        let base = if rest && tissue == Tissue::Air { -420.0 } else { value(tissue) };
        base + grain
    })
}

/// A T1-weighted axial slice, 0 to about 1000, over a smooth coil shading.
pub fn head_mr(seed: u64, size: u16, level: f32) -> Picture<i16> {
    let noise = Noise::new(seed);
    let slice = (level * 1000.0) as i32;
    let value = |tissue| match tissue {
        Tissue::Air => 8.0,
        Tissue::Scalp => 640.0,
        Tissue::Fat => 860.0,
        Tissue::Bone => 45.0,
        Tissue::Marrow => 210.0,
        Tissue::Csf => 95.0,
        Tissue::Grey => 350.0,
        Tissue::White => 540.0,
        Tissue::Deep => 410.0,
        Tissue::Falx => 130.0,
        Tissue::Eye => 120.0,
    };
    slice_of(noise, size, level, |tissue, x, y, u, v| {
        let shading = 1.05 - 0.16 * (u * u + v * v) + 0.10 * (noise.smooth(u * 1.2 + 9.0, v * 1.2, 77) - 0.5);
        (value(tissue) * shading + noise.grain(x, y, slice) * 11.0).max(0.0)
    })
}

/// Four samples a pixel would be truer; one sample and a small blur looks the same at a fifth of the time.
fn slice_of(
    noise: Noise,
    size: u16,
    level: f32,
    value: impl Fn(Tissue, i32, i32, f32, f32) -> f32,
) -> Picture<i16> {
    let half = f32::from(size) / 2.0;
    let sharp = Picture::drawn(size, size, |x, y| {
        let (u, v) = ((x as f32 + 0.5 - half) / half * 0.88, (y as f32 + 0.5 - half) / half * 0.88);
        value(tissue(noise, u, v, level), x, y, u, v)
    });
    let side = usize::from(size);
    let at = |x: usize, y: usize| sharp.pixels[y.min(side - 1) * side + x.min(side - 1)];
    Picture::drawn(size, size, |x, y| {
        let (x, y) = (x as usize, y as usize);
        let near = at(x + 1, y) + at(x, y + 1) + at(x.saturating_sub(1), y) + at(x, y.saturating_sub(1));
        (at(x, y) * 0.5 + near * 0.125) as i16
    })
}

fn tissue(noise: Noise, u: f32, v: f32, level: f32) -> Tissue {
    let above = ((level - 0.35) / 0.75).max(0.0);
    let scale = (1.0 - above * above).max(0.05).sqrt() - (0.35 - level).max(0.0) * 0.25;
    let narrow = 1.0 - 0.10 * (-v / scale).clamp(-1.0, 1.0);
    let wobble = 0.02 * (noise.smooth(u * 2.0 + 5.0, v * 2.0 + 5.0, 1) - 0.5);
    let distance = ellipse(u, v, (0.0, -0.02), (0.66 * scale * narrow, 0.80 * scale)) + wobble;
    let depth = (1.0 - distance) * 0.68 * scale;
    match depth {
        d if d < 0.0 => Tissue::Air,
        d if d < 0.014 => Tissue::Scalp,
        d if d < 0.034 => Tissue::Fat,
        d if d < 0.052 => Tissue::Bone,
        d if d < 0.072 + 0.012 * noise.smooth(u * 6.0, v * 6.0, 2) => Tissue::Marrow,
        d if d < 0.098 => Tissue::Bone,
        d if level < 0.22 => {
            base(noise, u, v, d - 0.098).unwrap_or_else(|| brain(noise, u, v, d - 0.098, level))
        }
        d => brain(noise, u, v, d - 0.098, level),
    }
}

/// What only the lowest slices show: orbits, nasal air cells, petrous bone.
fn base(noise: Noise, u: f32, v: f32, depth: f32) -> Option<Tissue> {
    let side = u.abs();
    let orbit = ellipse(side, v, (0.24, -0.50), (0.17, 0.20));
    let eye = ellipse(side, v, (0.25, -0.54), (0.115, 0.115));
    if eye < 1.0 {
        return Some(if (0.86..1.0).contains(&eye) { Tissue::Grey } else { Tissue::Eye });
    }
    if orbit < 1.0 {
        return Some(if line(side, v, (0.24, -0.44), (0.16, -0.26)) < 0.022 {
            Tissue::Grey
        } else {
            Tissue::Fat
        });
    }
    if orbit < 1.10 {
        return Some(Tissue::Bone);
    }
    if side < 0.09 && (-0.74..-0.30).contains(&v) {
        let septum = side < 0.010 || (noise.smooth(u * 22.0, v * 14.0, 3) - 0.5).abs() < 0.06;
        return Some(if septum { Tissue::Bone } else { Tissue::Air });
    }
    let petrous = path(side, v, &[(0.10, -0.06), (0.32, 0.06), (0.50, 0.20)]);
    if petrous < 0.055 + 0.03 * noise.smooth(u * 9.0, v * 9.0, 4) {
        let cell = side > 0.36 && noise.smooth(u * 34.0, v * 34.0, 5) > 0.62;
        return Some(if cell { Tissue::Air } else { Tissue::Bone });
    }
    (depth > 0.0 && v < -0.28 && side < 0.14).then_some(Tissue::Marrow)
}

fn brain(noise: Noise, u: f32, v: f32, depth: f32, level: f32) -> Tissue {
    let side = u.abs();
    let fissure = 0.004 + 0.010 * noise.smooth(v * 12.0, level * 9.0, 6);
    if level > 0.25 && side < fissure + 0.006 && (v.abs() > 0.30 || level > 0.72) {
        return if side < 0.006 { Tissue::Falx } else { Tissue::Csf };
    }
    if depth < 0.012 + 0.012 * noise.smooth(u * 10.0, v * 10.0, 7) {
        return Tissue::Csf;
    }
    if let Some(inner) = centre(side, v, level) {
        return inner;
    }
    // Gyri: sulci run where two cloud fields cross their mean, and thin out towards the depth.
    let layer = 8 + (level * 6.0) as i32;
    let ridge = (noise.cloud(u * 6.5 + 20.0, v * 6.5 + level * 4.0, layer) - 0.5).abs();
    let reach = (1.0 - depth / 0.22).max(0.0);
    if ridge < 0.020 * reach {
        return Tissue::Csf;
    }
    if depth < 0.050 + 0.02 * noise.smooth(u * 8.0, v * 8.0, 5) || ridge < 0.02 + 0.085 * reach {
        Tissue::Grey
    } else {
        Tissue::White
    }
}

/// Ventricles and deep grey matter of the middle slices.
fn centre(side: f32, v: f32, level: f32) -> Option<Tissue> {
    let open = 1.0 - ((level - 0.52) / 0.20).powi(2);
    if open > 0.0 {
        let horn =
            path(side, v, &[(0.075, -0.24), (0.050, -0.10), (0.075, 0.06), (0.130, 0.20), (0.150, 0.30)]);
        if horn < 0.012 + 0.034 * open {
            return Some(Tissue::Csf);
        }
    }
    if (0.30..0.52).contains(&level) {
        if side < 0.014 && (-0.08..0.10).contains(&v) {
            return Some(Tissue::Csf);
        }
        let thalamus = ellipse(side, v, (0.085, 0.05), (0.070, 0.105));
        let lentiform = ellipse(side, v, (0.215, -0.05), (0.060, 0.125));
        let caudate = ellipse(side, v, (0.105, -0.17), (0.035, 0.070));
        if thalamus < 1.0 || lentiform < 1.0 || caudate < 1.0 {
            return Some(Tissue::Deep);
        }
        if line(side, v, (0.36, -0.16), (0.33, 0.14)) < 0.020 {
            return Some(Tissue::Grey);
        }
    }
    None
}
