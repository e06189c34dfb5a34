use super::{args, fail, interrupt::Interrupt};
use crate::{
    dicom::{Limits, dictionary},
    leak::Inspector,
    library::Roots,
    redact::{
        self, Action, Ending, Job, LeftOut, Outcome, Path as TagPath, Planner, Profile, Progress, Pseudonyms,
        Why,
    },
    text::Shown,
};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, IsTerminal, Write},
    num::NonZeroUsize,
    path::Path,
    process::ExitCode,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

/// Time between two drawings of the progress.
const PACE: Duration = Duration::from_millis(100);

pub(super) fn run(args: args::Redact, inspector: Arc<Inspector>) -> ExitCode {
    if let Some(manifest) = &args.check_manifest {
        return check(manifest);
    }
    let job = match job(&args, inspector) {
        Ok(job) => job,
        Err(message) => return fail(message),
    };
    let cancel = Interrupt::listen().flag();
    let mut progress =
        Line { shown: !args.quiet && io::stderr().is_terminal(), last: Instant::now(), drawn: false };
    let outcomes = redact::run(&job, &cancel, &mut |done| progress.update(done));
    progress.clear();
    match outcomes {
        Ok(outcomes) => report(&outcomes, args.dry_run),
        Err(error) => fail(error),
    }
}

fn job(args: &args::Redact, inspector: Arc<Inspector>) -> Result<Job, String> {
    for path in &args.paths {
        let found = fs::metadata(path);
        found.map_err(|error| format!("{}: {}", Shown::path(path), super::scan::words(&error)))?;
    }
    let words = |words: &[String]| words.to_vec();
    let (retain, clean) = (words(&args.retain), words(&args.clean));
    let profile =
        Profile::parse(&args.profile, retain.iter().map(String::as_str), clean.iter().map(String::as_str));
    let profile = profile.map_err(|error| error.to_string())?;
    if let (Some(key), Some(out)) = (&args.key, &args.out)
        && is_inside(key, out)
    {
        return Err(
            "the key must not lie in the output folder: whoever gets the copies would get it too".to_owned()
        );
    }
    let key = redact::key(args.key.as_deref().filter(|key| !args.dry_run || key.exists()));
    let key = key.map_err(|error| error.to_string())?;
    let planner =
        Planner { profile, pseudonyms: Pseudonyms::new(key), allow_burned_in: args.allow_burned_in };
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let out = args.out.clone().filter(|_| !args.dry_run);
    let roots = Roots::new(args.paths.iter().cloned());
    Ok(Job { roots, inspector, planner, out, jobs, limits: Limits::default() })
}

fn is_inside(path: &Path, folder: &Path) -> bool {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute(path).starts_with(absolute(folder))
}

/// Prints what was done, and on stderr what was not. The exit status.
fn report(outcomes: &[Outcome], planned: bool) -> ExitCode {
    let mut out = String::new();
    let count = |is: fn(&Ending) -> bool| outcomes.iter().filter(|outcome| is(&outcome.ending)).count();
    let done = count(|ending| matches!(ending, Ending::Written(_) | Ending::Planned));
    let what = if planned { "planned, nothing written" } else { "written and verified" };
    out += &format!("{done} {what}\n");
    for (left, name) in [(LeftOut::NotDicom, "not DICOM"), (LeftOut::Directory, "DICOMDIR")] {
        let count = outcomes
            .iter()
            .filter(|outcome| matches!(outcome.ending, Ending::LeftOut(known) if known == left))
            .count();
        if count > 0 {
            out += &format!("{count} left out: {name}\n");
        }
    }
    let failed = outcomes.iter().filter(|outcome| outcome.is_failure()).count();
    if failed > 0 {
        out += &format!("{failed} not written; named on stderr\n");
    }
    edits(outcomes, &mut out);
    stays(outcomes, &mut out);
    // Whoever read our output has seen enough when this fails.
    let _ = io::stdout().lock().write_all(out.as_bytes());
    for (number, outcome) in (1..).zip(outcomes) {
        let name = format!("file {number}, {}", Shown::path(&outcome.shown));
        if outcome.is_failure() {
            eprintln!("dcmleak: {name}: {}", Shown::new(&outcome.reason()));
        } else if let Some(error) = &outcome.partial {
            eprintln!("dcmleak: {name}: read in part: {}", Shown::new(&error.to_string()));
        }
        for problem in outcome.problems.iter().filter(|_| planned) {
            eprintln!("dcmleak: {name}: cannot be taken out: {} {}", problem.at, problem.rule);
        }
    }
    if outcomes.iter().filter(|outcome| outcome.is_failure()).any(|outcome| is_of_pixels(&outcome.reason())) {
        eprintln!(
            "dcmleak: --clean pixels blacks out the text that is seen; --allow-burned-in lets it stand"
        );
    }
    match (done, failed) {
        (0, _) => ExitCode::from(2),
        (_, 0) => ExitCode::SUCCESS,
        _ => ExitCode::from(3),
    }
}

