use super::{args::Args, fail};
use crate::text::Shown;
use clap::CommandFactory;
use clap_complete::Shell;
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Prints what a shell completes the command line with.
pub(super) fn completions(shell: Shell) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "dcmleak", &mut text);
    print(&text)
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
        Ok(()) => print(&text),
        Err(error) => fail(error.kind()),
    }
}

fn print(text: &[u8]) -> ExitCode {
    match io::stdout().lock().write_all(text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => fail(error.kind()),
        _ => ExitCode::SUCCESS,
    }
}
