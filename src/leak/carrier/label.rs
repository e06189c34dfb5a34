use crate::text::normalize::fold;
use std::{collections::HashSet, sync::LazyLock};

static LABELS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/lexicon/labels.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Bytes of the longest label.
const MOST: usize = 40;

/// Whether `text` is what a field of a patient's data is called, however it is written: `Patient_Name`, `DOB:`.
pub(super) fn is_label(text: &str) -> bool {
    let joins = |c: char| matches!(c, '_' | '-' | '.' | ' ' | ':' | '#' | '\'');
    if text.len() > MOST || !text.chars().all(|c| c.is_alphabetic() || joins(c)) {
        return false;
    }
    let letters: String = fold(text).chars().filter(|c| c.is_alphabetic()).collect();
    LABELS.contains(letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_however_they_are_written() {
        for label in ["Patient_Name", "DOB:", "mrn", "Date of Birth", "PRÉNOM", "Födelsedatum", "MRN#"] {
            assert!(is_label(label), "{label}");
        }
        for text in ["kernel", "Patient Name 2", "", "MRN=12", "name of the ROI"] {
            assert!(!is_label(text), "{text}");
        }
    }
}
