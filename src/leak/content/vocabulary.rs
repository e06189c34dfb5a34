//! Words that say how an image was made, and nothing of the patient.

/// Whether `text` consists of technical words only: sequence and protocol names, anatomy, positions, eponyms,
/// devices, numbers with units.
pub fn is_technical(_text: &str) -> bool {
    false
}
