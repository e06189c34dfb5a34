mod code;

use super::{
    Class,
    content::vocabulary::is_technical,
    is_placeholder,
    placeholder::{is_described, is_generic_place, is_phantom},
};
use crate::{
    dicom::{Reading, Tag},
    standard::{Confidentiality, Keep, ProfileOption, ProfileOptions},
};
use code::{
    has_few_digits, is_called_code, is_code, is_digest, is_numbered, is_short_code, is_small, is_token,
    is_typed,
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
    /// Whether what was scanned was no patient: a name or an ID says so, and the ID and the birth date are nobody's.
    phantom: bool,
    /// Whether the patient's name is the patient's ID, as where both were replaced by a code, or the ID that of a
    /// subject of a study.
    name_is_id: bool,
    /// Whether the patient's ID is the trial's subject ID.
    id_is_subject: bool,
    options: ProfileOptions,
}

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
        let (name, id) = (name.trim(), id.trim());
        let is_nobody = |id: &str| id.is_empty() || is_placeholder(id, Class::PatientId);
        let named = reading.rows.find(Tag(0x0010, 0x0010)).is_some();
        let emptied = named && name.is_empty() && is_nobody(id) && is_of_nobody(reading, id);
        let replaced = identity_removed || emptied || !name.is_empty() && is_placeholder(name, Class::Name);
        // A name that says nothing says nothing of the ID.
        let name_is_id = !name.is_empty() && name == id;
        let id_is_subject = !id.is_empty() && reading.text(TRIAL_SUBJECT).trim() == id;
        let phantom = (is_phantom(name)
            || is_phantom(id) && (name.is_empty() || is_placeholder(name, Class::Name)))
            && is_of_nobody(reading, id);
        Self {
            identity_removed,
            by_profile,
            pixels_cleaned,
            replaced,
            phantom,
            name_is_id,
            id_is_subject,
            options,
        }
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
        let value = value.trim_matches(|c: char| c.is_whitespace() || "[](){}<>#".contains(c));
        let is_made = || is_code(value) || is_digest(value) || self.identity_removed && is_token(value);
        let is_words = || self.identity_removed && is_described(value, class);
        let is_short = || self.identity_removed && (is_short_code(value) || is_called_code(value));
        match class {
            Class::Name => {
                let is_made = is_made() || is_short() || self.identity_removed && is_numbered(value);
                is_made || is_words() || self.is_replacement(self.name_is_id, value)
            }
            Class::PatientId => {
                is_made()
                    || is_short()
                    || is_small(value)
                    || self.is_replacement(self.name_is_id || self.id_is_subject, value)
                    || self.identity_removed && is_typed(value)
                    || is_words()
            }
            Class::StaffName | Class::RelativeName => is_words(),
            Class::Institution => {
                self.identity_removed && (is_generic_place(value) || is_digest(value) || is_token(value))
            }
            // No number, no account.
            Class::Phone | Class::Address | Class::OtherId | Class::Account | Class::Insurance
                if !value.bytes().any(|byte| byte.is_ascii_digit()) && is_words() =>
            {
                true
            }
            Class::OtherId | Class::Account if is_short() && has_few_digits(value) => true,
            Class::OtherId | Class::Account => is_made() || is_typed(value) || is_small(value),
            Class::BirthDate => is_year(value) || self.identity_removed && is_dummy_time(value),
            Class::Date => self.identity_removed && is_dummy_time(value),
            _ => false,
        }
    }

    /// Whether the value tells of a patient, and there is none: what a phantom measures and when it was scanned. Of
    /// other numbers only those that are nobody's: one that can be looked up may be of a patient whose name was
    /// written over.
    pub fn is_of_no_patient(self, class: Class, value: &str) -> bool {
        use Class::{Age, BirthDate, Date, Demographic, FreeText, Health, OtherId, PatientId, Physique};
        self.phantom
            && match class {
                Age | BirthDate | Date | Demographic | Health | PatientId | Physique => true,
                OtherId => is_nobodys_id(value.trim()),
                FreeText => is_technical(value),
                _ => false,
            }
    }

    /// Whether a value that stands where another does too is a code: in a file that names the profile, both were
    /// replaced by it.
    fn is_replacement(self, stands_twice: bool, value: &str) -> bool {
        self.by_profile && stands_twice && value.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// Study, series, acquisition and content date: days on which something was scanned.
const SCANNED: [Tag; 4] =
    [Tag(0x0008, 0x0020), Tag(0x0008, 0x0021), Tag(0x0008, 0x0022), Tag(0x0008, 0x0023)];
/// Clinical Trial Subject ID.
const TRIAL_SUBJECT: Tag = Tag(0x0012, 0x0040);

/// Basic Application Confidentiality Profile.
const BASIC_PROFILE: &str = "113100";

/// Clean Pixel Data Option.
const CLEAN_PIXELS: &str = "113101";

/// Whether neither the patient's ID nor the birth date is one that people have. Where one is, the name of a phantom
/// only stands over a patient's.
fn is_of_nobody(reading: &Reading, id: &str) -> bool {
    let birth = reading.text(Tag(0x0010, 0x0030));
    let birth = birth.trim();
    let is_scan = || SCANNED.into_iter().any(|tag| reading.text(tag).trim() == birth);
    is_nobodys_id(id) && (is_placeholder(birth, Class::BirthDate) || is_dummy_time(birth) || is_scan())
}

/// Whether an ID is a dummy, or a number that somebody counted or typed.
fn is_nobodys_id(id: &str) -> bool {
    is_placeholder(id, Class::PatientId) || is_code(id) || is_small(id) || is_typed(id)
}

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
    if SHIFTED.iter().any(|words| lower.contains(words)) {
        options.insert(ProfileOption::ModifiedDates);
    }
}

/// How writers say that dates were moved.
const SHIFTED: [&str; 9] = [
    "date shift",
    "dates shift",
    "shifted date",
    "date offset",
    "dates offset",
    "offset date",
    "jitter",
    "modified date",
    "dates modified",
];

/// A year, as Safe Harbor allows.
fn is_year(value: &str) -> bool {
    value.len() == 4 && value.starts_with(['1', '2']) && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// The first day of a year, as programs write that leave the year alone; noon and midnight sharp.
fn is_dummy_time(value: &str) -> bool {
    match value.len() {
        4 => is_year(value),
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
    fn a_subject_s_id_excuses_no_name() {
        let declared =
            Declared { replaced: true, by_profile: true, id_is_subject: true, ..Declared::default() };
        assert!(declared.is_pseudonym(Class::PatientId, "40271183"));
        assert!(!declared.is_pseudonym(Class::Name, "Sampleton^Jonathan 2"));
        let alike = Declared { name_is_id: true, ..declared };
        assert!(alike.is_pseudonym(Class::Name, "40271183"));
    }

    #[test]
    fn dates_that_say_the_year_alone() {
        for dummy in ["1962", "20000101", "120000", "000000.00", "20000101120000.00", "20000101000000"] {
            assert!(is_dummy_time(dummy), "{dummy}");
        }
        for date in ["19620701", "4711", "20120820", "103015", "20000101103015", "20120820120000", ""] {
            assert!(!is_dummy_time(date), "{date}");
        }
    }
}
