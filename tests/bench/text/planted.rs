//! Who the patient is, burned into images whose headers know it: how often that is told as what it is, and how often
//! images that say nothing of anybody are accused.

use super::{
    Random,
    font::Fonts,
    scene::{self, Canvas},
    writing::{Rect, write_lines},
};
use dcmleak::{
    demo::encode::{DataSet, FileBuilder, Syntax},
    dicom::{Limits, Reader, frame::Cancel},
    leak::{Class, Finding, Inspector, PixelMode, Region, Severity},
};
use std::collections::BTreeMap;

/// Images of each kind, with and without.
const EACH: u64 = 8;
const FAMILIES: [&str; 12] = [
    "Exampleton",
    "Beispielmann",
    "Testowski",
    "Dummerling",
    "Sampleford",
    "Quillmark",
    "Ejemplares",
    "Esempi",
    "Voorbeeld",
    "Provisorius",
    "Fabrikowicz",
    "Nemandreas",
];
const GIVEN: [&str; 10] =
    ["Erika", "Jonas", "Maria", "Pietro", "Ingrid", "Samuel", "Beatrix", "Teodor", "Adele", "Conrad"];
/// What scanners show beside, which is nobody's.
const HARMLESS: [&str; 24] = [
    "kV 120",
    "mA 250",
    "10 cm",
    "R",
    "L",
    "SUPINE",
    "Gain 62",
    "DR 60",
    "MI 0.8",
    "TIS 0.2",
    "FR 32 Hz",
    "W 400 L 40",
    "SL 5.0",
    "TE 90",
    "TR 4500",
    "Zoom 1.5",
    "AP",
    "Im 12/40",
    "FOV 24.0",
    "C5-1",
    "Depth 16 cm",
    "HR 72",
    "2D 60%",
    "P Low",
];

struct Person {
    family: &'static str,
    given: &'static str,
    id: String,
    born: [u32; 3],
}

impl Person {
    fn new(random: &mut Random) -> Self {
        let digits: String = (0..7).map(|_| char::from(b'0' + random.range(0, 9) as u8)).collect();
        let id = if random.chance(30) { format!("ZX{digits}") } else { format!("4{digits}") };
        let born = [random.range(1931, 2004), random.range(1, 12), random.range(1, 28)].map(|n| n as u32);
        Self { family: random.pick(&FAMILIES), given: random.pick(&GIVEN), id, born }
    }

    /// Somebody who shares no name with them.
    fn other(&self, random: &mut Random) -> Self {
        loop {
            let other = Self::new(random);
            if other.family != self.family && other.given != self.given {
                return other;
            }
        }
    }

    /// A line that says one thing of them, and what it is.
    fn line(&self, random: &mut Random) -> (String, Class) {
        let Self { family, given, id, born: [y, m, d] } = self;
        let loud = family.to_uppercase();
        let names = [
            format!("{loud}, {given}"),
            format!("{family}^{given}"),
            format!("Name: {family} {given}"),
            format!("{loud} {}", given.to_uppercase()),
            format!("{given} {family}"),
            format!("Pat {loud}"),
        ];
        let ids = [id.clone(), format!("ID: {id}"), format!("MRN {id}"), format!("ID {id} M")];
        let births = [
            format!("DOB {m:02}/{d:02}/{y}"),
            format!("{d:02}.{m:02}.{y}"),
            format!("Born {y}-{m:02}-{d:02}"),
            format!("{y}{m:02}{d:02}"),
        ];
        let pick = |random: &mut Random, all: &[String]| all[random.next() as usize % all.len()].clone();
        match random.range(0, 2) {
            0 => (pick(random, &names), Class::Name),
            1 => (pick(random, &ids), Class::PatientId),
            _ => (pick(random, &births), Class::BirthDate),
        }
    }

    fn header(&self) -> DataSet {
        let [y, m, d] = self.born;
        DataSet::new()
            .pn(0x0010_0010, format!("{}^{}", self.family, self.given))
            .lo(0x0010_0020, &self.id)
            .da(0x0010_0030, format!("{y}{m:02}{d:02}"))
    }
}

#[derive(Default)]
struct Tally {
    planted: u32,
    /// At least `high`, where it is: as anything, and as what it is.
    told: u32,
    named: u32,
    /// Taken for somebody else's whom the header knows.
    mistaken: u32,
    by_class: BTreeMap<&'static str, (u32, u32)>,
    clean: [u32; 2],
    accused: [u32; 2],
}

pub fn run(fonts: &Fonts, list: bool, start: u64) {
    let inspector = Inspector::new();
    let mut tally = Tally::default();
    for kind in scene::KINDS {
        for number in 0..EACH {
            let mut seed = start * 1_000_000 + number;
            kind.bytes().for_each(|b| seed = seed.wrapping_mul(31).wrapping_add(b.into()));
            tally.planted(kind, &mut Random::new(seed), fonts, &inspector, list);
            for (at, lines) in [0, 3].into_iter().enumerate() {
                tally.clean(at, kind, lines, &mut Random::new(seed + 500), fonts, &inspector, list);
            }
        }
    }
    tally.print();
}

