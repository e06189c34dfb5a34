//! How much burned-in text is found, and how much else is taken for it: `cargo bench --bench text`, on a set of
//! pictures that are drawn for it, the same every time. `-- --dev` takes other seeds, for those who tune the
//! detector; `-- --list` names every miss, false alarm and wrong line; with `DCMLEAK_CORPUS` and `-- --corpus`, what is found
//! in real files; `-- --planted` burns in who the patient is, and says whether that is told (`--seed N`: in other
//! pictures). Where `DCMLEAK_OCR_MODELS` names a pair of models, with these besides.

mod font;
mod planted;
mod random;
mod reading;
mod scene;
mod writing;

use dcmleak::{
    burnin::{self, Models, TextBox, TextReader},
    dicom::{
        Limits, Reader,
        frame::{self, Cancel, FrameLimits},
    },
    raster::{Picture, Pixels, Tone},
};
use font::Fonts;
use random::Random;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};
use writing::Rect;

const EACH: u64 = 12;

struct Sample {
    name: String,
    picture: Picture,
    text: Vec<Rect>,
    /// What the lines say.
    said: Vec<String>,
}

fn main() {
    let has = |flag: &str| std::env::args().any(|argument| argument == flag);
    if has("--corpus") {
        return corpus(has("--save"));
    }
    let fonts = Fonts::load();
    if has("--planted") {
        let seed = std::env::args().skip_while(|argument| argument != "--seed").nth(1);
        let seed = seed.and_then(|seed| seed.parse().ok()).unwrap_or(77);
        return planted::run(&fonts, has("--list"), seed);
    }
    let base = if has("--dev") { 1_000_000 } else { 0 };
    let mut tally = Tally::default();
    let mut readers = readers();
    for kind in scene::KINDS {
        for number in 0..EACH {
            let sample = sample(kind, base + number, number % 2 == 0, &fonts);
            tally.add(&sample, has("--list"));
            for (_, reader, read) in &mut readers {
                read.add(&sample, reader, has("--list"));
            }
            if has("--save") {
                save(&sample);
            }
        }
    }
    tally.print();
    speed();
    for (name, reader, read) in &readers {
        println!("{name}:");
        read.print();
        reading::speed(&fonts, reader);
    }
}

/// The program's own, and with a pair of models besides where `DCMLEAK_OCR_MODELS` says where one lies.
fn readers() -> Vec<(&'static str, TextReader, reading::Tally)> {
    let mut readers = vec![("own reader", TextReader::Own, Default::default())];
    if let Some(path) = std::env::var_os("DCMLEAK_OCR_MODELS") {
        let models = Models::load(Path::new(&path)).expect("a pair of models");
        readers.push(("with the models", TextReader::Models(Arc::new(models)), Default::default()));
    }
    readers
}

fn sample(kind: &str, number: u64, with_text: bool, fonts: &Fonts) -> Sample {
    let mut seed = number;
    kind.bytes().for_each(|b| seed = seed.wrapping_mul(31).wrapping_add(b.into()));
    let mut random = Random::new(seed);
    let mut canvas = scene::draw(kind, &mut random);
    let lines = if with_text { writing::write(&mut canvas, fonts, &mut random) } else { Vec::new() };
    let (text, said) = lines.into_iter().unzip();
    let grey = canvas.pixels.iter().all(|[r, g, b]| r == g && g == b);
    let pixels = if grey {
        Pixels::Grey(canvas.pixels.iter().map(|rgb| rgb[0]).collect())
    } else {
        Pixels::Rgb(canvas.pixels)
    };
    let picture = Picture { columns: canvas.width as u32, rows: canvas.height as u32, aspect: 1.0, pixels };
    Sample { name: format!("{kind} {number}"), picture, text, said }
}

#[derive(Default)]
struct Tally {
    with: usize,
    found: usize,
    without: usize,
    alarms: usize,
    /// Images with and without text of which a finding of severity `high` is made.
    told: usize,
    accused: usize,
    lines: usize,
    covered: usize,
    boxes: usize,
    right: usize,
}

impl Tally {
    fn add(&mut self, sample: &Sample, list: bool) {
        let boxes = burnin::find(&sample.picture);
        let right: Vec<&TextBox> =
            boxes.iter().filter(|own| sample.text.iter().any(|rect| shared(own, *rect) > 0)).collect();
        self.boxes += boxes.len();
        self.right += right.len();
        let sure = boxes.iter().any(TextBox::is_sure);
        if sample.text.is_empty() {
            self.without += 1;
            self.accused += usize::from(sure);
            self.alarms += usize::from(!boxes.is_empty());
            if list && !boxes.is_empty() {
                println!("alarm  {}: {boxes:?}", sample.name);
            }
            return;
        }
        self.with += 1;
        self.found += usize::from(!right.is_empty());
        self.told += usize::from(sure);
        if list && boxes.len() > right.len() {
            println!("beside {}: {} of {} boxes", sample.name, boxes.len() - right.len(), boxes.len());
        }
        for rect in &sample.text {
            let [left, top, right, bottom] = rect;
            let area = i64::from((right - left) * (bottom - top));
            // Boxes of one line do not overlap, so that their shares add up.
            let covered: i64 = boxes.iter().map(|own| shared(own, *rect)).sum();
            self.lines += 1;
            self.covered += usize::from(2 * covered >= area);
            if list && 2 * covered < area {
                println!("missed {}: {rect:?}, {} %", sample.name, 100 * covered / area.max(1));
            }
        }
    }

