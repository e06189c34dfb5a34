use super::key::{Key, hex};

/// The root of UIDs that are made from a UUID: PS3.5 section B.2.
pub(super) const UUID_ROOT: &str = "2.25.";
/// UIDs of the standard itself mean the same everywhere.
const STANDARD: &str = "1.2.840.10008.";
/// Days by which a patient's dates go back at least, and how many different offsets there are.
const LEAST_SHIFT: u32 = 365;
const SHIFTS: u32 = 3650;

/// Values that stand for others: the same for the same original under one key, and not to be traced back without it.
#[derive(Debug, Clone)]
pub struct Pseudonyms {
    key: Key,
}

/// By how many days the dates of one patient are moved back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift(u32);

impl Pseudonyms {
    pub fn new(key: Key) -> Self {
        Self { key }
    }

    pub fn key(&self) -> &Key {
        &self.key
    }

    /// The UID in place of `uid`: under 2.25., a UUID of version 8 (RFC 9562), at most 44 characters. Those of the
    /// standard stay.
    pub fn uid(&self, uid: &str) -> String {
        let uid = uid.trim_matches([' ', '\0']);
        if uid.is_empty() || is_of_standard(uid) {
            return uid.to_owned();
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.key.hash("uid", uid.as_bytes())[..16]);
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        format!("{UUID_ROOT}{}", u128::from_be_bytes(bytes))
    }

    /// What a patient is called and numbered by in place of `id`: 16 hexadecimal digits that are no number.
    pub fn patient(&self, id: &str) -> String {
        let hash = self.key.hash("patient", id.trim().as_bytes());
        let mut digits: Vec<char> = hex(&hash[..8]).chars().collect();
        // Letters and digits are both in it, so that it is taken neither for a number nor for a word.
        for (at, digit) in digits.iter_mut().enumerate().take(4) {
            let choice = u32::from(hash[16 + at]);
            *digit =
                char::from_digit(if at % 2 == 0 { 10 + choice % 6 } else { choice % 10 }, 16).unwrap_or('0');
        }
        digits.into_iter().collect()
    }

    /// How the dates of this patient move: one offset for all of them.
    pub fn shift(&self, patient: &str) -> Shift {
        let hash = self.key.hash("date", patient.trim().as_bytes());
        let number = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
        Shift(LEAST_SHIFT + number % SHIFTS)
    }
}

impl Shift {
    /// A `DA`, or the date at the beginning of a `DT`, moved; the rest of the text stays. `None` for what is no day.
    pub fn date(self, text: &str) -> Option<String> {
        let text = text.trim_matches([' ', '\0']);
        let dotted = text.get(4..5) == Some(".") && text.get(7..8) == Some(".");
        let (y, m, d, rest) = if dotted {
            (text.get(..4)?, text.get(5..7)?, text.get(8..10)?, text.get(10..)?)
        } else {
            (text.get(..4)?, text.get(4..6)?, text.get(6..8)?, text.get(8..)?)
        };
        if !rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'+' | b'-')) {
            return None;
        }
        let number =
            |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i64>().ok())?;
        let (year, month, day) = civil(days(number(y)?, number(m)?, number(d)?)? - i64::from(self.0));
        Some(format!("{year:04}{month:02}{day:02}{rest}"))
    }
}

/// Whether it is a UID that a standard could have registered, and not one with something else behind the root.
pub(super) fn is_of_standard(uid: &str) -> bool {
    let number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    uid.strip_prefix(STANDARD).is_some_and(|rest| rest.split('.').all(number))
}

/// Days since 1970-01-01 of the proleptic Gregorian calendar; `None` for what is no day.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) || year < 1 {
        return None;
    }
    // Years begin in March, so that the leap day is the last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1 - 719_468)
}

/// The day that is so many days after 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (year + era * 400 + carry, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leak::{Class, is_placeholder};
    use proptest::prelude::*;

    fn pseudonyms() -> Pseudonyms {
        Pseudonyms::new(Key::of([7; 32]))
    }

    #[test]
    fn uids_are_uids_and_those_of_the_standard_stay() {
        let uid = pseudonyms().uid("1.2.3");
        assert_eq!(uid, pseudonyms().uid("1.2.3\0"));
        assert_ne!(uid, Pseudonyms::new(Key::of([8; 32])).uid("1.2.3"));
        let number: u128 = uid.strip_prefix("2.25.").unwrap().parse().unwrap();
        assert_eq!((number >> 76 & 0xf, number >> 62 & 0b11), (8, 0b10));
        assert!(uid.len() <= 44);
        assert_eq!(pseudonyms().uid("1.2.840.10008.1.2"), "1.2.840.10008.1.2");
        assert_eq!(pseudonyms().uid(""), "");
        for odd in ["1.2.840.10008.40271183", "1.2.840.10008.1/../x", "1.2.840.10008."] {
            assert!(pseudonyms().uid(odd).starts_with("2.25."));
        }
    }

    #[test]
    fn a_patient_is_a_code_that_the_scan_knows_as_such() {
        for id in ["1", "MRN 0012345", "", "山田"] {
            let patient = pseudonyms().patient(id);
            assert_eq!(patient.len(), 16);
            assert!(
                is_placeholder(&patient, Class::PatientId) && is_placeholder(&patient, Class::Name),
                "{patient}"
            );
        }
        assert_eq!(pseudonyms().patient("1 "), pseudonyms().patient("1"));
    }

    #[test]
    fn dates_move_back() {
        let shift = Shift(1);
        for (from, to) in [
            ("20240301", "20240229"),
            ("20230301", "20230228"),
            ("20000101", "19991231"),
            ("2024.03.01", "20240229"),
            ("20240301103015.25+0100", "20240229103015.25+0100"),
        ] {
            assert_eq!(shift.date(from).as_deref(), Some(to));
        }
        for none in ["", "2024", "20241301", "20240230", "20240301 by N.", "2024-3-1", "+0240301"] {
            assert_eq!(shift.date(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn intervals_stay(a in -20_000i64..20_000, b in -20_000i64..20_000, patient in ".{0,8}") {
            let text = |days| { let (y, m, d) = civil(days); format!("{y:04}{m:02}{d:02}") };
            let back = |text: &str| days(text[..4].parse().unwrap(), text[4..6].parse().unwrap(), text[6..].parse().unwrap()).unwrap();
            prop_assert_eq!(back(&text(a)), a);
            let shift = pseudonyms().shift(&patient);
            let (x, y) = (back(&shift.date(&text(a)).unwrap()), back(&shift.date(&text(b)).unwrap()));
            prop_assert_eq!(x - y, a - b);
            prop_assert!((365..4015).contains(&(a - x)));
        }
    }
}
