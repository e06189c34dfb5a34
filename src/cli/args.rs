use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Shows what DICOM files give away about patients.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a folder of leaky, entirely synthetic files to try things on
    Demo {
        /// Where to; must be empty or not exist
        folder: PathBuf,
    },
    /// Print one file's tag tree, values masked
    Show {
        file: PathBuf,
        /// Print values as they are
        #[arg(long)]
        show_values: bool,
    },
}
