use super::{Class, is_placeholder};
use crate::{
    dicom::{Reading, Tag},
    standard::{Confidentiality, Keep, ProfileOption, ProfileOptions},
};

/// What a file declares of its de-identification, and what was kept or cleaned: (0012,0062), (0012,0063),
/// (0012,0064) and (0028,0303), PS3.15 section E.1.1. A file that does not claim to be de-identified declares nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Declared {
    pub identity_removed: bool,
    /// Whether it names the standard's profile, by code or in words.
    pub by_profile: bool,
    /// Whether it says that its pixels, icons among them, were cleaned.
    pub pixels_cleaned: bool,
    /// Whether identity was evidently replaced: claimed, or seen by a dummy in the patient's name.
    pub replaced: bool,
    /// Whether the patient's name is the patient's ID, as where both were replaced by a code.
    name_is_id: bool,
    options: ProfileOptions,
}

/// The longest number in a subject's code; record numbers are longer.
const MOST_DIGITS: usize = 4;
/// Digits of a number made by a hash, as de-identifying programs write them for accession numbers.
const HASH_DIGITS: usize = 16;
/// The same in hexadecimal digits.
const HEX_DIGITS: usize = 12;
/// Items of the method sequence that are read; the standard has a dozen codes.
const MOST_CODES: usize = 32;

impl Declared {
    pub fn of(reading: &Reading) -> Self {
        let identity_removed = reading.text(Tag(0x0012, 0x0062)).trim() == "YES";
        let mut options = ProfileOptions::default();
        let (mut by_profile, mut pixels_cleaned) = (false, false);
        if identity_removed {
            let method = reading.text(Tag(0x0012, 0x0063));
            for code in codes(reading) {
                by_profile |= code == BASIC_PROFILE;
                pixels_cleaned |= code == CLEAN_PIXELS;
                if let Some(option) = ProfileOption::by_code(&code) {
                    options.insert(option);
                }
            }
            by_profile |= names_profile(&method);
            written(&method, &mut options);
            match reading.text(Tag(0x0028, 0x0303)).trim() {
                "MODIFIED" => options.insert(ProfileOption::ModifiedDates),
                "UNMODIFIED" => options.insert(ProfileOption::FullDates),
                _ => {}
            }
        }
        let (name, id) = (reading.text(Tag(0x0010, 0x0010)), reading.text(Tag(0x0010, 0x0020)));
        let name = name.trim();
        let replaced = identity_removed || !name.is_empty() && is_placeholder(name, Class::Name);
        let name_is_id = name == id.trim();
        Self { identity_removed, by_profile, pixels_cleaned, replaced, name_is_id, options }
    }

    pub fn has(self, option: ProfileOption) -> bool {
        self.options.contains(option)
    }

    /// The option that lets the attribute stay as it is, or cleaned.
    pub fn lets(self, rule: Option<&Confidentiality>) -> Option<(ProfileOption, Keep)> {
        let rule = rule?;
        let lets = || self.options.iter().filter_map(|option| Some((option, rule.under(option)?)));
        lets().find(|(_, keep)| *keep == Keep::Keep).or_else(|| lets().next())
    }

    /// Whether `value` looks like a name or number that a study gave its subject, and not like what it stands for:
    /// PS3.15 Table E.1-1 asks for a dummy in place of the Patient ID, and research archives put the subject's code
    /// there. Only files in which identity was evidently replaced get the benefit of the doubt.
    pub fn is_pseudonym(self, class: Class, value: &str) -> bool {
        if !self.replaced {
            return false;
        }
        let value = value.trim();
        match class {
            Class::Name => is_code(value) || is_digest(value) || self.is_both(value),
            Class::PatientId => is_code(value) || is_small(value) || is_digest(value) || self.is_both(value),
            Class::OtherId | Class::Account => is_code(value) || is_digest(value) || is_counted(value),
            Class::Date | Class::BirthDate => self.identity_removed && is_dummy_time(value),
            _ => false,
        }
    }

