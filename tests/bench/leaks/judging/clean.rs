//! Files that are well de-identified by tools and conventions that no other part has.
use super::technical;
use crate::all::{
    clean::{Clean, styled},
    half::Half,
    rng::Rng,
};

const PROSE: [(u32, &[u8; 2]); 8] = [
    (0x0018_1400, b"LO"),
    (0x0020_4000, b"LT"),
    (0x0008_2111, b"ST"),
    (0x0040_0254, b"LO"),
    (0x0018_1030, b"LO"),
    (0x0070_0081, b"LO"),
    (0x0008_103E, b"LO"),
    (0x0040_2400, b"LT"),
];

pub fn files() -> Vec<Clean> {
    styled::files(&styled::Source {
        half: Half::Judging,
        words: include_str!("clean.toml"),
        styles: include_str!("styles.toml"),
        kinds: &technical::KINDS,
        technical: technical::set,
        prose: &PROSE,
        path,
    })
}

fn path(number: usize, rng: &mut Rng) -> String {
    match number % 7 {
        0 => format!("sourcedata/sub-{:03}/ses-b/dwi/{number:04}.dcm", number % 200),
        1 => format!("imagesTr/case{number:04}/slice-{:03}.dcm", number % 120),
        2 => format!("DICOM/ST{:06}/SE{:06}/CT{number:06}", number % 9, number % 31),
        3 => format!("{}/{}.dcm", rng.hex(8), rng.hex(16)),
        4 => format!(
            "LUNG-CHALLENGE-{number:04}/1.000000-axial-{:05}/1-{:03}.dcm",
            rng.digits(5),
            number % 300
        ),
        5 => format!("fold{}/neg/img_{number:05}_aug{}.dcm", number % 5, number % 8),
        _ => format!("QA/week{:02}/module{}/{}.dcm", number % 52, number % 4, rng.hex(6)),
    }
}
