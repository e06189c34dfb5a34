//! The shapes of `assets/lexicon/patterns.toml`.

use super::{
    MOST_HITS, check,
    cue::{self, Cues, is_run_on},
    sieve::Sieve,
};
use regex::{Regex, RegexBuilder};
use regex_automata::PatternID;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{LazyLock, OnceLock},
};

/// A shape, and what introduces it.
pub(super) struct Pattern {
    pub rule: &'static str,
    pub confidence: u8,
    value: Value,
    kind: Kind,
    check: fn(&str) -> Option<usize>,
    /// What must not stand before it, and what must not follow.
    not_after: Option<Value>,
    not_before: Option<Value>,
}

/// An expression, compiled when it is first needed: all of them take longer than a small folder does.
struct Value {
    source: String,
    regex: OnceLock<Option<Regex>>,
}

impl Value {
    fn new(source: &str) -> Self {
        // Plain text has no other digits, and those of all scripts take long to compile.
        Self { source: source.replace(r"\d", "[0-9]"), regex: OnceLock::new() }
    }

    fn matches(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    fn regex(&self) -> Option<&Regex> {
        let compile = || RegexBuilder::new(&self.source).size_limit(MOST_MEMORY).build().ok();
        self.regex.get_or_init(compile).as_ref()
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// It follows a cue of that group.
    Cued(usize),
    /// It stands anywhere: its number in the set of all those.
    Free(PatternID),
}

#[derive(Deserialize)]
struct File {
    part: BTreeMap<String, String>,
    pattern: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    cues: Option<String>,
    #[serde(default)]
    before: String,
    #[serde(default)]
    glue: String,
    value: String,
    check: Option<String>,
    not_after: Option<String>,
    not_before: Option<String>,
    confidence: u8,
}

const SOURCE: &str = include_str!("../../../assets/lexicon/patterns.toml");
/// Bytes that compiled patterns and their caches may take.
const MOST_MEMORY: usize = 64 << 20;
/// Parts within parts, so deep.
const MOST_PARTS: usize = 6;
/// Bytes after a cue in which its value begins and ends.
const REACH: usize = 512;
/// Bytes around a value that say what it is not.
const NEAR: usize = 64;

struct Patterns {
    cues: Cues,
    /// Of those that stand anywhere.
    any: Sieve,
    each: Vec<Pattern>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let cues = Cues::parse(cue::CUES);
    let file: File =
        toml::from_str(SOURCE).unwrap_or_else(|_| File { part: BTreeMap::new(), pattern: Vec::new() });
    let mut free = Vec::new();
    let parts = parts(file.part);
    let entries = file.pattern.into_iter();
    let each = entries.filter_map(|entry| entry.prepare(&parts, &cues, &mut free)).collect();
    Patterns { cues, any: Sieve::new(&free), each }
});

/// Every match in plain `text`, the earlier pattern first.
pub(super) fn found(text: &str) -> impl Iterator<Item = (&'static Pattern, Range<usize>)> {
    let free = PATTERNS.any.matches(text);
    let cued = PATTERNS.cues.find(text);
    PATTERNS.each.iter().flat_map(move |pattern| {
        let spans = match pattern.kind {
            Kind::Free(number) if free.contains(number) => pattern.anywhere(text),
            Kind::Free(_) => Vec::new(),
            Kind::Cued(_) if cued.is_empty() => Vec::new(),
            Kind::Cued(group) => pattern.after(group, &cued, text),
        };
        spans.into_iter().map(move |span| (pattern, span))
    })
}

impl Pattern {
    fn anywhere(&self, text: &str) -> Vec<Range<usize>> {
        let Some(regex) = self.value.regex() else { return Vec::new() };
        let (mut spans, mut at) = (Vec::new(), 0);
        while spans.len() < MOST_HITS
            && let Some(captures) = regex.captures_at(text, at)
            && let (Some(whole), Some(found)) = (captures.get(0), captures.name("v"))
        {
            let sound = !continues(text, whole.start());
            let kept = sound.then(|| self.checked(text, found.range())).flatten();
            // What only looked like one may end in the first word of another.
            let end = kept.as_ref().map_or_else(|| word_end(text, found.start()), |span| span.end);
            at = end.max(next(text, found.start()));
            spans.extend(kept);
        }
        spans
    }

    fn after(&self, group: usize, cues: &[(usize, usize)], text: &str) -> Vec<Range<usize>> {
        let cues = cues.iter().filter(|(of, _)| *of == group);
        let values = cues.filter_map(|&(_, cue)| {
            let rest = text.get(cue..floor(text, cue.saturating_add(REACH)))?;
            let value = self.value.regex()?.captures(rest)?.name("v")?.range();
            self.checked(text, cue + value.start..cue + value.end)
        });
        values.take(MOST_HITS).collect()
    }

