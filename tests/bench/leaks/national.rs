//! National numbers with valid check digits, made from random ones; the rules are the issuers' public ones.
use super::{moment::Day, rng::Rng};

/// A number of that kind for somebody born on that day, as it is usually written.
pub fn number(kind: &str, born: Day, female: bool, rng: &mut Rng) -> String {
    let yymmdd = &born.dicom()[2..];
    match kind {
        // Never issued with a third digit group of 0000 or an area of 000, 666, 9xx.
        "us_ssn" => {
            format!("{:03}-{:02}-{:04}", rng.between(101, 649), rng.between(11, 98), rng.between(1001, 9998))
        }
        "uk_nhs" => until(|| {
            let body = format!("{}{}", rng.between(4, 7), rng.digits(8));
            let sum: u32 = digits(&body).zip((2..=10).rev()).map(|(d, w)| d * w).sum();
            let check = match 11 - sum % 11 {
                11 => 0,
                10 => return None,
                other => other,
            };
            Some(format!("{} {} {}{check}", &body[..3], &body[3..6], &body[6..]))
        }),
        "de_kvnr" => {
            let body = rng.shape("@########");
            let letter = u32::from(body.as_bytes()[0] - b'A') + 1;
            let all = format!("{letter:02}{}", &body[1..]);
            let sum: u32 = digits(&all).zip([1, 2].into_iter().cycle()).map(|(d, w)| cross(d * w)).sum();
            format!("{body}{}", sum % 10)
        }
        "fr_nir" => {
            let body = format!(
                "{}{}{:02}{}",
                if female { 2 } else { 1 },
                &yymmdd[..4],
                rng.between(1, 19),
                rng.digits(6)
            );
            let key = 97 - body.parse::<u64>().unwrap() % 97;
            let b = &body;
            format!("{} {} {} {} {} {} {key:02}", &b[..1], &b[1..3], &b[3..5], &b[5..7], &b[7..10], &b[10..])
        }
        "es_dni" => {
            let body = rng.shape("!#######");
            format!("{body}{}", b"TRWAGMYFPDXBNJZSQVHLCKE"[body.parse::<usize>().unwrap() % 23] as char)
        }
        "it_cf" => codice_fiscale(born, female, rng),
        "nl_bsn" => until(|| {
            let body = rng.shape("1#######");
            let sum: u32 = digits(&body).zip((2..=9).rev()).map(|(d, w)| d * w).sum();
            (sum % 11 < 10).then(|| format!("{body}{}", sum % 11))
        }),
        "br_cpf" => {
            let body = rng.shape("!########");
            let first = cpf(&body, 10);
            let second = cpf(&format!("{body}{first}"), 11);
            format!("{}.{}.{}-{first}{second}", &body[..3], &body[3..6], &body[6..])
        }
        "se_pnr" => {
            let body = format!("{yymmdd}{}", rng.digits(3));
            format!("{}{yymmdd}-{}{}", born.year / 100, &body[6..], luhn(&body))
        }
        "fi_hetu" => {
            let serial = format!("{:03}", rng.between(2, 899));
            let ddmmyy = format!("{:02}{:02}{:02}", born.day, born.month, born.year % 100);
            let rest = format!("{ddmmyy}{serial}").parse::<usize>().unwrap() % 31;
            let sign = if born.year >= 2000 { 'A' } else { '-' };
            format!("{ddmmyy}{sign}{serial}{}", b"0123456789ABCDEFHJKLMNPRSTUVWXY"[rest] as char)
        }
        "no_fnr" => until(|| {
            let body =
                format!("{:02}{:02}{:02}{:03}", born.day, born.month, born.year % 100, rng.between(1, 499));
            let k1 = norwegian(&body, &[3, 7, 6, 1, 8, 9, 4, 5, 2])?;
            let k2 = norwegian(&format!("{body}{k1}"), &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2])?;
            Some(format!("{} {}{k1}{k2}", &body[..6], &body[6..]))
        }),
        "pl_pesel" => {
            let month = born.month + if born.year >= 2000 { 20 } else { 0 };
            let body = format!("{:02}{month:02}{:02}{}", born.year % 100, born.day, rng.digits(4));
            let sum: u32 = digits(&body).zip([1, 3, 7, 9].into_iter().cycle()).map(|(d, w)| d * w % 10).sum();
            format!("{body}{}", (10 - sum % 10) % 10)
        }
        "cz_rc" => until(|| {
            let month = born.month + if female { 50 } else { 0 };
            let body = format!("{:02}{month:02}{:02}{}", born.year % 100, born.day, rng.digits(3));
            let rest = body.parse::<u64>().unwrap() % 11;
            (rest < 10).then(|| format!("{}/{}{rest}", &body[..6], &body[6..]))
        }),
        "tr_tckn" => {
            let body = rng.shape("!########");
            let d: Vec<u32> = digits(&body).collect();
            let odd: u32 = d.iter().step_by(2).sum();
            let even: u32 = d.iter().skip(1).step_by(2).sum();
            let tenth = (odd * 7 + 100 - even) % 10;
            format!("{body}{tenth}{}", (odd + even + tenth) % 10)
        }
        "gr_amka" => {
            let body = format!("{:02}{:02}{:02}{}", born.day, born.month, born.year % 100, rng.digits(4));
            format!("{body}{}", luhn(&body))
        }
        "ru_snils" => {
            let body = format!("1{}", rng.digits(8));
            let sum: u32 = digits(&body).zip((1..=9).rev()).map(|(d, w)| d * w).sum();
            format!("{}-{}-{} {:02}", &body[..3], &body[3..6], &body[6..], sum % 101 % 100)
        }
        "jp_mynumber" => {
            let body = rng.shape("!##########");
            let sum: u32 = digits(&body).zip([6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]).map(|(d, w)| d * w).sum();
            let check = if sum % 11 <= 1 { 0 } else { 11 - sum % 11 };
            format!("{} {} {}{check}", &body[..4], &body[4..8], &body[8..])
        }
        "kr_rrn" => {
            let sex = if born.year >= 2000 { 3 } else { 1 } + u32::from(female);
            let body = format!("{yymmdd}{sex}{}", rng.digits(5));
            let sum: u32 = digits(&body).zip([2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]).map(|(d, w)| d * w).sum();
            format!("{}-{}{}", &body[..6], &body[6..], (11 - sum % 11) % 10)
        }
        "cn_rid" => {
            let body =
                format!("{}{}{}", rng.pick(&["110105", "310104", "440305"]), born.dicom(), rng.digits(3));
            let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
            let sum: u32 = digits(&body).zip(weights).map(|(d, w)| d * w).sum();
            format!("{body}{}", b"10X98765432"[(sum % 11) as usize] as char)
        }
        "il_tz" => {
            let body = rng.shape("!#######");
            format!("{body}{}", luhn(&body))
        }
        "th_id" => {
            let body = format!("{}{}", rng.between(1, 5), rng.digits(11));
            let sum: u32 = digits(&body).zip((2..=13).rev()).map(|(d, w)| d * w).sum();
            let b = &body;
            format!("{}-{}-{}-{}-{}", &b[..1], &b[1..5], &b[5..10], &b[10..], (11 - sum % 11) % 10)
        }
        "ch_ahv" => {
            let body = format!("756{}", rng.digits(9));
            let sum: u32 = digits(&body).zip([1, 3].into_iter().cycle()).map(|(d, w)| d * w).sum();
            format!("756.{}.{}.{}{}", &body[3..7], &body[7..11], &body[11..], (10 - sum % 10) % 10)
        }
        "be_nn" => {
            let body = format!("{yymmdd}{:03}", rng.between(1, 997));
            let whole = if born.year >= 2000 { format!("2{body}") } else { body.clone() };
            let check = 97 - whole.parse::<u64>().unwrap() % 97;
            format!("{}.{}.{}-{}.{check:02}", &body[..2], &body[2..4], &body[4..6], &body[6..])
        }
        "ca_sin" => {
            let body = rng.shape("!#######");
            format!("{} {} {}{}", &body[..3], &body[3..6], &body[6..], luhn(&body))
        }
        "au_medicare" => {
            let body = format!("{}{}", rng.between(2, 6), rng.digits(7));
            let sum: u32 = digits(&body).zip([1, 3, 7, 9, 1, 3, 7, 9]).map(|(d, w)| d * w).sum();
            format!("{} {}{} 1", &body[..4], &body[4..], sum % 10)
        }
        "ro_cnp" => {
            let sex = if born.year >= 2000 { 5 } else { 1 } + u32::from(female);
            let body = format!("{sex}{yymmdd}{:02}{}", rng.between(1, 46), rng.digits(3));
            let sum: u32 = digits(&body).zip([2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]).map(|(d, w)| d * w).sum();
            format!("{body}{}", if sum % 11 == 10 { 1 } else { sum % 11 })
        }
        "in_aadhaar" => {
            let body = rng.shape("!##########");
            format!("{} {} {}{}", &body[..4], &body[4..8], &body[8..], verhoeff(&body))
        }
        "hr_oib" => {
            let body = rng.shape("!#########");
            let rest = digits(&body).fold(10, |a, d| match (a + d) % 10 {
                0 => 20 % 11,
                sum => sum * 2 % 11,
            });
            format!("{body}{}", (11 - rest) % 10)
        }
        "za_id" => {
            let body = format!("{yymmdd}{:04}08", rng.between(1, 9998));
            format!("{body}{}", luhn(&body))
        }
        other => super::rehearsal::national::number(other, born, female, rng),
    }
}

