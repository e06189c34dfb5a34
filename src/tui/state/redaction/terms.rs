use crate::redact::{
    CLEAN, Choice, MarkBook, Marking, PIXELS, Planner, Profile, ProfileError, Pseudonyms, RETAIN,
};
use std::sync::Arc;

/// Which files are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those that have marks.
    Marked,
    /// What was under the cursor: a file, or a folder, patient, study or series.
    Here,
    All,
}

/// What is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    Profile,
    Marks,
    /// The profile, and the marks before it.
    Both,
}

impl Basis {
    pub fn name(self) -> &'static str {
        match self {
            Self::Profile => "the Basic Profile",
            Self::Marks => "marks alone: nothing else is taken out",
            Self::Both => "the Basic Profile, and the marks on top",
        }
    }
}

/// A word of the command line that changes what the profile does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Retain(&'static str),
    Clean(&'static str),
    /// Images go out in which text is seen.
    BurnedIn,
}

impl Word {
    /// All of them, in the order of the command line's help.
    pub fn all() -> Vec<Self> {
        let retain = RETAIN.iter().map(|(word, _)| Self::Retain(word));
        let clean = CLEAN.iter().map(|(word, _)| Self::Clean(word));
        retain.chain(clean).chain([Self::Clean(PIXELS), Self::BurnedIn]).collect()
    }

    pub fn text(self) -> String {
        match self {
            Self::Retain(word) => format!("retain {word}"),
            Self::Clean(word) => format!("clean {word}"),
            Self::BurnedIn => "allow burned-in text".to_owned(),
        }
    }
}

/// The Basic Profile as the words change it.
///
/// # Errors
///
/// Words that exclude each other.
fn profile(words: &[Word]) -> Result<Profile, ProfileError> {
    let retain = words.iter().filter_map(|word| match word {
        Word::Retain(word) => Some(*word),
        _ => None,
    });
    let clean = words.iter().filter_map(|word| match word {
        Word::Clean(word) => Some(*word),
        _ => None,
    });
    Profile::parse("basic", retain, clean)
}

/// How files are to be redacted, as it is set in the view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub whose: Whose,
    pub basis: Basis,
    pub words: Vec<Word>,
    /// The file of the key, as it was typed; empty for a key of this run alone.
    pub key: String,
    /// The folder of the copies, as it was typed; empty as long as none is chosen.
    pub out: String,
}

impl Terms {
    /// Sets a word, or takes it away. What excludes it goes.
    pub fn toggle(&mut self, word: Word) {
        let before = self.words.len();
        self.words.retain(|known| *known != word);
        if self.words.len() == before {
            self.words.retain(|known| profile(&[*known, word]).is_ok());
            self.words.push(word);
        }
    }
}

/// What is to be planned, or written where `out` says where to.
#[derive(Debug, Clone)]
pub struct Order {
    /// What the answers carry: of another number they are of no use any more.
    pub number: u64,
    pub choice: Choice,
    pub book: Arc<MarkBook>,
    pub basis: Basis,
    pub words: Vec<Word>,
    pub key: String,
    pub out: Option<String>,
}

impl Order {
    /// What does it.
    ///
    /// # Errors
    ///
    /// Words that exclude each other.
    pub fn planner(&self, pseudonyms: Pseudonyms) -> Result<Planner, ProfileError> {
        let marking = Marking { book: Arc::clone(&self.book), profile: self.basis == Basis::Both };
        Ok(Planner {
            profile: profile(&self.words)?,
            pseudonyms,
            allow_burned_in: self.words.contains(&Word::BurnedIn),
            marking: (self.basis != Basis::Profile).then_some(marking),
        })
    }
}

impl PartialEq for Order {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_exclude_each_other_are_not_set_both() {
        let mut terms = Terms {
            whose: Whose::All,
            basis: Basis::Profile,
            words: Vec::new(),
            key: String::new(),
            out: String::new(),
        };
        for word in Word::all() {
            terms.toggle(word);
        }
        assert_eq!(terms.words.len(), Word::all().len() - 1);
        assert!(!terms.words.contains(&Word::Retain("dates")));
        let profile = profile(&terms.words).unwrap();
        assert!(profile.cleans_pixels() && profile.options().iter().count() == 9);
        terms.toggle(Word::Retain("uids"));
        assert!(!terms.words.contains(&Word::Retain("uids")));
    }
}
