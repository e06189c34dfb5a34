use std::{collections::HashSet, sync::LazyLock};

static NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let source = include_str!("../../../assets/content/given_names.txt");
    source.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Whether `word` is a common given name, in any letter case.
pub(super) fn is_given_name(word: &str) -> bool {
    NAMES.contains(word.to_lowercase().as_str())
}
