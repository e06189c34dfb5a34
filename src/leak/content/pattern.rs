use super::{MOST_HITS, check};
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;
use std::{ops::Range, sync::LazyLock};

/// A shape of `assets/content/patterns.toml`.
pub(super) struct Pattern {
    pub rule: &'static str,
    pub confidence: u8,
    value: Regex,
    /// Whether a cue stands before the value, so that its beginning needs no other proof.
    cued: bool,
    check: fn(&str) -> Option<usize>,
}

#[derive(Deserialize)]
struct File {
    pattern: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    #[serde(default)]
    cues: Vec<String>,
    #[serde(default)]
    glue: String,
    value: String,
    check: Option<String>,
    confidence: u8,
}

const SOURCE: &str = include_str!("../../../assets/content/patterns.toml");
const MONTHS: &str = include_str!("../../../assets/lexicon/months.txt");
/// Bytes that compiled patterns and their caches may take.
const MOST_MEMORY: usize = 64 << 20;

const SCRIPT: &str = r"(?:[\p{Han}々][\p{Han}々\p{Hiragana}\p{Katakana}ー]{1,6}(?:[\s　・=^][\p{Han}\p{Hiragana}\p{Katakana}ー]{1,6})?|[\p{Hiragana}\p{Katakana}ー]{2,10}(?:[\s　・^][\p{Hiragana}\p{Katakana}ー]{2,10})?|\p{Hangul}{2,5}(?:[ ^]\p{Hangul}{1,3})?|\p{Arabic}{2,}(?:[ ^]\p{Arabic}{2,}){0,3}|\p{Hebrew}{2,}(?:[ ^]\p{Hebrew}{2,}){0,2}|\p{Thai}{2,}(?:[ ^]\p{Thai}{2,})?|\p{Devanagari}{2,}(?: \p{Devanagari}{2,}){0,2})";
const CAPITALISED: &str = r"\p{Lu}[\p{L}\p{M}'’\-]*\.?";
const PARTICLES: &str = r"(?:(?:van|von|de|der|den|del|la|le|el|al|bin|ibn|da|dos|di|du|zu|ter) )*";

struct Patterns {
    any: RegexSet,
    each: Vec<Pattern>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let entries = toml::from_str::<File>(SOURCE).map_or_else(|_| Vec::new(), |file| file.pattern);
    let compiled: Vec<(String, Pattern)> = entries.into_iter().filter_map(Entry::compile).collect();
    let (sources, each): (Vec<_>, Vec<_>) = compiled.into_iter().unzip();
    let mut any = RegexSetBuilder::new(&sources);
    let any = any.size_limit(MOST_MEMORY).dfa_size_limit(MOST_MEMORY).build();
    Patterns { any: any.unwrap_or_else(|_| RegexSet::empty()), each }
});

/// Every match in `text`, the earlier pattern first.
pub(super) fn found(text: &str) -> impl Iterator<Item = (&'static Pattern, Range<usize>)> {
    let matched = PATTERNS.any.matches(text).into_iter().collect::<Vec<_>>();
    let patterns = matched.into_iter().filter_map(|index| PATTERNS.each.get(index));
    patterns.flat_map(move |pattern| pattern.spans(text).map(move |span| (pattern, span)))
}

impl Pattern {
    fn spans(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let matches = self.value.captures_iter(text).filter_map(|captures| captures.name("v"));
        let sound = matches.filter_map(|found| {
            let Range { start, end } = found.range();
            let (before, after) = text.split_at(start);
            let begins =
                if self.cued { !is_one_word(before, after) } else { !continues(before, text, start) };
            let apart = begins && !is_continued(text, end);
            let kept = apart.then(|| (self.check)(found.as_str())).flatten()?;
            Some(start..start + kept)
        });
        sound.take(MOST_HITS)
    }
}

/// Whether a cue and what follows it are one word, as `prof` and `ile`.
fn is_one_word(before: &str, after: &str) -> bool {
    let has_case = |c: char| c.is_lowercase() || c.is_uppercase();
    before.chars().next_back().is_some_and(has_case) && after.chars().next().is_some_and(has_case)
}

/// Whether what begins at `start` only continues a word or a number.
fn continues(before: &str, text: &str, start: usize) -> bool {
    let Some(first) = text[start..].chars().next() else { return false };
    let mut back = before.chars().rev();
    match (back.next(), back.next()) {
        (Some(last), _) if first.is_ascii_digit() && last.is_alphanumeric() => true,
        (Some('.' | '-' | '\\'), Some(digit)) if first.is_ascii_digit() => digit.is_ascii_digit(),
        (Some(last), _) if first.is_ascii_alphabetic() => last.is_ascii_alphanumeric(),
        _ => false,
    }
}

