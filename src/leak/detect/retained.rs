use crate::{
    leak::Severity,
    standard::{Keep, ProfileOption},
};
use std::borrow::Cow;

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
