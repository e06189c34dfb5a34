//! Lines of text burned into a picture, and where they are.

use super::{
    font::{self, Dots, Fonts},
    random::Random,
    scene::Canvas,
};

const WORDS: [&str; 24] = [
    "EXAMPLE",
    "Sample",
    "TESTPERSON",
    "Synthetic",
    "ERIKA",
    "Max",
    "CLINIC",
    "Hospital",
    "DOB",
    "ID",
    "MRN",
    "Acc",
    "Exam",
    "Name",
    "Study",
    "Date",
    "M",
    "F",
    "Y",
    "Dr.",
    "Room",
    "L",
    "Freq",
    "Gain",
];

/// A rectangle in pixels: left, top, right, bottom.
pub type Rect = [i32; 4];

fn text(random: &mut Random) -> String {
    let digits = |random: &mut Random, count: i32| -> String {
        (0..count).map(|_| char::from(b'0' + (random.next() % 10) as u8)).collect()
    };
    let mut parts = Vec::new();
    for _ in 0..random.range(1, 4) {
        parts.push(match random.range(0, 5) {
            0 => format!("{}-{}-{}", digits(random, 4), digits(random, 2), digits(random, 2)),
            1 => format!("{}/{}/{}", digits(random, 2), digits(random, 2), digits(random, 4)),
            2 => {
                let count = random.range(4, 9);
                digits(random, count)
            }
            3 => format!("{}, {}", random.pick(&WORDS), random.pick(&WORDS)),
            4 => format!("{}: {}", random.pick(&WORDS), random.pick(&WORDS)),
            _ => random.pick(&WORDS).to_owned(),
        });
    }
    let mut text = parts.join(" ");
    while text.len() < 5 {
        let more = digits(random, 3);
        text.push_str(&more);
    }
    text
}

/// Burns in one to eight lines; returns where, and what they say.
pub fn write(canvas: &mut Canvas, fonts: &Fonts, random: &mut Random) -> Vec<(Rect, String)> {
    let lines: Vec<String> = (0..random.range(1, 8)).map(|_| text(random)).collect();
    write_lines(canvas, fonts, random, lines)
}

/// Burns in these lines, as far as there is room; returns where, and what they say.
pub fn write_lines(
    canvas: &mut Canvas,
    fonts: &Fonts,
    random: &mut Random,
    lines: Vec<String>,
) -> Vec<(Rect, String)> {
    let mut taken: Vec<(Rect, String)> = Vec::new();
    let grey = random.chance(60);
    for text in lines {
        let dots = if random.chance(25) {
            font::blocky(&text, random.range(1, 3))
        } else {
            fonts.line(&text, random.next() as u8 % font::FONTS, random.pick(&font::SIZES))
        };
        let edge = |at: fn(&(i32, i32, f32)) -> i32| {
            let all = || dots.iter().map(at);
            (all().min().unwrap_or(0), all().max().unwrap_or(0) + 1)
        };
        let ((left, right), (top, bottom)) = (edge(|dot| dot.0), edge(|dot| dot.1));
        let (width, height) = (right - left, bottom - top);
        if width + 8 >= canvas.width || height + 8 >= canvas.height {
            continue;
        }
        let place = (0..20).find_map(|_| {
            let x = if random.chance(40) { 4 } else { random.range(3, canvas.width - width - 4) };
            let y = random.range(3, canvas.height - height - 4);
            let rect = [x, y, x + width, y + height];
            let free = taken.iter().all(|&([l, t, r, b], _)| {
                x > r + 30 || x + width + 30 < l || y > b + 5 || y + height + 5 < t
            });
            free.then_some(rect)
        });
        let Some(rect) = place else { continue };
        let shifted: Dots =
            dots.iter().map(|&(x, y, c)| (x - left + rect[0], y - top + rect[1], c)).collect();
        burn(canvas, &shifted, rect, grey, random);
        taken.push((rect, text));
    }
    taken
}

fn burn(canvas: &mut Canvas, dots: &Dots, rect: Rect, grey: bool, random: &mut Random) {
    let around = mean(canvas, rect);
    let plain = random.chance(40);
    let style = random.range(0, 9);
    let ink = |random: &mut Random| {
        let bright = around < 120.0;
        let level = if bright {
            random.range((around as i32 + 110).min(255), 255)
        } else {
            random.range(0, (around as i32 - 110).max(0))
        };
        let level = level as u8;
        if grey || !bright {
            [level; 3]
        } else {
            random.pick(&[
                [level; 3],
                [level, level, 0],
                [0, level, level],
                [level, level / 2, 0],
                [0, level, 0],
            ])
        }
    };
    let ink = match style {
        // On a plate of its own.
        0..=1 => {
            let dark = random.chance(70);
            let plate = if dark { [0; 3] } else { [random.range(170, 255) as u8; 3] };
            for y in rect[1] - 3..rect[3] + 3 {
                for x in rect[0] - 3..rect[2] + 3 {
                    canvas.blend(x, y, plate, 1.0);
                }
            }
            if dark { [random.range(140, 255) as u8; 3] } else { [random.range(0, 60) as u8; 3] }
        }
        // Outlined, in the brightest ink.
        2..=3 => {
            for &(x, y, c) in dots {
                for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1), (1, 1), (-1, -1)] {
                    canvas.blend(x + dx, y + dy, [0; 3], c);
                }
            }
            [random.range(200, 255) as u8; 3]
        }
        _ => ink(random),
    };
    for &(x, y, c) in dots {
        // Without smoothed edges where the machine has none.
        let share = if plain { f32::from(u8::from(c > 0.45)) } else { c };
        canvas.blend(x, y, ink, share);
    }
}

fn mean(canvas: &Canvas, [left, top, right, bottom]: Rect) -> f32 {
    let mut sum = 0.0;
    for y in top..bottom {
        for x in left..right {
            let [r, g, b] = canvas.pixels[(y * canvas.width + x) as usize].map(f32::from);
            sum += 0.3 * r + 0.59 * g + 0.11 * b;
        }
    }
    sum / ((right - left) * (bottom - top)).max(1) as f32
}
