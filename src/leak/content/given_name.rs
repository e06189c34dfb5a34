use crate::text::normalize::fold;
use std::{collections::HashSet, sync::LazyLock};

const LISTS: [&str; 3] = [
    include_str!("../../../assets/lexicon/given_names.txt"),
    include_str!("../../../assets/lexicon/given_names_world.txt"),
    include_str!("../../../assets/lexicon/given_names_us.txt"),
];

fn names() -> impl Iterator<Item = &'static str> {
    let lines = LISTS.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace)
}

static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| names().map(fold).collect());

/// Whether `word` is a common given name, in any letter case, with or without diacritics.
pub(in crate::leak) fn is_given_name(word: &str) -> bool {
    NAMES.contains(fold(word).as_str())
}

/// The expression of given names in Arabic and Hebrew writing, which has no capitals that would tell a name.
pub(super) fn without_capitals() -> String {
    let is_semitic = |name: &&str| name.starts_with(|c: char| matches!(c, '\u{590}'..='\u{6ff}'));
    let names: Vec<String> = names().filter(is_semitic).map(regex::escape).collect();
    names.join("|")
}
