//! How marks are kept: lines that are only ever added, so that whatever happens to the program, what was marked before
//! is there. A step counts when its `end` is there, which sums up its lines.
//!
//! ```text
//! marks 1
//! mark X (0010,4000)
//! mark X pixels 12,8,230,18 all
//! clear (0010,0040)
//! in 9c1e0123456789ab 526390 1767225600000000000
//! end 41c3b1f6d0a9e277
//! undo
//! ```
//! `in` names a file by its key, with the bytes that it had and when it was changed last, in nanoseconds since 1970; further `mark` and `clear` lines begin another part. `#`
//! begins a remark. What is written by hand may end in a plain `end`.

use super::{Change, MarkBook, Part, Spot, Step, Target};
use crate::{
    dicom::Version,
    redact::Action,
    text::{StableHash, lines},
};
use std::{
    fmt::Write as _,
    io::{self, BufRead},
};

/// The line that takes the last step back.
pub const UNDO: &str = "\nundo\n";
/// The line that does the step again that was undone last.
pub const REDO: &str = "\nredo\n";
const BEGIN: &str = "marks 1";
/// The longest line, in bytes.
const LONGEST: usize = 4096;

/// What is wrong with a file of marks.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error("cannot be read: {}", .0.kind())]
    Io(#[from] io::Error),
    #[error("line {0} is not understood; expected mark, clear, in, end, undo or redo")]
    Line(usize),
    #[error("line {0} ends a step that was changed since it was written: `end` alone takes it as it is")]
    Changed(usize),
    #[error("line {0} is of another version of the program")]
    Version(usize),
    #[error("line {0} is longer than {LONGEST} bytes")]
    TooLong(usize),
}

/// The lines of a step. They begin with an empty one: what stands before may have been cut off.
pub fn line_of(step: &Step) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    for part in &step.parts {
        for Change { spot, action } in &part.changes {
            let _ = match action {
                Some(action) => writeln!(text, "mark {action} {spot}"),
                None => writeln!(text, "clear {spot}"),
            };
        }
        for Target { file, version: Version { size, modified } } in &part.files {
            let _ = writeln!(text, "in {file} {size} {modified}");
        }
    }
    format!("\n{BEGIN}\n{text}end {:016x}\n", sum(text.lines()))
}

fn sum<'a>(lines: impl Iterator<Item = &'a str>) -> u64 {
    lines.fold(StableHash::default(), |hash, line| hash.part(line.as_bytes())).finish()
}

/// All marks of a journal, and how many steps in it were cut off before they were complete: those do not count.
///
/// # Errors
/// When a line cannot be understood: what was meant to go would stay otherwise.
pub fn read(journal: impl BufRead) -> Result<(MarkBook, usize), JournalError> {
    let mut reader = Reader::default();
    for (number, line) in (1..).zip(lines(journal, LONGEST)) {
        reader.line(line?.ok_or(JournalError::TooLong(number))?.trim(), number)?;
    }
    reader.give_up();
    Ok((reader.book, reader.cut))
}

#[derive(Default)]
struct Reader {
    book: MarkBook,
    open: Option<Open>,
    cut: usize,
}

/// A step whose end was not met yet.
#[derive(Default)]
struct Open {
    step: Step,
    lines: Vec<String>,
    /// The first line that was not understood. It may be the one that was cut off.
    wrong: Option<usize>,
}

impl Reader {
    fn line(&mut self, line: &str, number: usize) -> Result<(), JournalError> {
        let word = line.split(' ').next().unwrap_or_default();
        match word {
            "" => {}
            _ if line.starts_with('#') => {}
            // Cut off before its number.
            "marks" if line == word => {
                self.give_up();
                self.cut += 1;
            }
            "marks" => {
                self.give_up();
                if line != BEGIN {
                    return Err(JournalError::Version(number));
                }
                self.open = Some(Open::default());
            }
            "undo" | "redo" if line == word => {
                self.give_up();
                let _ = if word == "undo" { self.book.undo() } else { self.book.redo() };
            }
            "end" => {
                let told = line.strip_prefix("end").unwrap_or_default().trim();
                if (1..16).contains(&told.len()) {
                    self.give_up();
                    return Ok(());
                }
                let open = self.open.take().ok_or(JournalError::Line(number))?;
                if let Some(wrong) = open.wrong {
                    return Err(JournalError::Line(wrong));
                }
                let own = || format!("{:016x}", sum(open.lines.iter().map(String::as_str)));
                if !told.is_empty() && told != own() {
                    return Err(JournalError::Changed(number));
                }
                self.book.take(open.step);
            }
            _ => match &mut self.open {
                Some(open) => open.line(line, number),
                // The beginning of a step, or of what is alone in its line, that was cut off.
                None if ["marks", BEGIN, "undo", "redo"].iter().any(|whole| whole.starts_with(line)) => {
                    self.cut += 1;
                }
                None => return Err(JournalError::Line(number)),
            },
        }
        Ok(())
    }

    /// What is open was never ended.
    fn give_up(&mut self) {
        self.cut += usize::from(self.open.take().is_some());
    }
}

impl Open {
    fn line(&mut self, line: &str, number: usize) {
        if self.take(line).is_none() {
            self.wrong.get_or_insert(number);
        }
        self.lines.push(line.to_owned());
    }

