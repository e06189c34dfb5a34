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

/// The three parts that `from` and `to`, bytes between characters, cut a value into, each masked. A part that begins
/// inside of a word shows no letter of that word. Out of bounds all is one part, the first.
pub fn mask_parts(value: &str, from: usize, to: usize) -> [String; 3] {
    let parts = value.get(..from).zip(value.get(from..to)).zip(value.get(to..));
    let Some(((before, matched), after)) = parts else { return [mask(value), String::new(), String::new()] };
    let ends_in_word = |text: &str| text.chars().next_back().is_some_and(char::is_alphanumeric);
    let rest = |inside: bool, part: &str| {
        let end = part.find(|c: char| !c.is_alphanumeric()).unwrap_or(part.len());
        let (word, rest) = part.split_at(if inside { end } else { 0 });
        "•".repeat(word.graphemes(true).take(MOST_DOTS).count()) + &mask(rest)
    };
    let matched_inside = ends_in_word(before);
    let after_inside = ends_in_word(matched) || (matched.is_empty() && matched_inside);
    [mask(before), rest(matched_inside, matched), rest(after_inside, after)]
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
    use super::{graphemes, mask, mask_parts};
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    proptest! {
        #[test]
        fn graphemes_are_those_of_the_table(text in "[a-z \r\n\u{300}-\u{303}é山\u{1f468}\u{200d}🇩-🇪]{0,12}") {
            prop_assert!(graphemes(&text).eq(text.grapheme_indices(true)));
        }
    }

    #[test]
    fn parts_show_no_more_than_the_whole() {
        for (value, from, to, parts) in [
            ("seen by Dr. Smith today", 12, 17, ["s••• •• ••. ", "S••••", " t••••"]),
            ("ctsmith01", 2, 7, ["••", "•••••", "••"]),
            ("Müller-Lüdenscheidt", 0, 7, ["", "M•••••", "-L•••••••••••"]),
            ("Müller", 2, 3, ["M•••••", "", ""]),
            ("Smith", 0, 9, ["S••••", "", ""]),
        ] {
            let found = mask_parts(value, from, to);
            assert_eq!(found, parts, "{value}");
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
