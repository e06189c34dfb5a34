use super::{Traces, directory, lanes};
use crate::{
    dicom::{Limits, ReadError, Reader, Reading, Status, Tag, Version},
    leak::{Evidence, Inspector, Place, cross::Identity},
    library::{Evidences, Found, guarded},
    text::mask,
};
use std::{
    collections::HashMap,
    num::NonZeroUsize,
    path::{Component, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

/// Identities of one patient at most.
const MOST_IDENTITIES: usize = 512;

/// What a file is, as far as copies are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// To be copied.
    File,
    /// A DICOMDIR: it names every patient of its folder, and the files that it lists have other names now.
    Directory,
    NotDicom,
    Unreadable(ReadError),
}

/// A file that was found, and what was learned of it before anything is written.
#[derive(Debug)]
pub(super) struct Surveyed {
    pub found: Found,
    pub standing: Standing,
    /// Study, series and instance, as the file has them.
    pub uids: [String; 3],
    /// What it was then: who it is of may be another once it is written to.
    pub version: Version,
    identity: Option<u64>,
    /// Whether its path gives away, by what the file itself says.
    path_leaks: bool,
}

/// All files, and what they say of each other.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub files: Vec<Surveyed>,
    pub evidences: Evidences,
    /// Who the files are of, by fingerprint. In memory only.
    identities: HashMap<u64, Identity>,
    by_patient: HashMap<usize, Vec<u64>>,
    traces: Mutex<HashMap<usize, Arc<Traces>>>,
}

impl Survey {
    /// Reads every file once. `progress` is told how many were read.
    pub fn of(
        found: Vec<Found>,
        inspector: &Inspector,
        jobs: NonZeroUsize,
        limits: Limits,
        cancel: &AtomicBool,
        progress: &mut dyn FnMut(usize),
    ) -> Self {
        let mut survey = Self::default();
        let mut parts: Vec<Option<Part>> = found.iter().map(|_| None).collect();
        let read = |at: usize, reader: &mut Reader| {
            let file = found.get(at).filter(|_| !cancel.load(Ordering::Relaxed))?;
            guarded(|| Part::of(file, reader, inspector))
        };
        let mut count = 0;
        lanes::each(found.len(), jobs, limits, read, |at, part| {
            if let (Some(file), Some(mut part), Some(slot)) = (found.get(at), part, parts.get_mut(at)) {
                survey.evidences.add(file.id.0, file.folder(), std::mem::take(&mut part.evidence));
                *slot = Some(part);
            }
            count += 1;
            progress(count);
        });
        for (found, part) in found.into_iter().zip(parts) {
            survey.push(found, part.unwrap_or_default());
        }
        survey
    }

    fn push(&mut self, found: Found, part: Part) {
        let identity = part.identity.map(|identity| {
            let fingerprint = identity.fingerprint();
            self.identities.entry(fingerprint).or_insert(identity);
            fingerprint
        });
        if let (Some(fingerprint), Some(patient)) = (identity, self.evidences.patient(found.id.0)) {
            let known = self.by_patient.entry(patient).or_default();
            if known.len() < MOST_IDENTITIES && !known.contains(&fingerprint) {
                known.push(fingerprint);
            }
        }
        let Part { standing, uids, version, path_leaks, .. } = part;
        self.files.push(Surveyed { found, standing, uids, version, identity, path_leaks });
    }

    /// The file's path for people: masked as far as it is judged, where it gives away. Not made safe for a terminal.
    pub fn shown(&self, file: &Surveyed) -> PathBuf {
        let path = file.found.path();
        let told = || self.evidences.additions(file.found.id.0);
        if !file.path_leaks && !told().iter().any(|finding| finding.place == Place::Path) {
            return path;
        }
        let judged = file.found.judged().components().count();
        let known = path.components().count().saturating_sub(judged);
        let masked = |(at, part): (usize, Component<'_>)| match part {
            Component::Normal(name) if at >= known => PathBuf::from(mask(&name.to_string_lossy())),
            part => PathBuf::from(part.as_os_str()),
        };
        path.components().enumerate().map(masked).collect()
    }

