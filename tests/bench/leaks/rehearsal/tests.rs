//! What the rehearsal part's own forms hold is what they say.
use crate::all::{
    rehearsal::{
        forms::{blob, gzip, pdf, zip::zip},
        national::weighed,
    },
    rng::Rng,
    wrap,
};
use dcmleak::demo::encode::Charset;
use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use std::io::Read;

const SAID: &str = "Patient: Säde Räsälänpää";

fn text(mut from: impl Read) -> String {
    let mut out = String::new();
    from.read_to_string(&mut out).unwrap();
    out
}

#[test]
fn what_is_packed_can_be_unpacked() {
    assert_eq!(text(GzDecoder::new(&gzip(SAID.as_bytes())[..])), SAID);
    assert_eq!(text(ZlibDecoder::new(&wrap::flate(SAID.as_bytes())[..])), SAID);
    let archive = zip(&[("a.xml", "x".to_owned()), ("b.xml", SAID.to_owned())]);
    let at = archive.windows(5).position(|name| name == b"b.xml").unwrap() + 5;
    assert_eq!(text(DeflateDecoder::new(&archive[at..])), SAID);
    let directory = u32::from_le_bytes(archive[archive.len() - 6..archive.len() - 2].try_into().unwrap());
    assert_eq!(&archive[directory as usize..][..4], b"PK\x01\x02");
}

#[test]
fn what_is_escaped_says_what_it_said() {
    let mut rng = Rng::new(1);
    let mut as_text = |form| String::from_utf8(blob(form, SAID, Charset::Utf8, &mut rng)).unwrap();
    let json = format!("\"{}\"", as_text("json ascii"));
    assert!(json.is_ascii() && serde_json::from_str::<String>(&json).unwrap() == SAID);
    assert!(as_text("url").starts_with("Patient:+S%C3%A4de+R%C3%A4s"));
    assert!(as_text("mail quoted").contains("Patient: S=C3=A4de R=C3=A4s=C3=A4l"));
    assert!(as_text("xml entities").contains("S&#228;de"));
}

#[test]
fn streams_of_a_pdf_hold_the_codes_that_its_table_explains() {
    for (way, code) in [("unicode", "<0003> <0050>"), ("subset", "<01> <0050>")] {
        let bytes = pdf::pdf(way, SAID);
        let starts = bytes.windows(8).enumerate().filter(|(_, w)| w == b"\nstream\n").map(|(at, _)| at + 8);
        let streams: Vec<String> = starts.map(|at| text(ZlibDecoder::new(&bytes[at..]))).collect();
        assert!(streams.iter().any(|stream| stream.contains(code)), "{way}: {streams:?}");
    }
    let bytes = pdf::pdf("octal", SAID);
    let at = bytes.windows(8).position(|w| w == b"\nstream\n").unwrap() + 8;
    assert!(text(ZlibDecoder::new(&bytes[at..])).contains("S\\344de"));
}

#[test]
fn check_digits_are_those_of_published_examples() {
    assert_eq!(weighed("0707614285", &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11, 0);
    assert_eq!(weighed("752316926", &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10, 3);
}
