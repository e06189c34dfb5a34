use unicode_normalization::UnicodeNormalization;

/// One step of changing how a value is spelt.
pub fn step(step: &str, value: &str, lang: &str) -> String {
    match step {
        "upper" if lang == "tr" => value.replace('i', "İ").to_uppercase(),
        "upper" => value.to_uppercase(),
        // In any language: of what is ASCII already.
        "loud" => value.to_uppercase(),
        "lower" => value.to_lowercase(),
        "initial" => value.chars().next().map(String::from).unwrap_or_default(),
        "fold" => fold(value),
        "spell" => value.chars().map(spelt).collect::<String>(),
        // Of identifiers.
        "bare" => value
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .trim_start_matches('0')
            .to_owned(),
        "digits" => {
            value.chars().filter(char::is_ascii_digit).collect::<String>().trim_start_matches('0').to_owned()
        }
        "spaced" => between(value, ' '),
        "dotted" => between(value, '.'),
        other => panic!("no step is called {other}"),
    }
}

/// Without marks, in ASCII where there is a letter for it.
fn fold(value: &str) -> String {
    let plain = |c: char| match c {
        'ß' => "ss".to_owned(),
        'ø' => "o".to_owned(),
        'Ø' => "O".to_owned(),
        'ł' => "l".to_owned(),
        'Ł' => "L".to_owned(),
        'đ' => "d".to_owned(),
        'Đ' => "D".to_owned(),
        'ı' => "i".to_owned(),
        'æ' => "ae".to_owned(),
        'þ' => "th".to_owned(),
        'ð' => "d".to_owned(),
        other => other.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect(),
    };
    value.chars().map(plain).collect()
}

fn spelt(c: char) -> String {
    match c {
        'ä' => "ae".to_owned(),
        'ö' | 'ø' => "oe".to_owned(),
        'ü' => "ue".to_owned(),
        'Ä' => "Ae".to_owned(),
        'Ö' | 'Ø' => "Oe".to_owned(),
        'Ü' => "Ue".to_owned(),
        'å' => "aa".to_owned(),
        'Å' => "Aa".to_owned(),
        'ß' => "ss".to_owned(),
        other => fold(&other.to_string()),
    }
}

/// Its letters and digits in groups of three.
fn between(value: &str, mark: char) -> String {
    let plain: Vec<char> = value.chars().filter(char::is_ascii_alphanumeric).collect();
    plain.chunks(3).map(String::from_iter).collect::<Vec<_>>().join(&mark.to_string())
}
