use super::fail;
use crate::text::Shown;
use std::{path::Path, process::ExitCode};

pub(super) fn run(folder: &Path) -> ExitCode {
    match crate::demo::write(folder) {
        Ok(summary) => {
            let at = Shown::path(&summary.root);
            println!(
                "{at}: {} files, {} planted leaks, {} clean files",
                summary.files, summary.planted, summary.clean
            );
            ExitCode::SUCCESS
        }
        Err(error) => fail(error),
    }
}
