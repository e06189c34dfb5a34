//! The benchmark of planted leaks: its answer key is true, and its plants are what they say.

#[path = "bench/leaks/all.rs"]
mod all;
#[path = "bench/leaks/judging/tests.rs"]
mod judging;
#[path = "bench/leaks/rehearsal/tests.rs"]
mod rehearsal;

use all::{
    category, clean,
    half::Half,
    plant::{Category, Spot},
    scan, score,
    vocabulary::Vocabulary,
};
use dcmleak::{
    dicom::{Limits, Preamble, Reader, Status},
    leak::Severity,
};
use std::collections::BTreeSet;

const HALVES: [Half; 4] = Half::ALL;

#[test]
fn plants_are_the_same_each_time_and_enough() {
    for half in HALVES {
        let (plants, again) = (category::plants(half), category::plants(half));
        let files = |plants: &[_]| {
            scan::files(plants).map(|(path, bytes)| (path, bytes.to_vec())).collect::<Vec<_>>()
        };
        assert!(files(&plants) == files(&again));
        for category in Category::ALL {
            let count = plants.iter().filter(|plant| plant.category == category).count();
            assert!(count >= 25, "{}: {count}", category.name());
        }
        let names: BTreeSet<_> = plants.iter().map(|plant| &plant.name).collect();
        assert_eq!(names.len(), plants.len());
    }
}

#[test]
fn the_answer_key_names_places_that_are_there() {
    let mut reader = Reader::new(Limits::default());
    let mut wrong = Vec::new();
    for plant in HALVES.into_iter().flat_map(category::plants) {
        let leaky = &plant.files[plant.leaky];
        let reading = reader.read_bytes(&leaky.bytes);
        let all: BTreeSet<String> =
            (0..reading.rows.len()).map(|row| reading.rows.location(row).to_string()).collect();
        let there = |spot: &Spot| match spot {
            Spot::At(at) => all.contains(at),
            Spot::Place("preamble") => matches!(reading.preamble, Preamble::Bytes(_)),
            Spot::Place("trailer") => reading.trailer.is_some(),
            Spot::Place(_) => true,
        };
        let read = matches!(reading.status, Status::Ok | Status::Partial);
        if !read || !plant.spots.iter().all(there) {
            wrong.push(format!(
                "{} {:?} {:?} {} {:?}",
                plant.name, reading.status, plant.spots, plant.disguise, reading.error
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_was_planted_can_be_read_again() {
    let mut reader = Reader::new(Limits::default());
    let mut wrong = Vec::new();
    for plant in HALVES.into_iter().flat_map(category::plants) {
        let reading = reader.read_bytes(&plant.files[plant.leaky].bytes);
        let Some(Spot::At(at)) = plant.spots.first() else { continue };
        let rows = (0..reading.rows.len()).filter(|row| reading.rows.location(*row).to_string() == *at);
        let texts: Vec<_> = rows
            .map(|row| (reading.rows.get(row).unwrap().vr, reading.rows.text(row).into_owned()))
            .collect();
        let plain = matches!(
            plant.category,
            Category::Text | Category::Structured | Category::Claim | Category::Graphic
        );
        let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let said = |vr: &str, text: &str| {
            ["UN", "CS", "OW"].contains(&vr) || words(text).contains(&words(&plant.value))
        };
        if plain && plant.value != "x" && !texts.iter().any(|(vr, text)| said(&vr.to_string(), text)) {
            wrong.push(format!("{} {at} {texts:?} is not {}", plant.name, plant.value));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn clean_files_are_sound_and_enough() {
    let mut reader = Reader::new(Limits::default());
    for half in HALVES {
        let files = clean::files(half);
        let paths: BTreeSet<_> = files.iter().map(|file| &file.path).collect();
        let styles: BTreeSet<_> = files.iter().map(|file| &file.style).collect();
        assert!(files.len() >= 140 && paths.len() == files.len() && styles.len() >= 10, "{}", half.name());
        for file in &files {
            let reading = reader.read_bytes(&file.bytes);
            assert_eq!(reading.status, Status::Ok, "{} {}: {:?}", file.path, file.style, reading.error);
        }
    }
}

#[test]
fn no_part_has_the_people_of_another() {
    let mut seen = BTreeSet::new();
    for half in HALVES {
        let families = Vocabulary::of(half).culture.into_iter().flat_map(|culture| culture.families);
        let mine: BTreeSet<String> = families.collect();
        assert_eq!(seen.intersection(&mine).next(), None, "{}", half.name());
        seen.extend(mine);
    }
}

/// Floors that detection has reached and must not fall under; the bench has the numbers.
#[test]
fn few_leaks_are_missed() {
    for (half, floor) in
        [(Half::Developing, 0.99), (Half::Practice, 0.99), (Half::Rehearsal, 0.95), (Half::Judging, 0.85)]
    {
        let plants = category::plants(half);
        let scores = score::scores(&plants, &scan::each(scan::files(&plants)));
        for (category, score) in scores {
            assert!(score.recall() >= floor, "{} {}: {:.3}", half.name(), category.name(), score.recall());
            assert_eq!(score.mild, 0, "{} {}", half.name(), category.name());
        }
    }
}

/// Of files that are well de-identified nothing is told that counts.
#[test]
fn clean_files_are_not_accused() {
    for half in [Half::Developing, Half::Practice] {
        let files = clean::files(half);
        let findings = scan::each(files.iter().map(|file| (file.path.clone(), file.bytes.as_slice())));
        assert_eq!(findings.len(), files.len());
        let told = findings.iter().flat_map(|(path, all)| all.iter().map(move |found| (path, found)));
        let wrong: Vec<_> = told.filter(|(_, found)| found.severity >= Severity::Medium).collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", half.name());
    }
}

#[test]
fn check_digits_are_the_known_ones() {
    use all::national::{cpf, luhn, verhoeff};
    assert_eq!((luhn("811228987"), luhn("04645428")), (4, 6));
    assert_eq!(verhoeff("236"), 3);
    assert_eq!((cpf("111444777", 10), cpf("1114447773", 11)), (3, 5));
}
