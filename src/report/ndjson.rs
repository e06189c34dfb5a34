use super::{
    Options,
    lines::Lines,
    record::{Numbered, numbered},
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
    let mut lanes: Vec<Lines<'_>> = (0..threads).map(|_| Lines::new(catalog, options)).collect();
    loop {
        let together: Vec<Numbered> = files.by_ref().take(TOGETHER).collect();
        if together.is_empty() {
            return Ok(());
        }
        let parts = together.chunks(together.len().div_ceil(threads));
        let texts: Vec<io::Result<Vec<u8>>> = thread::scope(|scope| {
            let lines = parts.zip(&mut lanes).map(|(part, lane)| scope.spawn(|| lines(lane, part)));
            let lines: Vec<_> = lines.collect();
            let lost = || io::Error::other("a report's lines were lost");
            lines.into_iter().map(|lines| lines.join().unwrap_or_else(|_| Err(lost()))).collect()
        });
        for text in texts {
            out.write_all(&text?)?;
        }
    }
}

fn lines(lane: &mut Lines<'_>, files: &[Numbered]) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for &file in files {
        if lane.add(file, &mut text)? {
            text.push(b'\n');
        }
    }
    Ok(text)
}
