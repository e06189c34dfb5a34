use std::{fmt, path::Path};

/// Text that is safe on a terminal: no control character, no bidirectional control, nothing invisible.
///
/// What was there is replaced by a visible picture (`␛` for ESC, `⟨202E⟩` for an override), so that nothing is
/// lost from sight and nothing acts. The only way for a file's text to reach the screen, stdout or stderr.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Shown(String);

impl Shown {
    pub fn new(text: &str) -> Self {
        if text.chars().all(is_plain) {
            return Self(text.to_owned());
        }
        let mut out = String::with_capacity(text.len() + 16);
        for c in text.chars() {
            push_shown(c, &mut out);
        }
        Self(out)
    }

    /// A path as the user may see it; bytes that are not UTF-8 become U+FFFD.
    pub fn path(path: &Path) -> Self {
        Self::new(&path.to_string_lossy())
    }

    /// At most the first `chars` characters of `text`, with `…` where something was cut.
    pub fn short(text: &str, chars: usize) -> Self {
        match text.char_indices().nth(chars) {
            None => Self::new(text),
            Some((at, _)) => {
                let mut shown = Self::new(&text[..at]);
                shown.0.push('…');
                shown
            }
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl AsRef<str> for Shown {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

fn push_shown(c: char, out: &mut String) {
    match c {
        c if is_plain(c) => out.push(c),
        // The control pictures of Unicode stand in the order of the controls.
        '\0'..='\x1f' => out.extend(char::from_u32(0x2400 + c as u32)),
        '\x7f' => out.push('␡'),
        c => out.push_str(&format!("⟨{:04X}⟩", c as u32)),
    }
}

/// Whether `c` neither acts on a terminal nor hides: not C0, DEL, C1, a bidirectional or other format
/// control, a line or paragraph separator, a variation or tag character, a noncharacter or private use.
pub fn is_plain(c: char) -> bool {
    match c {
        // What values and their masks are written in, most of the time.
        ' '..='~' | 'À'..='ʯ' | '•' => true,
        '\0'..='\u{9f}' => false,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => false,
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => false,
        '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' => false,
        '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' => false,
        '\u{e000}'..='\u{f8ff}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}' => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn controls_become_pictures() {
        for (raw, shown) in [
            ("plain äöü 山田", "plain äöü 山田"),
            ("\x1b[31mred", "␛[31mred"),
            ("a\r\nb\0", "a␍␊b␀"),
            ("\u{202e}txt.exe", "⟨202E⟩txt.exe"),
            ("\u{9b}2J", "⟨009B⟩2J"),
            ("zero\u{200b}width", "zero⟨200B⟩width"),
        ] {
            assert_eq!(Shown::new(raw).as_str(), shown);
        }
    }

    #[test]
    fn short_cuts_by_characters() {
        assert_eq!(Shown::short("山田太郎", 2).as_str(), "山田…");
        assert_eq!(Shown::short("ab", 2).as_str(), "ab");
    }

    proptest! {
        #[test]
        fn nothing_acts_on_a_terminal(text in any::<String>()) {
            let shown = Shown::new(&text);
            prop_assert!(shown.as_str().chars().all(is_plain));
            prop_assert_eq!(Shown::new(shown.as_str()), shown);
        }
    }
}
