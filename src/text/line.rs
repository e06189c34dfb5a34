use std::io::{self, BufRead, Read};

/// The line, from 1, that the byte `at` of `text` is on: for what is said of a file that people write.
pub fn line_number(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count()
}

/// The lines of a text that anybody may have written, without their ends; `None` for one that is longer than `longest`
/// bytes. Takes no more memory than that. What is no UTF-8 is replaced.
pub fn lines(mut input: impl BufRead, longest: usize) -> impl Iterator<Item = io::Result<Option<String>>> {
    let mut line = Vec::new();
    std::iter::from_fn(move || next(&mut input, longest, &mut line).transpose())
}

fn next(input: &mut impl BufRead, longest: usize, line: &mut Vec<u8>) -> io::Result<Option<Option<String>>> {
    line.clear();
    let most = longest as u64 + 1;
    if Read::take(&mut *input, most).read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    if line.len() <= longest {
        return Ok(Some(Some(String::from_utf8_lossy(line).into_owned())));
    }
    while line.last() != Some(&b'\n') {
        line.clear();
        if Read::take(&mut *input, most).read_until(b'\n', line)? == 0 {
            break;
        }
    }
    Ok(Some(None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_begin_after_their_breaks() {
        let text = "é\nb\n\nc";
        assert_eq!([0, 2, 3, 4, 5, 6, 99].map(|at| line_number(text, at)), [1, 1, 2, 2, 3, 4, 4]);
    }

    fn read(text: &[u8]) -> Vec<Option<String>> {
        lines(text, 4).map(Result::unwrap).collect()
    }

    #[test]
    fn long_lines_are_left_out_and_nothing_of_them_is_another_line() {
        let line = |text: &str| Some(text.to_owned());
        assert_eq!(read(b""), []);
        assert_eq!(read(b"ab\n\nabcd"), [line("ab"), line(""), line("abcd")]);
        assert_eq!(read(b"abcd\nabcde\nx"), [line("abcd"), None, line("x")]);
        assert_eq!(read(b"abcdabcdabcdabcd\nx\n"), [None, line("x")]);
        assert_eq!(read(b"abcdefgh"), [None]);
        assert_eq!(read(b"a\xff\n"), [line("a\u{fffd}")]);
    }
}