    /// Name and ID alike, in a file that names the profile: both were replaced by one code.
    fn is_both(self, value: &str) -> bool {
        self.by_profile && self.name_is_id && value.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// Basic Application Confidentiality Profile.
const BASIC_PROFILE: &str = "113100";

/// Clean Pixel Data Option.
const CLEAN_PIXELS: &str = "113101";

/// The codes of (0012,0064).
fn codes(reading: &Reading) -> Vec<String> {
    let rows = &reading.rows;
    let Some(methods) = rows.find(Tag(0x0012, 0x0064)) else { return Vec::new() };
    let items = rows.children(Some(methods)).take(MOST_CODES);
    let codes = items.filter_map(|(item, _)| rows.find_in(Some(item), Tag(0x0008, 0x0100)));
    codes.map(|code| rows.text(code).trim().to_owned()).collect()
}

fn names_profile(method: &str) -> bool {
    let lower = method.to_ascii_lowercase();
    ["113100", "ps3.15", "ps 3.15", "basic application", "confidentiality profile"]
        .iter()
        .any(|name| lower.contains(name))
}

/// Codes and names of options in the text of (0012,0063), which many writers use alone.
fn written(method: &str, options: &mut ProfileOptions) {
    if method.is_empty() {
        return;
    }
    let lower = method.to_ascii_lowercase();
    for option in ProfileOption::ALL {
        if lower.contains(option.code()) || lower.contains(&option.name().to_ascii_lowercase()) {
            options.insert(option);
        }
    }
}

/// Letters and digits in groups, `CQ500-CT-310`, `sub-001`: at least three letters, a number at the end, none of
/// them long.
fn is_code(value: &str) -> bool {
    let plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let longest = value.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    plain
        && letters >= 3
        && value.ends_with(|c: char| c.is_ascii_digit())
        && (1..=MOST_DIGITS).contains(&longest)
        && value.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Digits of a hash: so many decimal ones, or hexadecimal ones of one case with letters among them.
fn is_digest(value: &str) -> bool {
    let all = |digit: fn(u8) -> bool| value.bytes().all(digit);
    let decimal = all(|byte| byte.is_ascii_digit());
    let lower = all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let upper = all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'));
    let mixed = value.bytes().any(|byte| byte.is_ascii_digit());
    if decimal { value.len() >= HASH_DIGITS } else { (lower || upper) && mixed && value.len() >= HEX_DIGITS }
}

/// A count of subjects.
fn is_small(value: &str) -> bool {
    (1..=MOST_DIGITS).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// `123456`: typed by somebody who needed a number.
fn is_counted(value: &str) -> bool {
    value.len() >= MOST_DIGITS
        && value.bytes().all(|byte| byte.is_ascii_digit())
        && value.as_bytes().windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1))
}

/// The first day of a year, which says the year alone, as Safe Harbor allows; noon and midnight sharp.
fn is_dummy_time(value: &str) -> bool {
    match value.len() {
        8 => value.ends_with("0101"),
        6 | 8.. => {
            let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
            let sharp = |time: &str| matches!(time, "000000" | "120000");
            fraction.bytes().all(|byte| byte == b'0')
                && match whole.len() {
                    6 => sharp(whole),
                    14 => whole.get(4..8) == Some("0101") && whole.get(8..).is_some_and(sharp),
                    _ => false,
                }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_subjects() {
        for code in ["CQ500-CT-310", "LIDC-IDRI-0314", "sub-001", "SUBJ_012", "MIP-PROSTATE-01-0022"] {
            assert!(is_code(code), "{code}");
        }
        for id in
            ["EX-0012345", "40271183", "MRN12345", "Sampleton^Jonathan", "CZ-700412-T", "001-SMITH", "A1"]
        {
            assert!(!is_code(id), "{id}");
        }
        assert!(is_digest("5534634656957015") && !is_digest("CT-60219944") && !is_digest("40271183"));
        assert!(is_digest("9f86d081884c7d65") && !is_digest("facade") && !is_digest("deadbeefcafe"));
        assert!(is_counted("345678") && !is_counted("345679") && is_small("417") && !is_small("40271183"));
    }

    #[test]
    fn dates_that_say_the_year_alone() {
        for dummy in ["20000101", "120000", "000000.00", "20000101120000.00", "20000101000000"] {
            assert!(is_dummy_time(dummy), "{dummy}");
        }
        for date in ["20120820", "103015", "20000101103015", "20120820120000", ""] {
            assert!(!is_dummy_time(date), "{date}");
        }
    }
}
