use super::{
    Options,
    record::{Numbered, numbered, record},
    safe_json,
};
use crate::library::Catalog;
use std::{
    io::{self, Write},
    thread,
};

/// Files that are written together, by as many threads as there are cores.
const TOGETHER: usize = 256;

/// A line a file, in path order.
pub(super) fn write(catalog: &Catalog, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut files = numbered(catalog);
    loop {
        let together: Vec<Numbered> = files.by_ref().take(TOGETHER).collect();
        if together.is_empty() {
            return Ok(());
        }
        let parts = together.chunks(together.len().div_ceil(threads));
        let texts: Vec<io::Result<Vec<u8>>> = thread::scope(|scope| {
            let lines = parts.map(|part| scope.spawn(move || lines(catalog, part, options)));
            let lines: Vec<_> = lines.collect();
            let lost = || io::Error::other("a report's lines were lost");
            lines.into_iter().map(|lines| lines.join().unwrap_or_else(|_| Err(lost()))).collect()
        });
        for text in texts {
            out.write_all(&text?)?;
        }
    }
}

fn lines(catalog: &Catalog, files: &[Numbered], options: &Options) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for record in files.iter().filter_map(|&file| record(catalog, file, options)) {
        safe_json::line(&record, &mut text)?;
        text.push(b'\n');
    }
    Ok(text)
}
