//! Lines of text that people and devices write, one a file, as `lines/README.md` has it.
use super::{
    clean::{self, Clean},
    garden::{Garden, at},
    half::Half,
    host::{self, Study},
    plant::{Category, Kind, Plant, Planted, Spot},
    rng::Rng,
};
use dcmleak::{
    demo::encode::{DataSet, Syntax},
    dicom::{Vr, dictionary},
};
use serde::Deserialize;
use std::path::Path;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sheet {
    leak: Vec<Leak>,
    clean: Vec<Line>,
}

#[derive(Debug, Deserialize)]
struct Leak {
    at: String,
    kind: String,
    text: String,
    leak: String,
}

#[derive(Debug, Deserialize)]
struct Line {
    at: String,
    text: String,
}

/// Leaks and what gives nothing away, of all sheets in a folder that match `keep` by their number.
pub fn of(folder: &Path, keep: impl Fn(usize) -> bool) -> (Vec<Plant>, Vec<Clean>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let (mut plants, mut cleans) = (Vec::new(), Vec::new());
    for path in paths {
        let sheet = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let Sheet { leak, clean } = toml::from_str(&text).unwrap_or_else(|error| panic!("{sheet}: {error}"));
        plants
            .extend(leak.iter().enumerate().filter(|(n, _)| keep(*n)).map(|(n, own)| plant(&sheet, n, own)));
        cleans.extend(
            clean.iter().enumerate().filter(|(n, _)| keep(*n)).map(|(n, own)| harmless(&sheet, n, own)),
        );
    }
    (plants, cleans)
}

fn plant(sheet: &str, number: usize, leak: &Leak) -> Plant {
    assert!(leak.text.contains(&leak.leak), "{sheet}: {}", leak.text);
    let (set, place) = file(&leak.at, &leak.text, number);
    let bytes = host::file(clean::in_utf8(set), Syntax::ExplicitLe);
    Plant {
        name: format!("{sheet}-{number:03}"),
        category: Category::Text,
        disguise: format!("{} in {}", leak.kind, leak.at),
        kind: Kind::parse(&leak.kind),
        value: leak.text.clone(),
        files: vec![Planted { path: "IM0001".to_owned(), bytes }],
        leaky: 0,
        spots: vec![Spot::At(place)],
    }
}

fn harmless(sheet: &str, number: usize, line: &Line) -> Clean {
    let (set, _) = file(&line.at, &line.text, number);
    let set = cleaned().join(set);
    Clean {
        path: format!("{sheet}-c{number:03}/s/IM0001"),
        style: format!("{}: {}", line.at, line.text),
        bytes: host::file(clean::in_utf8(set), Syntax::ExplicitLe),
    }
}

/// What a file says of itself that was de-identified by the standard's profile, its texts cleaned and kept.
fn cleaned() -> DataSet {
    let codes = ["113100", "113104", "113103", "113105"].map(|code| DataSet::new().sh(0x0008_0100, code));
    DataSet::new().cs(0x0012_0062, "YES").seq(0x0012_0064, codes.to_vec())
}

/// A de-identified image with that line in it, and its place.
fn file(name: &str, text: &str, number: usize) -> (DataSet, String) {
    let mut garden = Garden::new(Half::Developing);
    garden.rng = Rng::new(number as u64 ^ 0x11e5);
    let study = Study::new(&mut garden.rng);
    let host = host::scrubbed("CT", &study, &garden.words, &mut garden.rng);
    let (tag, extra) = match name.strip_prefix("private ") {
        Some(rest) => {
            let (vr, creator) = rest.split_once(' ').unwrap();
            let tag = 0x0029_1042;
            let set = DataSet::new().lo(0x0029_0010, creator);
            (tag, set.text(tag, &vr.as_bytes().try_into().unwrap(), text))
        }
        None => {
            let tag = dictionary::by_keyword(name).unwrap_or_else(|| panic!("no attribute is called {name}"));
            let vr = dictionary::vr(tag).unwrap_or(Vr::LO);
            let number = u32::from(tag.group()) << 16 | u32::from(tag.element());
            (number, DataSet::new().text(number, &vr.to_bytes(), text))
        }
    };
    (host.replace(extra), at(tag))
}
