//! Names without the endings that languages give them in a sentence.

/// Endings, longest first; each language's are few, and a name loses one at most. Slavic cases in both scripts,
/// plurals and genitives, Greek cases. Folded.
const LATIN: [&str; 15] =
    ["ovou", "ova", "ovi", "ove", "ou", "em", "om", "ym", "s", "a", "e", "i", "u", "y", "o"];
const CYRILLIC: [&str; 17] =
    ["ого", "ому", "ыми", "ои", "еи", "ым", "ом", "ою", "ем", "а", "у", "ы", "е", "и", "я", "ю", "о"];
const GREEK: [&str; 7] = ["ου", "οσ", "ησ", "ασ", "α", "η", "ο"];

/// Letters that must be left, so that what is left is still a name.
const LEAST: usize = 5;

/// The folded word without its ending: what `Novákové`, `Nováková` and `Novákovou` share. The word itself where
/// it has none, or is too short to lose one.
pub fn stem(folded: &str) -> &str {
    let endings = match folded.chars().next() {
        Some('a'..='z') if folded.len() > LEAST => &LATIN[..],
        Some('\u{400}'..='\u{52f}') => &CYRILLIC[..],
        Some('\u{370}'..='\u{3ff}') => &GREEK[..],
        Some('\u{5d0}'..='\u{5ea}') => return without_preposition(folded, &HEBREW),
        Some('\u{621}'..='\u{64a}') => return without_preposition(folded, &ARABIC),
        _ => return folded,
    };
    let rests = endings.iter().filter_map(|&ending| folded.strip_suffix(ending));
    let mut names = rests.filter(|rest| rest.chars().take(LEAST).count() == LEAST);
    names.next().unwrap_or(folded)
}

/// Words that Hebrew and Arabic write in one with the next: and, in, to, from, the; longest first.
const HEBREW: [&str; 11] = ["ול", "וב", "של", "שה", "ל", "ב", "מ", "ו", "ה", "ש", "כ"];
const ARABIC: [&str; 9] = ["وال", "بال", "لل", "ال", "و", "ب", "ل", "ك", "ف"];

fn without_preposition<'a>(folded: &'a str, prepositions: &[&str]) -> &'a str {
    let rests = prepositions.iter().filter_map(|&preposition| folded.strip_prefix(preposition));
    let mut names = rests.filter(|rest| rest.chars().take(3).count() == 3);
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
        assert_eq!((stem("לכהנ"), stem("الاحمد")), ("כהנ", "احمد"));
        assert_eq!((stem("evans"), stem("rosa"), stem("")), ("evans", "rosa", ""));
    }
}
