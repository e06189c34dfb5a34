//! Whether a line may say a given word, though it was read otherwise: keyword spotting over the network's scores, the
//! likeliest path through CTC's states (Viterbi) with an open beginning and end.

use super::decode::{CLASSES, letter};
use super::folded;
use std::{collections::HashMap, sync::LazyLock};

/// Classes of a step that are kept.
const KEPT: usize = 8;
/// Parts of a nat that costs are counted in.
const PARTS: f32 = 16.0;
/// What a class costs that is not among the likeliest of its step, and what is impossible.
const REST: u32 = 160;
const NEVER: u32 = u32::MAX / 4;
/// Of longer lines only the first steps are kept.
const MOST_STEPS: usize = 1024;

/// The class of blanks.
const BLANK: usize = 0;

/// What each class is, by its number.
static CLASS: LazyLock<Vec<Class>> = LazyLock::new(|| (0..CLASSES).map(Class::of).collect());

struct Class {
    /// As [`folded`] writes it.
    letter: Option<char>,
    is_digit: bool,
    is_letter: bool,
}

impl Class {
    fn of(number: usize) -> Self {
        let own = letter(number).chars().next();
        let folded = folded(letter(number));
        let mut letters = folded.chars();
        let letter = letters.next().filter(|_| letters.next().is_none());
        Self {
            letter,
            is_digit: own.is_some_and(|c| c.is_ascii_digit()),
            is_letter: own.is_some_and(char::is_alphabetic),
        }
    }
}

/// What the steps of a line may be, by each reading of it: the likeliest classes with their costs, negative logarithms
/// of their chances.
#[derive(Clone, PartialEq, Default)]
pub struct Chances(Vec<Vec<Step>>);

type Step = [(u8, u8); KEPT];

impl Chances {
    /// Of scores, [`CLASSES`] a step.
    pub fn of(scores: &[f32]) -> Self {
        Self(vec![scores.chunks_exact(CLASSES).take(MOST_STEPS).map(likeliest).collect()])
    }

    /// Adds those of other readings.
    pub fn add(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// What words are looked for in.
    pub fn spotter(&self) -> Spotter {
        Spotter(self.0.iter().map(|steps| Table::of(steps)).collect())
    }
}

/// A line in which words are looked for that it may say.
pub struct Spotter(Vec<Table>);

impl Spotter {
    /// How unlikely it is that `word` stands there between other words: 0 is certain, each unit makes it 2.7 times less
    /// likely (nats); infinity where it is more than `most`. `word` is as [`folded`] writes it; marks and spaces may
    /// stand between its letters. Takes time by the line's length and the word's.
    pub fn doubt(&self, word: &str, most: f32) -> f32 {
        let letters: Vec<char> = word.chars().collect();
        let least = self.0.iter().filter_map(|table| table.cost(&letters, (most * PARTS) as u32)).min();
        least.map_or(f32::INFINITY, |cost| cost as f32 / PARTS)
    }
}

/// What each step of one reading costs, by what it is taken for.
struct Table {
    blanks: Vec<u32>,
    /// Signs that are neither letters nor digits; and what is no digit.
    marks: Vec<u32>,
    others: Vec<u32>,
    /// By letter, folded; those that no step is likely to be are not there.
    letters: HashMap<char, Vec<u32>>,
}

impl Table {
    fn of(steps: &[Step]) -> Self {
        let rest = || vec![REST; steps.len()];
        let mut table = Self { blanks: rest(), marks: rest(), others: rest(), letters: HashMap::new() };
        for (at, step) in steps.iter().enumerate() {
            for &(class, cost) in step.iter().filter(|(_, cost)| u32::from(*cost) < REST) {
                table.add(at, usize::from(class), u32::from(cost), steps.len());
            }
        }
        table
    }

    fn add(&mut self, at: usize, number: usize, cost: u32, steps: usize) {
        let less = |costs: &mut Vec<u32>| costs[at] = costs[at].min(cost);
        let class = &CLASS[number];
        if number == BLANK {
            return less(&mut self.blanks);
        }
        if !class.is_digit {
            less(&mut self.others);
        }
        if !class.is_digit && !class.is_letter {
            less(&mut self.marks);
        }
        if let Some(letter) = class.letter {
            less(self.letters.entry(letter).or_insert_with(|| vec![REST; steps]));
        }
    }

