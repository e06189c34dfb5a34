//! National numbers that only this part has; the rules are the issuers' public ones.
use crate::all::{moment::Day, rehearsal::national::weighed, rng::Rng};

/// A number of that kind with a valid check digit, as it is usually written.
pub fn number(kind: &str, born: Day, female: bool, rng: &mut Rng) -> String {
    loop {
        if let Some(number) = tried(kind, born, female, rng) {
            return number;
        }
    }
}

/// None where the random digits have no check digit.
fn tried(kind: &str, born: Day, female: bool, rng: &mut Rng) -> Option<String> {
    let (yy, mm, dd) = (born.year % 100, born.month, born.day);
    let century = born.year / 100;
    Some(match kind {
        "ie_pps" => {
            let body = rng.shape("!######");
            format!("{body}{}", irish(&body))
        }
        "nz_nhi" => {
            let body = rng.shape("@@@###");
            format!("{body}{}", maori(&body)?)
        }
        "sg_nric" => {
            let body = rng.digits(7);
            let (first, letter) = singaporean(&body, born.year);
            format!("{first}{body}{letter}")
        }
        "at_svnr" => {
            let (serial, date) = (rng.shape("!##"), format!("{dd:02}{mm:02}{yy:02}"));
            format!("{serial}{} {date}", austrian(&serial, &date)?)
        }
        "pt_nif" => {
            let body = format!("2{}", rng.digits(7));
            format!("{body}{}", portuguese(&body))
        }
        "cl_rut" => {
            let body = format!("{}{}", rng.between(5, 24), rng.digits(6));
            let mark = chilean(&body);
            let at = body.len() - 6;
            format!("{}.{}.{}-{mark}", &body[..at], &body[at..at + 3], &body[at + 3..])
        }
        "mx_curp" => {
            let sex = if female { 'M' } else { 'H' };
            let late = if born.year >= 2000 { "A" } else { "0" };
            let body = format!(
                "{}{yy:02}{mm:02}{dd:02}{sex}YN{}{late}",
                rng.pick(&["CAXD", "EORI", "GOUC", "HUIX"]),
                rng.pick(&["NHZ", "CRG", "BLN"])
            );
            format!("{body}{}", mexican(&body))
        }
        "is_kt" => {
            let body = format!("{dd:02}{mm:02}{yy:02}{}", rng.between(20, 99));
            let check = 11 - weighed(&body, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11;
            let check = if check == 11 { 0 } else { check };
            let age = if century == 20 { 0 } else { 9 };
            (check < 10).then(|| format!("{}-{}{check}{age}", &body[..6], &body[6..]))?
        }
        "ee_ik" => {
            let sex = if century == 20 { 5 } else { 3 } + u32::from(female);
            let body = format!("{sex}{yy:02}{mm:02}{dd:02}{}", rng.digits(3));
            format!("{body}{}", baltic(&body))
        }
        "lv_pk" => {
            let serial = format!("{}{}", century - 18, rng.digits(3));
            let body = format!("{dd:02}{mm:02}{yy:02}{serial}");
            format!("{}-{serial}{}", &body[..6], latvian(&body))
        }
        "rs_jmbg" => {
            let serial = rng.between(0, 499) + if female { 500 } else { 0 };
            let body = format!("{dd:02}{mm:02}{:03}71{serial:03}", born.year % 1000);
            format!("{body}{}", yugoslav(&body)?)
        }
        "ua_rnokpp" => {
            let body = format!("{}{}", rng.between(2, 3), rng.digits(8));
            format!("{body}{}", ukrainian(&body))
        }
        "tw_id" => {
            let body = format!("{}{}", if female { 2 } else { 1 }, rng.digits(7));
            format!("A{body}{}", taiwanese(&body))
        }
        "ir_melli" => {
            let body = format!("0{}", rng.shape("!#######"));
            format!("{body}{}", iranian(&body))
        }
        other => panic!("no national number is called {other}"),
    })
}

/// What it is called where it is written.
pub fn cue(kind: &str) -> &'static str {
    match kind {
        "ie_pps" => "PPSN",
        "nz_nhi" => "NHI",
        "sg_nric" => "NRIC",
        "at_svnr" => "SVNR",
        "pt_nif" => "NIF",
        "cl_rut" => "RUT",
        "mx_curp" => "CURP",
        "is_kt" => "Kennitala",
        "ee_ik" => "Isikukood",
        "lv_pk" => "Personas kods",
        "rs_jmbg" => "JMBG",
        "ua_rnokpp" => "РНОКПП",
        "tw_id" => "身份證字號",
        "ir_melli" => "کد ملی",
        _ => "National ID",
    }
}

pub fn irish(body: &str) -> char {
    char::from(b"WABCDEFGHIJKLMNOPQRSTUV"[(weighed(body, &[8, 7, 6, 5, 4, 3, 2]) % 23) as usize])
}

/// Letters count from 1, without I and O.
pub fn maori(body: &str) -> Option<u32> {
    let value = |c: char| match c.to_digit(10) {
        Some(digit) => digit,
        None => "ABCDEFGHJKLMNPQRSTUVWXYZ".find(c).unwrap() as u32 + 1,
    };
    let sum: u32 = body.chars().zip((2..=7).rev()).map(|(c, w)| value(c) * w).sum();
    (!sum.is_multiple_of(11)).then(|| (11 - sum % 11) % 10)
}

pub fn singaporean(body: &str, year: u32) -> (char, char) {
    let sum = weighed(body, &[2, 7, 6, 5, 4, 3, 2]);
    let (first, more) = if year >= 2000 { ('T', 4) } else { ('S', 0) };
    (first, char::from(b"JZIHGFEDCBA"[((sum + more) % 11) as usize]))
}

pub fn austrian(serial: &str, date: &str) -> Option<u32> {
    let check = (weighed(serial, &[3, 7, 9]) + weighed(date, &[5, 8, 4, 2, 1, 6])) % 11;
    (check < 10).then_some(check)
}

pub fn portuguese(body: &str) -> u32 {
    let rest = weighed(body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    if rest < 2 { 0 } else { 11 - rest }
}

pub fn chilean(body: &str) -> char {
    let turned: String = body.chars().rev().collect();
    match 11 - weighed(&turned, &[2, 3, 4, 5, 6, 7, 2, 3]) % 11 {
        11 => '0',
        10 => 'K',
        digit => char::from(b'0' + digit as u8),
    }
}

pub fn mexican(body: &str) -> u32 {
    let order = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
    let value = |c: char| order.chars().position(|o| o == c).unwrap() as u32;
    let sum: u32 = body.chars().zip((2..=18).rev()).map(|(c, w)| value(c) * w).sum();
    (10 - sum % 10) % 10
}

pub fn baltic(body: &str) -> u32 {
    let first = weighed(body, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
    let second = weighed(body, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
    if first < 10 { first } else { second % 10 }
}

pub fn latvian(body: &str) -> u32 {
    (1 + weighed(body, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10
}

pub fn yugoslav(body: &str) -> Option<u32> {
    match 11 - weighed(body, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
        10 => None,
        11 => Some(0),
        digit => Some(digit),
    }
}

/// The first weight is -1, which is 10 modulo 11.
pub fn ukrainian(body: &str) -> u32 {
    weighed(body, &[10, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 % 10
}

/// Of a number that begins with A, which is 10.
pub fn taiwanese(body: &str) -> u32 {
    (10 - (1 + weighed(body, &[8, 7, 6, 5, 4, 3, 2, 1])) % 10) % 10
}

pub fn iranian(body: &str) -> u32 {
    let rest = weighed(body, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    if rest < 2 { rest } else { 11 - rest }
}
