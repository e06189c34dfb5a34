use super::{Line, spotting::Chances};
use crate::text::Sensitive;
use std::sync::LazyLock;

/// What the network tells apart; before the first of them comes the blank.
static ALPHABET: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let letters = include_str!("../../../assets/ocr/alphabet.txt").trim_end_matches('\n');
    letters.char_indices().map(|(at, letter)| &letters[at..at + letter.len_utf8()]).collect()
});

/// The letters of the alphabet and the blank.
pub(super) const CLASSES: usize = 217;

/// What each step may be: one score for each of [`CLASSES`].
pub(super) struct Scores(pub Vec<f32>);

/// The best symbol of each step, repeats and blanks left out.
pub(super) fn line(scores: &Scores) -> Line {
    let line = greedy(scores.0.chunks_exact(CLASSES).map(best), &letter);
    Line { chances: Sensitive::new(Chances::of(&scores.0)), ..line }
}

pub(super) fn letter(class: usize) -> &'static str {
    class.checked_sub(1).and_then(|at| ALPHABET.get(at)).copied().unwrap_or_default()
}

/// Of each step the best class and its share, 0 to 1; class 0 is the blank. Repeats and blanks are left out, the
/// others are what `letter` says (CTC, Graves and others, 2006).
pub(in super::super) fn greedy<'a>(
    steps: impl Iterator<Item = (usize, f32)>,
    letter: &dyn Fn(usize) -> &'a str,
) -> Line {
    let mut text = String::new();
    let mut sure: Vec<f32> = Vec::new();
    let mut last = 0;
    for (best, chance) in steps {
        if best > 0 && best != last {
            text.push_str(letter(best));
            sure.push(chance);
        } else if best > 0
            && let Some(sure) = sure.last_mut()
        {
            *sure = sure.max(chance);
        }
        last = best;
    }
    // The letters that are least sure tell most of whether the line is one.
    let mean = sure.iter().map(|chance| chance.max(1e-3).ln()).sum::<f32>() / sure.len().max(1) as f32;
    let confidence = if sure.is_empty() { 0.0 } else { mean.exp() * 100.0 };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Line { text: Sensitive::new(text), confidence: confidence.min(99.0) as u8, ..Line::default() }
}

/// The class of the highest score, and its share.
fn best(step: &[f32]) -> (usize, f32) {
    let (mut best, mut most) = (0, f32::MIN);
    for (class, &score) in step.iter().enumerate() {
        if score > most {
            (best, most) = (class, score);
        }
    }
    let all: f32 = step.iter().map(|score| (score - most).exp()).sum();
    (best, 1.0 / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_and_blanks_make_no_letters() {
        assert_eq!(ALPHABET.len() + 1, CLASSES);
        let class = |c: char| ALPHABET.iter().position(|own| own.starts_with(c)).map_or(0, |at| at + 1);
        let mut scores = Vec::new();
        for c in "\u{0}AA\u{0}Ab  \u{0} c\u{0}".chars() {
            let mut step = vec![0.0; CLASSES];
            step[class(c)] = 20.0;
            scores.extend(step);
        }
        let line = line(&Scores(scores));
        assert_eq!((line.text.expose().as_str(), line.confidence), ("AAb c", 99));
        assert_eq!(super::line(&Scores(Vec::new())).confidence, 0);
    }
}
