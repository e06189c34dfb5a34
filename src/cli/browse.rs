use super::{args::Browse, fail};
use crate::{
    demo,
    leak::Inspector,
    library::Roots,
    tui::{self, Ended, Options},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

/// Opens the terminal program.
pub(super) fn run(args: Browse, inspector: Arc<Inspector>) -> ExitCode {
    // Before anything is generated that would be of no use.
    if let Err(error) = tui::Capabilities::detect() {
        return fail(error);
    }
    // The folder of the demo is another each time.
    let forget = args.forget || args.demo;
    let options = Options { inspector, theme: args.theme, jobs: args.jobs, forget, watch: args.watch.into() };
    if args.demo {
        return demo(&options);
    }
    let paths = if args.paths.is_empty() { vec![PathBuf::from(".")] } else { args.paths };
    if let Some(missing) = paths.iter().find(|path| fs::symlink_metadata(path).is_err()) {
        return fail(format!("{}: not found", missing.display()));
    }
    open(paths, &options)
}

fn open(paths: Vec<PathBuf>, options: &Options) -> ExitCode {
    match tui::run(Roots::new(paths), options) {
        Ok(Ended::Left) => ExitCode::SUCCESS,
        Ok(Ended::Signal(number)) => ExitCode::from(128 + u8::try_from(number).unwrap_or(0)),
        Err(error) => fail(error),
    }
}

fn demo(options: &Options) -> ExitCode {
    let folder = match Temporary::new() {
        Ok(folder) => folder,
        Err(error) => return fail(format!("no temporary folder: {}", error.kind())),
    };
    let root = folder.0.join("demo");
    match demo::write(&root) {
        Ok(_) => open(vec![root], options),
        Err(error) => fail(error),
    }
}

/// A folder for this user alone, gone when dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> io::Result<Self> {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let path = std::env::temp_dir().join(format!("dcmleak-{}-{:x}", std::process::id(), now.as_nanos()));
        create(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn create(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
