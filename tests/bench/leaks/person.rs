use super::{
    moment::Day,
    national,
    rng::Rng,
    vocabulary::{Culture, Vocabulary},
};
use dcmleak::demo::encode::Charset;

/// A word of a name in up to three scripts.
#[derive(Debug, Clone)]
pub struct Word {
    pub latin: String,
    pub native: Option<String>,
    pub phonetic: Option<String>,
}

impl Word {
    fn parse(text: &str) -> Self {
        let mut parts = text.split('|').map(str::to_owned);
        let mut filled = || parts.next().filter(|part| !part.is_empty());
        Self { latin: filled().unwrap_or_default(), native: filled(), phonetic: filled() }
    }

    /// In the script of the language.
    pub fn own(&self) -> &str {
        self.native.as_deref().unwrap_or(&self.latin)
    }
}

/// Somebody who does not exist.
#[derive(Debug, Clone)]
pub struct Person {
    pub lang: String,
    pub culture: String,
    pub charset: Charset,
    pub family_first: bool,
    /// Whether their PN values have the name in Latin letters too, as the alphabetic group.
    pub romanised: bool,
    pub family: Word,
    pub given: Word,
    pub female: bool,
    pub born: Day,
    pub id: String,
    pub accession: String,
    pub address: String,
    pub phone: String,
    pub domain: String,
    pub national: Option<(String, String)>,
    pub doctor: String,
    pub relative: String,
}

impl Person {
    pub fn new(vocabulary: &Vocabulary, culture: &Culture, rng: &mut Rng) -> Self {
        let female = rng.below(2) == 0;
        let givens = if female { &culture.female } else { &culture.male };
        let born = Day::between(rng, 1934, 2003);
        let family = Word::parse(&rng.word(&culture.families));
        let given = Word::parse(&rng.word(givens));
        let kind = (!culture.national.is_empty()).then(|| rng.word(&culture.national));
        let national = kind.map(|kind| (kind.clone(), national::number(&kind, born, female, rng)));
        let address = rng.word(&culture.address);
        Self {
            lang: culture.lang.clone(),
            culture: culture.name.clone(),
            charset: charset(&culture.charset),
            family_first: culture.family_first,
            romanised: false,
            female,
            born,
            id: rng.shaped(&vocabulary.id_shapes),
            accession: rng.shaped(&vocabulary.accession_shapes),
            address: numbered(&address, rng),
            phone: rng.shaped(&culture.phones),
            domain: culture.domain.clone(),
            national,
            doctor: other(culture, &family, rng),
            relative: other(culture, &family, rng),
            family,
            given,
        }
    }

    fn ordered(&self, family: &str, given: &str) -> String {
        match (self.family_first, self.lang.as_str()) {
            (true, "ja" | "ko" | "zh") if !family.is_ascii() => format!("{family}{given}"),
            (true, _) => format!("{family} {given}"),
            _ => format!("{given} {family}"),
        }
    }

    /// A form of the name (`name`, `family`, `given`, `comma`, `pn`, `caps`) in a script: the language's own, or `latin`,
    /// `native`, `phonetic`.
    pub fn named(&self, form: &str, script: Option<&str>) -> String {
        let of = |word: &Word| match script {
            Some("latin") => word.latin.clone(),
            Some("phonetic") => word.phonetic.clone().unwrap_or_else(|| word.own().to_owned()),
            _ => word.own().to_owned(),
        };
        let (family, given) = (of(&self.family), of(&self.given));
        match form {
            "family" => family,
            "given" => given,
            "comma" => format!("{family}, {given}"),
            "pn" => self.pn(),
            "latin" => self.latin(),
            "caps" => super::spelling::step("upper", &self.ordered(&family, &given), &self.lang),
            _ => self.ordered(&family, &given),
        }
    }

    /// As the language writes it.
    pub fn name(&self) -> String {
        self.ordered(self.family.own(), self.given.own())
    }

    pub fn latin(&self) -> String {
        self.ordered(&self.family.latin, &self.given.latin)
    }

    /// A PN value: alphabetic, ideographic and phonetic groups where there are any (PS3.5 6.2.1).
    pub fn pn(&self) -> String {
        let native = |word: &Word| word.native.clone();
        let phonetic = |word: &Word| word.phonetic.clone();
        let group = |part: &dyn Fn(&Word) -> Option<String>| {
            Some(format!("{}^{}", part(&self.family)?, part(&self.given)?))
        };
        let latin = format!("{}^{}", self.family.latin, self.given.latin);
        match (self.lang.as_str(), group(&native), group(&phonetic)) {
            ("ja" | "ko" | "zh", Some(native), Some(phonetic)) => format!("{latin}={native}={phonetic}"),
            ("ja" | "ko" | "zh", Some(native), None) => format!("{latin}={native}"),
            (_, Some(native), _) if self.romanised => format!("{latin}={native}"),
            (_, Some(native), _) => native,
            _ => latin,
        }
    }

    pub fn email(&self, rng: &mut Rng) -> String {
        let plain = |text: &str| {
            let folded: String = text.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
            if folded.is_empty() { "kontakt".to_owned() } else { folded }
        };
        format!(
            "{}.{}{}@{}",
            plain(&self.given.latin),
            plain(&self.family.latin),
            rng.between(2, 98),
            self.domain
        )
    }

    pub fn age(&self) -> u32 {
        2024 - self.born.year
    }

    /// The set that can write it: the culture's own, or UTF-8 where that cannot.
    pub fn charset_for(&self, text: &str) -> Charset {
        let lossless = |set: Charset| {
            let lost = set.encode(text).iter().filter(|byte| **byte == b'?').count();
            lost == text.matches('?').count() && !(set == Charset::Japanese && text.contains('&'))
        };
        if lossless(self.charset) { self.charset } else { Charset::Utf8 }
    }

    pub fn charset(&self) -> Charset {
        self.charset_for(&format!("{}{}{}", self.pn(), self.name(), self.address))
    }
}

fn other(culture: &Culture, not: &Word, rng: &mut Rng) -> String {
    let families: Vec<Word> =
        culture.families.iter().map(|f| Word::parse(f)).filter(|f| f.latin != not.latin).collect();
    let family = rng.pick(&families).own().to_owned();
    let given = Word::parse(&rng.word(&culture.female)).own().to_owned();
    match (culture.family_first, culture.lang.as_str()) {
        (true, "ja" | "ko" | "zh") => format!("{family}{given}"),
        (true, _) => format!("{family} {given}"),
        _ => format!("{given} {family}"),
    }
}

/// `{n2}`: a number of two digits, no zero in front; `{d4}`: four digits.
fn numbered(template: &str, rng: &mut Rng) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (code, tail) = after.split_once('}').unwrap();
        out.push_str(before);
        let count = code[1..].parse::<usize>().unwrap();
        let made = if code.starts_with('n') {
            rng.between(1, 9).to_string() + &rng.digits(count - 1)
        } else {
            rng.digits(count)
        };
        out.push_str(&made);
        rest = tail;
    }
    out + rest
}

fn charset(name: &str) -> Charset {
    match name {
        "ascii" => Charset::Ascii,
        "latin1" => Charset::Latin1,
        "latin2" => Charset::Latin2,
        "turkish" => Charset::Turkish,
        "cyrillic" => Charset::Cyrillic,
        "greek" => Charset::Greek,
        "arabic" => Charset::Arabic,
        "hebrew" => Charset::Hebrew,
        "thai" => Charset::Thai,
        "japanese" => Charset::Japanese,
        "korean" => Charset::Korean,
        "gb18030" => Charset::Gb18030,
        _ => Charset::Utf8,
    }
}
