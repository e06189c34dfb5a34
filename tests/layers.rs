//! The house rules that the compiler does not know: rooms import only rooms below them, one room alone names the
//! `dicom-*` crates, one room alone prints.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Lowest first. Those of one line import nothing of each other.
const ROOMS: [&[&str]; 13] = [
    &["text"],
    &["dicom"],
    &["raster"],
    &["burnin"],
    &["demo"],
    &["standard"],
    &["leak"],
    &["library"],
    &["redact"],
    &["report"],
    &["tui"],
    &["cli"],
    &["main", "lib"],
];

/// Parts of `leak` that know each other only by what `leak` itself says.
const DETECTORS: [&str; 4] = ["detect", "carrier", "content", "cross"];

/// The files under `src`, but those of tests.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, out: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                out.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    let mut out = Vec::new();
    walk(&root(), &mut out);
    out.retain(|(path, _)| !path.ends_with("tests.rs") && !path.iter().any(|part| part == "tests"));
    assert!(out.len() > 50);
    out
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn room(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|rooms| rooms.contains(&room))
}

/// The code without comments and string literals, and without the module of tests at its end.
fn code(text: &str) -> String {
    let tests = text.match_indices("#[cfg(test)]\n").find(|(at, marker)| {
        let next = text[at + marker.len()..].lines().next().unwrap_or_default();
        next.contains("mod ") && next.ends_with('{')
    });
    let text = &text[..tests.map_or(text.len(), |(at, _)| at)];
    let mut out = String::new();
    for line in text.lines() {
        let mut in_string = false;
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if in_string => drop(chars.next()),
                '"' => in_string = !in_string,
                '/' if !in_string && chars.peek() == Some(&'/') => break,
                '\'' if !in_string && chars.peek() == Some(&'"') => drop(chars.next()),
                c if !in_string => out.push(c),
                _ => {}
            }
        }
        out.push('\n');
    }
    out
}

/// What is named right after each `crate::`, groups in braces opened.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let after = &code[at + "crate::".len()..];
        match after.strip_prefix('{') {
            Some(group) => found.extend(first_names(group)),
            None => found.extend(name(after)),
        }
    }
    found
}

/// The first name of each path of a group, up to its closing brace.
fn first_names(group: &str) -> Vec<String> {
    let (mut names, mut depth, mut begins) = (Vec::new(), 0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && !c.is_whitespace() => {
                names.extend(name(&group[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

fn name(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

#[test]
fn imports_are_read_in_every_form() {
    let text = "use crate::text::Shown;\nuse crate::{\n    dicom::{Tag, Vr},\n    leak, // crate::tui\n};\nfn f() { crate::library::x(\"crate::cli\") }\n";
    let found: Vec<String> = imports(&code(text)).into_iter().collect();
    assert_eq!(found, ["dicom", "leak", "library", "text"]);
}

#[test]
fn rooms_import_only_rooms_below() {
    for (path, text) in sources() {
        let own = room(&path);
        let own_rank = rank(&own).unwrap_or_else(|| panic!("{own} has no place in the order of rooms"));
        for import in imports(&code(&text)) {
            let Some(rank) = rank(&import) else { panic!("{}: crate::{import} is no room", path.display()) };
            assert!(
                import == own || rank < own_rank,
                "{}: {own} must not import {import}, which stands above or beside it",
                path.display()
            );
        }
    }
}

#[test]
fn detectors_do_not_know_each_other() {
    for (path, text) in sources() {
        let parts: Vec<&str> = path.iter().map(|part| part.to_str().unwrap()).collect();
        let [room, part, ..] = parts[..] else { continue };
        if room != "leak" || !DETECTORS.contains(&part) {
            continue;
        }
        let code = code(&text);
        for other in DETECTORS.into_iter().filter(|other| *other != part) {
            for form in [format!("leak::{other}::"), format!("super::super::{other}::")] {
                assert!(!code.contains(&form), "{}: {part} must not know {other}", path.display());
            }
        }
    }
}

#[test]
fn one_room_names_the_dicom_crates() {
    for (path, text) in sources().into_iter().filter(|(path, _)| room(path) != "dicom") {
        let code = code(&text);
        for name in [
            "core",
            "encoding",
            "object",
            "parser",
            "pixeldata",
            "dictionary_std",
            "transfer_syntax_registry",
        ] {
            assert!(!code.contains(&format!("dicom_{name}")), "{} names dicom_{name}", path.display());
        }
    }
}

#[test]
fn one_room_prints() {
    for (path, text) in sources().into_iter().filter(|(path, _)| room(path) != "cli") {
        let code = code(&text);
        for print in ["println!", "print!", "dbg!"] {
            for (at, _) in code.match_indices(print) {
                let own = code[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
                // Two hooks say on stderr where the program failed.
                let hook = path.ends_with("library/crash.rs") || path.ends_with("tui/runtime/guard.rs");
                let error = code[..at].ends_with('e');
                assert!(!(own || error && !hook), "{} prints", path.display());
            }
        }
    }
}

#[test]
fn nothing_panics_on_purpose() {
    for (path, text) in sources() {
        let code = code(&text);
        for panic in [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("] {
            assert!(!code.contains(panic), "{}: {panic}", path.display());
        }
    }
}

/// Originals can only be read: what writes files is `library::Aside`, which creates them, and nothing else is asked to.
#[test]
fn redaction_opens_no_file_that_exists_for_writing() {
    let redaction: Vec<_> = sources().into_iter().filter(|(path, _)| room(path) == "redact").collect();
    assert!(redaction.len() > 25);
    for (path, text) in redaction {
        for way in
            ["OpenOptions", "File::create", "File::options", "fs::write", "fs::copy", "set_len", "append("]
        {
            assert!(!code(&text).contains(way), "{way} in {}", path.display());
        }
    }
}
