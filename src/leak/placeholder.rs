mod covered;

pub(super) use covered::is_described;
use covered::{is_label, is_masked, is_taken_out, is_template};

use super::{
    Class,
    content::vocabulary,
    day::{FIRST_YEAR, LAST_YEAR, year_of_day},
    memo::Memo,
};
use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// What a word of `assets/lexicon/placeholders.txt` stands in for: the file says what each means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Any,
    Test,
    Weak,
    Phantom,
    Company,
    Staff,
    Place,
    Study,
}

static WORDS: LazyLock<HashMap<&'static str, Role>> = LazyLock::new(|| {
    let mut role = Role::Any;
    let mut words = HashMap::new();
    for line in include_str!("../../assets/lexicon/placeholders.txt").lines() {
        match line {
            "[any]" => role = Role::Any,
            "[test]" => role = Role::Test,
            "[weak]" => role = Role::Weak,
            "[phantom]" => role = Role::Phantom,
            "[company]" => role = Role::Company,
            "[role]" => role = Role::Staff,
            "[place]" => role = Role::Place,
            "[study]" => role = Role::Study,
            word if word.is_empty() || word.starts_with('#') => {}
            // The first section that has a word says most of it.
            word => _ = words.entry(word).or_insert(role),
        }
    }
    words
});

/// Whole names that stand for nobody, folded words in order of the alphabet.
static NOBODIES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/lexicon/nobodies.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(in_order).collect()
});

/// Beginnings of words that say, however they end, that a value was taken out.
const STEMS: [&str; 26] = [
    "avident",
    "avpersonif",
    "desidentif",
    "entpersonal",
    "geanonim",
    "gepseudon",
    "kimliksiz",
    "névtelen",
    "anonym",
    "anonim",
    "anoniem",
    "anonüm",
    "anônim",
    "deident",
    "depersonal",
    "dépersonn",
    "pseudonym",
    "pseudonim",
    "аноним",
    "обезлич",
    "псевдоним",
    "ανωνυμ",
    "ανώνυμ",
    "ψευδων",
    "anonimiz",
    "désidentif",
];
/// Not applicable, not available, no data, as initials: `n/a`, `s.d.`, `k. A.`.
const NONES: [&str; 5] = ["bd", "ka", "na", "nd", "sd"];
/// Digits that number the subjects of a study, leading zeros aside; more may be a record number with a word in front
/// of it.
const MOST_NUMBERED: usize = 4;
/// Hexadecimal digits of the shortest digest.
const LEAST_DIGEST: usize = 16;
/// Hexadecimal digits of the shortest code behind a word for what was taken out.
const LEAST_CODE: usize = 8;
/// The same where a mark parts the two.
const LEAST_PARTED_CODE: usize = 4;
const JOINS: [char; 6] = ['-', '_', ' ', '.', ':', '^'];
/// Bytes of the longest word with a code behind it: SHA-256 in hexadecimal digits would be one by itself.
const MOST_CODED: usize = 64;
/// What says of a digest how it was made.
const SCHEMES: [&str; 7] = ["urn:uuid:", "uuid:", "sha256:", "sha1:", "md5:", "hmac:", "hash:"];
/// Letters of the shortest part of a compound, and parts of the longest one.
const LEAST_PART: usize = 3;
const MOST_PARTS: usize = 4;
/// Dates that programs write for none: first days of calendars and of counts of days, and what is easily typed.
const NO_DATES: [&str; 17] = [
    "19000101", "19010101", "18000101", "00010101", "11111111", "19000100", "19001231", "99991231",
    "99990909", "12345678", "17760704", "18581117", "18991230", "18991231", "16010101", "17530101",
    "19040101",
];
/// Day 0 of POSIX, on which nobody was scanned; people were born on it.
const EPOCH: &str = "19700101";
/// Years of patients alive since there are X-rays: PS3.5 has dates of other years, and nobody was born in them.
const YEARS: std::ops::RangeInclusive<u32> = 1850..=2099;
/// The same in Iran's calendar, with the marks that dates have there: 1398/07/22.
const YEARS_OF_IRAN: std::ops::RangeInclusive<u32> = 1290..=1420;

