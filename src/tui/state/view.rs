use super::Field;
use crate::tui::keys::{Action, action};

/// What lies over the panes.
#[derive(Debug, Clone)]
pub enum View {
    Help { top: usize, of: action::Context },
    Messages { top: usize },
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
    /// A question; `y` does it.
    Ask {
        question: &'static str,
        action: Action,
    },
}

impl Prompt {
    pub fn field(&mut self) -> Option<&mut Field> {
        match self {
            Self::Search { field, .. } | Self::Filter { field } | Self::Palette { field, .. } => Some(field),
            Self::Ask { .. } => None,
        }
    }
}
