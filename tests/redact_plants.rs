//! What the benchmark of leaks plants, redacted: nothing of it is in a copy, or there is no copy.

#[path = "bench/leaks/all.rs"]
mod all;

use all::{
    category,
    half::Half,
    plant::{Kind, Plant, Spot},
    scan,
};
use dcmleak::{
    dicom::{Limits, Reader, Reading, Status},
    leak::Inspector,
    library::Roots,
    redact::{Ending, Job, Key, Outcome, Planner, Profile, Pseudonyms, run},
};
use std::{
    collections::BTreeMap,
    fs,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

fn redacted(half: Half, folder: &Path) -> (Vec<Plant>, BTreeMap<PathBuf, Outcome>) {
    let plants = category::plants(half);
    let input = folder.join("in");
    for (path, bytes) in scan::files(&plants) {
        let path = input.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let planner = Planner {
        profile: Profile::default(),
        pseudonyms: Pseudonyms::new(Key::of([5; 32])),
        allow_burned_in: false,
        marking: None,
    };
    let job = Job {
        roots: Roots::new([input.clone()]),
        inspector: Arc::new(Inspector::new()),
        planner,
        out: Some(folder.join("out")),
        jobs: NonZeroUsize::new(2).unwrap(),
        limits: Limits::default(),
        directory: false,
    };
    let outcomes = run(&job, &AtomicBool::new(false), &mut |_| {}).unwrap();
    let name = |outcome: Outcome| (outcome.path.strip_prefix(&input).unwrap().to_owned(), outcome);
    (plants, outcomes.into_iter().map(name).collect())
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    needle.len() > 3 && memchr::memmem::find(bytes, needle).is_some()
}

/// The bytes of the value at that place, as far as they are held.
fn value<'a>(reading: &'a Reading, at: &str) -> Option<&'a [u8]> {
    let rows = &reading.rows;
    (0..rows.len())
        .find(|&id| rows.location(id).to_string() == at)
        .map(|id| rows.bytes(id))
        .filter(|b| !b.is_empty())
}

/// Why the leak is still in the copy; `None` where it is not.
fn survives(plant: &Plant, copy: &[u8]) -> Option<String> {
    let wide = |unit: fn(u16) -> [u8; 2]| plant.value.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let latin: Vec<u8> = plant.value.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    for spelling in [plant.value.as_bytes().to_vec(), latin, wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
        if holds(copy, &spelling) {
            return Some("its bytes".to_owned());
        }
    }
    let mut reader = Reader::new(Limits::default());
    let (before, after) = (reader.read_bytes(&plant.files[plant.leaky].bytes), reader.read_bytes(copy));
    assert_eq!(after.status, Status::Ok, "{}", plant.name);
    let same = |spot: &Spot| match spot {
        // That its identity was removed is what the copy says of itself, and true there.
        Spot::At(at) if at == "(0012,0062)" => false,
        Spot::At(at) => value(&before, at).is_some_and(|old| value(&after, at) == Some(old)),
        Spot::Place(_) => false,
    };
    plant.spots.iter().any(same).then(|| "its value".to_owned())
}

#[test]
fn no_planted_leak_is_in_a_copy() {
    judge(Half::Developing);
}

#[test]
fn nor_is_any_of_the_part_for_practice() {
    judge(Half::Practice);
}

fn judge(half: Half) {
    let folder = tempfile::tempdir().unwrap();
    let (plants, outcomes) = redacted(half, folder.path());
    let (mut left, mut withheld) = (Vec::new(), Vec::new());
    for plant in &plants {
        let path = PathBuf::from(format!("{}/s/{}", plant.name, plant.files[plant.leaky].path));
        let Some(outcome) = outcomes.get(&path) else { panic!("{} is lost", plant.name) };
        let Ending::Written(written) = &outcome.ending else {
            withheld.push(format!("{} {}: {}", plant.name, plant.disguise, outcome.reason()));
            continue;
        };
        // Oddities of layout are no values, and what a vendor's root tells is no secret of the copy's.
        if matches!(plant.kind, Kind::Oddity | Kind::UidDevice | Kind::Claim) {
            continue;
        }
        let copy = fs::read(folder.path().join("out").join(&written.name)).unwrap();
        if let Some(why) = survives(plant, &copy) {
            left.push(format!("{} {:?} {:?} {}: {why}", plant.name, plant.kind, plant.spots, plant.disguise));
        }
    }
    eprintln!("{}: {} plants, {} withheld", half.name(), plants.len(), withheld.len());
    withheld.iter().for_each(|line| eprintln!("  withheld {line}"));
    assert!(left.is_empty(), "{} of {}: {left:#?}", left.len(), plants.len());
    assert!(withheld.len() * 20 < plants.len(), "{withheld:#?}");
}
