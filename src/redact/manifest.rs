//! What was done to what, without a value: JSON in the output folder.

use super::{Ending, Outcome, Planner, folder::MANIFEST, key::hex, marker};
use crate::{standard::EDITION, text::system_error};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

const SCHEMA: &str = "dcmleak.manifest/1";

/// The terms of a run: another run with the same ones makes the same copies of the same files.
pub(super) fn terms(planner: &Planner) -> String {
    let methods: Vec<&str> = marker::methods(planner).iter().map(|[code, _]| *code).collect();
    let key = planner.pseudonyms.key().fingerprint();
    let allow = if planner.allow_burned_in { " burned-in" } else { "" };
    let marks = planner.marking.as_ref().map_or(0, |marking| marking.book.sum());
    let marks = if planner.marking.is_some() { format!(" marks-{marks:016x}") } else { String::new() };
    format!("dcmleak {} {} {key}{allow}{marks}\n", env!("CARGO_PKG_VERSION"), methods.join(","))
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    schema: String,
    program: String,
    version: String,
    /// Of PS3.15.
    edition: String,
    methods: Vec<Method>,
    /// Tells runs with the same key from others; the key is not to be had from it.
    key: String,
    burned_in_allowed: bool,
    counts: BTreeMap<String, u32>,
    /// Lists of edits, each once; files refer to them by number.
    plans: Vec<Vec<EditRecord>>,
    files: Vec<FileRecord>,
    /// SHA-256 of all of the above: of the manifest with this field empty.
    digest: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Method {
    code: String,
    meaning: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct EditRecord {
    at: String,
    action: String,
    why: String,
    count: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct FileRecord {
    /// The file's number in path order, from 1: paths may name patients.
    input: usize,
    status: String,
    /// Why there is no copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Below the manifest's folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<usize>,
    /// Values that give away and stay, since an option keeps them: attribute and option's code.
    #[serde(skip_serializing_if = "BTreeSet::is_empty", default)]
    stays: BTreeSet<String>,
    /// Whether the original could be read in part only.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    partial: bool,
}

/// The manifest of a run.
pub(super) fn write(planner: &Planner, outcomes: &[Outcome]) -> String {
    let mut plans: BTreeMap<Vec<EditRecord>, usize> = BTreeMap::new();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut files = Vec::with_capacity(outcomes.len());
    for (at, outcome) in outcomes.iter().enumerate() {
        *counts.entry(status(&outcome.ending).to_owned()).or_default() += 1;
        files.push(file(at + 1, outcome, &mut plans));
    }
    let mut lists: Vec<_> = plans.into_iter().collect();
    lists.sort_by_key(|&(_, number)| number);
    let methods = marker::methods(planner)
        .into_iter()
        .map(|[code, meaning]| Method { code: code.to_owned(), meaning: meaning.to_owned() });
    let mut manifest = Manifest {
        schema: SCHEMA.to_owned(),
        program: "dcmleak".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        edition: EDITION.to_owned(),
        methods: methods.collect(),
        key: planner.pseudonyms.key().fingerprint(),
        burned_in_allowed: planner.allow_burned_in,
        counts,
        plans: lists.into_iter().map(|(plan, _)| plan).collect(),
        files,
        digest: String::new(),
    };
    manifest.digest = manifest.sum();
    manifest.text()
}

fn status(ending: &Ending) -> &'static str {
    match ending {
        Ending::Planned => "planned",
        Ending::Written(_) => "written",
        Ending::Withheld(_) | Ending::Defective(_) => "withheld",
        Ending::LeftOut(_) => "left-out",
        Ending::Failed(_) => "failed",
        Ending::Cancelled => "cancelled",
    }
}

fn file(input: usize, outcome: &Outcome, plans: &mut BTreeMap<Vec<EditRecord>, usize>) -> FileRecord {
    let written = match &outcome.ending {
        Ending::Written(written) => Some(written),
        _ => None,
    };
    let plan = written.map(|_| {
        let edits = outcome.edited.iter().map(|((path, action, why), count)| EditRecord {
            at: path.to_string(),
            action: action.to_string(),
            why: why.name().to_owned(),
            count: *count,
        });
        let next = plans.len();
        *plans.entry(edits.collect()).or_insert(next)
    });
    let stays =
        outcome.stays.iter().map(|stay| format!("{} {}", super::Path::of(&stay.at), stay.option.code()));
    FileRecord {
        input,
        status: status(&outcome.ending).to_owned(),
        reason: written.is_none().then(|| outcome.reason()),
        output: written.map(|written| written.name.to_string_lossy().replace('\\', "/")),
        bytes: written.map(|written| written.bytes),
        sha256: written.map(|written| written.sha256.clone()),
        plan,
        stays: stays.collect(),
        partial: outcome.partial.is_some(),
    }
}

impl Manifest {
    fn text(&self) -> String {
        // Strings and numbers only, which JSON can always hold.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    fn sum(&mut self) -> String {
        let digest = std::mem::take(&mut self.digest);
        let sum = hex(&Sha256::digest(self.text().as_bytes()));
        self.digest = digest;
        sum
    }
}

/// Why a manifest could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    #[error("the manifest cannot be read: {}", system_error(.0.kind()))]
    Read(io::Error),
    #[error("this is no manifest of the program, or of another version of it")]
    NotAManifest,
    #[error("the manifest was changed after it was written")]
    Changed,
}

/// Something that is not as the manifest says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    pub output: PathBuf,
    pub what: &'static str,
}

/// What the check of a manifest came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Files that the manifest lists.
    pub files: usize,
    pub mismatches: Vec<Mismatch>,
}

/// Checks a manifest: itself by its digest, the files beside it by theirs, and that there are no others.
pub fn check(path: &Path) -> Result<Checked, CheckError> {
    let text = std::fs::read_to_string(path).map_err(CheckError::Read)?;
    let mut manifest: Manifest = serde_json::from_str(&text).map_err(|_| CheckError::NotAManifest)?;
    if manifest.schema != SCHEMA {
        return Err(CheckError::NotAManifest);
    }
    if manifest.sum() != manifest.digest {
        return Err(CheckError::Changed);
    }
    // A bare name is one of the current folder.
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let mut checked = Checked { files: 0, mismatches: Vec::new() };
    let mut known = BTreeSet::from([PathBuf::from(path.file_name().unwrap_or(MANIFEST.as_ref()))]);
    for (output, sha256) in
        manifest.files.iter().filter_map(|file| Some((file.output.as_ref()?, file.sha256.as_ref()?)))
    {
        checked.files += 1;
        let output = PathBuf::from(output);
        let what = match hash(&folder.join(&output)) {
            Ok(hash) if hash == *sha256 => None,
            Ok(_) => Some("is other than when it was verified"),
            Err(_) => Some("is missing or cannot be read"),
        };
        checked.mismatches.extend(what.map(|what| Mismatch { output: output.clone(), what }));
        known.insert(output);
    }
    let below = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_owned();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let (output, what) = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) => (below(entry.path()), "is not in the manifest"),
            Err(error) => (below(error.path().unwrap_or(folder)), "cannot be looked into"),
        };
        if !known.contains(&output) {
            checked.mismatches.push(Mismatch { output, what });
        }
    }
    Ok(checked)
}

fn hash(path: &Path) -> io::Result<String> {
    let (mut file, mut hash, mut buffer) = (File::open(path)?, Sha256::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            got => hash.update(&buffer[..got]),
        }
    }
}
