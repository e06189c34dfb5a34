/// Where an action makes sense, and the section of the keymap that its keys stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// In every pane and every view.
    Always,
    /// In every pane.
    All,
    /// In all that has lines: library, tags and views.
    List,
    /// In trees: library and tags.
    Tree,
    Library,
    Tags,
    Preview,
    /// While a rectangle is drawn in the preview.
    Rectangle,
    /// In what lies over the panes: portrait, help, messages, lists.
    View,
    /// In the plan of a redaction and its result.
    Redaction,
}

/// What takes keys. Each looks into some sections of the keymap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    Library,
    Tags,
    Preview,
    /// The preview, where a rectangle is drawn.
    Rectangle,
    /// The summary of a folder, in the place of tags and preview.
    Summary,
    View,
    /// A plan of a redaction, or its result.
    Redaction,
}

impl Scope {
    pub const ALL: [Self; 10] = [
        Self::Always,
        Self::All,
        Self::List,
        Self::Tree,
        Self::Library,
        Self::Tags,
        Self::Preview,
        Self::Rectangle,
        Self::View,
        Self::Redaction,
    ];

    /// The section's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::All => "all",
            Self::List => "list",
            Self::Tree => "tree",
            Self::Library => "library",
            Self::Tags => "tags",
            Self::Preview => "preview",
            Self::Rectangle => "rectangle",
            Self::View => "view",
            Self::Redaction => "redaction",
        }
    }

    /// Its heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Always => "Everywhere",
            Self::All => "In every pane",
            Self::List => "Moving",
            Self::Tree => "Trees",
            Self::Library => "Library",
            Self::Tags => "Tags",
            Self::Preview => "Preview",
            Self::Rectangle => "Rectangle",
            Self::View => "Views",
            Self::Redaction => "Redaction",
        }
    }

    /// Whether keys of this section may be bound to an action of that scope: its own, or a wider one.
    pub fn allows(self, action: Self) -> bool {
        let works = |context: &Context| context.scopes().contains(&self);
        let makes_sense =
            |context: Context| context.scopes().contains(&action) || context.beneath().contains(&action);
        Context::ALL.into_iter().filter(works).all(makes_sense)
    }
}

impl Context {
    pub const ALL: [Self; 7] = [
        Self::Library,
        Self::Tags,
        Self::Preview,
        Self::Rectangle,
        Self::Summary,
        Self::View,
        Self::Redaction,
    ];

    /// The sections whose keys work here.
    pub fn scopes(self) -> &'static [Scope] {
        use Scope::*;
        match self {
            Self::Library => &[Always, All, List, Tree, Library],
            Self::Tags => &[Always, All, List, Tree, Tags],
            Self::Preview => &[Always, All, List, Preview],
            Self::Rectangle => &[Always, Rectangle],
            Self::Summary => &[Always, All, List, Tree],
            Self::View => &[Always, List, View],
            Self::Redaction => &[Always, List, View, Redaction],
        }
    }

    /// Sections whose keys do not work here, and whose actions make sense all the same: of what is still seen.
    fn beneath(self) -> &'static [Scope] {
        match self {
            Self::Rectangle => &[Scope::Preview],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wider_action_may_stand_in_a_narrower_section() {
        assert!(Scope::Tags.allows(Scope::Always) && Scope::Tags.allows(Scope::Tree));
        assert!(Scope::View.allows(Scope::List) && !Scope::View.allows(Scope::All));
        assert!(Scope::Rectangle.allows(Scope::Preview) && !Scope::Preview.allows(Scope::Rectangle));
        assert!(!Scope::All.allows(Scope::Tags) && !Scope::Library.allows(Scope::Tags));
    }
}
