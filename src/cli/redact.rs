use super::{
    args, fail,
    interrupt::Interrupt,
    output::{print, say},
    progress::StatusLine,
    site,
};
use crate::{
    dicom::{Limits, dictionary},
    leak::Inspector,
    library::Roots,
    redact::{
        self, Choice, Ending, Job, Key, MarkBook, Marking, Originals, Outcome, Planner, Profile, Progress,
        Pseudonyms, RedactError, Summary,
    },
    text::{Shown, counted, system_error},
};
use std::{fmt::Display, fs, io, num::NonZeroUsize, path::Path, process::ExitCode, sync::Arc, thread};

/// Bytes of a user's profile.
const MOST_PROFILE: u64 = 1 << 20;

pub(super) fn run(args: args::Redact, inspector: Arc<Inspector>) -> ExitCode {
    if let Some(manifest) = &args.check_manifest {
        return originals(&args).map_or_else(fail, |originals| check(manifest, originals.as_ref()));
    }
    let job = match job(&args, inspector) {
        Ok(job) => job,
        Err(message) => return fail(message),
    };
    let cancel = Interrupt::listen().flag();
    let mut line = StatusLine::new(args.quiet);
    let mut listed = None;
    let outcomes = redact::run(&job, &cancel, &mut |done| match done {
        Progress::Listed(copies, all) => listed = Some((copies, all)),
        done => line.update(|_| progress(done, args.dry_run)),
    });
    line.clear();
    match (outcomes, &job.out) {
        (Ok(outcomes), _) => report(&outcomes, &args, listed),
        (Err(error @ (RedactError::Manifest(_) | RedactError::Directory(_))), Some(out)) => {
            fail(about(out, error));
            ExitCode::from(3)
        }
        (Err(error), Some(out)) => fail(about(out, error)),
        (Err(error), None) => fail(error),
    }
}

fn progress(progress: Progress, planned: bool) -> String {
    match progress {
        Progress::Read(count, all) => format!("{count}/{all} files read"),
        Progress::Done(count, all, _) if planned => format!("{count}/{all} files planned"),
        Progress::Done(count, all, 0) => format!("{count}/{all} files written"),
        Progress::Done(count, all, failed) => format!("{count}/{all} files, {failed} of them not written"),
        Progress::Listed(count, all) => format!("{count}/{all} copies listed"),
    }
}

/// An error with the path that it is of.
fn about(path: &Path, error: impl Display) -> String {
    format!("{}: {error}", Shown::path(path))
}

fn job(args: &args::Redact, inspector: Arc<Inspector>) -> Result<Job, String> {
    for path in &args.paths {
        fs::metadata(path).map_err(|error| about(path, system_error(error.kind())))?;
    }
    fn words(all: &[String]) -> impl Iterator<Item = &str> {
        all.iter().map(String::as_str)
    }
    let profile = match args.profile.as_deref().filter(|name| name.ends_with(".toml")) {
        Some(file) => own_profile(Path::new(file))?.with(words(&args.retain), words(&args.clean)),
        None => {
            let name = args.profile.as_deref().unwrap_or("basic");
            Profile::parse(name, words(&args.retain), words(&args.clean))
        }
    };
    let profile = profile.map_err(|error| error.to_string())?;
    let roots = Roots::new(args.paths.iter().cloned());
    let key = args.key.as_deref();
    if let Some(out) = &args.out {
        // Before a key is made that nobody would need.
        redact::usable(out, key, &roots).map_err(|error| about(out, error))?;
    }
    let key = match key.filter(|key| !args.dry_run || key.exists()) {
        Some(path) => Key::at(path).map_err(|error| about(path, error))?,
        None => Key::random().map_err(|error| error.to_string())?,
    };
    let marking = args.marks.as_deref().map(marks).transpose()?;
    let marking = marking.map(|book| Marking { book: Arc::new(book), profile: args.profile.is_some() });
    let planner =
        Planner { profile, pseudonyms: Pseudonyms::new(key), allow_burned_in: args.allow_burned_in, marking };
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let out = args.out.clone().filter(|_| !args.dry_run);
    Ok(Job {
        roots,
        choice: Choice::All,
        inspector,
        planner,
        out,
        jobs,
        limits: Limits::default(),
        directory: args.dicomdir,
    })
}

