//! Tests of a value beyond its shape: check digits, calendars, words. Each returns the bytes of the value that
//! hold, or `None` where it is something else.

use super::{given_name::is_given_name, vocabulary::is_technical};

type Check = fn(&str) -> Option<usize>;

/// The checks that `assets/content/patterns.toml` names.
pub(super) fn find(name: &str) -> Option<Check> {
    Some(match name {
        "age" => |v| (1..=120).contains(&number(v)?).then_some(v.len()),
        "any_date" => any_date,
        "caret_name" => caret_name,
        "cpf" => |v| whole(v, is_cpf(&digits(v))),
        "date" => |v| whole(v, is_date(v)),
        "dni" => |v| whole(v, is_dni(v)),
        "ean13" => |v| whole(v, is_ean13(&digits(v))),
        "given_name" => given_name,
        "hetu" => |v| whole(v, is_hetu(v)),
        "ip" => |v| whole(v, is_address(v)),
        "kvnr" => |v| whole(v, is_kvnr(v)),
        "name" => name_after_cue,
        "name_pair" => name_pair,
        "nhs" => |v| whole(v, is_nhs(&digits(v))),
        "nir" => |v| whole(v, is_nir(v)),
        "nordic" => |v| whole(v, is_nordic(&digits(v))),
        "number" => record_number,
        "phone" => |v| whole(v, is_phone(v)),
        "resident_id" => |v| whole(v, is_resident_id(v)),
        "rodne_cislo" => |v| whole(v, number(v).is_some_and(|n| n % 11 == 0)),
        "short_date" => |v| whole(v, is_short_date(v)),
        "ssn" => |v| whole(v, is_ssn(&digits(v))),
        "verhoeff" => |v| whole(v, is_verhoeff(&digits(v))),
        "web" => |v| whole(v, !is_public_vocabulary(v)),
        "wordy" => |v| whole(v, v.chars().any(char::is_alphabetic) && !is_technical(v)),
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

fn record_number(value: &str) -> Option<usize> {
    let digits = digits(value);
    whole(value, digits.len() >= 3 && digits.iter().any(|&digit| digit > 0))
}

/// Year, month and day in an order in use; years from 1850 to 2099, or 2400 to 2599 of the Buddhist era.
fn is_date(value: &str) -> bool {
    if value.chars().any(char::is_alphabetic) {
        return true;
    }
    let parts: Vec<u64> =
        value.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    match parts[..] {
        [one] if one > 9_999_999_999 => is_date(&value[..8]),
        [one] => is_calendar(one / 10_000, one / 100 % 100, one % 100),
        [year, month, day] if year > 31 => is_calendar(year, month, day),
        [a, b, year] => is_calendar(year, a, b) || is_calendar(year, b, a),
        _ => false,
    }
}

fn is_short_date(value: &str) -> bool {
    let parts: Vec<u64> = value.split(['/', '.']).filter_map(|part| part.parse().ok()).collect();
    matches!(parts[..], [a, b, _] if is_calendar(2000, a, b) || is_calendar(2000, b, a))
}

fn is_calendar(year: u64, month: u64, day: u64) -> bool {
    let known = (1850..2100).contains(&year) || (2400..2600).contains(&year);
    known && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// After a cue for a birth date, short forms count too.
fn any_date(value: &str) -> Option<usize> {
    let digits = digits(value);
    let six = || {
        let [a, b, c] =
            [0, 2, 4].map(|at| digits.get(at).zip(digits.get(at + 1)).map_or(0, |(x, y)| x * 10 + y));
        digits.len() == 6 && (is_calendar(2000, b, c) || is_calendar(2000, b, a) || is_calendar(2000, a, b))
    };
    let parts: Vec<u64> =
        value.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let short =
        matches!(parts[..], [a, b, c] if c < 100 && (is_calendar(2000, a, b) || is_calendar(2000, b, a)));
    whole(value, is_date(value) || short || (parts.len() == 1 && six()))
}

fn is_phone(value: &str) -> bool {
    let digits = digits(value);
    (6..=15).contains(&digits.len()) && !all_equal(&digits) && !value.contains("..")
}

fn is_address(value: &str) -> bool {
    if value.contains(':') || value.contains('-') {
        return value.chars().any(|c| c.is_ascii_hexdigit() && c != '0');
    }
    let parts: Vec<u64> = value.split('.').filter_map(|part| part.parse().ok()).collect();
    // Versions look alike; an address has a first part above them, and parts of two digits or more.
    let is_version = parts.iter().all(|&part| part < 30);
    parts.len() == 4 && parts.iter().all(|&part| part < 256) && parts[0] > 0 && !is_version
}

/// Name spaces of public standards that files carry for technical reasons.
fn is_public_vocabulary(url: &str) -> bool {
    let host =
        url.split("//").nth(1).unwrap_or(url).split('/').next().unwrap_or_default().to_ascii_lowercase();
    const PUBLIC: [&str; 14] = [
        "www.w3.org",
        "ns.adobe.com",
        "purl.org",
        "schemas.microsoft.com",
        "schemas.xmlsoap.org",
        "www.iec.ch",
        "www.dicomstandard.org",
        "medical.nema.org",
        "dicom.nema.org",
        "www.hl7.org",
        "hl7.org",
        "iptc.org",
        "github.com",
        "www.github.com",
    ];
    PUBLIC.contains(&host.as_str())
}

/// Areas that the United States' Social Security Administration never assigned do not count.
fn is_ssn(digits: &[u64]) -> bool {
    let [area, group, serial] = [0..3, 3..5, 5..9].map(|range| {
        digits.get(range).unwrap_or_default().iter().fold(0, |number, digit| number * 10 + digit)
    });
    digits.len() == 9 && area > 0 && area != 666 && area < 900 && group > 0 && serial > 0
}

fn is_nhs(digits: &[u64]) -> bool {
    let sum = weighted(digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2]);
    digits.len() == 10 && !all_equal(digits) && digits.last() == Some(&((11 - sum % 11) % 11))
}

fn is_cpf(digits: &[u64]) -> bool {
    let check = |length: usize| {
        let sum: u64 =
            digits.iter().take(length).zip((2..=length as u64 + 1).rev()).map(|(d, w)| d * w).sum();
        digits.get(length) == Some(&(sum * 10 % 11 % 10))
    };
    digits.len() == 11 && !all_equal(digits) && check(9) && check(10)
}

fn is_ean13(digits: &[u64]) -> bool {
    digits.len() == 13 && weighted(digits, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]).is_multiple_of(10)
}

/// Spain: the letter is the number modulo 23.
fn is_dni(value: &str) -> bool {
    let replaced = value.replacen('X', "0", 1).replacen('Y', "1", 1).replacen('Z', "2", 1);
    let number = if value.starts_with(['X', 'Y', 'Z']) { number(&replaced) } else { number(value) };
    let letter = b"TRWAGMYFPDXBNJZSQVHLCKE".get(number.unwrap_or(0) as usize % 23).copied();
    number.is_some_and(|number| number > 0) && value.bytes().next_back() == letter
}

/// Finland: the last sign is the nine digits modulo 31.
fn is_hetu(value: &str) -> bool {
    let digits: String = value.chars().filter(char::is_ascii_digit).take(9).collect();
    let last = b"0123456789ABCDEFHJKLMNPRSTUVWXY".get(digits.parse::<usize>().unwrap_or(0) % 31).copied();
    digits.len() == 9 && value.bytes().next_back() == last
}

/// Germany's health insurance: the letter as two digits, weights 1 and 2, sums of digits.
fn is_kvnr(value: &str) -> bool {
    let Some(letter) = value.bytes().next().filter(u8::is_ascii_uppercase) else { return false };
    let letter = u64::from(letter - b'A') + 1;
    let all: Vec<u64> = [letter / 10, letter % 10].into_iter().chain(digits(value)).collect();
    let sum: u64 =
        all.iter().take(10).zip([1, 2].into_iter().cycle()).map(|(d, w)| d * w / 10 + d * w % 10).sum();
    all.len() == 11 && all.last() == Some(&(sum % 10))
}

/// France: 97 less the number modulo 97, Corsica's letters as numbers.
fn is_nir(value: &str) -> bool {
    let plain: String =
        value.replace("2A", "19").replace("2B", "18").chars().filter(char::is_ascii_digit).collect();
    let (Some(number), Some(key)) = (plain.get(..13), plain.get(13..)) else { return false };
    let (number, key) = (number.parse::<u64>().unwrap_or(0), key.parse::<u64>().unwrap_or(0));
    plain.len() == 15 && 97 - number % 97 == key
}

/// Sweden (ten digits, Luhn) and Denmark (a date of day and month first).
fn is_nordic(digits: &[u64]) -> bool {
    let short = digits.get(digits.len().saturating_sub(10)..).unwrap_or_default();
    let two = |at: usize| short.get(at).zip(short.get(at + 1)).map_or(0, |(a, b)| a * 10 + b);
    let luhn: u64 = short.iter().zip([2, 1].into_iter().cycle()).map(|(d, w)| d * w / 10 + d * w % 10).sum();
    let swedish = luhn.is_multiple_of(10) && is_calendar(2000, two(2), two(4) % 60);
    short.len() == 10 && (swedish || (digits.len() == 10 && is_calendar(2000, two(2), two(0))))
}

/// China: weights are powers of two modulo 11.
fn is_resident_id(value: &str) -> bool {
    let digits: Vec<u64> = value.chars().take(17).filter_map(|c| c.to_digit(10)).map(u64::from).collect();
    let sum = weighted(&digits, &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    let last = b"10X98765432".get((sum % 11) as usize).copied();
    digits.len() == 17 && value.bytes().next_back() == last
}

/// India: Verhoeff's check over the dihedral group of order ten.
fn is_verhoeff(digits: &[u64]) -> bool {
    const STEP: [u64; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let product = |a: u64, b: u64| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - 5 + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let permuted = |digit: u64, times: usize| {
        (0..times % 8).fold(digit, |d, _| STEP.get(d as usize).copied().unwrap_or(d))
    };
    let sum = digits.iter().rev().enumerate().fold(0, |sum, (at, &digit)| product(sum, permuted(digit, at)));
    digits.len() == 12 && sum == 0
}

fn words(value: &str) -> impl Iterator<Item = (usize, &str)> {
    value
        .split([' ', ',', '^', '_', '.', '　', '・', '='])
        .map(move |word| (word.as_ptr() as usize - value.as_ptr() as usize, word))
}

/// The words up to the first technical one; a lone initial is no name.
fn name_after_cue(value: &str) -> Option<usize> {
    let mut end = 0;
    for (at, word) in words(value).filter(|(_, word)| !word.is_empty()) {
        if is_technical(word) && word.chars().count() > 1 {
            break;
        }
        end = at + word.len();
    }
    let letters = value.get(..end)?.chars().filter(|c| c.is_alphabetic()).count();
    (letters > 1).then_some(end)
}

/// Two words that are not technical.
fn name_pair(value: &str) -> Option<usize> {
    let end = name_after_cue(value)?;
    let count = words(value.get(..end)?).filter(|(_, word)| word.chars().count() > 1).count();
    (count >= 2).then_some(end)
}

/// Two words of which one is a given name, and none is technical.
fn given_name(value: &str) -> Option<usize> {
    let parts: Vec<&str> =
        words(value).map(|(_, word)| word).filter(|word| word.chars().count() > 1).collect();
    let known = parts.iter().any(|word| is_given_name(word));
    whole(value, parts.len() >= 2 && known && !parts.iter().any(|word| is_technical(word)))
}

/// Parts of a name, unless one of them is a technical word: makers write `Head^Brain` the same way.
fn caret_name(value: &str) -> Option<usize> {
    let parts: Vec<&str> = value.split('^').filter(|part| part.chars().count() > 1).collect();
    whole(value, parts.len() >= 2 && !parts.iter().any(|part| is_technical(part)))
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
            ("resident_id", "11010519491231002X", "110105194912310021"),
            ("verhoeff", "2363 4567 8904", "2363 4567 8905"),
            ("ssn", "078-05-1120", "000-05-1120"),
            ("date", "31.12.1999", "32.13.1999"),
            ("date", "20190411", "20191341"),
        ] {
            assert!(holds(name, good), "{name} {good}");
            assert!(!holds(name, bad), "{name} {bad}");
        }
    }
}
