use super::Noise;
use super::Picture;
use super::shape::{ellipse, inside, line};

/// A mediolateral oblique view of a breast at the left edge, 0 to 4095.
pub fn mammogram(seed: u64, columns: u16, rows: u16) -> Picture<u16> {
    let noise = Noise::new(seed);
    let (width, height) = (f32::from(columns), f32::from(rows));
    Picture::drawn(columns, rows, |x, y| {
        let (u, v) = (x as f32 / width, y as f32 / height * 2.0 - 1.0);
        let grain = noise.grain(x, y, 0) * 0.006;
        ((density(noise, u, v) + grain).clamp(0.0, 1.0) * 4095.0) as u16
    })
}

fn density(noise: Noise, u: f32, v: f32) -> f32 {
    let edge = ellipse(u, v, (-0.05, 0.10), (0.80, 0.80));
    let nipple = inside(ellipse(u, v, (0.755, 0.12), (0.035, 0.045)), 1.0, 0.4);
    let tissue = inside(edge, 1.0, 0.03).max(nipple);
    let skin = 0.12 * inside((edge - 0.985).abs(), 0.012, 0.02);
    let fat = 0.26 + 0.10 * inside(edge, 0.75, 0.5);
    let core = inside(ellipse(u, v, (0.34, 0.08), (0.36, 0.46)), 1.0, 0.5);
    let lobes = noise.cloud(u * 9.0 + v * 2.0, v * 5.0, 1);
    let ducts = (noise.cloud(u * 7.0, v * 10.0 - u * 3.0, 2) - 0.5).abs();
    let gland = core * (0.42 * (lobes - 0.30).max(0.0) * 1.6 + 0.06 * inside(ducts, 0.01, 0.07));
    let strands = 0.025 * inside((noise.cloud(u * 5.0, v * 7.0, 3) - 0.5).abs(), 0.010, 0.05);
    let vessel = 0.06 * inside((line(u, v, (0.1, -0.45), (0.62, -0.12)) - 0.02 * lobes).abs(), 0.006, 0.008);
    let muscle = 0.34 * inside(line_side(u, v), 0.0, 0.04) * (0.85 + 0.15 * lobes);
    0.02 + tissue * (fat + gland + strands + vessel + skin + muscle)
}

/// Negative on the pectoral muscle's side of its edge.
fn line_side(u: f32, v: f32) -> f32 {
    u * 1.9 + (v + 0.75) * 0.62 - 0.62
}
