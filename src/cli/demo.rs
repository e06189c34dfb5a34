use super::{fail, output::print};
use crate::text::Shown;
use std::{path::Path, process::ExitCode};

pub(super) fn run(folder: &Path) -> ExitCode {
    match crate::demo::write(folder) {
        Ok(summary) => {
            let at = Shown::path(&summary.root);
            let (files, planted, clean) = (summary.files, summary.planted, summary.clean);
            print(ExitCode::SUCCESS, |out| {
                writeln!(out, "{at}: {files} files, {planted} planted leaks, {clean} clean files")
            })
        }
        Err(error) => fail(error),
    }
}
