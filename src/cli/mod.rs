//! The command line: one file a subcommand, `args` for its grammar. Used by `main` alone; may use every room.

mod args;
mod browse;
mod demo;
mod doctor;
mod generate;
mod interrupt;
mod ocr;
mod output;
mod progress;
mod redact;
mod rules;
mod scan;
mod show;
mod site;
mod terminal_graphics;
mod view;
mod watch;

use crate::leak::Inspector;
use args::{Args, Command};
use clap::Parser;
use std::{path::Path, process::ExitCode, sync::Arc};

/// Runs the command that the program was started with. The exit status is 0 when it was done, 2 when what was
/// asked could not be done, 3 when it was done in part; of `scan` also 1, when it found what it was told to fail on.
pub fn run() -> ExitCode {
    crate::library::quiet_panics();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) if error.use_stderr() => error.exit(),
        // Help was asked for, or the version.
        Err(error) => return output::printed(ExitCode::SUCCESS, error.print()),
    };
    let models = args.ocr_models.as_deref();
    match args.command {
        None => inspecting(models, |inspector| browse::run(args.browse, inspector)),
        Some(Command::Scan(scan)) => inspecting(models, |inspector| scan::run(scan, inspector)),
        Some(Command::Demo { folder }) => demo::run(&folder),
        Some(Command::Rules { what: _, check: Some(file) }) => site::check(&file),
        Some(Command::Rules { what, check: None }) => rules::run(what.as_deref()),
        Some(Command::Redact(redact)) => inspecting(models, |inspector| redact::run(redact, inspector)),
        Some(Command::View(view)) => inspecting(models, |inspector| view::run(&view, &inspector)),
        Some(Command::Doctor { path, theme }) => doctor::run(path.as_deref(), theme.as_deref(), models),
        Some(Command::Completions { shell }) => generate::completions(shell),
        Some(Command::Man { command }) => generate::man(command.as_deref()),
        Some(Command::Show { file, show_values }) => {
            inspecting(models, |inspector| show::run(&file, show_values, &inspector))
        }
    }
}

/// Runs what judges files, by the site's rules and the given models, too; or says why those cannot be used.
fn inspecting(models: Option<&Path>, run: impl FnOnce(Arc<Inspector>) -> ExitCode) -> ExitCode {
    let inspector = site::inspector().and_then(|own| Ok(own.reading_by(ocr::reader(models)?)));
    match inspector {
        Ok(inspector) => run(Arc::new(inspector)),
        Err(message) => fail(message),
    }
}

/// Says on stderr why nothing could be done; status 2.
fn fail(message: impl std::fmt::Display) -> ExitCode {
    output::say(crate::text::Shown::new(&message.to_string()));
    ExitCode::from(2)
}
