//! What was done to what, without a value: JSON in the output folder.

use super::{Ending, Key, Outcome, Planner, directory, key::hex, marker, names::Naming, run::Listed};
use crate::standard::EDITION;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const SCHEMA: &str = "dcmleak.manifest/1";

/// The terms of a run: another run with the same ones makes the same copies of the same files.
pub(super) fn terms(planner: &Planner, naming: Naming) -> String {
    let methods: Vec<&str> = marker::methods(planner, true).iter().map(|[code, _]| *code).collect();
    let key = planner.pseudonyms.key().fingerprint();
    let allow = if planner.allow_burned_in { " burned-in" } else { "" };
    let marks = planner.marking.as_ref().map_or(0, |marking| marking.book.sum());
    let media = if naming == Naming::Media { " media" } else { "" };
    let own = planner.profile.own().map_or_else(String::new, |own| format!(" profile-{}", own.sha256()));
    let marks = if planner.marking.is_some() { format!(" marks-{marks:016x}") } else { String::new() };
    format!("dcmleak {} {} {key}{allow}{media}{own}{marks}\n", env!("CARGO_PKG_VERSION"), methods.join(","))
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub schema: String,
    program: String,
    version: String,
    /// Of PS3.15.
    edition: String,
    methods: Vec<Method>,
    /// The user's own profile, where one was followed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    profile: Option<ProfileRecord>,
    /// Tells runs with the same key from others; the key is not to be had from it.
    pub key: String,
    burned_in_allowed: bool,
    counts: BTreeMap<String, u32>,
    /// Lists of edits, each once; files refer to them by number.
    plans: Vec<Vec<EditRecord>>,
    pub files: Vec<FileRecord>,
    /// The DICOMDIR of the copies, where one was made.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub directory: Option<DirectoryRecord>,
    /// SHA-256 of all of the above: of the manifest with this field empty.
    pub digest: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Method {
    code: String,
    meaning: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DirectoryRecord {
    pub output: String,
    bytes: u64,
    pub sha256: String,
    /// Copies that it does not list: of a kind that it has no record for, or the same instance again.
    #[serde(skip_serializing_if = "is_none", default)]
    unlisted: usize,
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

#[derive(Debug, Serialize, Deserialize)]
struct ProfileRecord {
    name: String,
    /// Of its file.
    sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct EditRecord {
    at: String,
    action: String,
    why: String,
    count: u32,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FileRecord {
    /// The file's number in path order, from 1: paths may name patients.
    input: usize,
    status: String,
    /// Why there is no copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Below the manifest's folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// HMAC-SHA-256 of the original's SHA-256: see [`seal`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub original: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<usize>,
    /// Values that give away and stay, since an option keeps them: attribute and option's code.
    #[serde(skip_serializing_if = "BTreeSet::is_empty", default)]
    stays: BTreeSet<String>,
    /// What was kept (K) or only cleaned (C) by a mark or the user's own profile, though the standard's takes it out: the
    /// copy does not claim that profile.
    #[serde(skip_serializing_if = "BTreeSet::is_empty", default)]
    exceptions: BTreeSet<String>,
    /// Whether the copy says that identity was not removed, since something that tells it was kept.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    identity_kept: bool,
    /// Whether the original could be read in part only.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    partial: bool,
}

/// How a manifest tells an original: by a hash that nobody makes without the key. By the plain SHA-256 of a file of
/// which all but a name is in the copy, whoever guesses the name would know that it is the right one.
pub(super) fn seal(key: &Key, sha256: &[u8; 32]) -> String {
    hex(&key.hash("original", sha256))
}

/// The manifest of a run, with the DICOMDIR of its copies.
pub(super) fn write(planner: &Planner, outcomes: &[Outcome], directory: Option<&Listed>) -> String {
    let mut plans: BTreeMap<Vec<EditRecord>, usize> = BTreeMap::new();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut files = Vec::with_capacity(outcomes.len());
    for (at, outcome) in outcomes.iter().enumerate() {
        *counts.entry(status(&outcome.ending).to_owned()).or_default() += 1;
        files.push(file(at + 1, outcome, &mut plans));
    }
    let mut lists: Vec<_> = plans.into_iter().collect();
    lists.sort_by_key(|&(_, number)| number);
    let whole = outcomes.iter().all(|outcome| outcome.exceptions.is_empty());
    let own = planner.profile.own();
    let methods = marker::methods(planner, whole)
        .into_iter()
        .map(|[code, meaning]| Method { code: code.to_owned(), meaning: meaning.to_owned() });
    let mut manifest = Manifest {
        schema: SCHEMA.to_owned(),
        program: "dcmleak".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        edition: EDITION.to_owned(),
        methods: methods.collect(),
        profile: own.map(|own| ProfileRecord { name: own.name().into(), sha256: own.sha256().into() }),
        key: planner.pseudonyms.key().fingerprint(),
        burned_in_allowed: planner.allow_burned_in,
        counts,
        plans: lists.into_iter().map(|(plan, _)| plan).collect(),
        files,
        directory: directory.map(|listed| DirectoryRecord {
            output: directory::NAME.to_owned(),
            bytes: listed.bytes.len() as u64,
            sha256: hex(&Sha256::digest(&listed.bytes)),
            unlisted: listed.others,
        }),
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
    let stays = outcome.stays.iter().map(|stay| format!("{} {}", super::Path::of(&stay.at), stay.by.code()));
    let exceptions = outcome.exceptions.attributes.keys().map(|(path, action)| format!("{path} {action}"));
    FileRecord {
        input,
        status: status(&outcome.ending).to_owned(),
        reason: written.is_none().then(|| outcome.reason()),
        output: written.map(|written| written.name.to_string_lossy().replace('\\', "/")),
        bytes: written.map(|written| written.bytes),
        sha256: written.map(|written| written.sha256.clone()),
        original: written.map(|written| written.original.clone()),
        plan,
        stays: stays.collect(),
        exceptions: exceptions.collect(),
        identity_kept: outcome.exceptions.identity,
        partial: outcome.partial.is_some(),
    }
}

impl Manifest {
    fn text(&self) -> String {
        // Strings and numbers only, which JSON can always hold.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// What its digest should be.
    pub fn sum(&mut self) -> String {
        let digest = std::mem::take(&mut self.digest);
        let sum = hex(&Sha256::digest(self.text().as_bytes()));
        self.digest = digest;
        sum
    }
}