/// What it is called where it is written.
pub fn cue(kind: &str) -> &'static str {
    match kind {
        "us_ssn" => "SSN",
        "uk_nhs" => "NHS No",
        "de_kvnr" => "KVNR",
        "fr_nir" => "NIR",
        "es_dni" => "DNI",
        "it_cf" => "C.F.",
        "nl_bsn" => "BSN",
        "br_cpf" => "CPF",
        "se_pnr" => "Personnummer",
        "fi_hetu" => "Henkilötunnus",
        "no_fnr" => "Fødselsnummer",
        "pl_pesel" => "PESEL",
        "cz_rc" => "r.č.",
        "tr_tckn" => "TC Kimlik No",
        "gr_amka" => "AMKA",
        "ca_sin" => "SIN",
        "au_medicare" => "Medicare no",
        "in_aadhaar" => "Aadhaar",
        "za_id" => "ID number",
        "ch_ahv" => "AHV-Nr.",
        "be_nn" => "NISS",
        "ro_cnp" => "CNP",
        "hr_oib" => "OIB",
        other => super::rehearsal::national::cue(other),
    }
}

fn until<T>(mut make: impl FnMut() -> Option<T>) -> T {
    loop {
        if let Some(made) = make() {
            return made;
        }
    }
}

fn digits(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.chars().filter_map(|c| c.to_digit(10))
}