/// The user's own profile. What is wrong with it is said line by line.
fn own_profile(path: &Path) -> Result<Profile, String> {
    let text = site::read(path, MOST_PROFILE).map_err(|error| about(path, system_error(error.kind())))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    Profile::own_of(Shown::new(&name).as_ref(), &text).map_err(|mistakes| {
        for mistake in &mistakes {
            say(format!("{}: {}", Shown::path(path), Shown::new(&mistake.to_string())));
        }
        about(path, "this cannot be a profile; assets/profile.toml in the sources shows one")
    })
}

fn marks(path: &Path) -> Result<MarkBook, String> {
    let file = fs::File::open(path).map_err(|error| about(path, system_error(error.kind())))?;
    let (book, cut) = redact::read_marks(io::BufReader::new(file)).map_err(|error| about(path, error))?;
    if cut > 0 {
        say(format!(
            "{}: {cut} steps were cut off while they were written, and do not count",
            Shown::path(path)
        ));
    }
    if book.is_empty() {
        return Err(about(path, "there are no marks in it"));
    }
    Ok(book)
}

/// Prints what was done, and on stderr what was not; `listed`, the copies in the DICOMDIR, of all. The exit status.
fn report(outcomes: &[Outcome], args: &args::Redact, listed: Option<(usize, usize)>) -> ExitCode {
    let planned = args.dry_run;
    let summary = Summary::of(outcomes);
    let Summary { done, failed, not_dicom, directories, unmarked, .. } = summary;
    let what = if planned { "planned, nothing written" } else { "written and verified" };
    let mut out = format!("{done} {what}\n");
    for (count, what) in [
        (not_dicom, "left out: not DICOM"),
        (directories, directories_left(args)),
        (unmarked, "left out: not marked"),
        (failed, if planned { "would be withheld; named on stderr" } else { "not written; named on stderr" }),
    ] {
        if count > 0 {
            out += &format!("{count} {what}\n");
        }
    }
    out += &listed.map_or(String::new(), |(copies, all)| directory(copies, all - copies));
    edits(&summary, &mut out);
    stays(&summary, &mut out);
    exceptions(&summary, &mut out);
    let status = match (done, failed) {
        (0, _) => ExitCode::from(2),
        (_, 0) => ExitCode::SUCCESS,
        _ => ExitCode::from(3),
    };
    let status = print(status, |to| to.write_all(out.as_bytes()));
    troubles(outcomes);
    match (done, failed) {
        (0, 0) if unmarked > 0 => fail("no file here is marked: the marks are of another folder"),
        (0, 0) => fail("there is no DICOM file to redact"),
        _ => status,
    }
}

/// What a new DICOMDIR lists, and what not.
fn directory(listed: usize, others: usize) -> String {
    let why = "of a kind that it has no record for, or the same instance again";
    match (listed, others) {
        (0, _) => format!("no new DICOMDIR: all copies are {why}\n"),
        (_, 0) => format!("{listed} listed in a new DICOMDIR\n"),
        _ => format!("{listed} listed in a new DICOMDIR, {others} not: {why}\n"),
    }
}

fn directories_left(args: &args::Redact) -> &'static str {
    if args.dicomdir {
        "left out: DICOMDIR, which lists patients; a new one lists the copies"
    } else {
        "left out: DICOMDIR, which lists patients; --dicomdir makes a new one of the copies"
    }
}