/// Whether `text` stands in for a value that was taken out: a dummy, a filler, a digest. What counts as one
/// depends on what the value is of: `19000101` is none of a name's.
pub fn is_placeholder(text: &str, class: Class) -> bool {
    thread_local! {
        static KNOWN: RefCell<Memo<Class, bool>> = RefCell::default();
    }
    Memo::recall(&KNOWN, class, text, || {
        if is_label(text) || is_template(text) || is_taken_out(text) || is_masked(text, class) {
            return true;
        }
        let text = text.trim_matches(|c: char| c.is_whitespace() || "\0\"'<>[](){}*#$%_-".contains(c));
        let bare = SCHEMES.iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text);
        is_filler(text)
            || is_digest(bare)
            || is_coded(text)
            || text.starts_with("2.25.")
            || is_dummy(text, class)
    })
}

/// Whether `text` names what is scanned to test the machine, and no patient: `CTDI Head 16cm`, `QA^Daily`.
pub(super) fn is_phantom(text: &str) -> bool {
    thread_local! {
        static KNOWN: RefCell<Memo<(), bool>> = RefCell::default();
    }
    Memo::recall(&KNOWN, (), text, || {
        Judged::of(text, Class::Name).is_some_and(|judged| judged.phantom && judged.digits <= MOST_NUMBERED)
    })
}

/// Nothing, or one sign over and over: `0000`, `XXX`, `***`, `^^^^`.
fn is_filler(text: &str) -> bool {
    let mut signs =
        text.chars().filter(|c| !matches!(c, ' ' | '^' | '.' | ':' | '-' | '/' | '_' | '=' | ','));
    let Some(first) = signs.next() else { return true };
    let repeats = matches!(first, '0' | 'x' | 'X' | '*' | '?' | '#' | '9' | '•');
    let mut count = 1;
    signs.all(|sign| {
        count += 1;
        sign.eq_ignore_ascii_case(&first)
    }) && (repeats || count > 2 && first.is_ascii_alphabetic() || count > 3 && !first.is_alphabetic())
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

/// A word for what was taken out, and a code in hexadecimal digits: `DEID-79a1f02279`, `anon2e283455`. A number alone
/// may be that of a record.
fn is_coded(text: &str) -> bool {
    if text.len() > MOST_CODED {
        return false;
    }
    let lower = text.to_lowercase();
    let ends = lower.char_indices().map(|(at, c)| at + c.len_utf8());
    let stands_in =
        |word: &str| WORDS.get(word) == Some(&Role::Any) || STEMS.iter().any(|stem| word.starts_with(stem));
    let is_code = |code: &str, least: usize| {
        let letters = code.bytes().filter(u8::is_ascii_alphabetic).count();
        let hexadecimal = code.len() >= least && code.bytes().all(|b| b.is_ascii_hexdigit());
        hexadecimal && (1..code.len() - 1).contains(&letters)
    };
    ends.filter_map(|at| lower.split_at_checked(at)).any(|(word, code)| {
        let (word, code) = (word.trim_end_matches(JOINS), code.trim_start_matches(JOINS));
        let least = if word.len() + code.len() < lower.len() { LEAST_PARTED_CODE } else { LEAST_CODE };
        stands_in(word) && is_code(code, least)
    })
}

fn is_dummy(text: &str, class: Class) -> bool {
    let Some(judged) = Judged::of(text, class) else {
        return match class {
            Class::Date if text.starts_with(EPOCH) => true,
            Class::BirthDate | Class::Date => is_no_date(text),
            Class::Age => is_no_age(text),
            _ if class.is_person() => NOBODIES.contains(&in_order(text)),
            _ => false,
        };
    };
    match class {
        Class::Name | Class::PatientId | Class::RelativeName | Class::StaffName | Class::OtherId => {
            // A number behind such a word is the number of a subject in a study.
            judged.digits <= MOST_NUMBERED
        }
        _ if class.is_place() => judged.digits <= MOST_NUMBERED,
        Class::BirthDate | Class::Date => judged.digits == 0 || is_no_date(text),
        Class::Age if judged.digits > 0 => is_no_age(text),
        _ => judged.digits == 0,
    }
}

/// No age at all, or nobody's: `000Y`, `999Y`.
fn is_no_age(text: &str) -> bool {
    let number = text.trim_matches(char::is_alphabetic).trim_start_matches('0');
    number.is_empty() || number == "999"
}

/// A day of no patient's life: dummies of programs, no month, or centuries away, as some studies shift dates.
fn is_no_date(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | '.' | '/' | ' ')).collect();
    if NO_DATES.iter().any(|date| digits.starts_with(date)) || is_no_day(text) {
        return true;
    }
    // Year first, as DICOM writes dates; other orders say a day of somebody's.
    let year_first = text.len() >= 8 && text.bytes().take(4).all(|byte| byte.is_ascii_digit());
    let number = |range| digits.get(range).and_then(|part: &str| part.parse::<u32>().ok());
    year_first
        && match (number(0..4), number(4..6), number(6..8)) {
            (Some(_), Some(0), Some(0)) => true,
            (Some(year), Some(1..=12), Some(0..=31)) => {
                !(YEARS.contains(&year) || text.contains('/') && YEARS_OF_IRAN.contains(&year))
            }
            _ => false,
        }
}

