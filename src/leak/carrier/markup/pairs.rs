use super::super::gather::{Gather, Lines, is_measure};
use super::super::written;

/// Characters of a name at most.
const LONGEST_NAME: usize = 64;

/// Reads settings, `name=value`, several in a text, a line each or between semicolons, ampersands or bars. False
/// where there are fewer than two, or more that is none.
pub(in super::super) fn pairs(text: &str, gather: &mut Gather<'_, '_>) -> bool {
    if text.bytes().filter(|&b| b == b'=').take(2).count() < 2 {
        return false;
    }
    let separators: &[char] =
        if text.contains('\n') || text.contains('\r') { &['\n', '\r'] } else { &[';', '&', '|', '\0'] };
    let parts = || text.split(separators).map(str::trim).filter(|part| !part.is_empty());
    let (named, all) = parts()
        .fold((0usize, 0usize), |(named, all), part| (named + usize::from(pair(part).is_some()), all + 1));
    if named < 2 || named * 2 < all {
        return false;
    }
    let mut lines = Lines::new("settings");
    let mut whose = "";
    for part in parts() {
        if let Some(section) = part.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            whose = if is_of_patient(section) { "Patient " } else { "" };
        }
        match pair(part) {
            Some((_, value)) if is_measure(value) => {}
            Some((name, value)) => {
                let value = value.trim_matches(['"', '\'']);
                lines.value(name, value);
                if !whose.is_empty() {
                    lines.value(&[whose, name].concat(), value);
                }
                if value.len() >= 24 {
                    written::encoded(value, gather);
                }
            }
            None => lines.line(part),
        }
    }
    lines.say(gather);
    true
}

/// Whether a section of settings is about a patient.
fn is_of_patient(section: &str) -> bool {
    const PEOPLE: [&str; 8] =
        ["patient", "paciente", "paziente", "pacient", "subject", "person", "demographics", "пациент"];
    let section = section.to_lowercase();
    PEOPLE.iter().any(|word| section.contains(word))
}

fn pair(part: &str) -> Option<(&str, &str)> {
    let (name, value) = part.split_once('=')?;
    let name = name.trim().trim_matches('"');
    let fits = !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ' ' | '[' | ']' | ':' | '/'));
    fits.then(|| (name, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> String {
        let mut out = Vec::new();
        pairs(text, &mut Gather::new(&mut out));
        out.into_iter().map(|passage| passage.text.into_owned()).collect()
    }

    #[test]
    fn names_announce_values() {
        assert_eq!(
            lines("OPER=ADMIN;PAT=Erika Example;DOB=17-Mar-1962;"),
            "OPER: ADMIN\nPAT: Erika Example\nDOB: 17-Mar-1962"
        );
        assert_eq!(
            lines("[job]\npatient_name = \"Erika Example\"\nkV=120\n"),
            "[job]\npatient name: Erika Example"
        );
        assert_eq!(
            lines("[Patient]\nLast=Sampleton\n[Scan]\nkernel=Br40\n"),
            "[Patient]\nLast: Sampleton\nPatient Last: Sampleton\n[Scan]\nkernel: Br40"
        );
        assert_eq!(lines("a sentence with x=1 in it"), "");
        assert_eq!(lines("E=mc2; no other"), "");
    }
}
