//! Files that are well de-identified by other tools and conventions than those of the first two parts.
use super::technical;
use crate::all::{
    clean::{Clean, styled},
    half::Half,
    host,
    rng::Rng,
};

const PROSE: [(u32, &[u8; 2]); 6] = [
    (0x0008_103E, b"LO"),
    (0x0040_0254, b"LO"),
    (0x0018_9424, b"LT"),
    (0x0020_4000, b"LT"),
    (0x0040_1400, b"LT"),
    (0x0040_0280, b"ST"),
];

pub fn files() -> Vec<Clean> {
    styled::files(&styled::Source {
        half: Half::Rehearsal,
        words: include_str!("clean.toml"),
        styles: include_str!("styles.toml"),
        kinds: &technical::KINDS,
        technical: technical::set,
        prose: &PROSE,
        path,
    })
}

fn path(number: usize, rng: &mut Rng) -> String {
    match number % 6 {
        0 => format!("sub-{:02}/ses-02/func/{number:05}.dcm", number % 40),
        1 => format!("train/ct/{number:06}.dcm"),
        2 => format!("{}/{}.dcm", host::uid(rng), host::uid(rng)),
        3 => format!("CASE_{number:04}/SE{:04}/IM{:05}", number % 12, number % 90),
        4 => format!("COHORT-{number:04}/baseline/T2 axial-{:03}/1-{:02}.dcm", number % 500, number % 90),
        _ => rng.hex(40),
    }
}
