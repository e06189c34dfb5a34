use std::f32::consts::TAU;

use super::Noise;
use super::Picture;
use super::shape::{ellipse, inside, path};

/// A coronary angiogram, one frame of a beat of `count`: 8 bit, vessels dark on a soft bright field.
pub fn angiogram(seed: u64, size: u16, frame: u16, count: u16) -> Picture<u8> {
    let noise = Noise::new(seed);
    let phase = f32::from(frame) / f32::from(count.max(1)) * TAU;
    let beat = (0.5 - 0.5 * phase.cos()).powi(2);
    let filling = (f32::from(frame) / f32::from(count.max(1)) * 2.5).min(1.0);
    let half = f32::from(size) / 2.0;
    Picture::drawn(size, size, |x, y| {
        let (u, v) = ((x as f32 - half) / half, (y as f32 - half) / half);
        let still = background(noise, u, v);
        let (hu, hv) = (u * (1.0 + 0.10 * beat) + 0.03 * beat, v * (1.0 + 0.13 * beat) - 0.05 * beat);
        let heart = 0.10 * inside(ellipse(hu, hv, (0.08, 0.12), (0.62, 0.66)), 1.0, 0.25);
        let value =
            still - heart - 0.42 * filling * coronaries(hu, hv) + noise.grain(x, y, i32::from(frame)) * 0.014;
        (value.clamp(0.0, 1.0) * 255.0) as u8
    })
}

fn background(noise: Noise, u: f32, v: f32) -> f32 {
    let lung = 0.08 * inside(ellipse(u, v, (-0.75, -0.1), (0.55, 0.9)), 1.0, 0.5);
    let spine = 0.10 * inside((u - 0.62 + v * 0.08).abs(), 0.16, 0.10);
    let ribs = (v * 11.0 + u * u * 5.0 + u * 1.5).sin();
    let diaphragm = 0.16 * inside(0.72 + 0.25 * u * u, v, 0.05);
    let cloud = 0.06 * noise.cloud(u * 2.0 + 7.0, v * 2.0, 1);
    0.66 + lung + cloud - spine - diaphragm - 0.035 * inside(-ribs, -0.55, 0.3)
}

fn coronaries(u: f32, v: f32) -> f32 {
    let catheter = path(u, v, &[(0.12, -1.0), (0.10, -0.72), (-0.02, -0.58), (-0.16, -0.54)]);
    let main = path(u, v, &[(-0.16, -0.54), (-0.06, -0.48), (0.02, -0.45)]);
    let anterior = path(
        u,
        v,
        &[
            (0.02, -0.45),
            (0.20, -0.36),
            (0.34, -0.16),
            (0.42, 0.10),
            (0.44, 0.36),
            (0.36, 0.60),
            (0.26, 0.72),
        ],
    );
    let circumflex =
        path(u, v, &[(0.02, -0.45), (-0.10, -0.26), (-0.26, -0.08), (-0.34, 0.16), (-0.32, 0.40)]);
    let diagonal = path(u, v, &[(0.30, -0.24), (0.20, -0.02), (0.14, 0.22), (0.12, 0.44)]);
    let marginal = path(u, v, &[(-0.24, -0.10), (-0.12, 0.10), (-0.08, 0.34), (-0.12, 0.54)]);
    let twigs = path(u, v, &[(0.42, 0.06), (0.28, 0.24), (0.24, 0.42)]).min(path(
        u,
        v,
        &[(-0.33, 0.12), (-0.46, 0.28), (-0.50, 0.46)],
    ));
    let vessel = |distance: f32, width: f32| inside(distance, width, 0.018);
    let taper = (1.0 - 0.55 * (v + 0.45).clamp(0.0, 1.0)).max(0.3);
    vessel(catheter, 0.030)
        .max(vessel(main, 0.036))
        .max(vessel(anterior, 0.032 * taper))
        .max(vessel(circumflex, 0.028 * taper))
        .max(0.8 * vessel(diagonal, 0.018 * taper))
        .max(0.8 * vessel(marginal, 0.018 * taper))
        .max(0.6 * vessel(twigs, 0.013))
}

/// A short-axis perfusion slice as palette indices: a ring with a defect in the lower wall.
pub fn perfusion(seed: u64, size: u16) -> Picture<u8> {
    let noise = Noise::new(seed);
    let half = f32::from(size) / 2.0;
    Picture::drawn(size, size, |x, y| {
        let (u, v) = ((x as f32 - half) / half, (y as f32 - half) / half);
        let ring = (ellipse(u, v, (0.0, 0.0), (0.52, 0.56)) - 1.0).abs();
        let wall = inside(ring, 0.10, 0.55);
        let angle = v.atan2(u);
        let defect = 0.62 * inside((angle - 1.5).abs(), 0.55, 0.5);
        let liver = 0.25 * inside(ellipse(u, v, (-0.75, 0.75), (0.42, 0.30)), 1.0, 0.7);
        let uptake = wall * (1.0 - defect) * (0.85 + 0.3 * noise.smooth(u * 4.0, v * 4.0, 1));
        ((uptake + liver + 0.05 * noise.smooth(u * 20.0, v * 20.0, 2)).clamp(0.0, 1.0) * 255.0) as u8
    })
}

/// Black, red, yellow, white: red, green and blue tables of 256 16-bit entries.
pub fn hot_palette() -> [Vec<u16>; 3] {
    let ramp = |from: i32| (0..256).map(move |i| (((i - from) * 3).clamp(0, 255) * 257) as u16).collect();
    [ramp(0), ramp(85), ramp(170)]
}
