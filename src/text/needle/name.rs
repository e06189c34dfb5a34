use super::{Form, Spelling, sorted, squeeze};
use crate::text::{skeleton, stem, transliterate};

/// Spellings of one word at most, and of words in one name.
const MOST_SPELLINGS: usize = 6;
const MOST_WORDS: usize = 5;

/// Every way to write a person's name: the value of a `PN` (PS3.5 section 6.2.1.1: up to three groups parted
/// by `=`, of components parted by `^`), or a name as people write it. One value, not several.
pub fn person_name(value: &str) -> Vec<Spelling> {
    let mut out = Vec::new();
    let names: Vec<Name> = value.split('=').take(3).map(Name::parse).collect();
    names.iter().for_each(|name| name.spell(&mut out));
    if !names.iter().any(Name::is_latin) {
        names.iter().for_each(|name| name.spell_skeleton(&mut out));
    }
    sorted(out)
}

/// The words of one group; each with all its spellings.
struct Name {
    family: Vec<Vec<String>>,
    given: Vec<Vec<String>>,
    middle: Vec<Vec<String>>,
    /// Whether it is not known which word is the family name.
    unordered: bool,
}

impl Name {
    fn parse(group: &str) -> Self {
        let mut components = group.split('^');
        let mut next = || components.next().unwrap_or_default().trim();
        let (mut family, mut given, middle) = (next(), next(), next());
        let mut unordered = false;
        if given.is_empty() && middle.is_empty() {
            match family.split_once([',', '、']) {
                Some((before, after)) => (family, given) = (before, after),
                None => unordered = true,
            }
        }
        let mut name = Self { family: words(family), given: words(given), middle: words(middle), unordered };
        if name.unordered && name.family.len() > 1 {
            name.given = name.family.drain(..1).collect();
            let middle = name.family.len().saturating_sub(1);
            name.middle = name.family.drain(..middle).collect();
        } else {
            name.unordered = false;
        }
        name
    }

    fn spell(&self, out: &mut Vec<Spelling>) {
        let families = joined(&self.family);
        let mut parts: Vec<String> = Vec::new();
        if self.family.len() > 1 {
            parts.extend(self.family.iter().flatten().filter(|word| !is_particle(word)).cloned());
        }
        let givens = joined(&self.given);
        let mut firsts = givens.clone();
        if self.given.len() > 1 {
            firsts.extend(self.given.iter().flatten().cloned());
        }
        for family in families.iter().chain(&parts) {
            for given in &firsts {
                self.spell_pair(family, given, out);
            }
        }
        out.extend(families.iter().map(|family| Spelling::new(Form::Family, family)));
        out.extend(parts.iter().map(|part| Spelling::new(Form::FamilyPart, part)));
        // Names of files and users are often cut to eight letters.
        for name in families.iter().filter(|name| name.is_ascii() && name.len() > 8) {
            let text = name.get(..8).unwrap_or_default().to_owned();
            out.push(Spelling { form: Form::FamilyPart, words: vec![text.clone(), name.clone()], text });
        }
        let middle = self.middle.iter().flatten();
        out.extend(firsts.iter().chain(middle).map(|given| Spelling::new(Form::Given, given)));
        if self.given.is_empty() && families.iter().any(|name| is_signs(name) && name.chars().count() > 2) {
            out.extend(families.iter().map(|name| Spelling::new(Form::FullName, name)));
        }
    }

    /// Whether all of it can be read in Latin letters.
    fn is_latin(&self) -> bool {
        let mut words = self.family.iter().chain(&self.given).peekable();
        words.peek().is_some() && words.all(|all| all.iter().all(|word| word.is_ascii()))
    }

    fn spell_skeleton(&self, out: &mut Vec<Spelling>) {
        let bones = |words: &[Vec<String>]| -> Vec<String> {
            let own = words.iter().filter_map(|all| all.iter().find(|word| !word.is_ascii()));
            let own: Vec<&str> = own.map(String::as_str).collect();
            let last = own.last().copied().unwrap_or_default();
            let mut all = vec![skeleton(&own.concat()), skeleton(last), skeleton(stem(last))];
            all.retain(|bones| !bones.is_empty());
            all.sort();
            all.dedup();
            all
        };
        let (families, givens) = (bones(&self.family), bones(&self.given));
        for family in &families {
            out.push(Spelling::new(Form::FamilySkeleton, family));
            for given in &givens {
                out.push(Spelling::of(Form::FullSkeleton, &[family, given]));
                out.push(Spelling::of(Form::FullSkeleton, &[given, family]));
            }
        }
    }

    fn spell_pair(&self, family: &str, given: &str, out: &mut Vec<Spelling>) {
        let mut push = |form, pieces: &[&str]| out.push(Spelling::of(form, pieces));
        push(Form::FullName, &[family, given]);
        push(Form::FullName, &[given, family]);
        let middles = joined(&self.middle);
        for middle in &middles {
            for middle in [middle.as_str(), initial(middle)] {
                push(Form::FullName, &[family, given, middle]);
                push(Form::FullName, &[given, middle, family]);
            }
        }
        if is_signs(family) || is_signs(given) {
            return;
        }
        let first = initial(given);
        push(Form::InitialName, &[first, family]);
        push(Form::InitialName, &[family, first]);
        for middle in middles.iter().take(1).map(|middle| initial(middle)) {
            push(Form::InitialName, &[first, middle, family]);
            push(Form::InitialName, &[family, first, middle]);
        }
    }
}

