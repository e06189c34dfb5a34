//! Tests of a value beyond its shape: check digits, calendars, words. Each returns the bytes of the value that
//! hold, or `None` where it is something else.

mod calendar;
mod host;
mod identity;
mod name;
mod native;

use super::{super::placeholder::is_generic_place, cue::is_cue_word, vocabulary::is_technical};

type Check = fn(&str) -> Option<usize>;

/// The checks that `assets/lexicon/patterns.toml` names.
pub(super) fn find(name: &str) -> Option<Check> {
    Some(match name {
        "age" => |v| (1..=120).contains(&number(v)?).then_some(v.len()),
        "any_date" => calendar::any,
        // What follows the question is told for itself.
        "asked" => |v| v.strip_suffix('?').map(str::len),
        "asian" => |v| whole(v, identity::is_asian(v)),
        "before_name" => |v| whole(v, v.split(' ').nth(1).is_some_and(|name| !is_technical(name))),
        "caret_name" => name::in_components,
        "case_number" => |v| record_number(v, 3).filter(|_| !is_diagnosis(v)),
        "child_of" => |v| whole(v, name::is_child_of(v)),
        "chinese" => native::chinese,
        "cpf" => |v| whole(v, identity::is_cpf(&digits(v))),
        "cuil" => |v| whole(v, identity::is_cuil(&digits(v))),
        "date" => |v| whole(v, calendar::is_date(v)),
        "dated" => |v| whole(v, v.split([' ', '.']).next().is_some_and(calendar::is_date)),
        "dni" => |v| whole(v, identity::is_dni(v)),
        "ean13" => |v| whole(v, identity::is_ean13(&digits(v))),
        "eleven" => |v| whole(v, identity::is_of_eleven(&digits(v))),
        "european" => |v| whole(v, identity::is_european(v)),
        "given_name" => name::with_given,
        "hetu" => |v| whole(v, identity::is_hetu(v)),
        "iban" => |v| whole(v, identity::is_iban(v)),
        "institution" => |v| whole(v, !is_generic_place(v)),
        "ip" => |v| whole(v, host::is_address(v)),
        "kvnr" => |v| whole(v, identity::is_kvnr(v)),
        "long_number" => |v| record_number(v, 5),
        "luhn" => |v| whole(v, identity::is_luhn(&digits(v))),
        "middle_number" => |v| record_number(v, 4).filter(|_| !is_reference(v)),
        "name" => name::after_cue,
        "name_before" => name::before_title,
        "name_pair" => name::pair,
        "in_both_writings" => |v| whole(v, native::follows_latin(v)),
        "native" => native::name,
        "native_given" => native::name_with_given,
        "native_before" => native::before_title,
        "nhs" => |v| whole(v, identity::is_nhs(&digits(v))),
        "nir" => |v| whole(v, identity::is_nir(v)),
        "nordic" => |v| whole(v, identity::is_nordic(&digits(v))),
        "no_day" => |v| record_number(v, 6).filter(|_| !calendar::is_date(v) && number(v) >= Some(10_000)),
        "number" => |v| record_number(v, 3),
        "phone" => |v| whole(v, is_phone(v)),
        "phone_said" => |v| whole(v, is_phone(v) && (v.starts_with(['0', '+', '(']) || !v.contains("  "))),
        "phone_short" => |v| whole(v, !all_equal(&digits(v)) && !v.starts_with("00")),
        "public_web" => |v| whole(v, host::is_public(v)),
        "resident_id" => |v| whole(v, identity::is_resident_id(v)),
        "rodne_cislo" => |v| whole(v, identity::is_rodne_cislo(&digits(v))),
        "rut" => |v| whole(v, identity::is_rut(v)),
        "short_date" => |v| whole(v, calendar::is_short_date(v)),
        "snils" => |v| whole(v, identity::is_snils(&digits(v))),
        "ssn" => |v| whole(v, identity::is_ssn(&digits(v))),
        "taiwan" => |v| whole(v, identity::is_taiwan(v)),
        "thai" => |v| whole(v, identity::is_thai(&digits(v))),
        "thirteen" => |v| whole(v, identity::is_of_thirteen(&digits(v))),
        "turkish" => |v| whole(v, identity::is_turkish(&digits(v))),
        "user" => name::user,
        "verhoeff" => |v| whole(v, identity::is_verhoeff(&digits(v))),
        "web" => |v| whole(v, !host::is_public(v)),
        "wordy" => |v| whole(v, v.chars().any(char::is_alphabetic) && !is_technical(v) && !is_labels(v)),
        _ => return None,
    })
}

fn whole(value: &str, holds: bool) -> Option<usize> {
    holds.then_some(value.len())
}

fn digits(value: &str) -> Vec<u64> {
    value.chars().filter_map(|c| c.to_digit(10)).map(u64::from).collect()
}

fn number(value: &str) -> Option<u64> {
    value.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()
}

fn weighted(digits: &[u64], weights: &[u64]) -> u64 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

fn all_equal(digits: &[u64]) -> bool {
    digits.windows(2).all(|pair| pair[0] == pair[1])
}

