use super::Noise;
use super::Picture;
use super::shape::{ellipse, inside, line};

/// A frontal chest radiograph, 0 (air) to 4095 (dense): MONOCHROME2's sense.
pub fn chest(seed: u64, columns: u16, rows: u16) -> Picture<u16> {
    let noise = Noise::new(seed);
    let (half_w, half_h) = (f32::from(columns) / 2.0, f32::from(rows) / 2.0);
    Picture::drawn(columns, rows, |x, y| {
        let (u, v) = ((x as f32 - half_w) / half_w, (y as f32 - half_h) / half_h);
        let dense = density(noise, u, v) + noise.grain(x, y, 0) * 0.008;
        (dense.clamp(0.0, 1.0) * 4095.0) as u16
    })
}

fn density(noise: Noise, u: f32, v: f32) -> f32 {
    let side = u.abs();
    let width = 0.30 + 0.58 * inside(-v, 0.82, 0.16) + 0.08 * inside(v, -0.3, 0.6);
    let body = inside(side, width, 0.10);
    if body <= 0.0 {
        return 0.03;
    }
    let heart = heart(u, v);
    let lung = lungs(u, v) * (1.0 - ((heart - 0.10).max(0.0) * 8.0).min(0.85));
    let mut dense = 0.56 + 0.05 * noise.smooth(u * 3.0, v * 3.0, 1);
    dense -= 0.36 * lung * (0.92 + 0.12 * (v + 0.3));
    dense += lung * vessels(noise, u, v);
    dense += 0.22 * inside(v, 2.0, 0.1) * inside(0.62 - v, 0.0, 0.5) * (1.0 - lung);
    dense += heart + spine(u, v) * (1.0 - 2.2 * heart) + bones(u, v, lung);
    dense * body + 0.03
}

fn lungs(u: f32, v: f32) -> f32 {
    let side = u.abs();
    let left = u > 0.0;
    let shape = ellipse(side, v, (0.41, 0.06), (0.335, 0.76));
    let dome = if left { 0.53 } else { 0.46 };
    let diaphragm = dome + 0.9 * (side - 0.38).powi(2) + (side - 0.40).max(0.0) * 0.22;
    let inner = 0.115 + 0.05 * (v + 0.3).max(0.0);
    inside(shape, 1.0, 0.08) * inside(v, diaphragm, 0.03) * inside(inner, side, 0.06)
}

fn heart(u: f32, v: f32) -> f32 {
    let (x, y) = (u - 0.13, v - 0.27);
    let (a, b) = (x * 0.88 + y * 0.47, y * 0.88 - x * 0.47);
    let ventricle = inside((a * a / 0.105 + b * b / 0.058).sqrt(), 1.0, 0.14);
    let atrium = inside(ellipse(u, v, (-0.07, 0.24), (0.16, 0.22)), 1.0, 0.2);
    let knob = inside(ellipse(u, v, (0.12, -0.27), (0.095, 0.10)), 1.0, 0.25);
    let hila = inside(ellipse(u.abs(), v, (0.20, -0.02), (0.085, 0.15)), 1.0, 0.8);
    let muscle = ventricle + atrium - ventricle * atrium;
    0.21 * muscle + (0.11 * knob + 0.09 * hila) * (1.0 - muscle)
}

fn spine(u: f32, v: f32) -> f32 {
    let side = u.abs();
    let mediastinum = 0.13 * inside(side, 0.13, 0.10);
    let disc = (v * 21.0).sin();
    let vertebra = 0.07 * inside(side, 0.072, 0.02) * (0.75 + 0.25 * inside(-disc, 0.6, 0.5));
    let trachea = -0.12 * inside(side, 0.036, 0.02) * inside(v, -0.28, 0.08);
    let bronchus = -0.07 * inside(line(side, v, (0.0, -0.28), (0.16, -0.10)), 0.022, 0.02);
    mediastinum + vertebra + trachea + bronchus
}

fn bones(u: f32, v: f32, lung: f32) -> f32 {
    let side = u.abs();
    let cage = inside(ellipse(side, v, (0.0, 0.10), (0.80, 0.92)), 1.0, 0.02) * inside(0.07, side, 0.02);
    let mut sum = 0.0f32;
    for k in 0..10 {
        let k = k as f32;
        let start = -0.74 + 0.145 * k;
        let back = start - 0.05 + 0.30 * (side - 0.28).powi(2) + side * (0.06 + 0.030 * k) - 0.04;
        let front = start + 0.62 - 0.42 * side + 0.35 * (side - 0.5).powi(2);
        sum += 0.085 * rib(v - back);
        if (2.0..8.0).contains(&k) && side > 0.30 {
            sum += 0.040 * rib(v - front) * inside(0.34, side, 0.08);
        }
    }
    let seen = cage * (0.45 + 0.55 * lung);
    let clavicle =
        line(side, v, (0.06, -0.55), (0.34, -0.63)).min(line(side, v, (0.34, -0.63), (0.70, -0.76)));
    let scapula = 0.05 * inside(ellipse(side, v, (0.72, -0.34), (0.10, 0.30)), 1.0, 0.10);
    let humerus = 0.14 * inside(ellipse(side, v, (0.83, -0.58), (0.10, 0.10)), 1.0, 0.12);
    sum.min(0.13) * seen + 0.14 * inside(clavicle, 0.026, 0.012) + scapula + humerus
}

/// A rib's profile: its cortex brighter than its middle.
fn rib(offset: f32) -> f32 {
    let band = inside(offset.abs(), 0.027, 0.012);
    band * (0.68 + 0.32 * inside((offset.abs() - 0.022).abs(), 0.006, 0.008))
}

/// Vessel markings, thinning out from the hilum.
fn vessels(noise: Noise, u: f32, v: f32) -> f32 {
    let (x, y) = (u.abs() - 0.16, v + 0.02);
    let far = (x * x + y * y).sqrt();
    let angle = y.atan2(x.max(0.001));
    let streak = (noise.smooth(angle * 7.0 + 30.0, far * 5.0, if u > 0.0 { 3 } else { 4 }) - 0.5).abs();
    let haze = 0.05 * noise.cloud(u * 12.0, v * 12.0, 5);
    haze + 0.12 * inside(streak, 0.06, 0.08) * (1.0 - far / 0.62).max(0.0)
}
