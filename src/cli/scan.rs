use super::{
    args, fail,
    interrupt::Interrupt,
    output::{Output, cannot_write, say},
    progress::Progress,
    watch::Following,
};
use crate::{
    leak::{Inspector, Severity},
    library::{Access, Acknowledged, Catalog, Event, Roots, Scan, ScanOptions, Values},
    report,
    text::{Shown, system_error},
};
use ratatui::crossterm::terminal;
use std::{
    fs::{self, File},
    io::{self, IsTerminal},
    path::Path,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

/// How long the progress and a signal may wait for an event.
const TICK: Duration = Duration::from_millis(50);

pub(super) fn run(args: args::Scan, inspector: Arc<Inspector>) -> ExitCode {
    let roots = match roots(&args) {
        Ok(roots) => roots,
        Err(message) => return fail(message),
    };
    if args.watch != args::WatchHow::Off && args.format != report::Format::Ndjson {
        return fail("--watch takes --format ndjson: other formats end, and it does not");
    }
    // Values as they are are nobody else's to read.
    let access = if args.show_values { Access::Owner } else { Access::Usual };
    let output = match Output::new(args.output.as_deref(), access) {
        Ok(output) => output,
        Err(error) => return cannot_write(args.output.as_deref(), &error),
    };
    let values = if args.show_values { Values::Whole } else { Values::Masked };
    let mut catalog = Catalog::new(values);
    match args.acknowledged.as_deref().map(acknowledged).transpose() {
        Ok(acknowledged) => catalog.acknowledge(acknowledged.unwrap_or_default()),
        Err(message) => return fail(message),
    }
    let interrupt = Interrupt::listen();
    let options = ScanOptions { jobs: args.jobs, pixels: args.pixels.into(), ..ScanOptions::default() };
    let mut following =
        Following::start(&roots, args.watch.into(), Arc::clone(&inspector), &options, args.quiet);
    let scan = Scan::start(roots, inspector, &options);
    follow(&scan, &mut catalog, &interrupt, &mut Progress::new(args.quiet), &mut following);
    catalog.settle();
    let options = report::Options {
        show_values: args.show_values,
        floor: args.min_severity,
        columns: columns(&output),
    };
    let stopped = interrupt.is_raised();
    let written = output.write(|out| report::write(&catalog, args.format, &options, out));
    let written = written.and_then(|()| match following.take() {
        Some(following) => following.run(&mut catalog, options, &output, &interrupt),
        None => Ok(()),
    });
    match written {
        // Whoever read our output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => return cannot_write(args.output.as_deref(), &error),
        Ok(()) => {}
    }
    status(&catalog, args.fail_on, stopped)
}

/// What to scan; or why that cannot be done.
fn roots(args: &args::Scan) -> Result<Roots, String> {
    for path in &args.paths {
        let readable = fs::metadata(path).and_then(|metadata| match metadata.is_dir() {
            true => fs::read_dir(path).map(drop),
            false => Ok(()),
        });
        readable.map_err(|error| format!("{}: {}", Shown::path(path), system_error(error.kind())))?;
    }
    let roots = Roots::new(args.paths.iter().cloned());
    match args.files_from.as_deref() {
        None => Ok(roots),
        Some(list) if list == Path::new("-") => {
            roots.and_listed(io::stdin().lock()).map_err(|e| e.to_string())
        }
        Some(list) => {
            let open = File::open(list)
                .map_err(|error| format!("{}: {}", Shown::path(list), system_error(error.kind())))?;
            roots.and_listed(open).map_err(|error| format!("{}: {error}", Shown::path(list)))
        }
    }
}

fn acknowledged(path: &Path) -> Result<Acknowledged, String> {
    let file =
        File::open(path).map_err(|error| format!("{}: {}", Shown::path(path), system_error(error.kind())))?;
    Acknowledged::read(io::BufReader::new(file)).map_err(|error| format!("{}: {error}", Shown::path(path)))
}

fn follow(
    scan: &Scan,
    catalog: &mut Catalog,
    interrupt: &Interrupt,
    progress: &mut Progress,
    following: &mut Option<Following>,
) {
    let mut complete = false;
    loop {
        match scan.events.recv_timeout(TICK) {
            Ok(Event::Found(files)) => {
                catalog.found(&files);
                following.iter_mut().for_each(|following| following.found(&files));
            }
            Ok(Event::Reports(reports)) => {
                reports.into_iter().for_each(|(id, report)| catalog.add(id, report))
            }
            Ok(Event::Crawled) => {
                complete = true;
                following.iter().for_each(Following::crawled);
            }
            Ok(Event::Finished) => break,
            Err(error) if error.is_disconnected() => break,
            Err(_) => {}
        }
        if interrupt.is_raised() {
            scan.cancel();
        }
        progress.update(&catalog.tally(), complete);
    }
    progress.clear();
}

/// The exit status; says on stderr what it is due to.
fn status(catalog: &Catalog, fail_on: Option<Severity>, interrupted: bool) -> ExitCode {
    let tally = catalog.tally();
    if interrupted {
        say(format!("interrupted: {} of {} files were read", tally.reported(), tally.files));
    }
    if tally.unreadable > 0 || tally.partial > 0 {
        let part = |count: u32, how: &str| (count > 0).then(|| format!("{count} {how}"));
        let parts = [part(tally.unreadable, "could not be read"), part(tally.partial, "read only in part")];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        say(format!("{}; the report names them", parts.join(", ")));
    }
    match fail_on.map(|floor| tally.counts.at_least(floor)) {
        Some(1..) => ExitCode::from(1),
        _ if interrupted || tally.unreadable > 0 || tally.partial > 0 => ExitCode::from(3),
        _ => ExitCode::SUCCESS,
    }
}

/// Columns that a text report may take, where it goes to a terminal.
fn columns(output: &Output) -> Option<usize> {
    let terminal = matches!(output, Output::Stdout) && io::stdout().is_terminal();
    terminal.then(|| terminal::size().ok()).flatten().map(|(columns, _)| usize::from(columns))
}