/// Whether what ends at `end` goes on as a word or a number.
fn is_continued(text: &str, end: usize) -> bool {
    let Some(last) = text[..end].chars().next_back() else { return false };
    let mut ahead = text[end..].chars();
    match (ahead.next(), ahead.next()) {
        (Some(next), _) if last.is_ascii_digit() && next.is_ascii_alphanumeric() => true,
        (Some('.' | '-' | '\\'), Some(digit)) if last.is_ascii_digit() => digit.is_ascii_digit(),
        (Some(next), _) if last.is_ascii_alphabetic() => next.is_ascii_alphanumeric(),
        _ => false,
    }
}

impl Entry {
    fn compile(self) -> Option<(String, Pattern)> {
        let value = expand(&self.value);
        let cued = !self.cues.is_empty();
        let source = if cued {
            format!("(?:{}){}(?P<v>{value})", introduced(&self.cues), self.glue)
        } else {
            format!("(?P<v>{value})")
        };
        let regex = RegexBuilder::new(&source).size_limit(MOST_MEMORY).build().ok()?;
        let check = match &self.check {
            Some(name) => check::find(name)?,
            None => |value: &str| Some(value.len()),
        };
        let (rule, confidence) = (self.rule.leak(), self.confidence);
        Some((source, Pattern { rule, confidence, value: regex, cued, check }))
    }
}

/// The cues as one expression; those of scripts with word spaces stand alone.
fn introduced(cues: &[String]) -> String {
    let mut cues: Vec<&str> = cues.iter().map(String::as_str).collect();
    cues.sort_by_key(|cue| std::cmp::Reverse(cue.len()));
    let spaced = |cue: &&str| cue.chars().next().is_some_and(|c| c < '\u{0600}');
    let join = |cues: Vec<&str>| cues.iter().map(|cue| regex::escape(cue)).collect::<Vec<_>>().join("|");
    let (words, others): (Vec<_>, Vec<_>) = cues.into_iter().partition(spaced);
    let words = format!(r"(?:^|[^\p{{L}}\p{{N}}])(?i:{})", join(words));
    if others.is_empty() { words } else { format!("{words}|(?i:{})", join(others)) }
}

fn expand(value: &str) -> String {
    let name =
        format!("(?:{PARTICLES}{CAPITALISED}(?:[ ,^_]{{1,2}}{PARTICLES}{CAPITALISED}){{0,3}}|{SCRIPT})");
    let pair = r"\p{Lu}[\p{L}\p{M}'’\-]+(?:, ?| |_)(?:\p{Lu}\.? )?\p{Lu}[\p{L}\p{M}'’\-]+";
    let caret = r"\p{L}[\p{L}\p{M}'’\-]{1,40}\^\p{L}[\p{L}\p{M}'’.\-]*(?:\^[\p{L}.]*){0,3}";
    value
        .replace("@NAME@", &name)
        .replace("@SCRIPT@", SCRIPT)
        .replace("@PAIR@", pair)
        .replace("@CARET@", caret)
        .replace("@DATE@", &worded_date())
}

/// Dates with the month's name, and dates in East Asian signs.
fn worded_date() -> String {
    let lines = MONTHS.lines().filter(|line| !line.starts_with('#'));
    let mut names: Vec<String> = lines.flat_map(str::split_whitespace).map(regex::escape).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    let month = format!("(?i:{})", names.join("|"));
    let day = r"\d{1,2}(?:st|nd|rd|th|\.|º|er|e)?";
    let year = r"(?:(?:18|19|20|24|25)\d{2}|'?\d{2})";
    [
        format!(r"{day}[ \-/._]{{0,2}}(?:de |d'|of )?{month}\.?,?[ \-/._]{{0,2}}(?:de |del )?{year}"),
        format!(r"{month}\.? {day},? ?(?:18|19|20)\d{{2}}"),
        format!(r"(?:18|19|20)\d{{2}}[ \-/.]{month}[ \-/.]\d{{1,2}}"),
        format!(r"(?:18|19|20)\d{{2}}\. ?{month}\.? ?\d{{1,2}}"),
        r"(?:\d{4}|(?:明治|大正|昭和|平成|令和) ?(?:\d{1,2}|元)) ?年 ?\d{1,2} ?月 ?\d{1,2} ?日".to_owned(),
        r"\d{4} ?년 ?\d{1,2} ?월 ?\d{1,2} ?일".to_owned(),
    ]
    .join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_compiles_and_has_its_rule() {
        let file: File = toml::from_str(SOURCE).unwrap();
        let count = file.pattern.len();
        assert!(file.pattern.iter().all(|entry| crate::leak::rule::find(&entry.rule).is_some()));
        assert_eq!((PATTERNS.each.len(), PATTERNS.any.len()), (count, count));
    }
}
