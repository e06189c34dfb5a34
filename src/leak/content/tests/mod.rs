use super::*;
use proptest::prelude::*;

/// Lines of a table, without its remarks.
fn lines(source: &'static str) -> impl Iterator<Item = &'static str> {
    source.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn said(text: &str) -> Vec<(&'static str, &str)> {
    scan(text).into_iter().map(|hit| (hit.rule, &text[hit.span])).collect()
}

#[test]
fn what_gives_away() {
    let mut missed = Vec::new();
    for line in lines(include_str!("said.txt")) {
        let (rule, marked) = line.split_once('\t').unwrap();
        let text = marked.replace(['«', '»'], "");
        let said = said(&text);
        let mut wanted =
            marked.split('«').skip(1).filter_map(|rest| rest.split_once('»')).map(|(value, _)| value);
        let rule = format!("text.{rule}");
        if !wanted.all(|value| said.iter().any(|(of, found)| *of == rule && *found == value)) {
            missed.push(format!("{line}: {said:?}"));
        }
    }
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn what_gives_nothing_away() {
    let found: Vec<_> = lines(include_str!("unsaid.txt"))
        .map(|text| (text, said(text)))
        .filter(|(_, said)| !said.is_empty())
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn spans_lead_into_the_original() {
    let text = "§ à ＤＯＢ：１９６１－０５－０３, Mu\u{308}ller";
    assert_eq!(said(text), [("text.birth_date", "１９６１－０５－０３")]);
    let long = format!("{} DOB: 03/05/1961", "filler ".repeat(20_000));
    assert_eq!(said(&long), [("text.birth_date", "03/05/1961")]);
}

#[test]
fn a_long_text_yields_so_much() {
    assert!(scan(&"ab ".repeat(300_000)).is_empty());
    assert!(scan(&"7".repeat(1_000_000)).is_empty());
    assert!(scan(&"DOB 03/05/1961 ".repeat(30_000)).len() <= MOST_HITS * 8);
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
