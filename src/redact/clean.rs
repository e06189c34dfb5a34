use crate::leak::content::vocabulary;

/// Digits of a number that is a setting beyond doubt.
const MOST_DIGITS: usize = 2;

/// What is left of a text when all goes that could identify: words that say how an image was made, as they stand,
/// with the separators between them. Only what is known is kept, so that a name that nobody knows goes too. The
/// result is ASCII, which is valid in every character set. `many`: a backslash separates several values.
pub(super) fn clean(text: &str, many: bool) -> String {
    if !many {
        return one(text);
    }
    let values: Vec<String> = text.split('\\').map(one).collect();
    if values.iter().all(String::is_empty) { String::new() } else { values.join("\\") }
}

fn one(text: &str) -> String {
    let words: Vec<(usize, &str)> = words(text);
    let mut out = String::new();
    let mut end = None;
    for (at, &(start, word)) in words.iter().enumerate() {
        let number = |at: usize| words.get(at).is_some_and(|(_, word)| is_number(word));
        // Numbers beside each other may be a date or a telephone's.
        let row = is_number(word) && (number(at.wrapping_sub(1)) || number(at + 1));
        if row || !is_harmless(word) {
            end = None;
            continue;
        }
        if !out.is_empty() {
            let between = end.and_then(|end| text.get(end..start));
            out.push_str(between.filter(|between| is_plain(between)).unwrap_or(" "));
        }
        out.push_str(word);
        end = Some(start + word.len());
    }
    out
}

/// Runs of letters and digits, with where they begin.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.extend(text.get(from..at).map(|word| (from, word)));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_harmless(word: &str) -> bool {
    let digits = word.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    word.is_ascii() && digits <= MOST_DIGITS && vocabulary::is_technical(word)
}

/// Separators of one or two signs that say nothing.
fn is_plain(between: &str) -> bool {
    between.len() <= 2 && between.bytes().all(|byte| b" _-/,.:;+()*".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn keeps_what_says_how_and_drops_what_says_who() {
        for (text, many, left) in [
            ("t1_mprage_sag_p2_iso", true, "t1_mprage_sag_p2_iso"),
            ("CHEST PA for Sampleton", true, "CHEST PA for"),
            ("Sampleton, Jonathan: head CT", true, "head CT"),
            ("DOB 03.05.61 head", true, "head"),
            ("head\\Sampleton\\chest", true, "head\\\\chest"),
            ("Sampleton\\Jonathan", true, ""),
            ("MRN 0012345", true, ""),
            ("head 山田", true, "head"),
            ("call 555 01 42", false, "call"),
            ("", true, ""),
        ] {
            assert_eq!(clean(text, many), left, "{text}");
        }
    }
}
