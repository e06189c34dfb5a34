use super::FileId;
use crate::text::{StableHash, lines};
use std::{
    collections::HashMap,
    fmt,
    io::{self, BufRead},
    str::FromStr,
    sync::Arc,
};

/// How far somebody is with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ReviewState {
    /// Nobody looked at it.
    #[default]
    New,
    Seen,
    /// To come back to.
    Later,
    Done,
}

impl ReviewState {
    pub const ALL: [Self; 4] = [Self::New, Self::Seen, Self::Later, Self::Done];

    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Seen => "seen",
            Self::Later => "later",
            Self::Done => "done",
        }
    }
}

/// How far somebody is with a file, and what they say of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    pub state: ReviewState,
    /// Empty where nothing is said. The reader's own words.
    pub comment: Arc<str>,
}

/// A name of a file that outlives a run, made from the part of its path that is judged: it is the same wherever the
/// folder is, and does not tell the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileKey(pub u64);

impl FileKey {
    pub fn of(judged: &str) -> Self {
        Self(StableHash::default().part(judged.as_bytes()).finish())
    }
}

/// 16 hexadecimal digits.
impl fmt::Display for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for FileKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hexadecimal = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = hexadecimal.then(|| u64::from_str_radix(text, 16).ok()).flatten();
        number.map(Self).ok_or_else(|| "expected 16 hexadecimal digits".to_owned())
    }
}

/// The reviews of files, as they are kept between runs: a line for each change, of which the last of a file counts.
///
/// ```text
/// 9c1e0123456789ab later  ask the sender
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviews(HashMap<FileKey, Review>);

impl Reviews {
    /// The longest line, in bytes.
    const LONGEST: usize = 4096;

    /// Takes what it understands: what is kept between runs must not keep a run from starting.
    pub fn read(kept: impl BufRead) -> io::Result<Self> {
        let mut reviews = Self::default();
        for line in lines(kept, Self::LONGEST) {
            if let Some((key, review)) = line?.as_deref().and_then(parse) {
                reviews.0.insert(key, review);
            }
        }
        Ok(reviews)
    }

    /// The line of one file.
    pub fn line(key: FileKey, review: &Review) -> String {
        format!("{key} {}  {}", review.state.name(), review.comment).trim_end().to_owned() + "\n"
    }

    pub fn get(&self, key: FileKey) -> Option<&Review> {
        self.0.get(&key)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn parse(line: &str) -> Option<(FileKey, Review)> {
    let (key, rest) = line.trim().split_once(' ')?;
    let (state, comment) = rest.split_once(' ').unwrap_or((rest, ""));
    let state = ReviewState::ALL.into_iter().find(|known| known.name() == state)?;
    Some((key.parse().ok()?, Review { state, comment: comment.trim().into() }))
}

/// The reviews of the files of one run.
#[derive(Debug, Default)]
pub(super) struct Reviewed {
    states: Vec<ReviewState>,
    comments: HashMap<FileId, Arc<str>>,
}

impl Reviewed {
    pub fn state(&self, id: FileId) -> ReviewState {
        self.states.get(id.index()).copied().unwrap_or_default()
    }

    pub fn comment(&self, id: FileId) -> Option<&Arc<str>> {
        self.comments.get(&id)
    }

    pub fn set(&mut self, id: FileId, review: Review) {
        if self.states.len() <= id.index() {
            self.states.resize(id.index() + 1, ReviewState::New);
        }
        if let Some(state) = self.states.get_mut(id.index()) {
            *state = review.state;
        }
        match review.comment.is_empty() {
            true => self.comments.remove(&id),
            false => self.comments.insert(id, review.comment),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_of_a_file_counts_and_what_is_not_understood_is_passed() {
        let key = FileKey::of("share/a.dcm");
        let review = |state, comment: &str| Review { state, comment: comment.into() };
        let lines = Reviews::line(key, &review(ReviewState::Later, "ask the  sender"))
            + "nonsense\n12 done\n0000000000000001 finished\n"
            + &"x".repeat(9000)
            + "\n"
            + &Reviews::line(FileKey(1), &review(ReviewState::Seen, ""))
            + &Reviews::line(key, &review(ReviewState::Done, "asked"));
        let reviews = Reviews::read(lines.as_bytes()).unwrap();
        assert_eq!(reviews.get(key), Some(&review(ReviewState::Done, "asked")));
        assert_eq!(reviews.get(FileKey(1)), Some(&review(ReviewState::Seen, "")));
        assert_eq!(reviews.0.len(), 2);
        assert!(!lines.contains("share"));
    }
}
