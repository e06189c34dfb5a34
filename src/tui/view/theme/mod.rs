mod colour;
mod file;

use crate::leak::Severity;
use file::File;
use ratatui::style::Style;

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    None,
    Ansi,
    Indexed,
    True,
}

/// What a piece of the screen means; a theme says how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Text,
    Dim,
    Strong,
    Border,
    BorderFocus,
    Title,
    TitleFocus,
    Cursor,
    CursorIdle,
    Header,
    Status,
    Key,
    Match,
    Masked,
    Revealed,
    Tag,
    Keyword,
    Private,
    Folder,
    Good,
    Warning,
    Bar,
    Critical,
    High,
    Medium,
    Low,
    Info,
}

impl Role {
    const ALL: [(Self, &'static str); 27] = [
        (Self::Text, "text"),
        (Self::Dim, "dim"),
        (Self::Strong, "strong"),
        (Self::Border, "border"),
        (Self::BorderFocus, "border-focus"),
        (Self::Title, "title"),
        (Self::TitleFocus, "title-focus"),
        (Self::Cursor, "cursor"),
        (Self::CursorIdle, "cursor-idle"),
        (Self::Header, "header"),
        (Self::Status, "status"),
        (Self::Key, "key"),
        (Self::Match, "match"),
        (Self::Masked, "masked"),
        (Self::Revealed, "revealed"),
        (Self::Tag, "tag"),
        (Self::Keyword, "keyword"),
        (Self::Private, "private"),
        (Self::Folder, "folder"),
        (Self::Good, "good"),
        (Self::Warning, "warning"),
        (Self::Bar, "bar"),
        (Self::Critical, "critical"),
        (Self::High, "high"),
        (Self::Medium, "medium"),
        (Self::Low, "low"),
        (Self::Info, "info"),
    ];

    pub fn severity(severity: Severity) -> Self {
        match severity {
            Severity::Critical => Self::Critical,
            Severity::High => Self::High,
            Severity::Medium => Self::Medium,
            Severity::Low => Self::Low,
            Severity::Info => Self::Info,
        }
    }
}

/// The looks of every role, for one depth of colour.
#[derive(Debug, Clone)]
pub struct Theme {
    pub name: String,
    pub depth: Depth,
    styles: Vec<Style>,
}

/// Why a theme does not stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    #[error("{file}:{line}: {why}")]
    Line { file: String, line: usize, why: String },
    #[error("no theme is named {0:?}; there are {names}", names = BUILT_IN.map(|(name, _)| name).join(", "))]
    Unknown(String),
}

/// The themes under `assets/themes/`, the usual one first.
pub const BUILT_IN: [(&str, &str); 4] = [
    ("dark", include_str!("../../../../assets/themes/dark.toml")),
    ("light", include_str!("../../../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../../../assets/themes/high-contrast.toml")),
    ("colour-blind-safe", include_str!("../../../../assets/themes/colour-blind-safe.toml")),
];

impl Theme {
    /// A theme of the program by its name.
    pub fn built_in(name: &str, depth: Depth) -> Result<Self, ThemeError> {
        let (name, text) = BUILT_IN
            .into_iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| ThemeError::Unknown(name.to_owned()))?;
        Self::parse(name, name, text, depth)
    }

    /// Reads a theme of that name from the text of `file`: a style for each role, as
    /// `"#e06c75 on #202020 bold / red bold / reverse"`. The first part is for terminals of 256 and more colours, the
    /// second for those of 16, the third for those of none; a part that is missing follows from the one before. A role
    /// that is missing looks as in the theme that `like` names, or else the program's theme of that name, or `dark`.
    pub fn parse(name: &str, file: &str, text: &str, depth: Depth) -> Result<Self, ThemeError> {
        let own = File::parse(file, text, depth)?;
        let like = own.like.as_deref().unwrap_or(name);
        let (of, below) = BUILT_IN.into_iter().find(|(known, _)| *known == like).unwrap_or(BUILT_IN[0]);
        let below = File::parse(of, below, depth)?;
        let styles = own.styles.into_iter().zip(below.styles);
        let styles = styles.map(|(own, below)| own.or(below).unwrap_or_default()).collect();
        Ok(Self { name: name.to_owned(), depth, styles })
    }

    pub fn of(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    pub fn severity(&self, severity: Severity) -> Style {
        self.of(Role::severity(severity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Color;

    #[test]
    fn every_built_in_theme_stands_at_every_depth() {
        for (name, text) in BUILT_IN {
            let own = File::parse(name, text, Depth::True).unwrap();
            assert!(own.styles.iter().all(Option::is_some), "{name} has every role");
            for depth in [Depth::None, Depth::Ansi, Depth::Indexed, Depth::True] {
                let theme = Theme::built_in(name, depth).unwrap();
                for (role, word) in Role::ALL {
                    let style = theme.of(role);
                    let colours = [style.fg, style.bg].into_iter().flatten();
                    for color in colours {
                        let fits = match depth {
                            Depth::None => false,
                            Depth::Ansi => !matches!(color, Color::Rgb(..) | Color::Indexed(_)),
                            Depth::Indexed => !matches!(color, Color::Rgb(..)),
                            Depth::True => true,
                        };
                        assert!(fits, "{name} {word} at {depth:?}: {color}");
                    }
                }
            }
        }
        assert_eq!(
            Role::ALL.map(|(role, _)| role as usize).to_vec(),
            (0..Role::ALL.len()).collect::<Vec<_>>()
        );
    }

    #[test]
    fn mistakes_name_the_place() {
        for (text, expected) in [
            ("text = \"#fff000\"\ncritcal = \"red\"", "m.toml:2: no role is named \"critcal\""),
            ("\ntext = \"reddish\"", "m.toml:2: text: \"reddish\" is no colour"),
            ("\ntext = ", "m.toml:2: "),
            ("text = 3", "m.toml:1: text has to be a text in quotes"),
            ("\n\nlike = \"drak\"", "m.toml:3: no theme is named \"drak\"; there are dark, light"),
        ] {
            let error = Theme::parse("mine", "m.toml", text, Depth::True).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        assert!(Theme::built_in("drak", Depth::True).unwrap_err().to_string().contains("dark, light"));
    }

    #[test]
    fn what_a_file_leaves_out_is_as_in_another_theme() {
        let of = |theme: Theme| [theme.of(Role::Text), theme.of(Role::Critical)];
        let built_in = |name| of(Theme::built_in(name, Depth::True).unwrap());
        for (name, like, expected) in
            [("mine", "", "dark"), ("light", "", "light"), ("mine", "like = \"light\"\n", "light")]
        {
            let theme = Theme::parse(name, "m", &format!("{like}text = \"red\""), Depth::True).unwrap();
            let [text, critical] = of(theme);
            assert_eq!((text.fg, critical), (Some(Color::Red), built_in(expected)[1]));
        }
    }
}
