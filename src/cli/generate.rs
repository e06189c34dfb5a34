use super::{args::Args, fail, output::print};
use crate::text::Shown;
use clap::CommandFactory;
use clap_complete::Shell;
use std::process::ExitCode;

/// Prints what a shell completes the command line with.
pub(super) fn completions(shell: Shell) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "dcmleak", &mut text);
    print(ExitCode::SUCCESS, |out| out.write_all(&text))
}

/// Prints the manual page, in roff.
pub(super) fn man(command: Option<&str>) -> ExitCode {
    let mut program = Args::command();
    program.build();
    let page = match command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(found) => found.clone(),
            None => return fail(format!("{}: no such command", Shown::short(name, 64))),
        },
    };
    let mut text = Vec::new();
    match clap_mangen::Man::new(page).render(&mut text) {
        Ok(()) => print(ExitCode::SUCCESS, |out| out.write_all(&text)),
        Err(error) => fail(error.kind()),
    }
}
