use super::{half::Half, judging, national, person::Person, rehearsal, rng::Rng, spelling};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The words that one part is made of.
#[derive(Debug, Deserialize)]
pub struct Vocabulary {
    /// How often documents and graphics are gone through.
    #[serde(default)]
    pub rounds: Rounds,
    pub id_shapes: Vec<String>,
    pub accession_shapes: Vec<String>,
    pub hospitals: Vec<String>,
    pub modalities: Vec<String>,
    pub series: Vec<String>,
    /// Name and ID of those who were made nobody.
    pub dummies: Vec<[String; 2]>,
    pub blob_tags: Vec<String>,
    pub blob_creator: String,
    pub block_creator: String,
    pub carriers: Vec<(String, String)>,
    pub foreign: Vec<(String, String, String)>,
    pub culture: Vec<Culture>,
    /// By language, then by kind of leak.
    pub say: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// By the form that it has in the file: kind and template.
    pub blob: Vec<Form>,
    pub known: Vec<Form>,
    pub document: Vec<Form>,
    pub stream: Vec<Form>,
    /// Creator, tag, VR, kind, template.
    pub private: Said<[String; 5]>,
    /// Value type, code, scheme, meaning, kind, template.
    pub structured: Said<[String; 6]>,
    /// Where, kind, template.
    pub graphic: Said<[String; 3]>,
    pub container: Said<[String; 3]>,
    pub path: Paths,
    /// Where, kind, template: in real files.
    pub real: Said<[String; 3]>,
    /// Tag, kind, template.
    pub uid: Said<[String; 3]>,
    /// Tag of the claim, tag, VR, kind, template.
    pub claim: Said<[String; 5]>,
    /// Link, where, languages, kind, template.
    pub cross: Said<[String; 5]>,
}

/// One at least.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Rounds(pub usize);

impl Default for Rounds {
    fn default() -> Self {
        Self(1)
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct Form {
    pub form: String,
    pub say: Vec<[String; 2]>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Said<T> {
    pub say: Vec<T>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Paths {
    /// Template, kind.
    pub say: Vec<[String; 2]>,
    /// Type of the record, tag, VR, kind, template.
    pub records: Vec<[String; 5]>,
}

#[derive(Debug, Deserialize)]
pub struct Culture {
    pub name: String,
    pub lang: String,
    pub charset: String,
    #[serde(default)]
    pub family_first: bool,
    pub families: Vec<String>,
    pub female: Vec<String>,
    pub male: Vec<String>,
    pub address: Vec<String>,
    pub phones: Vec<String>,
    pub domain: String,
    pub national: Vec<String>,
}

impl Vocabulary {
    pub fn of(half: Half) -> Self {
        match half {
            Half::Developing => toml::from_str(include_str!("data/developing.toml")).unwrap(),
            Half::Practice => toml::from_str(include_str!("data/practice.toml")).unwrap(),
            Half::Rehearsal => rehearsal::vocabulary(),
            Half::Judging => judging::vocabulary(),
        }
    }

    /// `template` with its fields filled in; `{{` and `}}` stand for braces.
    pub fn fill(&self, template: &str, person: &Person, rng: &mut Rng) -> String {
        let mut out = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            if rest.starts_with("{{") || rest.starts_with("}}") {
                out.push_str(&rest[..1]);
                rest = &rest[2..];
                continue;
            }
            let (field, tail) = rest[1..].split_once('}').unwrap_or_else(|| panic!("{template}"));
            let mut steps = field.split(':');
            let field = steps.next().unwrap_or_default();
            let (script, steps): (Vec<&str>, Vec<&str>) =
                steps.partition(|s| matches!(*s, "latin" | "native" | "phonetic"));
            let value = self.field(field, script.first().copied(), person, rng);
            out.push_str(&steps.iter().fold(value, |value, step| spelling::step(step, &value, &person.lang)));
            rest = tail;
        }
        out + rest
    }

    fn field(&self, field: &str, script: Option<&str>, person: &Person, rng: &mut Rng) -> String {
        if let Some(form) = field.strip_prefix("birth.") {
            return person.born.written(form, &person.lang);
        }
        if let Some(form) = field.strip_prefix("date.") {
            return super::moment::Day::between(rng, 2015, 2024).written(form, &person.lang);
        }
        if let Some(count) = field.strip_prefix('d').and_then(|count| count.parse().ok()) {
            return rng.digits(count);
        }
        match field {
            "name" | "latin" | "family" | "given" | "comma" | "pn" | "caps" => person.named(field, script),
            "id" => person.id.clone(),
            "accession" => person.accession.clone(),
            "address" => person.address.clone(),
            "phone" => person.phone.clone(),
            "email" => person.email(rng),
            "domain" => person.domain.clone(),
            "doctor" => person.doctor.clone(),
            "relative" => person.relative.clone(),
            "age" => person.age().to_string(),
            "nid" => person.national.clone().map_or_else(|| "212-47-6613".to_owned(), |(_, number)| number),
            "nidcue" => national::cue(person.national.as_ref().map_or("us_ssn", |(kind, _)| kind)).to_owned(),
            "hospital" => rng.word(&self.hospitals),
            "o" => rng.between(2, 250).to_string(),
            other => panic!("no field is called {other}"),
        }
    }
}
