/// The line, from 1, that the byte `at` of `text` is on: for what is said of a file that people write.
pub fn line_number(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::line_number;

    #[test]
    fn lines_begin_after_their_breaks() {
        let text = "é\nb\n\nc";
        assert_eq!([0, 2, 3, 4, 5, 6, 99].map(|at| line_number(text, at)), [1, 1, 2, 2, 3, 4, 4]);
    }
}
