//! What the codes look like that stand in for names and numbers.

use super::{super::Class, is_placeholder, is_technical};

/// The longest number in a subject's code; record numbers are longer.
const MOST_DIGITS: usize = 4;
/// Digits of the longest number in a subject's code that zeros fill up.
const MOST_FILLED: usize = 6;
/// Of such a number the digits that count: record numbers are filled up with zeros too, and are longer.
const MOST_COUNTED: usize = 3;
/// Digits of the longest number that zeros fill up behind a word for subjects.
const MOST_LONG: usize = 10;
/// Digits of the longest number in a short code.
const MOST_SHORT: usize = 5;
/// Letters and digits of the shortest random token, and how often they take turns.
const LEAST_TOKEN: usize = 8;
const LEAST_TURNS: usize = 4;
/// Digits of a number made by a hash, as de-identifying programs write them for accession numbers.
const HASH_DIGITS: usize = 16;
/// The same in hexadecimal digits.
const HEX_DIGITS: usize = 12;

/// Letters and digits in groups, `CQ500-CT-310`, `sub-001`, `002_S_0295`: letters, and a number at the end, none of
/// them long; wider ones only where zeros fill up a count, `CPTAC_000012`. Fewer than three letters make a code where
/// several numbers stand around them.
pub fn is_code(value: &str) -> bool {
    let plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let numbers = || value.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    // Behind a separator, a number filled up with zeros is counted up; anywhere else it may be a record's.
    let may_fill = letters >= 3 && value.contains(['-', '_']);
    let is_filled = |number: &str| {
        may_fill && number.len() <= MOST_FILLED && number.trim_start_matches('0').len() <= MOST_COUNTED
    };
    let is_count = |number: &str| number.len() <= MOST_DIGITS || is_filled(number);
    let first = value.starts_with(|c: char| c.is_ascii_alphabetic());
    let grouped = letters > 0 && numbers().count() > 1 && value.contains('_');
    plain
        && (letters >= 3 && first || grouped)
        && value.ends_with(|c: char| c.is_ascii_digit())
        && numbers().all(is_count)
}

/// A few letters and digits in short groups, `AB-1234-XY`, `S02`, `10-0042`: too few digits for a number that a hospital
/// gives out. A group of digits behind another may be filled up with zeros: `52366-000003`, as RSNA's Anonymizer writes.
pub fn is_short_code(value: &str) -> bool {
    let plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/'));
    let runs = |of: fn(&u8) -> bool| {
        value.as_bytes().chunk_by(move |a, b| of(a) == of(b)).filter(move |run| run.first().is_some_and(of))
    };
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let lettered = runs(u8::is_ascii_alphabetic).all(|run| run.len() <= MOST_DIGITS)
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
        && runs(u8::is_ascii_digit).all(|run| run.len() <= MOST_SHORT);
    // One letter and a longer number are a record's.
    let lone = value
        .get(1..)
        .is_some_and(|rest| rest.len() >= MOST_DIGITS && rest.bytes().all(|byte| byte.is_ascii_digit()));
    let counted = value.split_once('-').is_some_and(|(site, count)| {
        let all = |part: &str, of: fn(&u8) -> bool| !part.is_empty() && part.as_bytes().iter().all(of);
        let is_site = all(site, u8::is_ascii_digit) || all(site, u8::is_ascii_alphabetic);
        is_site
            && site.len() <= MOST_SHORT
            && all(count, u8::is_ascii_digit)
            && is_count(count, MOST_FILLED, MOST_COUNTED)
    });
    plain && digits > 0 && (lettered && !lone && digits <= MOST_FILLED || counted)
}

/// Whether digits are a count that zeros fill up.
fn is_count(digits: &str, most: usize, counted: usize) -> bool {
    digits.len() <= most && digits.starts_with('0') && digits.trim_start_matches('0').len() <= counted
}

/// A code that says of itself what it is: `deid_604213`, `PSEUDO-4711882`; or the number of a subject that zeros fill up:
/// `SUBJ_000012345`.
pub fn is_called_code(value: &str) -> bool {
    const MADE: [&str; 9] = ["anon", "deid", "pseud", "psn", "hash", "token", "enc", "dummy", "fake"];
    const SUBJECTS: [&str; 8] = ["sub", "subj", "subject", "case", "pat", "patient", "vol", "volunteer"];
    let lower = value.to_ascii_lowercase();
    let Some((word, number)) = lower.split_once(['-', '_', ' ', '^']) else { return false };
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        && (MADE.iter().any(|made| word.starts_with(made))
            || SUBJECTS.contains(&word) && is_count(number, MOST_LONG, MOST_SHORT))
}

/// Whether a value is technical words and a count, in any of its components: `Nodule^0012`, `CXR_12`, `S012^V1`, `0012`.
pub fn is_numbered(value: &str) -> bool {
    let parts = || value.split(['^', '_', ' ', '-', '.', '=']).filter(|part| !part.is_empty());
    let is_word = |part: &str| is_technical(part) || is_placeholder(part, Class::Name);
    let is_part = |part: &str| is_small(part) || is_short_code(part) || is_word(part);
    parts().all(is_part) && parts().any(|part| part.bytes().any(|byte| byte.is_ascii_digit()))
}

/// Too few digits for a number that can be looked up.
pub fn has_few_digits(value: &str) -> bool {
    value.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS
}

