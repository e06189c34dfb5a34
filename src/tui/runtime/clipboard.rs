use crate::text::base64;
use std::io::{self, Write};

/// Bytes that are copied at most; terminals drop longer ones.
const MOST: usize = 74_000;

/// Puts `text` onto the clipboard of the terminal that the user sits at, also over SSH: OSC 52. Inside of tmux the
/// sequence is handed through to the terminal around it; `set-clipboard on` makes tmux take it, too.
pub fn copy(text: &str, tmux: bool, out: &mut impl Write) -> io::Result<()> {
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let encoded = base64(&text.as_bytes()[..end]);
    if tmux {
        write!(out, "\x1b]52;c;{encoded}\x07\x1bPtmux;\x1b\x1b]52;c;{encoded}\x07\x1b\\")?;
    } else {
        write!(out, "\x1b]52;c;{encoded}\x07")?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_through_tmux() {
        let mut out = Vec::new();
        copy("f", true, &mut out).unwrap();
        assert_eq!(out, b"\x1b]52;c;Zg==\x07\x1bPtmux;\x1b\x1b]52;c;Zg==\x07\x1b\\");
    }
}
