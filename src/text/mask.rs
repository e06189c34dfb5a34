use unicode_segmentation::UnicodeSegmentation;

/// Dots shown for a word at most: a mask tells the shape of a value, not the exact length of a long one.
const MOST_DOTS: usize = 12;
/// Characters of a mask at most; the rest is an ellipsis.
const MOST_CHARS: usize = 64;

/// The shape of a value without its content: of each run of letters or digits the first character and dots,
/// separators as they are. `Smith^John` → `S••••^J•••`, `1961-05-03` → `1•••-••-••`.
///
/// Runs of one or two characters are dots alone, since a first letter would be half of them. The result has
/// at most 65 characters, whatever the length of the value.
pub fn mask(value: &str) -> String {
    let mut out = String::with_capacity(value.len().min(4 * MOST_CHARS));
    let mut chars = 0;
    let mut word_start = None;
    for (at, grapheme) in graphemes(value) {
        if chars + MOST_DOTS > MOST_CHARS {
            if let Some(start) = word_start {
                push_word(&value[start..at], &mut out);
            }
            out.push('…');
            return out;
        }
        // A mask is its own mask.
        let in_word = grapheme.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '•');
        match (in_word, word_start) {
            (true, None) => word_start = Some(at),
            (true, Some(_)) => {}
            (false, start) => {
                if let Some(start) = start {
                    chars += push_word(&value[start..at], &mut out);
                }
                word_start = None;
                out.push_str(grapheme);
                chars += 1;
            }
        }
    }
    if let Some(start) = word_start {
        push_word(&value[start..], &mut out);
    }
    out
}

/// One word masked: its first character, if the word has three or more, and dots.
pub fn mask_word(word: &str) -> String {
    let mut out = String::new();
    push_word(word, &mut out);
    out
}

/// Returns the number of characters written.
fn push_word(word: &str, out: &mut String) -> usize {
    let count = graphemes(word).take(MOST_DOTS + 1).count();
    let mut dots = count;
    if count > 2 {
        if let Some((_, first)) = graphemes(word).next() {
            out.push_str(first);
        }
        dots -= 1;
    }
    out.extend(std::iter::repeat_n('•', dots));
    count
}

/// What reads as one character, and where it begins.
fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let length = match rest.as_bytes() {
            [] => return None,
            // Two plain characters are never one; the table of the others takes its time.
            [b' '..=b'~'] | [b' '..=b'~', 0..=0x7f, ..] => 1,
            _ => rest.graphemes(true).next()?.len(),
        };
        at += length;
        Some((at - length, rest.get(..length)?))
    })
}

#[cfg(test)]
mod tests {
    use super::{graphemes, mask};
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    proptest! {
        #[test]
        fn graphemes_are_those_of_the_table(text in "[a-z \r\n\u{300}-\u{303}é山\u{1f468}\u{200d}🇩-🇪]{0,12}") {
            prop_assert!(graphemes(&text).eq(text.grapheme_indices(true)));
        }
    }

    #[test]
    fn keeps_shape_and_hides_content() {
        for (value, masked) in [
            ("Smith^John", "S••••^J•••"),
            ("1961-05-03", "1•••-••-••"),
            ("", ""),
            ("Ab", "••"),
            ("J. SMITH", "•. S••••"),
            ("山田^太郎", "••^••"),
            ("Müller", "M•••••"),
            ("a\u{301}bc", "a\u{301}••"),
            ("MRN-0012345", "M••-0••••••"),
        ] {
            assert_eq!(mask(value), masked, "{value}");
            assert_eq!(mask(masked), masked, "of a mask");
        }
    }

    #[test]
    fn long_values_stay_short() {
        for value in ["x".repeat(10_000), "ab ".repeat(10_000), "^".repeat(10_000)] {
            assert!(mask(&value).chars().count() <= 65 + 13);
        }
    }
}
