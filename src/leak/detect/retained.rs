use crate::{
    dicom::{Reading, Tag},
    leak::Severity,
    standard::{Confidentiality, Keep, ProfileOption, ProfileOptions},
};
use std::borrow::Cow;

/// What a file declares to have kept or cleaned when it was de-identified: (0012,0062), (0012,0063), (0012,0064) and
/// (0028,0303), PS3.15 section E.1.1. A file that does not claim to be de-identified declares nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Retained {
    pub identity_removed: bool,
    options: ProfileOptions,
}

/// Items of the method sequence that are read; the standard has a dozen codes.
const MOST_CODES: usize = 32;

impl Retained {
    pub fn of(reading: &Reading) -> Self {
        let identity_removed = reading.text(Tag(0x0012, 0x0062)).trim() == "YES";
        let mut options = ProfileOptions::default();
        if identity_removed {
            codes(reading, &mut options);
            written(&reading.text(Tag(0x0012, 0x0063)), &mut options);
            match reading.text(Tag(0x0028, 0x0303)).trim() {
                "MODIFIED" => options.insert(ProfileOption::ModifiedDates),
                "UNMODIFIED" => options.insert(ProfileOption::FullDates),
                _ => {}
            }
        }
        Self { identity_removed, options }
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
}

fn codes(reading: &Reading, options: &mut ProfileOptions) {
    let rows = &reading.rows;
    let Some(methods) = rows.find(Tag(0x0012, 0x0064)) else { return };
    for (item, _) in rows.children(Some(methods)).take(MOST_CODES) {
        if let Some(code) = rows.find_in(Some(item), Tag(0x0008, 0x0100))
            && let Some(option) = ProfileOption::by_code(rows.text(code).trim())
        {
            options.insert(option);
        }
    }
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

/// Severity and reason of a value that an option lets stay. Kept values and shifted dates are as the profile wants
/// them; of cleaned ones only the claim is known, so that they stay on the list, one step lower.
pub(super) fn let_stay(
    (option, keep): (ProfileOption, Keep),
    severity: Severity,
    why: &'static str,
) -> (Severity, Cow<'static, str>) {
    let name = option.name();
    match (option, keep) {
        (_, Keep::Keep) => {
            (Severity::Info, Cow::Owned(format!("Kept under the option {name}, as the file declares. {why}")))
        }
        (ProfileOption::ModifiedDates, _) => (
            Severity::Info,
            Cow::Owned(format!("Changed under the option {name}, as the file declares. {why}")),
        ),
        _ => (
            severity.min(Severity::Low),
            Cow::Owned(format!("Cleaned under the option {name}, as the file declares. {why}")),
        ),
    }
}
