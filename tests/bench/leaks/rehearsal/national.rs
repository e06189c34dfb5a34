//! National numbers that only this part has.
use super::super::{judging, moment::Day, rng::Rng};

/// A number of that kind with a valid check digit.
pub fn number(kind: &str, born: Day, female: bool, rng: &mut Rng) -> String {
    match kind {
        "dk_cpr" => loop {
            // From 4 on the seventh digit says this century.
            let serial = format!("{}{}", if born.year >= 2000 { 4 } else { 1 }, rng.digits(2));
            let body = format!("{:02}{:02}{:02}{serial}", born.day, born.month, born.year % 100);
            let check = (11 - weighed(&body, &[4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
            if check < 10 {
                return format!("{}-{}{check}", &body[..6], &body[6..]);
            }
        },
        "bg_egn" => {
            let month = born.month + if born.year >= 2000 { 40 } else { 0 };
            let body = format!("{:02}{month:02}{:02}{}", born.year % 100, born.day, rng.digits(3));
            format!("{body}{}", weighed(&body, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10)
        }
        other => judging::national::number(other, born, female, rng),
    }
}

/// What it is called where it is written.
pub fn cue(kind: &str) -> &'static str {
    match kind {
        "dk_cpr" => "CPR-nr.",
        "bg_egn" => "ЕГН",
        other => judging::national::cue(other),
    }
}

pub fn weighed(body: &str, weights: &[u32]) -> u32 {
    body.chars().filter_map(|c| c.to_digit(10)).zip(weights).map(|(d, w)| d * w).sum()
}
