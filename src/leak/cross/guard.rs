//! Which spellings mean the patient when they stand somewhere, and which may stand there by chance.

use super::{
    super::{content::vocabulary, day::year_of_day},
    Digest, Kind,
    needles::{Needle, Shape},
};
use crate::text::{
    self,
    needle::{Form, Spelling},
};
use std::{collections::HashSet, sync::LazyLock};

/// `assets/lexicon/common_names.txt`.
static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/lexicon/common_names.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Whether the folded word alone is no sign of a person.
pub fn is_common(word: &str) -> bool {
    is_everyday(word) || vocabulary::is_technical(word)
}

/// The same at the cost of one look, for every word of every file.
pub fn is_everyday(word: &str) -> bool {
    COMMON.contains(word)
}

/// The needle of a spelling; `None` for one that would be found by chance.
pub fn needle(kind: Kind, spelling: &Spelling) -> Option<Needle> {
    let Judged { kind, confidence, shape } = match spelling.form {
        Form::FullName => full_name(kind, spelling)?,
        Form::InitialName => initial_name(kind, spelling)?,
        Form::Family | Form::FamilyPart => family(kind, spelling)?,
        Form::FullSkeleton | Form::FamilySkeleton => bones(kind, spelling)?,
        Form::Given => given(kind, spelling)?,
        Form::Number | Form::NumberCore => number(kind, spelling)?,
        Form::Date => Judged { kind, confidence: 92, shape: Shape::default() },
        Form::LooseDate => Judged { kind, confidence: 85, shape: Shape::PARTED },
        Form::ShortDate => Judged { kind, confidence: 65, shape: Shape::PARTED },
        Form::Phrase => phrase(kind, spelling)?,
    };
    let chars = u8::try_from(spelling.text.chars().count()).ok().filter(|&chars| chars <= 64)?;
    let digest = Digest::of(&spelling.text);
    (!digest.is_empty()).then_some(Needle { digest, kind, confidence, chars, shape })
}

/// The needles of a family name in words that end otherwise or begin with a preposition, for languages that
/// decline names: its stem, and itself as the stem of such a word.
pub fn stem_needles(kind: Kind, spelling: &Spelling) -> Vec<Needle> {
    let text = spelling.text.as_str();
    let script = Script::of(text);
    let of_patient = matches!(kind, Kind::Name | Kind::RelativeName);
    let whole = matches!(spelling.form, Form::Family | Form::FamilyPart);
    if !of_patient || !whole || script.is_signs() || spelling.words.iter().any(|word| is_common(word)) {
        return Vec::new();
    }
    let least = if script == Script::Latin { 5 } else { script.least_alone() };
    let of = |stem: &str| {
        let letters = stem.chars().count();
        let chars = u8::try_from(letters).ok().filter(|&chars| chars <= 64 && letters >= least)?;
        let shape = Shape::STEM | Shape::LONE;
        let confidence = if letters > 6 { 72 } else { 64 };
        (!is_common(stem)).then_some(Needle { digest: Digest::of(stem), kind, confidence, chars, shape })
    };
    [of(text), of(text::stem(text))].into_iter().flatten().collect()
}

struct Judged {
    kind: Kind,
    confidence: u8,
    shape: Shape,
}

fn full_name(kind: Kind, spelling: &Spelling) -> Option<Judged> {
    let chars = spelling.text.chars().count();
    let script = Script::of(&spelling.text);
    if script.is_signs() {
        // Two signs may be a word, or part of a longer one.
        let shape = Shape::ALONE.when(chars < 3) | Shape::STRICT.when(chars > 2);
        return (chars > 1).then_some(Judged { kind, confidence: if chars > 2 { 95 } else { 80 }, shape });
    }
    let words = spelling.words.iter().filter(|word| word.chars().count() > 1);
    let (common, rare): (Vec<&String>, Vec<&String>) = words.partition(|word| is_common(word));
    let letters: usize = rare.iter().map(|word| word.chars().count()).sum();
    let (enough, confidence) = match (common.len(), letters) {
        (_, 6..) => (chars >= 6, 97),
        (_, 3..) => (chars >= 5, 88),
        // "Head, Long" is said of images; of two common words it takes long ones.
        (2.., _) => (chars >= 10, 75),
        _ => (false, 0),
    };
    let shape = Shape::STRICT.when(chars >= 8 && letters >= 4);
    enough.then_some(Judged { kind, confidence, shape })
}

fn initial_name(kind: Kind, spelling: &Spelling) -> Option<Judged> {
    let family = spelling.words.iter().max_by_key(|word| word.chars().count())?;
    let letters = family.chars().count();
    if letters < 3 || is_common(family) {
        return None;
    }
    let shape = Shape::PARTED.when(letters < 4) | Shape::STRICT.when(letters >= 5);
    Some(Judged { kind, confidence: if letters < 4 { 70 } else { 92 }, shape })
}

fn family(kind: Kind, spelling: &Spelling) -> Option<Judged> {
    let part = if spelling.form == Form::FamilyPart { 8 } else { 0 };
    let letters = spelling.text.chars().count();
    let script = Script::of(&spelling.text);
    let least = script.least_alone() + usize::from(kind == Kind::StaffName);
    if letters < least || spelling.words.iter().any(|word| is_common(word)) {
        return None;
    }
    let long = letters >= 6 || script.is_signs();
    let shape = Shape::LONE
        | Shape::ALONE.when(matches!(script, Script::Kana))
        | Shape::LEADS.when(matches!(script, Script::Han | Script::Hangul))
        | Shape::STRICT.when(letters >= 7 && part == 0 && kind != Kind::StaffName);
    Some(Judged { kind, confidence: if long { 88 } else { 78 } - part, shape })
}

