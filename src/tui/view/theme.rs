use crate::leak::Severity;
use ratatui::style::{Color, Modifier, Style};
use std::{collections::BTreeMap, str::FromStr};

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
    Syntax { file: String, line: usize, why: String },
    #[error("{file}: {role}: {why}")]
    Style { file: String, role: String, why: String },
    #[error("{file}: no role is named {role:?}")]
    Role { file: String, role: String },
    #[error("{file}: {role} has no style")]
    Missing { file: String, role: &'static str },
    #[error("no theme is named {0:?}; there are {names}", names = BUILT_IN.map(|(name, _)| name).join(", "))]
    Unknown(String),
}

/// The themes under `assets/themes/`, the usual one first.
pub const BUILT_IN: [(&str, &str); 4] = [
    ("dark", include_str!("../../../assets/themes/dark.toml")),
    ("light", include_str!("../../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../../assets/themes/high-contrast.toml")),
    ("colour-blind-safe", include_str!("../../../assets/themes/colour-blind-safe.toml")),
];

impl Theme {
    /// A theme of the program by its name.
    pub fn built_in(name: &str, depth: Depth) -> Result<Self, ThemeError> {
        let (name, text) = BUILT_IN
            .into_iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| ThemeError::Unknown(name.to_owned()))?;
        Self::parse(name, text, depth)
    }

    /// Reads a theme: a style for each role, as `"#e06c75 on #202020 bold / red bold / reverse"`. The first part is
    /// for terminals of 256 and more colours, the second for those of 16, the third for those of none; a part that
    /// is missing follows from the one before. A role that is missing looks as in `dark`.
    pub fn parse(file: &str, text: &str, depth: Depth) -> Result<Self, ThemeError> {
        let table = table(file, text)?;
        let standard = table_of_dark();
        if let Some(role) = table.keys().find(|name| Role::ALL.iter().all(|(_, known)| known != name)) {
            return Err(ThemeError::Role { file: file.to_owned(), role: role.clone() });
        }
        let styles = Role::ALL.iter().map(|(_, role)| {
            let text = table.get(*role).or_else(|| standard.get(*role));
            let text = text.ok_or_else(|| ThemeError::Missing { file: file.to_owned(), role })?;
            let failed = |why| ThemeError::Style { file: file.to_owned(), role: (*role).to_owned(), why };
            style(text, depth).map_err(failed)
        });
        Ok(Self { name: file.to_owned(), depth, styles: styles.collect::<Result<_, _>>()? })
    }

    pub fn of(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    pub fn severity(&self, severity: Severity) -> Style {
        self.of(Role::severity(severity))
    }
}

fn table(file: &str, text: &str) -> Result<BTreeMap<String, String>, ThemeError> {
    toml::from_str(text).map_err(|error| ThemeError::Syntax {
        file: file.to_owned(),
        line: 1 + error.span().map_or(0, |span| text[..span.start].matches('\n').count()),
        why: error.message().to_owned(),
    })
}

fn table_of_dark() -> BTreeMap<String, String> {
    BUILT_IN.first().and_then(|(name, text)| table(name, text).ok()).unwrap_or_default()
}

fn style(text: &str, depth: Depth) -> Result<Style, String> {
    let parts: Vec<Style> = text.split('/').map(part).collect::<Result<_, _>>()?;
    let full = parts.first().copied().unwrap_or_default();
    let colours = |map: fn(Color) -> Color, style: Style| Style {
        fg: style.fg.map(map),
        bg: style.bg.map(map),
        ..style
    };
    Ok(match depth {
        Depth::True => full,
        Depth::Indexed => colours(nearest_indexed, full),
        Depth::Ansi => parts.get(1).copied().unwrap_or_else(|| colours(nearest_ansi, full)),
        Depth::None => match parts.get(2).copied() {
            Some(style) => style,
            None => Style { fg: None, bg: None, ..parts.get(1).copied().unwrap_or(full) },
        },
    })
}