fn is_of_pixels(reason: &str) -> bool {
    reason.contains(" pixels.") || reason.contains("claim.burned_in")
}

fn edits(outcomes: &[Outcome], out: &mut String) {
    let mut all: BTreeMap<&(TagPath, Action, Why), (u32, u32)> = BTreeMap::new();
    for outcome in outcomes {
        for (edit, count) in &outcome.edited {
            let (files, times) = all.entry(edit).or_default();
            (*files, *times) = (*files + 1, *times + count);
        }
    }
    if !all.is_empty() {
        *out += "\naction  files  times  why           attribute\n";
    }
    for ((path, action, why), (files, times)) in all {
        let keyword = path.0.last().and_then(|&tag| dictionary::keyword(tag)).unwrap_or("");
        *out += &format!("{action}       {files:>5}  {times:>5}  {:<12}  {path} {keyword}\n", why.name());
    }
}

fn stays(outcomes: &[Outcome], out: &mut String) {
    let mut all: BTreeMap<(TagPath, &str), u32> = BTreeMap::new();
    for stay in outcomes.iter().flat_map(|outcome| &outcome.stays) {
        *all.entry((TagPath::of(&stay.at), stay.option.name())).or_default() += 1;
    }
    if !all.is_empty() {
        *out += "\nstays, since an option keeps it\n";
    }
    for ((path, option), count) in all {
        let keyword = path.0.last().and_then(|&tag| dictionary::keyword(tag)).unwrap_or("");
        *out += &format!("{count:>5}  {path} {keyword}: {option}\n");
    }
}

fn check(path: &Path) -> ExitCode {
    let checked = match redact::check(path) {
        Ok(checked) => checked,
        Err(error) => return fail(format!("{}: {error}", Shown::path(path))),
    };
    for mismatch in &checked.mismatches {
        eprintln!("dcmleak: {}: {}", Shown::path(&mismatch.output), mismatch.what);
    }
    let _ = writeln!(
        io::stdout().lock(),
        "{} files checked, {} mismatches",
        checked.files,
        checked.mismatches.len()
    );
    if checked.mismatches.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) }
}

/// One line on stderr, where that is a terminal.
struct Line {
    shown: bool,
    last: Instant,
    drawn: bool,
}

impl Line {
    fn update(&mut self, progress: Progress) {
        if !self.shown || self.last.elapsed() < PACE {
            return;
        }
        self.last = Instant::now();
        self.drawn = true;
        let (what, count, all) = match progress {
            Progress::Read(count, all) => ("read", count, all),
            Progress::Done(count, all) => ("written", count, all),
        };
        // A terminal that takes no more is no reason to stop.
        let _ = write!(io::stderr().lock(), "\r{count}/{all} files {what}\x1b[K");
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}
