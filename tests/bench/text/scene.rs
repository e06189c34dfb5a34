//! What text is burned into, and what only looks like it: pictures without text, the same for the same seed.

use super::random::Random;
use dcmleak::demo::anatomy;

pub const KINDS: [&str; 18] = [
    "black",
    "white",
    "flat",
    "sector",
    "doppler",
    "head ct",
    "head mr",
    "chest",
    "mammogram",
    "angiogram",
    "noise",
    "line pairs",
    "grid",
    "scale bars",
    "trace",
    "bone",
    "dots",
    "wedges",
];

pub struct Canvas {
    pub width: i32,
    pub height: i32,
    pub pixels: Vec<[u8; 3]>,
}

impl Canvas {
    pub fn blend(&mut self, x: i32, y: i32, rgb: [u8; 3], share: f32) {
        if (0..self.width).contains(&x) && (0..self.height).contains(&y) {
            let own = &mut self.pixels[(y * self.width + x) as usize];
            for (own, new) in own.iter_mut().zip(rgb) {
                *own = (f32::from(*own) * (1.0 - share) + f32::from(new) * share).round() as u8;
            }
        }
    }

    fn fill(&mut self, x: i32, y: i32, w: i32, h: i32, rgb: [u8; 3]) {
        for row in y..y + h {
            for column in x..x + w {
                self.blend(column, row, rgb, 1.0);
            }
        }
    }

    fn line(&mut self, from: (f32, f32), to: (f32, f32), thick: f32, rgb: [u8; 3]) {
        let length = (to.0 - from.0).hypot(to.1 - from.1).max(1.0);
        for step in 0..=(length * 2.0) as i32 {
            let t = step as f32 / (length * 2.0);
            let (x, y) = (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t);
            let reach = thick.ceil() as i32;
            for dy in -reach..=reach {
                for dx in -reach..=reach {
                    let far =
                        ((x.round() + dx as f32 - x).hypot(y.round() + dy as f32 - y) - thick / 2.0).max(0.0);
                    if far < 0.7 {
                        self.blend(x.round() as i32 + dx, y.round() as i32 + dy, rgb, 1.0 - far);
                    }
                }
            }
        }
    }
}

pub fn draw(kind: &str, random: &mut Random) -> Canvas {
    let (width, height) = random.pick(&[(512, 512), (640, 480), (800, 600), (1024, 768), (480, 360)]);
    let mut canvas = Canvas { width, height, pixels: vec![[0; 3]; (width * height) as usize] };
    let seed = u64::from(random.next());
    match kind {
        "black" => {}
        "white" => canvas.pixels.fill([random.range(200, 255) as u8; 3]),
        "flat" => canvas.pixels.fill([random.range(20, 180) as u8; 3]),
        "sector" | "doppler" => {
            let picture = anatomy::ultrasound(seed, width as u16, height as u16, 0);
            canvas.pixels = picture.pixels;
            if kind == "doppler" {
                doppler(&mut canvas, random);
            }
        }
        "head ct" => whole(
            &mut canvas,
            anatomy::head_ct(seed, 512, random.unit()).map(|v| window(v.into(), 40.0, 120.0)),
        ),
        "head mr" => whole(
            &mut canvas,
            anatomy::head_mr(seed, 512, random.unit()).map(|v| window(v.into(), 500.0, 1000.0)),
        ),
        "chest" => whole(&mut canvas, anatomy::chest(seed, 640, 640).map(|v| (v >> 4) as u8)),
        "mammogram" => whole(&mut canvas, anatomy::mammogram(seed, 480, 640).map(|v| (v >> 4) as u8)),
        "angiogram" => whole(&mut canvas, anatomy::angiogram(seed, 512, 4, 8)),
        "noise" => noise(&mut canvas, random),
        "line pairs" => line_pairs(&mut canvas, random),
        "grid" => grid(&mut canvas, random),
        "scale bars" => scale_bars(&mut canvas, random),
        "trace" => trace(&mut canvas, random),
        "bone" => bone(&mut canvas, random),
        "dots" => dots(&mut canvas, random),
        _ => wedges(&mut canvas, random),
    }
    if random.chance(40) {
        let noise = random.range(1, 12);
        for pixel in &mut canvas.pixels {
            let by = random.range(-noise, noise);
            *pixel = pixel.map(|v| (i32::from(v) + by).clamp(0, 255) as u8);
        }
    }
    canvas
}

fn window(value: f32, center: f32, width: f32) -> u8 {
    (((value - center) / width + 0.5) * 255.0).clamp(0.0, 255.0) as u8
}

fn whole(canvas: &mut Canvas, picture: anatomy::Picture<u8>) {
    canvas.width = picture.columns.into();
    canvas.height = picture.rows.into();
    canvas.pixels = picture.pixels.into_iter().map(|v| [v; 3]).collect();
}

fn doppler(canvas: &mut Canvas, random: &mut Random) {
    let (cx, cy) = (canvas.width / 2 + random.range(-60, 60), canvas.height / 2 + random.range(-60, 60));
    for y in -50..50 {
        for x in -60..60 {
            if (x * x) as f32 / 3600.0 + (y * y) as f32 / 2500.0 < random.unit().sqrt() {
                let strength = random.range(80, 255) as u8;
                let rgb = if x + y > 0 { [strength, strength / 3, 0] } else { [0, strength / 3, strength] };
                canvas.blend(cx + x, cy + y, rgb, 1.0);
            }
        }
    }
    for step in 0..120 {
        let v = (step * 2) as u8;
        canvas.fill(
            canvas.width - 30,
            60 + step,
            12,
            1,
            if step < 60 { [255 - v, v, 0] } else { [0, 120 - v / 2, v] },
        );
    }
}

