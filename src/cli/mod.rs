//! The command line: one file a subcommand, `args` for its grammar. Used by `main` alone; may use every room.

mod args;
mod browse;
mod demo;
mod doctor;
mod generate;
mod interrupt;
mod output;
mod progress;
mod redact;
mod rules;
mod scan;
mod show;
mod site;
mod terminal_graphics;
mod view;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

/// Runs the command that the program was started with. The exit status is 0 when it was done, 2 when what was
/// asked could not be done, 3 when it was done in part; of `scan` also 1, when it found what it was told to fail on.
pub fn run() -> ExitCode {
    crate::library::quiet_panics();
    let args = Args::parse();
    let inspects =
        matches!(args.command, None | Some(Command::Scan(_) | Command::Redact(_) | Command::Show { .. }));
    if let Err(message) = if inspects { site::install() } else { Ok(()) } {
        return fail(message);
    }
    match args.command {
        None => browse::run(args.browse),
        Some(Command::Scan(scan)) => scan::run(scan),
        Some(Command::Demo { folder }) => demo::run(&folder),
        Some(Command::Rules { what: _, check: Some(file) }) => site::check(&file),
        Some(Command::Rules { what, check: None }) => rules::run(what.as_deref()),
        Some(Command::Redact(redact)) => redact::run(redact),
        Some(Command::View(view)) => view::run(&view),
        Some(Command::Doctor { theme }) => doctor::run(theme.as_deref()),
        Some(Command::Completions { shell }) => generate::completions(shell),
        Some(Command::Man { command }) => generate::man(command.as_deref()),
        Some(Command::Show { file, show_values }) => show::run(&file, show_values),
    }
}

/// Says on stderr why nothing could be done; status 2.
fn fail(message: impl std::fmt::Display) -> ExitCode {
    eprintln!("dcmleak: {}", crate::text::Shown::new(&message.to_string()));
    ExitCode::from(2)
}
