use super::{Form, Spelling, sorted};
use crate::text::needle::squeeze;
use std::sync::LazyLock;

/// The ways to write a day, given as a `DA` (PS3.5 section 6.2: `YYYYMMDD`, or `YYYY.MM.DD` of old) or as the
/// beginning of a `DT`. Empty where it is not a day of the years 1850 to 2199.
pub fn birth_date(value: &str) -> Vec<Spelling> {
    let Some(day) = Day::parse(value) else { return Vec::new() };
    let mut out = Vec::new();
    day.in_digits(&mut out);
    day.with_month_name(&mut out);
    day.in_other_calendars(&mut out);
    sorted(out)
}

#[derive(Clone, Copy)]
struct Day {
    year: u32,
    month: u32,
    day: u32,
}

impl Day {
    fn parse(value: &str) -> Option<Self> {
        let digits: String =
            value.trim().chars().filter(|&c| !matches!(c, '.' | '-' | '/' | ':')).take(8).collect();
        let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u32>().ok();
        let day = Self { year: number(0..4)?, month: number(4..6)?, day: number(6..8)? };
        let known = digits.bytes().all(|b| b.is_ascii_digit());
        (known
            && (1850..2200).contains(&day.year)
            && (1..=12).contains(&day.month)
            && (1..=31).contains(&day.day))
        .then_some(day)
    }

    fn in_digits(self, out: &mut Vec<Spelling>) {
        let Self { year, month, day } = self;
        // Buddhist years are what Thailand writes.
        for year in [year, year + 543] {
            for text in [
                format!("{year}{month:02}{day:02}"),
                format!("{day:02}{month:02}{year}"),
                format!("{month:02}{day:02}{year}"),
            ] {
                out.push(Spelling { form: Form::Date, text, words: vec![year.to_string()] });
            }
            for text in [
                format!("{year}{month}{day}"),
                format!("{year}{month:02}{day}"),
                format!("{year}{month}{day:02}"),
                format!("{day}{month}{year}"),
                format!("{day:02}{month}{year}"),
                format!("{day}{month:02}{year}"),
                format!("{month}{day}{year}"),
                format!("{month:02}{day}{year}"),
                format!("{month}{day:02}{year}"),
            ] {
                if text.len() < 8 {
                    out.push(Spelling { form: Form::LooseDate, text, words: vec![year.to_string()] });
                }
            }
        }
        let short = year % 100;
        let mut push =
            |text| out.push(Spelling { form: Form::ShortDate, text, words: vec![format!("{short:02}")] });
        for (a, b) in [(day, month), (month, day)] {
            push(format!("{a:02}{b:02}{short:02}"));
            push(format!("{a}{b}{short:02}"));
        }
        push(format!("{short:02}{month:02}{day:02}"));
    }

    fn with_month_name(self, out: &mut Vec<Spelling>) {
        let Self { year, month, day } = self;
        let names = MONTHS.get(month as usize - 1).map(Vec::as_slice).unwrap_or_default();
        let mut push =
            |text: String| out.push(Spelling { form: Form::Date, text, words: vec![year.to_string()] });
        for (nth, name) in names.iter().enumerate() {
            for day in [day.to_string(), format!("{day:02}")] {
                push(format!("{day}{name}{year}"));
                push(format!("{year}{name}{day}"));
                push(format!("{name}{day}{year}"));
            }
            // English and its abbreviations come first.
            if nth < 2 {
                let nth_day = format!("{day}{}", ordinal(day));
                push(format!("{nth_day}{name}{year}"));
                push(format!("{name}{nth_day}{year}"));
                push(format!("{nth_day}of{name}{year}"));
            } else if name.len() > 3 && name.is_ascii() {
                push(format!("{day}de{name}de{year}"));
                push(format!("{day}de{name}{year}"));
            }
        }
        let short = year % 100;
        for (name, day) in
            names.iter().flat_map(|name| [(name, day.to_string()), (name, format!("{day:02}"))])
        {
            let words = vec![format!("{short:02}")];
            out.push(Spelling { form: Form::Date, text: format!("{day}{name}{short:02}"), words });
        }
    }

