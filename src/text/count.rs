/// With a comma between thousands.
pub fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// So many of a thing, whose name is that of one: `1 file`, `1,234 files`, `2 copies`.
pub fn counted(count: usize, thing: &str) -> String {
    let number = number(count);
    match thing.strip_suffix('y') {
        _ if count == 1 => format!("{number} {thing}"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {thing}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_what_they_count() {
        assert_eq!([0, 999, 1000, 1234567].map(number), ["0", "999", "1,000", "1,234,567"]);
        let files = [0, 1, 1234].map(|count| counted(count, "file"));
        assert_eq!(files, ["0 files", "1 file", "1,234 files"]);
        assert_eq!([1, 2].map(|count| counted(count, "copy")), ["1 copy", "2 copies"]);
    }
}
