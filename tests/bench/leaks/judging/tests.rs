//! What the judging part's own forms hold is what they say.
use crate::all::{
    judging::{
        dates,
        forms::pdf::{pdf, run_length},
        national as n,
    },
    moment::Day,
};

#[test]
fn check_digits_are_those_of_published_numbers() {
    assert_eq!((n::irish("1234567"), n::chilean("12345678")), ('T', '5'));
    assert_eq!(n::singaporean("1234567", 1960), ('S', 'D'));
    assert_eq!((n::maori("ZZZ001"), n::austrian("123", "010180")), (Some(6), Some(7)));
    assert_eq!((n::portuguese("12345678"), n::taiwanese("12345678")), (9, 9));
    assert_eq!((n::baltic("3760503029"), n::latvian("1611751999")), (9, 7));
    assert_eq!((n::yugoslav("010100650000"), n::ukrainian("175901377")), (Some(6), 6));
    assert_eq!((n::mexican("BOXW310820HNERXN0"), n::iranian("049937089")), (9, 9));
}

#[test]
fn dates_are_those_of_the_calendars() {
    let day = Day { year: 1962, month: 3, day: 17 };
    let written = |form| dates::written(day, form);
    assert_eq!((written("thai"), written("sjw")), ("17/03/2505".to_owned(), "S37.3.17".to_owned()));
    assert_eq!(written("ordinal"), "17th of March 1962");
    let later = Day { year: 1990, month: 12, day: 23 };
    assert_eq!(dates::written(later, "gengo"), "平成2年12月23日");
    assert_eq!(dates::text(day, "sl").as_deref(), Some("17. marca 1962"));
}

#[test]
fn packed_pages_can_be_unpacked() {
    assert_eq!(run_length(b"Tj"), [1, b'T', b'j', 128]);
    let bytes = pdf("asciihex", "Mock");
    let hex: String = "(Mock) Tj".bytes().map(|byte| format!("{byte:02x}")).collect();
    assert!(bytes.windows(hex.len()).any(|part| part == hex.as_bytes()));
}