    /// `None` where it is more than `most`.
    fn cost(&self, word: &[char], most: u32) -> Option<u32> {
        let rest = vec![REST; self.blanks.len()];
        let own = |c: &char| self.letters.get(c);
        // Each letter that is nowhere costs as much as a step can.
        let missing = word.iter().filter(|c| own(c).is_none()).count() as u32;
        if word.is_empty() || missing * REST > most {
            return None;
        }
        let letters: Vec<&[u32]> = word.iter().map(|c| own(c).unwrap_or(&rest).as_slice()).collect();
        let same: Vec<bool> = (0..word.len()).map(|at| at > 0 && word[at - 1] == word[at]).collect();
        let number = word.iter().all(|&c| is_like_digit(c));
        let apart = if number { &self.others } else { &self.marks };
        let mut states = States::new(word.len());
        for (step, ((&blank, &mark), &apart)) in self.blanks.iter().zip(&self.marks).zip(apart).enumerate() {
            states.advance(&letters, &same, step, [blank, mark, apart]);
        }
        Some(states.best()).filter(|&cost| cost <= most)
    }
}

/// Whether a digit is written so when it is folded.
fn is_like_digit(c: char) -> bool {
    static DIGITS: LazyLock<String> = LazyLock::new(|| folded("0123456789"));
    DIGITS.contains(c)
}

fn likeliest(step: &[f32]) -> Step {
    let most = step.iter().copied().fold(f32::MIN, f32::max);
    let all = step.iter().map(|score| (score - most).exp()).sum::<f32>().ln() + most;
    let mut kept = [(0, u8::MAX); KEPT];
    for (class, &score) in step.iter().enumerate() {
        let cost = ((all - score) * PARTS).clamp(0.0, 255.0) as u8;
        if let Some(at) = kept.iter().position(|&(_, other)| cost < other) {
            kept[at..].rotate_right(1);
            kept[at] = (class as u8, cost);
        }
    }
    kept
}

/// The least cost of each state after the steps so far.
struct States {
    /// Something else ended just before.
    start: u32,
    /// At each letter, and in the gap behind it.
    at: Vec<u32>,
    gap: Vec<u32>,
    /// Something else began just behind.
    done: u32,
}

impl States {
    fn new(letters: usize) -> Self {
        Self { start: 0, at: vec![NEVER; letters], gap: vec![NEVER; letters], done: NEVER }
    }

    /// One step further. `same`: whether the letter is the one before it, too, so that a gap must be between.
    fn advance(&mut self, letters: &[&[u32]], same: &[bool], step: usize, [blank, mark, apart]: [u32; 3]) {
        self.done = self.done.min(self.ended() + apart);
        let (mut last, mut gap) = (self.start, self.start);
        let within = blank.min(mark);
        for (at, costs) in letters.iter().enumerate() {
            let (own, behind) = (self.at[at], self.gap[at]);
            let before = if same[at] { gap } else { gap.min(last) };
            self.at[at] = (before.min(own) + costs[step]).min(NEVER);
            self.gap[at] = (own.min(behind) + if at + 1 < letters.len() { within } else { blank }).min(NEVER);
            (last, gap) = (own, behind);
        }
        self.start = (self.start + blank).min(apart);
    }

    fn ended(&self) -> u32 {
        let end = |states: &[u32]| states.last().copied().unwrap_or(NEVER);
        end(&self.at).min(end(&self.gap))
    }

    fn best(&self) -> u32 {
        self.done.min(self.ended())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps of which each says one sign for certain, but for some that may be one of two.
    fn chances(steps: &[&str]) -> Chances {
        let class = |c: &str| (1..CLASSES).find(|&class| letter(class) == c).unwrap_or(BLANK);
        let mut scores = Vec::new();
        for step in steps {
            let mut own = vec![-20.0; CLASSES];
            for (nth, c) in step.split_inclusive(|_: char| true).enumerate() {
                own[class(c)] = -2.0 * nth as f32;
            }
            scores.extend(own);
        }
        Chances::of(&scores)
    }

    #[test]
    fn words_are_found_in_what_may_be_read() {
        let blank = "\0";
        let line = ["D", "O", "B", " ", "0", blank, "3", "/", "1", "2", "/", "1", "9", "5", "83", blank];
        let doubt = |line: &[&str], word: &str| chances(line).spotter().doubt(&folded(word), 15.0);
        assert!(doubt(&line, "03121958") < 1.0);
        assert!((1.5..3.0).contains(&doubt(&line, "03121953")));
        for other in ["03121957", "3121958", "0312195", "12031958", ""] {
            assert!(doubt(&line, other) > 9.0, "{other}");
        }
        // Twice the same needs a gap; names end where other letters begin.
        assert!(doubt(&["A", "N", "N", "A"], "ANNA") > 9.0);
        assert!(doubt(&["A", "N", blank, "N", "A"], "anna") < 1.0);
        assert!(doubt(&["M", "A", "R", "T", "I", "N", "E", "Z"], "martin") > 9.0);
        assert!(doubt(&["I", "D", "4", "7", "1", "0", "8", "M"], "47108") < 1.0);
        assert!(doubt(&[], "47108").is_infinite());
    }
}
