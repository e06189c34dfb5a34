use super::{
    Pen,
    theme::{Role, Theme},
};
use crate::{
    text::{counted, number},
    tui::{
        keys::{Action, Context},
        state::{Level, Model, Progress, Prompt, Stage, View},
    },
};
use ratatui::{buffer::Buffer, layout::Rect};
use std::time::Duration;

const TURNS: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/// What is being done, what was said, and the keys that help now.
///
/// ```text
///  ⠋ 1,234 of 10,000 · 820/s · 11 s left          ]f next file  ]p next finding  x reveal  ? help
///  /patient▏                                                                          3 matches
/// ```
pub fn draw(model: &Model, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let mut pen = Pen::new(buffer, area, 0);
    pen.skip(1).spare(1);
    match &model.prompt {
        Some(Prompt::Search { field, .. }) => return typed("/", field, "", theme, &mut pen),
        Some(Prompt::Filter { field }) => {
            let hint = "severity, facet, modality, done, false-claim, … or text; ! for not";
            return typed("filter: ", field, hint, theme, &mut pen);
        }
        Some(Prompt::Reason { field, group }) => {
            let sign = if *group { "acknowledge all of its kind: " } else { "acknowledge: " };
            return typed(sign, field, "why nobody needs to act on it", theme, &mut pen);
        }
        Some(Prompt::Comment { field }) => {
            return typed("comment: ", field, "no names: it is kept", theme, &mut pen);
        }
        Some(Prompt::Out { field, .. }) => {
            return typed(
                "write to: ",
                field,
                "a new or empty folder, outside of what is read",
                theme,
                &mut pen,
            );
        }
        Some(Prompt::Key { field }) => {
            let hint = "a file, made where there is none; empty: a key of this run alone";
            return typed("key: ", field, hint, theme, &mut pen);
        }
        Some(Prompt::Ask { question, .. }) => {
            pen.put(question, theme.of(Role::Warning));
            return;
        }
        Some(Prompt::Palette { .. }) | None => {}
    }
    left(model, theme, &mut pen);
    hints(model, theme, &mut pen);
}

fn typed(sign: &str, field: &crate::tui::state::Field, hint: &str, theme: &Theme, pen: &mut Pen<'_>) {
    pen.put(sign, theme.of(Role::Key))
        .put(field.before(), theme.of(Role::Strong))
        .put("▏", theme.of(Role::Key));
    pen.put(field.text().get(field.before().len()..).unwrap_or_default(), theme.of(Role::Strong));
    if field.text().is_empty() {
        pen.put(hint, theme.of(Role::Dim));
    }
}

fn left(model: &Model, theme: &Theme, pen: &mut Pen<'_>) {
    let pending = model.pending.text();
    if !pending.is_empty() {
        pen.put(&pending, theme.of(Role::Key)).put("…", theme.of(Role::Dim)).skip(2);
        return;
    }
    if model.reveal.all() {
        pen.put(" VALUES SHOWN ", theme.of(Role::Revealed)).skip(1);
    }
    if let Some(message) = model.messages.current(model.now) {
        let role = match message.level {
            Level::Done => Role::Good,
            Level::Note => Role::Status,
            Level::Warning => Role::Warning,
        };
        pen.put(&message.text, theme.of(role)).skip(2);
        return;
    }
    let writing = model.redaction.as_ref().filter(|redaction| redaction.is_writing());
    if let Some(run) = writing.and_then(|redaction| redaction.run())
        && model.context() != Context::Redaction
    {
        let text = super::redaction::going(run, true, model.now);
        pen.put(turn(&run.progress), theme.of(Role::Bar)).skip(1).put(text, theme.of(Role::Status)).skip(2);
    } else if model.progress.is_running() {
        let text = pace(&model.progress, model.now);
        pen.put(turn(&model.progress), theme.of(Role::Bar)).skip(1).put(text, theme.of(Role::Status)).skip(2);
    } else {
        let files = model.library.catalog.tally().files as usize;
        let mut text = counted(files, "file");
        if model.size.0 >= 60 {
            text += &format!(" · {}", model.library.order.name());
        }
        if let Some(mode) = model.arrivals.mode().filter(|_| model.size.0 >= 80) {
            text += &format!(" · {mode}");
        }
        if !model.library.filtered.filter.is_empty() {
            text += " · filtered";
        }
        let comment = model.library.file().map(|file| model.library.catalog.review(file).comment);
        if let Some(comment) = comment.filter(|comment| !comment.is_empty()) {
            text = format!("“{comment}”");
        }
        pen.put(&text, theme.of(Role::Dim)).skip(2);
    }
}

/// A sign that turns while something goes on.
pub fn turn(progress: &Progress) -> &'static str {
    TURNS.get(progress.turns % TURNS.len()).copied().unwrap_or_default()
}

