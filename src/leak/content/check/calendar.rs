use super::{digits, whole};

/// Year, month and day in an order in use; years from 1850 to 2099, or 2400 to 2599 of the Buddhist era.
pub fn is_date(value: &str) -> bool {
    if value.chars().any(char::is_alphabetic) {
        return !value.contains('T') || is_date(value.get(..8).unwrap_or_default());
    }
    let parts = parts(value);
    match parts[..] {
        [one] if one > 9_999_999_999 => value.get(..8).is_some_and(is_date),
        [one] => is_day(one / 10_000, one / 100 % 100, one % 100),
        [year, month, day] if year > 31 => is_day(year, month, day),
        [a, b, year] => is_day(year, a, b) || is_day(year, b, a),
        _ => false,
    }
}

pub fn is_short_date(value: &str) -> bool {
    let parts: Vec<u64> = value.split(['/', '.']).filter_map(|part| part.parse().ok()).collect();
    matches!(parts[..], [a, b, _] if is_day(2000, a, b) || is_day(2000, b, a))
}

pub fn is_day(year: u64, month: u64, day: u64) -> bool {
    let known = (1850..2100).contains(&year) || (2400..2600).contains(&year);
    known && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// After a cue for a birth date, short forms count too.
pub fn any(value: &str) -> Option<usize> {
    let digits = digits(value);
    let six = || {
        let [a, b, c] =
            [0, 2, 4].map(|at| digits.get(at).zip(digits.get(at + 1)).map_or(0, |(x, y)| x * 10 + y));
        digits.len() == 6 && (is_day(2000, b, c) || is_day(2000, b, a) || is_day(2000, a, b))
    };
    let parts = parts(value);
    let [a, b, c] = [0, 1, 2].map(|at| parts.get(at).copied().unwrap_or(0));
    let three = parts.len() == 3;
    let short = three && c < 100 && (is_day(2000, a, b) || is_day(2000, b, a));
    let era = three && a < 100 && is_day(2000, b, c);
    // Of Iran's calendar.
    let iranian = three && value.contains('/') && (1250..1420).contains(&a) && is_day(2000, b, c);
    whole(value, is_date(value) || short || era || iranian || (parts.len() == 1 && six()))
}

/// The numbers in a value.
fn parts(value: &str) -> Vec<u64> {
    value.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}