fn cross(n: u32) -> u32 {
    n / 10 + n % 10
}

/// Luhn's check digit of a number that starts with the doubled digit.
pub fn luhn(body: &str) -> u32 {
    let doubled = if body.len() % 2 == 1 { 0 } else { 1 };
    let sum: u32 =
        digits(body).enumerate().map(|(at, d)| if at % 2 == doubled { cross(2 * d) } else { d }).sum();
    (10 - sum % 10) % 10
}

pub fn cpf(body: &str, first: u32) -> u32 {
    let sum: u32 = digits(body).zip((2..=first).rev()).map(|(d, w)| d * w).sum();
    sum * 10 % 11 % 10
}

fn norwegian(body: &str, weights: &[u32]) -> Option<u32> {
    let sum: u32 = digits(body).zip(weights).map(|(d, w)| d * w).sum();
    let check = (11 - sum % 11) % 11;
    (check < 10).then_some(check)
}

fn codice_fiscale(born: Day, female: bool, rng: &mut Rng) -> String {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let mut consonants = |count| {
        (0..count).map(|_| *rng.pick(&['B', 'C', 'D', 'F', 'G', 'L', 'M', 'R', 'S', 'V'])).collect::<String>()
    };
    let letters = consonants(6);
    let month = b"ABCDEHLMPRST"[born.month as usize - 1] as char;
    let day = born.day + if female { 40 } else { 0 };
    let body = format!("{letters}{:02}{month}{day:02}F{}", born.year % 100, rng.shape("205"));
    let value = |c: char| c.to_digit(10).unwrap_or_else(|| c as u32 - 'A' as u32);
    let sum: u32 = body
        .chars()
        .enumerate()
        .map(|(at, c)| if at % 2 == 0 { ODD[value(c) as usize] } else { value(c) })
        .sum();
    format!("{body}{}", char::from(b'A' + (sum % 26) as u8))
}

pub fn verhoeff(body: &str) -> u32 {
    let times = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    const STEP: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let moved = |d: u32, times: usize| (0..times % 8).fold(d, |d, _| STEP[d as usize]);
    let all: Vec<u32> = digits(body).collect();
    let sum = all.iter().rev().enumerate().fold(0, |sum, (at, &d)| times(sum, moved(d, at + 1)));
    (0..10).find(|&d| times(sum, d) == 0).unwrap()
}