    fn print(&self) {
        let share = |a: usize, b: usize| a as f64 / b.max(1) as f64;
        println!(
            "image recall {:.3} ({} of {}), precision {:.3} ({} of {} without are flagged), line recall {:.3} ({} of {}), boxes on text {:.3} ({} of {})",
            share(self.found, self.with),
            self.found,
            self.with,
            share(self.found, self.found + self.alarms),
            self.alarms,
            self.without,
            share(self.covered, self.lines),
            self.covered,
            self.lines,
            share(self.right, self.boxes),
            self.right,
            self.boxes,
        );
        println!(
            "told as high: recall {:.3} ({} of {}), precision {:.3} ({} of {} without)",
            share(self.told, self.with),
            self.told,
            self.with,
            share(self.told, self.told + self.accused),
            self.accused,
            self.without,
        );
    }
}

fn shared(own: &TextBox, [left, top, right, bottom]: Rect) -> i64 {
    let side = |a: i32, b: i32, c: u32, d: u32| i64::from((b.min(d as i32) - a.max(c as i32)).max(0));
    side(left, right, own.x, own.x + own.width) * side(top, bottom, own.y, own.y + own.height)
}

fn speed() {
    let fonts = Fonts::load();
    for kind in ["black", "sector", "noise", "bone", "doppler"] {
        let sample = (0..200).map(|number| sample(kind, number, true, &fonts));
        let Some(sample) = sample.into_iter().find(|sample| sample.picture.columns == 1024) else { continue };
        let runs = 10;
        let (start, before) = (Instant::now(), on_processor());
        for _ in 0..runs {
            std::hint::black_box(burnin::find(&sample.picture));
        }
        let wall = start.elapsed().as_secs_f64() * 1e3;
        let taken =
            before.zip(on_processor()).map_or(wall, |(before, after)| after - before) / f64::from(runs);
        println!("{kind}, 1024×768: {taken:.1} ms");
    }
}

/// Milliseconds that this thread has run.
fn on_processor() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e6)
}

fn corpus(keep: bool) {
    let Some(folder) = std::env::var_os("DCMLEAK_CORPUS").map(PathBuf::from) else { return };
    let mut files = walk(&folder);
    files.sort();
    for path in files {
        let reading = Reader::new(Limits::default()).read(&path);
        let Ok(frame) = frame::decode(&path, &reading, 0, &FrameLimits::default(), &Cancel::new()) else {
            continue;
        };
        let picture = Picture::new(&frame, &Tone::default());
        let boxes = burnin::find(&picture);
        if !boxes.is_empty() {
            let name = path.strip_prefix(&folder).unwrap_or(&path).display().to_string();
            println!(
                "{name}\t{}×{}\t{} boxes, {}",
                frame.columns,
                frame.rows,
                boxes.len(),
                boxes.iter().map(|own| own.confidence).max().unwrap_or(0)
            );
            if std::env::args().any(|argument| argument == "--list") {
                boxes.iter().for_each(|own| println!("\t{own:?}"));
            }
            if keep {
                let text = boxes
                    .iter()
                    .map(|b| [b.x, b.y, b.x + b.width, b.y + b.height].map(|v| v as i32))
                    .collect();
                save(&Sample { name: name.replace('/', "_"), picture, text, said: Vec::new() });
            }
        }
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| if entry.path().is_dir() { walk(&entry.path()) } else { vec![entry.path()] })
        .collect()
}

/// Writes a picture as PPM into the temporary folder, what was found in red and what is there in green.
fn save(sample: &Sample) {
    let (width, height) = (sample.picture.columns as usize, sample.picture.rows as usize);
    let mut pixels: Vec<[u8; 3]> = match &sample.picture.pixels {
        Pixels::Grey(values) => values.iter().map(|&v| [v; 3]).collect(),
        Pixels::Rgb(values) => values.clone(),
    };
    let mut frame = |[left, top, right, bottom]: Rect, rgb: [u8; 3]| {
        let mut dot = |x: i32, y: i32| {
            if x >= 0 && y >= 0 && (x as usize) < width && (y as usize) < height {
                pixels[y as usize * width + x as usize] = rgb;
            }
        };
        (left - 1..=right).for_each(|x| [top - 1, bottom].into_iter().for_each(|y| dot(x, y)));
        (top - 1..=bottom).for_each(|y| [left - 1, right].into_iter().for_each(|x| dot(x, y)));
    };
    sample.text.iter().for_each(|rect| frame(*rect, [0, 255, 0]));
    for own in burnin::find(&sample.picture) {
        frame([own.x, own.y, own.x + own.width, own.y + own.height].map(|v| v as i32), [255, 0, 0]);
    }
    let mut out = format!("P6 {width} {height} 255\n").into_bytes();
    out.extend(pixels.iter().flatten());
    let folder = std::env::temp_dir().join("dcmleak-text");
    let _ = std::fs::create_dir_all(&folder);
    let _ = std::fs::write(folder.join(format!("{}.ppm", sample.name)), out);
}
