/// The year of the date that digits begin with, written as DICOM does: `19620317…`.
pub(super) fn year_of_day(digits: &str) -> Option<u32> {
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u32>().ok();
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(year)
}

/// The year of the standard's first edition: nothing is scanned on an earlier day, and somebody born.
pub(super) const FIRST_YEAR: u32 = 1985;
/// The last year in which something that exists may have been scanned.
pub(super) const LAST_YEAR: u32 = 2040;