/// Letters and digits in turns, too often for a number that people give out: `K7XQ2M9P`, `aB3x/9Q==`.
pub fn is_token(value: &str) -> bool {
    let kinds = || value.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.is_ascii_digit());
    let turns = kinds().zip(kinds().skip(1)).filter(|(a, b)| a != b).count();
    let run = value.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    // Base64's other alphabet has two marks that people write too, but not between letters of both cases.
    let cased = value.bytes().any(|byte| byte.is_ascii_lowercase())
        && value.bytes().any(|byte| byte.is_ascii_uppercase());
    let is_mark = |byte: u8| matches!(byte, b'+' | b'/' | b'=') || cased && matches!(byte, b'-' | b'_');
    let plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_mark(byte));
    // The tax number of Italy has as many turns, and begins with six letters.
    let letters = value.bytes().take_while(u8::is_ascii_alphabetic).count();
    plain && value.len() >= LEAST_TOKEN && turns >= LEAST_TURNS && run <= MOST_DIGITS && letters < 6
}

/// Digits of a hash: so many decimal ones, or hexadecimal ones of one case with letters among them.
pub fn is_digest(value: &str) -> bool {
    let all = |digit: fn(u8) -> bool| value.bytes().all(digit);
    let decimal = all(|byte| byte.is_ascii_digit());
    let lower = all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let upper = all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'));
    let mixed = value.bytes().any(|byte| byte.is_ascii_digit());
    if decimal { value.len() >= HASH_DIGITS } else { (lower || upper) && mixed && value.len() >= HEX_DIGITS }
}

/// A count of subjects.
pub fn is_small(value: &str) -> bool {
    (1..=MOST_DIGITS).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// `123456`, `1111`: typed by somebody who needed a number.
pub fn is_typed(value: &str) -> bool {
    let steps = || value.as_bytes().windows(2);
    value.len() >= MOST_DIGITS
        && value.bytes().all(|byte| byte.is_ascii_digit())
        && (steps().all(|pair| matches!(pair, [a, b] if *b == a + 1 || (*a, *b) == (b'9', b'0')))
            || steps().all(|pair| matches!(pair, [a, b] if a == b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_subjects() {
        for code in [
            "CQ500-CT-310",
            "LIDC-IDRI-0314",
            "sub-001",
            "SUBJ_012",
            "MIP-PROSTATE-01-0022",
            "002_S_0295",
            "013_S_4268_2",
            "UPENN-GBM-00123",
            "TCGA-02-0001",
            "BraTS2021_00042",
            "CPTAC_000012",
            "LUNG1-001",
            "ISPY2-000071",
            "Pancreas-CT-0001",
            "QIN-HEADNECK-01-0003",
            "site1_sub12",
        ] {
            assert!(is_code(code), "{code}");
        }
        for id in [
            "EX-0012345",
            "ABC-001234",
            "MSB-01723",
            "40271183",
            "MRN12345",
            "Sampleton^Jonathan",
            "CZ-700412-T",
            "001-SMITH",
            "A1",
            "MRN0012345",
            "AB-778812",
            "123-45-6789",
            "1980-03-12",
            "H4711",
            "P1234567",
            "RSSMRA85T10A562S",
            "AB123456C",
            "010180-123A",
            "X1234567L",
            "SAMPLETON",
            "4711_2020_12345",
            "Pat.-Nr. 5512",
        ] {
            assert!(!is_code(id), "{id}");
        }
        for token in ["K7XQ2M9P4", "G5x8Q5Vt2", "aB3x9Q2z/w==", "V1StGXR8_Z5jdHi6B-myT", "9f8e7d6c5b4a"] {
            assert!(is_token(token), "{token}");
        }
        for id in [
            "RSSMRA85T10A562S",
            "GOMC900514HDFRRN09",
            "AB123456C",
            "A1B2",
            "MRN12345",
            "2023CT004711",
            "Sampleton",
        ] {
            assert!(!is_token(id), "{id}");
        }
        assert!(is_digest("5534634656957015") && !is_digest("CT-60219944") && !is_digest("40271183"));
        assert!(is_digest("9f86d081884c7d65") && !is_digest("facade") && !is_digest("deadbeefcafe"));
        assert!(
            is_typed("345678")
                && is_typed("1111")
                && !is_typed("345679")
                && is_small("417")
                && !is_small("40271183")
        );
    }

    #[test]
    fn codes_that_say_what_they_are() {
        for code in ["deid_604213", "PSEUDO-4711882", "SUBJ_000012345", "PAT-00001234"] {
            assert!(is_called_code(code), "{code}");
        }
        for id in
            ["PAT-4711882", "subject 8812345", "604213", "deid", "deid_", "Sampleton-0012", "MRN-00001234"]
        {
            assert!(!is_called_code(id), "{id}");
        }
    }

    #[test]
    fn words_with_a_count() {
        for name in ["Nodule^0012", "CXR_12", "S012^V1", "0012", "F_067Y", "Case^01^Left", "MSK^LUNG^014"] {
            assert!(is_numbered(name), "{name}");
        }
        for name in ["Sampleton^Erika", "Sampleton 12", "Lung", "12345678", "Lung^Sampleton^012", ""] {
            assert!(!is_numbered(name), "{name}");
        }
    }

    #[test]
    fn short_codes() {
        for code in [
            "AB-1234-XY",
            "P-0123-K",
            "10-0042",
            "A0012B",
            "R01-0042",
            "MSB-01723",
            "W25",
            "S02",
            "52366-000003",
            "R-000417",
            "Arm2/0183",
            "PSN_4f2a9c",
        ] {
            assert!(is_short_code(code), "{code}");
        }
        for id in [
            "H4711",
            "A12345",
            "S123456",
            "AB-778812",
            "123-45-6789",
            "1980-03-12",
            "CZ-700412-T",
            "12-34-56",
            "40271183",
            "11-1001",
            "ABC12-12345",
            "SAMPLE-12",
            "Sampleton12",
            "2023-CT-00471",
            "",
            "-",
            "AB",
        ] {
            assert!(!is_short_code(id), "{id}");
        }
    }
}
