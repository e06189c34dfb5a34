//! Check digits of national numbers, by their issuers' public rules.

use super::{all_equal, calendar::is_day, digits, number, weighted};

/// Areas that the United States' Social Security Administration never assigned do not count.
pub fn is_ssn(digits: &[u64]) -> bool {
    let [area, group, serial] = [0..3, 3..5, 5..9].map(|range| {
        digits.get(range).unwrap_or_default().iter().fold(0, |number, digit| number * 10 + digit)
    });
    digits.len() == 9 && area > 0 && area != 666 && area < 900 && group > 0 && serial > 0
}

pub fn is_nhs(digits: &[u64]) -> bool {
    let sum = weighted(digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2]);
    digits.len() == 10 && !all_equal(digits) && digits.last() == Some(&((11 - sum % 11) % 11))
}

pub fn is_cpf(digits: &[u64]) -> bool {
    let check = |length: usize| {
        let sum: u64 =
            digits.iter().take(length).zip((2..=length as u64 + 1).rev()).map(|(d, w)| d * w).sum();
        digits.get(length) == Some(&(sum * 10 % 11 % 10))
    };
    digits.len() == 11 && !all_equal(digits) && check(9) && check(10)
}

pub fn is_ean13(digits: &[u64]) -> bool {
    digits.len() == 13 && weighted(digits, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]).is_multiple_of(10)
}

/// Spain: the letter is the number modulo 23.
pub fn is_dni(value: &str) -> bool {
    let plain: String = value.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let value = plain.as_str();
    let replaced = value.replacen('X', "0", 1).replacen('Y', "1", 1).replacen('Z', "2", 1);
    let number = if value.starts_with(['X', 'Y', 'Z']) { number(&replaced) } else { number(value) };
    let letter = b"TRWAGMYFPDXBNJZSQVHLCKE".get(number.unwrap_or(0) as usize % 23).copied();
    number.is_some_and(|number| number > 0) && value.bytes().next_back() == letter
}

/// Finland: the last sign is the nine digits modulo 31.
pub fn is_hetu(value: &str) -> bool {
    let digits: String = value.chars().filter(char::is_ascii_digit).take(9).collect();
    let last = b"0123456789ABCDEFHJKLMNPRSTUVWXY".get(digits.parse::<usize>().unwrap_or(0) % 31).copied();
    digits.len() == 9 && value.bytes().next_back() == last
}

/// Germany's health insurance: the letter as two digits, weights 1 and 2, sums of digits.
pub fn is_kvnr(value: &str) -> bool {
    let Some(letter) = value.bytes().next().filter(u8::is_ascii_uppercase) else { return false };
    let letter = u64::from(letter - b'A') + 1;
    let all: Vec<u64> = [letter / 10, letter % 10].into_iter().chain(digits(value)).collect();
    let sum: u64 =
        all.iter().take(10).zip([1, 2].into_iter().cycle()).map(|(d, w)| d * w / 10 + d * w % 10).sum();
    all.len() == 11 && all.last() == Some(&(sum % 10))
}

/// France: 97 less the number modulo 97, Corsica's letters as numbers.
pub fn is_nir(value: &str) -> bool {
    let plain: String =
        value.replace("2A", "19").replace("2B", "18").chars().filter(char::is_ascii_digit).collect();
    let (Some(number), Some(key)) = (plain.get(..13), plain.get(13..)) else { return false };
    let (number, key) = (number.parse::<u64>().unwrap_or(0), key.parse::<u64>().unwrap_or(0));
    plain.len() == 15 && 97 - number % 97 == key
}

