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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_between_clusters() {
        assert_eq!(fit("山田太郎", 5), ("山田", 4));
        assert_eq!(ellipsis("山田太郎", 5), "山田…");
        assert_eq!(ellipsis("abc", 3), "abc");
        assert_eq!(ellipsis("abcd", 3), "ab…");
        assert_eq!(ellipsis("abcd", 0), "");
    }
}