fn part(text: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut ground = false;
    for word in text.split_whitespace() {
        let modifier = match word {
            "on" => {
                ground = true;
                continue;
            }
            "bold" => Modifier::BOLD,
            "dim" => Modifier::DIM,
            "italic" => Modifier::ITALIC,
            "underline" => Modifier::UNDERLINED,
            "reverse" => Modifier::REVERSED,
            word => {
                let color = Color::from_str(word).map_err(|_| format!("{word:?} is no colour"))?;
                style = if ground { style.bg(color) } else { style.fg(color) };
                continue;
            }
        };
        style = style.add_modifier(modifier);
    }
    Ok(style)
}

/// The colour of the 256 that is nearest: the 6×6×6 cube or the 24 greys.
pub fn nearest_indexed(color: Color) -> Color {
    let Color::Rgb(r, g, b) = color else { return color };
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let level = |value: u8| {
        let nearest = LEVELS.iter().enumerate().min_by_key(|(_, level)| level.abs_diff(value));
        nearest.map_or((0, 0), |(at, &level)| (at as u8, level))
    };
    let cube = [level(r), level(g), level(b)];
    let mean = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
    let step = (mean.saturating_sub(3) / 10).min(23) as u8;
    let grey = 8 + 10 * step;
    let far =
        |to: [u8; 3]| [r, g, b].iter().zip(to).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
    if far([grey; 3]) < far(cube.map(|(_, level)| level)) {
        Color::Indexed(232 + step)
    } else {
        Color::Indexed(16 + 36 * cube[0].0 + 6 * cube[1].0 + cube[2].0)
    }
}

/// The colour of the 16 that is nearest, as xterm shows them.
pub fn nearest_ansi(color: Color) -> Color {
    let Color::Rgb(r, g, b) = color else { return color };
    const ANSI: [(Color, [u8; 3]); 16] = [
        (Color::Black, [0, 0, 0]),
        (Color::Red, [205, 0, 0]),
        (Color::Green, [0, 205, 0]),
        (Color::Yellow, [205, 205, 0]),
        (Color::Blue, [0, 0, 238]),
        (Color::Magenta, [205, 0, 205]),
        (Color::Cyan, [0, 205, 205]),
        (Color::Gray, [229, 229, 229]),
        (Color::DarkGray, [127, 127, 127]),
        (Color::LightRed, [255, 0, 0]),
        (Color::LightGreen, [0, 255, 0]),
        (Color::LightYellow, [255, 255, 0]),
        (Color::LightBlue, [92, 92, 255]),
        (Color::LightMagenta, [255, 0, 255]),
        (Color::LightCyan, [0, 255, 255]),
        (Color::White, [255, 255, 255]),
    ];
    let far =
        |to: &[u8; 3]| [r, g, b].iter().zip(to).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum::<u32>();
    ANSI.iter().min_by_key(|(_, rgb)| far(rgb)).map_or(Color::Reset, |(color, _)| *color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_theme_stands_at_every_depth() {
        for (name, text) in BUILT_IN {
            let own = table(name, text).unwrap();
            assert_eq!(own.len(), Role::ALL.len(), "{name} has every role");
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
            ("text = \"#fff000\"\ncritcal = \"red\"", "mine: no role is named \"critcal\""),
            ("text = \"reddish\"", "mine: text: \"reddish\" is no colour"),
            ("\ntext = ", "mine:2: "),
        ] {
            let error = Theme::parse("mine", text, Depth::True).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        assert!(Theme::built_in("drak", Depth::True).unwrap_err().to_string().contains("dark, light"));
    }

    #[test]
    fn nearest_colours() {
        assert_eq!(nearest_indexed(Color::Rgb(255, 0, 0)), Color::Indexed(196));
        assert_eq!(nearest_indexed(Color::Rgb(128, 128, 128)), Color::Indexed(244));
        assert_eq!(nearest_ansi(Color::Rgb(250, 10, 10)), Color::LightRed);
        assert_eq!(nearest_indexed(Color::Red), Color::Red);
    }
}
