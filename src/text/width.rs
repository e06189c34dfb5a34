//! Columns that text takes on a terminal.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns of `text`; wide characters take two.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// The longest beginning of `text` that fits `columns`, cut between grapheme clusters, and its width.
pub fn fit(text: &str, columns: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let width = grapheme.width();
        if used + width > columns {
            return (&text[..at], used);
        }
        used += width;
    }
    (text, used)
}

/// `text` cut to `columns`, with `…` as its last column where something was cut.
pub fn ellipsis(text: &str, columns: usize) -> String {
    let (fits, _) = fit(text, columns);
    if fits.len() == text.len() {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let (fits, _) = fit(text, columns - 1);
    format!("{fits}…")
}

/// Breaks `text` into lines of `columns` columns, at spaces where it can; at most `most` lines, the last ending in
/// `…` where something is left.
pub fn wrap(text: &str, columns: usize, most: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut rest = text.trim_end();
    let mut lines = Vec::new();
    while !rest.is_empty() && lines.len() < most {
        let (fits, _) = fit(rest, columns);
        if fits.len() == rest.len() {
            lines.push(rest.to_owned());
            break;
        }
        if lines.len() + 1 == most {
            lines.push(ellipsis(rest, columns));
            break;
        }
        let at_space = rest.get(fits.len()..).is_some_and(|after| after.starts_with(' '));
        let end = match fits.rfind(' ').filter(|&at| !at_space && at > 0) {
            Some(at) => at,
            // A wide character that does not fit a column still has to go somewhere.
            None if fits.is_empty() => rest.chars().next().map_or(rest.len(), char::len_utf8),
            None => fits.len(),
        };
        let (line, after) = rest.split_at(end);
        lines.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cuts_between_clusters() {
        assert_eq!(fit("山田太郎", 5), ("山田", 4));
        assert_eq!(ellipsis("山田太郎", 5), "山田…");
        assert_eq!(ellipsis("abc", 3), "abc");
        assert_eq!(ellipsis("abcd", 3), "ab…");
        assert_eq!(ellipsis("abcd", 0), "");
    }

    #[test]
    fn wraps_at_spaces() {
        for (text, columns, most, lines) in [
            ("the patient's full name", 11, 9, &["the", "patient's", "full name"][..]),
            ("abcdefgh", 4, 9, &["abcd", "efgh"]),
            ("山田太郎", 5, 9, &["山田", "太郎"]),
            ("one two three", 3, 2, &["one", "tw…"]),
            ("", 4, 9, &[]),
        ] {
            assert_eq!(wrap(text, columns, most), lines, "{text}");
        }
    }

    proptest! {
        #[test]
        fn wrapped_lines_fit(text in any::<String>(), columns in 2usize..20, most in 1usize..6) {
            let lines = wrap(&text, columns, most);
            prop_assert!(lines.len() <= most);
            prop_assert!(lines.iter().all(|line| super::columns(line) <= columns), "{lines:?}");
        }
    }
}