/// Names on stderr what was not done, and says what helps.
fn troubles(outcomes: &[Outcome]) {
    let mut interrupted = 0;
    for (number, outcome) in (1..).zip(outcomes) {
        let name = format!("file {number}, {}", Shown::path(&outcome.shown));
        if matches!(outcome.ending, Ending::Cancelled) {
            interrupted += 1;
        } else if outcome.is_failure() {
            say(format!("{name}: {}", Shown::new(&outcome.reason())));
        } else if outcome.changed {
            say(format!("{name}: is another than when it was marked; the marks were followed all the same"));
        } else if let Some(error) = &outcome.partial {
            let error = error.to_string();
            say(format!("{name}: read in part, and only that is copied: {}", Shown::new(&error)));
        }
    }
    if interrupted > 0 {
        say(format!(
            "interrupted before {} written; with the same --key the same command begins again in this folder, without \
             one it needs another",
            files(interrupted, "was", "were")
        ));
    }
    if outcomes.iter().any(Outcome::is_for_pixels) {
        say(
            "of images: --clean pixels blacks out the text that is seen in them, --allow-burned-in lets them \
             out as they are",
        );
    }
}

fn edits(summary: &Summary, out: &mut String) {
    if !summary.edits.is_empty() {
        *out += "\naction  files  times  why           attribute\n";
    }
    for ((path, action, why), (files, times)) in &summary.edits {
        let keyword = path.0.last().and_then(|&tag| dictionary::keyword(tag)).unwrap_or("");
        *out += &format!("{action}       {files:>5}  {times:>5}  {:<12}  {path} {keyword}\n", why.name());
    }
}

fn stays(summary: &Summary, out: &mut String) {
    if !summary.stays.is_empty() {
        *out += "\nstays, and gives away\n";
    }
    for ((path, keeper), count) in &summary.stays {
        let keyword = path.0.last().and_then(|&tag| dictionary::keyword(tag)).unwrap_or("");
        *out += &format!("{count:>5}  {path} {keyword}: {}\n", keeper.name());
    }
}

/// What somebody keeps that the standard's profile takes out, and what is not claimed for it.
fn exceptions(summary: &Summary, out: &mut String) {
    let Summary { exceptions, apart, identity, .. } = summary;
    if exceptions.is_empty() {
        return;
    }
    *out += &format!(
        "\nstays against the standard's profile, which {} not claim to follow\n",
        files(*apart, "does", "do")
    );
    *out += "action  files  attribute\n";
    for ((path, action), files) in exceptions {
        let keyword = path.0.last().and_then(|&tag| dictionary::keyword(tag)).unwrap_or("");
        *out += &format!("{action}       {files:>5}  {path} {keyword}\n");
    }
    if *identity > 0 {
        *out +=
            &format!("{} that identity was not removed: (0012,0062) NO\n", files(*identity, "says", "say"));
    }
}

/// So many files and what each does, or they do.
fn files(count: usize, does: &str, do_: &str) -> String {
    format!("{} {}", counted(count, "file"), if count == 1 { does } else { do_ })
}

/// The originals to hold copies against, where any are named.
fn originals(args: &args::Redact) -> Result<Option<Originals>, String> {
    if args.paths.is_empty() {
        return Ok(None);
    }
    let key =
        args.key.as_deref().ok_or("a manifest knows originals by the --key of its run: give that too")?;
    // No key is made for a check.
    fs::metadata(key).map_err(|error| about(key, system_error(error.kind())))?;
    let key = Key::at(key).map_err(|error| about(key, error))?;
    Ok(Some(Originals { roots: Roots::new(args.paths.iter().cloned()), key }))
}

fn check(path: &Path, originals: Option<&Originals>) -> ExitCode {
    let checked = match redact::check(path, originals) {
        Ok(checked) => checked,
        Err(error) => return fail(about(path, error)),
    };
    for mismatch in &checked.mismatches {
        say(format!("{}: {}", Shown::path(&mismatch.output), mismatch.what));
    }
    let held = match originals {
        Some(_) => format!(", {} as they were", counted(checked.originals, "original")),
        None => String::new(),
    };
    let (files, mismatches) = (checked.files, checked.mismatches.len());
    let status = if mismatches == 0 { ExitCode::SUCCESS } else { ExitCode::from(3) };
    print(status, |out| writeln!(out, "{} checked{held}, {mismatches} mismatches", counted(files, "file")))
}