impl Tally {
    fn planted(&mut self, kind: &str, random: &mut Random, fonts: &Fonts, inspector: &Inspector, list: bool) {
        let mut canvas = scene::draw(kind, random);
        let person = Person::new(random);
        let (line, class) = person.line(random);
        let mut lines = vec![line];
        lines.extend((0..random.range(0, 3)).map(|_| random.pick(&HARMLESS).to_owned()));
        let written = write_lines(&mut canvas, fonts, random, lines);
        // There may have been no room.
        let Some((rect, text)) = written.first() else { return };
        let stranger = person.other(random);
        let wrong = found(&canvas, stranger.header(), inspector);
        let wrong: Vec<_> = wrong.iter().filter(|own| own.rule.starts_with("cross.")).collect();
        self.mistaken += u32::from(!wrong.is_empty());
        if list && !wrong.is_empty() {
            let seen: Vec<_> =
                wrong.iter().map(|own| (own.class.name(), own.value.expose().as_str())).collect();
            println!("mistaken {kind} {text:?}: {seen:?}");
        }
        let findings = found(&canvas, person.header(), inspector);
        let here: Vec<&Finding> = findings
            .iter()
            .filter(|own| {
                own.severity >= Severity::High && own.region.is_some_and(|region| is_at(region, *rect))
            })
            .collect();
        let named = here.iter().any(|own| own.class == class);
        self.planted += 1;
        self.told += u32::from(!here.is_empty());
        self.named += u32::from(named);
        let count = self.by_class.entry(class.name()).or_default();
        (count.0, count.1) = (count.0 + 1, count.1 + u32::from(named));
        if list && !named {
            let seen: Vec<_> =
                here.iter().map(|own| (own.class.name(), own.value.expose().as_str())).collect();
            println!("not told {kind} {rect:?} {text:?}: {seen:?}");
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn clean(
        &mut self,
        at: usize,
        kind: &str,
        lines: i32,
        random: &mut Random,
        fonts: &Fonts,
        inspector: &Inspector,
        list: bool,
    ) {
        let mut canvas = scene::draw(kind, random);
        let lines = (0..lines).map(|_| random.pick(&HARMLESS).to_owned()).collect();
        write_lines(&mut canvas, fonts, random, lines);
        let findings = found(&canvas, DataSet::new().pn(0x0010_0010, "").lo(0x0010_0020, ""), inspector);
        let bad: Vec<&Finding> = findings.iter().filter(|own| own.severity >= Severity::Medium).collect();
        self.clean[at] += 1;
        self.accused[at] += u32::from(!bad.is_empty());
        if list && !bad.is_empty() {
            let seen: Vec<_> =
                bad.iter().map(|own| (own.class.name(), own.value.expose().as_str())).collect();
            println!("accused {kind}: {seen:?}");
        }
    }

    fn print(&self) {
        let share = |part: u32, of: u32| f64::from(part) / f64::from(of.max(1));
        println!(
            "planted {}: high or above where it is {:.3}, as what it is {:.3}",
            self.planted,
            share(self.told, self.planted),
            share(self.named, self.planted),
        );
        println!("taken for what the header says of somebody else: {} of {}", self.mistaken, self.planted);
        for (class, (all, named)) in &self.by_class {
            println!("  {class}: {named} of {all}");
        }
        for (what, at) in [("without text", 0), ("with harmless text", 1)] {
            println!("images {what}: {} of {} accused", self.accused[at], self.clean[at]);
        }
    }
}

/// What is found in the pixels of an image of that header.
fn found(canvas: &Canvas, header: DataSet, inspector: &Inspector) -> Vec<Finding> {
    let class = "1.2.840.10008.5.1.4.1.1.7";
    let set = DataSet::new()
        .ui(0x0008_0016, class)
        .ui(0x0008_0018, "2.25.1")
        .cs(0x0008_0060, "OT")
        .us(0x0028_0002, &[3])
        .cs(0x0028_0004, "RGB")
        .us(0x0028_0006, &[0])
        .us(0x0028_0010, &[canvas.height as u16])
        .us(0x0028_0011, &[canvas.width as u16])
        .us(0x0028_0100, &[8])
        .us(0x0028_0101, &[8])
        .us(0x0028_0102, &[7])
        .us(0x0028_0103, &[0])
        .ob(0x7FE0_0010, canvas.pixels.as_flattened())
        .replace(header)
        .sorted();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), FileBuilder::new(class, Syntax::ExplicitLe).data(set).to_bytes()).unwrap();
    let reading = Reader::new(Limits::default()).read(file.path());
    inspector.pixel_search(PixelMode::All).findings(file.path(), &reading, &Cancel::new())
}

fn is_at(region: Region, [left, top, right, bottom]: Rect) -> bool {
    let Region { x, y, w, h, .. } = region;
    let meets = |from: u32, length: u32, low: i32, high: i32| {
        i64::from(from) < i64::from(high) && i64::from(from) + i64::from(length) > i64::from(low)
    };
    meets(x, w, left, right) && meets(y, h, top, bottom)
}