/// The words of a component, each with its spellings.
fn words(component: &str) -> Vec<Vec<String>> {
    let parts =
        component.split(|c: char| c.is_whitespace() || matches!(c, '-' | ',' | '.' | '_' | '・' | '‐'));
    parts
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .map(spellings)
        .filter(|all| !all.is_empty())
        .collect()
}

/// The words of a component in one, in spellings that go together.
fn joined(words: &[Vec<String>]) -> Vec<String> {
    let most = words.iter().map(Vec::len).max().unwrap_or(0);
    let nth =
        |n: usize| words.iter().filter_map(|all| all.get(n).or(all.first())).map(String::as_str).collect();
    let mut all: Vec<String> = (0..most).map(nth).collect();
    if words.len() > 1 {
        // Without what stands in front: "van", "de la", "al".
        let bare = |n: usize| {
            let word = words.iter().filter_map(|all| all.get(n).or(all.first()));
            word.filter(|word| !is_particle(word)).map(String::as_str).collect::<String>()
        };
        all.extend((0..most).map(bare).filter(|name| !name.is_empty()));
    }
    all.sort();
    all.dedup();
    all
}

/// The spellings of one word: folded, umlauts as two letters or as one, in Latin letters.
fn spellings(word: &str) -> Vec<String> {
    let repaired = repair(word);
    let mut all = Vec::new();
    for word in std::iter::once(word).chain(repaired.as_deref()) {
        let folded = squeeze(word);
        all.extend([squeeze(&expanded(word)), contracted(&folded)]);
        all.extend(transliterate::latin(word));
        all.push(folded);
    }
    all.retain(|word| !word.is_empty());
    all.sort();
    all.dedup();
    all.truncate(MOST_SPELLINGS);
    all
}

/// `Müller` → `Mueller`.
fn expanded(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 4);
    for c in unicode_normalization::UnicodeNormalization::nfc(word).flat_map(char::to_lowercase) {
        match c {
            'ä' | 'æ' => out.push_str("ae"),
            'ö' | 'ø' | 'œ' | 'ő' => out.push_str("oe"),
            'ü' | 'ű' => out.push_str("ue"),
            'å' => out.push_str("aa"),
            c => out.push(c),
        }
    }
    out
}

/// `mueller` → `muller`, as `Müller` is folded.
fn contracted(folded: &str) -> String {
    if folded.len() < 5 || !folded.is_ascii() {
        return folded.to_owned();
    }
    folded.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a")
}

/// A name in UTF-8 that was read as Latin-1, as it was meant.
fn repair(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = word.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    String::from_utf8(bytes?).ok()
}

/// Whether the word consists of signs that are words or syllables.
fn is_signs(word: &str) -> bool {
    word.chars().next().is_some_and(|c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..))
}

fn initial(word: &str) -> &str {
    word.char_indices().nth(1).map_or(word, |(at, _)| word.get(..at).unwrap_or(word))
}

/// Words in front of a family name that say nothing of it.
fn is_particle(word: &str) -> bool {
    const PARTICLES: [&str; 36] = [
        "van", "von", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la",
        "le", "les", "los", "las", "el", "al", "bin", "ibn", "bint", "ben", "abu", "zu", "zum", "zur", "ter",
        "ten", "te", "af", "av", "st", "san",
    ];
    PARTICLES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(value: &str, form: Form, text: &str) -> bool {
        person_name(value).iter().any(|spelling| spelling.form == form && spelling.text == text)
    }

    #[test]
    fn spells_names() {
        use Form::*;
        for (value, form, text) in [
            ("Smith^John", FullName, "smithjohn"),
            ("Smith^John", FullName, "johnsmith"),
            ("Smith^John", InitialName, "jsmith"),
            ("Smith^John", InitialName, "smithj"),
            ("Smith^John^Q", FullName, "johnqsmith"),
            ("Smith^John^Quentin", FullName, "johnqsmith"),
            ("Smith^John^Quentin", InitialName, "jqsmith"),
            ("Müller-Muster^Max", FullName, "muellermustermax"),
            ("Müller-Muster^Max", Family, "mullermuster"),
            ("Müller-Muster^Max", FamilyPart, "muster"),
            ("Mueller^Max", Family, "muller"),
            ("Sørensen^Åse", FullName, "soerensenaase"),
            ("Sørensen^Åse", FullName, "asesorensen"),
            ("van der Berg^Jan", Family, "berg"),
            ("van der Berg^Jan", Family, "vanderberg"),
            ("John Smith", FullName, "smithjohn"),
            ("John Smith", Family, "smith"),
            ("Smith, John", FullName, "johnsmith"),
            ("Yamada^Tarou=山田^太郎=やまだ^たろう", FullName, "山田太郎"),
            ("Yamada^Tarou=山田^太郎=やまだ^たろう", Family, "ヤマダ"),
            ("Yamada^Tarou=山田^太郎=やまだ^たろう", Given, "太郎"),
            ("Sampleton^Jonathan", FamilyPart, "sampleto"),
            ("=山田太郎", FullName, "山田太郎"),
            ("Hong^Gildong=洪^吉洞=홍^길동", FullName, "홍길동"),
            ("MÃ¼ller^Max", Family, "mueller"),
            ("Anna Maria^", Family, "maria"),
            ("Roe^Anna Maria", FullName, "annaroe"),
        ] {
            assert!(has(value, form, text), "{value} {text}: {:?}", person_name(value));
        }
        assert!(!has("van der Berg^Jan", FamilyPart, "van"));
        assert!(person_name("^^").is_empty());
    }
}
