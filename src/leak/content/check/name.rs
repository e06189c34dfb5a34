//! What is a name, and where it ends: words that nothing technical means.

use super::super::{
    cue::is_cue_word,
    date::is_month,
    given_name::is_given_name,
    vocabulary::{is_known, is_technical},
};
use super::whole;

pub(super) fn words(value: &str) -> impl Iterator<Item = (usize, &str)> {
    value
        .split([' ', ',', '^', '_', '.', '・', '=', '(', '\n', '\r', '\t'])
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - value.as_ptr() as usize, word))
}

/// Whether a word is said of something else than of a person.
pub(super) fn is_other(word: &str) -> bool {
    let lower = word.to_lowercase();
    is_technical(word) || is_month(lower.trim_end_matches('.'))
}

/// Whether a word stands within names and is none: `van`, `de la`.
fn is_small(word: &str) -> bool {
    let small = word.chars().count() < 6 && word.chars().next().is_some_and(char::is_lowercase);
    small || PARTICLES.contains(&word)
}

/// Small words within names, where they are written large: `De Bortolussi`.
const PARTICLES: [&str; 16] = [
    "Al", "Bin", "Da", "De", "Del", "Della", "Den", "Der", "Di", "Dos", "Du", "El", "La", "Le", "Van", "Von",
];

/// The words up to the first technical one; a lone initial is no name.
pub fn after_cue(value: &str) -> Option<usize> {
    let mut end = 0;
    for (at, word) in words(value) {
        if is_small(word) && is_other(word) {
            continue;
        }
        // Behind a name, a name may be made of two words that are technical.
        let is_compound = end > 0 && word.chars().all(char::is_alphabetic) && !is_known(word);
        if is_other(word) && word.chars().count() > 1 && !is_given_name(word) && !is_compound {
            break;
        }
        end = at + word.len();
    }
    let kept = value.get(..end)?;
    let letters = kept.chars().filter(|c| c.is_alphabetic()).count();
    // Of labels beside each other, the next is no value: `Name / Birth date`. In other letters, cues are names as well.
    let is_label = kept.is_ascii() && !kept.contains(' ') && is_cue_word(kept) && !is_given_name(kept);
    // Initials alone name nobody: `P.R.U.` is no Mr. R.U.
    let is_initials = kept.len() < 4 && kept.contains('.');
    let is_roman = kept.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    (letters > 1 && !is_label && !is_initials && !is_roman).then_some(end)
}

/// Two words that are not technical, or one and an initial, or one in writing that does not part words.
pub fn pair(value: &str) -> Option<usize> {
    let end = after_cue(value)?;
    let kept = value.get(..end)?;
    let parts = || words(kept).flat_map(|(_, word)| word.split('-'));
    let names = words(kept).filter(|(_, word)| word.chars().count() > 1 && !is_small(word)).count();
    // `Family-Given`, where names of files have no spaces.
    let hyphened =
        names == 1 && parts().filter(|part| part.chars().count() > 2 && !is_other(part)).count() > 1;
    let whole_words = if hyphened { 2 } else { names };
    let initial = value.contains('.') && words(kept).any(|(_, word)| word.chars().count() == 1);
    let native = kept.chars().next().is_some_and(|c| !c.is_lowercase() && !c.is_uppercase());
    let long =
        words(kept).any(|(_, word)| word.chars().count() > 2 && (!is_other(word) || is_given_name(word)));
    (whole_words >= 2 || (long && (initial || native))).then_some(end)
}

/// Two words of which one is a given name, and none is technical, nor both together an eponym.
pub fn with_given(value: &str) -> Option<usize> {
    let parts: Vec<&str> = words(value)
        .map(|(_, word)| word)
        .filter(|word| word.chars().count() > 1 && !(is_small(word) && is_other(word)))
        .collect();
    let known = parts.iter().any(|word| word.split('-').any(is_given_name));
    let is_other = || parts.iter().any(|word| is_other(word)) || is_technical(value);
    whole(value, parts.len() >= 2 && known && !is_other())
}

/// Parts of a name, unless one of them is a technical word: makers write `Head^Brain` the same way.
pub fn in_components(value: &str) -> Option<usize> {
    let parts: Vec<&str> = value.split('^').filter(|part| part.chars().count() > 1).collect();
    whole(value, parts.len() >= 2 && !parts.iter().any(|part| is_technical(part)))
}

/// A name, whose child, and the parent's name, none of it technical: a histogram has bins.
pub fn is_child_of(value: &str) -> bool {
    const WORDS: [&str; 5] = ["BIN", "BINTI", "BTE", "binti", "bte"];
    let mut names = value.split([' ', '/']).filter(|word| word.chars().count() > 1 && !WORDS.contains(word));
    !names.any(is_other)
}

/// A name that a title follows, in letters.
pub fn before_title(value: &str) -> Option<usize> {
    let (name, _) = value.rsplit_once(' ')?;
    whole(value, !words(name).any(|(_, word)| is_other(word)))
}

/// The name of a person's own folder; those of systems are nobody's.
pub fn user(value: &str) -> Option<usize> {
    const SYSTEMS: [&str; 24] = [
        "public",
        "default",
        "all users",
        "default user",
        "administrator",
        "admin",
        "service",
        "user",
        "guest",
        "root",
        "operator",
        "system",
        "medcom",
        "sdc",
        "meduser",
        "localservice",
        "networkservice",
        "shared",
        "pacs",
        "dicom",
        "runner",
        "ubuntu",
        "data",
        "users",
    ];
    let name = value.trim();
    let is_system = SYSTEMS.contains(&name.to_lowercase().as_str()) || is_technical(name);
    whole(value, !is_system && name.chars().filter(|c| c.is_alphabetic()).count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_end_where_other_words_begin() {
        for (text, name) in [
            ("Müller, Max", "Müller, Max"),
            ("Jördis von Adlersfeld", "Jördis von Adlersfeld"),
            ("Erika Example CT", "Erika Example"),
            ("Example, Erika, Kontrolle", "Example, Erika"),
            ("J. Samplesson", "J. Samplesson"),
        ] {
            assert_eq!(pair(text).and_then(|end| text.get(..end)), Some(name), "{text}");
        }
        for text in ["Head Neck", "Head", "Samplesson", "March Example", "A. B."] {
            assert_eq!(pair(text), None, "{text}");
        }
        assert!(user("jsampleton").is_some() && user("Public").is_none() && user("1234").is_none());
    }
}
