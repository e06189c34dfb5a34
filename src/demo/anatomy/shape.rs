//! Distances and soft edges in a plane from -1 to 1.

/// 0 inside an ellipse's centre, 1 on its edge, more outside.
pub fn ellipse(u: f32, v: f32, centre: (f32, f32), radius: (f32, f32)) -> f32 {
    let (x, y) = ((u - centre.0) / radius.0, (v - centre.1) / radius.1);
    (x * x + y * y).sqrt()
}

/// Distance to the line from `a` to `b`.
pub fn line(u: f32, v: f32, a: (f32, f32), b: (f32, f32)) -> f32 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let along = (((u - a.0) * dx + (v - a.1) * dy) / (dx * dx + dy * dy).max(1e-9)).clamp(0.0, 1.0);
    let (x, y) = (u - a.0 - along * dx, v - a.1 - along * dy);
    (x * x + y * y).sqrt()
}

/// Distance to a line through all points.
pub fn path(u: f32, v: f32, points: &[(f32, f32)]) -> f32 {
    points.windows(2).map(|pair| line(u, v, pair[0], pair[1])).fold(f32::MAX, f32::min)
}

/// 1 where `distance` is well under `edge`, 0 well over it, smooth over `softness` between.
pub fn inside(distance: f32, edge: f32, softness: f32) -> f32 {
    let t = ((edge - distance) / softness.max(1e-6) * 0.5 + 0.5).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