    fn take(&mut self, line: &str) -> Option<()> {
        let (word, rest) = line.split_once(' ')?;
        let change = match word {
            "in" => {
                let (file, version) = rest.split_once(' ')?;
                let (size, modified) = version.split_once(' ').unwrap_or((version, "0"));
                let version = Version { size: size.parse().ok()?, modified: modified.parse().ok()? };
                self.step.parts.last_mut()?.files.push(Target { file: file.parse().ok()?, version });
                return Some(());
            }
            "mark" => {
                let (action, spot) = rest.split_once(' ')?;
                Change { spot: spot.parse().ok()?, action: Some(Action::parse(action)?) }
            }
            "clear" => Change { spot: rest.parse::<Spot>().ok()?, action: None },
            _ => return None,
        };
        match self.step.parts.last_mut().filter(|part| part.files.is_empty()) {
            Some(part) => part.changes.push(change),
            None => self.step.parts.push(Part { changes: vec![change], files: Vec::new() }),
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dicom::{Location, Tag},
        library::FileKey,
        redact::{Frames, Rectangle},
    };
    use proptest::prelude::*;

    fn mark(element: u16, action: Option<Action>) -> Change {
        Change { spot: Spot::Element(Location::top(Tag(0x10, element))), action }
    }

    fn step(changes: Vec<Change>, files: &[u64]) -> Step {
        let files = files
            .iter()
            .map(|&file| Target { file: FileKey(file), version: Version { size: 10 * file, modified: file } })
            .collect();
        Step { parts: vec![Part { changes, files }] }
    }

    fn marks(book: &MarkBook, file: u64) -> Vec<(String, char)> {
        let held = book.get(FileKey(file));
        let all = held.iter().flat_map(|held| held.marks.iter());
        all.map(|(spot, action)| (spot.to_string(), action.letter())).collect()
    }

    fn steps() -> Vec<Step> {
        let pixels = Spot::Pixels(Rectangle { x: 1, y: 2, w: 3, h: 4 }, Frames::Only(2, 6));
        vec![
            step(vec![mark(0x10, Some(Action::Empty)), mark(0x20, Some(Action::Remove))], &[1, 2]),
            step(vec![Change { spot: pixels, action: Some(Action::Remove) }], &[2]),
            step(vec![mark(0x10, None), mark(0x20, None)], &[1]),
            step(vec![Change { spot: Spot::Profile, action: Some(Action::Clean) }], &[3]),
        ]
    }

    #[test]
    fn what_is_written_is_read_again_with_its_history() {
        let text: String = steps().iter().map(line_of).collect();
        let (mut book, cut) = read(text.as_bytes()).unwrap();
        assert_eq!((book.len(), cut), (2, 0));
        assert_eq!(book.get(FileKey(2)).unwrap().version.size, 20);
        let two = marks(&book, 2);
        assert_eq!(two.len(), 3);
        assert_eq!(two[2], ("pixels 1,2,3,4 3-7".to_owned(), 'X'));
        assert!(book.get(FileKey(3)).unwrap().marks.has_profile());
        assert_eq!(book.undo(), Some(vec![FileKey(3)]));
        assert_eq!(book.undo(), Some(vec![FileKey(1)]));
        assert_eq!(marks(&book, 1).len(), 2);
        assert!(book.redo().is_some() && marks(&book, 1).is_empty());
        let again = text + UNDO + UNDO + REDO;
        let (other, _) = read(again.as_bytes()).unwrap();
        assert_eq!(marks(&other, 1), marks(&book, 1));
        assert_eq!(marks(&other, 3), marks(&book, 3));
    }

    proptest! {
        /// Wherever the last write was cut off, the steps before count, and what is written then counts, too.
        #[test]
        fn what_was_cut_off_harms_nothing_else(share in 0.0..1.0f64) {
            let all = steps();
            let (first, last) = (line_of(&all[0]) + &line_of(&all[1]), line_of(&all[3]));
            let at = (share * last.len() as f64) as usize;
            let text = first + &last[..at] + &line_of(&all[2]);
            let (book, cut) = read(text.as_bytes()).unwrap();
            let whole = at + 1 >= last.len() || last[..at].trim_end().ends_with("\nend");
            let counts = [1, 2, 3].map(|file| marks(&book, file).len());
            prop_assert_eq!(counts, [0, 3, usize::from(whole)]);
            prop_assert!(cut <= 1);
        }

        #[test]
        fn any_lines_are_harmless(lines in prop::collection::vec("(marks 1|mark X \\(0010,0010\\)|in 0000000000000001 5|end|undo|redo|.{0,9})", 0..20)) {
            let _ = read(lines.join("\n").as_bytes());
        }
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        for (text, error) in [
            ("marks 1\nmark Q (0010,0010)\nend\n", "line 2 is not understood"),
            ("marks 2\n", "line 1 is of another version"),
            ("marks 1\nmark X (0010,0010)\nend 0000000000000000\n", "line 3 ends a step that was changed"),
            ("nonsense\n", "line 1 is not understood"),
            ("marks 1\nmark X pixels 1,2,0,4\nend", "line 2 is not understood"),
        ] {
            let found = read(text.as_bytes()).unwrap_err().to_string();
            assert!(found.starts_with(error), "{found}");
        }
        let by_hand = "# all of it\nmarks 1\nmark X (0010,4000)\nin 0000000000000001 5\nend\n";
        assert_eq!(marks(&read(by_hand.as_bytes()).unwrap().0, 1).len(), 1);
    }
}