    fn in_other_calendars(self, out: &mut Vec<Spelling>) {
        let Self { year, month, day } = self;
        let date = year * 10_000 + month * 100 + day;
        let eras: Vec<_> = ERAS
            .into_iter()
            .filter(|(_, _, first, last)| (*first..=*last).contains(&date))
            .map(|(sign, letter, first, _)| (sign, letter, year - first / 10_000 + 1))
            .collect();
        let mut push = |form, text: String, word: String| {
            out.push(Spelling { form, text: squeeze(&text), words: vec![squeeze(&word)] });
        };
        for (month, day) in
            [(month.to_string(), day.to_string()), (format!("{month:02}"), format!("{day:02}"))]
        {
            push(Form::Date, format!("{year}年{month}月{day}日"), year.to_string());
            push(Form::Date, format!("{year}년{month}월{day}일"), year.to_string());
            for (sign, letter, nth) in &eras {
                let start = sign.chars().take(1).collect::<String>();
                if *nth == 1 {
                    push(Form::Date, format!("{sign}元年{month}月{day}日"), start.clone());
                }
                for nth in [nth.to_string(), format!("{nth:02}")] {
                    push(Form::Date, format!("{sign}{nth}年{month}月{day}日"), start.clone());
                    push(Form::Date, format!("{letter}{nth}年{month}月{day}日"), nth.clone());
                    push(Form::LooseDate, format!("{letter}{nth}{month}{day}"), nth.clone());
                }
            }
        }
    }
}

/// The eras of Japan since 1868: name, letter, first and last day.
const ERAS: [(&str, &str, u32, u32); 5] = [
    ("明治", "m", 18_680_125, 19_120_730),
    ("大正", "t", 19_120_730, 19_261_225),
    ("昭和", "s", 19_261_225, 19_890_107),
    ("平成", "h", 19_890_108, 20_190_430),
    ("令和", "r", 20_190_501, 21_991_231),
];

fn ordinal(day: u32) -> &'static str {
    match (day % 10, day / 10) {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// Names and abbreviations of the twelve months, squeezed: `assets/lexicon/months.txt`.
static MONTHS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let lines =
        include_str!("../../../assets/lexicon/months.txt").lines().filter(|line| !line.starts_with('#'));
    let months = lines.map(|line| {
        let mut known = std::collections::BTreeSet::new();
        line.split_whitespace().map(squeeze).filter(|name| known.insert(name.clone())).collect()
    });
    months.collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_has_names() {
        assert_eq!(MONTHS.len(), 12);
        assert!(MONTHS.iter().all(|names| names.len() > 10));
    }

    #[test]
    fn spells_days() {
        let spellings = birth_date("19610503");
        for text in [
            "19610503",
            "1961-05-03",
            "03.05.1961",
            "05/03/1961",
            "3.5.1961",
            "3/5/61",
            "03-05-61",
            "3 May 1961",
            "May 3, 1961",
            "3rd May 1961",
            "3. Mai 1961",
            "3 mai 1961",
            "3 de mayo de 1961",
            "3 мая 1961",
            "03-MAY-1961",
            "1961年5月3日",
            "昭和36年5月3日",
            "S36.5.3",
            "1961년 5월 3일",
            "3/5/2504",
            "3 Μαΐου 1961",
            "3 maggio 1961",
        ] {
            assert!(spellings.iter().any(|spelling| spelling.text == squeeze(text)), "{text}");
        }
        assert_eq!(birth_date("1961.05.03"), spellings);
        for none in ["", "1961", "00010101", "19611301", "ANON", "1961050"] {
            assert!(birth_date(none).is_empty(), "{none}");
        }
    }
}
