/// The number of the line that byte `at` of `text` is in, from 1; of the last line beyond the end.
pub fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::line_of;

    #[test]
    fn a_line_break_is_of_the_line_that_it_ends() {
        assert_eq!([0, 2, 3, 4, 9].map(|at| line_of("ab\n\nc", at)), [1, 1, 2, 3, 3]);
    }
}
