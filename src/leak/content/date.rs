//! Dates with the month in words.

use crate::text::normalize::fold;
use std::{collections::HashSet, sync::LazyLock};

const MONTHS: &str = include_str!("../../../assets/lexicon/months.txt");

fn names() -> impl Iterator<Item = &'static str> {
    MONTHS.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

/// Whether a word, in small letters, is a month's name.
pub(super) fn is_month(word: &str) -> bool {
    static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let names = names().map(|name| name.trim_end_matches('.').to_lowercase());
        names.filter(|name| name.chars().count() > 3).collect()
    });
    NAMES.contains(word)
}

/// The expression of a month's name.
pub(super) fn month() -> String {
    let mut names: Vec<String> = names().flat_map(|name| [name.to_owned(), fold(name)]).collect();
    names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    names.dedup();
    let names: Vec<String> = names.iter().map(|name| regex::escape(name)).collect();
    format!("(?i:{})", names.join("|"))
}

/// The expression of dates with the month's name, and of those in East Asian signs.
pub(super) fn worded() -> String {
    let month = month();
    let day = r"\d{1,2}(?:st|nd|rd|th|\.|º|ª|o|er|e|\.º)?";
    let year = r"(?:(?:18|19|20|24|25)\d{2}|'?\d{2})";
    let long = r"(?:18|19|20|24|25)\d{2}";
    let numeral = "[〇零一二三四五六七八九十]";
    [
        format!(r"{day}[ \-/._]{{0,2}}(?:de |d'|of |ב)?{month}\.?,?[ \-/._]{{0,2}}(?:de |del |of |พ\.ศ\. ?)?{year}"),
        format!(r"{month}\.?[ \-/_]{day},?[ \-/_]?{long}"),
        format!(r"{long}(?:[ \-/.]| ?(?:m\.|\. gada|ж\.|г\.|\.) ?){month}(?:[ \-/.]|\.? ?)\d{{1,2}}"),
        // Whatever the word: what stands before says that it is a day.
        format!(r"{long} ?(?:m\.|\. gada|ж\.|г\.) ?\d{{1,2}}\. ?\p{{L}}+"),
        format!(r"\d{{1,2}} tháng \d{{1,2}},? năm {long}"),
        r"(?:\d{4}|(?:明治|大正|昭和|平成|令和|民國|民国) ?(?:\d{1,3}|元)) ?年 ?\d{1,2} ?月 ?\d{1,2} ?[日号號]".to_owned(),
        format!("{numeral}{{4}}年{numeral}{{1,2}}月{numeral}{{1,3}}日"),
        r"\d{4} ?년 ?\d{1,2} ?월 ?\d{1,2} ?일".to_owned(),
    ]
    .join("|")
}