/// Consonants alone are many words': both names of them, or many.
fn bones(kind: Kind, spelling: &Spelling) -> Option<Judged> {
    let full = spelling.form == Form::FullSkeleton;
    let enough = spelling.text.len() >= if full { 5 } else { 4 };
    let of_patient = matches!(kind, Kind::Name | Kind::RelativeName);
    let shape = Shape::BONES | Shape::PARTED.when(full) | Shape::LONE.when(!full);
    let confidence = match spelling.text.len() {
        4 => 50,
        5 if !full => 60,
        _ => 70,
    };
    (enough && of_patient).then_some(Judged { kind, confidence, shape })
}

/// A given name alone is weak, and of others it says nothing.
fn given(kind: Kind, spelling: &Spelling) -> Option<Judged> {
    let letters = spelling.text.chars().count();
    let script = Script::of(&spelling.text);
    if kind != Kind::Name || letters < script.least_alone() || is_common(&spelling.text) {
        return None;
    }
    let shape = Shape::LONE | Shape::ALONE.when(script.is_signs());
    Some(Judged { kind: Kind::GivenName, confidence: if letters > 5 { 65 } else { 55 }, shape })
}

fn number(kind: Kind, spelling: &Spelling) -> Option<Judged> {
    let text = spelling.text.as_str();
    let bare = text.trim_start_matches('0');
    let chars = bare.chars().count();
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let first = bare.chars().next()?;
    if chars < 5 || bare.chars().all(|c| c == first) {
        return None;
    }
    let core = spelling.form == Form::NumberCore;
    if digits < chars {
        let enough = digits >= 3 || (chars >= 6 && !is_common(&letters(bare)));
        let shape = Shape::STRICT.when(chars >= 7 && digits >= 4);
        return enough.then_some(Judged { kind, confidence: if chars >= 7 { 95 } else { 85 }, shape });
    }
    let padded = text.len() > digits && text.len() >= 7;
    if (is_counted(bare) && !padded) || is_day(text) || (core && text.len() < 6) {
        return None;
    }
    let short = digits < 7;
    let shape = Shape::SINGLE.when(short && kind != Kind::Phone)
        | Shape::EXACT.when(is_counted(bare))
        | Shape::STRICT.when(digits >= 7 && !core);
    let confidence = match digits {
        8.. => 95,
        7 => 88,
        6 => 80,
        _ => 72,
    };
    let enough = kind != Kind::Phone || digits >= 7;
    enough.then_some(Judged { kind, confidence: confidence - if core { 5 } else { 0 }, shape })
}

fn phrase(kind: Kind, spelling: &Spelling) -> Option<Judged> {
    let chars = spelling.text.chars().count();
    let enough = chars >= 8 || Script::of(&spelling.text).is_signs() && chars >= 5;
    let shape = Shape::STRICT.when(chars >= 12);
    enough.then_some(Judged { kind, confidence: if chars >= 12 { 92 } else { 80 }, shape })
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// `123456`, `100000`: what people count with.
fn is_counted(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let rises =
        bytes.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1 || (*a == b'9' && *b == b'0')));
    let falls = bytes.windows(2).all(|pair| matches!(pair, [a, b] if *a == b + 1));
    let round = digits.trim_end_matches('0').len() < 3;
    rises || falls || round
}

/// Whether eight digits are a day of our time, which stands everywhere.
fn is_day(digits: &str) -> bool {
    digits.len() == 8 && matches!(year_of_day(digits), Some(1900..2100))
}

/// Scripts by how much of a name one character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    /// Greek, Cyrillic, Arabic, Hebrew, …: letters, but fewer words of other languages beside them.
    Letters,
    Han,
    Kana,
    Hangul,
    /// Thai and its neighbours: letters without spaces.
    Unspaced,
}

impl Script {
    fn of(text: &str) -> Self {
        match text.chars().next() {
            Some('\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}') => Self::Unspaced,
            Some('\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}') => Self::Kana,
            Some('\u{ac00}'..='\u{d7a3}') => Self::Hangul,
            Some('\u{3005}'..='\u{9fff}' | '\u{20000}'..) => Self::Han,
            Some(c) if c.is_ascii() => Self::Latin,
            _ => Self::Letters,
        }
    }

    fn is_signs(self) -> bool {
        !matches!(self, Self::Latin | Self::Letters)
    }

    /// Characters from which a name is one without the others.
    fn least_alone(self) -> usize {
        match self {
            Self::Latin | Self::Unspaced => 4,
            Self::Letters | Self::Kana => 3,
            Self::Han | Self::Hangul => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::needle::{identifier, person_name};

    #[test]
    fn chance_makes_no_needle() {
        for name in ["Head^", "Long^", "Lee^", "An^", "CT^Head", "CT", "Head", "^"] {
            let needles: Vec<_> = person_name(name).iter().filter_map(|s| needle(Kind::Name, s)).collect();
            assert!(needles.is_empty(), "{name}: {needles:?}");
        }
        for id in ["1", "12", "2004", "A", "0000000", "111111", "123456", "20040102", "100000", "0042"] {
            let needles: Vec<_> = identifier(id).iter().filter_map(|s| needle(Kind::PatientId, s)).collect();
            assert!(needles.is_empty(), "{id}: {needles:?}");
        }
    }
}
