//! The ways in which one value is written: what to look for when looking for a patient.
//!
//! A [`Spelling`] is squeezed: folded (see [`super::normalize`]), with letters and digits only, so that one
//! stands for every separator: `smithjohn` is `Smith^John`, `SMITH, JOHN`, `smith_john` and `SmithJohn`.
//! Which spellings are too short or too common to mean anything is for the caller to judge.

mod birth;
mod name;
mod number;

pub use birth::birth_date;
pub use name::person_name;
pub use number::{identifier, phone, phrases};

use super::token::Tokens;

/// What a spelling holds of its value, which says how sure a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Family and given name, in either order, with or without the middle ones.
    FullName,
    /// The family name with initials.
    InitialName,
    /// The family name alone.
    Family,
    /// One word of a family name of several, or the beginning of a long one.
    FamilyPart,
    /// The consonants ([`crate::text::skeleton`]) of a full name that is known in another script than Latin only.
    FullSkeleton,
    /// The same of the family name alone.
    FamilySkeleton,
    /// Given or middle name alone.
    Given,
    /// All of a number's letters and digits.
    Number,
    /// The digits alone of a number with letters.
    NumberCore,
    /// Day, month and year, all digits of them.
    Date,
    /// Day, month and year, where some digits are left out: a match needs its parts parted.
    LooseDate,
    /// Day, month and the year's last two digits: a match needs its parts parted.
    ShortDate,
    /// A line of an address.
    Phrase,
}

/// One way to write a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spelling {
    pub form: Form,
    /// Squeezed.
    pub text: String,
    /// The words that it was put together from, in no order; squeezed.
    pub words: Vec<String>,
}

impl Spelling {
    fn new(form: Form, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { form, words: vec![text.clone()], text }
    }

    fn of(form: Form, pieces: &[&str]) -> Self {
        Self { form, text: pieces.concat(), words: pieces.iter().map(|&piece| piece.to_owned()).collect() }
    }
}

/// `text` folded, letters and digits only.
pub fn squeeze(text: &str) -> String {
    Tokens::of(text).folded
}

fn sorted(mut spellings: Vec<Spelling>) -> Vec<Spelling> {
    spellings.retain(|spelling| !spelling.text.is_empty());
    spellings.sort();
    spellings.dedup_by(|a, b| a.form == b.form && a.text == b.text);
    spellings
}
