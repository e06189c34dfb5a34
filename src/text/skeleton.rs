//! The consonants of a name, coarsely: what is left of it in every script and romanization.

use std::{collections::BTreeMap, sync::LazyLock};

/// Classes of letters and groups of letters: `assets/lexicon/skeleton.txt`.
static CLASSES: LazyLock<Classes> =
    LazyLock::new(|| Classes::parse(include_str!("../../assets/lexicon/skeleton.txt")));

struct Classes {
    pairs: BTreeMap<(char, char), &'static str>,
    single: BTreeMap<char, &'static str>,
    ascii: [u8; 128],
}

impl Classes {
    fn parse(text: &'static str) -> Self {
        let mut classes = Self { pairs: BTreeMap::new(), single: BTreeMap::new(), ascii: [0; 128] };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((class, letters)) = line.split_once(' ') else { continue };
            let class = class.trim_matches('-');
            for letters in letters.split(' ') {
                let mut chars = letters.chars();
                match (chars.next(), chars.next()) {
                    (Some(first), Some(second)) => drop(classes.pairs.insert((first, second), class)),
                    (Some(first), None) => {
                        classes.single.insert(first, class);
                        if let Some(known) = classes.ascii.get_mut(first as usize) {
                            *known = class.as_bytes().first().copied().unwrap_or(0);
                        }
                    }
                    _ => {}
                }
            }
        }
        classes
    }

    fn push(&self, c: char, out: &mut String) {
        match self.ascii.get(c as usize) {
            Some(0) => {}
            Some(&class) => out.push(char::from(class)),
            None => out.extend(self.single.get(&c).copied()),
        }
    }
}

/// The classes of the consonants of a folded word, in capitals, so that no word is another's skeleton. Vowels,
/// half vowels and what is silent are left out; letters written twice are one: `rozenfeld` and `רוזנפלד` are
/// `RSNPLT`.
pub fn skeleton(folded: &str) -> String {
    let classes = &*CLASSES;
    let mut out = String::new();
    let mut chars = folded.chars().peekable();
    let mut last = None;
    while let Some(c) = chars.next() {
        // Thai writes over a letter, or the vowel sign on it, that it is not heard.
        let mut ahead = chars.clone();
        ahead.next_if(|sign| ('\u{e31}'..='\u{e3a}').contains(sign));
        if ahead.next_if_eq(&'\u{e4c}').is_some() {
            (chars, last) = (ahead, None);
            continue;
        }
        let pair = chars.peek().and_then(|&next| classes.pairs.get(&(c, next)));
        match pair {
            Some(class) => {
                out.push_str(class);
                chars.next();
                last = None;
            }
            None => {
                if last != Some(c) {
                    classes.push(c, &mut out);
                }
                last = Some(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalize::fold;

    #[test]
    fn is_one_in_all_scripts() {
        for (native, latin) in [
            ("רוזנפלדי", "Rozenfeldi"),
            ("אבשלום", "Avshalom"),
            ("מזרחיאל", "Mizrachiel"),
            ("منصوري", "Mansouri"),
            ("يوسف", "Youssef"),
            ("يوسف", "Yusuf"),
            ("ليلى", "Layla"),
            ("حدادين", "Haddadin"),
            ("خالد", "Khaled"),
            ("ประเสริฐ", "Prasert"),
            ("รัตนวงศ์", "Rattanawong"),
            ("ไชยสิทธิ์", "Chaiyasit"),
            ("Чернышевский", "Chernyshevsky"),
            ("Щербаков", "Shcherbakov"),
            ("Παπαδόπουλος", "Papadopoulos"),
        ] {
            assert_eq!(skeleton(&fold(native)), skeleton(&fold(latin)), "{native} {latin}");
        }
        assert_eq!(skeleton("rozenfeld"), "RSNPLT");
        assert_ne!(skeleton("sampleton"), skeleton("simpson"));
    }
}
