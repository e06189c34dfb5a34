//! The site's own rules, `rules.toml` in the folder of the settings.

use super::{fail, output::print};
use crate::{
    leak::{Inspector, SiteRules},
    library::home,
    text::Shown,
};
use std::{
    fs,
    io::{self, Read},
    path::Path,
    process::ExitCode,
};

/// Bytes of a file of rules, and of one that they are tried on.
const MOST_RULES: u64 = 1 << 20;
const MOST_TEXT: u64 = 64 << 20;

/// The rules, where there are any; or why they cannot be used.
pub(super) fn load() -> Result<Option<SiteRules>, String> {
    let Some(path) = home::config().map(|folder| folder.join("rules.toml")) else { return Ok(None) };
    let name = Shown::path(&path);
    match read(&path, MOST_RULES) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{name} cannot be read: {}", error.kind())),
        Ok(text) => SiteRules::parse(&text).map(Some).map_err(|error| format!("{name}: {error}")),
    }
}

/// What inspects files by the program's rules and the site's; or why those cannot be used.
pub(super) fn inspector() -> Result<Inspector, String> {
    load().map(|rules| Inspector::with(rules.unwrap_or_default()))
}

/// Prints which of the site's patterns match in a text file, by line, and nothing of the text.
pub(super) fn check(file: &Path) -> ExitCode {
    let rules = match load() {
        Ok(Some(rules)) => rules,
        Ok(None) => {
            return fail("there is no rules.toml in the folder of the settings: see `dcmleak doctor`");
        }
        Err(message) => return fail(message),
    };
    let text = match read(file, MOST_TEXT) {
        Ok(text) => text,
        Err(error) => return fail(format!("{}: {}", Shown::path(file), error.kind())),
    };
    let matched = rules.check(&text);
    print(ExitCode::SUCCESS, |out| {
        for matched in &matched {
            let (rule, severity) = (Shown::new(&matched.rule), matched.severity.name());
            writeln!(out, "{}: {rule} {severity}", matched.line)?;
        }
        writeln!(out, "# {} matched", matched.len())
    })
}

/// The file's text; of a larger file than that none, since half of it would say something else.
pub(super) fn read(path: &Path, most: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    if fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)? as u64 > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
