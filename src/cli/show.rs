use super::fail;
use crate::{
    dicom::{Kind, Limits, Reader, Reading, RowId, Status, dictionary},
    text::{Shown, mask},
};
use std::{
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

/// Characters of a value on one line.
const MOST_VALUE: usize = 64;

pub(super) fn run(file: &Path, show_values: bool) -> ExitCode {
    let reading = Reader::new(Limits::default()).read(file);
    let name = Shown::path(file);
    match (reading.status, &reading.error) {
        (Status::NotDicom, _) => return fail(format!("{name}: is not a DICOM file")),
        (Status::Error, error) => {
            let why = error.as_ref().map_or_else(|| "cannot be read".to_owned(), ToString::to_string);
            return fail(format!("{name}: {why}"));
        }
        _ => {}
    }
    if print(&reading, show_values, &mut io::stdout().lock()).is_err() {
        // The reader of our output went away: nothing is left to do.
        return ExitCode::from(2);
    }
    match &reading.error {
        None => ExitCode::SUCCESS,
        Some(error) => {
            eprintln!("dcmleak: {name}: read in part: {error}");
            ExitCode::from(3)
        }
    }
}

fn print(reading: &Reading, show_values: bool, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# transfer syntax: {}", Shown::new(reading.syntax.name()))?;
    for (id, row) in reading.rows.iter() {
        let indent = "  ".repeat(row.depth.into());
        if let Some(number) = reading.rows.number(id) {
            let part = if row.kind == Kind::Item { "item" } else { "fragment" };
            writeln!(out, "{indent}{part} {number}")?;
            continue;
        }
        let keyword = dictionary::keyword(row.tag).unwrap_or("?");
        let value = value(reading, id, show_values);
        writeln!(out, "{indent}({:04X},{:04X}) {} {keyword} {value}", row.tag.0, row.tag.1, row.vr)?;
    }
    if let Some(trailer) = &reading.trailer {
        writeln!(out, "# {} bytes after the data set", trailer.length)?;
    }
    Ok(())
}

/// Counts of items and bytes are no values; everything else is masked unless asked for.
fn value(reading: &Reading, id: RowId, show_values: bool) -> Shown {
    let text = reading.rows.display(id);
    let counted = reading.rows.get(id).is_none_or(|row| {
        row.kind != Kind::Element
            || !(crate::dicom::value::is_text(row.vr) || crate::dicom::value::is_number(row.vr))
    });
    if show_values || counted { Shown::short(&text, MOST_VALUE) } else { Shown::new(&mask(&text)) }
}
