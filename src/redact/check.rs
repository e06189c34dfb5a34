//! What lies beside a manifest, held against it.

use super::{
    Key,
    folder::MANIFEST,
    key::hex,
    manifest::{Manifest, SCHEMA, seal},
};
use crate::{
    library::{Roots, list},
    text::system_error,
};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// Why a manifest could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    #[error("the manifest cannot be read: {}", system_error(.0.kind()))]
    Read(io::Error),
    #[error("this is no manifest of the program, or of another version of it")]
    NotAManifest,
    #[error("the manifest was changed after it was written")]
    Changed,
    #[error("the manifest is of a run with another key")]
    OtherKey,
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
    /// Those of which the original was found as it was.
    pub originals: usize,
    pub mismatches: Vec<Mismatch>,
}

/// Where originals are, and the key of the run that copied them.
#[derive(Debug)]
pub struct Originals {
    pub roots: Roots,
    pub key: Key,
}

impl Originals {
    /// All files there, as a manifest with that key tells them. What cannot be read is none.
    fn seals(&self) -> BTreeSet<String> {
        let files = list(self.roots.clone()).into_iter().filter(|file| file.refusal().is_none());
        files.filter_map(|file| Some(seal(&self.key, &hash(&file.path()).ok()?))).collect()
    }
}

/// Checks a manifest: itself by its digest, the files beside it by theirs, and that there are no others; and, where
/// `originals` are given, that they are those that were copied.
pub fn check(path: &Path, originals: Option<&Originals>) -> Result<Checked, CheckError> {
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
    if originals.is_some_and(|originals| originals.key.fingerprint() != manifest.key) {
        return Err(CheckError::OtherKey);
    }
    let mut checked = Checked { files: 0, originals: 0, mismatches: Vec::new() };
    let mut known = BTreeSet::from([PathBuf::from(path.file_name().unwrap_or(MANIFEST.as_ref()))]);
    let seals = originals.map(Originals::seals);
    for file in &manifest.files {
        let (Some(output), Some(sha256)) = (&file.output, &file.sha256) else { continue };
        checked.files += 1;
        let output = PathBuf::from(output);
        let what = changed(&folder.join(&output), sha256);
        checked.mismatches.extend(what.map(|what| Mismatch { output: output.clone(), what }));
        if let Some(seals) = &seals {
            if file.original.as_ref().is_some_and(|original| seals.contains(original)) {
                checked.originals += 1;
            } else {
                let what = "was made of an original that is not among these, or was changed";
                checked.mismatches.push(Mismatch { output: output.clone(), what });
            }
        }
        known.insert(output);
    }
    if let Some(directory) = &manifest.directory {
        let output = PathBuf::from(&directory.output);
        let what = changed(&folder.join(&output), &directory.sha256);
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

/// What is wrong with a file that had that hash.
fn changed(path: &Path, sha256: &str) -> Option<&'static str> {
    match hash(path) {
        Ok(hash) if hex(&hash) == sha256 => None,
        Ok(_) => Some("is other than when it was verified"),
        Err(_) => Some("is missing or cannot be read"),
    }
}

fn hash(path: &Path) -> io::Result<[u8; 32]> {
    let (mut file, mut hash, mut buffer) = (File::open(path)?, Sha256::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hash.finalize().into()),
            got => hash.update(&buffer[..got]),
        }
    }
}