/// A number of so many digits, not all zero, up to a word or number that is a setting.
fn record_number(value: &str, least: usize) -> Option<usize> {
    // The first piece with a digit in it, and those after it as long as they look like more of it.
    let mut end = 0;
    let mut seen = false;
    for (at, piece) in pieces(value) {
        let has_digit = piece.bytes().any(|byte| byte.is_ascii_digit());
        if seen && !has_digit {
            break;
        }
        seen |= has_digit;
        end = at + piece.len();
    }
    let value = value.get(..end)?;
    let digits = digits(value);
    let is_size = value.split(['x', 'X', '*']).filter(|part| !part.is_empty()).count() > 1
        && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'X' | b'*'));
    let holds =
        digits.len() >= least && digits.iter().any(|&digit| digit > 0) && !is_size && !is_typed(&digits);
    holds.then_some(end)
}

/// `11111111110`: one digit over and over but for the last was typed for none.
fn is_typed(digits: &[u64]) -> bool {
    digits.split_last().is_some_and(|(_, body)| body.len() >= MOST_TYPED && all_equal(body))
}

/// Digits in a row that nobody's number has alike.
const MOST_TYPED: usize = 9;

/// A code of ICD-10: `W18.02`.
fn is_diagnosis(value: &str) -> bool {
    matches!(value.as_bytes(), [letter, a, b, b'.', rest @ ..] if letter.is_ascii_uppercase()
        && [a, b].iter().all(|digit| digit.is_ascii_digit())
        && (1..=2).contains(&rest.len()) && rest.iter().all(u8::is_ascii_alphanumeric))
}

/// An author and a year: the head circumference is `HC, Hadlock 1984`.
fn is_reference(value: &str) -> bool {
    let Some((author, year)) = value.split_once(' ') else { return false };
    let is_year = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    is_year && author.len() > 3 && author.chars().all(char::is_alphabetic)
}

/// The words of a value and where they begin.
fn pieces(value: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = value.split(' ').filter(|piece| !piece.is_empty());
    parts.map(move |piece| (piece.as_ptr() as usize - value.as_ptr() as usize, piece))
}

fn is_phone(value: &str) -> bool {
    let digits = digits(value);
    (6..=15).contains(&digits.len())
        && !all_equal(&digits)
        && !value.contains("..")
        && !calendar::is_date(value)
}

/// Labels without values: `[ADDR], [CITY]`.
fn is_labels(value: &str) -> bool {
    let mut words = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| word.chars().all(char::is_alphabetic) && is_cue_word(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        let holds = |name: &str, value: &str| find(name).unwrap()(value).is_some();
        for (name, good, bad) in [
            ("nhs", "943 476 5919", "943 476 5918"),
            ("cpf", "529.982.247-25", "529.982.247-26"),
            ("ean13", "756.9217.0769.85", "756.9217.0769.84"),
            ("dni", "12345678Z", "12345678A"),
            ("dni", "X1234567L", "X1234567M"),
            ("hetu", "131052-308T", "131052-308U"),
            ("kvnr", "A123456780", "A123456789"),
            ("nir", "255081416802538", "255081416802539"),
            ("nordic", "811218-9876", "813218-9875"),
            ("nordic", "120174-3399", "320174-3390"),
            ("resident_id", "11010519491231002X", "110105194912310021"),
            ("verhoeff", "2363 4567 8904", "2363 4567 8905"),
            ("ssn", "078-05-1120", "000-05-1120"),
            ("rodne_cislo", "736028/5163", "736028/5164"),
            ("rut", "12.345.678-5", "12.345.678-6"),
            ("rut", "10000013-K", "10000014-K"),
            ("cuil", "20-12345678-6", "20-12345678-7"),
            ("eleven", "44051401359", "44051401358"),
            ("eleven", "01010750160", "01010750161"),
            ("eleven", "37605030299", "37605030298"),
            ("eleven", "01013099997", "01013099998"),
            ("thirteen", "1800101221144", "1800101221145"),
            ("thirteen", "0101006500006", "0101006500007"),
            ("thirteen", "8001015009087", "8001015009088"),
            ("snils", "112-233-445 95", "112-233-445 96"),
            ("thai", "1-1037-02071-81-1", "1-1037-02071-81-2"),
            ("turkish", "10000000146", "10000000147"),
            ("asian", "S1234567D", "S1234567E"),
            ("asian", "G1234567X", "G1234567K"),
            ("asian", "A123456(3)", "A123456(4)"),
            ("asian", "800101-14-5678", "x"),
            ("taiwan", "A123456789", "A123456788"),
            ("european", "1234567T", "1234567A"),
            ("european", "1237 010180", "1238 010180"),
            ("european", "15 070649 C 103", "15 079949 C 103"),
            ("iban", "DE89 3704 0044 0532 0130 00", "DE88 3704 0044 0532 0130 00"),
            ("luhn", "4111 1111 1111 1111", "4111 1111 1111 1112"),
            ("date", "31.12.1999", "32.13.1999"),
            ("date", "20190411", "20191341"),
        ] {
            assert!(holds(name, good), "{name} {good}");
            assert!(!holds(name, bad), "{name} {bad}");
        }
    }

    #[test]
    fn a_number_ends_where_words_begin() {
        assert_eq!(record_number("AB-778812 seen", 3), Some(9));
        assert_eq!(record_number("8652 072 76", 3), Some(11));
        assert_eq!(record_number("Nr 0012345", 3), Some(10));
        for text in ["512x512", "000", "12", "256*256"] {
            assert_eq!(record_number(text, 3), None, "{text}");
        }
    }
}
