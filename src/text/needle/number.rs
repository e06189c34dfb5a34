use super::{Form, Spelling, sorted, squeeze};
use crate::text::token::{TokenKind, Tokens};

/// The ways to write an identifier: its letters and digits, without zeros that fill up, its digits alone.
/// Zeros in front of all of it are left to the caller. What follows a `^` is the issuer's (HL7 CX).
pub fn identifier(value: &str) -> Vec<Spelling> {
    let value = value.split('^').next().unwrap_or_default();
    let tokens = Tokens::of(value);
    let mut out = vec![Spelling::new(Form::Number, &tokens.folded)];
    let (mut bare, mut core) = (String::new(), "");
    for token in &tokens.list {
        let text = tokens.text(token);
        if token.kind != TokenKind::Digits {
            bare.push_str(text);
            continue;
        }
        // After a digit a zero counts: `40-07` is not `407`.
        let fills = bare.chars().last().is_none_or(|c| !c.is_ascii_digit());
        bare.push_str(if fills { text.trim_start_matches('0') } else { text });
        if text.len() > core.len() {
            core = text;
        }
    }
    out.push(Spelling::new(Form::Number, bare));
    if tokens.folded.chars().any(|c| !c.is_ascii_digit()) {
        out.push(Spelling::new(Form::NumberCore, core));
        let digits: String = tokens.folded.chars().filter(char::is_ascii_digit).collect();
        out.push(Spelling::new(Form::NumberCore, digits));
    }
    sorted(out)
}

/// The ways to write a telephone number: with and without what is in front of the subscriber's.
pub fn phone(value: &str) -> Vec<Spelling> {
    let digits: String = squeeze(value).chars().filter(char::is_ascii_digit).collect();
    let national = digits.trim_start_matches('0');
    let mut out = vec![Spelling::new(Form::Number, national)];
    // National numbers have up to eleven digits; what is in front is the country's code.
    for length in [10, 9, 7] {
        let start = digits.len().saturating_sub(length);
        out.extend(digits.get(start..).filter(|_| start > 0).map(|tail| Spelling::new(Form::Number, tail)));
    }
    sorted(out)
}

/// The lines of an address, where they hold two words or more.
pub fn phrases(value: &str) -> Vec<Spelling> {
    let lines = value.split([',', ';', '\n', '\r', '^', '\\', '、']);
    let lines = lines.map(Tokens::of).filter(|tokens| tokens.list.len() > 1);
    sorted(lines.map(|tokens| Spelling::new(Form::Phrase, tokens.folded)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(spellings: Vec<Spelling>) -> Vec<String> {
        spellings.into_iter().map(|spelling| spelling.text).collect()
    }

    #[test]
    fn spells_numbers() {
        assert_eq!(texts(identifier("EX-0012345")), ["ex0012345", "ex12345", "0012345"]);
        assert_eq!(texts(identifier("00815-JQS")), ["00815jqs", "815jqs", "00815"]);
        assert_eq!(texts(identifier("40-07")), ["4007"]);
        assert_eq!(texts(identifier("0012345^^^HOSP")), ["0012345", "12345"]);
        assert_eq!(texts(phone("+1 (212) 555-0142")), ["12125550142", "125550142", "2125550142", "5550142"]);
        assert_eq!(
            texts(phrases("12 Sample Street, X, 00000 Musterstadt")),
            ["00000musterstadt", "12samplestreet"]
        );
    }
}