/// China: weights are powers of two modulo 11.
pub fn is_resident_id(value: &str) -> bool {
    let digits: Vec<u64> = value.chars().take(17).filter_map(|c| c.to_digit(10)).map(u64::from).collect();
    let sum = weighted(&digits, &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    let last = b"10X98765432".get((sum % 11) as usize).copied();
    digits.len() == 17 && value.bytes().next_back() == last
}

/// India: Verhoeff's check over the dihedral group of order ten.
pub fn is_verhoeff(digits: &[u64]) -> bool {
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

/// Luhn's sum over all digits, the last of which checks.
pub fn is_luhn(digits: &[u64]) -> bool {
    let sum: u64 =
        digits.iter().rev().zip([1, 2].into_iter().cycle()).map(|(d, w)| d * w / 10 + d * w % 10).sum();
    sum.is_multiple_of(10) && !all_equal(digits)
}

/// The number that two digits at `at` are.
fn two(digits: &[u64], at: usize) -> u64 {
    digits.get(at).zip(digits.get(at + 1)).map_or(0, |(a, b)| a * 10 + b)
}

/// Sweden (ten digits, Luhn), and Denmark, Iceland, Latvia (a date, day first).
pub fn is_nordic(digits: &[u64]) -> bool {
    let day_first = is_day(2000, two(digits, 2), two(digits, 0));
    if digits.len() == 11 {
        return day_first;
    }
    let short = digits.get(digits.len().saturating_sub(10)..).unwrap_or_default();
    let swedish = is_luhn(short) && is_day(2000, two(short, 2), two(short, 4) % 60);
    short.len() == 10 && (swedish || (digits.len() == 10 && day_first))
}

/// The Czech Republic and Slovakia: a day, women's months from 51 on; ten digits are a multiple of 11, and nine are of
/// people born before 1954.
pub fn is_rodne_cislo(digits: &[u64]) -> bool {
    let month = two(digits, 2) % 50;
    let month = if month > 20 { month - 20 } else { month };
    let is_born = is_day(2000, month, two(digits, 4));
    let number = digits.iter().fold(0, |number, digit| number * 10 + digit);
    is_born && if digits.len() == 10 { number % 11 == 0 } else { two(digits, 0) < 54 }
}

/// Chile: weights 2 to 7 from the right, modulo 11.
pub fn is_rut(value: &str) -> bool {
    let Some((body, check)) = value.rsplit_once('-') else { return false };
    let body = digits(body);
    let sum: u64 = body.iter().rev().zip((2..=7).cycle()).map(|(d, w)| d * w).sum();
    let expected = match 11 - sum % 11 {
        11 => '0',
        10 => 'K',
        digit => char::from_digit(digit as u32, 10).unwrap_or('?'),
    };
    !all_equal(&body) && check.to_ascii_uppercase().starts_with(expected)
}

/// Argentina.
pub fn is_cuil(digits: &[u64]) -> bool {
    let sum = weighted(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
    digits.len() == 11 && digits.last() == Some(&((11 - sum % 11) % 11))
}

/// Eleven digits with a day of birth: Poland, Norway, Estonia and Lithuania, Greece.
pub fn is_of_eleven(digits: &[u64]) -> bool {
    digits.len() == 11 && (is_pesel(digits) || is_norwegian(digits) || is_baltic(digits) || is_greek(digits))
}

fn is_pesel(digits: &[u64]) -> bool {
    let sum = weighted(digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
    is_day(2000, two(digits, 2) % 20, two(digits, 4)) && digits.last() == Some(&((10 - sum % 10) % 10))
}

fn is_norwegian(digits: &[u64]) -> bool {
    let [first, second] = [&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1][..], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]]
        .map(|weights| weighted(digits, weights).is_multiple_of(11));
    is_day(2000, two(digits, 2) % 40, two(digits, 0) % 40) && first && second
}

fn is_baltic(digits: &[u64]) -> bool {
    let rest = |weights: &[u64]| weighted(digits, weights) % 11;
    let check = match rest(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) {
        10 => rest(&[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 10,
        check => check,
    };
    let century = digits.first().is_some_and(|digit| (1..=6).contains(digit));
    century && is_day(2000, two(digits, 3), two(digits, 5)) && digits.last() == Some(&check)
}

fn is_greek(digits: &[u64]) -> bool {
    is_day(2000, two(digits, 2), two(digits, 0)) && is_luhn(digits)
}

/// Thirteen digits with a day of birth: Romania, what was Yugoslavia, South Africa; and the ten of others among them.
pub fn is_of_thirteen(digits: &[u64]) -> bool {
    digits.len() == 13 && (is_romanian(digits) || is_yugoslav(digits) || is_south_african(digits))
}

fn is_romanian(digits: &[u64]) -> bool {
    let check = weighted(digits, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    let century = digits.first().is_some_and(|digit| (1..=9).contains(digit));
    century
        && is_day(2000, two(digits, 3), two(digits, 5))
        && digits.last() == Some(&(check % 10 + check / 10))
}

fn is_yugoslav(digits: &[u64]) -> bool {
    let sum = weighted(digits, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
    let year = digits.get(4).is_some_and(|&digit| digit == 0 || digit > 7);
    year && is_day(2000, two(digits, 2), two(digits, 0)) && digits.last() == Some(&((11 - sum % 11) % 11))
}

fn is_south_african(digits: &[u64]) -> bool {
    let citizen = digits.get(10).is_some_and(|&digit| digit < 3);
    citizen && is_day(2000, two(digits, 2), two(digits, 4)) && is_luhn(digits)
}

/// Russia's pension number.
pub fn is_snils(digits: &[u64]) -> bool {
    let sum = weighted(digits, &[9, 8, 7, 6, 5, 4, 3, 2, 1]);
    digits.len() == 11 && two(digits, 9) == sum % 101 % 100
}

pub fn is_thai(digits: &[u64]) -> bool {
    let sum = weighted(digits, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    digits.len() == 13 && digits.last() == Some(&((11 - sum % 11) % 10))
}

/// Those of Singapore and Hong Kong check; those of Malaysia, Pakistan, the Emirates and Sri Lanka have a form that
/// nothing else has.
pub fn is_asian(value: &str) -> bool {
    let numbers = digits(value);
    match value.bytes().next() {
        _ if value.contains('(') => is_hong_kong(value),
        Some(b'S' | b'T' | b'F' | b'G' | b'M') => is_singaporean(value, &numbers),
        Some(b'0'..=b'9') if value.ends_with(['V', 'v', 'X', 'x']) => {
            // The day of the year; women's from 501 on.
            let day = numbers.get(2..5).unwrap_or_default().iter().fold(0, |day, digit| day * 10 + digit);
            (1..=366).contains(&(day % 500))
        }
        _ => numbers.len() >= 12,
    }
}

fn is_singaporean(value: &str, numbers: &[u64]) -> bool {
    let offset = match value.bytes().next() {
        Some(b'T' | b'G') => 4,
        Some(b'M') => 3,
        _ => 0,
    };
    let table: &[u8] = match value.bytes().next() {
        Some(b'S' | b'T') => b"JZIHGFEDCBA",
        Some(b'M') => b"XWUTRQPNJLK",
        _ => b"XWUTRQPNMLK",
    };
    let sum = weighted(numbers, &[2, 7, 6, 5, 4, 3, 2]) + offset;
    value.bytes().next_back() == table.get((sum % 11) as usize).copied()
}

fn is_hong_kong(value: &str) -> bool {
    let of = |byte: u8| if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' + 10 };
    let mut signs: Vec<u64> =
        value.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| u64::from(of(byte))).collect();
    // A lone letter stands behind a space, which counts 36.
    if signs.len() == 8 {
        signs.insert(0, 36);
    }
    weighted(&signs, &[9, 8, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// Taiwan: the letter is a number of two digits.
pub fn is_taiwan(value: &str) -> bool {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let Some(at) = value.bytes().next().and_then(|first| LETTERS.iter().position(|&letter| letter == first))
    else {
        return false;
    };
    let letter = at as u64 + 10;
    let all: Vec<u64> = [letter / 10, letter % 10].into_iter().chain(digits(value)).collect();
    all.len() == 11 && weighted(&all, &[1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]).is_multiple_of(10)
}

/// Ireland and Austria check; Germany's pension number has a day in it; those of the United Kingdom and Portugal have
/// a form that nothing else has.
pub fn is_european(value: &str) -> bool {
    let numbers = digits(value);
    let plain: String = value.chars().filter(|&c| c != ' ').collect();
    match (numbers.len(), plain.len()) {
        (7, _) => is_irish(&plain, &numbers),
        (6, _) => true,
        (10, 10) => {
            let body = [&numbers[..3], &numbers[4..]].concat();
            let check = weighted(&body, &[3, 7, 9, 5, 8, 4, 2, 1, 6]) % 11;
            is_day(2000, two(&numbers, 6) % 12 + 1, two(&numbers, 4)) && numbers.get(3) == Some(&check)
        }
        (10, _) => true,
        (11, 12) => is_day(2000, two(&numbers, 4), two(&numbers, 2) % 50),
        _ => false,
    }
}

fn is_irish(value: &str, numbers: &[u64]) -> bool {
    let letters = value.get(7..).unwrap_or_default().as_bytes();
    let second =
        letters.get(1).filter(|&&letter| letter != b'W').map_or(0, |letter| u64::from(letter - b'A') + 1);
    let sum = weighted(numbers, &[8, 7, 6, 5, 4, 3, 2]) + second * 9;
    letters.first() == b"WABCDEFGHIJKLMNOPQRSTUV".get((sum % 23) as usize)
}

/// ISO 13616: the country and check digits behind the rest, letters as numbers, modulo 97.
pub fn is_iban(value: &str) -> bool {
    let plain: Vec<u8> = value.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let turned = plain.iter().skip(4).chain(plain.iter().take(4));
    let rest = turned.fold(0u64, |rest, &byte| match char::from(byte).to_digit(36) {
        Some(digit @ 0..=9) => (rest * 10 + u64::from(digit)) % 97,
        Some(letter) => (rest * 100 + u64::from(letter)) % 97,
        None => rest,
    });
    (15..=34).contains(&plain.len()) && rest == 1
}

/// Turkey: the sum of the odd places sevenfold less the even ones, then the sum of all.
pub fn is_turkish(digits: &[u64]) -> bool {
    let [d1, d2, d3, d4, d5, d6, d7, d8, d9, tenth, last] = *digits else { return false };
    let (odd, even) = (d1 + d3 + d5 + d7 + d9, d2 + d4 + d6 + d8);
    d1 > 0
        && !all_equal(&digits[..9])
        && (odd * 7 + 100 - even) % 10 == tenth
        && (odd + even + tenth) % 10 == last
}