    /// What must not be found in the copy of a file: all that the files of its patient say of who that is.
    pub fn traces(&self, file: &Surveyed) -> Arc<Traces> {
        let own = || Traces::of(file.identity.and_then(|own| self.identities.get(&own)).into_iter());
        let Some(patient) = self.evidences.patient(file.found.id.0) else { return Arc::new(own()) };
        let known = || self.traces.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(traces) = known().get(&patient) {
            return Arc::clone(traces);
        }
        let all = self.by_patient.get(&patient).map(Vec::as_slice).unwrap_or_default();
        let traces = Arc::new(Traces::of(all.iter().filter_map(|own| self.identities.get(own))));
        Arc::clone(known().entry(patient).or_insert(traces))
    }
}

/// What one file leaves.
#[derive(Debug)]
struct Part {
    standing: Standing,
    uids: [String; 3],
    version: Version,
    identity: Option<Identity>,
    evidence: Evidence,
    path_leaks: bool,
}

impl Default for Part {
    fn default() -> Self {
        Self {
            standing: Standing::Unreadable(ReadError::Crashed),
            uids: Default::default(),
            version: Version::default(),
            identity: None,
            evidence: Evidence::default(),
            // Nothing is known, so that nothing is shown.
            path_leaks: true,
        }
    }
}

impl Part {
    fn of(found: &Found, reader: &mut Reader, inspector: &Inspector) -> Self {
        let path = found.path();
        if let Some((status, error)) = found.refusal() {
            let standing = match status {
                Status::NotDicom => Standing::NotDicom,
                _ => Standing::Unreadable(error.clone()),
            };
            let reading = Reading::unread(status, error.clone());
            let report = inspector.inspect(&reading, &path, &found.judged());
            let path_leaks = report.findings.iter().any(|finding| finding.place == Place::Path);
            return Self { standing, path_leaks, ..Self::default() };
        }
        let reading = reader.read(&path);
        let text = |group, element| reading.text(Tag(group, element)).trim().to_owned();
        let standing = standing(&reading);
        let report = inspector.inspect(&reading, &path, &found.judged());
        let identity = Identity { rows: Vec::new(), ..Identity::of(&reading) };
        Self {
            standing,
            uids: [text(0x0020, 0x000d), text(0x0020, 0x000e), text(0x0008, 0x0018)],
            version: reading.stamp.version,
            identity: (!identity.values.is_empty()).then_some(identity),
            evidence: report.evidence,
            path_leaks: report.findings.iter().any(|finding| finding.place == Place::Path),
        }
    }
}

fn standing(reading: &Reading) -> Standing {
    let class = |tag| reading.text(tag).trim() == directory::STORAGE;
    match (reading.status, &reading.error) {
        (Status::NotDicom, _) => Standing::NotDicom,
        (Status::Error, error) => Standing::Unreadable(error.clone().unwrap_or(ReadError::Crashed)),
        _ if class(Tag(0x0002, 0x0002)) || class(Tag(0x0008, 0x0016)) => Standing::Directory,
        // Damaged from its first element: a copy would hold nothing of it.
        (_, Some(error)) if reading.rows.data_set() == reading.rows.len() => {
            Standing::Unreadable(error.clone())
        }
        (_, Some(error)) if is_too_bad(error) => Standing::Unreadable(error.clone()),
        _ => Standing::File,
    }
}

/// Errors behind which there may be any amount of data that was not read, and would be lost in a copy.
fn is_too_bad(error: &ReadError) -> bool {
    use ReadError::*;
    matches!(
        error,
        Io { .. }
            | TooDeep { .. }
            | TooManyRows { .. }
            | TooSlow { .. }
            | Inflate { .. }
            | InflatesTooFar { .. }
            | NoDataSet
            | Crashed
    )
}