/// A dummy with its year last: `01/01/1900`.
fn is_no_day(text: &str) -> bool {
    let mut parts = text.rsplit(['-', '.', '/']);
    let year_last = [parts.next(), parts.next(), parts.next()];
    match year_last {
        [Some(year), Some("01" | "1"), Some("01" | "1")] => {
            NO_DATES.contains(&format!("{year}0101").as_str())
        }
        [Some(year), Some(a), Some(b)] if year.len() == 4 => {
            [[a, b], [b, a]].iter().any(|day| NO_DATES.contains(&format!("{year}{}", day.concat()).as_str()))
        }
        _ => false,
    }
}

/// Whether words that name no place in particular are all that is said of one: `Dept. of Nuclear Medicine`, `MR Center`.
pub(super) fn is_generic_place(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !vocabulary::is_of_word(c)).filter(|word| !word.is_empty());
    words.all(|word| {
        let bare = without_number(word);
        bare.chars().count() <= 1 || role_of(bare, Class::Institution).is_some() || vocabulary::is_known(bare)
    })
}

/// Whether a remark says no more than that there is nothing to remark, or what the file may be used for: `No comment`,
/// `For research use only`.
pub(super) fn is_void(text: &str) -> bool {
    static VOID: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let lines = include_str!("../../assets/lexicon/void.txt").lines();
        lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
    });
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !vocabulary::is_of_word(c)).filter(|word| !word.is_empty());
    words.all(|word| {
        let bare = without_number(word);
        let is_void = || VOID.contains(bare) || matches!(WORDS.get(bare), Some(Role::Any | Role::Test));
        bare.chars().count() <= 1 || is_void() || vocabulary::is_small(bare)
    })
}

/// What a value made of words that stand in consists of.
#[derive(Debug, Clone, Copy)]
struct Judged {
    phantom: bool,
    /// Of numbers, leading zeros aside; the day on which a phantom was scanned is none.
    digits: usize,
}

