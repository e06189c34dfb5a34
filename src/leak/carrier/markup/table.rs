use super::super::gather::{Gather, Lines, is_measure};
use super::super::label::is_label;

/// Columns that are named; cells beyond are left with their row.
const MOST_COLUMNS: usize = 64;
/// Bytes of a column's name, or of a value's.
const MOST_NAME: usize = 40;

/// Reads a table: a first line of column names, and lines with as many cells, each then called by its column. False
/// where it is none.
pub(in super::super) fn table(text: &str, gather: &mut Gather<'_, '_>) -> bool {
    // What a table is of stands above it, in remarks.
    let is_remark = |line: &&str| line.starts_with(['#', '%', '!']) || line.starts_with("//");
    let rows = text.split(['\n', '\r']).map(str::trim_end).filter(|line| !line.trim().is_empty());
    let mut rows = rows.skip_while(is_remark);
    let Some(first) = rows.next() else { return false };
    let Some(separator) = [',', ';', '\t', '|'].into_iter().find(|&by| first.matches(by).count() >= 1) else {
        return aligned(first, rows, gather);
    };
    let heads = cells(first, separator);
    let named = heads.iter().all(|head| {
        head.len() < MOST_NAME && !head.is_empty() && !head.contains(|c: char| c.is_ascii_digit() || c == '=')
    });
    let Some(second) = rows.next() else { return false };
    let width = cells(first, separator).len();
    let mut lines = Lines::new("a table");
    if !named && width == 2 {
        return settings(text, separator, lines, gather);
    }
    if !named || cells(second, separator).len() != width {
        return false;
    }
    // Of two columns the first may be the names: `phone;555-0142`.
    let pair = |row: &str, lines: &mut Lines| {
        if heads.len() == 2
            && let [name, value] = cells(row, separator)[..]
            && name.len() < MOST_NAME
            && name.contains(|c: char| c.is_alphabetic())
            && !is_measure(value)
        {
            lines.value(name, value);
        }
    };
    pair(first, &mut lines);
    for row in std::iter::once(second).chain(rows) {
        if gather.is_full() {
            break;
        }
        pair(row, &mut lines);
        for (head, cell) in heads.iter().zip(cells(row, separator)) {
            if !is_measure(cell) {
                lines.value(head, cell);
            }
        }
    }
    lines.say(gather);
    true
}

/// Reads a table whose columns stand below each other, with two spaces or more between their names. False where the
/// first line names no column that announces something.
fn aligned<'t>(first: &str, rows: impl Iterator<Item = &'t str>, gather: &mut Gather<'_, '_>) -> bool {
    let heads: Vec<&str> =
        first.split("  ").map(str::trim).filter(|head| !head.is_empty()).take(MOST_COLUMNS).collect();
    let begins = |head: &str| head.as_ptr() as usize - first.as_ptr() as usize;
    if heads.len() < 2 || !heads.iter().any(|head| is_label(head)) {
        return false;
    }
    let mut lines = Lines::new("a table");
    for row in rows {
        if gather.is_full() {
            break;
        }
        for (nth, head) in heads.iter().enumerate() {
            let end = heads.get(nth + 1).map_or(row.len(), |next| begins(next));
            let cell = row.get(begins(head)..end.min(row.len())).unwrap_or_default().trim();
            if !is_measure(cell) {
                lines.value(head, cell);
            }
        }
    }
    let read = !lines.is_empty();
    lines.say(gather);
    read
}

/// Reads lines of a name and its value each: `patient_id,EX-0012345`. False where there are others.
fn settings(text: &str, separator: char, mut lines: Lines, gather: &mut Gather<'_, '_>) -> bool {
    for row in text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()) {
        let [name, value] = cells(row, separator)[..] else { return false };
        let names = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
        if name.len() >= MOST_NAME || !name.starts_with(char::is_alphabetic) || !name.chars().all(names) {
            return false;
        }
        if !is_measure(value) {
            lines.value(name, value);
        }
    }
    lines.say(gather);
    true
}

/// The cells of a row; a separator between quotation marks is part of one (RFC 4180).
pub(super) fn cells(row: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut opens) = (false, true);
    let mut mark = '"';
    let parts = row.split(|c: char| {
        if !quoted && matches!(c, '"' | '\'') && opens {
            (quoted, mark) = (true, c);
        } else if quoted && c == mark {
            quoted = false;
        }
        opens = c == separator || c.is_whitespace() && opens;
        c == separator && !quoted
    });
    parts.map(clean).take(MOST_COLUMNS).collect()
}

fn clean(cell: &str) -> &str {
    cell.trim().trim_matches('"').trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> String {
        let mut out = Vec::new();
        table(text, &mut Gather::new(&mut out));
        out.into_iter().map(|passage| passage.text.into_owned()).collect()
    }

    #[test]
    fn columns_announce_cells() {
        let text = "PatientName,PatientID,n\nExample^Erika,EX-0012345,3\n\"Muster^Max\",MM-004711,4\n";
        assert_eq!(
            lines(text),
            "Patient Name: Example^Erika\nPatient ID: EX-0012345\nPatient Name: Muster^Max\nPatient ID: MM-004711"
        );
        assert!(lines("key;value\nphone;555-0142\n").contains("phone: 555-0142"));
        assert!(lines("patient_name,n\n\"Example, Erika\",4\n").contains("patient name: Example, Erika"));
        assert_eq!(lines("patient_id,0012345678\nslice,2.5\n"), "patient id: 0012345678");
        assert_eq!(lines("# export 3\nmrn,kvp\n4711882,120\n"), "mrn: kvp\nmrn: 4711882");
        assert_eq!(
            lines("NAME       MRN      KV\nSampleton  4711882  120\n"),
            "NAME: Sampleton\nMRN: 4711882"
        );
        assert_eq!(lines("FINDING    SIZE\nnodule     4 mm\n"), "");
        assert_eq!(lines("one line, and a comma"), "");
        assert_eq!(lines("Dear all,\nthere is nothing here\n"), "");
    }
}
