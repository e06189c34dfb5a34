//! Names without the endings that languages give them in a sentence.

/// Endings by script, longest first; each language's are few, and a name loses one at most. Slavic cases in
/// both scripts, plurals and genitives, Greek cases. Folded.
const ENDINGS: [&str; 38] = [
    "ovou", "ova", "ovi", "ove", "ou", "em", "om", "ym", "s", "a", "e", "i", "u", "y", "ого", "ому", "ыми",
    "ои", "еи", "ым", "ом", "ою", "ем", "ев", "а", "у", "ы", "е", "и", "я", "ю", "ου", "οσ", "ησ", "ασ", "α",
    "η", "ο",
];

/// Letters that must be left, so that what is left is still a name.
const LEAST: usize = 5;

/// The folded word without its ending: what `Novákové`, `Nováková` and `Novákovou` share. The word itself where
/// it has none, or is too short to lose one.
pub fn stem(folded: &str) -> &str {
    let rests = ENDINGS.iter().filter_map(|&ending| folded.strip_suffix(ending));
    let mut names = rests.filter(|rest| rest.chars().take(LEAST).count() == LEAST);
    names.next().unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn inflected_names_share_a_stem() {
        for forms in [
            &["novakova", "novakove", "novakovou"][..],
            &["novak", "novakova", "novaka", "novakem", "novakovi"],
            &["примеров", "примерова", "примерову", "примеровым", "примеровои"],
            &["sampleton", "sampletons"],
            &["παραδειγμα", "παραδειγμασ", "παραδειγμη"],
        ] {
            assert!(forms.iter().all(|form| stem(form) == stem(forms[0])), "{forms:?}");
        }
        assert_eq!((stem("evans"), stem("rosa"), stem("")), ("evans", "rosa", ""));
    }
}
