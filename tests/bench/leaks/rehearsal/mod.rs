//! The rehearsal part of the benchmark: its people, words, templates, hiding forms and clean styles.
//! It judged until somebody who mends detectors had looked at it.
pub mod clean;
pub mod forms;
pub mod national;
mod technical;

use super::vocabulary::Vocabulary;

/// The files that make up the words, in the order that TOML wants.
const WORDS: [&str; 4] = [
    include_str!("people.toml"),
    include_str!("sentences.toml"),
    include_str!("hidden.toml"),
    include_str!("placed.toml"),
];

pub fn vocabulary() -> Vocabulary {
    toml::from_str(&WORDS.concat()).unwrap()
}
