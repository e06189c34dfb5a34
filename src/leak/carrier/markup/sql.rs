use super::super::gather::{Gather, Lines, is_measure};
use super::table::cells;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Statements of one text that are read.
const MOST: usize = 4096;

/// Reads what SQL inserts, each value with its column: `INSERT INTO exam (name, kv) VALUES ('…', 120)`. False where
/// there is none.
pub(in super::super) fn sql(text: &str, gather: &mut Gather<'_, '_>) -> bool {
    let mut lines = Lines::new("SQL");
    for start in inserts(text).take(MOST) {
        let statement = text.get(start..).unwrap_or_default();
        let Some((columns, rest)) = list(statement) else { continue };
        let Some(rest) = rest.trim_start().get("values".len()..) else { continue };
        let Some((values, _)) = list(rest) else { continue };
        for (column, value) in cells(columns, ',').into_iter().zip(cells(values, ',')) {
            let value = value.trim_matches('\'');
            if !is_measure(value) {
                lines.value(column.trim_matches(['`', '[', ']']), value);
            }
        }
    }
    let read = !lines.is_empty();
    lines.say(gather);
    read
}

/// Where statements begin, in whatever letters.
fn inserts(text: &str) -> impl Iterator<Item = usize> {
    static BEGIN: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(["insert into"]).ok());
    BEGIN.iter().flat_map(move |begin| begin.find_iter(text)).map(|hit| hit.start())
}

/// What stands between the next parentheses, and what follows them; a quoted one is part of a value.
fn list(text: &str) -> Option<(&str, &str)> {
    let (_, inner) = text.split_once('(')?;
    let mut quoted = false;
    let end = inner.find(|c: char| {
        quoted ^= c == '\'';
        c == ')' && !quoted
    })?;
    Some((inner.get(..end)?, inner.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_announce_values() {
        let said = |text: &str| {
            let mut out = Vec::new();
            sql(text, &mut Gather::new(&mut out));
            out.into_iter().map(|passage| passage.text.into_owned()).collect::<String>()
        };
        let text = "insert into exams (patient_name, kvp, `patient_id`) VALUES ('Example, Erika (F)', 120, 'EX-0012345');";
        assert_eq!(said(text), "patient name: Example, Erika (F)\npatient id: EX-0012345");
        for text in
            ["insert into the tube", "INSERT INTO x (a", "INSERT INTO x (a) VALUES", "INSERT INTO (é) ü"]
        {
            assert_eq!(said(text), "", "{text}");
        }
    }
}
