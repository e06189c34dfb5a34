//! Planted leaks in every hiding place, with an answer key: what share is found, and what is accused wrongly.
//! `cargo bench --bench leaks -- [--half developing|practice|rehearsal|judging] [--misses] [--category WORD]`; see README.md.

#[path = "all.rs"]
mod all;

use all::{category, clean, corpus, half::Half, lines, scan, score, table};
use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let flag = |name: &str| args.iter().any(|arg| arg == name);
    let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    if let Some(folder) = value("--lines") {
        return of_lines(Path::new(folder), flag("--misses"));
    }
    let only = value("--category");
    let halves = match value("--half") {
        Some(name) => vec![Half::parse(name).unwrap_or_else(|| panic!("no half is called {name}"))],
        None => Half::ALL.to_vec(),
    };
    for half in halves {
        let mut plants = category::plants(half);
        plants.retain(|plant| only.is_none_or(|word| plant.category.name().contains(word.as_str())));
        let findings = found(scan::files(&plants));
        table::print(half, &score::scores(&plants, &findings));
        // What the judging part misses is for whoever writes it, to see that its answers are true.
        let each = flag("--misses") && (half != Half::Judging || flag("--unsealed"));
        if each {
            table::print_misses(&plants, &findings);
        }
        if only.is_none() {
            alarms(&format!("{} part", half.name()), &clean::files(half), each);
        }
    }
    if let (Some(root), None) = (corpus::root(), only) {
        alarms("real files", &corpus::clean(&root), flag("--misses"));
    }
}

/// Lines that others wrote: those of even numbers are for whoever mends detectors, the others only count.
fn of_lines(folder: &Path, misses: bool) {
    for (name, part) in [("shown", 0), ("kept", 1)] {
        let (plants, cleans) = lines::of(folder, |number| number % 2 == part);
        let findings = scan::each(scan::files(&plants));
        table::print_lines(name, &plants, &findings);
        if misses && part == 0 {
            table::print_misses(&plants, &findings);
        }
        let findings = scan::each(cleans.iter().map(|file| (file.path.clone(), file.bytes.as_slice())));
        table::print_alarms(&format!("{name} lines"), &cleans, &findings, misses && part == 0);
    }
}

fn alarms(name: &str, files: &[clean::Clean], each: bool) {
    let findings = found(files.iter().map(|file| (file.path.clone(), file.bytes.as_slice())));
    table::print_alarms(name, files, &findings, each);
}

/// What the program reports; with `--in-memory`, what its library does.
fn found<'a>(files: impl Iterator<Item = (String, &'a [u8])>) -> score::Findings {
    if std::env::args().any(|arg| arg == "--in-memory") {
        return scan::each(files);
    }
    scan::program(Path::new(env!("CARGO_BIN_EXE_dcmleak")), files).expect("the program's report can be read")
}
