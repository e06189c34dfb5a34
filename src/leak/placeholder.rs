use super::{Class, memo::Memo};
use std::{cell::RefCell, collections::HashSet, sync::LazyLock};

static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let source = include_str!("../../assets/lexicon/placeholders.txt");
    source.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Digits that number the subjects of a study; more may be a record number with a word in front of it.
const MOST_NUMBERED: usize = 4;
/// Hexadecimal digits of the shortest digest.
const LEAST_DIGEST: usize = 16;
/// Dates that programs write for none.
const NO_DATES: [&str; 9] = [
    "19000101", "19010101", "18000101", "00010101", "11111111", "19000100", "19001231", "99991231",
    "99990909",
];

/// Whether `text` stands in for a value that was taken out: a dummy, a filler, a digest. What counts as one
/// depends on what the value is of: `19000101` is none of a name's.
pub fn is_placeholder(text: &str, class: Class) -> bool {
    thread_local! {
        static KNOWN: RefCell<Memo<Class, bool>> = RefCell::default();
    }
    Memo::recall(&KNOWN, class, text, || {
        let text = text.trim_matches([' ', '\0', '"', '<', '>', '[', ']', '(', ')']);
        is_filler(text) || is_digest(text) || text.starts_with("2.25.") || is_dummy(text, class)
    })
}

/// Nothing, or one sign over and over: `0000`, `XXX`, `***`, `^^^^`.
fn is_filler(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !matches!(c, ' ' | '^' | '.' | ':' | '-' | '/' | '_' | '='));
    let Some(first) = signs.next() else { return true };
    let repeats = matches!(first, '0' | 'x' | 'X' | '*' | '?' | '#' | '9' | '•');
    signs.all(|sign| sign == first) && (repeats || text.chars().count() > 3 && !first.is_alphabetic())
}

/// MD5 and longer, in hexadecimal digits, or a UUID.
fn is_digest(text: &str) -> bool {
    let digits = text.bytes().filter(|&b| b != b'-' && b != b'_');
    let (mut count, mut letters) = (0, 0);
    for digit in digits {
        if !digit.is_ascii_hexdigit() {
            return false;
        }
        count += 1;
        letters += usize::from(digit.is_ascii_alphabetic());
    }
    count >= LEAST_DIGEST && (2..count - 1).contains(&letters)
}

fn is_dummy(text: &str, class: Class) -> bool {
    match class {
        Class::BirthDate | Class::Date => {
            let digits = text.replace(['-', '.'], "");
            NO_DATES.iter().any(|date| digits.starts_with(date)) || is_made_of_words(text, false)
        }
        Class::Age => text.trim_matches(char::is_alphabetic).trim_start_matches('0').is_empty(),
        // A number behind such a word is the number of a subject in a study.
        Class::Name | Class::PatientId | Class::RelativeName | Class::StaffName | Class::OtherId => {
            is_made_of_words(text, true)
        }
        _ => is_made_of_words(text, false),
    }
}

/// Whether all words are words that stand in; with `numbered`, numbers beside them count for nothing.
fn is_made_of_words(text: &str, numbered: bool) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let mut worded = false;
    let all = words.all(|word| {
        let letters = if numbered { word.trim_end_matches(|c: char| c.is_ascii_digit()) } else { word };
        worded |= !letters.is_empty();
        letters.is_empty() || letters.chars().count() == 1 && worded || WORDS.contains(letters)
    });
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    all && worded
        && (!numbered || digits <= MOST_NUMBERED)
        && lower.chars().filter(|c| c.is_alphabetic()).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_dummies_from_values() {
        for (text, class) in [
            ("", Class::Name),
            ("ANONYMOUS", Class::Name),
            ("Anonymized^Patient", Class::Name),
            ("^^^^", Class::Name),
            ("anonymized1234", Class::Name),
            ("PAT001", Class::PatientId),
            ("SUBJ-001", Class::PatientId),
            ("Subject_12", Class::Name),
            ("XXXX", Class::Name),
            ("000000", Class::PatientId),
            ("000Y", Class::Age),
            ("19000101", Class::BirthDate),
            ("REMOVED", Class::Institution),
            ("N/A", Class::Phone),
            ("匿名", Class::Name),
            ("9e107d9d372bb6826bd81d3542a419d6", Class::PatientId),
            ("2.25.329800735698586", Class::Uid),
            ("550e8400-e29b-41d4-a716-446655440000", Class::OtherId),
            ("00:00:00", Class::Date),
            ("Test^Phantom", Class::Name),
        ] {
            assert!(is_placeholder(text, class), "{text}");
        }
        for (text, class) in [
            ("Nonemacher^Erika", Class::Name),
            ("19010203", Class::BirthDate),
            ("0012345", Class::PatientId),
            ("12345", Class::PatientId),
            ("123", Class::PatientId),
            ("PAT12345678", Class::PatientId),
            ("ID 00123456", Class::PatientId),
            ("Case 20-55512", Class::OtherId),
            ("Patient 4711234", Class::Name),
            ("045Y", Class::Age),
            ("Example^Erika", Class::Name),
            ("AB-778812", Class::PatientId),
            ("山田^太郎", Class::Name),
            ("Li", Class::Name),
            ("19610503", Class::BirthDate),
            ("Sample Hospital", Class::Institution),
        ] {
            assert!(!is_placeholder(text, class), "{text}");
        }
    }
}
