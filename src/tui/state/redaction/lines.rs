use super::{Redaction, Stage, Whose, Word};

/// A line of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Files,
    Basis,
    Words,
    Word(Word),
    Key,
    Out,
    /// How far it is, or what it came to.
    State,
    Error,
    Manifest,
    Warning(usize),
    Head(Head),
    Edit(usize),
    Stay(usize),
    Trouble(usize),
    Copy(usize),
    Gap,
}

/// What the lines below are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    Edits,
    Stays,
    /// Files that would have no copy.
    Withheld,
    /// Files that have none.
    Failed,
    Copies,
}

impl Line {
    /// Whether it says how the copies are to be made.
    pub fn is_term(self) -> bool {
        matches!(self, Self::Files | Self::Basis | Self::Words | Self::Word(_) | Self::Key | Self::Out)
    }
}

impl Redaction {
    /// What there is to be seen, from top to bottom.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = vec![Line::Files, Line::Basis, Line::Words];
        if self.unfolded {
            lines.extend(Word::all().into_iter().map(Line::Word));
        }
        lines.extend([Line::Key, Line::Out, Line::Gap, Line::State]);
        lines.extend(self.error.as_ref().map(|_| Line::Error));
        let Some(account) = self.account() else { return lines };
        let written = matches!(self.stage, Stage::Written(..));
        lines.extend(account.manifest.as_ref().filter(|_| written).map(|_| Line::Manifest));
        lines.extend((0..account.warnings.len()).map(Line::Warning));
        let head = if written { Head::Failed } else { Head::Withheld };
        lines.extend(section(head, account.troubles.len(), Line::Trouble));
        lines.extend(section(Head::Copies, account.copies.len(), Line::Copy));
        lines.extend(section(Head::Edits, account.summary.edits.len(), Line::Edit));
        lines.extend(section(Head::Stays, account.summary.stays.len(), Line::Stay));
        lines
    }

    /// The line under the cursor.
    pub fn line(&self) -> Option<Line> {
        self.lines().get(self.cursor).copied()
    }

    /// Whose files can be meant: not those that are marked where none is.
    pub(in crate::tui::state) fn next_whose(&self) -> Whose {
        match self.terms.whose {
            Whose::Marked => Whose::Here,
            Whose::Here => Whose::All,
            Whose::All if self.marked > 0 => Whose::Marked,
            Whose::All => Whose::Here,
        }
    }
}

fn section(head: Head, count: usize, line: fn(usize) -> Line) -> Vec<Line> {
    if count == 0 {
        return Vec::new();
    }
    [Line::Gap, Line::Head(head)].into_iter().chain((0..count).map(line)).collect()
}