impl Judged {
    /// `None` where a word of the value is no stand-in, or nothing but weak ones stand there.
    fn of(text: &str, class: Class) -> Option<Self> {
        // The dot of a Turkish capital is a mark of its own.
        let lower = text.to_lowercase().replace('\u{307}', "");
        let words = || lower.split(|c: char| !vocabulary::is_of_word(c)).filter(|word| !word.is_empty());
        let role = |word: &str| role_of(word, class).or_else(|| role_of(without_number(word), class));
        let phantom = words().any(|word| role(word) == Some(Role::Phantom));
        let scanned = phantom || words().any(|word| role(word) == Some(Role::Test));
        let mut sure = phantom;
        for word in words() {
            let bare = without_number(word);
            if bare.is_empty() {
                continue;
            }
            match role(word) {
                Some(Role::Weak) => {}
                Some(Role::Company) if !scanned => return None,
                Some(_) => sure = true,
                None if bare.chars().count() == 1 => {}
                None if scanned && vocabulary::is_technical(word) => {}
                None => return None,
            }
        }
        // `n/a` and its like.
        sure |= words().all(|word| word.len() == 1) && NONES.contains(&words().collect::<String>().as_str());
        let is_scan = |word: &str| phantom && is_scan_day(word);
        // `tor18fg` is called so.
        let is_called =
            |word: &str| !word.bytes().all(|byte| byte.is_ascii_digit()) && WORDS.contains_key(word);
        let digits = words().filter(|word| !is_scan(word) && !is_called(word)).map(significant).sum();
        let spelled = lower.chars().filter(|c| c.is_alphabetic()).count();
        (sure && (spelled > 1 || !lower.is_ascii())).then_some(Self { phantom, digits })
    }
}

/// A word without the number behind it, and in front: `anon12`, `01anon`; without the letter behind signs: `患者A`.
fn without_number(word: &str) -> &str {
    let bare = word.trim_matches(|c: char| c.is_ascii_digit());
    let signs = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if signs.is_ascii() || bare.len() > signs.len() + 1 { bare } else { signs }
}

/// Digits that tell one number from another.
fn significant(word: &str) -> usize {
    let first = word.find(|c: char| c.is_ascii_digit()).unwrap_or(word.len());
    word[first..].trim_start_matches('0').chars().filter(char::is_ascii_digit).count()
}

/// Whether the number in a word is a day on which something may have been scanned: `20230105`, `QA20230105`.
fn is_scan_day(word: &str) -> bool {
    let day = word.trim_matches(|c: char| !c.is_ascii_digit());
    day.len() == 8 && matches!(year_of_day(day), Some(FIRST_YEAR..=LAST_YEAR))
}

fn role_of(word: &str, class: Class) -> Option<Role> {
    let known = |word: &str| {
        let role = WORDS.get(word).copied()?;
        match role {
            Role::Staff => (class == Class::StaffName).then_some(role),
            Role::Place => (class.is_place() || class == Class::StaffName).then_some(role),
            // Places are called after anything.
            Role::Weak | Role::Test => (!class.is_place()).then_some(role),
            _ => Some(role),
        }
    };
    let stem = || STEMS.iter().any(|stem| word.starts_with(stem)).then_some(Role::Any);
    known(word).or_else(stem).or_else(|| compound(word, MOST_PARTS, &known))
}

/// Of words written in one, the surest: `testpatient`, `テスト患者`.
fn compound(word: &str, parts: usize, known: &dyn Fn(&str) -> Option<Role>) -> Option<Role> {
    let ends = word.char_indices().map(|(at, _)| at).skip(1);
    ends.filter(|&at| is_part(&word[..at]) && is_part(&word[at..])).find_map(|at| {
        let (first, rest) = word.split_at(at);
        let first = known(first)?;
        let rest = known(rest).or_else(|| (parts > 2).then(|| compound(rest, parts - 1, known)).flatten())?;
        let sure = [first, rest].into_iter().find(|role| !matches!(role, Role::Weak | Role::Company));
        [first, rest].into_iter().find(|role| *role == Role::Phantom).or(sure)
    })
}

/// Whether part of a compound is long enough not to be chance.
fn is_part(word: &str) -> bool {
    let signs = word.chars().any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    signs || word.chars().count() >= LEAST_PART
}

/// The words of a name, however it is turned.
fn in_order(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests;
