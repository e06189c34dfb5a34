//! What a text says, wherever it stands: dates, phones, addresses, numbers, names after a cue. Pure functions
//! over text; knows no files and no elements. The shapes are data: `assets/content/patterns.toml`.

mod check;
mod given_name;
mod pattern;
pub mod vocabulary;

use std::ops::Range;

/// Something in a text that gives away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// The name of its rule, which says class, severity and reason.
    pub rule: &'static str,
    /// How sure, in per cent.
    pub confidence: u8,
}

/// What in `text` gives away, in order, not overlapping; at most [`MOST_HITS`] of each pattern. Takes time
/// linear in the text's length.
pub fn scan(text: &str) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for (pattern, span) in pattern::found(text) {
        let apart = |hit: &Hit| hit.span.end <= span.start || span.end <= hit.span.start;
        if hits.iter().all(apart) {
            hits.push(Hit { span, rule: pattern.rule, confidence: pattern.confidence });
        }
    }
    hits.sort_by_key(|hit| hit.span.start);
    hits
}

/// Hits of one pattern in one text; a text that holds more is a list, and its first lines tell as much.
pub const MOST_HITS: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> Vec<(&'static str, &str)> {
        scan(text).into_iter().map(|hit| (hit.rule, &text[hit.span])).collect()
    }

    #[test]
    fn what_gives_away() {
        for (text, rule, value) in [
            ("DOB: 03/05/1961", "text.birth_date", "03/05/1961"),
            ("geb. 3.5.1961 in Musterstadt", "text.birth_date", "3.5.1961"),
            ("born 3 May 1961", "text.birth_date", "3 May 1961"),
            ("né le 3 mai 1961", "text.birth_date", "3 mai 1961"),
            ("生年月日 1961年5月3日", "text.birth_date", "1961年5月3日"),
            ("Дата рождения: 03.05.1961", "text.birth_date", "03.05.1961"),
            ("seen on 2019-04-11", "text.date", "2019-04-11"),
            ("scan 20190411 repeat", "text.date", "20190411"),
            ("on April 11, 2019 at", "text.date", "April 11, 2019"),
            ("vom 11. März 2019", "text.date", "11. März 2019"),
            ("MRN 0012345", "text.patient_id", "0012345"),
            ("Pat-ID: AB-778812", "text.patient_id", "AB-778812"),
            ("カルテ番号：12345678", "text.patient_id", "12345678"),
            ("病历号:ZY0012345", "text.patient_id", "ZY0012345"),
            ("Acc# 20-55512", "text.other_id", "20-55512"),
            ("call +49 30 5550123", "text.phone", "+49 30 5550123"),
            ("(555) 555-0123", "text.phone", "(555) 555-0123"),
            ("Tel. 030 5550123", "text.phone", "030 5550123"),
            ("mail erika@example.org now", "text.email", "erika@example.org"),
            ("see http://pacs.example.org/x?id=1", "text.web", "http://pacs.example.org/x?id=1"),
            ("host 192.168.10.4 down", "text.ip", "192.168.10.4"),
            ("SSN 078-05-1120", "text.national_id", "078-05-1120"),
            ("NHS No: 943 476 5919", "text.national_id", "943 476 5919"),
            ("number 943 476 5919", "text.national_id", "943 476 5919"),
            ("RSSMRA61E03H501X", "text.national_id", "RSSMRA61E03H501X"),
            ("11010519491231002X", "text.national_id", "11010519491231002X"),
            ("67-year-old with", "text.age", "67-year-old"),
            ("Patient: Example, Erika", "text.name", "Example, Erika"),
            ("Name: EXAMPLE ERIKA", "text.name", "EXAMPLE ERIKA"),
            ("患者氏名：山田太郎", "text.name", "山田太郎"),
            ("환자명: 홍길동", "text.name", "홍길동"),
            ("Пациент: Примерова Анна", "text.name", "Примерова Анна"),
            ("Dr. Samplesson agreed", "text.staff_name", "Samplesson"),
            ("Mrs. Samplesson", "text.name", "Samplesson"),
            ("EXAMPLE^ERIKA", "text.name", "EXAMPLE^ERIKA"),
            ("discussed with John Samplesson", "text.name", "John Samplesson"),
            ("12 Sample Street", "text.address", "12 Sample Street"),
            ("Musterstraße 5", "text.address", "Musterstraße 5"),
            ("5 rue de la République", "text.address", "5 rue de la République"),
        ] {
            let said = said(text);
            assert!(said.contains(&(rule, value)), "{text}: {said:?}");
        }
    }

    #[test]
    fn what_gives_nothing_away() {
        for text in [
            "",
            "CHEST PA",
            "t1_mprage_sag_p2_iso",
            "ep2d_diff_3scan_trace_p2_ADC",
            "Head^Brain",
            "KNEE^ROUTINE",
            "Down syndrome protocol",
            "Carr-Purcell",
            "1.2.840.113619.2.55.3.604688119.868.1248862010.20190411",
            "0.488281\\0.488281",
            "syngo MR E11 4.2.1.0",
            "Patient: supine",
            "Patient Position: Head First",
            "kV 120 mAs 250",
            "ACC 2",
            "3-plane loc SSFSE",
            "TE 90 TR 4000 FA 150",
            "for Head",
            "00000000",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }

    #[test]
    fn a_long_text_takes_linear_time() {
        assert!(scan(&"ab ".repeat(300_000)).is_empty());
        assert!(scan(&"7".repeat(1_000_000)).len() <= MOST_HITS * 4);
    }

    proptest! {
        #[test]
        fn spans_are_in_the_text_and_in_order(text in "(?s).{0,80}") {
            let hits = scan(&text);
            for pair in hits.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            prop_assert!(hits.iter().all(|hit| text.get(hit.span.clone()).is_some()));
        }
    }
}
