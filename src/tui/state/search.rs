/// A pattern to look for: any part of a text, in either case unless the pattern has a capital.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    folded: bool,
}

impl Pattern {
    pub fn new(text: &str) -> Self {
        let folded = !text.chars().any(char::is_uppercase);
        Self { text: if folded { text.to_lowercase() } else { text.to_owned() }, folded }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it may be meant as a part of a tag: `0010,0010`.
    pub fn may_be_tag(&self) -> bool {
        self.text.contains(',')
    }

    pub fn is_in(&self, text: &str) -> bool {
        match self.folded {
            false => text.contains(&self.text),
            true if text.is_ascii() => contains_folded(text.as_bytes(), self.text.as_bytes()),
            true => text.to_lowercase().contains(&self.text),
        }
    }
}

/// Whether `text` contains `lower`, in either case. Takes the product of both lengths at worst; patterns are short.
fn contains_folded(text: &[u8], lower: &[u8]) -> bool {
    lower.is_empty() || text.windows(lower.len()).any(|window| window.eq_ignore_ascii_case(lower))
}

/// How well `name` matches what was typed of it: every typed letter in order; letters at the beginning of words and
/// next to each other count more. `None` where a letter is missing.
pub fn fuzzy(typed: &str, name: &str) -> Option<u32> {
    let mut score = 0;
    let mut chars = name.char_indices().peekable();
    let mut last: Option<usize> = None;
    let mut before = ' ';
    for wanted in typed.chars().filter(|c| !c.is_whitespace()) {
        loop {
            let (at, c) = chars.next()?;
            let starts_word = !before.is_alphanumeric();
            before = c;
            if c.to_lowercase().eq(wanted.to_lowercase()) {
                let adjacent = last.is_some_and(|last| last + 1 == at);
                score += 1 + 4 * u32::from(adjacent) + 3 * u32::from(starts_word) + u32::from(at == 0);
                last = Some(at);
                break;
            }
        }
    }
    Some(score * 64 + 64 - u32::try_from(name.len().min(64)).unwrap_or(64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_matters_when_typed() {
        for (pattern, text, found) in [
            ("name", "PatientName", true),
            ("Name", "PatientName", true),
            ("Name", "patientname", false),
            ("mü", "MÜLLER", true),
            ("0010,0010", "(0010,0010)", true),
            ("x", "", false),
        ] {
            assert_eq!(Pattern::new(pattern).is_in(text), found, "{pattern} in {text}");
        }
    }

    #[test]
    fn fuzzy_prefers_words_and_runs() {
        let best = |typed: &str| {
            let names = ["next-finding", "next-file", "findings-only", "floor-info", "filter"];
            names.into_iter().filter_map(|name| Some((fuzzy(typed, name)?, name))).max().map(|(_, name)| name)
        };
        assert_eq!(best("nf"), Some("next-file"));
        assert_eq!(best("finding"), Some("findings-only"));
        assert_eq!(best("flo"), Some("floor-info"));
        assert_eq!(best("xyz"), None);
    }
}
