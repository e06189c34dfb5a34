use super::{Comparison, Field, Hex, MarkList, Pivot, Sitting};
use crate::tui::keys::{Action, Context};
use std::time::Duration;

/// What lies over the panes.
#[derive(Debug)]
pub enum View {
    Help {
        top: usize,
        of: Context,
    },
    Messages {
        top: usize,
    },
    /// The bytes of a file around an element.
    Hex(Box<Hex>),
    /// Two files side by side.
    Compare(Box<Comparison>),
    /// One element over many files.
    Pivot(Box<Pivot>),
    /// All marks.
    Marks(Box<MarkList>),
    /// How copies are made, and what came of it: the model's [`super::Redaction`].
    Redaction,
    /// What is known of a patient.
    Portrait {
        top: usize,
        sitting: Box<Sitting>,
    },
}

impl View {
    /// When it goes on by itself.
    pub fn deadline(&self) -> Option<Duration> {
        match self {
            Self::Portrait { sitting, .. } => sitting.is_behind().then_some(Duration::ZERO),
            _ => None,
        }
    }
}

/// What is being typed, in the status line or in a box.
#[derive(Debug, Clone)]
pub enum Prompt {
    /// A search; `from` is where it began.
    Search {
        field: Field,
        from: usize,
    },
    Filter {
        field: Field,
    },
    Palette {
        field: Field,
        cursor: usize,
    },
    /// Why a finding is let stand, or its whole group.
    Reason {
        field: Field,
        group: bool,
    },
    /// What is said of a file.
    Comment {
        field: Field,
    },
    /// The folder of the copies; and whether they are written then.
    Out {
        field: Field,
        write: bool,
    },
    /// The file of the key.
    Key {
        field: Field,
    },
    /// A question; `y` does it.
    Ask {
        question: String,
        action: Action,
    },
}

impl Prompt {
    pub fn field(&mut self) -> Option<&mut Field> {
        match self {
            Self::Search { field, .. }
            | Self::Filter { field }
            | Self::Palette { field, .. }
            | Self::Reason { field, .. }
            | Self::Comment { field }
            | Self::Out { field, .. }
            | Self::Key { field } => Some(field),
            Self::Ask { .. } => None,
        }
    }
}
