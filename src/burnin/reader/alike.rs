use crate::text::normalize::fold;
use std::{collections::HashMap, sync::LazyLock};

/// Look-alikes by what stands for all of their group; `assets/ocr/alike.txt`, a group a line.
static ALIKE: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let groups = include_str!("../../../assets/ocr/alike.txt").lines();
    groups
        .filter_map(|group| Some((group, group.chars().next()?)))
        .flat_map(|(group, first)| group.chars().map(move |c| (c, first)))
        .collect()
});

fn stand_in(c: char) -> char {
    ALIKE.get(&c).copied().unwrap_or(c)
}

/// The text without what readers confuse: look-alikes (`O` and `0`, `I`, `l` and `1`, `S` and `5`), case, accents,
/// spaces.
pub fn folded(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(stand_in).collect();
    fold(&plain).chars().map(stand_in).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_confused_is_one() {
        assert_eq!(folded("SAMPLETON, 0815"), folded("5ampIet0n.O8l5"));
        assert_eq!(folded("Mül ler"), folded("MUL LER"));
        assert_ne!(folded("4711"), folded("4712"));
    }
}