    fn checked(&self, text: &str, span: Range<usize>) -> Option<Range<usize>> {
        if is_continued(text, span.end) {
            return None;
        }
        let kept = (self.check)(text.get(span.clone())?)?;
        let kept = span.start..span.start + kept;
        (!self.is_excepted(text, &kept)).then_some(kept)
    }

    /// Whether what stands around it says that it is something else.
    fn is_excepted(&self, text: &str, span: &Range<usize>) -> bool {
        let before =
            || text.get(floor(text, span.start.saturating_sub(NEAR))..span.start).unwrap_or_default();
        let behind = || text.get(span.end..floor(text, span.end + NEAR)).unwrap_or_default();
        self.not_after.as_ref().is_some_and(|words| words.matches(before()))
            || self.not_before.as_ref().is_some_and(|words| words.matches(behind()))
    }
}

/// Where the word ends that begins at `start` or next.
fn word_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let begin = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
    let word = rest.get(begin..).unwrap_or_default();
    start + begin + word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len())
}

/// The next boundary of a character.
fn next(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(text.len(), |c| at + c.len_utf8())
}

/// The last boundary of a character up to `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Whether what begins at `start` only continues a word or a number.
fn continues(text: &str, start: usize) -> bool {
    let (before, after) = text.split_at(start);
    let Some(first) = after.chars().next() else { return false };
    let mut back = before.chars().rev();
    match (back.next(), back.next()) {
        // Words of scripts without spaces stand at once before numbers: `于2023-05-11`.
        (Some(last), _) if first.is_ascii_digit() && last.is_alphanumeric() => !is_run_on(last),
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
    /// The pattern; what stands anywhere is added to `free`.
    fn prepare(
        self,
        parts: &BTreeMap<String, String>,
        cues: &Cues,
        free: &mut Vec<String>,
    ) -> Option<Pattern> {
        let value = expand(&self.value, parts);
        let (source, kind) = match &self.cues {
            Some(group) => {
                (format!("^{}(?P<v>{value})", expand(&self.glue, parts)), Kind::Cued(cues.group(group)?))
            }
            None => (format!("{}(?P<v>{value})", self.before), Kind::Free(PatternID::new(free.len()).ok()?)),
        };
        let check = match &self.check {
            Some(name) => check::find(name)?,
            None => |value: &str| Some(value.len()),
        };
        let value = Value::new(&source);
        if matches!(kind, Kind::Free(_)) {
            free.push(value.source.clone());
        }
        let (rule, confidence) = (self.rule.leak(), self.confidence);
        let words = |words: Option<String>| words.map(|words| Value::new(&expand(&words, parts)));
        let not_after = words(self.not_after.map(|words| format!("(?:{words})$")));
        let not_before = words(self.not_before.map(|words| format!("^(?:{words})")));
        Some(Pattern { rule, confidence, value, kind, check, not_after, not_before })
    }
}

/// The parts, each with those that it names in their place.
fn parts(mut parts: BTreeMap<String, String>) -> BTreeMap<String, String> {
    parts.insert("DATE".to_owned(), super::date::worded());
    parts.insert("MONTH".to_owned(), super::date::month());
    parts.insert("GIVEN".to_owned(), super::given_name::without_capitals());
    for _ in 0..MOST_PARTS {
        let known = parts.clone();
        parts.values_mut().for_each(|value| *value = expand(value, &known));
    }
    parts
}

fn expand(value: &str, parts: &BTreeMap<String, String>) -> String {
    if !value.contains('@') {
        return value.to_owned();
    }
    parts.iter().fold(value.to_owned(), |value, (name, part)| {
        value.replace(&format!("@{name}@"), &format!("(?:{part})"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_compiles_and_has_its_rule() {
        let file: File = toml::from_str(SOURCE).unwrap();
        let (parts, mut free) = (parts(file.part), Vec::new());
        for (nth, entry) in file.pattern.into_iter().enumerate() {
            assert!(crate::leak::rule::find(&entry.rule).is_some(), "{}", entry.rule);
            let name = format!("pattern {nth}, {}", entry.rule);
            let pattern = entry.prepare(&parts, &PATTERNS.cues, &mut free);
            let pattern = pattern.unwrap_or_else(|| panic!("{name}"));
            let all = [Some(&pattern.value), pattern.not_after.as_ref(), pattern.not_before.as_ref()];
            assert!(all.into_iter().flatten().all(|value| value.regex().is_some()), "{name}");
        }
        assert!(PATTERNS.any.len() == free.len() && free.len() > 20);
    }
}
