//! What lines are called, and what they say.

use super::{Line, Model, Opened, Tags};
use crate::{
    dicom::{Kind, RowId, Tag, dictionary},
    leak::{Place, Severity},
    text::{Shown, mask, width},
};

/// The lines that the focused value takes below its own, in a pane of that width inside.
pub fn unfolded(model: &Model, tags: &Tags, width: u16) -> Vec<String> {
    if !tags.wrapped {
        return Vec::new();
    }
    let at = tags.tree.cursor;
    let text = value(&tags.opened, at, 4096);
    let shown = model.reveal.focused() || tags.opened.is_plain(at);
    let text = if shown { text } else { mask(&text) };
    width::wrap(&text, usize::from(width).saturating_sub(7), 8)
}

/// The value as it stands in the file, `most` characters of it; of other lines what there is to say.
pub fn value(opened: &Opened, at: usize, most: usize) -> String {
    let reading = &opened.reading;
    match opened.line(at) {
        Some(Line::Row(id)) => {
            let text = reading.rows.display(id);
            let label = items(opened, id);
            let text = if label.is_empty() { text.into_owned() } else { label };
            text.chars().take(most).collect()
        }
        Some(Line::Path) => opened.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        Some(Line::Preamble) => "128 bytes in front of the data set".to_owned(),
        Some(Line::Trailer) => {
            let length = reading.trailer.as_ref().map_or(0, |trailer| trailer.length);
            format!("{length} bytes after the data set")
        }
        Some(Line::Part(_)) | None => String::new(),
    }
}

/// What an item holds: of a code what it means, of a content item what it is of, of others the names of its elements.
fn items(opened: &Opened, id: RowId) -> String {
    let rows = &opened.reading.rows;
    if rows.get(id).is_none_or(|row| row.kind != Kind::Item) {
        return String::new();
    }
    if let Some(meaning) = meaning(opened, id) {
        return meaning;
    }
    let concept = rows.find_in(Some(id), CONCEPT_NAME).and_then(|name| rows.children(Some(name)).next());
    if let Some(concept) = concept.and_then(|(code, _)| meaning(opened, code)) {
        let kind = rows.find_in(Some(id), VALUE_TYPE).filter(|&kind| opened.is_plain(opened.at_row(kind)));
        return match kind {
            Some(kind) => format!("{concept} · {}", rows.text(kind)),
            None => concept,
        };
    }
    let names = rows.children(Some(id)).take(6).map(|(id, _)| keyword(opened, id));
    names.collect::<Vec<_>>().join(", ")
}

/// What the code in an item means, where that tells nothing of anybody.
fn meaning(opened: &Opened, item: RowId) -> Option<String> {
    let row = opened.reading.rows.find_in(Some(item), CODE_MEANING)?;
    let harmless = opened.own(opened.at_row(row)) < Some(Severity::Low);
    let text = opened.reading.rows.text(row);
    (harmless && !text.trim().is_empty()).then(|| text.chars().take(64).collect())
}

const CODE_MEANING: Tag = Tag(0x0008, 0x0104);
const VALUE_TYPE: Tag = Tag(0x0040, 0xa040);
const CONCEPT_NAME: Tag = Tag(0x0040, 0xa043);

/// The attribute's keyword; of private ones whose they are.
pub fn keyword(opened: &Opened, id: RowId) -> String {
    let rows = &opened.reading.rows;
    let Some(row) = rows.get(id) else { return String::new() };
    if let Some(keyword) = dictionary::keyword(row.tag) {
        return keyword.to_owned();
    }
    match rows.creator(id) {
        Some(creator) if opened.own(opened.at_row(creator)) < Some(Severity::Medium) => {
            format!("private · {}", Shown::short(&rows.text(creator), 40))
        }
        Some(_) => "private".to_owned(),
        None if row.is_private() => "private, no owner".to_owned(),
        None => "unknown".to_owned(),
    }
}

/// What a line that is no element is called.
pub fn part(line: Option<Line>) -> &'static str {
    match line {
        Some(Line::Path) => "file name",
        Some(Line::Preamble) => "preamble",
        Some(Line::Trailer) => "trailer",
        Some(Line::Part(Place::Pixels)) => "pixels",
        Some(Line::Part(Place::Overlay)) => "overlay",
        Some(Line::Part(Place::Icon)) => "icon",
        Some(Line::Part(Place::Encapsulated)) => "document",
        Some(Line::Part(place)) => place.name(),
        Some(Line::Row(_)) | None => "",
    }
}
