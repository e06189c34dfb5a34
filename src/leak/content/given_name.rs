use crate::text::normalize::fold;
use std::{collections::HashSet, sync::LazyLock};

static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let source = include_str!("../../../assets/lexicon/given_names.txt");
    source.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).map(fold).collect()
});

/// Whether `word` is a common given name, in any letter case, with or without diacritics.
pub(in crate::leak) fn is_given_name(word: &str) -> bool {
    NAMES.contains(fold(word).as_str())
}
