use super::table::records;
use std::sync::LazyLock;

/// One of the identifiers that the Safe Harbor method takes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identifier {
    /// Of 45 CFR 164.514(b)(2)(i): `A` to `R`.
    pub letter: char,
    pub category: &'static str,
    pub meaning: &'static str,
}

static IDENTIFIERS: LazyLock<Vec<Identifier>> = LazyLock::new(|| {
    records(include_str!("../../assets/standard/hipaa.csv"))
        .filter_map(|[letter, category, meaning]| {
            Some(Identifier { letter: letter.chars().next()?, category, meaning })
        })
        .collect()
});

/// All of them, `A` first.
pub fn identifiers() -> &'static [Identifier] {
    &IDENTIFIERS
}

pub fn hipaa(letter: char) -> Option<&'static Identifier> {
    IDENTIFIERS.iter().find(|identifier| identifier.letter == letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_to_r() {
        assert!(identifiers().iter().map(|identifier| identifier.letter).eq('A'..='R'));
        assert_eq!(hipaa('H').unwrap().category, "Medical record numbers");
        assert_eq!(hipaa('S'), None);
    }
}
