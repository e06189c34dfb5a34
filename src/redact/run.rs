use super::{
    Choice, Defect, Ending, LeftOut, OutFolder, Outcome, Planner, RedactError, Traces, Verified,
    directory::Directory,
    folder,
    key::hex,
    lanes, manifest, meta,
    names::{self, Naming},
    original::Changed,
    pixels::TranscodeError,
    survey::{Standing, Survey, Surveyed},
    verify::{Copy, Verifier},
    write,
};
use crate::{
    dicom::{Limits, Reader, Reading, Status, frame::Cancel},
    leak::{Finding, Inspector, PixelMode, PixelSearch},
    library::{Roots, guarded, list},
    text::system_error,
};
use std::{
    io,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Why a file that was marked, and is another by now, has no copy.
const CHANGED: &str =
    "it is another than when it was marked; look at it again, or follow a profile beside the marks";
/// How often what is left over is taken out whole and the copy verified anew.
const MOST_ROUNDS: usize = 4;

/// What is to be done.
#[derive(Debug, Clone)]
pub struct Job {
    pub roots: Roots,
    /// Which files are to have a copy; the others have no outcome.
    pub choice: Choice,
    /// What judges originals and copies.
    pub inspector: Arc<Inspector>,
    pub planner: Planner,
    /// Where copies go; `None` to plan only.
    pub out: Option<PathBuf>,
    pub jobs: NonZeroUsize,
    pub limits: Limits,
    /// Whether copies are named as media bind it, and a DICOMDIR of them is made.
    pub directory: bool,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Files read, of all.
    Read(usize, usize),
    /// Files written or given up, of all, and those that have no copy, or would have none.
    Done(usize, usize, usize),
    /// Copies that the DICOMDIR lists, of all.
    Listed(usize, usize),
}

/// Redacts what the roots hold: plans, writes, verifies. Originals are only ever read. Outcomes are in path order and
/// do not depend on the number of jobs. Where `cancel` is set, the files that are being written are given up.
///
/// An error means that nothing was written, unless it says that only the manifest is missing. Every copy in the output
/// folder is complete and verified, and the manifest there says what was done; a run that is killed leaves no part of a
/// file under a final name, and the same run can begin again there.
pub fn run(
    job: &Job,
    cancel: &AtomicBool,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<Outcome>, RedactError> {
    let naming = if job.directory { Naming::Media } else { Naming::Uids };
    let out = match &job.out {
        Some(out) => {
            folder::usable(out, None, &job.roots)?;
            Some(OutFolder::begin(out, &manifest::terms(&job.planner, naming), naming)?)
        }
        None => None,
    };
    let found = list(job.roots.clone());
    let total = found.len();
    let survey = Survey::of(found, &job.inspector, job.jobs, job.limits, cancel, &mut |count| {
        progress(Progress::Read(count, total));
    });
    let names = naming.names(&survey.files, &job.planner.pseudonyms);
    let run = Run {
        job,
        survey: &survey,
        names: &names,
        out: out.as_ref(),
        pixels: job.inspector.pixel_search(pixel_mode(&job.planner)),
        cancel,
        pixel_cancel: Cancel::new(),
    };
    let chosen = job.chosen(&survey);
    let total = chosen.len();
    let outcomes = run.all(&chosen, &mut |count, failed| progress(Progress::Done(count, total, failed)));
    if let Some(out) = &out {
        let written = outcomes.iter().any(|outcome| matches!(outcome.ending, Ending::Written(_)));
        let cancelled = cancel.load(Ordering::Relaxed);
        match (written, cancelled) {
            // What was written stays, and the same run can begin again there.
            (true, true) => {}
            (true, false) => {
                let directory =
                    if job.directory { list_copies(job, out, &outcomes, progress)? } else { None };
                let manifest = manifest::write(&job.planner, &outcomes, directory.as_ref());
                out.end(&manifest).map_err(RedactError::Manifest)?
            }
            (false, _) => out.abandon(),
        }
    }
    Ok(outcomes)
}

/// A DICOMDIR of the copies, as it was written.
pub(super) struct Listed {
    pub bytes: Vec<u8>,
    /// Copies that it does not list.
    pub others: usize,
}

/// Writes a DICOMDIR of the copies; `None` where it would list nothing.
fn list_copies(
    job: &Job,
    out: &OutFolder,
    outcomes: &[Outcome],
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<Listed>, RedactError> {
    let pseudonyms = &job.planner.pseudonyms;
    let (mut reader, mut directory, mut copies) = (Reader::new(job.limits), Directory::default(), 0);
    for outcome in outcomes {
        let Ending::Written(copy) = &outcome.ending else { continue };
        copies += 1;
        let parts: Vec<_> = copy.name.iter().map(|part| part.to_string_lossy()).collect();
        let parts: Vec<&str> = parts.iter().map(|part| &**part).collect();
        directory.add(&reader.read(&out.path_of(&copy.name)), &parts, pseudonyms);
    }
    progress(Progress::Listed(directory.listed(), copies));
    let Some(bytes) = directory.bytes(pseudonyms).filter(|_| directory.listed() > 0) else { return Ok(None) };
    out.put_directory(&bytes).map_err(RedactError::Directory)?;
    Ok(Some(Listed { bytes, others: copies - directory.listed() }))
}

struct Run<'a> {
    job: &'a Job,
    survey: &'a Survey,
    names: &'a [PathBuf],
    out: Option<&'a OutFolder>,
    pixels: PixelSearch,
    cancel: &'a AtomicBool,
    /// Follows `cancel`.
    pixel_cancel: Cancel,
}

impl Job {
    /// The numbers of the files that are to have a copy.
    fn chosen(&self, survey: &Survey) -> Vec<usize> {
        let all = survey.files.iter().enumerate();
        all.filter(|(_, file)| self.choice.has(&file.found)).map(|(at, _)| at).collect()
    }
}

impl Run<'_> {
    fn all(&self, chosen: &[usize], progress: &mut dyn FnMut(usize, usize)) -> Vec<Outcome> {
        let files: Vec<&Surveyed> = chosen.iter().filter_map(|&at| self.survey.files.get(at)).collect();
        let mut outcomes: Vec<Option<Outcome>> = files.iter().map(|_| None).collect();
        let work = |nth: usize, reader: &mut Reader| {
            let (&file, &at) = files.get(nth).zip(chosen.get(nth))?;
            Some(guarded(|| self.one(at, file, reader)).unwrap_or_else(|| {
                let why = "the program failed on it, which is a defect of the program";
                Outcome::new(file.found.path(), Ending::Failed(why.to_owned()))
            }))
        };
        let (mut count, mut failed) = (0, 0);
        lanes::each(files.len(), self.job.jobs, self.job.limits, work, |at, outcome| {
            failed += usize::from(outcome.as_ref().is_some_and(Outcome::is_failure));
            if let Some(slot) = outcomes.get_mut(at) {
                *slot = outcome;
            }
            if self.cancel.load(Ordering::Relaxed) {
                self.pixel_cancel.cancel();
            }
            count += 1;
            progress(count, failed);
        });
        let missing = |file: &Surveyed| Outcome::new(file.found.path(), Ending::Cancelled);
        let named = |(file, outcome): (&Surveyed, Option<Outcome>)| {
            let outcome = outcome.unwrap_or_else(|| missing(file));
            Outcome { shown: self.survey.shown(file), ..outcome }
        };
        files.into_iter().zip(outcomes).map(named).collect()
    }

    fn one(&self, at: usize, file: &Surveyed, reader: &mut Reader) -> Outcome {
        let path = file.found.path();
        let ending = match &file.standing {
            _ if self.cancel.load(Ordering::Relaxed) => Ending::Cancelled,
            Standing::NotDicom => Ending::LeftOut(LeftOut::NotDicom),
            Standing::Directory => Ending::LeftOut(LeftOut::Directory),
            Standing::Unreadable(error) => Ending::Failed(error.to_string()),
            Standing::File => return self.file(at, file, &path, reader),
        };
        Outcome::new(path, ending)
    }

    fn file(&self, at: usize, file: &Surveyed, path: &Path, reader: &mut Reader) -> Outcome {
        let reading = reader.read(path);
        if !matches!(reading.status, Status::Ok | Status::Partial) {
            let why = reading.error.map_or_else(|| "it changed".to_owned(), |error| error.to_string());
            return Outcome::new(path.to_owned(), Ending::Failed(why));
        }
        if reading.stamp.version != file.version {
            // Who it is of may be another by now.
            return Outcome::new(path.to_owned(), Ending::Failed(Changed.to_string()));
        }
        let mut report = self.job.inspector.inspect(&reading, path, &file.found.judged());
        let told = self.survey.evidences.additions(file.found.id.0);
        report.findings.extend(told);
        report.see(self.seen(path, &reading));
        let planner = &self.job.planner;
        let held = planner.marking.as_ref().map(|marking| marking.book.get(file.found.key()));
        let marks = held.flatten().map(|held| &*held.marks);
        if held.is_some() && marks.is_none() && !planner.by_profile(None) {
            return Outcome::new(path.to_owned(), Ending::LeftOut(LeftOut::Unmarked));
        }
        let changed = held.flatten().is_some_and(|held| held.is_of_another(report.stamp.version));
        let mut plan = planner.plan_file(Some(path), &reading, &report.findings, marks);
        meta::put_instance(&reading, &names::file_instance(file, &planner.pseudonyms), &mut plan);
        let ending = match self.out {
            // What nobody looked at may be anything, and nothing else is taken out of it.
            _ if changed && !plan.by_profile => Ending::Failed(CHANGED.to_owned()),
            None => Ending::Planned,
            Some(out) => {
                let traces = if plan.by_profile { self.survey.traces(file) } else { Arc::default() };
                let keeps = planner.profile.has(crate::standard::ProfileOption::Uids) || !plan.by_profile;
                let uids = if keeps {
                    Traces::default()
                } else {
                    Traces::of_uids(&reading, |row| plan.kept.contains_key(&row))
                };
                let task =
                    Task { run: self, out, at, file, path, reading: &reading, traces: [&traces, &uids] };
                task.write(&mut plan, reader).unwrap_or_else(|error| self.failed(&error))
            }
        };
        Outcome {
            path: path.to_owned(),
            shown: PathBuf::new(),
            ending,
            edited: plan.summary(&reading),
            stays: plan.stays,
            problems: plan.problems,
            exceptions: plan.exceptions,
            partial: reading.error,
            changed,
        }
    }

    /// What is seen in pixels. A search that fails finds nothing, and what the file is said to be decides.
    fn seen(&self, path: &Path, reading: &Reading) -> Vec<Finding> {
        guarded(|| self.pixels.findings(path, reading, &self.pixel_cancel)).unwrap_or_default()
    }

    fn failed(&self, error: &io::Error) -> Ending {
        if write::is_cancelled(error) {
            return Ending::Cancelled;
        }
        if Changed::is(error) {
            return Ending::Failed(Changed.to_string());
        }
        if error.kind() == io::ErrorKind::StorageFull {
            // Nothing else will fit either.
            self.cancel.store(true, Ordering::Relaxed);
        }
        Ending::Failed(system_error(error.kind()))
    }
}

/// One file to be written.
struct Task<'a> {
    run: &'a Run<'a>,
    out: &'a OutFolder,
    at: usize,
    file: &'a Surveyed,
    path: &'a Path,
    reading: &'a Reading,
    traces: [&'a Traces; 2],
}

impl Task<'_> {
    /// Writes and verifies; what is left over is taken out and the copy made anew, until nothing is or nothing helps.
    fn write(&self, plan: &mut super::Plan, reader: &mut Reader) -> io::Result<Ending> {
        let Some(name) = self.run.names.get(self.at) else { return Ok(Ending::Cancelled) };
        let instance = names::file_instance(self.file, &self.run.job.planner.pseudonyms);
        let seen = |path: &Path, reading: &Reading| self.run.seen(path, reading);
        let verifier =
            Verifier { planner: &self.run.job.planner, inspector: &self.run.job.inspector, seen: &seen };
        let mut left = Vec::new();
        let number = u32::try_from(self.at).unwrap_or(u32::MAX - 1);
        if let Some(transcode) = plan.transcode.take() {
            let spool = self.out.spool(number)?;
            match transcode.run(self.path, self.reading, spool, plan, &self.run.pixel_cancel) {
                Ok(()) => {}
                Err(TranscodeError::Io(error)) => return Err(error),
                Err(error) => return Ok(Ending::Failed(error.to_string())),
            }
        }
        for _ in 0..MOST_ROUNDS {
            let Some(header) = write::header(self.reading, &plan.edits, &instance) else {
                return Ok(Ending::Failed("nobody says how its pixels are compressed".to_owned()));
            };
            let part = self.out.part(number)?;
            let written =
                write::write(self.path, self.reading, &plan.edits, &header, part.file(), self.run.cancel)?;
            let copy = Copy { path: part.path(), written: &written };
            match verifier.verify(self.reading, plan, &copy, &self.traces, reader) {
                Ok(found) if found.is_empty() => {
                    self.out.keep(part, name)?;
                    let sha256 = hex(&written.sha256);
                    let original = manifest::seal(self.run.job.planner.pseudonyms.key(), &written.original);
                    return Ok(Ending::Written(Verified {
                        name: name.clone(),
                        bytes: written.bytes,
                        sha256,
                        original,
                    }));
                }
                Ok(found) => left = found,
                Err(Defect::Io(error)) => return Err(error),
                Err(defect) => return Ok(Ending::Defective(defect.to_string())),
            }
            if !plan.take_out(self.reading, &left) {
                break;
            }
        }
        Ok(Ending::Withheld(left))
    }
}

/// Which pixels are looked at: where they are cleaned, or some are marked, all, since the copy will say that nothing is
/// burned in; where text in them is let stand, none.
fn pixel_mode(planner: &Planner) -> PixelMode {
    let marked = planner.marking.as_ref().is_some_and(|marking| marking.book.has_rectangles());
    match (planner.allow_burned_in, planner.profile.cleans_pixels() || marked) {
        (_, true) => PixelMode::All,
        (true, false) => PixelMode::Off,
        (false, false) => PixelMode::Auto,
    }
}
