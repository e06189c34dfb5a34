use std::borrow::Cow;

/// Text without its character and entity references: the five of XML, the letters of Latin-1 of HTML, numbers.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let end = tail.bytes().take(12).position(|b| b == b';');
        match end.and_then(|end| Some((character(tail.get(1..end)?)?, tail.get(end + 1..)?))) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "szlig" => 'ß',
        "AElig" => 'Æ',
        "aelig" => 'æ',
        "Oslash" => 'Ø',
        "oslash" => 'ø',
        "ndash" | "mdash" => '-',
        _ => return accented(name),
    })
}

/// A letter and the name of its accent, as in `uuml`.
fn accented(name: &str) -> Option<char> {
    let mut chars = name.chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic)?;
    let mark = match chars.as_str() {
        "uml" => '\u{308}',
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        "ring" => '\u{30a}',
        "cedil" => '\u{327}',
        "caron" => '\u{30c}',
        _ => return None,
    };
    unicode_normalization::char::compose(letter, mark)
}

#[cfg(test)]
mod tests {
    #[test]
    fn references_become_characters() {
        for (text, plain) in [
            ("M&uuml;ller &amp; S&ouml;hne", "Müller & Söhne"),
            ("&#77;&#xfc;ller", "Müller"),
            ("a & b &unknown; &", "a & b &unknown; &"),
            ("&eacute;&ccedil;&szlig;", "éçß"),
            ("&#0;&#x110000;", "&#0;&#x110000;"),
        ] {
            assert_eq!(super::unescaped(text), plain);
        }
    }
}