/// How far it is, how fast, and how long it takes.
pub fn pace(progress: &Progress, now: Duration) -> String {
    let mut text = match progress.crawled {
        true => format!("{} of {}", number(progress.read), number(progress.found)),
        false => format!("{} of {}+", number(progress.read), number(progress.found)),
    };
    if let Some(rate) = progress.rate(now).filter(|rate| *rate >= 1.0) {
        text += &format!(" · {}/s", number(rate as usize));
    }
    if let Some(left) = progress.left(now) {
        text += &format!(" · {} left", duration(left));
    }
    text
}

/// As many of the keys that matter here as there is room for; help is always among them.
fn hints(model: &Model, theme: &Theme, pen: &mut Pen<'_>) {
    use Action::*;
    let wanted: &[(Action, &str)] = match model.context() {
        Context::View => match model.views.last() {
            Some(View::Pivot(_)) => &[
                (Open, "go there"),
                (Widen, "more files"),
                (RevealAll, "reveal"),
                (Close, "back"),
                (Help, "help"),
            ],
            Some(View::Marks(_)) => &[(Open, "go there"), (Close, "back"), (Help, "help")],
            Some(View::Compare(_)) => {
                &[(Open, "differences or all"), (RevealAll, "reveal"), (Close, "back"), (Help, "help")]
            }
            Some(View::Hex(_)) => {
                &[(Open, "to the element"), (Reveal, "reveal"), (Close, "back"), (Help, "help")]
            }
            _ => &[(Close, "back"), (Help, "help")],
        },
        Context::Redaction => redaction(model),
        Context::Library => &[
            (NextFile, "next file"),
            (Open, "open"),
            (Portrait, "portrait"),
            (Filter, "filter"),
            (SwitchTree, "by patient"),
            (Help, "help"),
        ],
        Context::Summary => {
            &[(Open, "show the files"), (FocusNext, "library"), (Portrait, "portrait"), (Help, "help")]
        }
        Context::Tags => &[
            (NextFinding, "next finding"),
            (Reveal, "reveal"),
            (Mark, "mark"),
            (Portrait, "portrait"),
            (FindingsOnly, "findings only"),
            (Search, "search"),
            (Help, "help"),
        ],
        Context::Rectangle => &[
            (RectangleSet, "mark"),
            (RectangleNext, "proposals"),
            (RectangleFrames, "frames"),
            (RectangleSeries, "in the series"),
            (RectangleStep, "by pixels"),
            (RectangleLeave, "leave"),
            (Help, "help"),
        ],
        Context::Preview => &[
            (NextFinding, "next finding"),
            (NextBox, "next text"),
            (NextWindow, "window"),
            (Enlarge, "enlarge"),
            (Zoom, "zoom"),
            (Help, "help"),
        ],
    };
    let mut hints: Vec<(String, &str)> = wanted
        .iter()
        .map(|(action, word)| (model.keymap.key(*action), *word))
        .filter(|(key, _)| !key.is_empty())
        .collect();
    let width = |hints: &[(String, &str)]| -> usize {
        hints.iter().map(|(key, word)| key.len() + word.len() + 3).sum()
    };
    while width(&hints) > pen.left() + 2 && !hints.is_empty() {
        // The last one is help.
        let at = hints.len().saturating_sub(2);
        hints.remove(at);
    }
    pen.skip((pen.left() + 2).saturating_sub(width(&hints)));
    for (at, (key, word)) in hints.iter().enumerate() {
        pen.skip(if at > 0 { 2 } else { 0 })
            .put(key, theme.of(Role::Key))
            .skip(1)
            .put(word, theme.of(Role::Dim));
    }
}

fn redaction(model: &Model) -> &'static [(Action, &'static str)] {
    use Action::*;
    match model.redaction.as_ref().map(|redaction| &redaction.stage) {
        Some(Stage::Planning(_) | Stage::Writing(..)) => {
            &[(StopCopies, "stop"), (Close, "back"), (Help, "help")]
        }
        Some(Stage::Written(..)) => {
            &[(Open, "compare"), (OpenCopies, "open the copies"), (Close, "back"), (Help, "help")]
        }
        Some(Stage::Planned(_)) => {
            &[(WriteCopies, "write"), (Open, "change"), (Close, "back"), (Help, "help")]
        }
        _ => &[(Open, "change"), (Close, "back"), (Help, "help")],
    }
}

fn duration(left: Duration) -> String {
    match left.as_secs() {
        seconds @ ..90 => format!("{seconds} s"),
        seconds @ 90..5400 => format!("{} min", seconds.div_ceil(60)),
        seconds => format!("{} h", seconds.div_ceil(3600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let text = |seconds| duration(Duration::from_secs(seconds));
        assert_eq!([3, 100, 7000].map(text), ["3 s", "2 min", "2 h"]);
    }
}