fn noise(canvas: &mut Canvas, random: &mut Random) {
    let (level, spread) = (random.range(30, 180), random.range(10, 60));
    let smooth = random.chance(50);
    let mut last = 0;
    for pixel in &mut canvas.pixels {
        let by = random.range(-spread, spread);
        last = if smooth { (last * 2 + by) / 3 } else { by };
        *pixel = [(level + last).clamp(0, 255) as u8; 3];
    }
}

fn line_pairs(canvas: &mut Canvas, random: &mut Random) {
    canvas.pixels.fill([random.range(20, 60) as u8; 3]);
    let bright = [random.range(150, 250) as u8; 3];
    let mut y = 30;
    while y + 60 < canvas.height {
        let upright = random.chance(50);
        let mut x = 30;
        for pitch in [12, 10, 8, 6, 5, 4, 3, 2] {
            for bar in 0..5 {
                if upright {
                    canvas.fill(x + bar * pitch, y, (pitch / 2).max(1), 24, bright);
                } else {
                    canvas.fill(x, y + bar * pitch, 24, (pitch / 2).max(1), bright);
                }
            }
            x += 5 * pitch + 18;
        }
        y += 70;
    }
}

fn grid(canvas: &mut Canvas, random: &mut Random) {
    let (pitch, thick) = (random.range(8, 40), random.range(1, 3));
    let bright = [random.range(90, 250) as u8; 3];
    for at in (0..canvas.width.max(canvas.height)).step_by(pitch as usize) {
        canvas.fill(at, 0, thick, canvas.height, bright);
        canvas.fill(0, at, canvas.width, thick, bright);
    }
}

fn scale_bars(canvas: &mut Canvas, random: &mut Random) {
    let bright = [random.range(150, 255) as u8; 3];
    let pitch = random.range(5, 14);
    let (x, y) = (canvas.width - 20, canvas.height - 24);
    for tick in 0..(canvas.height - 40) / pitch {
        let long = if tick % 5 == 0 { 12 } else { 6 };
        canvas.fill(x - long, 20 + tick * pitch, long, 1, bright);
    }
    canvas.fill(x, 20, 1, canvas.height - 40, bright);
    for tick in 0..(canvas.width - 40) / pitch {
        let long = if tick % 5 == 0 { 12 } else { 6 };
        canvas.fill(20 + tick * pitch, y - long, random.range(1, 2), long, bright);
    }
    for step in 0..16 {
        canvas.fill(10, 40 + step * 12, 14, 12, [(step * 16) as u8; 3]);
    }
    for marker in 0..random.range(0, 6) {
        let (x, y) = (canvas.width / 2 + marker * 31, canvas.height / 2 + marker * 17);
        canvas.line(((x - 5) as f32, y as f32), ((x + 5) as f32, y as f32), 1.0, bright);
        canvas.line((x as f32, (y - 5) as f32), (x as f32, (y + 5) as f32), 1.0, bright);
    }
}

fn trace(canvas: &mut Canvas, random: &mut Random) {
    let bright = random.pick(&[[0, 255, 0], [255, 255, 255], [255, 255, 0]]);
    for lead in 0..random.range(1, 4) {
        let middle = (60 + lead * 90) as f32;
        let mut last = (0.0, middle);
        for x in (0..canvas.width).step_by(3) {
            let phase = x % random.pick(&[80, 81, 79]);
            let height = match phase {
                20..=24 => -8.0,
                30..=33 => 45.0 - (phase - 30) as f32 * 25.0,
                50..=60 => -12.0,
                _ => random.unit() * 3.0,
            };
            let next = (x as f32, middle + height);
            canvas.line(last, next, 1.3, bright);
            last = next;
        }
    }
}

fn bone(canvas: &mut Canvas, random: &mut Random) {
    canvas.pixels.fill([random.range(40, 110) as u8; 3]);
    for _ in 0..random.range(300, 1200) {
        let (x, y) = (random.unit() * canvas.width as f32, random.unit() * canvas.height as f32);
        let angle = random.unit() * 1.2 + 0.9;
        let length = 6.0 + random.unit() * 30.0;
        let bright = random.range(110, 230) as u8;
        let to = (x + angle.cos() * length, y + angle.sin() * length);
        canvas.line((x, y), to, 0.8 + random.unit() * 2.2, [bright; 3]);
    }
}

fn dots(canvas: &mut Canvas, random: &mut Random) {
    let pitch = random.range(9, 30);
    let radius = random.range(1, 4);
    let bright = [random.range(120, 255) as u8; 3];
    for y in (20..canvas.height - 20).step_by(pitch as usize) {
        for x in (20..canvas.width - 20).step_by(pitch as usize) {
            for dy in -radius..=radius {
                for dx in -radius..=radius {
                    if dx * dx + dy * dy <= radius * radius {
                        canvas.blend(x + dx, y + dy, bright, 1.0);
                    }
                }
            }
        }
    }
}

fn wedges(canvas: &mut Canvas, random: &mut Random) {
    for at in 0..12 {
        let step = canvas.width / 12;
        canvas.fill(at * step, 0, step, canvas.height / 3, [(at * 23) as u8; 3]);
    }
    let (cx, cy) = (canvas.width as f32 / 2.0, canvas.height as f32 * 0.65);
    for spoke in 0..random.range(8, 40) {
        let angle = spoke as f32 * 0.33;
        let to = (cx + angle.cos() * 120.0, cy + angle.sin() * 100.0);
        canvas.line((cx, cy), to, 1.5, [random.range(120, 255) as u8; 3]);
    }
}
