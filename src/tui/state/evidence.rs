use super::Opened;
use crate::{
    leak::{Finding, Place},
    text::mask_parts,
};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// What a finding is found in: some text, and the bytes of it that give something away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    text: String,
    from: usize,
    to: usize,
}

/// Characters that are shown in front of a match and after it.
const AROUND: usize = 60;

impl Evidence {
    /// With what stands around it in the element or in the path, where it is not all of that.
    pub fn of(opened: &Opened, finding: &Finding) -> Self {
        let value = finding.value.expose();
        let whole = match (finding.row, finding.place) {
            (Some(row), _) => opened.reading.rows.display(row).into_owned(),
            (None, Place::Path) => part_of_path(opened, value).unwrap_or_default(),
            (None, _) => String::new(),
        };
        match whole.rfind(value.as_str()).filter(|_| !value.is_empty()) {
            Some(from) => Self::around(&whole, from, from + value.len()),
            None => Self { text: value.clone(), from: 0, to: value.len() },
        }
    }

    fn around(whole: &str, from: usize, to: usize) -> Self {
        let before = whole.get(..from).unwrap_or_default();
        let after = whole.get(to..).unwrap_or_default();
        let start = before.grapheme_indices(true).rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
        let end = after.grapheme_indices(true).nth(AROUND).map_or(after.len(), |(at, _)| at);
        let (lead, tail) = (if start > 0 { "…" } else { "" }, if end < after.len() { "…" } else { "" });
        let middle = whole.get(start..to + end).unwrap_or_default();
        let moved = |at: usize| at - start + lead.len();
        Self { text: format!("{lead}{middle}{tail}"), from: moved(from), to: moved(to) }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What stands before the match, the match, and what stands after it; masked unless `revealed`.
    pub fn parts(&self, revealed: bool) -> [String; 3] {
        if !revealed {
            return mask_parts(&self.text, self.from, self.to);
        }
        let part = |range: std::ops::Range<usize>| self.text.get(range).unwrap_or_default().to_owned();
        [part(0..self.from), part(self.from..self.to), part(self.to..self.text.len())]
    }
}

/// The last part of the path that holds `value`.
fn part_of_path(opened: &Opened, value: &str) -> Option<String> {
    let mut parts = opened.path.iter().rev().map(|part| part.to_string_lossy());
    parts.find(|part| part.contains(value)).map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_is_shortened() {
        let long = "ä".repeat(100);
        let whole = format!("{long} Smith {long}");
        let from = whole.find("Smith").unwrap();
        let evidence = Evidence::around(&whole, from, from + 5);
        let [before, matched, after] = evidence.parts(true);
        assert_eq!((before.chars().count(), matched.as_str(), after.chars().count()), (61, "Smith", 61));
        assert!(before.starts_with('…') && after.ends_with('…'));
        let masked = evidence.parts(false).concat();
        assert!(
            masked.contains(" S••••") && !masked.contains("mith") && masked.matches('ä').count() <= 2,
            "{masked}"
        );
    }
}
