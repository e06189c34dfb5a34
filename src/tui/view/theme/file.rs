use super::{
    BUILT_IN, Depth, Role, ThemeError,
    colour::{nearest_ansi, nearest_indexed},
};
use crate::text::line_number;
use ratatui::style::{Color, Modifier, Style};
use std::str::FromStr;
use toml::de::DeTable;

/// A file of styles: a line a role, `like` for the theme of the program that it changes.
pub(super) struct File {
    pub like: Option<String>,
    /// The style of each role that has one, in the order of [`Role::ALL`].
    pub styles: Vec<Option<Style>>,
}

impl File {
    /// Reads a file, whose name is for errors.
    pub fn parse(name: &str, text: &str, depth: Depth) -> Result<Self, ThemeError> {
        let wrong = |at: usize, why: String| ThemeError::Line {
            file: name.to_owned(),
            line: line_number(text, at),
            why,
        };
        let table = DeTable::parse(text)
            .map_err(|error| wrong(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
        let mut file = Self { like: None, styles: vec![None; Role::ALL.len()] };
        for (key, value) in table.get_ref() {
            let at = key.span().start;
            let word = value.get_ref().as_str();
            let word =
                word.ok_or_else(|| wrong(at, format!("{} has to be a text in quotes", key.get_ref())))?;
            if key.get_ref() == "like" {
                if BUILT_IN.iter().all(|(known, _)| *known != word) {
                    return Err(wrong(at, ThemeError::Unknown(word.to_owned()).to_string()));
                }
                file.like = Some(word.to_owned());
                continue;
            }
            let role = Role::ALL.iter().position(|(_, known)| known == key.get_ref());
            let role = role.ok_or_else(|| wrong(at, format!("no role is named {:?}", key.get_ref())))?;
            let style = style(word, depth).map_err(|why| wrong(at, format!("{}: {why}", key.get_ref())))?;
            if let Some(slot) = file.styles.get_mut(role) {
                *slot = Some(style);
            }
        }
        Ok(file)
    }
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
