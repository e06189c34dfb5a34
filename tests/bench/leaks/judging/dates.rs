//! Dates as people write them elsewhere, or otherwise.
use crate::all::moment::Day;
use std::collections::BTreeMap;

const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
const ENGLISH: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The day in that form: the Buddhist and Japanese calendars, ordinals, Roman months, full width, a time of ISO 8601.
pub fn written(day: Day, form: &str) -> String {
    let Day { year: y, month: m, day: d } = day;
    let english = ENGLISH[m as usize - 1];
    match form {
        "ordinal" => format!("{d}{} of {} {y}", ordinal(d), full(m)),
        "usabbr" => format!("{english} {d} {y}"),
        "abbrlow" => format!("{d:02}{}{:02}", english.to_lowercase(), y % 100),
        "usdash" => format!("{m:02}-{d:02}-{y}"),
        "spaced" => format!("{d:02} {m:02} {y}"),
        "roman" => format!("{d}.{}.{y}", ROMAN[m as usize - 1]),
        "iso8601" => format!("{y}-{m:02}-{d:02}T00:00:00Z"),
        "run" => format!("{d:02}{m:02}{y}"),
        "edf" => format!("{d:02}-{}-{y}", english.to_uppercase()),
        "thai" => format!("{d:02}/{m:02}/{}", y + 543),
        "thaitext" => format!("{d} {} {}", month("th", m).unwrap_or_default(), y + 543),
        "gengo" => {
            let (era, first) = era(day);
            format!("{era}{}年{m}月{d}日", y - first)
        }
        "sjw" => {
            let (era, first) = era(day);
            format!("{}{}.{m}.{d}", if era == "昭和" { 'S' } else { 'H' }, y - first)
        }
        "wide" => {
            let wide = |text: String| text.chars().map(full_width).collect::<String>();
            format!("{}年{}月{}日", wide(y.to_string()), wide(m.to_string()), wide(d.to_string()))
        }
        other => panic!("no form of a date is called {other}"),
    }
}

/// With the month's name, in languages that the other parts do not have.
pub fn text(day: Day, lang: &str) -> Option<String> {
    let Day { year: y, month: m, day: d } = day;
    let name = month(lang, m)?;
    Some(match lang {
        "lt" => format!("{y} m. {name} {d} d."),
        "lv" => format!("{y}. gada {d}. {name}"),
        "is" | "et" | "sk" | "sl" | "sr" => format!("{d}. {name} {y}"),
        "vi" => format!("ngày {d} {} năm {y}", name.replace('-', " ")),
        _ => format!("{d} {name} {y}"),
    })
}

fn month(lang: &str, month: u32) -> Option<String> {
    let all: BTreeMap<String, String> = toml::from_str(include_str!("dates.toml")).unwrap();
    all.get(lang)?.split(' ').nth(month as usize - 1).map(str::to_owned)
}

/// Heisei began on 8 January 1989; no day of ours lies before the 13th.
fn era(day: Day) -> (&'static str, u32) {
    if day.year >= 1989 { ("平成", 1988) } else { ("昭和", 1925) }
}

fn ordinal(day: u32) -> &'static str {
    match day {
        21 => "st",
        22 => "nd",
        23 => "rd",
        _ => "th",
    }
}

fn full(month: u32) -> &'static str {
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ][month as usize - 1]
}

fn full_width(c: char) -> char {
    char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap()
}
