use super::{
    half::Half,
    host::{self, Study},
    person::Person,
    plant::{Category, Kind, Plant, Planted, Spot},
    rng::Rng,
    vocabulary::{Culture, Vocabulary},
};
use dcmleak::demo::encode::{Charset, DataSet, Syntax};

/// Where the plants of a half grow.
pub struct Garden {
    pub half: Half,
    pub words: Vocabulary,
    pub rng: Rng,
    pub plants: Vec<Plant>,
    pub category: Category,
}

impl Garden {
    pub fn new(half: Half) -> Self {
        Self {
            half,
            words: Vocabulary::of(half),
            rng: Rng::new(half.seed()),
            plants: Vec::new(),
            category: Category::Text,
        }
    }

    /// Each category has its own random numbers, so that a change in one leaves the others as they are.
    pub fn begin(&mut self, category: Category) {
        self.category = category;
        self.rng = Rng::new(self.half.seed() ^ (category as u64 + 1) << 40);
    }

    /// Somebody of the culture whose turn it is.
    pub fn person(&mut self) -> Person {
        let turn = self.plants.len() % self.words.culture.len();
        self.person_of(turn)
    }

    /// Somebody of whom the template can speak: who has what it spells and an ID long enough for what it does to it.
    pub fn person_for(&mut self, template: &str) -> Person {
        loop {
            let person = self.person();
            if fits(&person, template) {
                return Person { romanised: template.contains(":latin"), ..person };
            }
        }
    }

    pub fn person_of(&mut self, culture: usize) -> Person {
        Person::new(&self.words, &self.words.culture[culture], &mut self.rng)
    }

    /// Somebody whose language it is.
    pub fn speaker(&mut self, lang: &str) -> Person {
        let of: Vec<&Culture> = self.words.culture.iter().filter(|c| c.lang == lang).collect();
        let culture = *self.rng.pick(&of);
        Person::new(&self.words, culture, &mut self.rng)
    }

    pub fn fill(&mut self, template: &str, person: &Person) -> String {
        self.words.fill(template, person, &mut self.rng)
    }

    pub fn modality(&mut self) -> String {
        self.rng.pick(&self.words.modalities).clone()
    }

    /// A de-identified data set of any modality.
    pub fn host(&mut self) -> DataSet {
        let modality = self.modality();
        self.host_of(&modality)
    }

    pub fn host_of(&mut self, modality: &str) -> DataSet {
        let study = Study::new(&mut self.rng);
        host::scrubbed(modality, &study, &self.words, &mut self.rng)
    }

    /// A data set with the person's whole header.
    pub fn named(&mut self, person: &Person, modality: &str) -> DataSet {
        let study = Study::new(&mut self.rng);
        host::named(person, modality, &study, &self.words, &mut self.rng)
    }

    pub fn syntax(&mut self) -> Syntax {
        host::syntax(&mut self.rng)
    }

    /// One file under a name that says nothing.
    pub fn one(
        &mut self,
        disguise: impl Into<String>,
        kind: Kind,
        value: impl Into<String>,
        spot: Spot,
        bytes: Vec<u8>,
    ) {
        self.put(disguise, kind, value, vec![spot], vec![Planted { path: "IM0001".to_owned(), bytes }], 0);
    }

    /// One file of this data set.
    pub fn set(
        &mut self,
        disguise: impl Into<String>,
        kind: Kind,
        value: impl Into<String>,
        at: &str,
        set: DataSet,
    ) {
        let syntax = self.syntax();
        self.one(disguise, kind, value, Spot::At(at.to_owned()), host::file(set, syntax));
    }

    pub fn put(
        &mut self,
        disguise: impl Into<String>,
        kind: Kind,
        value: impl Into<String>,
        spots: Vec<Spot>,
        files: Vec<Planted>,
        leaky: usize,
    ) {
        let number = self.plants.iter().filter(|plant| plant.category == self.category).count();
        let name = format!("{}{:02}-{number:03}", self.half.letter(), self.category as u8 + 1);
        let (category, disguise, value) = (self.category, disguise.into(), value.into());
        self.plants.push(Plant { name, category, disguise, kind, value, files, leaky, spots });
    }
}

/// A set with its character set in front, the one that can write `text`.
pub fn in_charset(set: DataSet, person: &Person, text: &str) -> DataSet {
    match person.charset_for(text) {
        Charset::Ascii => set,
        charset => set.replace(DataSet::new().charset(charset)),
    }
}

/// The tag of eight hexadecimal digits.
pub fn tag(hex: &str) -> u32 {
    u32::from_str_radix(hex, 16).unwrap()
}

/// Its location at the top level.
pub fn at(tag: u32) -> String {
    format!("({:04X},{:04X})", tag >> 16, tag & 0xffff)
}

/// What a template's kind says: whether the patient's header is in the file, and the kind.
pub fn kind(text: &str) -> (bool, Kind) {
    match text.strip_prefix("known ") {
        Some(kind) => (true, Kind::parse(kind)),
        None => (false, Kind::parse(text)),
    }
}

impl Garden {
    /// A data set to hide something of the person in: with their header where they are `known`, else de-identified.
    pub fn ground(&mut self, person: &Person, known: bool, modality: &str) -> DataSet {
        if known { self.named(person, modality) } else { self.host_of(modality) }
    }
}

/// Five digits in a UID may be anybody's.
fn fits(person: &Person, template: &str) -> bool {
    let digits = person.id.chars().filter(char::is_ascii_digit).collect::<String>();
    !template.contains("{id:") || digits.trim_start_matches('0').len() >= 7
}
