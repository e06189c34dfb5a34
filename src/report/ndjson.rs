use super::{Options, record::records, safe_json};
use crate::library::Catalog;
use std::io::{self, Write};

/// A line a file, in path order.
pub(super) fn write(catalog: &Catalog, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    for record in records(catalog, options) {
        safe_json::line(&record, out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
