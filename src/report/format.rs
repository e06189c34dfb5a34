use super::{csv, html, json, ndjson, sarif, text};
use crate::{leak::Severity, library::Catalog};
use std::io::{self, Write};

/// What a report is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// For people, on a terminal.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// A JSON object a line, a line a file: schema `dcmleak.file/1`.
    Ndjson,
    /// A row a finding.
    Csv,
    /// SARIF 2.1.0, for code scanning dashboards.
    Sarif,
    /// For people, in a browser: one file, which loads nothing.
    Html,
}

/// What of a catalog is written, and how.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Values as they are, not their masks. Takes a catalog that holds [`crate::library::Values::Whole`].
    pub show_values: bool,
    /// Findings below it are left out; `None`: those for people leave `info` out, and say how many.
    pub floor: Option<Severity>,
    /// Columns of the terminal that the report is for; `None` where it is for none, and nothing has to be cut.
    pub columns: Option<usize>,
}

impl Options {
    /// The least severity that a report for people shows.
    pub(super) fn floor_for_people(&self) -> Severity {
        self.floor.unwrap_or(Severity::Low)
    }

    /// The least severity that a report for programs holds.
    pub(super) fn floor_for_programs(&self) -> Severity {
        self.floor.unwrap_or(Severity::Info)
    }
}

impl Format {
    pub const ALL: [Self; 6] = [Self::Text, Self::Json, Self::Ndjson, Self::Csv, Self::Sarif, Self::Html];

    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Sarif => "sarif",
            Self::Html => "html",
        }
    }
}

/// Writes all that the catalog holds.
///
/// # Errors
/// When `out` takes no more.
pub fn write(catalog: &Catalog, format: Format, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(catalog, options, out),
        Format::Json => json::write(catalog, options, out),
        Format::Ndjson => ndjson::write(catalog, options, out),
        Format::Csv => csv::write(catalog, options, out),
        Format::Sarif => sarif::write(catalog, options, out),
        Format::Html => html::write(catalog, options, out),
    }
}
