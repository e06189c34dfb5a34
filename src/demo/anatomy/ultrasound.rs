use super::Noise;
use super::Picture;
use super::shape::{ellipse, inside, path};

const APEX: (f32, f32) = (0.5, -0.05);
const HALF_ANGLE: f32 = 0.70;

/// An abdominal sector scan in RGB: liver texture, two vessels, a gall bladder, the diaphragm, a grey wedge and
/// depth marks; the upper `header` rows and the margins are left black for text.
pub fn ultrasound(seed: u64, columns: u16, rows: u16, header: u16) -> Picture<[u8; 3]> {
    let noise = Noise::new(seed);
    let scan = f32::from(rows.saturating_sub(header).max(1));
    let mut picture = Picture::drawn(columns, rows, |x, y| {
        let u = APEX.0 + (x as f32 - f32::from(columns) / 2.0) / scan;
        let v = (y as f32 - f32::from(header)) / scan;
        let grey = echo(noise, u, v);
        [grey, grey, grey.saturating_add(grey / 24)]
    });
    let (columns, rows, header) = (usize::from(columns), usize::from(rows), usize::from(header));
    for step in 0..100usize {
        let grey = (255 - step * 255 / 100) as u8;
        picture.fill(columns - 18, header + 20 + step, 8, 1, [grey; 3]);
    }
    for tick in 0..10 {
        let y = header + tick * (rows - header) / 10;
        picture.fill(columns - 34, y, if tick % 5 == 0 { 8 } else { 4 }, 1, [200, 200, 120]);
    }
    picture
}

fn echo(noise: Noise, u: f32, v: f32) -> u8 {
    let (x, y) = (u - APEX.0, v - APEX.1);
    let far = (x * x + y * y).sqrt();
    let angle = x.atan2(y);
    if angle.abs() > HALF_ANGLE || !(0.14..0.98).contains(&far) {
        return 0;
    }
    let mean = anatomy(noise, u, v, far);
    // Speckle: fully developed, Rayleigh, its grains wider across the beam with depth.
    let fine = noise.smooth(angle * 95.0, far * 210.0, 1).clamp(0.001, 0.999);
    let rayleigh = (-fine.ln()).sqrt();
    let gain = mean * (0.35 + 0.75 * rayleigh) * (1.05 - 0.35 * far);
    (((1.0 + 60.0 * gain.max(0.0)).ln() / 61.0f32.ln()) * 235.0).clamp(0.0, 255.0) as u8
}

fn anatomy(noise: Noise, u: f32, v: f32, far: f32) -> f32 {
    let near = 0.55 * inside(far, 0.19, 0.05) + 0.25 * inside((far - 0.25).abs(), 0.008, 0.02);
    let liver = 0.15 + 0.10 * noise.cloud(u * 9.0, v * 9.0, 2);
    let bladder = ellipse(u, v, (0.66, 0.46), (0.085, 0.13));
    let shadow = inside((u - 0.66 - (v - 0.46) * 0.28).abs(), 0.07, 0.05) * inside(0.58, v, 0.06);
    let vein = path(u, v, &[(0.27, 0.40), (0.42, 0.50), (0.55, 0.66)]);
    let cava = ellipse(u, v, (0.44, 0.72), (0.085, 0.045));
    let diaphragm = (ellipse(u, v, (0.42, 0.38), (0.46, 0.46)) - 1.0).abs();
    let mut mean = liver + near;
    mean += 1.1 * inside(diaphragm, 0.016, 0.03) * inside(0.55, v, 0.10);
    mean += 0.28 * shadow + 0.35 * inside((bladder - 1.05).abs(), 0.03, 0.05);
    mean += 0.30 * inside((vein - 0.030).abs(), 0.006, 0.01);
    mean *= 1.0 - 0.97 * inside(bladder, 1.0, 0.05);
    mean *= 1.0 - 0.93 * inside(vein, 0.026, 0.01).max(inside(cava, 1.0, 0.1));
    mean
}
